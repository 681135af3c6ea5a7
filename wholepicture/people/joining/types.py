"""A person's identities with what was decided of each, and what a decision would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Decision:
    """That an identity is a person: its number among all decisions, by whom (None: a rule), when, on what evidence."""

    number: int
    person: UUID
    by: UUID | None
    at: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """One identity of a person, with every decision about it, the latest last.

    `founds` are the persons who have been known by this identity since before any other: their ids go where it goes.
    """

    identity: UUID
    decisions: tuple[Decision, ...]
    founds: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """Which identities leave a person, in the order in which they go, and to whom: None is somebody new."""

    leave: tuple[UUID, ...]
    to: UUID | None


@dataclass(frozen=True, slots=True)
class Parted:
    """Whom the parted identities are now, and whether that is somebody new."""

    person: UUID
    new: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A person as one agency gave them, in words, and what was decided of it last; blank is not known."""

    identity: UUID
    agency: str
    name: str
    born: str
    sex: str
    nhs_number: str
    upn: str
    reference: str
    language: str
    stored_at: datetime
    decided: Decision
    first: bool
