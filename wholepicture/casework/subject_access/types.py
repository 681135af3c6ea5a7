"""A request for what is held about a person, the items of it, and what a person decided of each: frozen values."""

from __future__ import annotations

import enum
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

ADDRESS, DISCLOSURE, PROTECTS = "address", "disclosure", "disclosure to protect"
"""Kinds of item that are no entry: where the person lives, and to whom what is held has been given (`PROTECTS` where
somebody was in danger)."""


class Asker(enum.StrEnum):
    """Who asks (UK GDPR Art 15): the person, or somebody who says that they may ask for them."""

    SELF = "self"
    PARENT = "parent"
    SOLICITOR = "solicitor"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As people say it."""
        return {
            Asker.SELF: "The person themself",
            Asker.PARENT: "A parent, for their child",
            Asker.SOLICITOR: "A solicitor, for the person or a parent",
            Asker.OTHER: "Somebody else with authority",
        }[self]


class Outcome(enum.StrEnum):
    """What a person decided of an item."""

    GIVE = "give"
    PART = "part"
    WITHHOLD = "withhold"

    @property
    def label(self) -> str:
        """As people say it."""
        return {
            Outcome.GIVE: "Give",
            Outcome.PART: "Give, with parts withheld",
            Outcome.WITHHOLD: "Withhold",
        }[self]


class Pause(enum.StrEnum):
    """Why the clock stands still: only for these two (UK GDPR Art 12A)."""

    IDENTITY = "identity"  # the month begins when identity is shown
    CLARIFICATION = "clarification"  # the days waited for an answer are not counted


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an item, as it stands in the record."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Item:
    """One thing held about the person, as its reader and the asker know it: nobody else is named but in its text.

    `digest` changes when any of it does, so that a decision is never taken for one about other words.
    """

    id: UUID
    kind: str
    on: date
    when: str
    what: str
    parts: tuple[Part, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that it says."""
        said = [str(self.id), self.when, self.what, *(t for p in self.parts for t in (p.name, p.label, p.text))]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def part(self, name: str) -> Part | None:
        """The part of that name."""
        return next((p for p in self.parts if p.name == name), None)


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """Characters of a part, from `start` up to `end`, that are withheld for the reason of that code."""

    part: str
    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may have to be withheld, and why it was found: a place, or all of it where `cut` is None.

    A person decides; nothing is withheld by a suggestion.
    """

    code: str
    why: str
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The items as a reader of the request is shown them, and how many more a shield keeps from that reader.

    What a shield keeps is kept from the asker too: it is withheld whole, as a place that is kept safe.
    """

    items: tuple[Item, ...]
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of an item as it then stood. `code` is the reason where all of it is withheld."""

    item: UUID
    digest: str
    outcome: Outcome
    cuts: tuple[Cut, ...]
    code: str
    note: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a request: what, when, by whom; of whom, and in what words."""

    event: str
    at: datetime
    on: date
    by: UUID | None
    by_name: str
    words: str = ""
    person: UUID | None = None
    practitioner: UUID | None = None
    practitioner_name: str = ""


@dataclass(frozen=True)
class Request:
    """A request with everything that happened to it."""

    id: UUID
    asker: Asker
    asker_name: str
    given_name: str
    family_name: str
    born: date | None
    scope: str
    received_on: date
    steps: tuple[Step, ...]

    @property
    def about(self) -> str:
        """Whose record is asked for, as the asker wrote it."""
        return f"{self.given_name} {self.family_name}".strip()

    def latest(self, *events: str) -> Step | None:
        """The last step of any of these kinds."""
        return next((s for s in reversed(self.steps) if s.event in events), None)

    @property
    def person(self) -> UUID | None:
        """Whose record it was found to be."""
        found = self.latest("identified")
        return found.person if found else None

    @property
    def reviewer(self) -> Step | None:
        """Who goes through it, item by item."""
        return self.latest("assigned")

    @property
    def second_reader(self) -> Step | None:
        """Who signs it off."""
        return self.latest("second_reader")


@dataclass(frozen=True, slots=True)
class GivenItem:
    """An item as the asker gets it: what is withheld is not in it."""

    number: int
    when: str
    what: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """How much is withheld for one reason: whole items, and places within items that are given."""

    mark: str
    title: str
    law: str
    says: str
    items: int
    places: int


@dataclass(frozen=True, slots=True)
class Release:
    """What goes out: made of what is given, and of counts of what is not."""

    title: str
    notes: tuple[str, ...]
    items: tuple[GivenItem, ...]
    withheld: tuple[WithheldLine, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of every word of it: what the second reader reads and signs, and what then may go out."""
        said = [[i.number, i.when, i.what, *map(list, i.parts)] for i in self.items]
        lines = [[w.mark, w.title, w.law, w.says, w.items, w.places] for w in self.withheld]
        whole = [self.title, list(self.notes), said, lines]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()
