"""Reads of the record. Row-level security decides what a viewer gets; callers stand inside `access.viewing`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from wholepicture.foundation.when import When
from wholepicture.record.models import AboutRow, EntryRow, ReceiptRow, SourceRow
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as stored, its people still identities, with where it came from."""

    entry: Entry
    about: tuple[tuple[UUID, AboutRole], ...]
    source_system: str
    source_key: str


_FIELDS = (
    "id", "kind", "occurred", "occurred_precision", "recorded", "agency", "author_role", "summary", "details", "source",
    "source_system", "source_key", "supersedes",
)  # fmt: skip


def entries_about(identities: Sequence[UUID]) -> list[StoredEntry]:
    """Every entry that the reader may see about any of these identities, in order of writing."""
    ids = AboutRow.objects.filter(identity__in=list(identities)).values_list("entry_id", flat=True)
    return entries_by_id(set(ids))


def entries_by_id(ids: Iterable[UUID]) -> list[StoredEntry]:
    """The entries with these ids that the reader may see, in order of writing."""
    wanted = list(ids)
    rows = list(EntryRow.objects.filter(id__in=wanted).order_by("id").values_list(*_FIELDS))
    about: dict[UUID, list[tuple[UUID, AboutRole]]] = defaultdict(list)
    for entry, identity, role in (
        AboutRow.objects.filter(entry_id__in=wanted).order_by("position").values_list("entry_id", "identity", "role")
    ):
        about[entry].append((identity, AboutRole(role)))
    receipts = _receipts(wanted)
    return [_stored(row, tuple(about[row[0]]), tuple(receipts[row[0]])) for row in rows]


def known_to(agency: str, day: date, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these entries that agency held on that day: its own, or received by then. One query (principle 3)."""
    own = Q(agency=agency, recorded_start__lte=day)
    shared = Q(receipts__agency=agency, receipts__event="received", receipts__at_start__lte=day)
    return set(EntryRow.objects.filter(id__in=list(ids)).filter(own | shared).values_list("id", flat=True))


def source_digests(source_system: str) -> dict[tuple[str, str], str]:
    """The digest of every row kept of a bundle, by file and key."""
    rows = SourceRow.objects.filter(source_system=source_system).values_list("file", "key", "digest")
    return {(file, key): digest for file, key, digest in rows}


def source_rows(source_system: str) -> dict[str, list[Mapping[str, str]]]:
    """The cells of every row kept of a bundle, by file, in the order in which they came."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    rows = SourceRow.objects.filter(source_system=source_system).order_by("position").values_list("file", "cells")
    for file, cells in rows:
        found[file].append(json.loads(cells))
    return dict(found)


def source_systems() -> list[str]:
    """Every bundle that was brought in."""
    return sorted(SourceRow.objects.values_list("source_system", flat=True).distinct())


def _receipts(ids: Sequence[UUID]) -> dict[UUID, list[Receipt]]:
    found: dict[UUID, list[Receipt]] = defaultdict(list)
    rows = ReceiptRow.objects.filter(entry_id__in=list(ids)).order_by("entry_id", "position", "id")
    for entry, agency, event, at in rows.values_list("entry_id", "agency", "event", "at"):
        found[entry].append(Receipt(agency, ReceiptEvent(event), When.parse(at) if at else None))
    return found


def _stored(
    row: tuple[object, ...], about: tuple[tuple[UUID, AboutRole], ...], receipts: tuple[Receipt, ...]
) -> StoredEntry:
    f = dict(zip(_FIELDS, row, strict=True))
    occurred = When.parse(str(f["occurred"]), str(f["occurred_precision"]))
    # Written down when it happened, to whatever precision that is known.
    recorded = occurred if f["recorded"] == f["occurred"] else When.parse(str(f["recorded"]))
    entry = Entry(
        id=str(f["id"]),
        kind=str(f["kind"]),
        occurred=occurred,
        recorded=recorded,
        agency=str(f["agency"]),
        author_role=str(f["author_role"]),
        about=tuple(About(str(identity), role) for identity, role in about),
        summary=str(f["summary"]),
        details=json.loads(str(f["details"])),
        receipts=receipts,
        source=str(f["source"]),
        supersedes=str(f["supersedes"]) if f["supersedes"] else None,
    )
    return StoredEntry(entry, about, str(f["source_system"]), str(f["source_key"]))
