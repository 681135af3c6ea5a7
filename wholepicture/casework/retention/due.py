"""What falls due: the facts that the schedule asks of a person's record, and the list that a reviewer works through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.foundation.when import When
from wholepicture.people.queries import family_of
from wholepicture.people.types import PARENTAL, FamilyRecord, Person, Relation
from wholepicture.record.kinds import agency_label
from wholepicture.record.retention.queries import Reviewed, busy, due_people, held, reviewed, written_since
from wholepicture.record.retention.rules import due, due_as_child
from wholepicture.record.retention.schedule import ADOPTED, LOOKED_AFTER
from wholepicture.record.retention.types import Due, Facts
from wholepicture.record.types import Entry

_BRINGS_UP: Final = PARENTAL | {Relation.STEP_PARENT, Relation.CARER}
_PROTECTION: Final = "child_protection"


@dataclass(frozen=True, slots=True)
class Falling:
    """A record that is due: nobody's name, but enough to find it by and to decide in which order.

    `busy` is `request` or `recent` where an open request or something of the last year holds it by itself, else blank.
    A decision is `outdated` where something was written after it.
    """

    person: UUID
    due: Due
    born_year: int | None
    is_child: bool
    entries: int
    last: date | None
    agencies: tuple[str, ...]
    held: bool
    busy: str
    decision: Reviewed | None
    outdated: bool

    @property
    def reference(self) -> str:
        """How a list names it: the end of its id."""
        return str(self.person)[-6:]


def facts_of(record: FamilyRecord, person: str, *, beside: bool = True) -> Facts:
    """What the schedule asks of a person, out of the family's record; `beside`: with the children they stay for."""
    card, entries = record.people[person], record.about(person)
    legal = [e for e in entries if e.kind == "legal"]
    protected = [_latest(e) for e in entries if _protects(e)]
    adopted = [_latest(e) for e in legal if re.search(ADOPTED, e.text("what"), re.IGNORECASE)]
    looked = any(re.search(LOOKED_AFTER, e.text("what"), re.IGNORECASE) for e in legal)
    return Facts(
        is_child=card.is_child,
        born=_end(card.born),
        died=_end(card.died),
        adopted=max(adopted, default=None),
        looked_after=looked or any(e.kind == "case" and e.text("status") == "looked_after" for e in entries),
        protected_until=max(protected, default=None),
        last=max(map(_latest, entries), default=None),
        children=tuple(_day(record, child) for child in _children_kept_with(record, card)) if beside else (),
    )


def falling_due(today: date) -> list[Falling]:
    """Every record that is due by a day and not kept longer, the longest due first; only inside `acting`."""
    found = [falling(person) for person, _ in due_people(today)]
    return [f for f in found if f is not None and not _kept(f.decision, today)]


def _kept(decision: Reviewed | None, today: date) -> bool:
    return decision is not None and decision.keep_until is not None and decision.keep_until > today


def falling(person: UUID) -> Falling | None:
    """One record, due or not; None where nothing is held or no day can be worked out; only inside `acting`."""
    record = family_of([person])
    card = record.people.get(str(person))
    day = due(facts_of(record, card.key)) if card else None
    if card is None or day is None:
        return None
    entries, decision = record.about(card.key), next(iter(reviewed(person)), None)
    return Falling(
        person=person,
        due=day,
        born_year=card.born.start.year if card.born else None,
        is_child=card.is_child,
        entries=len(entries),
        last=max(map(_latest, entries), default=None),
        agencies=tuple(sorted({agency_label(e.agency) for e in entries})),
        held=held(person),
        busy=busy(person),
        decision=decision,
        outdated=decision is not None and decision.destroy and written_since(decision),
    )


def _children_kept_with(record: FamilyRecord, card: Person) -> list[str]:
    """Children with whom an adult shares an entry or a relationship; those whom a grown child brings up now."""
    if card.is_child:
        own = {t.other for t in record.relationships if t.person == card.key and t.relation in _BRINGS_UP}
        return sorted(p for p in own - {card.key} if p in record.people and record.people[p].is_child)
    named = {p for e in record.about(card.key) for p in e.people}
    tied = {p for t in record.relationships if card.key in (t.person, t.other) for p in (t.person, t.other)}
    return sorted(p for p in named | tied if p in record.people and record.people[p].is_child)


def _day(record: FamilyRecord, child: str) -> date | None:
    found = due_as_child(facts_of(record, child, beside=False))
    return found.on if found else None


def _protects(entry: Entry) -> bool:
    case = entry.kind == "case" and entry.text("status") == _PROTECTION
    return case or entry.kind == "conference" or (entry.kind == "plan" and entry.text("type") == _PROTECTION)


def _latest(entry: Entry) -> date:
    return max(entry.occurred.latest, entry.recorded.start)


def _end(when: When | None) -> date | None:
    """The last day that a date may mean as it is written, however roughly it is known."""
    return When.parse(when.stated).latest if when else None


def lines_of(found: Iterable[Falling]) -> list[str]:
    """The list for a terminal: ids, lines and days, and no name."""
    return [
        f"{f.due.on.isoformat()}  {f.due.line:<18} {f.person}  {f.entries} entries{'  HELD' if f.held else ''}"
        for f in found
    ]
