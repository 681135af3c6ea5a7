"""S20: injury whose cause was never decided."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="An undetermined opinion",
        why="It stands as soon as the opinion is undetermined.",
        entries="""
    id  | occurred   | agency      | kind   | about                          | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject mother:informant | opinion=undetermined
    """,
        today="2019-01-10",
        raised={"child": "in1"},
        from_day="2019-01-10",
    ),
    Case(
        title="No opinion asked for, or given",
        why="Neither is an undetermined opinion.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject | opinion=not_asked
    in2 | 2019-06-10 | hospital_ae | injury | child:subject |
    in3 | 2019-09-10 | hospital_ae | injury | child:subject | opinion=accidental
    """,
        today="2019-10-10",
    ),
    Case(
        title="An opinion that came later",
        why="The injury was recorded in January; that the opinion is undetermined was known from March on.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject | opinion=undetermined @ 2019-03-05
    """,
        today="2019-03-05",
        raised={"child": "in1"},
        from_day="2019-03-05",
    ),
    Case(
        title="Treated as help under section 17, then closed",
        why="Each such step is asked about again, with the opinion behind it.",
        entries="""
    id  | occurred   | agency      | kind                | about         | details
    in1 | 2019-01-10 | hospital_ae | injury              | child:subject | opinion=undetermined
    sd1 | 2019-01-11 | social_care | strategy_discussion | child:subject | decision=assessment
    ca1 | 2019-01-12 | social_care | case                | child:subject | stage=opened; status=child_in_need
    pl1 | 2019-01-20 | social_care | plan                | child:subject | stage=started; type=child_in_need
    as1 | 2019-03-10 | social_care | assessment          | child:subject | stage=completed; outcome=step_down
    ca2 | 2019-04-10 | social_care | case                | child:subject | stage=closed
    """,
        today="2019-04-10",
        raised={"child": "in1 sd1 ca1 pl1 as1 ca2"},
        from_day="",
    ),
    Case(
        title="Steps that protect, or that came before",
        why="Enquiries and protection plans are not a lesser route, and what was closed before is not this.",
        entries="""
    id  | occurred   | agency      | kind                | about         | details
    ca0 | 2018-06-10 | social_care | case                | child:subject | stage=closed
    in1 | 2019-01-10 | hospital_ae | injury              | child:subject | opinion=undetermined
    sd1 | 2019-01-11 | social_care | strategy_discussion | child:subject | decision=enquiry
    ca1 | 2019-01-12 | social_care | case                | child:subject | stage=opened; status=child_protection
    pl1 | 2019-01-20 | social_care | plan                | child:subject | stage=started; type=child_protection
    as1 | 2019-01-22 | social_care | assessment          | child:subject | stage=opened
    as2 | 2019-01-23 | social_care | assessment          | child:subject | stage=completed; outcome=child_protection
    """,
        today="2019-02-10",
        raised={"child": "in1"},
    ),
    Case(
        title="The strategy discussion's own opinion",
        why="It heard an undetermined opinion and chose section 17 in one entry.",
        entries="""
    id  | occurred   | agency      | kind                | about
    sd1 | 2019-01-11 | social_care | strategy_discussion | child:subject sibling:mentioned
      > decision=assessment; medical_opinion=undetermined
    """,
        today="2019-01-11",
        raised={"child": "sd1"},
    ),
    Case(
        title="A discussion of two children, of whom one was hurt",
        why="The opinion is about the injury on record, so about the child who has it.",
        entries="""
    id  | occurred   | agency      | kind                | about
    in1 | 2019-01-10 | hospital_ae | injury              | child:subject
    sd1 | 2019-01-11 | social_care | strategy_discussion | child:subject sibling:subject
      > decision=enquiry; medical_opinion=undetermined
    """,
        today="2019-01-11",
        raised={"child": "sd1"},
    ),
    Case(
        title="Made firm later",
        why="A later finding with an opinion discounts it, whichever way; closing after that raises nothing.",
        entries="""
    id  | occurred   | agency      | kind            | about         | details
    in1 | 2019-01-10 | hospital_ae | injury          | child:subject | opinion=undetermined
    mf1 | 2019-01-20 | hospital    | medical_finding | child:subject | opinion=accidental; finding=toddler fracture
    ca1 | 2019-03-10 | social_care | case            | child:subject | stage=closed
    """,
        today="2019-03-20",
    ),
    Case(
        title="Firm, without ever considering abuse",
        why="An opinion that did not consider abuse, or has no finding behind it, is no evidence against it.",
        entries="""
    id  | occurred   | agency      | kind            | about         | details
    in1 | 2019-01-10 | hospital_ae | injury          | child:subject | opinion=undetermined
    mf1 | 2019-01-20 | hospital    | medical_finding | child:subject |
      > opinion=accidental; finding=toddler fracture; abuse_considered=no
    mf2 | 2019-01-21 | hospital    | medical_finding | child:subject | opinion=accidental
    mf3 | 2019-01-22 | hospital    | medical_finding | child:subject | opinion=undetermined; finding=spiral fracture
    """,
        today="2019-03-20",
        raised={"child": "in1 mf3"},
    ),
    Case(
        title="A finding about something else",
        why="It answers another entry, so it says nothing of this injury.",
        entries="""
    id  | occurred   | agency      | kind            | about         | details
    in1 | 2019-01-10 | hospital_ae | injury          | child:subject | opinion=undetermined
    in2 | 2019-02-10 | hospital_ae | injury          | child:subject | type=cut
    mf1 | 2019-02-20 | hospital    | medical_finding | child:subject |
      > opinion=accidental; finding=cut by glass; answers=[in2]
    """,
        today="2019-03-20",
        raised={"child": "in1"},
    ),
    Case(
        title="The same injury, with its explanation",
        why="A second record of the same injury gives a firm opinion and the explanation behind it.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject | opinion=undetermined
    in2 | 2019-01-10 | hospital    | injury | child:subject |
      > opinion=accidental; explanation=seen to fall by a nursery nurse; same_event_as=[in1]
    """,
        today="2019-03-20",
    ),
    Case(
        title="Another injury, judged an accident",
        why="That a later injury was an accident says nothing of this one.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject | opinion=undetermined
    in2 | 2019-03-10 | hospital_ae | injury | child:subject | opinion=accidental; explanation=tripped
    """,
        today="2019-03-20",
        raised={"child": "in1"},
    ),
    Case(
        title="An enquiry concluded with reasons",
        why="Substantiated or not, it has decided; one that could not decide has not.",
        entries="""
    id  | occurred   | agency      | kind    | about           | details
    in1 | 2019-01-10 | hospital_ae | injury  | child:subject   | opinion=undetermined
    in2 | 2019-01-10 | hospital_ae | injury  | sibling:subject | opinion=undetermined
    en1 | 2019-01-20 | social_care | enquiry | child:subject   | stage=concluded; outcome=unsubstantiated
    en2 | 2019-01-20 | social_care | enquiry | sibling:subject | stage=concluded; outcome=undetermined
    """,
        today="2019-03-20",
        raised={"sibling": "in2"},
    ),
    Case(
        title="A correction",
        why="The record was corrected: the opinion was never undetermined.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details              | supersedes
    in1 | 2019-01-10 | hospital_ae | injury | child:subject | opinion=undetermined |
    in2 | 2019-01-10 | hospital_ae | injury | child:subject | opinion=accidental   | in1
    """,
        today="2019-03-20",
    ),
)
