"""What may be joined and parted: pure rules, no store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from wholepicture.access.persons import PersonField
from wholepicture.foundation.refusals import Refused
from wholepicture.people.joining.rules import (
    came_with,
    check_ground,
    check_retyped,
    parting,
    retype_words,
    to_retype,
)
from wholepicture.people.joining.types import Belonging, Decision, Parting

AT = datetime(2026, 3, 2, tzinfo=UTC)
ANN, BEA, CAT = (UUID(int=n) for n in (1, 2, 3))
ONE, TWO, THREE, FOUR = (UUID(int=n) for n in (11, 12, 13, 14))
VALID = "9434765919"


def belonging(identity: UUID, *decided: tuple[int, UUID], founds: Sequence[UUID] = ()) -> Belonging:
    return Belonging(identity, tuple(Decision(n, p, None, AT, "x") for n, p in decided), tuple(founds))


ANNS = belonging(ONE, (1, ANN), founds=[ANN])
LATER = belonging(TWO, (4, ANN))
BEAS = belonging(THREE, (2, BEA), (5, ANN), founds=[BEA])
BEAS_SECOND = belonging(FOUR, (3, BEA), (6, ANN))


def test_the_evidence_is_a_sentence() -> None:
    assert check_ground("  The midwife knows both. ") == "The midwife knows both."
    with pytest.raises(Refused, match="what makes you sure"):
        check_ground("same pers")


@pytest.mark.parametrize("typed", [VALID, " 943 476 5919 ", "27 3 2020", "27/03/2020", "27.3.2020"])
def test_an_identifier_that_agrees_is_taken_however_it_is_written(typed: str) -> None:
    check_retyped(typed, [("", ""), (VALID, "2020-03-27")])


@pytest.mark.parametrize("typed", ["", "4857773456", "26 3 2020", "2020", "march"])
def test_one_that_does_not_agree_is_refused_and_says_what_is_wanted(typed: str) -> None:
    with pytest.raises(Refused, match="Type their NHS number or date of birth again"):
        check_retyped(typed, [(VALID, "2020-03-27")])


def test_a_number_that_fails_its_check_and_a_year_alone_are_nothing_to_type() -> None:
    known = [("1234567890", "2020"), ("", "2020-03")]
    assert to_retype(known) == (frozenset(), frozenset())
    assert retype_words(known) == ""
    check_retyped("", known)
    assert retype_words([("", "2020-03-27")]) == "date of birth"


def test_who_goes_back_goes_with_the_identity_that_they_were_first_known_by_at_the_head() -> None:
    held = [ANNS, BEAS_SECOND, BEAS, LATER]
    assert parting(ANN, held, {THREE, FOUR}) == Parting((THREE, FOUR), BEA)
    assert parting(ANN, held, {FOUR, THREE, TWO}) == Parting((THREE, FOUR, TWO), BEA)


def test_whoever_was_never_anybody_apart_is_somebody_new() -> None:
    assert parting(ANN, [ANNS, LATER, BEAS], {TWO}) == Parting((TWO,), None)


def test_the_first_identity_stays_and_the_others_leave_instead() -> None:
    assert parting(ANN, [ANNS, LATER, BEAS], {ONE, TWO}) == Parting((THREE,), BEA)


def test_of_two_who_leave_together_the_one_known_first_is_gone_back_to() -> None:
    cats = belonging(TWO, (7, CAT), (8, ANN), founds=[CAT])
    assert parting(ANN, [ANNS, BEAS, cats], {TWO, THREE}) == Parting((THREE, TWO), BEA)


@pytest.mark.parametrize("chosen", [set(), {ONE, THREE}, {FOUR}])
def test_nobody_is_left_without_an_identity(chosen: set[UUID]) -> None:
    with pytest.raises(Refused, match="Choose some of these, and leave some"):
        parting(ANN, [ANNS, BEAS], chosen)


def test_what_came_with_somebody_is_what_was_theirs_at_that_moment() -> None:
    assert came_with([ANNS, BEAS, BEAS_SECOND, LATER], BEA) == [THREE, FOUR]


def test_what_had_left_them_before_stays() -> None:
    left = belonging(TWO, (3, BEA), (4, ANN))
    assert came_with([ANNS, BEAS, left], BEA) == [THREE]


def test_nothing_came_with_somebody_who_never_did() -> None:
    assert came_with([ANNS, BEAS], CAT) == []
    assert came_with([ANNS], ANN) == []


def test_to_the_schema_a_persons_column_is_a_plain_uuid() -> None:
    _, path, _, options = PersonField(null=True).deconstruct()
    assert (path, options) == ("django.db.models.UUIDField", {"null": True})
