"""Who a described person is: rules that link only on agreement no namesake, twin or sibling could show.

Order (issue "The spine", DESIGN principle 10): a valid identifier with an agreeing birth date links; name, birth date
and address together link; name and birth date beside a relative who is linked links. Anything less is a choice for a
person, with the reasons in words; a number that fails its check digit is never matched on (spec: matching).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem, upn_problem
from wholepicture.foundation.names import fold
from wholepicture.foundation.when import When
from wholepicture.people.matching.types import Candidate, Described, KnownIdentity, Verdict

MOST_CANDIDATES: Final = 5
_WORTH_A_LOOK: Final = 40
_WHY_BESIDE: Final = "Name and birth date agree, and so does a parent or child named with them."

_SOUNDS: Final = {c: d for d, cs in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1) for c in cs}


def sound(name: str) -> str:
    """A name's sound (Soundex, after folding): `Kowalski` and `Kovalsky` agree; blank stays blank."""
    letters = fold(name).replace(" ", "").replace("w", "v")
    if not letters:
        return ""
    codes = [_SOUNDS.get(c, 0) for c in letters if c != "h"]
    kept = [c for n, c in enumerate(codes) if c and n and c != codes[n - 1]]
    return letters[0] + "".join(map(str, kept[:3])).ljust(3, "0")


def swapped_day(born: When) -> tuple[int, int, int] | None:
    """Year, month, day with day and month exchanged; None where that is no other date."""
    day = born.start
    if not born.exact_day or day.day > 12 or day.day == day.month:
        return None
    return (day.year, day.day, day.month)


@dataclass(frozen=True, slots=True)
class _Agreement:
    """How one known identity compares with the person described."""

    known: KnownIdentity
    number: bool
    number_conflict: bool
    name: bool
    swapped: bool
    given: bool
    family: bool
    sounds: bool
    born: bool
    born_conflict: bool
    born_swapped: bool
    year: bool
    sex_conflict: bool
    address: bool

    @property
    def links(self) -> bool:
        """Safe without a person."""
        if self.sex_conflict or self.number_conflict or not self.born:
            return False
        return self.number or (self.name and self.address)

    @property
    def links_beside_family(self) -> bool:
        """Safe where a parent or child of theirs, named beside them, is linked."""
        return self.name and self.born and not self.sex_conflict and not self.number_conflict


def compare(asked: Described, known: KnownIdentity) -> _Agreement:
    """Field by field; blanks neither agree nor conflict."""
    given, family = fold(asked.given_name), fold(asked.family_name)
    their_given, their_family = fold(known.given_name), fold(known.family_name)
    number, number_conflict = _numbers(asked, known)
    born, conflict, born_swapped, year = _births(asked.born, known.born)
    sexes = {asked.sex, known.sex} & {"female", "male"}
    heard = sound(asked.given_name) == sound(known.given_name) and sound(asked.family_name) == sound(known.family_name)
    return _Agreement(
        known=known,
        number=number,
        number_conflict=number_conflict,
        name=bool(given and family) and (given, family) == (their_given, their_family),
        swapped=bool(given and family) and (given, family) == (their_family, their_given) and given != family,
        given=bool(given) and given == their_given,
        family=bool(family) and family == their_family,
        sounds=bool(given and family) and heard,
        born=born,
        born_conflict=conflict,
        born_swapped=born_swapped,
        year=year,
        sex_conflict=len(sexes) == 2,
        address=bool(asked.address_key) and asked.address_key in known.address_keys,
    )


def _numbers(asked: Described, known: KnownIdentity) -> tuple[bool, bool]:
    same = different = False
    for mine, theirs, problem in (
        (nhs_number(asked.nhs_number), nhs_number(known.nhs_number), nhs_number_problem),
        (asked.upn, known.upn, upn_problem),
    ):
        if mine and theirs and problem(mine) is None and problem(theirs) is None:
            same |= mine == theirs
            different |= mine != theirs
    return same, different


def _births(one: When | None, other: When | None) -> tuple[bool, bool, bool, bool]:
    if one is None or other is None:
        return False, False, False, False
    exact = one.exact_day and other.exact_day
    same = exact and one.start == other.start
    apart = one.certainly_before(other.earliest) or one.certainly_after(other.latest)
    swap = swapped_day(one) if exact else None
    turned = swap is not None and swap == (other.start.year, other.start.month, other.start.day)
    return same, apart, turned, one.start.year == other.start.year


