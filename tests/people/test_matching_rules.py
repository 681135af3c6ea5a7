"""Whom a described person may be: links only where nobody could confuse them, choices otherwise."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from wholepicture.foundation.when import When
from wholepicture.people.matching.rules import decide, decide_together, sound, swapped_day
from wholepicture.people.matching.types import Described, KnownIdentity

KASIA, EWA, TOM, TWIN = (UUID(int=n) for n in (1, 2, 3, 4))
NUMBER, OTHER_NUMBER, WRONG_NUMBER = "9434765919", "9434765870", "9434765918"
BORN = When.parse("2021-05-04")
SAID = Described("Kasia", "Nowak", BORN, "female", address_key="3-weir-street")
HELD = KnownIdentity(KASIA, "Kasia", "Nowak", BORN, "female", address_keys=frozenset({"3-weir-street"}))


@pytest.mark.parametrize(
    ("said", "held", "links"),
    [
        (SAID, HELD, True),
        (replace(SAID, given_name="KASIA", family_name="nowak"), HELD, True),
        (replace(SAID, nhs_number=NUMBER, given_name="Kate", address_key=""), replace(HELD, nhs_number=NUMBER), True),
        (replace(SAID, nhs_number="943 476 5919", address_key=""), replace(HELD, nhs_number=NUMBER), True),
        (replace(SAID, nhs_number=NUMBER, born=None), replace(HELD, nhs_number=NUMBER), False),
        (replace(SAID, nhs_number=NUMBER, born=When.parse("2021-05-05")), replace(HELD, nhs_number=NUMBER), False),
        (replace(SAID, nhs_number=NUMBER), replace(HELD, nhs_number=OTHER_NUMBER), False),
        (replace(SAID, sex="male"), HELD, False),
        (replace(SAID, address_key=""), HELD, False),
        (replace(SAID, born=When.parse("2021")), HELD, False),
        (replace(SAID, born=When.parse("2021-04-05")), HELD, False),
        (replace(SAID, given_name="Nowak", family_name="Kasia"), HELD, False),
        (replace(SAID, given_name="Zofia"), HELD, False),
    ],
    ids=["all agree", "case", "number", "spaced number", "number, no birth date", "number, other birth date",
         "other number", "other sex", "no address", "year only", "day and month exchanged", "names exchanged", "twin"],
)  # fmt: skip
def test_links_only_when_safe(said: Described, held: KnownIdentity, links: bool) -> None:
    assert (decide(said, [held]).link == KASIA) is links


@pytest.mark.requirement("R17")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        (replace(SAID, address_key=""), "Same name; same birth date."),
        (replace(SAID, given_name="Nowak", family_name="Kasia", address_key=""),
         "Given and family names exchanged; same birth date."),
        (replace(SAID, born=When.parse("2021-04-05"), address_key=""),
         "Same name; day and month of birth exchanged."),
        (replace(SAID, born=When.parse("2021"), address_key=""), "Same name; same year of birth."),
        (replace(SAID, given_name="Kasya", family_name="Novak", born=None),
         "Names that sound alike; same address."),
        (replace(SAID, sex="male"), "Same name; same birth date; same address; but different sex recorded."),
    ],
    ids=["no address", "names exchanged", "day and month", "year", "sound at the same address", "other sex"],
)  # fmt: skip
def test_offers_a_likely_person_with_reasons(said: Described, why: str) -> None:
    verdict = decide(said, [HELD])
    shown = [(c.person, c.why) for c in verdict.candidates]
    assert shown == [(KASIA, why)]


def test_a_number_that_fails_its_check_digit_is_never_matched_on() -> None:
    said = Described("Ola", "Wójcik", BORN, nhs_number=WRONG_NUMBER)
    verdict = decide(said, [replace(HELD, nhs_number=WRONG_NUMBER)])
    assert verdict.link is None
    assert all("NHS" not in c.why for c in verdict.candidates)


def test_a_twin_is_not_offered_as_the_other_twin_without_a_shared_name() -> None:
    assert decide(Described("Ola", "Hill", BORN), [HELD]).candidates == ()


def test_two_people_who_fit_alike_are_a_choice() -> None:
    verdict = decide(SAID, [HELD, replace(HELD, person=TWIN)])
    assert verdict.link is None
    assert {c.person for c in verdict.candidates} == {KASIA, TWIN}


def test_nobody_known_is_a_new_person() -> None:
    verdict = decide(SAID, [])
    assert (verdict.link, verdict.candidates) == (None, ())


def test_a_mother_who_is_linked_makes_her_child_safe() -> None:
    mother = Described("Ewa", "Nowak", When.parse("1990-01-01"), nhs_number=NUMBER)
    known_mother = KnownIdentity(
        EWA, "Ewa", "Nowak", When.parse("1990-01-01"), nhs_number=NUMBER, near=frozenset({KASIA})
    )
    child = replace(SAID, address_key="")
    held = replace(HELD, address_keys=frozenset(), near=frozenset({EWA}))
    first, second = decide_together([(child, [held]), (mother, [known_mother])])
    assert (first.link, second.link) == (KASIA, EWA)
    assert "named with them" in first.why


def test_a_namesake_of_another_family_stays_a_choice_beside_a_linked_mother() -> None:
    mother = Described("Ewa", "Nowak", When.parse("1990-01-01"), nhs_number=NUMBER)
    known_mother = KnownIdentity(
        EWA, "Ewa", "Nowak", When.parse("1990-01-01"), nhs_number=NUMBER, near=frozenset({TOM})
    )
    first, _ = decide_together(
        [(replace(SAID, address_key=""), [replace(HELD, address_keys=frozenset())]), (mother, [known_mother])]
    )
    assert first.link is None


@pytest.mark.requirement("R17")
def test_a_mother_and_child_who_both_fit_make_each_other_safe() -> None:
    mother = Described("Ewa", "Nowak", When.parse("1990-01-01"))
    known_mother = KnownIdentity(EWA, "Ewa", "Nowak", When.parse("1990-01-01"), near=frozenset({KASIA}))
    child, held = replace(SAID, address_key=""), replace(HELD, near=frozenset({EWA}))
    assert [v.link for v in decide_together([(child, [held]), (mother, [known_mother])])] == [KASIA, EWA]
    assert decide(child, [held]).link is None
    other = replace(known_mother, born=When.parse("1991"))
    assert [v.link for v in decide_together([(child, [held]), (mother, [other])])] == [None, None]


@pytest.mark.parametrize(("one", "other"), [("Kowalski", "Kovalsky"), ("Łucja", "Lucja"), ("Meyer", "Meier")])
def test_sounds_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


def test_sound_of_nothing_is_nothing() -> None:
    assert sound("—") == ""


@pytest.mark.parametrize(
    ("born", "other"),
    [("2021-05-04", (2021, 4, 5)), ("2021-05-13", None), ("2021-05-05", None), ("2021-05", None)],
)  # fmt: skip
def test_day_and_month_exchanged(born: str, other: tuple[int, int, int] | None) -> None:
    assert swapped_day(When.parse(born)) == other
