"""Two-person release: one asks that somebody may read a shielded address, another decides; a day at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wholepicture.access.operations import acting, authorise, use_session
from wholepicture.access.roles import ROLES, Permission
from wholepicture.agencies.queries import practitioners
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.models import ReleaseDecisionRow, ReleaseRow, ShieldEndRow, ShieldRow
from wholepicture.people.addresses.rules import MOST_HOURS

SHORTEST_REASON = 20  # characters: a sentence, which is what the other person decides on


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked: for whom, why, for how many hours, and for which document where it is for one."""

    reader: UUID
    why: str
    hours: int
    document: str = ""


def ask_release(*, viewer: Viewer, shield: UUID, asking: Asking, now: datetime) -> UUID:
    """Ask that a practitioner may read what a shield keeps; returns the asking. Nothing opens until another decides.

    Refuses a reason under twenty characters, more than 24 hours, and a person whom the asker's team is not
    involved with.
    """
    if len(asking.why.strip()) < SHORTEST_REASON:
        raise Refused("why", "Say in a sentence why this address is needed now: another person will decide on it.")
    if not 1 <= asking.hours <= MOST_HOURS:
        raise Refused("hours", "A release lasts from 1 to 24 hours.")
    row = _standing(_authority(viewer, Permission.VIEW_CHILD, "release:find", now), shield)
    authority = authorise(
        viewer, permission=Permission.VIEW_CHILD, purpose=ROLES[viewer.actor.role].purpose, now=now, people=[row.person]
    )
    reader = next((card for card in practitioners() if card.id == asking.reader), None)
    if reader is None:
        raise Refused("reader", "Choose who is to read it.")
    with acting(replace(authority, act="release:ask"), person=row.person):
        asked = ReleaseRow(
            shield=row, person=row.person, reader=reader.id, reader_name=reader.name, why=asking.why.strip(),
            document=asking.document.strip(), hours=asking.hours, asked_by=UUID(viewer.actor.practitioner),
            asked_by_name=viewer.actor.name, asked_by_team=viewer.actor.team, asked_at=now,
        )  # fmt: skip
        asked.save(force_insert=True)
    return asked.id


def decide_release(*, viewer: Viewer, release: UUID, granted: bool, why: str, now: datetime) -> None:
    """Grant or refuse a release, with reasons; granted, it runs out by itself.

    By a manager, a named nurse or an information governance lead to whom it is shown, who is neither the asker nor
    the reader nor of either's team; once is enough.
    """
    if not why.strip():
        raise Refused("why", "Say why: it stays on the child’s ledger.")
    authority = _authority(viewer, Permission.RELEASE_ADDRESS, "release:grant" if granted else "release:refuse", now)
    row = _shown(viewer, release)
    me = UUID(viewer.actor.practitioner)
    reader_team = next((card.team for card in practitioners(leavers_too=True) if card.id == row.reader), "")
    if me in (row.asked_by, row.reader) or viewer.actor.team in (row.asked_by_team, reader_team):
        raise Refused("not-independent", "Somebody of another team than the asker’s and the reader’s must decide.")
    with acting(authority, person=row.person):
        if ReleaseDecisionRow.objects.filter(release=row).exists():
            raise Refused("decided", "This has been decided already.")
        if granted and ShieldEndRow.objects.filter(shield=row.shield_id).exists():
            raise Refused("ended", "That shield has ended, or another team holds it now: they are to be asked anew.")
        ReleaseDecisionRow.objects.create(
            release=row, granted=granted, asked_by=row.asked_by, reader=row.reader, by=me, by_name=viewer.actor.name,
            why=why.strip(), at=now, until=now + timedelta(hours=row.hours) if granted else now,
        )  # fmt: skip


def _authority(viewer: Viewer, permission: Permission, act: str, now: datetime) -> Authority:
    role = ROLES.get(viewer.actor.role)
    if role is None:
        raise Refused("role", "Your role does not allow this.")
    return replace(authorise(viewer, permission=permission, purpose=role.purpose, now=now), act=act)


def _standing(authority: Authority, shield: UUID) -> ShieldRow:
    with acting(authority):
        row = ShieldRow.objects.filter(id=shield, shieldendrow__isnull=True).first()
    if row is None:
        raise Refused("no-claim", "There is no record here that your team is involved with.")
    return row


def _shown(viewer: Viewer, release: UUID) -> ReleaseRow:
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        row = ReleaseRow.objects.filter(id=release).first()
    if row is None:
        raise Refused("no-release", "There is nothing here for you to decide.")
    return row
