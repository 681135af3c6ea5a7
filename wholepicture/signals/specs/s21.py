"""S21: weight falling across the centiles."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Below the 2nd centile",
        why="Whatever the birthweight, a weight below the 2nd centile is asked about up to the fifth birthday.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    we1 | 2019-06-01 | health_visiting | measurement | sibling:subject | weight_kg=8.8
    """,
        today="2019-06-01",
        raised={"sibling": "we1"},
        from_day="2019-06-01",
    ),
    Case(
        title="A small weight that is not so low",
        why="At two years a boy of 10.2 kg is above the 2nd centile, and one weight shows no fall.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    we1 | 2019-06-01 | health_visiting | measurement | sibling:subject | weight_kg=10.2
    """,
        today="2019-06-01",
    ),
    Case(
        title="Two spaces from an average birthweight",
        why="Born on the 50th, at nine months below the 9th: more than two spaces.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=3.5
    we1 | 2018-03-01 | health_visiting | measurement | sibling:subject | weight_kg=7.4
    """,
        today="2018-03-01",
        raised={"sibling": "bi1 we1"},
    ),
    Case(
        title="One space from an average birthweight",
        why="Born on the 50th, at nine months on the 25th: the guideline asks about two spaces.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=3.5
    we1 | 2018-03-01 | health_visiting | measurement | sibling:subject | weight_kg=8.3
    """,
        today="2018-03-01",
    ),
    Case(
        title="One space from a low birthweight",
        why="Born below the 9th, one space is enough: the birthweight is part of the evidence.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=2.9
    we1 | 2018-03-01 | health_visiting | measurement | sibling:subject | weight_kg=6.9
    """,
        today="2018-03-01",
        raised={"sibling": "bi1 we1"},
    ),
    Case(
        title="Two spaces from a high birthweight",
        why="Born above the 91st, the guideline asks about three.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=4.4
    we1 | 2018-03-01 | health_visiting | measurement | sibling:subject | weight_kg=9.1
    """,
        today="2018-03-01",
    ),
    Case(
        title="Early loss",
        why="Weight lost in the first days is made good by three weeks: a weight of ten days shows no fall.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=3.5
    we1 | 2017-06-11 | health_visiting | measurement | sibling:subject | weight_kg=2.6
    """,
        today="2017-06-20",
    ),
    Case(
        title="Born early",
        why="At 30 weeks' gestation the age is corrected to the due date until two years.",
        entries="""
    id  | occurred   | agency          | kind        | about        | details
    bi1 | 2019-01-01 | midwifery       | birth       | baby:subject | birth_weight_kg=1.4; gestation_weeks=30
    we1 | 2019-05-01 | health_visiting | measurement | baby:subject | weight_kg=4.9
    """,
        today="2019-05-01",
        people="""
    person | type  | sex    | born
    baby   | child | female | 2019-01-01
    """,
        ties="""
    person | relation | other
    mother | mother   | baby
    """,
    ),
    Case(
        title="The same weights of a child born at term",
        why="Without the correction the second lies below the 2nd centile.",
        entries="""
    id  | occurred   | agency          | kind        | about        | details
    we1 | 2019-05-01 | health_visiting | measurement | baby:subject | weight_kg=4.9
    """,
        today="2019-05-01",
        people="""
    person | type  | sex    | born
    baby   | child | female | 2019-01-01
    """,
        ties="""
    person | relation | other
    mother | mother   | baby
    """,
        raised={"baby": "we1"},
    ),
    Case(
        title="After one, the best centile that two weights held",
        why="Held the 75th at one and at one and a half; at two and a half fallen by two spaces.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=3.3
    we1 | 2018-06-10 | health_visiting | measurement | sibling:subject | weight_kg=10.4
    we2 | 2018-12-01 | gp              | measurement | sibling:subject | weight_kg=11.8
    we3 | 2019-12-01 | hospital        | measurement | sibling:subject | weight_kg=11.6
    """,
        today="2019-12-01",
        raised={"sibling": "we1 we2 we3"},
    ),
    Case(
        title="A high weight that no other held",
        why="One high figure is no baseline: it may be the scales. Two records of one day are one weighing.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    bi1 | 2017-06-01 | midwifery       | birth       | sibling:subject | birth_weight_kg=3.3
    we1 | 2018-06-10 | health_visiting | measurement | sibling:subject | weight_kg=11.9
    we2 | 2018-06-10 | gp              | measurement | sibling:subject | weight_kg=11.9
    we3 | 2019-06-01 | hospital        | measurement | sibling:subject | weight_kg=11.6
    """,
        today="2019-06-01",
    ),
    Case(
        title="From five on, two spaces",
        why="A child of six who held the 50th has fallen to the 9th; the bands by birthweight no longer count.",
        entries="""
    id  | occurred   | agency         | kind        | about         | details
    we1 | 2017-03-10 | gp             | measurement | child:subject | weight_kg=14
    we2 | 2018-03-10 | gp             | measurement | child:subject | weight_kg=16.2
    we3 | 2020-03-10 | school_nursing | measurement | child:subject | weight_kg=16.4
    """,
        today="2020-03-10",
        raised={"child": "we1 we2 we3"},
    ),
    Case(
        title="A small child of six",
        why="From the fifth birthday on, being below the 2nd centile is no fall.",
        entries="""
    id  | occurred   | agency         | kind        | about         | details
    we3 | 2020-03-10 | school_nursing | measurement | child:subject | weight_kg=14.5
    """,
        today="2020-03-10",
    ),
    Case(
        title="A slip of unit",
        why="A score beyond six is probably an error, so it is no evidence: 1.1 kg was meant to be 11.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    we1 | 2019-06-01 | health_visiting | measurement | sibling:subject | weight_kg=1.1
    """,
        today="2019-06-01",
    ),
    Case(
        title="A date that leaves the age open",
        why="If the weight was taken in January it is not below the 2nd centile; nobody knows that it was later.",
        entries="""
    id  | occurred | agency          | kind        | about           | details
    we1 | 2019     | health_visiting | measurement | sibling:subject | weight_kg=9.2
    """,
        today="2020-01-01",
    ),
    Case(
        title="A sex that is not known",
        why="Below the 2nd centile for a boy, not for a girl: it is asked only where it holds for either.",
        entries="""
    id  | occurred   | agency          | kind        | about        | details
    we1 | 2019-06-01 | health_visiting | measurement | baby:subject | weight_kg=9.3
    we2 | 2019-06-01 | health_visiting | measurement | tot:subject  | weight_kg=8.5
    """,
        today="2019-06-01",
        people="""
    person | type  | sex     | born
    baby   | child | unknown | 2017-06-01
    tot    | child | unknown | 2017-06-01
    """,
        ties="""
    person | relation | other
    baby   | sibling  | tot
    """,
        raised={"tot": "we2"},
    ),
    Case(
        title="No birth date, no figure, or one figure for two",
        why="Without an age, a weight or one child there is no score.",
        entries="""
    id  | occurred   | agency          | kind        | about                    | details
    we1 | 2019-06-01 | health_visiting | measurement | baby:subject             | weight_kg=4
    we2 | 2019-06-01 | health_visiting | measurement | tot:subject              | height_cm=80
    we3 | 2019-06-01 | health_visiting | measurement | tot:subject baby:subject | weight_kg=8
    we4 | 2045-06-01 | hospital        | measurement | tot:subject              | weight_kg=40
    """,
        today="2046-06-01",
        people="""
    person | type  | sex  | born
    baby   | child | male |
    tot    | child | male | 2017-06-01
    """,
        ties="""
    person | relation | other
    baby   | sibling  | tot
    """,
    ),
    Case(
        title="Regained",
        why="Weighed again and no longer below: the question ends.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    we1 | 2019-06-01 | health_visiting | measurement | sibling:subject | weight_kg=8.8
    we2 | 2019-07-15 | health_visiting | measurement | sibling:subject | weight_kg=11
    """,
        today="2019-07-15",
    ),
    Case(
        title="Weighed again and still below",
        why="The new weight is new evidence.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    we1 | 2019-06-01 | health_visiting | measurement | sibling:subject | weight_kg=8.8
    we2 | 2019-07-15 | health_visiting | measurement | sibling:subject | weight_kg=8.7
    """,
        today="2019-07-15",
        raised={"sibling": "we1 we2"},
    ),
    Case(
        title="A doctor has considered abuse in writing",
        why="A later medical view that considered abuse ends it; one that did not consider it does not.",
        entries="""
    id  | occurred   | agency          | kind            | about           | details
    we1 | 2019-06-01 | health_visiting | measurement     | sibling:subject | weight_kg=8.8
    mf1 | 2019-06-10 | hospital        | medical_finding | sibling:subject |
      > finding=coeliac disease; abuse_considered=yes
    we2 | 2019-07-15 | health_visiting | measurement     | sibling:subject | weight_kg=8.7
    mf2 | 2019-07-20 | hospital        | medical_finding | sibling:subject |
      > finding=threadworm; abuse_considered=no
    """,
        today="2019-07-25",
        raised={"sibling": "we2"},
    ),
)
