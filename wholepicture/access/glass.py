"""Break-glass: opening a record without a relationship, with a reason, for at most a day, told at once and reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wholepicture.access.models import GlassReviewRow, GlassRow, InvolvementRow
from wholepicture.access.operations import acting, authorise, use_session
from wholepicture.access.policy import MAY_REVIEW_GLASS
from wholepicture.access.roles import ROLES, Permission
from wholepicture.access.stops import stopped
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused

GROUND = "break-glass"
LONGEST = timedelta(hours=24)
SHORTEST_REASON = 20  # characters: enough for a sentence, which is what the reviewer reads


def break_glass(
    *,
    viewer: Viewer,
    person: UUID,
    household: Sequence[UUID],
    reason: str,
    length: timedelta,
    lead_team: str,
    now: datetime,
) -> UUID:
    """Open a person and their household to the viewer alone; returns the break-glass, of which the lead team reads.

    Refuses a reason under twenty characters, more than 24 hours, a role that may look at no child, and whoever is
    stopped from any of these people; a refusal of the last kind is written down.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("reason", "Say in a sentence why you must open this record now: a reviewer will read it.")
    if not timedelta(0) < length <= LONGEST:
        raise Refused("length", "A record is opened so for at most 24 hours.")
    people = list(dict.fromkeys([person, *household]))
    authority = replace(_authorised(viewer, Permission.VIEW_CHILD, now), act="glass:break", ground=GROUND)
    who = UUID(viewer.actor.practitioner)
    if _is_stopped(authority, who, people):
        raise Refused("stopped", "You may not open this record. Ask your information governance lead.")
    with acting(authority, person=person):
        row = GlassRow(
            practitioner=who, practitioner_name=viewer.actor.name, role=viewer.actor.role, agency=viewer.actor.agency,
            team=viewer.actor.team, person=person, reason=reason.strip(), opened_at=now, until=now + length,
            lead_team=lead_team,
        )  # fmt: skip
        row.save(force_insert=True)
        for one in people:
            _open(authority, row, one)
    return row.id


def review_glass(*, viewer: Viewer, glass: UUID, justified: bool, comment: str, now: datetime) -> None:
    """Say whether a break-glass was justified: independently, so neither by who broke it nor by anybody of their team.

    The reviewer is an information governance lead, or a manager or named nurse to whom it is shown; once is enough.
    """
    if viewer.actor.role not in MAY_REVIEW_GLASS:
        raise Refused("role", "An information governance lead, a manager or a named nurse reviews this.")
    if not comment.strip():
        raise Refused("comment", "Say what you looked at and what you found.")
    authority = replace(_authorised(viewer, Permission.VIEW_LEDGER, now), act="glass:review")
    row = _shown(viewer, glass)
    if viewer.actor.practitioner == str(row.practitioner) or viewer.actor.team == row.team:
        raise Refused("not-independent", "Somebody from another team must review this.")
    with acting(authority, person=row.person):
        if GlassReviewRow.objects.filter(glass=row).exists():
            raise Refused("reviewed", "This has been reviewed already.")
        GlassReviewRow.objects.create(
            glass=row, justified=justified, comment=comment.strip(), by=UUID(viewer.actor.practitioner),
            by_name=viewer.actor.name, at=now,
        )  # fmt: skip


def _authorised(viewer: Viewer, permission: Permission, now: datetime) -> Authority:
    role = ROLES.get(viewer.actor.role)
    if role is None:
        raise Refused("role", "Your role does not allow this.")
    return authorise(viewer, permission=permission, purpose=role.purpose, now=now)


def _is_stopped(authority: Authority, who: UUID, people: Sequence[UUID]) -> bool:
    # The row that says they tried is committed before they are refused.
    with acting(replace(authority, act="glass:try"), person=people[0]):
        return stopped(who, people)


def _open(authority: Authority, row: GlassRow, person: UUID) -> None:
    with acting(authority, person=person):
        InvolvementRow.objects.create(
            team=row.team, practitioner=row.practitioner, person=person, ground=GROUND, since=row.opened_at,
            until=row.until, given_by=row.practitioner, personal=True,
        )  # fmt: skip


def _shown(viewer: Viewer, glass: UUID) -> GlassRow:
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        row = GlassRow.objects.filter(id=glass).first()
    if row is None:
        raise Refused("no-glass", "There is nothing here for you to review.")
    return row
