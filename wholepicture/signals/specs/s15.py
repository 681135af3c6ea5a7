"""S15: repeated injury."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Two injuries within 90 days, recorded by two agencies",
        why="Each has its account; together they are a sequence. The sibling was never hurt.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | school      | injury | child:subject | type=bruise; explanation_consistent=yes
    in2 | 2019-04-10 | hospital_ae | injury | child:subject | type=cut; opinion=accidental
    """,
        today="2019-04-10",
        raised={"child": "in1 in2"},
        from_day="2019-04-10",
    ),
    Case(
        title="One day more than 90",
        why="Two injuries within the year, but not within 90 days.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | school      | injury | child:subject | type=bruise
    in2 | 2019-04-11 | hospital_ae | injury | child:subject | type=cut
    """,
        today="2019-05-10",
    ),
    Case(
        title="Three within twelve months",
        why="No two of them within 90 days, but three in the year.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | school      | injury | child:subject | type=bruise
    in2 | 2019-06-10 | hospital_ae | injury | child:subject | type=cut
    in3 | 2019-12-10 | gp          | injury | child:subject | type=burn
    """,
        today="2019-12-10",
        raised={"child": "in1 in2 in3"},
        from_day="2019-12-10",
    ),
    Case(
        title="A child and a sibling",
        why="Both were hurt, so both are asked about.",
        entries="""
    id  | occurred   | agency      | kind   | about           | details
    in1 | 2019-01-10 | school      | injury | child:subject   | type=bruise
    in2 | 2019-02-10 | hospital_ae | injury | sibling:subject | type=cut
    """,
        today="2019-02-10",
        raised={"child": "in1 in2", "sibling": "in1 in2"},
    ),
    Case(
        title="Two children hurt in one accident",
        why="The second entry says that it records the same event.",
        entries="""
    id  | occurred   | agency      | kind   | about           | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject   | type=cut
    in2 | 2019-01-10 | hospital_ae | injury | sibling:subject | type=bruise; same_event_as=[in1]
    """,
        today="2019-02-10",
    ),
    Case(
        title="One injury that two agencies saw on one day",
        why="Kind, people and day agree, though the accounts were given by different people.",
        entries="""
    id  | occurred   | agency      | kind   | about                          | details
    in1 | 2019-01-10 | school      | injury | child:subject                  | type=cut
    in2 | 2019-01-10 | hospital_ae | injury | child:subject mother:informant | type=cut
    """,
        today="2019-02-10",
    ),
    Case(
        title="Dates that may lie further apart",
        why="About December may be the first of November: 91 days before the end of January.",
        entries="""
    id  | occurred      | agency | kind   | about         | details
    in1 | about 2018-12 | school | injury | child:subject | type=bruise
    in2 | 2019-01       | school | injury | child:subject | type=bruise
    """,
        today="2019-03-10",
    ),
    Case(
        title="A wide date beside an exact one",
        why="Whichever day of the three months it was, it lies within 90 days of the middle one.",
        entries="""
    id  | occurred      | agency | kind   | about         | details
    in1 | about 2018-12 | school | injury | child:subject | type=bruise
    in2 | 2018-12-15    | school | injury | child:subject | type=bruise
    """,
        today="2019-03-10",
        raised={"child": "in1 in2"},
    ),
    Case(
        title="Two bumps that somebody independent saw",
        why="Seen by an independent person, fitting the account: not part of a pattern.",
        entries="""
    id  | occurred   | agency | kind   | about         | details
    in1 | 2019-01-10 | school | injury | child:subject | independent_witness=yes; explanation_consistent=yes
    in2 | 2019-01-20 | school | injury | child:subject | independent_witness=yes; explanation_consistent=yes
    """,
        today="2019-02-10",
    ),
    Case(
        title="Seen to happen, but doubted by a doctor",
        why="An opinion of inflicted or undetermined keeps the injury in the sequence.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | school      | injury | child:subject | type=bruise
    in2 | 2019-01-20 | hospital_ae | injury | child:subject |
      > independent_witness=yes; explanation_consistent=yes; opinion=undetermined
    """,
        today="2019-02-10",
        raised={"child": "in1 in2"},
    ),
    Case(
        title="An adult's injuries",
        why="They are not the child's.",
        entries="""
    id  | occurred   | agency      | kind   | about                          | details
    in1 | 2019-01-10 | hospital_ae | injury | mother:subject child:mentioned | type=cut
    in2 | 2019-01-20 | hospital_ae | injury | mother:subject                 | type=cut
    """,
        today="2019-02-10",
    ),
    Case(
        title="The sequence reviewed",
        why="Five ways of reading the sequence and deciding; each new injury had asked again.",
        entries="""
    id  | occurred   | agency                | kind                | about
    in1 | 2019-01-10 | school                | injury              | child:subject
    in2 | 2019-01-20 | school                | injury              | child:subject
    sd1 | 2019-01-25 | social_care           | strategy_discussion | child:subject
      > decision=enquiry
    in3 | 2019-02-10 | school                | injury              | child:subject
    en1 | 2019-02-25 | social_care           | enquiry             | child:subject
      > stage=concluded; outcome=substantiated
    in4 | 2019-03-10 | school                | injury              | child:subject
    co1 | 2019-03-15 | social_care           | conference          | child:subject
      > outcome=plan
    in5 | 2019-03-20 | school                | injury              | child:subject
    as1 | 2019-03-25 | community_paediatrics | assessment          | child:subject
      > type=paediatric; abuse_considered=yes
    in6 | 2019-04-01 | school                | injury              | child:subject
    me1 | 2019-04-05 | school                | meeting             | child:subject
      > answers=[in5 in6]
    """,
        today="2019-04-10",
    ),
    Case(
        title="A discussion without a decision",
        why="It does not say what was decided, and an enquiry that was only opened has concluded nothing.",
        entries="""
    id  | occurred   | agency      | kind                | about                         | details
    in1 | 2019-01-10 | school      | injury              | child:subject                 |
    in2 | 2019-01-20 | school      | injury              | child:subject                 |
    sd1 | 2019-01-25 | social_care | strategy_discussion | child:subject sibling:subject |
    en1 | 2019-01-26 | social_care | enquiry             | child:subject sibling:subject | stage=opened
    co1 | 2019-01-27 | social_care | conference          | child:subject sibling:subject | type=initial
    """,
        today="2019-04-10",
        raised={"child": "in1 in2"},
    ),
)
