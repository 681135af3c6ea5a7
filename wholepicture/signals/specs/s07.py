"""S07: child not seen."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import PEOPLE, TIES, Case

CASES: Final = (
    Case(
        title="A visit at which the child was not seen",
        why="The visit was about the child; the sibling was not asked for.",
        entries="""
    id  | occurred   | agency         | kind  | about                          | details
    vi1 | 2019-05-09 | school_nursing | visit | child:subject mother:informant | outcome=completed; child_seen=no
    """,
        today="2019-05-09",
        raised={"child": "vi1"},
        from_day="2019-05-09",
    ),
    Case(
        title="A visit that does not say",
        why="A blank is never a no.",
        entries="""
    id  | occurred   | agency         | kind  | about                          | details
    vi1 | 2019-05-09 | school_nursing | visit | child:subject mother:informant | outcome=completed
    """,
        today="2019-05-20",
    ),
    Case(
        title="Nobody in",
        why="With no access nobody can have been seen, though the field was left blank.",
        entries="""
    id  | occurred   | agency      | kind  | about         | details
    vi1 | 2019-05-09 | social_care | visit | child:subject | outcome=no_access
    """,
        today="2019-05-20",
        raised={"child": "vi1"},
    ),
    Case(
        title="A visit to the mother that names no child",
        why="It is about her household, so about each child who lives there.",
        entries="""
    id  | occurred   | agency      | kind  | about          | details
    vi1 | 2019-05-09 | social_care | visit | mother:subject | outcome=completed; child_seen=no
    """,
        today="2019-05-20",
        raised={"child": "vi1", "sibling": "vi1"},
    ),
    Case(
        title="An incident at which the children were not seen",
        why="Each child of the household was not seen.",
        entries="""
    id  | occurred   | agency | kind                    | about                                     | details
    da1 | 2019-05-09 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator | children_seen=no
    """,
        today="2019-05-20",
        raised={"child": "da1", "sibling": "da1"},
    ),
    Case(
        title="A phrase in place of seeing",
        why="“Safe and well” does not say who was seen, awake, alone, or in what language.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-05-09 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > phrase_safe_and_well=yes
    da2 | 2019-06-09 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > says Children safe and well in bed.
    """,
        today="2019-06-20",
        raised={"child": "da1 da2", "sibling": "da1 da2"},
    ),
    Case(
        title="The phrase beside what was seen",
        why="The children were seen and spoken to, and the visit says that the child was seen: the fields are filled.",
        entries="""
    id  | occurred   | agency          | kind                    | about
    da1 | 2019-05-09 | police          | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > children_seen=yes; children_spoken_to=yes; phrase_safe_and_well=yes
    vi1 | 2019-05-20 | health_visiting | visit                   | sibling:subject
      > child_seen=yes
      > says No concerns.
    """,
        today="2019-06-20",
    ),
    Case(
        title="Seen, but only a glance",
        why="They were seen and not spoken to: the phrase stands in for asking them.",
        entries="""
    id  | occurred   | agency | kind                    | about
    da1 | 2019-05-09 | police | domestic_abuse_incident | mother:victim partner:alleged_perpetrator
      > children_seen=yes; children_spoken_to=no
      > says Safe & well.
    """,
        today="2019-06-20",
        raised={"child": "da1", "sibling": "da1"},
    ),
    Case(
        title="The phrase quoted from somebody else",
        why="Within quotation marks it is what another said.",
        entries="""
    id  | occurred   | agency      | kind  | about
    vi1 | 2019-05-09 | social_care | visit | child:subject
      > outcome=completed
      > says Mother said that police had called them “safe and well”.
    """,
        today="2019-06-20",
    ),
    Case(
        title="A child who is not yet born",
        why="Nobody can see an unborn child.",
        entries="""
    id  | occurred   | agency    | kind  | about                       | details
    vi1 | 2018-05-09 | midwifery | visit | baby:subject mother:subject | outcome=completed; child_seen=no
    """,
        today="2018-06-20",
        people=PEOPLE + "baby | unborn | | 2018-08-01",
        ties=TIES + "mother | mother | baby | 2018-01-01 | yes",
    ),
    Case(
        title="Seen since",
        why="Each way of seeing in person ends it: a visit, a weighing, an appointment kept, the child's own words.",
        entries="""
    id  | occurred         | agency          | kind                    | about
    vi1 | 2019-01-09       | social_care     | visit                   | child:subject sibling:subject
      > child_seen=no
    vi2 | 2019-01-10       | social_care     | visit                   | child:subject
      > child_seen=yes
    me1 | 2019-01-10       | health_visiting | measurement             | sibling:subject
      > weight_kg=11
    vi3 | 2019-02-09       | social_care     | visit                   | child:subject sibling:subject
      > child_seen=no
    ap1 | 2019-02-10       | hospital        | appointment             | child:subject
      > outcome=attended
    cw1 | 2019-02-10       | school          | childs_words            | sibling:subject
      > words=hello
    vi4 | 2019-03-09T10:00 | social_care     | visit                   | child:subject sibling:subject
      > outcome=no_access
    da1 | 2019-03-09T22:00 | police          | domestic_abuse_incident | child:present sibling:present
      > children_seen=yes
    """,
        today="2019-04-20",
    ),
    Case(
        title="Perhaps seen before, not after",
        why="On one day without times nobody knows which came first; an adult's appointment shows nobody the child.",
        entries="""
    id  | occurred   | agency      | kind        | about                          | details
    vi1 | 2019-01-09 | social_care | visit       | child:subject                  | child_seen=no
    me1 | 2019-01-09 | hospital_ae | measurement | child:subject                  | weight_kg=18
    ap1 | 2019-01-20 | hospital    | appointment | child:mentioned mother:subject | outcome=attended
    ap2 | 2019-01-21 | hospital    | appointment | child:subject                  | outcome=was_not_brought
    """,
        today="2019-04-20",
        raised={"child": "vi1"},
    ),
)
