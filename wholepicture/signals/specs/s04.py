"""S04: domestic abuse not screened in time."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Not screened by the end of the next working day",
        why="Recorded on a Friday: Monday is the working day, so the question stands from Tuesday.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-05-10 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-05-14",
        raised={"child": "da1", "sibling": "da1"},
        from_day="2019-05-14",
    ),
    Case(
        title="A bank holiday in between",
        why="Monday 6 May 2019 was a bank holiday in England.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-05-03 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-05-08",
        raised={"child": "da1", "sibling": "da1"},
        from_day="2019-05-08",
    ),
    Case(
        title="Screened in time",
        why="No further action is a decision too: it was screened.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-05-09 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sc1 | 2019-05-10 | social_care | screening               | child:subject sibling:subject
      > stage=decided; decision=no_further_action
    """,
        today="2019-05-20",
    ),
    Case(
        title="Screened by another team, through the mother",
        why="Any screening of these people counts, whoever does it and whether or not it names the children.",
        entries="""
    id  | occurred   | agency                 | kind                    | about
    da1 | 2019-05-09 | police                 | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sc1 | 2019-05-10 | social_care/front-door | screening               | mother:subject
      > stage=discussed
    """,
        today="2019-05-20",
    ),
    Case(
        title="Screened with one child named",
        why="It is one incident, and it was screened: whichever of the family the screening names.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-05-09 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sc1 | 2019-05-10 | social_care | screening               | child:subject
      > stage=decided
    """,
        today="2019-05-20",
    ),
    Case(
        title="Screened late",
        why="The question stood while it waited, and ended with the screening.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-05-09 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sc1 | 2019-05-24 | social_care | screening               | child:subject sibling:subject
      > stage=decided
    """,
        today="2019-05-24",
    ),
    Case(
        title="Received, not screened",
        why="A notice that was received has not been looked at.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-05-09 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sc1 | 2019-05-09 | social_care | screening               | child:subject sibling:subject
      > stage=received
    """,
        today="2019-05-20",
        raised={"child": "da1", "sibling": "da1"},
    ),
    Case(
        title="The screening of another incident",
        why="It says which one it answers, and that is not this one.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    da1 | 2019-05-09 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    da2 | 2019-05-13 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    sc1 | 2019-05-13 | social_care | screening               | child:subject sibling:subject
      > stage=decided; answers=[da2]
    """,
        today="2019-05-20",
        raised={"child": "da1", "sibling": "da1"},
    ),
    Case(
        title="A screening that came before",
        why="It cannot have been about this incident.",
        entries="""
    id  | occurred   | agency      | kind                    | about
    sc1 | 2019-05-02 | social_care | screening               | child:subject sibling:subject
      > stage=decided
    da1 | 2019-05-09 | police      | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-05-20",
        raised={"child": "da1", "sibling": "da1"},
    ),
    Case(
        title="Written down over the weekend",
        why="The wait starts on the day after the entry was recorded, not after the incident.",
        entries="""
    id  | occurred   | recorded   | agency | kind                    | about
    da1 | 2019-05-09 | 2019-05-13 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-05-15",
        raised={"child": "da1", "sibling": "da1"},
        from_day="2019-05-15",
    ),
    Case(
        title="An old incident told late",
        why="It came to light months later; screening is not late.",
        entries="""
    id  | occurred   | recorded   | agency | kind                    | about
    da1 | 2018-11-09 | 2019-05-13 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-06-20",
    ),
    Case(
        title="Known only to the month",
        why="It may have been recorded on the last day of May, so it is not late before June.",
        entries="""
    id  | occurred | agency | kind                    | about
    da1 | 2019-05  | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
    """,
        today="2019-06-04",
        raised={"child": "da1", "sibling": "da1"},
        from_day="2019-06-04",
    ),
)
