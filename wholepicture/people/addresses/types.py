"""Addresses, shields and releases as frozen values (PRACTICE §7, Restricted records)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wholepicture.foundation.when import When


class AddressSort(enum.StrEnum):
    """What an address is to the person."""

    HOME = "home"
    TEMPORARY = "temporary"
    REFUGE = "refuge"
    PLACEMENT = "placement"
    WORK = "work"
    CORRESPONDENCE = "correspondence"

    @property
    def words(self) -> str:
        """As pages say it."""
        return _SORT_WORDS[self]

    @property
    def lived_at(self) -> bool:
        """Whether the person lives there, and is not only reached or found there."""
        return self not in (AddressSort.WORK, AddressSort.CORRESPONDENCE)


_SORT_WORDS = {
    AddressSort.HOME: "Home",
    AddressSort.TEMPORARY: "Temporary",
    AddressSort.REFUGE: "Refuge",
    AddressSort.PLACEMENT: "Placement",
    AddressSort.WORK: "Place of work",
    AddressSort.CORRESPONDENCE: "For letters only",
}


class ShieldReason(enum.StrEnum):
    """Why an address is kept from somebody."""

    FLEEING = "fleeing"
    REFUGE = "refuge"
    WITNESS = "witness"
    ADOPTION = "adoption"
    PLACEMENT = "placement"
    STAFF_FAMILY = "staff_family"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As pages say it."""
        return _REASON_WORDS[self]


_REASON_WORDS = {
    ShieldReason.FLEEING: "Fleeing domestic abuse",
    ShieldReason.REFUGE: "In a refuge, or just out of one",
    ShieldReason.WITNESS: "Witness protection",
    ShieldReason.ADOPTION: "Adoption",
    ShieldReason.PLACEMENT: "Placement not disclosed to the family",
    ShieldReason.STAFF_FAMILY: "Family of a member of staff",
    ShieldReason.OTHER: "Another reason",
}


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a person as somebody stated it. `root` is the first of the statements that it corrects."""

    id: UUID
    root: UUID
    person: UUID
    sort: AddressSort
    lines: tuple[str, ...]
    postcode: str
    phone: str
    from_: When | None
    to: When | None
    known_from: When | None
    source: str
    agency: str
    by_name: str
    recorded_at: datetime

    def holds_on(self, day: date) -> bool:
        """Whether the person may have been there on that day: blank edges are open."""
        begun = self.from_ is None or self.from_.earliest <= day
        return begun and (self.to is None or self.to.latest >= day)

    def left_before(self, day: date) -> bool:
        """Whether the person had certainly left before that day."""
        return self.to is not None and self.to.latest < day

    def from_before(self, other: Address) -> bool:
        """Whether it is somewhere else than `other`, and was lived at from an earlier day."""
        elsewhere = self.in_one_line.casefold() != other.in_one_line.casefold()
        return elsewhere and self.from_ is not None and other.from_ is not None and self.from_.start < other.from_.start

    @property
    def in_one_line(self) -> str:
        """Lines and postcode, parted by commas."""
        return ", ".join(part for part in (*self.lines, self.postcode) if part)


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address to be recorded; `corrects` is an earlier statement that this one replaces."""

    lines: tuple[str, ...]
    postcode: str = ""
    sort: AddressSort = AddressSort.HOME
    phone: str = ""
    from_: When | None = None
    to: When | None = None
    known_from: When | None = None
    source: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewShield:
    """A shield to be set: on one address (its root), or blank on all of the person's whereabouts.

    `from_whom` is who must not learn it, in words; `people_from` are those of them who are on record. Whoever they
    are, it holds against everybody. `covers_from` is the first day whose places it covers, which may lie in the past.
    """

    reason: ShieldReason
    words: str
    from_whom: str
    covers_from: date
    review_by: date | None = None
    people_from: tuple[UUID, ...] = ()
    address: UUID | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody found who asked whether a shield is still needed, and when that is to be asked next."""

    words: str
    by_name: str
    at: datetime
    review_by: date


@dataclass(frozen=True, slots=True)
class Shield:
    """A shield that is in force. Past `review_by` it stays in force, and is overdue."""

    id: UUID
    person: UUID
    address: UUID | None
    reason: ShieldReason
    words: str
    from_whom: str
    holder_team: str
    covers_from: date
    set_by: UUID | None
    set_by_name: str
    set_at: datetime
    review_by: date
    reviews: tuple[Review, ...] = ()
    end_asked_by: UUID | None = None
    end_asked_by_name: str = ""
    end_asked_why: str = ""

    def overdue(self, day: date) -> bool:
        """Whether its review was due before that day."""
        return self.review_by < day


@dataclass(frozen=True, slots=True)
class Release:
    """What was asked of a shield: by whom, for whom to read, why and for how long; and what another decided."""

    id: UUID
    shield: UUID
    person: UUID
    reader: UUID
    reader_name: str
    document: str
    why: str
    hours: int
    asked_by: UUID
    asked_by_name: str
    asked_by_team: str
    asked_at: datetime
    granted: bool | None = None
    decided_by_name: str = ""
    decided_why: str = ""
    decided_at: datetime | None = None
    until: datetime | None = None


class WordSort(enum.StrEnum):
    """What a guarded word is: how near it leads to somebody's door."""

    LINE = "line"
    STREET = "street"
    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTWARD = "outward"
    PLACE = "place"
    PHONE = "phone"
    SCHOOL = "school"
    NURSERY = "nursery"
    GP = "gp"
    HEALTH_VISITING = "health_visiting"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class GuardedWord:
    """Words that must not leave, since they lead to a shielded address.

    `text` is as it is written on the record and `forms` are the foldings that `rules.found_in` looks for. Neither
    may be shown or logged outside the holding team: say `sort`, and ask the team.
    """

    person: UUID
    shield: UUID
    sort: WordSort
    text: str
    forms: tuple[str, ...]
    why: str
    derives_from: str
    holder_team: str


@dataclass(frozen=True, slots=True)
class LinkedPerpetrator:
    """Somebody recorded as an alleged perpetrator, or as the one that a shield is against; and why that is said."""

    person: UUID
    children: frozenset[UUID]
    because: tuple[str, ...]
