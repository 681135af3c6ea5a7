"""What a rule says, what it finds, and what a review says that it should have found."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class Tier(enum.StrEnum):
    """How a signal reaches the person who must answer; a default that a partnership may change."""

    INTERRUPT = "interrupt"
    LIST = "list"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number of a rule: dated configuration, so that the record can show which stood on a day."""

    name: str
    value: int
    unit: str
    effective: date
    source: str


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One row of the signals table, in words for practitioners, with its numbers.

    `tell` holds role codes (SW, HV, DSL …); `author` stands for the agency that wrote the entry.
    """

    id: str
    concern: str
    tier: Tier
    title: str
    question: str
    why: str
    source: str
    tell: tuple[str, ...]
    false_alarms: str
    human_close: str
    thresholds: tuple[Threshold, ...] = ()

    def limit(self, name: str, on: date) -> int:
        """The number of that name in force on a day; before the first of them, the first."""
        rows = sorted((t for t in self.thresholds if t.name == name), key=lambda t: t.effective)
        in_force = [t for t in rows if t.effective <= on]
        return (in_force or rows[:1])[-1].value


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for a rule's question about one child, with the days between which it holds.

    `entries` is all the evidence. `marks` are those of it that are news: a second record of one event is evidence
    but no news. It stands from `since` (which may lie ahead, while a wait runs) until the day before `until`, the
    day on which an entry that does what the rule's `human_close` says became known; None while there is none.
    """

    rule: str
    child: str
    entries: tuple[str, ...]
    marks: tuple[str, ...]
    since: date
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the question is open on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Signal:
    """A question about one child as it stands: raised on a day, on these entries, to these people.

    `tell` holds agency codes, or role codes where no agency stands for the role. `live` is False from six months
    after the last new entry on, though nobody has answered. `marks` are the entries that were news: the question is
    asked again when there is a mark that was not there when it was answered.
    """

    rule: str
    concern: str
    tier: Tier
    person: str
    raised: date
    entries: tuple[str, ...]
    tell: tuple[str, ...]
    question: str
    live: bool = True
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a review says should have been noticed, and by when (spec: chronology bundle, expect.csv)."""

    id: str
    by: date
    person: str
    concern: str
    must_not: bool = False
    why: str = ""
    source: str = ""
    from_: date | None = None
    entries: tuple[str, ...] = ()
