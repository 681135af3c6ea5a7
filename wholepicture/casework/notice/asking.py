"""What a notice on record says to those who must act: its children with who holds them, its facts, its family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from wholepicture.casework.holders import Directory
from wholepicture.casework.models import CandidateRow, ChildObservationRow
from wholepicture.casework.notice.languages import language_name
from wholepicture.casework.notice.types import NamedPerson, SeenChild
from wholepicture.casework.screening.history import children_of, facts_of, family_shown
from wholepicture.casework.task.types import AskedChild, IncidentFacts
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.queries import family_of, persons_of
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.record.queries import StoredEntry, entries_by_id
from wholepicture.record.types import Entry

SCREENED_STEPS = 2  # a child named alone reaches the mother, and through her the other children of the home


@dataclass(frozen=True)
class Asking:
    """A notice with everything that routing needs; `family` are all whose record the recipients see."""

    notice: Entry
    record: FamilyRecord
    children: tuple[AskedChild, ...]
    facts: IncidentFacts
    family: tuple[UUID, ...]


def observations_of(entry: UUID, people: Mapping[str, Person]) -> dict[str, SeenChild]:
    """What was seen of each child of a notice, by person, in the order written."""
    rows = list(ChildObservationRow.objects.filter(notice_id=entry).order_by("position", "id"))
    persons = persons_of([row.identity for row in rows])
    found = {}
    for row in rows:
        key = str(persons.get(row.identity, row.identity))
        person = people.get(key)
        found[key] = _seen(row, person)
    return found


def unconfirmed_of(stored: Iterable[StoredEntry]) -> defaultdict[str, int]:
    """How many people of each entry still wait for somebody to say who they are."""
    of_identity = {identity: s.entry.id for s in stored for identity, _ in s.about}
    counts_by_entry: defaultdict[str, int] = defaultdict(int)
    rows = CandidateRow.objects.filter(identity__in=list(of_identity))
    known = set(rows.filter(choices__same=True).values_list("identity", flat=True))
    for identity in set(rows.filter(choices__isnull=True).values_list("identity", flat=True)) - known:
        counts_by_entry[of_identity[identity]] += 1
    return counts_by_entry


def asking(entry: UUID, directory: Directory, now: datetime) -> Asking:
    """Read a notice as those who must act need it. Only inside `acting`: the engine sees the whole family."""
    today = now.astimezone(ENGLAND).date()
    stored = entries_by_id([entry])
    if not stored:
        raise Refused("absent", "There is no such notice.")
    named = set(persons_of([identity for identity, _ in stored[0].about]).values())
    record = family_of(named, hops=SCREENED_STEPS)
    notice = record.entry[str(entry)]
    seen = observations_of(entry, record.people)
    children = tuple(
        replace(c, holders=directory.holders_of(UUID(c.person), now), seen=seen.get(c.person))
        for c in children_of(record, notice, today)
    )
    facts = facts_of(record, notice, today, _language(record, notice))
    facts = replace(facts, unconfirmed=unconfirmed_of(stored)[notice.id])
    family = tuple(sorted(UUID(key) for key in family_shown(record, notice, today)))
    return Asking(notice, record, children, facts, family)


def _language(record: FamilyRecord, notice: Entry) -> str:
    spoken = [record.people[p].language for p in sorted(notice.people) if p in record.people]
    other = [tag for tag in spoken if tag and tag.partition("-")[0] != "en"]
    return language_name(other[0]) if other else ""


def _seen(row: ChildObservationRow, person: Person | None) -> SeenChild:
    return SeenChild(
        person=NamedPerson(person.given_name if person else "", person.family_name if person else ""),
        unborn=row.unborn,
        present=row.present,
        seen=row.seen,
        where=row.where,
        awake=row.awake,
        spoken_to=row.spoken_to,
        spoken_by=row.spoken_by,
        alone=row.alone,
        language=row.language,
        interpreter=row.interpreter,
        words=row.words,
        not_seen_reason=row.not_seen_reason,
        school=row.school,
    )
