"""Bringing a bundle in, and taking one out: whole or not at all, and never the same thing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from wholepicture.access.operations import acting, involve
from wholepicture.exchange.bundles.comparing import compare_with_stored
from wholepicture.exchange.bundles.reader import read_bundle_files
from wholepicture.exchange.bundles.restating import record_files
from wholepicture.exchange.bundles.types import (
    BUNDLE,
    CHRONOLOGY,
    FILES,
    IDENTITIES,
    PEOPLE,
    RELATIONSHIPS,
    Bundle,
    Row,
    Table,
    with_source,
)
from wholepicture.exchange.bundles.writer import table_bytes
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.queries import family_of
from wholepicture.people.storing import (
    SourceKeys,
    store_aliases,
    store_chronology,
    store_people,
    store_ties,
    stored_keys,
)
from wholepicture.record.operations import keep_source_rows
from wholepicture.record.queries import source_digests, source_rows
from wholepicture.signals.operations import refresh

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows stored now, rows that were stored already, and the people of the bundle."""

    source_system: str
    stored: int
    same: int
    people: Mapping[str, UUID]


def import_bundle(*, authority: Authority, bundle: Bundle, now: datetime, teams: Sequence[str] = ()) -> Imported:
    """Store what is new in the bundle, raise its signals, and involve the teams that brought it in.

    Raises BundleErrors naming every row that contradicts what is stored; then nothing is stored at all.
    """
    with acting(authority):
        comparison = compare_with_stored(bundle, source_digests(bundle.source_system))
        keys = stored_keys(bundle.source_system)
        _store(bundle, comparison.new, keys, now)
        people = list(keys.person.values())
        if comparison.new:
            for team in teams:
                involve(authority=authority, team=team, people=people, ground="brought the record in", since=now)
            refresh(authority=authority, people=people, today=now.astimezone(ENGLAND).date())
    return Imported(bundle.source_system, len(comparison.new), comparison.same, keys.person)


def _store(bundle: Bundle, new: Sequence[tuple[str, Row]], keys: SourceKeys, now: datetime) -> None:
    keep_source_rows(
        source_system=bundle.source_system,
        rows=((row.file, key, row.digest, row.cells) for key, row in new),
    )
    ground = f"stated by {bundle.source_system}"
    record = bundle.record
    lines = {(row.file, row.line) for _, row in new}
    fresh = {row.stated("person") for _, row in new if row.file == PEOPLE}
    store_people(keys=keys, people=[p for p in record.people.values() if p.key in fresh], decided=now, ground=ground)
    aliases = _new_of(record.identities, bundle, IDENTITIES, lines)
    store_aliases(keys=keys, aliases=aliases, decided=now, ground=ground)
    store_ties(keys=keys, relationships=_new_of(record.relationships, bundle, RELATIONSHIPS, lines))
    written = {row.stated("entry_id") for _, row in new if row.file == CHRONOLOGY}
    store_chronology(keys=keys, entries=[e for e in record.entries if e.id in written])


def _new_of(values: Sequence[_T], bundle: Bundle, file: str, lines: set[tuple[str, int]]) -> list[_T]:
    """The values whose rows are new; values and rows of a file stand in the same order."""
    table = bundle.tables.get(file)
    rows = table.rows if table else ()
    return [v for v, row in zip(values, rows, strict=True) if (row.file, row.line) in lines]


def export_source(source_system: str) -> dict[str, bytes]:
    """The files of a bundle that was brought in, every cell as it came; only inside `acting`."""
    rows = source_rows(source_system)
    if not rows:
        raise Refused("unknown-source", f"No bundle of the source system “{source_system}” has been brought in.")
    tables = {file: _table(file, cells) for file, cells in rows.items()}
    for file in (PEOPLE, CHRONOLOGY):  # a bundle has both, though one may hold no row
        tables.setdefault(file, Table(file, FILES[file].columns, ()))
    tables[BUNDLE] = with_source(tables.get(BUNDLE), source_system)
    return {file: table_bytes(table) for file, table in tables.items()}


def _table(file: str, rows: Sequence[Mapping[str, str]]) -> Table:
    """The rows as a table whose header holds every column that any of them came with."""
    header = tuple(dict.fromkeys(column for cells in rows for column in cells))
    blank = dict.fromkeys(header, "")
    return Table(file, header, tuple(Row(file, n, {**blank, **cells}) for n, cells in enumerate(rows, start=2)))


def export_family(person: UUID) -> dict[str, bytes]:
    """The files of a person's whole family record as the reader may see it; inside `viewing` or `acting`."""
    return record_files(family_of([person]))


def bundle_of_source(source_system: str) -> Bundle:
    """A stored bundle as a value; only inside `acting`."""
    return read_bundle_files(export_source(source_system), source_system)
