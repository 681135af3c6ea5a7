"""Reviewing a shield, and ending it: by the team that holds it, and ending it takes two. Silence never ends one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction

from wholepicture.access.operations import acting, authorise, use_session
from wholepicture.access.roles import ROLES, Permission
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.models import ShieldEndAskRow, ShieldEndRow, ShieldReviewRow, ShieldRow
from wholepicture.people.addresses.rules import review_by
from wholepicture.people.matching.keeping import make_ready
from wholepicture.people.models import BelongsRow


def review_shield(*, viewer: Viewer, shield: UUID, words: str, next_review: date | None, now: datetime) -> None:
    """Say that a shield is still needed and why, and when to ask again: within six months."""
    today = now.astimezone(ENGLAND).date()
    due = review_by(next_review, today)
    if due is None:
        raise Refused("review", "Enter the next review date: from today to six months from today.")
    if not words.strip():
        raise Refused("words", "Say whom you asked and why the address must still be kept.")
    authority, row = held(viewer, shield, "shield:review", now)
    with acting(authority, person=row.person):
        _still_standing(row)
        ShieldReviewRow.objects.create(
            shield=row, words=words.strip(), by=UUID(viewer.actor.practitioner), by_name=viewer.actor.name, at=now,
            on=today, review_by=due,
        )  # fmt: skip


def ask_to_end(*, viewer: Viewer, shield: UUID, why: str, now: datetime) -> UUID:
    """Ask for a shield to end; it stays in force until somebody else agrees. Returns the asking."""
    if not why.strip():
        raise Refused("why", "Say why the address need no longer be kept, and who says so.")
    authority, row = held(viewer, shield, "shield:ask_to_end", now)
    with acting(authority, person=row.person):
        _still_standing(row)
        asked = ShieldEndAskRow(
            shield=row, by=UUID(viewer.actor.practitioner), by_name=viewer.actor.name, why=why.strip(), at=now
        )
        asked.save(force_insert=True)
    return asked.id


def agree_to_end(*, viewer: Viewer, shield: UUID, why: str, now: datetime) -> None:
    """End a shield that somebody else has asked to end; the address may be matched on again from now."""
    if not why.strip():
        raise Refused("why", "Say what you checked before you agreed.")
    authority, row = held(viewer, shield, "shield:end", now)
    with acting(authority, person=row.person):
        _still_standing(row)
        asked = ShieldEndAskRow.objects.filter(shield=row).order_by("-at", "-id").first()
        if asked is None:
            raise Refused("not-asked", "Nobody has asked for this to end. Ask first; somebody else then agrees.")
        if asked.by == UUID(viewer.actor.practitioner):
            raise Refused("same-person", "You asked for this to end, so somebody else must agree.")
        ShieldEndRow.objects.create(
            shield=row, ask=asked, asked_by=asked.by, by=UUID(viewer.actor.practitioner),
            by_name=viewer.actor.name, why=why.strip(), at=now,
        )  # fmt: skip
        make_ready(BelongsRow.objects.filter(person=row.person).values_list("identity", flat=True))


def held(viewer: Viewer, shield: UUID, act: str, now: datetime) -> tuple[Authority, ShieldRow]:
    """The shield, where it stands and the viewer's team answers for it (the database says so), and leave to act."""
    purpose = ROLES[viewer.actor.role].purpose
    authority = replace(authorise(viewer, permission=Permission.SHIELD_ADDRESS, purpose=purpose, now=now), act=act)
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        row = ShieldRow.objects.filter(id=shield, shieldendrow__isnull=True).first()
    if row is None:
        raise Refused("no-shield", "There is no shield here that your team answers for.")
    return authority, row


def _still_standing(row: ShieldRow) -> None:
    """What is said of a shield is said of one that stands, and not of one that went to another team meanwhile."""
    one_at_a_time(row.id)
    if ShieldEndRow.objects.filter(shield=row).exists():
        raise Refused("no-shield", "It has just ended, or gone to another team.")


def one_at_a_time(shield: UUID) -> None:
    """Two people who end, offer or take one shield at the same moment wait for one another; only inside `acting`."""
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"shield {shield}"])
