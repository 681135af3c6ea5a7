"""Joining two persons and parting them: one decision for each identity that moves, and no other row is touched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connections

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting
from wholepicture.access.persons import standing_for
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.people.joining.queries import belongings_of
from wholepicture.people.joining.rules import came_with, check_ground, check_retyped, parting
from wholepicture.people.joining.types import Parted
from wholepicture.people.matching.keeping import make_ready
from wholepicture.people.models import BelongsRow, GroupingRow, IdentityRow, PersonRow
from wholepicture.record.operations import author_of


def join(
    *, authority: Authority, person: UUID, other: UUID, ground: str, now: datetime, retyped: str | None = None
) -> None:
    """Decide that `other` is `person`: every identity of theirs is this person's from now on (R17, principle 10).

    `retyped` is an identifier of `other` as somebody typed it again, or None where another rule decides. Raises
    Refused where they are one already, where the evidence says too little, and where what was typed does not agree.
    """
    said = check_ground(ground)
    with acting(authority, person=person):
        _hold(person, other)
        stand = standing_for([person, other])
        kept, joined = stand[person], stand[other]
        if kept == joined:
            raise Refused("same", "These two are one person on the record already.")
        held = belongings_of(joined)
        moved = sorted(held, key=lambda b: not b.founds)  # an id goes before what is written under it
        if retyped is not None:
            _check_retyped(retyped, [b.identity for b in held])
        _decide(authority, [b.identity for b in moved], kept, said, now)


def part(*, authority: Authority, person: UUID, identities: Collection[UUID], ground: str, now: datetime) -> Parted:
    """Decide that these identities are somebody else, and not `person`.

    They go back to whoever was first known by one of them, or are somebody new.
    """
    said = check_ground(ground)
    with acting(authority, person=person):
        _hold(person)
        whose = standing_for([person])[person]
        plan = parting(whose, belongings_of(whose), identities)
        _hold(*([plan.to] if plan.to else []))
        to = plan.to or _new_person()
        _decide(authority, plan.leave, to, said, now)
    return Parted(to, plan.to is None)


def part_again(*, authority: Authority, person: UUID, other: UUID, ground: str, now: datetime) -> Parted:
    """Undo a joining: whatever was `other`'s until it is theirs again. Identities that came since stay."""
    with acting(authority, person=person):
        came = came_with(belongings_of(standing_for([person])[person]), other)
        return part(authority=authority, person=person, identities=came, ground=ground, now=now)


def _decide(authority: Authority, identities: Sequence[UUID], person: UUID, ground: str, now: datetime) -> None:
    """Each decision in a statement of its own: what a person's first identity moves, the next one already sees."""
    by = author_of(authority)
    touched = {b.identity for whose in {person, *_whose(identities)} for b in belongings_of(whose)}
    for identity in identities:
        insert_all([GroupingRow(identity_id=identity, person_id=person, decided_at=now, by=by, ground=ground)])
    # A shield on one of them takes the others' homes out of the index, and parted they may be back.
    make_ready(sorted(touched | set(identities)))


def _whose(identities: Sequence[UUID]) -> set[UUID]:
    return set(BelongsRow.objects.filter(identity__in=list(identities)).values_list("person", flat=True))


def _new_person() -> UUID:
    row = PersonRow(id=new_id())
    insert_all([row])
    return row.id


def _check_retyped(retyped: str, identities: Sequence[UUID]) -> None:
    check_retyped(retyped, list(IdentityRow.objects.filter(id__in=identities).values_list("nhs_number", "born")))


def _hold(*people: UUID) -> None:
    """One decision about a person at a time: a second waits here, and then reads what the first one left."""
    with connections["engine"].cursor() as cursor:
        for person in sorted(people, key=str):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('person:' || %s, 0))", [str(person)])
