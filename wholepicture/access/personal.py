"""Lending a record to one practitioner for a while: a personal involvement on a stated ground, and its early end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.models import InvolvementEndRow, InvolvementRow
from wholepicture.access.operations import acting
from wholepicture.access.stops import stopped
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused

LONGEST: Final = timedelta(days=183)


def lend(
    *, authority: Authority, team: str, practitioner: UUID, person: UUID, ground: str, since: datetime, until: datetime
) -> None:
    """Let one practitioner, and nobody else of their team, read a person's record from a moment until another.

    Refuses more than half a year, and whoever is stopped from the person. It shows on the person's ledger.
    """
    if not since < until <= since + LONGEST:
        raise Refused("length", "A record is lent for at most half a year at a time.")
    with acting(authority, person=person):
        if stopped(practitioner, [person]):
            raise Refused("stopped", "This practitioner may not open this record. Choose somebody else.")
        InvolvementRow.objects.create(
            team=team, practitioner=practitioner, person=person, ground=ground, since=since, until=until,
            given_by=_by(authority), personal=True,
        )  # fmt: skip


def take_back(*, authority: Authority, practitioner: UUID, person: UUID, ground: str, reason: str) -> int:
    """End at once every such loan of a person's record to a practitioner on that ground; returns how many."""
    with acting(authority, person=person):
        rows = list(
            InvolvementRow.objects.filter(
                practitioner=practitioner, person=person, ground=ground, personal=True, involvementendrow__isnull=True
            )
        )
        for row in rows:
            InvolvementEndRow.objects.create(
                involvement=row, ended_at=authority.decided, by=_by(authority), reason=reason
            )
    return len(rows)


def _by(authority: Authority) -> UUID | None:
    return UUID(authority.actor.practitioner) if authority.actor.practitioner else None
