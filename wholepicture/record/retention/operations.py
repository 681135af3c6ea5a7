"""Holds, decisions about what fell due, and destruction: by two people, and through the database's own narrow door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connections

from wholepicture.access.operations import acting
from wholepicture.access.stops import stopped
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.record.models import HoldEndRow, HoldRow, RetentionConfirmRow, RetentionDecisionRow
from wholepicture.record.retention.queries import due_on, held
from wholepicture.record.retention.rules import check_decision
from wholepicture.record.retention.types import Ground


def set_hold(*, authority: Authority, person: UUID, ground: Ground, reason: str, now: datetime) -> UUID:
    """Hold a record: nothing of this person is destroyed until the hold is lifted. Returns the hold."""
    if not reason.strip():
        raise Refused("reason", "Say what the record is held for, without any fact about the person.")
    with _acting(authority, "retention:hold", person):
        row = HoldRow(
            person=person, ground=ground.value, reason=reason.strip(), by=_by(authority), by_name=authority.actor.name,
            at=now,
        )  # fmt: skip
        try:
            row.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("absent", "There is no such record here any longer.") from error
    return row.id


def lift_hold(*, authority: Authority, person: UUID, hold: UUID, reason: str, now: datetime) -> None:
    """Lift a hold, by whom and why; it stays readable, and none is lifted twice."""
    if not reason.strip():
        raise Refused("reason", "Say why the record need not be held any longer.")
    with _acting(authority, "retention:lift", person):
        row = HoldRow.objects.filter(id=hold, person=person, holdendrow__isnull=True).first()
        if row is None:
            raise Refused("no-hold", "There is no such hold, or it has been lifted.")
        HoldEndRow.objects.create(
            hold=row, by=_by(authority), by_name=authority.actor.name, reason=reason.strip(), at=now
        )


def decide(
    *,
    authority: Authority,
    person: UUID,
    line: str,
    destroy: bool,
    reason: str,
    keep_until: date | None,
    now: datetime,
) -> UUID:
    """Decide that a record which fell due is kept until a day, or is to be destroyed once another confirms it."""
    today = now.astimezone(ENGLAND).date()
    with _acting(authority, "retention:decide", person):
        day = due_on(person)
        is_due = day is not None and day <= today
        check_decision(
            reason=reason, keep_until=keep_until, destroy=destroy, is_due=is_due, held=held(person), today=today
        )
        row = RetentionDecisionRow(
            person=person, line=line, due_on=day or today, destroy=destroy, keep_until=None if destroy else keep_until,
            reason=reason.strip(), by=_by(authority), by_name=authority.actor.name, at=now,
        )  # fmt: skip
        row.save(force_insert=True)
    return row.id


def confirm(*, authority: Authority, person: UUID, decision: UUID, now: datetime) -> UUID:
    """Confirm that a record is destroyed, and destroy it; returns the tombstone.

    Refuses whoever decided it. The database looks at everything again, and where it finds anything amiss neither the
    confirmation nor any removal stands.
    """
    try:
        with _acting(authority, "retention:destroy", person):
            row = RetentionDecisionRow.objects.filter(id=decision, person=person, destroy=True).first()
            if row is None:
                raise Refused("no-decision", "Nobody has decided that this record is to be destroyed.")
            if row.by == _by(authority):
                raise Refused("same", "Somebody else must confirm what you decided.")
            RetentionConfirmRow.objects.create(decision=row, by=_by(authority), by_name=authority.actor.name, at=now)
            return _destroy(decision)
    except IntegrityError as error:
        raise Refused(
            "not-now", "Nothing was destroyed: it is held, not due, decided anew, or something new refers to it."
        ) from error


def _destroy(decision: UUID) -> UUID:
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT record_destroy(%s)", [decision])
        [stone] = cursor.fetchone() or (None,)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert isinstance(stone, UUID)
    return stone


@contextmanager
def _acting(authority: Authority, act: str, person: UUID) -> Iterator[None]:
    """Act upon a person's record, unless the actor is stopped from the person: as if there were no such record."""
    with acting(replace(authority, act=act), person=person):
        if stopped(_by(authority), [person]):
            raise Refused("absent", "There is no such record here.")
        yield


def _by(authority: Authority) -> UUID:
    return UUID(authority.actor.practitioner)
