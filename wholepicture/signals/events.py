"""Events: several entries may record one, and a window holds only those that every possible day puts into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wholepicture.record.types import AboutRole, Entry

PRINCIPALS = (AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.ALLEGED_PERPETRATOR)


def possible_days(entry: Entry) -> tuple[date, date]:
    """The first and last day on which it may have happened."""
    return entry.possible_days


def known_by(*fields: str) -> Callable[[Entry], date]:
    """A function that says since when an entry is known with these details."""
    return lambda entry: entry.known_since(*fields)


@dataclass(frozen=True, eq=False)
class Event:
    """One thing that happened, the entries that record it (first known first), and since when it is known."""

    entries: tuple[Entry, ...]
    earliest: date
    latest: date
    since: date

    @cached_property
    def mark(self) -> str:
        """The entry that brought the news; later records of the same event are none."""
        return self.entries[0].id

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of all its entries."""
        return tuple(e.id for e in self.entries)

    def certainly_before(self, other: Event) -> bool:
        """Every day it may have been is before every day the other may have been."""
        return self.latest < other.earliest


def event_of(entries: Iterable[Entry], since: Callable[[Entry], date] = Entry.known_since) -> Event:
    """One event out of the entries that record it; its days are those that all of them allow, if any."""
    rows = tuple(sorted(entries, key=lambda e: (since(e), e.id)))
    ranges = [possible_days(e) for e in rows]
    earliest, latest = max(r[0] for r in ranges), min(r[1] for r in ranges)
    if earliest > latest:
        earliest, latest = min(r[0] for r in ranges), max(r[1] for r in ranges)
    return Event(rows, earliest, latest, since(rows[0]))


def one_event_each(entries: Iterable[Entry], since: Callable[[Entry], date] = Entry.known_since) -> tuple[Event, ...]:
    """Entries of one kind put together where they record the same event (spec: reading-the-rules, Who).

    They do where `same_event_as` or an equal `reference` says so, or kind, people and day agree. A day known only
    to the month cannot agree.
    """
    rows = list(entries)
    parent = list(range(len(rows)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    seen: dict[object, int] = {}
    for index, entry in enumerate(rows):
        for token in _tokens(entry):
            parent[root(index)] = root(seen.setdefault(token, index))
    groups: dict[int, list[Entry]] = {}
    for index, entry in enumerate(rows):
        groups.setdefault(root(index), []).append(entry)
    return tuple(sorted((event_of(g, since) for g in groups.values()), key=lambda e: (e.since, e.mark)))


def _tokens(entry: Entry) -> Iterator[object]:
    yield entry.id
    yield from entry.same_event_as
    if reference := entry.text("reference"):
        yield ("reference", entry.kind, reference)
    if entry.occurred.exact_day:
        yield ("day", entry.kind, entry.occurred.earliest, frozenset(entry.in_role(*PRINCIPALS)) or entry.people)


def gatherings(
    events: Sequence[Event], reach: Callable[[date], date], enough: Callable[[Sequence[Event]], bool]
) -> Iterator[tuple[Event, tuple[Event, ...]]]:
    """For each event, as it became known, those that with it certainly fit into one window and are enough.

    `reach` gives the last day of a window that begins on a day. A window is met only if every day that its events
    may have been lies in it, both edges inside.
    """
    rows = sorted(events, key=lambda e: (e.since, e.mark))
    ends = [reach(e.earliest) for e in rows]
    # A set of events fits if all its pairs do, so those that fit after its first event fit with one another.
    fits = [
        [
            i
            for i, other in enumerate(rows)
            if i != j and other.earliest >= first.earliest and other.latest <= ends[j] and first.latest <= ends[i]
        ]
        for j, first in enumerate(rows)
    ]
    for newest, event in enumerate(rows):
        found: set[int] = set()
        for j in range(newest + 1):
            if j == newest or newest in fits[j]:
                group = [j, *(i for i in fits[j] if i <= newest)]
                if enough([rows[i] for i in group]):
                    found.update(group)
        if found:
            yield event, tuple(rows[i] for i in sorted(found))
