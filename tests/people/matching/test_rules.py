"""Whom a described person may be: linked only where nobody could confuse them, shown with reasons otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

import pytest

from tests.people.linkage.files import MAJA, NHS
from tests.people.matching.beside import try_families
from wholepicture.people.linkage.model import Model, read_model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.standard import settings
from wholepicture.people.linkage.types import FIELDS, Row
from wholepicture.people.matching.rules import MOST_CANDIDATES, decide_together, follows, likely_people
from wholepicture.people.matching.types import Asked, Found, Held, Verdict

CHILD, MOTHER, OTHER = (UUID(int=n) for n in (1, 2, 3))
EWA = MAJA | {"given_name": "Ewa", "middle_name": "", "born": "1990-01-01", "nhs_number": NHS[1], "upn": ""}
BARE = {"nhs_number": "", "upn": "", "postcode": "", "address": ""}
NOBODY = dict.fromkeys(FIELDS, "")
DUE = date(2026, 3, 1)


@lru_cache(maxsize=1)
def model() -> Model:
    return read_model(settings())


def row(cells: dict[str, str]) -> Row:
    values, _ = ready(cells)
    return tuple(values.get(name) for name in FIELDS)


@dataclass
class On:
    """Somebody on record: one row, or several, and who is near them."""

    person: UUID
    cells: list[dict[str, str]]
    near: frozenset[UUID] = frozenset()
    expected: date | None = None
    unborn: bool = False


@dataclass
class Said:
    """Somebody asked about, and whom the index holds beside them."""

    cells: dict[str, str]
    held: list[On] = field(default_factory=list)
    unborn: bool = False
    expected: date | None = None
    cut: bool = False

    def found(self) -> Found:
        asked = Asked(row(self.cells), self.unborn, self.expected)
        held = tuple(
            Held(one.person, UUID(int=100 * one.person.int + n), row(cells),
                 model().weigh(asked.row, row(cells), {}), one.unborn, one.expected)
            for one in self.held for n, cells in enumerate(one.cells)
        )  # fmt: skip
        return Found(asked, held, {one.person: one.near for one in self.held}, self.cut)


def verdict(cells: dict[str, str], *held: On) -> Verdict:
    [one] = decide_together([Said(cells, list(held)).found()], "shipped x")
    return one


def shown(one: Verdict) -> list[UUID]:
    return [c.person for c in one.candidates]


def test_number_birth_date_names_and_home_link_and_say_so() -> None:
    one = verdict(MAJA, On(CHILD, [MAJA]))
    assert (one.link, one.candidates, one.model) == (CHILD, (), "shipped x")
    assert "NHS number, birth date and names agree, and so does the home" in one.why


@pytest.mark.requirement("R17")
def test_names_birth_date_and_home_without_a_number_are_a_choice_with_its_reasons() -> None:
    one = verdict(MAJA | {"nhs_number": "", "upn": ""}, On(CHILD, [MAJA]))
    assert one.link is None
    [candidate] = one.candidates
    assert candidate.why.startswith("Given name: same; Family name: same; ")
    told = {c.field: (c.level, c.says) for c in candidate.compared}
    assert told["Birth date"] == ("same day", "speaks strongly for it")
    assert told["NHS number"] == ("not known", "")
    assert "UPN" not in told, "seldom known, so not said to be missing"


def test_what_differs_is_said_after_what_agrees() -> None:
    [candidate] = verdict(MAJA | {"given_name": "Hanna", "nhs_number": ""}, On(CHILD, [MAJA])).candidates
    agrees, differs = candidate.why.split(". But ")
    assert "Family name: same" in agrees
    assert "Given name: different" in differs
    assert {c.says for c in candidate.compared if c.field == "Given name"} <= {
        "speaks against it",
        "speaks strongly against it",
    }


def test_nothing_but_what_differs_is_said_without_a_but() -> None:
    stranger = NOBODY | {"nhs_number": NHS[0], "given_name": "Tunde", "family_name": "Eze"}
    held = On(CHILD, [NOBODY | {"nhs_number": NHS[0], "given_name": "Ann", "family_name": "Lee"}])
    [candidate] = verdict(stranger, held).candidates
    assert "Given name: different" in candidate.why


def test_another_identity_of_the_same_person_can_speak_against_a_link() -> None:
    other = MAJA | {"nhs_number": NHS[1], "postcode": "B1 1AA", "address": "9 Mill Lane", "given_name": "Maya"}
    assert verdict(MAJA, On(CHILD, [MAJA, other])).link is None
    assert verdict(MAJA, On(CHILD, [MAJA, other | {"nhs_number": ""}])).link == CHILD


def test_two_rows_of_one_person_are_no_rivals_and_two_people_are() -> None:
    assert verdict(MAJA, On(CHILD, [MAJA, MAJA])).link == CHILD
    assert verdict(MAJA, On(CHILD, [MAJA]), On(OTHER, [MAJA])).link is None


def family(child: dict[str, str], mother: dict[str, str], said: Sequence[dict[str, str]] = ()) -> list[Verdict]:
    """A child and mother named together, of whom these are on record as child and mother."""
    near_child, near_mother = On(CHILD, [child], frozenset({MOTHER})), On(MOTHER, [mother], frozenset({CHILD}))
    one, other = said or (child, mother)
    return decide_together([Said(one, [near_child]).found(), Said(other, [near_mother]).found()])


HOMELESS = {"postcode": "", "address": "", "upn": ""}


def test_a_parent_who_is_as_sure_stands_for_a_home_that_nobody_gave() -> None:
    said = (MAJA | HOMELESS, EWA | HOMELESS)
    child, mother = family(MAJA, EWA, said)
    assert (child.link, mother.link) == (CHILD, MOTHER)
    assert "a parent or child named with them" in child.why
    assert verdict(MAJA | HOMELESS, On(CHILD, [MAJA])).link is None, "alone it is not enough"


@pytest.mark.parametrize(
    "mother", [EWA | BARE, EWA | HOMELESS | {"given_name": "Eva"}, EWA | HOMELESS | {"born": "1990"}], ids=str
)
def test_a_parent_who_is_less_sure_links_nobody(mother: dict[str, str]) -> None:
    child, other = family(MAJA, EWA, (MAJA | HOMELESS, mother))
    assert (child.link, other.link) == (None, None)
    assert "a parent or child named with them fits" in child.candidates[0].why


def test_a_family_never_makes_a_link_without_a_number() -> None:
    said = (MAJA | {"nhs_number": "", "upn": ""}, EWA | {"nhs_number": ""})
    assert [v.link for v in family(MAJA, EWA, said)] == [None, None]


def test_a_family_never_outweighs_another_home() -> None:
    moved = {"postcode": "B1 1AA", "address": "9 Mill Lane", "upn": ""}
    assert [v.link for v in family(MAJA, EWA, (MAJA | moved, EWA | moved))] == [None, None]


@pytest.mark.requirement("R17")
def test_a_child_spelt_otherwise_is_shown_beside_a_likely_mother_and_a_brother_is_not() -> None:
    heard = NOBODY | {"given_name": "Maya"}
    kasia, brother = On(CHILD, [MAJA | BARE], frozenset({MOTHER})), NOBODY | {"given_name": "Jan"}
    mother = Said(EWA, [On(MOTHER, [EWA], frozenset({CHILD, OTHER}))]).found()
    jan = On(OTHER, [brother | {"family_name": "Wójcik", "born": "2012-02-02"}], frozenset({MOTHER}))
    child, _ = decide_together([Said(heard, [kasia, jan]).found(), mother])
    assert shown(child) == [CHILD]
    alone = verdict(heard, kasia)
    assert shown(alone) == []


def test_a_twin_at_the_same_home_is_shown_so_that_whoever_chooses_knows_of_both() -> None:
    twin = MAJA | {"given_name": "Hanna", "nhs_number": "", "upn": ""}
    assert shown(verdict(MAJA | {"nhs_number": "", "upn": ""}, On(CHILD, [MAJA]), On(OTHER, [twin]))) == [CHILD, OTHER]


@pytest.mark.requirement("R4")
@pytest.mark.parametrize(
    ("asked_unborn", "held_unborn", "asked_on", "held_on", "seen"),
    [
        (False, True, "2026-02-20", DUE, True),
        (False, True, "2025-11-05", DUE, True),
        (False, True, "2025-10-20", DUE, False),
        (False, True, "2026-04-05", DUE, False),
        (False, True, "2026", DUE, True),
        (False, True, "2026-02-20", None, True),
        (True, False, DUE, "2026-02-20", True),
        (True, False, DUE, "2024-02-20", False),
        (True, True, DUE, date(2026, 4, 20), True),
        (True, True, DUE, date(2026, 6, 20), False),
        (True, True, None, DUE, True),
        (False, False, "2026-02-20", "2026-02-20", False),
    ],
)
def test_a_baby_is_found_by_its_mother_and_the_day_it_was_expected(
    asked_unborn: bool, held_unborn: bool, asked_on: str | date | None, held_on: str | date | None, seen: bool
) -> None:
    """“Baby Wójcik”, and a child that was on record before it was born: the mother is what they share."""
    baby = NOBODY | {"given_name": "Baby", "family_name": "Wójcik"}
    held = On(CHILD, [baby | {"born": held_on if isinstance(held_on, str) else "", "family_name": "Lis"}],
              frozenset({MOTHER}), held_on if isinstance(held_on, date) else None, held_unborn)  # fmt: skip
    said = Said(baby | {"born": asked_on if isinstance(asked_on, str) else ""}, [held], asked_unborn,
                asked_on if isinstance(asked_on, date) else None)  # fmt: skip
    mother = Said(EWA, [On(MOTHER, [EWA], frozenset({CHILD}))]).found()
    child, _ = decide_together([said.found(), mother])
    assert child.link is None
    assert [c.compared[-1].field for c in child.candidates if c.compared[-1].field == "Expected"] == ["Expected"] * seen


def test_only_so_many_are_shown_likeliest_first_and_it_is_said_when_more_share_what_was_said() -> None:
    asked = MAJA | {"nhs_number": "", "upn": ""}
    held = [On(UUID(int=n), [MAJA | {"given_name": "Maja" if n == 9 else "Maya"}]) for n in range(1, 10)]
    [one] = decide_together([Said(asked, held, cut=True).found()])
    assert len(one.candidates) == MOST_CANDIDATES
    assert one.candidates[0].person == UUID(int=9)
    assert one.cut


@pytest.mark.parametrize(
    ("child", "person", "chosen", "result"),
    [
        (MAJA | BARE, CHILD, MOTHER, True),
        (MAJA | BARE | {"nhs_number": NHS[1]}, CHILD, MOTHER, False),
        (MAJA | BARE | {"sex": "male"}, CHILD, MOTHER, False),
        (MAJA | BARE | {"born": "2016-03"}, CHILD, MOTHER, False),
        (MAJA | BARE | {"given_name": "Maja Ewa"}, CHILD, MOTHER, False),
        (MAJA | BARE | {"given_name": "Hanna"}, CHILD, MOTHER, False),
        (MAJA | BARE, CHILD, OTHER, False),
        (MAJA | BARE, OTHER, MOTHER, False),
    ],
)
def test_who_follows_from_a_mother_whom_somebody_chose(
    child: dict[str, str], person: UUID, chosen: UUID, result: bool
) -> None:
    found = Said(child, [On(CHILD, [MAJA], frozenset({MOTHER}))]).found()
    assert follows(found, person, frozenset({chosen})) is result


def test_nobody_follows_while_a_brother_fits_by_a_part_of_the_names() -> None:
    brother = On(OTHER, [MAJA | {"given_name": "Maja Ewa"}], frozenset({MOTHER}))
    assert not follows(
        Said(MAJA | BARE, [On(CHILD, [MAJA], frozenset({MOTHER})), brother]).found(), CHILD, frozenset({MOTHER})
    )


def test_whose_relatives_are_looked_at() -> None:
    found = [Said(EWA, [On(MOTHER, [EWA])]).found(), Said(MAJA, [On(OTHER, [NOBODY])]).found()]
    assert likely_people(found) == {MOTHER}


@pytest.mark.slow
@pytest.mark.requirement("R17")
def test_nobody_of_a_synthetic_people_is_taken_for_another_child_of_their_mother() -> None:
    """Twins, brothers, sisters, namesakes, and the numbers of each written on another."""
    tried = try_families(1_500, seed=11)
    assert tried.wrong == []
    assert tried.asked["with a twin"] > 100
    assert tried.followed > 1_000
    assert tried.linked > 400
