"""Families for the tests of the engine, out of the same tables as the cases of the rules."""

from __future__ import annotations

from wholepicture.people.types import FamilyRecord
from wholepicture.signals.specs.case import PEOPLE, TIES, Case


def family(entries: str, people: str = PEOPLE, ties: str = TIES) -> FamilyRecord:
    """The record that the tables describe."""
    return Case("", "", entries, "2020-01-01", people=people, ties=ties).record


BUSY = """
    id  | occurred      | recorded   | agency          | kind                    | about
    da1 | 2018-11-01    |            | police          | domestic_abuse_incident | mother:victim partner:subject
      > alcohol=yes; children_seen=no
    da2 | about 2018-12 |            | police          | domestic_abuse_incident | mother:victim
      > grade=standard
    ph1 | 2019-01-04    |            | gp              | parental_health         | mother:subject
      > type=mental_health
    ap1 | 2019-01-10    |            | hospital        | appointment             | child:subject
      > outcome=was_not_brought; letter_language=en
    sc1 | 2019-01-15    |            | social_care     | screening               | child:subject sibling:subject
      > stage=decided
    da3 | 2019-02-14    | 2019-02-20 | police          | domestic_abuse_incident | partner:victim mother:subject
      > grade=high
    in1 | 2019-03-01    | 2019-03-03 | hospital_ae     | injury                  | child:subject
      > presented=2019-03-02; opinion=undetermined @ 2019-03-10
    in2 | 2019-04-01    |            | school          | injury                  | child:subject
      > type=bruise
    wc1 | 2019-04-05    |            | school          | welfare_concern         | child:subject
      > theme=food_seeking
    wc2 | 2019-04-20    | 2019-06-01 | school          | welfare_concern         | child:subject
      > theme=food_seeking
    we1 | 2019-05-01    |            | health_visiting | measurement             | sibling:subject
      > weight_kg=8.5
    we2 | 2019-06-20    |            | health_visiting | measurement             | sibling:subject
      > weight_kg=11
    sd1 | 2019-06-25    |            | social_care     | strategy_discussion     | child:subject sibling:subject
      > decision=assessment; history_shared=yes @ 2019-07-02
    ca1 | 2019-08-25    |            | social_care     | case                    | child:subject
      > stage=closed
    da4 | 2019-09-02    |            | police          | domestic_abuse_incident | mother:victim
    """
