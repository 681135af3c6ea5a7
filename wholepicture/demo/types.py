"""What the demonstration is made of: a town's agencies, staff and families, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import Entry


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency by its code in the file format (`school/st-oswalds`), its name, and the code's kind (`school`)."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team of an agency; families are held by teams, so that leave and sickness leave nobody without a holder."""

    code: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class DemoPractitioner:
    """An invented member of staff; `role` is a slug of the roles table."""

    username: str
    name: str
    role: str
    team: str
    agency: str


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A team, and where somebody is named a practitioner, holds a person from a day for a stated reason.

    `role` is the part played for the person (`health_visitor`, `school_lead`, `gp`, `social_worker` …);
    `to` None means that it still holds.
    """

    person: str
    agency: str
    team: str
    practitioner: str
    role: str
    reason: str
    from_: date
    to: date | None = None


@dataclass(frozen=True, slots=True)
class DemoHome:
    """An address as a letter would bear it, since when, and the keys of those who live there."""

    lines: tuple[str, ...]
    postcode: str
    since: date | None
    people: tuple[str, ...]


@dataclass(frozen=True)
class DemoFamily:
    """One family: its whole record, who holds whom, and which story (or `ordinary`) it was written from.

    `names` is the background that its names were drawn from; it is kept out of the record, which must not hold it.
    """

    number: int
    story: str
    names: str
    record: FamilyRecord
    links: tuple[DemoLink, ...]
    home: DemoHome
    fled: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether nothing in the family's two years was written to be noticed."""
        return self.story == "ordinary"


@dataclass(frozen=True)
class Town:
    """The whole demonstration: area, agencies, teams, practitioners and families."""

    area: str
    seed: int
    today: date
    agencies: tuple[DemoAgency, ...]
    teams: tuple[DemoTeam, ...]
    practitioners: tuple[DemoPractitioner, ...]
    families: tuple[DemoFamily, ...]

    @property
    def children(self) -> int:
        """How many children, born and unborn, the town has."""
        return sum(len(f.record.children) for f in self.families)

    def entries(self) -> Iterator[Entry]:
        """Every entry of every family, family by family in order of happening."""
        for family in self.families:
            yield from family.record.entries
