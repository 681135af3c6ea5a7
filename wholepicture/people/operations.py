"""Writes about people: identities as given, decisions that group them, relationships over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.names import fold
from wholepicture.foundation.when import When
from wholepicture.people.addresses.operations import store_stated
from wholepicture.people.matching.keeping import make_ready
from wholepicture.people.models import GroupingRow, IdentityRow, PersonRow, RelationshipRow
from wholepicture.people.types import Relationship
from wholepicture.record.operations import OURS, author_of


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """A person as one source gives them. `key` groups identities that the source says are one person.

    `address` is as somebody said it, in one text: it is kept apart from the identity, as an address.
    """

    key: str
    type: str = "adult"
    agency: str = ""
    given_name: str = ""
    family_name: str = ""
    born: When | None = None
    sex: str = ""
    died: When | None = None
    born_known: When | None = None
    died_known: When | None = None
    nhs_number: str = ""
    upn: str = ""
    reference: str = ""
    language: str = ""
    interpreter: str = ""
    gestation_weeks: float | None = None
    address: str = ""
    from_: When | None = None
    to: When | None = None
    source_system: str = OURS


def add_person(*, authority: Authority, identity: NewIdentity, now: datetime, ground: str) -> tuple[UUID, UUID]:
    """Enter a new person under an identity; returns (person, identity)."""
    with acting(authority):
        identities = store_identities(identities=[identity], known={}, decided=now, ground=ground)
        [(row_id, person)] = identities.values()
    return person, row_id


def add_identity(*, authority: Authority, identity: NewIdentity, person: UUID, now: datetime, ground: str) -> UUID:
    """Enter a further identity of a known person, on stated evidence; returns the identity."""
    with acting(authority, person=person):
        stored = store_identities(identities=[identity], known={identity.key: person}, decided=now, ground=ground)
        [(row_id, _)] = stored.values()
    return row_id


def relate(
    *,
    authority: Authority,
    identity: UUID,
    other: UUID,
    relationship: Relationship,
    supersedes: UUID | None = None,
    source_system: str = OURS,
) -> UUID:
    """Record that one identity is in a relation to another; `supersedes` replaces what was said before."""
    with acting(authority):
        row = _relationship(identity, other, relationship, source_system)
        row.supersedes = supersedes
        row.by = author_of(authority)
        insert_all([row])
    return row.id


def store_identities(
    *, identities: Sequence[NewIdentity], known: dict[str, UUID], decided: datetime, ground: str
) -> dict[int, tuple[UUID, UUID]]:
    """Store identities at once, making a person for each new key; only inside `acting`.

    Returns (identity, person) by the identity's place in the sequence.
    """
    persons = dict(known)
    new = [key for key in dict.fromkeys(i.key for i in identities) if key not in persons]
    made = [PersonRow(id=new_id()) for _ in new]
    insert_all(made)
    persons.update(zip(new, (p.id for p in made), strict=True))
    rows = [_identity(i, n) for n, i in enumerate(identities)]
    insert_all(rows)
    insert_all(
        (
            GroupingRow(identity_id=row.id, person_id=persons[i.key], decided_at=decided, ground=ground)
            for row, i in zip(rows, identities, strict=True)
        )
    )
    store_stated(
        stated=[(row.id, i.address, i.agency, i.source_system) for row, i in zip(rows, identities, strict=True)],
        now=decided,
    )
    make_ready([row.id for row in rows], new=True)
    return {n: (row.id, persons[i.key]) for n, (row, i) in enumerate(zip(rows, identities, strict=True))}


def store_relationships(*, ties: Sequence[tuple[UUID, UUID, Relationship]], source_system: str) -> None:
    """Store relationships at once; only inside `acting`."""
    insert_all((_relationship(one, other, tie, source_system) for one, other, tie in ties))


def _stated(when: When | None) -> str:
    return when.stated if when else ""


def _identity(identity: NewIdentity, position: int) -> IdentityRow:
    row_id = new_id()
    return IdentityRow(
        id=row_id,
        source_system=identity.source_system,
        source_key=identity.key or str(row_id),
        agency=identity.agency,
        type=identity.type,
        sex=identity.sex,
        born=_stated(identity.born),
        born_start=identity.born.start if identity.born else None,
        died=_stated(identity.died),
        born_known=_stated(identity.born_known),
        died_known=_stated(identity.died_known),
        given_name=identity.given_name,
        family_name=identity.family_name,
        name_folded=fold(f"{identity.family_name} {identity.given_name}"),
        nhs_number=identity.nhs_number,
        upn=identity.upn,
        reference=identity.reference,
        language=identity.language,
        interpreter=identity.interpreter,
        gestation_weeks=identity.gestation_weeks,
        valid_from=_stated(identity.from_),
        valid_to=_stated(identity.to),
        position=position if identity.agency else 0,
    )


def _relationship(one: UUID, other: UUID, tie: Relationship, source_system: str) -> RelationshipRow:
    return RelationshipRow(
        identity=one,
        relation=tie.relation.value,
        other=other,
        starts=_stated(tie.from_),
        ends=_stated(tie.to),
        lives_with=tie.lives_with,
        known_from=_stated(tie.known_from),
        source=tie.source,
        source_system=source_system,
    )
