"""S02: domestic abuse that comes often or grows worse."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Three incidents within a year",
        why="Three is a recognised route to a risk assessment conference, whatever each was graded.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da3 | 2019-09-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-09-10",
        raised={"child": "da1 da2 da3", "sibling": "da1 da2 da3"},
        from_day="2019-09-10",
    ),
    Case(
        title="Two incidents of one grade",
        why="Neither three, nor graver.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | grade=medium
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | grade=medium
    """,
        today="2019-09-10",
    ),
    Case(
        title="A higher grade than before",
        why="The second is graver than the first.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | grade=standard
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | grade=high
    """,
        today="2019-09-10",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
    ),
    Case(
        title="A lower grade than before",
        why="It does not grow worse.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | grade=high
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | grade=standard
    """,
        today="2019-09-10",
    ),
    Case(
        title="A weapon where there was none",
        why="The first record says that there was no weapon, the second that there was.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | weapon=no
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | weapon=yes
    """,
        today="2019-09-10",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
    ),
    Case(
        title="A weapon where nothing was said before",
        why="A blank is not a no: it is not known that the weapon is new.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | weapon=yes
    """,
        today="2019-09-10",
    ),
    Case(
        title="Graver, but perhaps earlier",
        why="About March and April may be either way round, so it is not known that it grew worse.",
        entries="""
    id  | occurred      | agency | kind                    | about
    da1 | about 2019-03 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > grade=standard
    da2 | 2019-04-10    | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > grade=high
    """,
        today="2019-09-10",
    ),
    Case(
        title="Referred to a conference",
        why="A MARAC referral after the incidents ends the question.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    da3 | 2019-09-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    ma1 | 2019-09-20 | police | marac                   | mother:victim                             | stage=referred
    """,
        today="2019-10-10",
    ),
    Case(
        title="A reason against it written down",
        why="An entry that answers the incidents together gives the reason.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > grade=standard
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > grade=medium
    su1 | 2019-04-20 | police | supervision             | child:subject sibling:subject
      > answers=[da1 da2]
    """,
        today="2019-10-10",
    ),
    Case(
        title="Referred before the last incident",
        why="What came after the referral asks again.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    da2 | 2019-04-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    ma1 | 2019-06-20 | police | marac                   | mother:victim                             | stage=heard
    da3 | 2019-09-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator |
    """,
        today="2019-10-10",
        raised={"child": "da1 da2 da3", "sibling": "da1 da2 da3"},
    ),
)
