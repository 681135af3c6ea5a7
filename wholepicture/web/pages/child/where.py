"""Where a child lives and with whom, as the record has it on a day; an address is never said, only that one is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wholepicture.foundation.when import When
from wholepicture.people.types import SIBLINGS, FamilyRecord, Person, Relation
from wholepicture.record.types import Entry
from wholepicture.web.drawings.home import relation_words
from wholepicture.web.drawings.words import agency_words, name_words
from wholepicture.web.pages.child.ages import age_words

_MOVES = frozenset(("moved_in", "moved_out", "evicted", "homeless"))
_HOUSED = {"moved_out": "Moved out", "evicted": "Evicted", "homeless": "Homeless"}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household: what they are to the child, and since when by the record."""

    key: str
    name: str
    relation: str
    age: str
    since: When | None
    is_child: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where the child lives: what the record says of the address, and who shares it."""

    address: str
    source: str
    entry: str
    members: tuple[Member, ...]
    elsewhere: tuple[Member, ...]


def home_of(record: FamilyRecord, child: str, day: date) -> Home:
    """The child's home on a day, from a record as it was known then."""
    together = record.household(child, day)
    members = [_member(record, p, child, day) for p in together if p != child and p in record.people]
    parents = set(record.related(child, (Relation.MOTHER, Relation.FATHER, Relation.PARENT))) - together
    brothers = set(record.related(child, SIBLINGS)) - together
    away = [_member(record, p, child, day) for p in parents | brothers if p in record.people]
    move = _last_move(record, together | {child}, day)
    address, source = _address(move)
    return Home(address, source, move.id if move else "", _sorted(members), _sorted(away))


def _sorted(found: Sequence[Member]) -> tuple[Member, ...]:
    return tuple(sorted(found, key=lambda m: (m.is_child, m.relation != "mother", m.name)))


def _member(record: FamilyRecord, key: str, child: str, day: date) -> Member:
    person = record.people[key]
    ties = [r for r in record.relationships if key in (r.person, r.other) and r.shares_home and r.holds_on(day)]
    since = min((r.from_ for r in ties if r.from_ is not None), key=lambda w: w.start, default=None)
    return Member(
        key=key,
        name=name_words(person, key),
        relation=_relation(record, person, child),
        age=age_words(person, day) if person.is_child else "",
        since=since if not person.is_child else None,
        is_child=person.is_child,
    )


def _relation(record: FamilyRecord, person: Person, child: str) -> str:
    if not person.is_child:
        return relation_words(record, person.key, [child])
    if person.key in record.related(child, (Relation.HALF_SIBLING,)):
        return {"female": "half-sister", "male": "half-brother"}.get(person.sex, "half-sibling")
    if person.key in record.related(child, (Relation.SIBLING,)):
        return {"female": "sister", "male": "brother"}.get(person.sex, "sibling")
    return "child of the household"


def _last_move(record: FamilyRecord, people: frozenset[str], day: date) -> Entry | None:
    moves = [
        e
        for e in record.entries
        if e.kind == "housing" and e.text("type") in _MOVES and e.occurred.start <= day and e.people & people
    ]
    return moves[-1] if moves else None


def _address(move: Entry | None) -> tuple[str, str]:
    """The words for an address, and who said so; the key of an address is for matching and is never shown."""
    if move is None:
        return "No agency has recorded an address", ""
    area = move.text("area")
    source = f"{agency_words(move.agency)}, {move.occurred.in_words()}"
    if move.text("type") in _HOUSED:
        return f"{_HOUSED[move.text('type')]}; no later address on record", source
    held = "Address on record" if move.value("address_key") else "Moved in; address not on record"
    return held + (f" in {area}" if area else ""), source
