"""A release for one document: what shields keep leaves in it, once, before it runs out, and in nothing else.

A document is its id and the digest of its bytes: one that is made again is another. Nobody reads an address by this
(that is `release`): the place leaves in the document, and stays closed here to everybody to whom it is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting, authorise, use_session
from wholepicture.access.roles import ROLES, Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.keeping import one_at_a_time
from wholepicture.people.addresses.models import (
    DocumentReleaseDecisionRow,
    DocumentReleaseRow,
    DocumentReleaseShieldRow,
    DocumentReleaseUsedRow,
    DocumentShieldRow,
    ShieldRow,
)
from wholepicture.people.addresses.release import SHORTEST_REASON
from wholepicture.people.addresses.rules import MOST_HOURS


@dataclass(frozen=True, slots=True)
class DocumentRelease:
    """An asking for one document, and what became of it."""

    id: UUID
    person: UUID
    document: UUID
    why: str
    hours: int
    asked_by: UUID
    asked_by_name: str
    asked_by_team: str
    asked_at: datetime
    granted: bool | None = None
    decided_by_name: str = ""
    decided_why: str = ""
    decided_at: datetime | None = None
    until: datetime | None = None
    used_at: datetime | None = None


def note_named(*, document: UUID, shields: Collection[UUID]) -> None:
    """Write down which shields' places a document names; only inside `acting`, in the transaction that stores it."""
    insert_all(DocumentShieldRow(document=document, shield=s) for s in sorted(shields))


def noted_in(document: UUID) -> list[UUID]:
    """The shields that a document was noted as naming, in force or not; only inside `acting`."""
    return list(DocumentShieldRow.objects.filter(document=document).values_list("shield", flat=True))


def ask_for_document(
    *, viewer: Viewer, person: UUID, document: UUID, digest: str, why: str, hours: int, now: datetime
) -> UUID:
    """Ask that what shields keep may leave in one document; returns the asking. Nothing leaves until another decides.

    Refuses a reason under twenty characters, more than 24 hours, a document that names no kept place, and a second
    asking while one waits.
    """
    if len(why.strip()) < SHORTEST_REASON:
        raise Refused("why", "Say in a sentence why the place must stand in it: another person will decide on it.")
    if not 1 <= hours <= MOST_HOURS:
        raise Refused("hours", "A release lasts from 1 to 24 hours.")
    purpose = ROLES[viewer.actor.role].purpose
    authority = authorise(viewer, permission=Permission.SHARE, purpose=purpose, now=now, people=[person])
    with acting(replace(authority, act="release:ask_document"), person=person):
        one_at_a_time(document)
        shields = _named_in(document)
        if not shields:
            raise Refused("no-place", "No shield that is in force keeps anything that it names: send it as it is.")
        if any(r.granted is None for r in releases_of_document(document)):
            raise Refused("asked", "This has been asked already: somebody of another team decides.")
        row = DocumentReleaseRow(
            person=person, document=document, digest=digest, why=why.strip(), hours=hours,
            asked_by=UUID(viewer.actor.practitioner), asked_by_name=viewer.actor.name,
            asked_by_team=viewer.actor.team, asked_at=now,
        )  # fmt: skip
        row.save(force_insert=True)
        insert_all(DocumentReleaseShieldRow(release=row.id, shield=s) for s in shields)
    return row.id


