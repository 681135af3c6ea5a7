"""Who a described person is, by all that the index holds beside them and beside those named with them.

What may be linked without a person is `linkage.rules`; a family adds nothing to that but to stand for a home that
nobody gave (ADR 0084). For everything else it is a reason to look, told in words: no page shows a number that says how
likely somebody is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from wholepicture.people.linkage.rules import WORTH_A_LOOK, Agreement, agreement, decide_people
from wholepicture.people.linkage.types import FIELDS, Decision, Row
from wholepicture.people.matching.types import Asked, Candidate, Compared, Found, Held, Verdict

MOST_CANDIDATES: Final = 5
_BESIDE: Final = 8.0
"""By how many doublings it is likelier that somebody is one of a family named with them than anybody at all."""

_EARLY, _LATE, _APART = timedelta(days=120), timedelta(days=28), timedelta(days=60)
"""How long before and after the day expected a child is born; and how far apart two say that they expect one."""

_NOT_KNOWN: Final = "not known"
_BORN, _GIVEN, _FAMILY_NAME = (FIELDS.index(name) for name in ("born", "given_name", "family_name"))
_WORDS: Final[Mapping[str, str]] = {
    "given_name": "Given name",
    "family_name": "Family name",
    "middle_name": "Middle name",
    "born": "Birth date",
    "sex": "Sex",
    "home": "Home",
    "nhs_number": "NHS number",
    "upn": "UPN",
}
_ALWAYS: Final = frozenset({"given_name", "family_name", "born", "sex", "home", "nhs_number"})
_FAMILY: Final = Compared("Family", "a parent or child named with them fits", "speaks for it")
_EXPECTED: Final = Compared("Expected", "a child of the same mother, expected about then", "speaks for it")
_SAYS: Final = (
    (5.0, "speaks strongly for it"),
    (1.0, "speaks for it"),
    (-1.0, "says little"),
    (-5.0, "speaks against it"),
)
_STRONGLY_AGAINST: Final = "speaks strongly against it"
_WHY_HOME: Final = "NHS number, birth date and names agree, and so does the home or UPN; nobody else fits."
_WHY_BESIDE: Final = (
    "NHS number, birth date and names agree, and so do those of a parent or child named with them; nobody else fits."
)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody on record beside whoever is asked about: their rows, the likeliest first, and how each compares."""

    person: UUID
    rows: tuple[Held, ...]
    compared: tuple[Agreement, ...]

    @property
    def weight(self) -> float:
        return self.rows[0].weighed.weight

    @property
    def conflict(self) -> bool:
        return any(one.conflict for one in self.compared)

    @property
    def fits(self) -> bool:
        return any(one.fits for one in self.compared) and not self.conflict

    @property
    def likely(self) -> bool:
        return self.fits or self.weight >= WORTH_A_LOOK

    @property
    def sure(self) -> bool:
        return any(one.sure for one in self.compared) and not self.conflict


def decide_together(found: Sequence[Found], model: str = "") -> list[Verdict]:
    """Decide about people named together: that a parent or child named with somebody fits is a reason to show them."""
    known = [_people(one) for one in found]
    likely = [{p.person for p in them if p.likely} for them in known]
    sure = [{p.person for p in them if p.sure} for them in known]
    return [
        _decide(one, them, _others(likely, n), _others(sure, n), model)
        for n, (one, them) in enumerate(zip(found, known, strict=True))
    ]


def follows(found: Found, person: UUID, chosen: frozenset[UUID]) -> bool:
    """Whether somebody follows from a parent or child of theirs who was chosen by a person, or followed (ADR 0084).

    Their names are the same, letter for letter, and so is their whole birth date; no number or sex differs;
    and nobody else fits, not even by a form or a part of the names: brothers may share the first of two given names.
    """
    known = _people(found)
    fitting = [p.person for p in known if any(one.fits for one in p.compared)]
    one = next((p for p in known if p.person == person), None)
    if one is None or not one.fits or fitting != [person]:
        return False
    same = any(a.fits and _same_names(found.asked.row, h.row) for a, h in zip(one.compared, one.rows, strict=True))
    return same and bool(chosen & found.near.get(person, frozenset()))


def _same_names(one: Row, other: Row) -> bool:
    return (one[_GIVEN], one[_FAMILY_NAME]) == (other[_GIVEN], other[_FAMILY_NAME])


