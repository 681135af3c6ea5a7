"""Reads about people: the family record of a person, as a viewer may see it or as the engine needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import Q

from wholepicture.access.engine import engine_is_acting
from wholepicture.access.persons import standing_for
from wholepicture.foundation.names import fold, fold_address
from wholepicture.people.addresses.models import AddressRow
from wholepicture.people.loading import build_record
from wholepicture.people.models import BelongsRow, IdentityRow, PersonRow, RelationshipRow
from wholepicture.people.types import FamilyRecord, Relation
from wholepicture.record.queries import StoredEntry, entries_about

PAGE_HOPS = 2  # a child's mother, and her partners and other children
_NEAR = """
SELECT bo.person, bi.person FROM people_decided bi JOIN people_relationship r ON r.identity = bi.identity
  JOIN people_decided bo ON bo.identity = r.other WHERE bi.person = ANY(%(near)s)
UNION
SELECT bi.person, bo.person FROM people_decided bo JOIN people_relationship r ON r.other = bo.identity
  JOIN people_decided bi ON bi.identity = r.identity WHERE bo.person = ANY(%(near)s)
"""


@dataclass(frozen=True, slots=True)
class StoredFamily:
    """A family record with what its ids are made of: the identities of each person."""

    record: FamilyRecord
    identities: dict[UUID, list[UUID]]


def family_of(people: Iterable[UUID], *, hops: int = PAGE_HOPS) -> FamilyRecord:
    """The record of these people and of everybody within so many relationships of them.

    Inside `access.viewing` it holds what the viewer may see; inside `access.acting`, everything.
    """
    near = within(people, hops)
    belongs = {row.identity: row.person for row in BelongsRow.objects.filter(person__in=near)}
    identities = list(IdentityRow.objects.filter(id__in=belongs).order_by("stored_at", "id"))
    # A card that a shield keeps is not shown, and still an entry under it may be: whose it is, the reader knows.
    return build_record(identities, belongs, _relationships(belongs), entries_about(list(belongs)), area=settings.AREA)


def within(people: Iterable[UUID], hops: int) -> list[UUID]:
    """These people and everybody within so many relationships of them, each as whom their id stands for now."""
    found = set(standing_for(people).values())
    frontier = list(found)
    for _ in range(hops):
        if not frontier:
            break
        with connections["engine" if engine_is_acting() else "default"].cursor() as cursor:
            cursor.execute(_NEAR, {"near": frontier})
            reached = {row[0] for row in cursor.fetchall()}
        frontier = list(reached - found)
        found |= reached
    return sorted(found)


def identities_of(person: UUID) -> list[UUID]:
    """Every identity that belongs to the person, the first given first."""
    return list(BelongsRow.objects.filter(person=person).order_by("identity").values_list("identity", flat=True))


def persons_of(identities: Sequence[UUID]) -> dict[UUID, UUID]:
    """The person of each identity."""
    return dict(BelongsRow.objects.filter(identity__in=list(identities)).values_list("identity", "person"))


def family_names_of(people: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Every family name that any agency knew each person by; a person without one is left out."""
    person_of = dict(BelongsRow.objects.filter(person__in=list(people)).values_list("identity", "person"))
    named = IdentityRow.objects.filter(id__in=list(person_of)).exclude(family_name="")
    found: dict[UUID, set[str]] = {}
    for identity, name in named.values_list("id", "family_name"):
        found.setdefault(person_of[identity], set()).add(name)
    return found


def persons_of_source(source_system: str) -> dict[str, UUID]:
    """The person of each key of a bundle."""
    cards = IdentityRow.objects.filter(source_system=source_system, agency="").values_list("source_key", "id")
    keys = dict(cards)
    persons = persons_of(list(keys.values()))
    return {key: persons[identity] for key, identity in keys.items()}


def persons_exactly(*, given_name: str, family_name: str, born: date | None, nhs_number: str = "") -> list[UUID]:
    """Whoever has this NHS number, or else this whole name and day of birth; only inside `acting`."""
    fits = IdentityRow.objects.filter(nhs_number=nhs_number) if nhs_number else IdentityRow.objects.none()
    if not fits.exists() and born is not None:
        fits = IdentityRow.objects.filter(
            name_folded=fold(f"{family_name} {given_name}"), born_start=born, born=born.isoformat()
        )
    return sorted(set(persons_of(list(fits.values_list("id", flat=True))).values()))


def address_keys_of(people: Sequence[UUID]) -> list[str]:
    """The addresses, folded, that any identity of these people has; only inside `acting`, and never for a page."""
    belongs = BelongsRow.objects.filter(person__in=list(people)).values("identity")
    lines = AddressRow.objects.filter(identity__in=belongs).values_list("lines", flat=True)
    return sorted({key for line in lines if (key := fold_address(line))})


@dataclass(frozen=True, slots=True)
class Tie:
    """That somebody is, or was, something to a person; who it is is not said. `theirs`: the person is it to another."""

    relation: Relation
    theirs: bool
    starts: str
    ends: str


def ties_of(person: UUID) -> list[Tie]:
    """What is held of a person's relationships, without the other people, in the order in which it was written down."""
    own = set(identities_of(person))
    rows = RelationshipRow.objects.filter(Q(identity__in=own) | Q(other__in=own)).order_by("stored_at", "id")
    return [Tie(Relation(r.relation), r.identity in own, r.starts, r.ends) for r in rows]


def _relationships(belongs: dict[UUID, UUID]) -> list[RelationshipRow]:
    ids = list(belongs)
    rows = list(RelationshipRow.objects.filter(identity__in=ids, other__in=ids).order_by("id"))
    superseded = {r.supersedes for r in rows if r.supersedes}
    return [r for r in rows if r.id not in superseded]


__all__ = ["StoredEntry", "family_of", "identities_of", "persons_of", "persons_of_source", "within"]


def standing(person: UUID) -> UUID:
    """Whom this person's id stands for now: themselves, unless they were found to be somebody else."""
    return standing_for([person])[person]


def is_person(person: UUID) -> bool:
    """Whether there is such a person at all; only inside `acting`."""
    return PersonRow.objects.filter(id=person).exists()
