"""Two records side by side, in words: what each says, where they differ, and what joining them would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wholepicture.access.queries import involved_with
from wholepicture.agencies.queries import teams
from wholepicture.foundation.names import fold
from wholepicture.foundation.when import When
from wholepicture.people.addresses.reading import held_of
from wholepicture.people.joining.types import Card
from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import agency_kind
from wholepicture.web.drawings.words import agency_words, name_words
from wholepicture.web.languages import language_words
from wholepicture.web.words import say_date, say_moment


@dataclass(frozen=True, slots=True)
class Known:
    """One identity in words: whose card it is, what it says, since when, and who decided that it is this person."""

    identity: str
    by: str
    name: str
    facts: str
    decided: str
    first: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of two records: what each says; `differs` where both speak and nothing agrees."""

    label: str
    one: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A record to compare: whom it is of, their cards, and how many entries the reader may read."""

    person: UUID
    name: str
    cards: tuple[Card, ...]
    family: str
    entries: int
    teams: tuple[str, ...]
    kept: bool
    record: FamilyRecord


def side_of(person: UUID, record: FamilyRecord, cards: Sequence[Card], at: datetime) -> Side:
    """One of two records; call inside `reading`."""
    key = str(person)
    directory = teams()
    names = [directory[i.team].name for i in involved_with(person, at=at) if i.team in directory]
    return Side(
        person=person,
        name=name_words(record.people.get(key), key),
        cards=tuple(cards),
        family=_family(record, key),
        entries=len(record.about(key)),
        teams=tuple(dict.fromkeys(names)),
        kept=bool(held_of(person)),
        record=record,
    )


def _family(record: FamilyRecord, key: str) -> str:
    ties = [t for t in record.relationships if key in (t.person, t.other)]
    said = {f"{name_words(record.people.get(t.person), t.person)}, {t.relation.value.replace('_', ' ')}"
            for t in ties if t.other == key}  # fmt: skip
    said |= {f"{t.relation.value.replace('_', ' ')} of {name_words(record.people.get(t.other), t.other)}"
             for t in ties if t.person == key}  # fmt: skip
    return "; ".join(sorted(said))


def compared(one: Side, other: Side) -> tuple[Compared, ...]:
    """What each record says of the person, field by field."""
    fields = (
        ("Names", lambda c: c.name),
        ("Born", lambda c: c.born),
        ("Sex", lambda c: c.sex),
        ("NHS number", lambda c: c.nhs_number),
        ("Pupil number", lambda c: c.upn),
        ("Language", lambda c: language_words(c.language) if c.language else ""),
    )
    rows = [_compare(label, [read(c) for c in one.cards], [read(c) for c in other.cards]) for label, read in fields]
    known = [", ".join(dict.fromkeys(_whose(c) for c in s.cards)) for s in (one, other)]
    return (
        *rows,
        Compared("Family", one.family, other.family, False),
        Compared("Known to", known[0], known[1], False),
        Compared("Entries that you may read", str(one.entries), str(other.entries), False),
    )


def _compare(label: str, one: Iterable[str], other: Iterable[str]) -> Compared:
    ours, theirs = (list(dict.fromkeys(v for v in values if v)) for values in (one, other))
    apart = bool(ours and theirs) and not {fold(v) or v for v in ours} & {fold(v) or v for v in theirs}
    return Compared(label, ", ".join(ours), ", ".join(theirs), apart)


def _whose(card: Card) -> str:
    return agency_words(agency_kind(card.agency)) if card.agency else "the record’s own"


def warnings(one: Side, other: Side) -> tuple[str, ...]:
    """What speaks against taking two people for one: siblings, twins and differences that no slip explains."""
    found = []
    ours, theirs = str(one.person), str(other.person)
    ties = [
        t for t in (*one.record.relationships, *other.record.relationships) if {t.person, t.other} == {ours, theirs}
    ]
    if ties:
        found.append(f"The record says that one is the other’s {ties[0].relation.value.replace('_', ' ')}.")
    births = [{c.born for c in s.cards if c.born} for s in (one, other)]
    given = [{fold(c.name).partition(" ")[0] for c in s.cards if c.name} for s in (one, other)]
    if births[0] & births[1] and all(given) and not given[0] & given[1]:
        found.append("They were born on one day and have different first names: they may be twins.")
    for field, words in (("sex", "sex"), ("nhs_number", "NHS numbers"), ("upn", "pupil numbers")):
        values = [{getattr(c, field) for c in s.cards if getattr(c, field)} for s in (one, other)]
        if all(values) and not values[0] & values[1]:
            found.append(f"They have different {words}." if words != "sex" else "A different sex is recorded for each.")
    return tuple(found)


def consequences(one: Side, other: Side) -> tuple[str, ...]:
    """What joining would do, to whom."""
    gain = [t for t in other.teams if t not in one.teams], [t for t in one.teams if t not in other.teams]
    found = []
    for side, who in ((one, gain[0]), (other, gain[1])):
        if who:
            found.append(f"{_listed(who)} will read what is on record of {side.name} too, as far as their role goes.")
    found.append("Every chronology, question, task and look of either is shown as one person’s, and questions are "
                 "judged again.")  # fmt: skip
    if one.kept or other.kept:
        found.append("Where an address of one is kept from somebody, the other’s is kept from them too.")
    found.append("It can be undone: nothing is written over, and each goes back to what it was.")
    return tuple(found)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def known_of(card: Card, staff: Mapping[UUID, str]) -> Known:
    """An identity in words."""
    parts = [
        f"born {_day(card.born)}" if card.born else "birth date not known",
        card.sex,
        f"NHS number {card.nhs_number}" if card.nhs_number else "",
        f"pupil number {card.upn}" if card.upn else "",
        f"their reference {card.reference}" if card.reference else "",
        language_words(card.language) if card.language else "",
    ]
    by = staff.get(card.decided.by, "somebody who has left") if card.decided.by else "Whole Picture"
    return Known(
        identity=str(card.identity),
        by=_whose(card),
        name=card.name or "Name not known",
        facts=", ".join(part for part in parts if part),
        decided=f"Decided {say_moment(card.decided.at)} by {by}: {card.decided.ground}",
        first=card.first,
    )


def _day(born: str) -> str:
    return say_date(When.parse(born))