def decide_document(*, viewer: Viewer, release: UUID, granted: bool, why: str, now: datetime) -> DocumentRelease:
    """Grant or refuse it, with reasons: a manager, a named nurse or an information governance lead of another team.

    Returns what was decided on. Once is enough; granted, it runs out by itself.
    """
    if not why.strip():
        raise Refused("why", "Say why: it stays on the child’s ledger.")
    purpose = ROLES[viewer.actor.role].purpose
    authority = authorise(viewer, permission=Permission.RELEASE_ADDRESS, purpose=purpose, now=now)
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        # As the viewer, though an operation that goes on from here may be acting already.
        row = DocumentReleaseRow.objects.using("default").filter(id=release).first()
    if row is None:
        raise Refused("no-release", "There is nothing here for you to decide.")
    if UUID(viewer.actor.practitioner) == row.asked_by or viewer.actor.team == row.asked_by_team:
        raise Refused("not-independent", "Somebody of another team than the asker’s must decide.")
    act = "release:grant_document" if granted else "release:refuse_document"
    with acting(replace(authority, act=act), person=row.person):
        one_at_a_time(row.document)
        if DocumentReleaseDecisionRow.objects.filter(release=release).exists():
            raise Refused("decided", "This has been decided already.")
        DocumentReleaseDecisionRow.objects.create(
            release=release, granted=granted, asked_by=row.asked_by, by=UUID(viewer.actor.practitioner),
            by_name=viewer.actor.name, why=why.strip(), at=now,
            until=now + timedelta(hours=row.hours) if granted else now,
        )  # fmt: skip
        return next(r for r in releases_of_document(row.document) if r.id == release)


def let_out(*, document: UUID, digest: str, at: datetime) -> frozenset[UUID]:
    """The shields whose places may leave in this document at this moment; only inside `acting`."""
    live = _live(document, digest, at)
    return frozenset(DocumentReleaseShieldRow.objects.filter(release__in=live).values_list("shield", flat=True))


def spend(*, document: UUID, digest: str, at: datetime) -> None:
    """The document leaves: its releases have served. In the transaction in which it does; only inside `acting`."""
    insert_all(DocumentReleaseUsedRow(release=r, at=at) for r in _live(document, digest, at))


def releases_of_document(document: UUID) -> list[DocumentRelease]:
    """Every asking for a document, the latest first."""
    return _cards(DocumentReleaseRow.objects.filter(document=document))


def document_releases_to_decide() -> list[DocumentRelease]:
    """Askings shown to the reader that nobody has decided, the latest first; call inside `viewing`."""
    decided = DocumentReleaseDecisionRow.objects.values("release")
    return _cards(DocumentReleaseRow.objects.exclude(id__in=decided))


def document_releases_of(person: UUID) -> list[DocumentRelease]:
    """Every asking about a child, the latest first, for the ledger."""
    return _cards(DocumentReleaseRow.objects.filter(person=person))


def document_release(release: UUID) -> DocumentRelease | None:
    """One asking; None where the reader may not see it or there is none."""
    return next(iter(_cards(DocumentReleaseRow.objects.filter(id=release))), None)


def _named_in(document: UUID) -> list[UUID]:
    named = DocumentShieldRow.objects.filter(document=document).values("shield")
    live = ShieldRow.objects.filter(id__in=named, shieldendrow__isnull=True)
    return sorted(live.values_list("id", flat=True))


def _live(document: UUID, digest: str, at: datetime) -> list[UUID]:
    granted = DocumentReleaseDecisionRow.objects.filter(granted=True, until__gt=at).values("release")
    used = DocumentReleaseUsedRow.objects.values("release")
    rows = DocumentReleaseRow.objects.filter(document=document, digest=digest, id__in=granted).exclude(id__in=used)
    return sorted(rows.values_list("id", flat=True))


def _cards(rows: Iterable[DocumentReleaseRow]) -> list[DocumentRelease]:
    found = sorted(rows, key=lambda row: (row.asked_at, row.id), reverse=True)
    ids = [row.id for row in found]
    decided = {row.release: row for row in DocumentReleaseDecisionRow.objects.filter(release__in=ids)}
    used = dict(DocumentReleaseUsedRow.objects.filter(release__in=ids).values_list("release", "at"))
    return [_card(row, decided.get(row.id), used.get(row.id)) for row in found]


def _card(
    row: DocumentReleaseRow, decided: DocumentReleaseDecisionRow | None, used: datetime | None
) -> DocumentRelease:
    end = (decided.granted, decided.by_name, decided.why, decided.at, decided.until) if decided else ()
    card = DocumentRelease(
        row.id, row.person, row.document, row.why, row.hours, row.asked_by, row.asked_by_name, row.asked_by_team,
        row.asked_at, *end,
    )  # fmt: skip
    return replace(card, used_at=used)
