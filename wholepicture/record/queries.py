"""Reads of the record. Row-level security decides what a viewer gets; callers stand inside `access.viewing`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Q

from wholepicture.access.engine import engine_is_acting
from wholepicture.foundation.when import When
from wholepicture.record.models import EntryRow, SourceRow
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as stored, its people still identities, with where it came from."""

    entry: Entry
    about: tuple[tuple[UUID, AboutRole], ...]
    source_system: str
    source_key: str


_ENTRIES = """SELECT id, kind, occurred, occurred_precision, recorded, agency, author_role, summary, details, source,
  source_system, source_key, supersedes FROM {} ORDER BY id"""
_ABOUT = "SELECT entry_id, identity, role FROM {} ORDER BY entry_id, position"
_RECEIPTS = "SELECT entry_id, agency, event, at FROM {} ORDER BY entry_id, position, id"
_ENTRIES_OF = "SELECT DISTINCT entry_id FROM {}"
# The engine reads the tables. A viewer reads what is theirs of them by functions that decide once for a whole set:
# row-level security, which decides alike for every other query, would ask its question again of each row (ADR 0020).
_PLACES = {
    _ENTRIES: ("record_entry WHERE id = ANY(%s)", "access_read_entries(%s)"),
    _ABOUT: ("record_about WHERE entry_id = ANY(%s)", "access_read_about(%s)"),
    _RECEIPTS: ("record_receipt WHERE entry_id = ANY(%s)", "access_read_receipts(%s)"),
    _ENTRIES_OF: ("record_about WHERE identity = ANY(%s)", "access_entries_of(%s) AS entry_id"),
}


def entries_about(identities: Sequence[UUID]) -> list[StoredEntry]:
    """Every entry that the reader may see about any of these identities, in order of writing."""
    return entries_by_id([row[0] for row in _rows(_ENTRIES_OF, list(identities))])


def entries_by_id(ids: Iterable[UUID]) -> list[StoredEntry]:
    """The entries with these ids that the reader may see, in order of writing."""
    wanted = list(ids)
    about: dict[UUID, list[tuple[UUID, AboutRole]]] = defaultdict(list)
    for entry, identity, role in _rows(_ABOUT, wanted):
        about[entry].append((identity, AboutRole(role)))
    receipts: dict[UUID, list[Receipt]] = defaultdict(list)
    for entry, agency, event, at in _rows(_RECEIPTS, wanted):
        receipts[entry].append(Receipt(agency, ReceiptEvent(event), When.parse(at) if at else None))
    return [_stored(row, about[row[0]], receipts[row[0]]) for row in _rows(_ENTRIES, wanted)]


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


def _rows(query: str, ids: list[UUID]) -> list[tuple[Any, ...]]:
    """Rows of a query by ids, given as one array: hundreds of placeholders cost more than the reading."""
    engine = engine_is_acting()
    tables, shown = _PLACES[query]
    with connections["engine" if engine else "default"].cursor() as cursor:
        cursor.execute(query.format(tables if engine else shown), [ids])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _stored(row: tuple[Any, ...], about: Sequence[tuple[UUID, AboutRole]], receipts: Sequence[Receipt]) -> StoredEntry:
    key, kind, occurred_text, precision, recorded_text, agency, author_role, summary, details, source = row[:10]
    source_system, source_key, supersedes = row[10:]
    occurred = When.parse(occurred_text, precision)
    entry = Entry(
        id=str(key),
        kind=kind,
        occurred=occurred,
        # Where both texts agree it was written down when it happened, to whatever precision that is known.
        recorded=occurred if recorded_text == occurred_text else When.parse(recorded_text),
        agency=agency,
        author_role=author_role,
        about=tuple(About(str(identity), role) for identity, role in about),
        summary=summary,
        details=json.loads(details),
        receipts=tuple(receipts),
        source=source,
        supersedes=str(supersedes) if supersedes else None,
    )
    return StoredEntry(entry, tuple(about), source_system, source_key)
