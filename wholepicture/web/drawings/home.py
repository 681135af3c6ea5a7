"""Who lived in the home, when, and since when any agency knew: the bands of Picture, the boundary of Family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Relation, Relationship
from wholepicture.web.drawings.words import name_words

_NOUNS = {
    Relation.MOTHER: "mother",
    Relation.FATHER: "father",
    Relation.PARENT: "parent",
    Relation.STEP_PARENT: "step-parent",
    Relation.PARTNER: "partner",
    Relation.EX_PARTNER: "former partner",
    Relation.SIBLING: "sibling",
    Relation.HALF_SIBLING: "half-sibling",
    Relation.GRANDPARENT: "grandparent",
    Relation.CARER: "carer",
    Relation.LODGER: "lodger",
    Relation.OTHER: "other adult",
}


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch of an adult in the children's home; `known` is the day from which some agency knew of the adult.

    `first` and `last` are the edges as ordered; the edge may have been anywhere up to `first_latest` and from
    `last_earliest`. `open_end` means that nobody recorded an end.
    """

    first: date
    last: date
    first_latest: date
    last_earliest: date
    known: date
    open_end: bool


@dataclass(frozen=True, slots=True)
class HomeAdult:
    """An adult who ever lived with the children, with every stay in order."""

    person: str
    name: str
    relation: str
    stays: tuple[Stay, ...]


def home_adults(record: FamilyRecord, children: Iterable[str], first: date, last: date) -> tuple[HomeAdult, ...]:
    """Adults who shared a home with any of the children between two days, in order of arrival."""
    children = tuple(children)
    edges = _edges(record, first, last)
    together = [(a, b, _household(record, children, a)) for a, b in pairwise(edges)]
    adults = {p for _, _, found in together for p in found if p in record.people and not record.people[p].is_child}
    homes = (_adult(record, children, person, together, first, last) for person in adults)
    return tuple(sorted(homes, key=lambda h: (h.stays[0].first, h.relation != "mother", h.person)))


def relation_noun(relation: Relation) -> str:
    """`step-parent`, `former partner`: a relation as a page says it."""
    return _NOUNS[relation]


def relation_words(record: FamilyRecord, person: str, children: Iterable[str]) -> str:
    """What an adult is to the children: `mother`, `father of Child B`, `partner of Mother`."""
    children = tuple(children)
    direct = [r for r in record.relationships if r.person == person and r.other in children]
    best = min((r.relation for r in direct), key=list(Relation).index, default=None)
    if best is not None:
        theirs = tuple(dict.fromkeys(r.other for r in direct if r.relation is best))
        noun = relation_noun(best)
        return noun if len(theirs) == len(children) else f"{noun} of {_names(record, theirs)}"
    via = next((r for r in record.relationships if r.person == person and r.relation is Relation.PARTNER), None)
    if via is not None:
        return f"partner of {_names(record, [via.other])}"
    tie = next((r for r in record.relationships if r.person == person), None)
    return relation_noun(tie.relation) if tie is not None else "adult"


def _names(record: FamilyRecord, keys: Iterable[str]) -> str:
    return " and ".join(name_words(record.people.get(k), k) for k in keys)


def _edges(record: FamilyRecord, first: date, last: date) -> list[date]:
    found = {first, last}
    for tie in record.relationships:
        if tie.from_ is not None:
            found.add(tie.from_.start)
        if tie.to is not None:
            found.add(tie.to.latest + timedelta(days=1))
    return sorted(d for d in found if first <= d <= last)


def _household(record: FamilyRecord, children: tuple[str, ...], day: date) -> frozenset[str]:
    homes = [record.household(child, day) for child in children]
    return frozenset().union(*homes)


def _adult(
    record: FamilyRecord,
    children: tuple[str, ...],
    person: str,
    together: list[tuple[date, date, frozenset[str]]],
    first: date,
    last: date,
) -> HomeAdult:
    joined: list[tuple[date, date]] = []
    for start, end, people in together:
        if person not in people:
            continue
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    stays = tuple(_stay(record, person, a, b, last) for a, b in joined)
    name = name_words(record.people.get(person), person)
    return HomeAdult(person, name, relation_words(record, person, children), stays)


def _stay(record: FamilyRecord, person: str, start: date, end: date, last: date) -> Stay:
    ties = [r for r in record.relationships if person in (r.person, r.other) and r.shares_home]
    began = next((r.from_ for r in ties if r.from_ is not None and r.from_.start == start), None)
    ended = next((r.to for r in ties if r.to is not None and r.to.latest + timedelta(days=1) == end), None)
    return Stay(
        first=start,
        last=end,
        first_latest=min(end, began.latest) if isinstance(began, When) else start,
        last_earliest=max(start, ended.earliest) if isinstance(ended, When) else end,
        known=known_since(record, person, ties, start),
        open_end=ended is None and end == last,
    )


def known_since(record: FamilyRecord, person: str, ties: Iterable[Relationship], start: date) -> date:
    """The first day on which any agency knew of the adult's tie to the family that holds on a day."""
    known = [r.known_from or r.from_ for r in ties if person in (r.person, r.other) and r.holds_on(start)]
    return min((k.start if k is not None else record.first_day for k in known), default=start)
