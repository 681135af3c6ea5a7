"""People and the family record: one frozen value that rules, pages, drawings and exports all read."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

from wholepicture.foundation.when import When
from wholepicture.record.types import Entry

UNBORN_DAYS = 300  # a child may be written about this many days before birth (spec: people.csv)


class PersonType(enum.StrEnum):
    """Child, adult, or unborn (then `born` is the expected date of delivery)."""

    CHILD = "child"
    ADULT = "adult"
    UNBORN = "unborn"


class Relation(enum.StrEnum):
    """Read as "person is relation of other"."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    STEP_PARENT = "step_parent"
    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    SIBLING = "sibling"
    HALF_SIBLING = "half_sibling"
    GRANDPARENT = "grandparent"
    CARER = "carer"
    LODGER = "lodger"
    OTHER = "other"


PARENTAL = frozenset({Relation.MOTHER, Relation.FATHER, Relation.PARENT})
SIBLINGS = frozenset({Relation.SIBLING, Relation.HALF_SIBLING})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the record is about; `key` is the bundle's key or the database's id."""

    key: str
    type: PersonType
    sex: str = "unknown"
    born: When | None = None
    died: When | None = None
    born_known: When | None = None
    died_known: When | None = None
    given_name: str = ""
    family_name: str = ""
    nhs_number: str = ""
    upn: str = ""
    language: str = ""
    interpreter: str = ""
    gestation_weeks: float | None = None
    also_known_as: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as a page shows it; a person without names is shown by the key (“child_A” as “child A”)."""
        full = f"{self.given_name} {self.family_name}".strip()
        return full or self.key.replace("_", " ")

    @property
    def is_child(self) -> bool:
        """Whether signals may be about this person: a child or an unborn child."""
        return self.type is not PersonType.ADULT


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as one agency knew them: alias, borrowed or misspelt name, wrong birth date. Kept for ever."""

    person: str
    agency: str
    given_name: str = ""
    family_name: str = ""
    born: When | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    reference: str = ""
    from_: When | None = None
    to: When | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """`person` is `relation` of `other`, between two dates; `lives_with` None means that nobody said."""

    person: str
    relation: Relation
    other: str
    from_: When | None = None
    to: When | None = None
    lives_with: bool | None = None
    known_from: When | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it may hold on that day: blank edges are open."""
        started = self.from_ is None or self.from_.start <= day
        return started and (self.to is None or self.to.latest >= day)

    def known_by(self, day: date, first: date) -> bool:
        """Known from `known_from`, else `from`, else the record's first day (spec: reading-the-rules, Who)."""
        known = self.known_from or self.from_
        return (known.start if known is not None else first) <= day

    @property
    def shares_home(self) -> bool:
        """A mother's blank counts as yes, other blanks as no (spec: reading-the-rules, Who)."""
        if self.lives_with is None:
            return self.relation is Relation.MOTHER
        return self.lives_with


@dataclass(frozen=True)
class FamilyRecord:
    """Everything held about a family: people, identities, relationships and entries in order of happening.

    `area` is the authority where the family's record is kept. A reader's record holds only what the reader may
    see; the engine's holds everything.
    """

    people: Mapping[str, Person]
    entries: tuple[Entry, ...]
    relationships: tuple[Relationship, ...] = ()
    identities: tuple[Identity, ...] = ()
    area: str = ""
    title: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def entry(self) -> dict[str, Entry]:
        """Entries by id."""
        return {e.id: e for e in self.entries}

    @cached_property
    def first_day(self) -> date:
        """The first day on which anything was recorded."""
        return min((e.recorded.start for e in self.entries), default=date.max)

    @cached_property
    def children(self) -> tuple[Person, ...]:
        """Children and unborn children, eldest first."""
        found = [p for p in self.people.values() if p.is_child]
        return tuple(sorted(found, key=lambda p: (p.born.start if p.born else date.max, p.key)))

    @cached_property
    def superseded(self) -> frozenset[str]:
        """Ids of entries that a later correction replaces; both stay readable."""
        return frozenset(e.supersedes for e in self.entries if e.supersedes)

    def about(self, person: str) -> tuple[Entry, ...]:
        """Entries that name the person, in order of happening."""
        return tuple(e for e in self.entries if person in e.people)

    def as_known(self, day: date) -> FamilyRecord:
        """The record as it stood on `day`, as if every agency had written into one shared record."""
        first = self.first_day
        entries = tuple(e.as_known(day) for e in self.entries if e.recorded.start <= day)
        ties = tuple(r for r in self.relationships if r.known_by(day, first))
        people = {k: p for k, p in self.people.items() if _person_known(p, day, entries, ties)}
        return FamilyRecord(people, entries, ties, self.identities, self.area, self.title, self.meta)

    def household(self, person: str, day: date) -> frozenset[str]:
        """Who lives with the person on that day (themselves included), through relationships that share a home."""
        ties = [r for r in self.relationships if r.shares_home and r.holds_on(day)]
        found, frontier = {person}, {person}
        while frontier:
            near = {r.other for r in ties if r.person in frontier} | {r.person for r in ties if r.other in frontier}
            frontier = near - found
            found |= near
        return frozenset(found)

    def related(self, person: str, relations: Iterable[Relation], day: date | None = None) -> tuple[str, ...]:
        """People who are one of `relations` of the person (siblings read both ways)."""
        wanted = frozenset(relations)
        ties = [r for r in self.relationships if r.relation in wanted and (day is None or r.holds_on(day))]
        found = [r.person for r in ties if r.other == person]
        found += [r.other for r in ties if r.person == person and r.relation in SIBLINGS]
        return tuple(dict.fromkeys(found))

    def unborn_on(self, person: Person, day: date) -> bool:
        """Whether a child was unborn on that day, by the stated birth or expected date."""
        if person.born is None:
            return person.type is PersonType.UNBORN
        return day < person.born.start and day >= person.born.start - timedelta(days=UNBORN_DAYS)


def _person_known(person: Person, day: date, entries: tuple[Entry, ...], ties: tuple[Relationship, ...]) -> bool:
    """A child is known once born, or once an agency wrote of them or knew whose they are; adults always are."""
    if not person.is_child or person.born is None:
        return True
    known = person.born_known or person.born
    if known.start <= day or any(person.key in e.people for e in entries):
        return True
    dated = (tie for tie in ties if tie.known_from or tie.from_)
    return any(person.key in (tie.person, tie.other) for tie in dated)


def ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in order of happening, then of writing, then by id: always the same order."""
    return tuple(sorted(entries, key=attrgetter("order")))