def likely_people(found: Sequence[Found]) -> set[UUID]:
    """Whoever somebody asked about may well be: their parents and children are looked at too."""
    return {p.person for one in found for p in _people(one) if p.likely}


def _others(sets: Sequence[set[UUID]], n: int) -> frozenset[UUID]:
    return frozenset(person for m, people in enumerate(sets) if m != n for person in people)


def _people(found: Found) -> list[_Person]:
    rows: dict[UUID, list[Held]] = defaultdict(list)
    for one in found.held:
        rows[one.person].append(one)
    people = []
    for person, theirs in rows.items():
        best = tuple(sorted(theirs, key=lambda h: (-h.weighed.weight, str(h.identity))))
        people.append(_Person(person, best, tuple(agreement(found.asked.row, h.row) for h in best)))
    return sorted(people, key=lambda p: (-p.weight, str(p.person)))


def _decide(
    found: Found, people: Sequence[_Person], likely: frozenset[UUID], sure: frozenset[UUID], model: str
) -> Verdict:
    def near(one: _Person, those: frozenset[UUID]) -> bool:
        return bool(found.near.get(one.person, frozenset()) & those)

    beside = [n for n, one in enumerate(people) if near(one, sure)]
    weighed = [[(h.row, h.weighed.weight) for h in one.rows] for one in people]
    decisions = decide_people(found.asked.row, weighed, beside)
    if Decision.LINK in decisions:
        one = people[decisions.index(Decision.LINK)]
        return Verdict(one.person, _WHY_HOME if any(a.safe for a in one.compared) else _WHY_BESIDE, model=model)
    shown = []
    for one, decision in zip(people, decisions, strict=True):
        family = near(one, likely)
        due = family and any(_expected(found.asked, h) for h in one.rows)
        if decision is Decision.REVIEW or due or (family and _worth(one)):
            shown.append((one.weight + _BESIDE * family, _candidate(one, family, due)))
    shown.sort(key=lambda item: (-item[0], str(item[1].person)))
    return Verdict(candidates=tuple(one for _, one in shown[:MOST_CANDIDATES]), cut=found.cut, model=model)


def _worth(one: _Person) -> bool:
    """Whether one of a family is worth a look: a name or a birth date speaks for it, not the home alone."""
    speaks = any(name in ("given_name", "born") and bits > 0 for name, _, bits in one.rows[0].weighed.levels)
    return speaks and one.weight + _BESIDE >= WORTH_A_LOOK


def _expected(asked: Asked, held: Held) -> bool:
    """Whether one may be the other, of whom one or both were not born when they were written down."""
    if not (asked.unborn or held.unborn):
        return False
    mine, theirs = asked.expected or _day(asked.row), held.expected or _day(held.row)
    if mine is None or theirs is None:
        return True
    if asked.unborn and held.unborn:
        return abs(mine - theirs) <= _APART
    born, expected = (theirs, mine) if asked.unborn else (mine, theirs)
    return expected - _EARLY <= born <= expected + _LATE


def _day(row: Row) -> date | None:
    born = row[_BORN] or ""
    return date.fromisoformat(born) if len(born) == len("2000-01-01") else None


def _candidate(one: _Person, family: bool, due: bool) -> Candidate:
    compared = [found for told in one.rows[0].weighed.levels if (found := _compared(*told)) is not None]
    if due:
        compared.append(_EXPECTED)
    elif family:
        compared.append(_FAMILY)
    return Candidate(one.person, _sentence(compared), tuple(compared))


def _compared(name: str, level: str, bits: float) -> Compared | None:
    """A field in words; None for one that is seldom known and is not here."""
    if level.endswith("not known of both"):
        return Compared(_WORDS[name], _NOT_KNOWN, "") if name in _ALWAYS else None
    says = next((words for least, words in _SAYS if bits >= least), _STRONGLY_AGAINST)
    return Compared(_WORDS[name], level, says)


def _sentence(compared: Iterable[Compared]) -> str:
    """What speaks for it, and then what speaks against it; what says little is left to the table."""
    told = list(compared)
    agrees = "; ".join(f"{one.field}: {one.level}" for one in told if one.says.endswith(" for it"))
    differs = "; ".join(f"{one.field}: {one.level}" for one in told if one.says.endswith(" against it"))
    return (". But ".join(part for part in (agrees, differs) if part) or "Little is known of both") + "."
