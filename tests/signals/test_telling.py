"""Whom a signal tells."""

from __future__ import annotations

from datetime import date

import pytest

from tests.signals.families import family
from wholepicture.people.types import FamilyRecord
from wholepicture.signals.telling import tell
from wholepicture.signals.view import View

TABLE = """
    id  | occurred   | agency                | kind        | about                          | details
    re1 | 2018-01-10 | gp/high-street        | referral    | child:subject                  | to=hospital/city
    re2 | 2018-01-11 | health_visiting       | referral    | sibling:subject                | to=hospital
    re3 | 2018-01-12 | school                | referral    | child:subject                  | to=social_care
    ap1 | 2018-02-10 | hospital              | appointment | child:subject                  | outcome=was_not_brought
    ap2 | 2018-02-10 | community_paediatrics | appointment | child:subject                  | outcome=was_not_brought
"""


def _told(*roles: str, child: str = "child", evidence: str = "ap1", on: str = "2018-03-01") -> tuple[str, ...]:
    record: FamilyRecord = family(TABLE)
    day = date.fromisoformat(on)
    rows = [record.entry[i] for i in evidence.split()]
    return tell(roles, View(record, day), record.people[child], rows, day)


def test_agencies_stand_for_roles_and_other_roles_for_themselves() -> None:
    assert _told("SW", "GP", "PO", "MW", "MG", "PL") == ("social_care", "gp", "police", "midwifery", "MG", "PL")


def test_the_author_is_the_agency_that_wrote_each_entry_once() -> None:
    assert _told("author", "MG", evidence="ap1 re1 ap1") == ("hospital", "gp/high-street", "MG")


def test_the_referrer_is_whoever_referred_this_child_to_that_service() -> None:
    assert _told("referrer") == ("gp/high-street",)
    assert _told("referrer", evidence="ap2") == ("referrer",)


@pytest.mark.parametrize(
    ("child", "on", "expected"),
    [
        ("sibling", "2018-03-01", ("health_visiting",)),  # nine months old
        ("child", "2019-03-09", ("health_visiting", "school_nursing", "school")),  # four, and known to a school
        ("child", "2019-03-10", ("school_nursing", "school")),  # the fifth birthday
        ("sibling", "2022-06-01", ("school_nursing", "school")),  # five, though no school has written
    ],
)
def test_health_visiting_to_five_and_school_from_then_on(child: str, on: str, expected: tuple[str, ...]) -> None:
    assert _told("HV", "SN", "DSL", child=child, on=on) == expected


def test_everybody_where_the_age_is_not_known() -> None:
    record = family(TABLE, people="person | type\nchild | child", ties="person | relation | other")
    day = date(2018, 3, 1)
    told = tell(("HV", "SN", "DSL"), View(record, day), record.people["child"], (), day)
    assert told == ("health_visiting", "school_nursing", "school")