def decide(asked: Described, known: Iterable[KnownIdentity], *, beside: frozenset[UUID] = frozenset()) -> Verdict:
    """Link, offer candidates, or say nobody. `beside` are people named with them who are linked, or fit."""
    compared = [compare(asked, k) for k in known]
    safe = {a.known.person for a in compared if a.links}
    near = {a.known.person for a in compared if a.links_beside_family and a.known.near & beside}
    for persons, why in ((safe, _why_safe(compared)), (near, _WHY_BESIDE)):
        if len(persons) == 1:
            return Verdict(next(iter(persons)), why)
    return Verdict(candidates=_candidates(compared, beside))


def decide_together(asked: Sequence[tuple[Described, Sequence[KnownIdentity]]]) -> list[Verdict]:
    """Decide about people named together: each safe link may make a relative's safe, until nothing changes.

    A mother and child who each fit one known person by name and birth date, and who are mother and child on record,
    make each other safe: no namesake has a namesake's child.
    """
    fits = [_fitting(one, known) for one, known in asked]
    verdicts = [decide(one, known) for one, known in asked]
    while True:
        linked = {v.link for v in verdicts if v.link is not None}
        after = [
            v if v.link is not None else decide(one, known, beside=frozenset(linked | _others(fits, n)))
            for n, (v, (one, known)) in enumerate(zip(verdicts, asked, strict=True))
        ]
        if [v.link for v in after] == [v.link for v in verdicts]:
            return after
        verdicts = after


def _fitting(one: Described, known: Sequence[KnownIdentity]) -> frozenset[UUID]:
    return frozenset(k.person for k in known if compare(one, k).links_beside_family)


def _others(fits: Sequence[frozenset[UUID]], n: int) -> set[UUID]:
    """Whoever is the only person that somebody else named here fits."""
    return {person for m, persons in enumerate(fits) if m != n and len(persons) == 1 for person in persons}


def _why_safe(compared: Iterable[_Agreement]) -> str:
    if any(a.links and a.number for a in compared):
        return "The NHS number or UPN and the birth date agree."
    return "Name, birth date and address agree."


def _candidates(compared: Iterable[_Agreement], beside: frozenset[UUID]) -> tuple[Candidate, ...]:
    best: dict[UUID, tuple[int, str]] = {}
    for agreement in compared:
        weight, words = _weigh(agreement, bool(agreement.known.near & beside))
        if weight >= _WORTH_A_LOOK and weight > best.get(agreement.known.person, (0, ""))[0]:
            best[agreement.known.person] = (weight, words)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], str(item[0])))
    return tuple(Candidate(person, words) for person, (_, words) in ranked[:MOST_CANDIDATES])


# Only an order for showing candidates and a floor under which none is shown; never kept, never shown as a number.
_SAYS: Final[Mapping[str, tuple[int, str]]] = {
    "number": (60, "same NHS number or UPN"),
    "name": (30, "same name"),
    "swapped": (28, "given and family names exchanged"),
    "sounds": (20, "names that sound alike"),
    "given": (12, "same given name"),
    "family": (10, "same family name"),
    "born": (30, "same birth date"),
    "born_swapped": (22, "day and month of birth exchanged"),
    "year": (10, "same year of birth"),
    "address": (20, "same address"),
    "near": (20, "a parent or child named with them agrees"),
}
_AGAINST: Final[Mapping[str, tuple[int, str]]] = {
    "number_conflict": (15, "different NHS number or UPN"),
    "born_conflict": (8, "different birth date"),
    "sex_conflict": (10, "different sex recorded"),
}
_WEAKER: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("sounds", "given", "family"),
    "born": ("year",),
    "born_swapped": ("year", "born_conflict"),
}


def _weigh(agreement: _Agreement, near: bool) -> tuple[int, str]:
    holds: dict[str, bool] = defaultdict(bool, {n: getattr(agreement, n) for n in (*_SAYS, *_AGAINST) if n != "near"})
    holds["near"] = near
    for stronger, weaker in _WEAKER.items():
        if holds[stronger]:
            holds |= dict.fromkeys(weaker, False)
    agrees = [_SAYS[n] for n in _SAYS if holds[n]]
    differs = [_AGAINST[n] for n in _AGAINST if holds[n]]
    words = "; ".join(text for _, text in agrees)
    if differs:
        words += "; but " + ", ".join(text for _, text in differs)
    return sum(w for w, _ in agrees) - sum(w for w, _ in differs), words[:1].upper() + words[1:] + "."
