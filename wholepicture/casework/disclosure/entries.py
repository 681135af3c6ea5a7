"""What this process writes on the record, where signals read it; the matter itself stays on the ledger (S56)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wholepicture.access.roles import ROLES
from wholepicture.casework.disclosure.facts import LEDGER
from wholepicture.casework.disclosure.models import DisclosureRow, InformationRequestRow
from wholepicture.casework.disclosure.types import RecipientKind
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.queries import identities_of
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.queries import entries_about
from wholepicture.record.types import NEVER, AboutRole
from wholepicture.signals.operations import refresh
from wholepicture.signals.rules.s56_disclosure_risk import STOPPED


def stopped_entry(authority: Authority, row: DisclosureRow, now: datetime) -> None:
    """A letter that was stopped before it left: never received. Neither the place nor the person is named."""
    to = "parent" if row.recipient_kind == RecipientKind.FAMILY.value else "agency"
    _write(
        authority, row.child, "letter", now,
        "A document was stopped before it left. Why, and who may let it go, is on the ledger of disclosures.",
        {"to": to, "about": STOPPED, "received": NEVER}, key=f"stopped {row.id}",
    )  # fmt: skip


def settled_entry(authority: Authority, row: DisclosureRow, how: str, now: datetime) -> None:
    """That what was stopped was approved by somebody else, was not, or was withdrawn; it answers what stopped it."""
    _write(
        authority, row.child, "note", now,
        f"The document that was stopped was {how}, with reasons on the ledger of disclosures.",
        {"answers": _keyed(row.child, f"stopped {row.id}")}, key="",
    )  # fmt: skip


def asked_entry(authority: Authority, row_id: UUID, child: UUID, asker: str, due: str, now: datetime) -> UUID:
    """That somebody outside asked us for information."""
    return _write(
        authority, child, "information_request", now, f"{asker} asked for information, by {due}.",
        {"to": authority.actor.agency}, key=f"asked {row_id}",
    )  # fmt: skip


def refused_entry(
    authority: Authority, row: DisclosureRow, request: InformationRequestRow | None, now: datetime
) -> None:
    """That information was refused: a request that is never answered, until its review says otherwise."""
    details: dict[str, object] = {"to": authority.actor.agency, "answered": NEVER}
    if request is not None:
        details["answers"] = [str(request.entry_id)]
    who = ROLES[row.recipient_role].name if row.recipient_role in ROLES else row.recipient_role or row.recipient_kind
    _write(
        authority, row.child, "information_request", now,
        f"Information was refused to: {who}. "
        "The reason and its review are on the ledger of disclosures.", details, key=f"refused {row.id}",
    )  # fmt: skip


def reviewed_entry(authority: Authority, row: DisclosureRow, *, upheld: bool, now: datetime) -> None:
    """That somebody else reviewed a refusal; it answers the refusal."""
    _write(
        authority, row.child, "note", now,
        f"The refusal of information was reviewed and {'upheld' if upheld else 'overturned'}.",
        {"answers": _keyed(row.child, f"refused {row.id}")}, key="",
    )  # fmt: skip


def answered_entry(authority: Authority, child: UUID, request: InformationRequestRow, now: datetime) -> None:
    """That a request was answered by a share."""
    _write(
        authority, child, "note", now, "The request for information was answered: see the ledger of disclosures.",
        {"answers": [str(request.entry_id)]}, key="",
    )  # fmt: skip


def _keyed(child: UUID, key: str) -> list[str]:
    """The entries about the child that this process wrote under a key, the latest too where it stopped again."""
    return [s.entry.id for s in entries_about(identities_of(child)) if s.source_key.startswith(key)]


def _write(
    authority: Authority, child: UUID, kind: str, now: datetime, summary: str, details: dict[str, object], *, key: str
) -> UUID:
    entry = NewEntry(
        kind=kind,
        occurred=When.at(now),
        recorded=When.at(now),
        agency=authority.actor.agency,
        author_role=authority.actor.role.replace("_", " "),
        about=((identities_of(child)[0], AboutRole.SUBJECT),),
        summary=summary,
        details=details,
        source=LEDGER,
        source_key=f"{key} {new_id()}" if key else "",
    )
    written = add_entry(authority=authority, entry=entry)
    refresh(authority=authority, people=[child], today=now.astimezone(ENGLAND).date())
    return written
