"""S27: not brought to appointments."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Twice within six months",
        why="Nobody waits to see whether the second will be made good: the question stands on that day.",
        entries="""
    id  | occurred   | agency   | kind        | about                          | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject mother:mentioned | outcome=was_not_brought
    ap2 | 2019-05-10 | hospital | appointment | child:subject                  | outcome=cancelled_by_parent
    """,
        today="2019-05-10",
        raised={"child": "ap1 ap2"},
        from_day="2019-05-10",
    ),
    Case(
        title="Once",
        why="A single miss is usually minor.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought
    """,
        today="2019-05-25",
    ),
    Case(
        title="More than six months apart",
        why="Outside the window.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought
    ap2 | 2019-07-11 | hospital | appointment | child:subject | outcome=missed_or_cancelled
    """,
        today="2019-09-25",
    ),
    Case(
        title="Made good within fourteen days",
        why="The second was rearranged and kept a fortnight later, so it does not count.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought; service=Fracture clinic
    ap2 | 2019-05-10 | hospital | appointment | child:subject | outcome=cancelled_by_parent; service=Fracture clinic
    ap3 | 2019-05-24 | hospital | appointment | child:subject | outcome=attended; service=fracture clinic
    """,
        today="2019-06-25",
    ),
    Case(
        title="Another service's appointment was kept",
        why="Going to the dentist does not make good the fracture clinic.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought; service=fracture clinic
    ap2 | 2019-05-10 | hospital | appointment | child:subject | outcome=was_not_brought; service=fracture clinic
    ap3 | 2019-05-20 | hospital | appointment | child:subject | outcome=attended; service=dentist
    ap4 | 2019-05-20 | gp       | appointment | child:subject | outcome=attended
    """,
        today="2019-06-25",
        raised={"child": "ap1 ap2"},
    ),
    Case(
        title="Cancelled by the service, rearranged, or an adult's",
        why="None of them is a child who was not brought.",
        entries="""
    id  | occurred   | agency   | kind        | about                        | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject                | outcome=cancelled_by_service
    ap2 | 2019-02-10 | hospital | appointment | child:subject                | outcome=rearranged
    ap3 | 2019-03-10 | hospital | appointment | mother:subject               | outcome=cancelled_by_parent
    ap4 | 2019-03-20 | hospital | appointment | mother:subject child:present | outcome=adult_did_not_attend
    """,
        today="2019-06-25",
    ),
    Case(
        title="One joint appointment that two services recorded",
        why="Kind, people and day agree: it was missed once.",
        entries="""
    id  | occurred   | agency          | kind        | about         | details
    ap1 | 2019-01-10 | hospital        | appointment | child:subject | outcome=was_not_brought
    ap2 | 2019-01-10 | health_visiting | appointment | child:subject | outcome=was_not_brought
    """,
        today="2019-06-25",
    ),
    Case(
        title="A letter to a wrong address",
        why="Nobody was asked to come.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought; address_wrong=yes
    ap2 | 2019-02-10 | hospital | appointment | child:subject | outcome=was_not_brought
    """,
        today="2019-06-25",
    ),
    Case(
        title="Dates that may lie further apart",
        why="About January to July may be more than six months.",
        entries="""
    id  | occurred      | agency   | kind        | about         | details
    ap1 | about 2019-01 | hospital | appointment | child:subject | outcome=was_not_brought
    ap2 | 2019-06       | hospital | appointment | child:subject | outcome=was_not_brought
    """,
        today="2019-09-25",
    ),
    Case(
        title="Once, while on a plan",
        why="With a plan one miss is enough.",
        entries="""
    id  | occurred   | agency      | kind        | about         | details
    pl1 | 2018-11-01 | social_care | plan        | child:subject | stage=started; type=child_protection
    ap1 | 2019-01-10 | hospital    | appointment | child:subject | outcome=was_not_brought
    """,
        today="2019-01-10",
        raised={"child": "ap1"},
        from_day="2019-01-10",
    ),
    Case(
        title="Once, with a case of that standing open",
        why="A child in need or protection has a plan, whether or not it was entered as one.",
        entries="""
    id  | occurred   | agency      | kind        | about         | details
    ca1 | 2018-11-01 | social_care | case        | child:subject | stage=opened; status=child_in_need
    ap1 | 2019-01-10 | hospital    | appointment | child:subject | outcome=was_not_brought
    """,
        today="2019-01-25",
        raised={"child": "ap1"},
    ),
    Case(
        title="Once, after the plan and the case had ended",
        why="They ended before the miss; a sibling's plan is the sibling's.",
        entries="""
    id  | occurred   | agency      | kind        | about           | details
    pl1 | 2018-09-01 | social_care | plan        | child:subject   | stage=started
    pl2 | 2018-12-01 | social_care | plan        | child:subject   | stage=ended
    ca1 | 2018-09-01 | social_care | case        | child:subject   | stage=opened; status=child_in_need
    ca2 | 2018-12-01 | social_care | case        | child:subject   | stage=closed
    pl3 | 2018-09-01 | social_care | plan        | sibling:subject | stage=started
    ap1 | 2019-01-10 | hospital    | appointment | child:subject   | outcome=was_not_brought
    pl4 | 2019-01-12 | social_care | plan        | child:subject   | stage=started
    """,
        today="2019-01-25",
    ),
    Case(
        title="Once, with another signal live",
        why="The pattern of domestic abuse is live, so one miss is enough for each child who was missed.",
        entries="""
    id  | occurred   | agency   | kind                    | about         | details
    da1 | 2018-11-01 | police   | domestic_abuse_incident | mother:victim |
    da2 | 2018-12-01 | police   | domestic_abuse_incident | mother:victim |
    ap1 | 2019-01-10 | hospital | appointment             | child:subject | outcome=was_not_brought
    """,
        today="2019-01-25",
        raised={"child": "ap1"},
    ),
    Case(
        title="Once, when the other signal was no longer live",
        why="Six months after its last new entry a signal is not live.",
        entries="""
    id  | occurred   | agency   | kind                    | about         | details
    da1 | 2018-04-01 | police   | domestic_abuse_incident | mother:victim |
    da2 | 2018-05-01 | police   | domestic_abuse_incident | mother:victim |
    ap1 | 2019-01-10 | hospital | appointment             | child:subject | outcome=was_not_brought
    """,
        today="2019-01-25",
    ),
    Case(
        title="Once, when the only other question is about the same letter",
        why="The letter in English raises a question of its own; that is no second reason.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought; letter_language=en
    """,
        today="2019-01-25",
        people="""
    person | type  | language
    child  | child | pl
    mother | adult | pl
    """,
    ),
    Case(
        title="Perhaps made good",
        why="Kept on the tenth of February: whether that was within fourteen days of a miss in January nobody knows.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2018-11-10 | hospital | appointment | child:subject | outcome=was_not_brought; service=a
    ap2 | 2019-01    | hospital | appointment | child:subject | outcome=was_not_brought; service=b
    ap3 | 2019-02-10 | hospital | appointment | child:subject | outcome=attended; service=a
    ap4 | 2019-02-10 | hospital | appointment | child:subject | outcome=attended; service=c
    """,
        today="2019-02-15",
        raised={"child": "ap1 ap2"},
    ),
    Case(
        title="Once, and made good, while on a plan",
        why="Kept nine days later.",
        entries="""
    id  | occurred   | agency      | kind        | about         | details
    pl1 | 2018-11-01 | social_care | plan        | child:subject | stage=started; type=child_in_need
    ap1 | 2019-01-10 | hospital    | appointment | child:subject | outcome=was_not_brought
    ap2 | 2019-01-19 | hospital    | appointment | child:subject | outcome=attended
    """,
        today="2019-02-25",
    ),
    Case(
        title="Brought in the end, or answered",
        why="Brought to the same clinic after all; for the sibling the family was spoken to.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    ap1 | 2019-01-10 | hospital        | appointment | child:subject   | outcome=was_not_brought; service=clinic
    ap2 | 2019-02-10 | hospital        | appointment | child:subject   | outcome=was_not_brought; service=clinic
    ap3 | 2019-03-10 | hospital        | appointment | child:subject   | outcome=attended; service=clinic
    ap4 | 2019-01-10 | hospital        | appointment | sibling:subject | outcome=was_not_brought
    ap5 | 2019-02-10 | hospital        | appointment | sibling:subject | outcome=was_not_brought
    co1 | 2019-02-12 | health_visiting | contact     | sibling:subject | answers=[ap4 ap5]
    """,
        today="2019-04-25",
    ),
    Case(
        title="A call that nobody answered",
        why="Trying to reach the family is not reaching it.",
        entries="""
    id  | occurred   | agency   | kind        | about         | details
    ap1 | 2019-01-10 | hospital | appointment | child:subject | outcome=was_not_brought
    ap2 | 2019-02-10 | hospital | appointment | child:subject | outcome=was_not_brought
    ca1 | 2019-02-12 | hospital | call        | child:subject | answers=[ap1 ap2]; answered=no
    """,
        today="2019-04-25",
        raised={"child": "ap1 ap2"},
    ),
)
