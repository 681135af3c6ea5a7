"""A release for one document on its way out: asked where it stops for a kept place, decided by another team."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from wholepicture.access.operations import acting, authorise
from wholepicture.access.roles import ROLES, Permission
from wholepicture.casework.disclosure.loading import events_of, stops_found
from wholepicture.casework.disclosure.models import DisclosedDocumentRow, DisclosureRow
from wholepicture.casework.disclosure.operations import searched_again
from wholepicture.casework.disclosure.rules import REMEDIES, state_of
from wholepicture.casework.disclosure.types import Approver, Opens
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.documents import ask_for_document, decide_document


def ask_release(*, viewer: Viewer, child: UUID, disclosure: UUID, why: str, hours: int, now: datetime) -> UUID:
    """Ask that a document which was stopped for a kept place may leave with it; returns the asking.

    By the team that made it. Raises Refused where it did not stop for that.
    """
    purpose = ROLES[viewer.actor.role].purpose
    authority = authorise(viewer, permission=Permission.SHARE, purpose=purpose, now=now, people=[child])
    with acting(replace(authority, act="release:find_document"), person=child):
        row = DisclosureRow.objects.filter(id=disclosure, child=child, by_team=viewer.actor.team).first()
        if row is None:
            raise Refused("absent", "There is nothing here of that.")
        stopped = state_of(events_of(row.id)) == "stopped"
        if not stopped or not any(REMEDIES[s.code].approver is Approver.RELEASE for s in stops_found(row.id)):
            raise Refused("state", "It did not stop for a place that is kept.")
        digest = DisclosedDocumentRow.objects.get(disclosure=row).digest
    return ask_for_document(
        viewer=viewer, person=child, document=disclosure, digest=digest, why=why, hours=hours, now=now
    )


def decide_release(*, viewer: Viewer, release: UUID, granted: bool, why: str, opens: Opens, now: datetime) -> None:
    """Let what shields keep leave in this one document, or not; then it is searched again for what else stops it."""
    purpose = ROLES[viewer.actor.role].purpose
    authority = authorise(viewer, permission=Permission.RELEASE_ADDRESS, purpose=purpose, now=now)
    with acting(replace(authority, act="release:decide_document")):
        decided = decide_document(viewer=viewer, release=release, granted=granted, why=why, now=now)
        if granted:
            searched_again(
                authority=authority, child=decided.person, disclosure=decided.document, opens=opens, why=why, now=now
            )
