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


_COLUMNS = """(entry).id, (entry).kind, (entry).occurred, (entry).occurred_precision, (entry).recorded, (entry).agency,
  (entry).author_role, (entry).summary, (entry).details, (entry).source, (entry).source_system, (entry).source_key,
  (entry).supersedes, about, receipts"""
# The engine reads the tables. A viewer reads what is theirs of them by one function that decides once for a whole set:
# row-level security, which decides alike for every other query, would ask its question again of each row (ADR 0020).
_SHOWN = f"SELECT {_COLUMNS} FROM access_read(%(ids)s, %(identities)s)"
_ALL = f"""SELECT {_COLUMNS} FROM (
  SELECT e AS entry,
    (SELECT json_agg(json_build_array(a.identity, a.role) ORDER BY a.position)
      FROM record_about a WHERE a.entry_id = e.id) AS about,
    (SELECT json_agg(json_build_array(r.agency, r.event, r.at) ORDER BY r.position, r.id)
      FROM record_receipt r WHERE r.entry_id = e.id) AS receipts
  FROM record_entry e WHERE e.id = ANY (%(ids)s || ARRAY(
    SELECT a.entry_id FROM record_about a WHERE a.identity = ANY (%(identities)s))) ORDER BY e.id) AS read"""


def entries_about(identities: Sequence[UUID]) -> list[StoredEntry]:
    """Every entry that the reader may see about any of these identities, in order of writing."""
    return _read(ids=[], identities=list(identities))


def entries_by_id(ids: Iterable[UUID]) -> list[StoredEntry]:
    """The entries with these ids that the reader may see, in order of writing."""
    return _read(ids=list(ids), identities=[])


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


def _read(*, ids: list[UUID], identities: list[UUID]) -> list[StoredEntry]:
    """The entries of these ids and identities, each given as one array: hundreds of placeholders cost more."""
    engine = engine_is_acting()
    with connections["engine" if engine else "default"].cursor() as cursor:
        cursor.execute(_ALL if engine else _SHOWN, {"ids": ids, "identities": identities})
        return [_stored(row) for row in cursor.fetchall()]


def _stored(row: tuple[Any, ...]) -> StoredEntry:
    key, kind, occurred_text, precision, recorded_text, agency, author_role, summary, details, source = row[:10]
    source_system, source_key, supersedes, people, passed = row[10:]
    about = tuple((UUID(identity), AboutRole(role)) for identity, role in people or ())
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
        receipts=tuple(
            Receipt(a, ReceiptEvent(event), When.parse(at) if at else None) for a, event, at in passed or ()
        ),
        source=source,
        supersedes=str(supersedes) if supersedes else None,
    )
    return StoredEntry(entry, about, source_system, source_key)
