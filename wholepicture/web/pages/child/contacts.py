"""Who works with the child and how to reach them, and whose record is how old: silence is shown as silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from wholepicture.access.glass import GROUND
from wholepicture.access.queries import Involvement
from wholepicture.agencies.queries import PractitionerCard, TeamCard
from wholepicture.foundation.when import When
from wholepicture.foundation.working_days import months_before
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.record.types import Entry, agency_kind
from wholepicture.web.drawings.words import AGENCIES, agency_key
from wholepicture.web.navigation import role_title

WROTE_WITHIN: Final = 12  # months in which an agency that wrote is one to speak to
# Agencies that ought to hold something about any child of the age, from and until how many months.
_EXPECTED: Final = (
    ("gp", 0, 216),
    ("health_visiting", 0, 60),
    ("midwifery", -9, 1),
    ("school_nursing", 60, 216),
    ("school", 60, 192),
    ("social_care", -9, 216),
    ("police", -9, 216),
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A team that works with the child: who holds the child there, and how to reach them."""

    agency: str
    team: str
    holder: str
    role: str
    phone: str
    email: str
    since: datetime | None
    ground: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held from one agency, and how old it is; `last` None means that nothing is."""

    agency: str
    last: When | None
    days: int
    entries: int


def contacts_of(
    involved: Sequence[Involvement], teams: Mapping[str, TeamCard], people: Mapping[UUID, PractitionerCard]
) -> list[Contact]:
    """A line for each team involved; where nobody is named, the team's own number."""
    found = []
    # Whoever broke the glass does not work with the child: that stands on the ledger.
    for involvement in (i for i in involved if i.ground != GROUND):
        team = teams.get(involvement.team)
        holder = people.get(involvement.practitioner) if involvement.practitioner else None
        found.append(
            Contact(
                agency=team.agency_name if team else involvement.team,
                team=team.name if team else involvement.team,
                holder=holder.name if holder else "",
                role=role_title(holder.role) if holder else "",
                phone=(holder.phone if holder else "") or (team.phone if team else ""),
                email=team.email if team else "",
                since=involvement.since,
                ground=involvement.ground,
            )
        )
    return sorted(found, key=lambda c: (c.agency, c.team, c.holder))


def wrote_without_a_name(
    record: FamilyRecord, child: str, day: date, involved: Iterable[Involvement], teams: Mapping[str, TeamCard]
) -> list[Coverage]:
    """Agencies that wrote about the child in the last twelve months and have nobody named here."""
    named = {teams[i.team].agency for i in involved if i.team in teams}
    since = months_before(day, WROTE_WITHIN)
    recent = [c for c in coverage(record, child, day) if c.last is not None and c.last.latest >= since]
    return [c for c in recent if c.agency not in named and agency_kind(c.agency) not in ("public", "court", "other")]


def coverage(record: FamilyRecord, child: str, day: date) -> list[Coverage]:
    """The last entry of every agency that has written about the child."""
    held: dict[str, list[Entry]] = {}
    for entry in record.about(child):
        if entry.occurred.start <= day:
            held.setdefault(entry.agency, []).append(entry)
    found = [
        Coverage(agency, own[-1].occurred, max(0, (day - min(own[-1].occurred.latest, day)).days), len(own))
        for agency, own in held.items()
    ]
    return sorted(found, key=lambda c: agency_key(c.agency))


def nothing_from(record: FamilyRecord, person: Person, day: date, withheld: AbstractSet[str]) -> list[str]:
    """Agencies that a child of this age would usually be known to and from which nothing is held here.

    `withheld` are kinds of agency of which something is held that the reader is not shown.
    """
    if person.born is None:
        return []
    held = {agency_kind(e.agency) for e in record.about(person.key) if e.occurred.start <= day} | withheld
    months = (day.year - person.born.start.year) * 12 + day.month - person.born.start.month
    return [AGENCIES[a] for a, first, last in _EXPECTED if first <= months < last and a not in held]
