"""From which day a child's page looks: today, a past day that the reader chose, or a closed record's last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from wholepicture.foundation.when import BadDate, When
from wholepicture.people.types import FamilyRecord, Person

# A record in which nobody has written for so long is history: its page opens at its own last day.
LONG_SILENT: Final = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Standing:
    """The day that the page stands on, and why it is not today."""

    day: date
    today: date
    reason: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the page shows what was known on a past day."""
        return self.day < self.today


def standing(record: FamilyRecord, person: Person, today: date, asked: str) -> Standing:
    """The day to stand on: what the reader asked for, else the last day of a record that is over, else today."""
    chosen = _chosen(asked, record, today)
    if chosen is not None:
        return Standing(chosen, today, "chosen") if chosen < today else Standing(today, today)
    if person.died is not None and person.died.start <= today:
        before = [e.recorded.start for e in record.entries if e.recorded.start < person.died.start]
        last = max(before, default=person.died.start - timedelta(days=1))
        return Standing(last, today, "died")
    last = max((e.recorded.start for e in record.entries), default=today)
    if today - last > LONG_SILENT:
        return Standing(last, today, "silent")
    return Standing(today, today)


def _chosen(asked: str, record: FamilyRecord, today: date) -> date | None:
    try:
        day = When.parse(asked).latest if asked else None
    except BadDate:
        return None
    if day is None:
        return None
    return min(max(day, min(record.first_day, today)), today)
