"""S01: repeated domestic abuse in one household."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import PEOPLE, TIES, Case

CASES: Final = (
    Case(
        title="Two incidents within a year",
        why="Each child of the household is asked about, though neither entry names them both.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-11-30 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator child:present
    """,
        today="2019-11-30",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
        from_day="2019-11-30",
    ),
    Case(
        title="One incident",
        why="One incident is not a pattern; other rules ask about it.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-12-01",
    ),
    Case(
        title="A year to the day",
        why="Both edges of a window lie inside it.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2020-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2020-01-10",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
    ),
    Case(
        title="A year and a day",
        why="The second lies outside the window.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2020-01-11 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2020-01-20",
    ),
    Case(
        title="Months that may lie further apart than a year",
        why="About January 2019 may be December 2018, which is more than a year before the end of January 2020.",
        entries="""
    id  | occurred      | agency | kind                    | about
    da1 | about 2019-01 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2020-01       | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2020-03-01",
    ),
    Case(
        title="The same event from two agencies",
        why="The hospital's entry says that it records the same event.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-05-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-05-11 | hospital_ae | domestic_abuse_incident | mother:victim
      > same_event_as=[da1]
    """,
        today="2019-12-01",
    ),
    Case(
        title="The same reference",
        why="Two entries with one crime reference are one event.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-05-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | reference=ref/7
    da2 | 2019-05-12 | police | domestic_abuse_incident | mother:victim                             | reference=ref/7
    """,
        today="2019-12-01",
    ),
    Case(
        title="A counter-report of the same evening",
        why="Kind, people and day agree: each adult has reported the other.",
        entries="""
    id  | occurred         | agency | kind                    | about
    da1 | 2019-05-10T21:00 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-05-10T23:30 | police | domestic_abuse_incident | partner:victim mother:alleged_perpetrator
    """,
        today="2019-12-01",
    ),
    Case(
        title="A correction",
        why="An entry that corrects another replaces it and is no second incident.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | supersedes
    da1 | 2019-05-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    da2 | 2019-05-12 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | da1
    """,
        today="2019-12-01",
    ),
    Case(
        title="A child who is not yet born",
        why="Abuse of the mother while she carries a child is abuse in that child's household; before that it is not.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da0 | 2017-05-01 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da1 | 2018-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2018-03-01 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2018-04-01",
        people="""
    person  | type   | sex | born
    baby    | unborn |     | 2018-08-01
    mother  | adult  |     |
    partner | adult  |     |
    """,
        ties="""
    person  | relation | other  | from       | lives_with | known_from
    mother  | mother   | baby   | 2018-08-01 |            | 2018-02-20
    partner | partner  | mother | 2013-01    | yes        |
    """,
        raised={"baby": "da1 da2"},
    ),
    Case(
        title="An adult who lives elsewhere",
        why="The children of another home are not of this household, and a blank about living together is no yes.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | cousin:victim father:alleged_perpetrator
    da2 | 2019-02-10 | police | domestic_abuse_incident | cousin:victim father:alleged_perpetrator
    """,
        today="2019-12-01",
        people=PEOPLE + "father | adult | male |\ncousin | adult | female |",
        ties=TIES + "father | father | child | 2014-03-10 |",
    ),
    Case(
        title="Only the alleged perpetrator is named",
        why="Where no victim is named, the household is that of the person who is.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | partner:alleged_perpetrator
    da2 | 2019-02-10 | police | domestic_abuse_incident | partner:alleged_perpetrator
    """,
        today="2019-12-01",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
    ),
    Case(
        title="Reviewed together, and again on a new incident",
        why="A strategy discussion that heard the history ends the question; the next incident asks it again.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-01-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-02-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sd1 | 2019-02-20 | social_care | strategy_discussion     | child:subject sibling:subject
      > history_shared=yes
    da3 | 2019-04-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-04-10",
        raised={"child": "da1 da2 da3", "sibling": "da1 da2 da3"},
    ),
    Case(
        title="A review of all that there is",
        why="An assessment that reviewed the earlier ones, for one child, and an answer to both incidents, for both.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-01-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-02-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    as1 | 2019-03-01 | social_care | assessment              | child:subject
      > stage=completed; earlier_assessments_reviewed=yes
    me1 | 2019-03-20 | social_care | meeting                 | child:subject sibling:subject
      > answers=[da1 da2]
    """,
        today="2019-04-10",
    ),
    Case(
        title="A review that came before the last incident",
        why="Nobody can have read together what had not happened yet.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-01-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    as1 | 2019-02-01 | social_care | assessment              | child:subject sibling:subject
      > stage=completed; earlier_assessments_reviewed=yes
    da2 | 2019-02-10 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-04-10",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
    ),
)
