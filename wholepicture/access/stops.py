"""Hard stops: a practitioner who may never see a person, whatever their role or team, and break-glass or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from wholepicture.access.models import StopEndRow, StopRow
from wholepicture.access.operations import acting
from wholepicture.access.policy import Stop
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused


def stop(*, authority: Authority, practitioner: UUID, person: UUID, ground: Stop, now: datetime) -> UUID:
    """Stop a practitioner from a person from this moment on; returns the stop. Two stops hold until both are lifted."""
    with acting(authority, person=person):
        row = StopRow(practitioner=practitioner, person=person, ground=ground.value, since=now, by=_by(authority))
        row.save(force_insert=True)
    return row.id


def lift_stop(*, authority: Authority, person: UUID, stop: UUID, reason: str, now: datetime) -> None:
    """Lift a stop upon a person, by whom and why; it stays readable. Nobody lifts their own, none is lifted twice."""
    if not reason.strip():
        raise Refused("reason", "Say why this person may be seen again.")
    with acting(authority, person=person):
        row = StopRow.objects.filter(id=stop, person=person, stopendrow__isnull=True).first()
        if row is None:
            raise Refused("no-stop", "There is no such stop, or it has been lifted.")
        if row.practitioner == _by(authority):
            raise Refused("own-stop", "Somebody else must lift a stop upon you.")
        StopEndRow.objects.create(stop=row, ended_at=now, by=_by(authority), reason=reason.strip())


def stopped(practitioner: UUID, people: Collection[UUID]) -> bool:
    """Whether the practitioner is stopped from any of these people; only inside `acting`."""
    rows = StopRow.objects.filter(practitioner=practitioner, person__in=list(people), stopendrow__isnull=True)
    return rows.exists()


def stopped_from(practitioner: UUID) -> set[UUID]:
    """Everybody from whom the practitioner is stopped; only inside `acting`."""
    rows = StopRow.objects.filter(practitioner=practitioner, stopendrow__isnull=True)
    return set(rows.values_list("person", flat=True))


def _by(authority: Authority) -> UUID | None:
    return UUID(authority.actor.practitioner) if authority.actor.practitioner else None
