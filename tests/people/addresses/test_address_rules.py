"""Addresses in words: split, keyed, led from and found in a text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from wholepicture.foundation.when import When
from wholepicture.people.addresses.rules import (
    LONGEST_REVIEW,
    Leads,
    covered,
    found_in,
    key_of,
    key_of_text,
    leads_of,
    named,
    parse_address,
    phone_leads,
    review_by,
    words_of_text,
)
from wholepicture.people.addresses.types import Address, AddressSort, GuardedWord, Shield, ShieldReason, WordSort

TODAY = date(2026, 3, 2)
PERSON = uuid4()


def home(*lines: str, postcode: str = "QX4 2LD", to: str = "", from_: str = "", phone: str = "") -> Address:
    key = uuid4()
    return Address(
        key, key, PERSON, AddressSort.HOME, lines, postcode, phone, When.parse(from_) if from_ else None,
        When.parse(to) if to else None, None, "", "", "", datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def guarded(lead: Leads) -> GuardedWord:
    return GuardedWord(PERSON, PERSON, lead.sort, lead.text, lead.forms, "", "", "")


def words(address: Address) -> tuple[GuardedWord, ...]:
    return tuple(guarded(lead) for lead in leads_of(address, known_area="Aldermere"))


@pytest.mark.parametrize(
    ("text", "lines", "postcode"),
    [
        ("12 Larch Close, Aldermere, QX4 2LD", ("12 Larch Close", "Aldermere"), "QX4 2LD"),
        ("12 Larch Close\nAldermere\nqx42ld", ("12 Larch Close", "Aldermere"), "QX4 2LD"),
        ("12  Larch   Close", ("12 Larch Close",), ""),
        ("EC1A 1BB, London", ("London",), "EC1A 1BB"),
        (" , ", (), ""),
    ],
)
def test_an_address_of_one_text_is_lines_and_a_postcode(text: str, lines: tuple[str, ...], postcode: str) -> None:
    assert parse_address(text) == (lines, postcode)


def test_two_ways_of_writing_a_home_have_one_key() -> None:
    assert key_of_text("12 Larch Close, Aldermere QX4 2LD") == key_of(("12 Larch Close", "Aldermere"), "QX4 2LD")
    assert key_of_text("12 LARCH CLOSE\nAldermere, qx42ld") == key_of(("12 Larch Close", "Aldermere"), "QX4 2LD")


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("She lives at 12 LARCH CLOSE now.", "line street"),
        ("12, Larch Cl.", "line street"),
        ("the house in Lárch-Close", "street"),
        ("Letter to QX4 2LD", "postcode sector outward"),
        ("Letter to qx42ld.", "postcode sector outward"),
        ("somewhere in QX4 2", "sector outward"),
        ("the QX4 area", "outward"),
        ("QX43A and QX4A, 112 larch closest, Larch Closet, larches close", ""),
        ("Haven Lodge", "place"),
        ("in Aldermere", ""),
        ("ring 01632 960 001", "phone"),
        ("ring (01632) 960001", "phone"),
        ("ring +44 1632 960001", "phone"),
        ("ring 101632960001 or 016329600011", ""),
    ],
)
def test_what_leads_to_an_address_is_found_however_it_is_written(text: str, sorts: str) -> None:
    given = words(home("12 Larch Close", "Haven Lodge", "Aldermere", phone="01632 960001"))
    assert {w.sort.value for w in found_in(text, given)} == set(sorts.split())


def test_each_word_is_found_once_and_in_its_own_order() -> None:
    given = words(home("12 Larch Close"))
    found = found_in("QX4 2LD, 12 Larch Close, 12 larch close", [*given, *given])
    assert found == given


def test_a_flat_leads_to_its_street() -> None:
    found = {(lead.sort, lead.text) for lead in leads_of(home("Flat 3, 12a Weir Street", postcode=""), known_area="X")}
    assert (WordSort.STREET, "Weir Street") in found


def test_a_line_that_only_numbers_or_names_the_area_leads_nowhere() -> None:
    assert leads_of(home("Aldermere", "14", "!", postcode=""), known_area="Aldermere")[1:] == ()
    assert [w.sort for w in leads_of(home("7 Aldermere", postcode=""), known_area="Aldermere")] == [WordSort.LINE]


def test_a_postcode_of_another_form_is_still_looked_for() -> None:
    [line, *_, code] = leads_of(home("Rue Basse", postcode="F-75001"), known_area="X")
    assert (line.sort, code.sort, code.forms) == (WordSort.LINE, WordSort.POSTCODE, ("f 75001",))
    assert found_in("75001? F75001 it is", [guarded(code)])


def test_short_words_and_numbers_lead_nowhere() -> None:
    assert list(named(WordSort.SCHOOL, "", "St", "Oak School")) == [
        Leads(WordSort.SCHOOL, "Oak School", ("oak school",))
    ]
    assert list(phone_leads("999")) == []
    assert [lead.forms for lead in phone_leads("+44 1632 960001")] == [("01632960001", "441632960001")]
    assert [lead.forms for lead in phone_leads("1632 960001")] == [("1632960001",)]
    assert found_in("St Oswalds School", [guarded(lead) for lead in named(WordSort.SCHOOL, "St Oswald’s School")])


def test_letters_without_decomposition_are_folded() -> None:
    assert words_of_text("Łąka  Rd.") == "laka road"


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (None, TODAY + LONGEST_REVIEW),
        (TODAY, TODAY),
        (TODAY + LONGEST_REVIEW, TODAY + LONGEST_REVIEW),
        (TODAY + LONGEST_REVIEW + timedelta(days=1), None),
        (TODAY - timedelta(days=1), None),
    ],
)
def test_a_review_is_due_within_six_months(asked: date | None, due: date | None) -> None:
    assert review_by(asked, TODAY) == due


def test_a_shield_on_whereabouts_covers_what_was_not_left_before_it() -> None:
    old, now, vague = home("1 A", to="2026-02-10"), home("2 B"), home("3 C", to="2026-02")
    kept = covered([old, now, vague], shielded=None, covers_from=date(2026, 2, 10))
    assert kept == (now, vague)
    assert covered([old, now, vague], shielded=old.root, covers_from=TODAY) == (old,)


def test_an_address_holds_between_its_edges() -> None:
    address = home("1 A", from_="2026-02", to="2026-03")
    assert [address.holds_on(d) for d in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 1))] == [
        False,
        True,
        False,
    ]
    assert home("1 A").holds_on(TODAY)
    assert home("1 A", "B").in_one_line == "1 A, B, QX4 2LD"
    assert not home("1 A").from_before(home("1 a"))
    assert home("1 A", from_="2020").from_before(home("2 B", from_="2021"))


def test_every_sort_and_reason_has_words() -> None:
    assert all(s.words for s in AddressSort) and all(r.words for r in ShieldReason)
    assert [s for s in AddressSort if not s.lived_at] == [AddressSort.WORK, AddressSort.CORRESPONDENCE]


def test_a_shield_is_overdue_after_its_day_and_not_on_it() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    shield = Shield(UUID(int=1), PERSON, None, ShieldReason.REFUGE, "", "", "t", TODAY, None, "", at, TODAY)
    assert not shield.overdue(TODAY)
    assert shield.overdue(TODAY + timedelta(days=1))
