"""Writes to the record: an entry with its people and receipts, a receipt later on, a correction that supersedes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.record.kinds import KINDS
from wholepicture.record.models import AboutRow, EntryRow, ReceiptRow, SourceRow
from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent
from wholepicture.record.validation import check_details

OURS = "whole-picture"  # the source system of entries written here


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an agency wishes to write down; `about` are identities as that agency knows the people."""

    kind: str
    occurred: When
    recorded: When
    agency: str
    author_role: str
    about: tuple[tuple[UUID, AboutRole], ...]
    summary: str
    details: Mapping[str, object] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    source: str = ""
    supersedes: UUID | None = None
    source_system: str = OURS
    source_key: str = ""
    id: UUID | None = None


class _Anyone:
    """Ids inside the details of our own forms were chosen from the record, so each is somebody."""

    def __contains__(self, key: object) -> bool:
        return True


def add_entry(*, authority: Authority, entry: NewEntry) -> UUID:
    """Write one entry, its people and its receipts; refuses an unknown kind, wrong details or an entry about nobody."""
    _check(entry)
    with acting(authority):
        return store_entries(entries=[entry], author=author_of(authority))[0]


def add_receipt(*, authority: Authority, entry: UUID, agency: str, event: ReceiptEvent, at: datetime) -> None:
    """Stamp what happened to an entry at an agency, and when; nothing is stamped over (R7)."""
    when = When.at(at)
    with acting(authority, entry=entry):
        ReceiptRow.objects.create(
            entry_id=entry,
            agency=agency,
            event=event.value,
            at=when.stated,
            at_start=when.start,
            at_moment=when.moment,
            by=author_of(authority),
        )


def correct_entry(*, authority: Authority, correction: NewEntry) -> UUID:
    """Write an entry that supersedes another; both stay readable. Refuses one that is already superseded."""
    if correction.supersedes is None:
        raise Refused("correction", "A correction names the entry that it supersedes.")
    with acting(authority, entry=correction.supersedes):
        if EntryRow.objects.filter(supersedes=correction.supersedes).exists():
            raise Refused("superseded", "This entry has already been corrected. Correct the later one.")
        return add_entry(authority=authority, entry=correction)


def store_entries(*, entries: Sequence[NewEntry], author: UUID | None = None) -> list[UUID]:
    """Store checked entries at once, in order; only inside `acting`."""
    rows = [_row(e, author) for e in entries]
    insert_all(rows)
    insert_all(
        (
            AboutRow(entry_id=row.id, identity=identity, role=role.value, position=n)
            for row, entry in zip(rows, entries, strict=True)
            for n, (identity, role) in enumerate(entry.about)
        )
    )
    insert_all(
        (
            _receipt(row.id, n, receipt)
            for row, entry in zip(rows, entries, strict=True)
            for n, receipt in enumerate(entry.receipts)
        )
    )
    return [row.id for row in rows]


def keep_source_rows(*, source_system: str, rows: Iterable[tuple[str, str, str, Mapping[str, str]]]) -> None:
    """Keep rows (file, key, digest, cells) as they came; only inside `acting`."""
    start = SourceRow.objects.filter(source_system=source_system).count()
    insert_all(
        (
            SourceRow(
                source_system=source_system,
                file=file,
                key=key,
                digest=digest,
                cells=json.dumps(dict(cells), ensure_ascii=False),
                position=start + n,
            )
            for n, (file, key, digest, cells) in enumerate(rows)
        )
    )


def author_of(authority: Authority) -> UUID | None:
    """The practitioner who acts; None where the system does."""
    return UUID(authority.actor.practitioner) if authority.actor.practitioner else None


def _check(entry: NewEntry) -> None:
    if entry.kind not in KINDS:
        raise Refused("kind", f"“{entry.kind}” is not a kind of entry.")
    if not entry.about:
        raise Refused("about-nobody", "Say whom this is about: an entry names at least one person.")
    problems = check_details(entry.kind, entry.details, _Anyone(), _Anyone())
    if problems:
        raise Refused("details", "; ".join(str(p) for p in problems))


def _row(entry: NewEntry, author: UUID | None) -> EntryRow:
    row_id = entry.id or new_id()
    occurred, recorded = entry.occurred, entry.recorded
    return EntryRow(
        id=row_id,
        kind=entry.kind,
        occurred=occurred.stated,
        occurred_precision=occurred.precision.value,
        occurred_start=occurred.start,
        occurred_earliest=occurred.earliest,
        occurred_latest=occurred.latest,
        occurred_moment=occurred.moment,
        recorded=recorded.stated,
        recorded_start=recorded.start,
        recorded_moment=recorded.moment,
        agency=entry.agency,
        author_role=entry.author_role,
        author=author,
        summary=entry.summary,
        details=json.dumps(dict(entry.details), ensure_ascii=False),
        source=entry.source,
        source_system=entry.source_system,
        source_key=entry.source_key or str(row_id),
        supersedes=entry.supersedes,
    )


def _receipt(entry: UUID, position: int, receipt: Receipt) -> ReceiptRow:
    at = receipt.at
    return ReceiptRow(
        entry_id=entry,
        agency=receipt.agency,
        event=receipt.event.value,
        at=at.stated if at else "",
        at_start=at.start if at else None,
        at_moment=at.moment if at else None,
        position=position,
    )
