"""What every rule file declares: its row of the table and its function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from wholepicture.foundation.working_days import months_after
from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import Event
from wholepicture.signals.types import Finding, RuleSpec, Threshold
from wholepicture.signals.view import View

# Thresholds of the published table stand from the day on which the Children Act 1989 came into force, so that
# older cases can be replayed; a partnership that changes one adds a row with its own date.
IN_FORCE: Final = date(1991, 10, 14)

DETERMINED: Final = frozenset({"accidental", "inflicted"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern: its words and numbers, and the function that finds it for one child.

    `reads_live` rules ask whether other signals are live, so they run after those.
    """

    spec: RuleSpec
    find: Callable[[View, Person], Iterable[Finding]]
    reads_live: bool = False


def threshold(name: str, value: int, unit: str, source: str) -> Threshold:
    """A number in force since the Children Act 1989."""
    return Threshold(name, value, unit, IN_FORCE, source)


def months(count: int) -> Callable[[date], date]:
    """The last day of a window of calendar months that begins on a day, both edges inside."""
    return lambda first: months_after(first, count)


def days(count: int) -> Callable[[date], date]:
    """The last day of a window of days that begins on a day, both edges inside."""
    return lambda first: first + timedelta(days=count)


def at_least(count: int) -> Callable[[Sequence[Event]], bool]:
    """Enough when there are so many events."""
    return lambda events: len(events) >= count


def answering(entry: Entry) -> date | None:
    """When an entry was known to answer others."""
    return entry.known_since("answers") if entry.answers else None


def several_of(events: Sequence[Event]) -> Callable[[Entry], bool]:
    """Whether an entry says that it answers more than one of the events: somebody read them together."""
    return lambda entry: sum(any(i in entry.answers for i in event.ids) for event in events) > 1


def earliest(*found: date | None) -> date | None:
    """The first of the days that there are."""
    return min((day for day in found if day is not None), default=None)
