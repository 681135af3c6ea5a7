"""What may be linked without a person, and what a person must choose: the line that a wrong link may not cross.

No automatic merge without NHS number and birth date agreeing (assurance case, hazard “wrong child”). That alone would
link a twin whose number was written on the other, and a child known under a borrowed number; so names must agree too,
nothing else may speak against it, and nobody else may fit. The model's weight, however high, never makes a link.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from wholepicture.people.linkage.nicknames import pairs
from wholepicture.people.linkage.types import FIELDS, Decision, Row

WORTH_A_LOOK: Final = -6.0
"""The weight in bits, prior included, from which a pair is shown to a person: one in sixty-five such is one person.

A look costs a minute; a brother's fracture that is not found may cost a life.
"""

_GIVEN, _MIDDLE, _FAMILY, _BORN, _SEX, _POSTCODE, _ADDRESS, _NHS, _UPN = range(len(FIELDS))
_WHOLE_DATE: Final = len("2000-01-01")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two rows say to each other; blank never agrees and never speaks against."""

    nhs: bool
    upn: bool
    born: bool
    given: bool
    family: bool
    home: bool
    against: bool
    """Whether anything known of both differs: a number, middle name, sex, or the whole home."""
    conflict: bool
    """Whether what a person has one of differs: a number, or the sex recorded."""

    @property
    def safe(self) -> bool:
        """May be linked without a person, if nobody else fits."""
        return self.sure and (self.home or self.upn)

    @property
    def sure(self) -> bool:
        """All that a link needs but a home or a UPN that agrees."""
        return self.nhs and self.fits and not self.against

    @property
    def fits(self) -> bool:
        """A namesake's agreement: names and birth date."""
        return self.given and self.family and self.born

    @property
    def remarkable(self) -> bool:
        """To be shown to a person whatever it weighs.

        A number agrees; a namesake; at one home, the same names, or born on one day: a twin, or the same child renamed.
        """
        return self.nhs or self.upn or self.fits or (self.home and (self.born or (self.given and self.family)))


def agreement(one: Row, other: Row) -> Agreement:
    """Compare two rows made ready, in the order of FIELDS."""
    exchanged = _exchanged(one, other)
    conflict = any(_differs(one[at], other[at]) for at in (_NHS, _UPN, _SEX))
    return Agreement(
        nhs=_same(one[_NHS], other[_NHS]),
        upn=_same(one[_UPN], other[_UPN]),
        born=_same(one[_BORN], other[_BORN]) and len(one[_BORN] or "") == _WHOLE_DATE,
        given=exchanged or _given(one[_GIVEN], other[_GIVEN]),
        family=exchanged or _same(one[_FAMILY], other[_FAMILY]) or _part(one[_FAMILY], other[_FAMILY]),
        home=_same(one[_POSTCODE], other[_POSTCODE]) or _same(one[_ADDRESS], other[_ADDRESS]),
        against=conflict or _against(one, other),
        conflict=conflict,
    )


def decide(query: Row, candidates: Sequence[tuple[Row, float]]) -> list[Decision]:
    """For each candidate, by its row and weight: link, review or none. At most one is linked."""
    return decide_people(query, [[one] for one in candidates])


def decide_people(
    query: Row, people: Sequence[Sequence[tuple[Row, float]]], beside: Collection[int] = ()
) -> list[Decision]:
    """For each person, known by one row or several: link, review or none. At most one is linked.

    What any row of a person has one of, and has otherwise, speaks against a link. `beside` are the places of those
    whose parent or child, named with them, is sure as well: that stands for a home that nobody gave (ADR 0084).
    """
    compared = [[agreement(query, row) for row, _ in rows] for rows in people]
    safe = [
        n
        for n, rows in enumerate(compared)
        if any(one.safe or (one.sure and n in beside) for one in rows) and not any(one.conflict for one in rows)
    ]
    rivals = [n for n, rows in enumerate(compared) if any(one.fits or one.nhs for one in rows)]
    link = safe[0] if len(safe) == 1 and safe == rivals else None
    return [
        Decision.LINK
        if n == link
        else Decision.REVIEW
        if any(weight >= WORTH_A_LOOK for _, weight in rows) or any(one.remarkable for one in compared[n])
        else Decision.NONE
        for n, rows in enumerate(people)
    ]


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _differs(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _part(one: str | None, other: str | None) -> bool:
    """Whether one name is a whole part of the other: `Shaw` of `Shaw-Bennett`."""
    if one is None or other is None:
        return False
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _given(one: str | None, other: str | None) -> bool:
    return _same(one, other) or _part(one, other) or f"{one}|{other}" in pairs()


def _exchanged(one: Row, other: Row) -> bool:
    return _same(one[_GIVEN], other[_FAMILY]) and _same(one[_FAMILY], other[_GIVEN])


def _initial(one: str | None, other: str | None) -> bool:
    """Whether either is no more than the other's first letter."""
    return bool(one and other) and min(len(one or ""), len(other or "")) == 1 and (one or "")[0] == (other or "")[0]


def _against(one: Row, other: Row) -> bool:
    middle = _differs(one[_MIDDLE], other[_MIDDLE]) and not (
        _part(one[_MIDDLE], other[_MIDDLE]) or _initial(one[_MIDDLE], other[_MIDDLE])
    )
    known = _differs(one[_POSTCODE], other[_POSTCODE]) or _differs(one[_ADDRESS], other[_ADDRESS])
    agrees = _same(one[_POSTCODE], other[_POSTCODE]) or _same(one[_ADDRESS], other[_ADDRESS])
    return middle or (known and not agrees)
