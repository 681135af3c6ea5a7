"""What an entry is: a frozen value, the same whether it came from a bundle, a form or the database."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from wholepicture.foundation.when import BadDate, When

NEVER: Final = "never"

# Names of detail fields that hold dates, numbers and lists, whatever the kind (spec: Kinds and their details).
DATE_FIELDS: Final = frozenset(
    "due sent received minutes_sent decided feedback_given answered done resolved ready told presented "
    "expected from to".split()
)


class AboutRole(enum.StrEnum):
    """The part a person plays in an entry."""

    SUBJECT = "subject"
    VICTIM = "victim"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    PRESENT = "present"
    INFORMANT = "informant"
    CARER = "carer"
    AFFECTED = "affected"
    MENTIONED = "mentioned"


class ReceiptEvent(enum.StrEnum):
    """What happened to an entry at an agency; `answered` names the entry that answers."""

    SENT = "sent"
    RECEIVED = "received"
    OPENED = "opened"
    ANSWERED = "answered"


def agency_kind(agency: str) -> str:
    """`social_care` of `social_care/birmingham`: a wait on an agency is answered by any team of it."""
    return agency.partition("/")[0]


@dataclass(frozen=True, slots=True)
class About:
    """One person in one role in an entry."""

    person: str
    role: AboutRole


@dataclass(frozen=True, slots=True)
class Receipt:
    """An agency's clock for an entry: `at` None means that it happened and nobody wrote down when."""

    agency: str
    event: ReceiptEvent
    at: When | None = None


@dataclass(frozen=True)
class Entry:
    """One thing that happened, as one agency wrote it down.

    `details` is the JSON object as accepted (so that export is exact); read it with `value`, `day` and `flag`,
    which unwrap `{"value": …, "known": …}` and give typed values. `recorded` is when the agency wrote it.
    """

    id: str
    kind: str
    occurred: When
    recorded: When
    agency: str
    author_role: str
    about: tuple[About, ...]
    summary: str
    details: Mapping[str, object] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    source: str = ""
    supersedes: str | None = None

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody the entry is about, in any role."""
        return frozenset(a.person for a in self.about)

    @cached_property
    def possible_days(self) -> tuple[date, date]:
        """The first and last day on which it may have happened: never later than it was written down."""
        first, last = self.occurred.earliest, self.occurred.latest
        return first, max(first, min(last, self.recorded.latest))

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Sorts entries by happening, then writing, then id: always the same order."""
        return self.occurred.sort_key(), self.recorded.sort_key(), self.id

    def in_role(self, *roles: AboutRole) -> tuple[str, ...]:
        """The people in any of the roles, in the order written."""
        if roles not in self._in_roles:
            self._in_roles[roles] = tuple(dict.fromkeys(a.person for a in self.about if a.role in roles))
        return self._in_roles[roles]

    @cached_property
    def _in_roles(self) -> dict[tuple[AboutRole, ...], tuple[str, ...]]:
        """Answers of `in_role`: rules ask each entry the same few questions thousands of times."""
        return {}

    def value(self, name: str) -> object:
        """A detail's own value, unwrapped; None where it is not stated."""
        raw = self.details.get(name)
        if raw is not None and not isinstance(raw, str | bool) and isinstance(raw, Mapping):
            return raw.get("value")
        return raw

    def text(self, name: str) -> str:
        """A text or listed value; empty where it is not stated."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool | None:
        """A boolean; None where it is not stated, which is never the same as False."""
        value = self.value(name)
        return value if isinstance(value, bool) else None

    def number(self, name: str) -> float | None:
        """A number in the unit that its name ends in."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value)

    def items(self, name: str) -> tuple[str, ...] | None:
        """A list; None where it is not stated, which is not the same as an empty list."""
        value = self.value(name)
        return tuple(str(v) for v in value) if isinstance(value, list | tuple) else None

    def day(self, name: str) -> When | None:
        """A date; None where it is not stated or the source says that it never happened."""
        value = self.value(name)
        if not isinstance(value, str) or value == NEVER:
            return None
        try:
            return When.parse(value)
        except BadDate:
            return None

    def never(self, name: str) -> bool:
        """Whether the source knows that the dated thing did not happen."""
        return self.value(name) == NEVER

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Ids of the entries that this one answers."""
        return self.items("answers") or ()

    @cached_property
    def same_event_as(self) -> tuple[str, ...]:
        """Ids of the entries that record the same event."""
        return self.items("same_event_as") or ()

    @property
    def shared_with(self) -> tuple[str, ...]:
        """Agencies that were sent or received it."""
        shared = (ReceiptEvent.SENT, ReceiptEvent.RECEIVED)
        return tuple(dict.fromkeys(r.agency for r in self.receipts if r.event in shared))

    @cached_property
    def known_later(self) -> tuple[date, ...]:
        """Days after the recording on which a detail or receipt became known (spec: When a detail became known)."""
        days = {day for day in (self._known_from(name) for name in self.details) if day is not None}
        days |= {r.at.start for r in self.receipts if r.at is not None}
        return tuple(sorted(day for day in days if day > self.recorded.start))

    def known_since(self, *names: str) -> date:
        """The first day on which the shared record held the entry and each of the named details that it has."""
        days = (self._known_from(name) for name in names if name in self.details)
        return max([self.recorded.start, *(day for day in days if day is not None)])

    def as_known(self, day: date) -> Entry:
        """The entry as the shared record held it on `day`: details and receipts not yet known are absent."""
        if self.recorded.start <= day and (not self.known_later or self.known_later[-1] <= day):
            return self
        details = {n: v for n, v in self.details.items() if (self._known_from(n) or day) <= day}
        receipts = tuple(r for r in self.receipts if r.at is None or r.at.start <= day)
        return replace(self, details=details, receipts=receipts)

    def _known_from(self, name: str) -> date | None:
        raw = self.details[name]
        if isinstance(raw, Mapping):
            return When.parse(str(raw["known"])).start
        # An attendance's period and an expected or due date are plans or bounds, not later news.
        if name in DATE_FIELDS - {"due", "expected", "from", "to"} and isinstance(raw, str) and raw != NEVER:
            try:
                stated = When.parse(raw)
            except BadDate:
                return None
            return stated.start if stated.start > self.recorded.start else None
        return None
