"""S10: domestic abuse, substances and mental ill health together."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import PEOPLE, TIES, Case

CASES: Final = (
    Case(
        title="All three within a year, from different adults",
        why="Alcohol in the incident counts for the adults in it; the low mood is the mother's.",
        entries="""
    id  | occurred   | agency | kind                    | about                         | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:present | alcohol=yes
    ph1 | 2019-06-10 | gp     | parental_health         | mother:subject                | type=mental_health
    """,
        today="2019-06-10",
        raised={"child": "da1 ph1", "sibling": "da1 ph1"},
        from_day="2019-06-10",
    ),
    Case(
        title="Three separate entries",
        why="Drugs, an overdose and an incident, each known to another service.",
        entries="""
    id  | occurred   | agency                   | kind                    | about           | details
    da1 | 2019-01-10 | police                   | domestic_abuse_incident | mother:victim   |
    ph1 | 2019-03-10 | substance_misuse_service | parental_health         | partner:subject | type=drugs
    ph2 | 2019-06-10 | hospital_ae              | parental_health         | mother:subject  | type=overdose
    """,
        today="2019-06-10",
        raised={"child": "da1 ph1 ph2", "sibling": "da1 ph1 ph2"},
    ),
    Case(
        title="No alcohol or drugs known",
        why="A blank is not a yes, and an illness of the body is not one of the three.",
        entries="""
    id  | occurred   | agency | kind                    | about           | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim   |
    ph1 | 2019-03-10 | gp     | parental_health         | mother:subject  | type=mental_health
    ph2 | 2019-04-10 | gp     | parental_health         | partner:subject | type=physical
    """,
        today="2019-06-10",
    ),
    Case(
        title="One of them is past",
        why="The illness was more than a year before the incident.",
        entries="""
    id  | occurred   | agency | kind                    | about          | details
    ph1 | 2018-01-09 | gp     | parental_health         | mother:subject | type=mental_health
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim  | alcohol=yes
    """,
        today="2019-06-10",
    ),
    Case(
        title="An adult who lives elsewhere",
        why="The father's illness is not of this household; a blank about living together is no yes.",
        entries="""
    id  | occurred   | agency | kind                    | about          | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim  | alcohol=yes
    ph1 | 2019-03-10 | gp     | parental_health         | father:subject | type=mental_health
    """,
        today="2019-06-10",
        people=PEOPLE + "father | adult | male |",
        ties=TIES + "father | father | child | 2014-03-10 |",
    ),
    Case(
        title="A child who was only visiting",
        why="The incident touched the visiting child, but its adults are not of that child's household.",
        entries="""
    id  | occurred   | agency | kind                    | about                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | aunt:victim child:present | alcohol=yes
    ph1 | 2019-03-10 | gp     | parental_health         | mother:subject            | type=mental_health
    """,
        today="2019-06-10",
        people=PEOPLE + "aunt | adult | female |",
    ),
    Case(
        title="Before the child was on the way",
        why="The younger child did not exist when the older one's household held all three.",
        entries="""
    id  | occurred   | agency | kind                    | about          | details
    da1 | 2015-01-10 | police | domestic_abuse_incident | mother:victim  | drugs=yes
    ph1 | 2015-03-10 | gp     | parental_health         | mother:subject | type=self_harm
    """,
        today="2019-06-10",
        raised={"child": "da1 ph1"},
    ),
    Case(
        title="The mother of an unborn child",
        why="What happens in the home of a woman who is expecting happens in the child's.",
        entries="""
    id  | occurred   | agency | kind                    | about          | details
    da1 | 2018-05-10 | police | domestic_abuse_incident | mother:victim  | alcohol=yes
    ph1 | 2018-06-10 | gp     | parental_health         | mother:subject | type=mental_health
    """,
        today="2018-06-20",
        people="""
    person | type   | born
    baby   | unborn | 2018-08-01
    mother | adult  |
    """,
        ties="""
    person | relation | other | known_from | from
    mother | mother   | baby  | 2018-04-01 | 2018-08-01
    """,
        raised={"baby": "da1 ph1"},
    ),
    Case(
        title="Assessed together",
        why="One assessment covered both adults concerned; an earlier one of the mother alone did not.",
        entries="""
    id  | occurred   | agency      | kind                    | about                         | details
    da1 | 2019-01-10 | police      | domestic_abuse_incident | mother:victim partner:subject | alcohol=yes
    ph1 | 2019-03-10 | gp          | parental_health         | mother:subject                | type=mental_health
    as1 | 2019-04-10 | social_care | assessment              | child:subject sibling:subject |
      > stage=completed; household_adults_assessed=[mother]
    as2 | 2019-05-10 | social_care | assessment              | child:subject                 |
      > stage=completed; household_adults_assessed=[mother partner]
    """,
        today="2019-06-10",
        raised={"sibling": "da1 ph1"},
    ),
)
