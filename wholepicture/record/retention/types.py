"""What the schedule asks of a person's record, and what it answers: frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class Ground(enum.StrEnum):
    """Why a record may not be destroyed whatever its age."""

    INQUIRY = "inquiry"
    LITIGATION = "litigation"
    REVIEW = "review"
    COMPLAINT = "complaint"
    REQUEST = "request"
    ALLEGATION = "allegation"

    @property
    def label(self) -> str:
        """As people say it."""
        return {
            Ground.INQUIRY: "A public inquiry",
            Ground.LITIGATION: "Litigation, or the threat of it",
            Ground.REVIEW: "A safeguarding practice review",
            Ground.COMPLAINT: "A complaint",
            Ground.REQUEST: "Somebody asks to see it",
            Ground.ALLEGATION: "An allegation against somebody who works with children",
        }[self]


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how long a person is kept. Dates known roughly are the last day that they may mean.

    `children` are the days on which children are due, None of a child for whom no day can be worked out: of an adult,
    those in whose record they stand; of somebody who was a child here, those whose parent or carer they are now.
    """

    is_child: bool
    born: date | None = None
    died: date | None = None
    adopted: date | None = None
    looked_after: bool = False
    protected_until: date | None = None
    last: date | None = None
    children: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The line that stands for a person, and the day on which the record falls due for review."""

    line: str
    on: date
