"""A bundle as a frozen value: the family's record, what a review expects, and every cell as it was stated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from wholepicture.people.types import FamilyRecord
from wholepicture.signals.types import Expectation


@dataclass(frozen=True, slots=True)
class FileSpec:
    """A file of the bundle: its columns in the usual order, those it cannot do without, and what identifies a row."""

    name: str
    columns: tuple[str, ...]
    needed: frozenset[str]
    key: tuple[str, ...]
    required: bool = False

    @property
    def has_id(self) -> bool:
        """Whether one column alone identifies a row, so that it may not stand twice."""
        return len(self.key) == 1


def _spec(name: str, columns: str, needed: str, key: str, required: bool = False) -> FileSpec:
    return FileSpec(name, tuple(columns.split()), frozenset(needed.split()), tuple(key.split()), required)


BUNDLE: Final = "bundle.csv"
PEOPLE: Final = "people.csv"
IDENTITIES: Final = "identities.csv"
RELATIONSHIPS: Final = "relationships.csv"
CHRONOLOGY: Final = "chronology.csv"
EXPECT: Final = "expect.csv"

_IDENTITY_COLUMNS: Final = "person agency given_name family_name born sex nhs_number upn reference from to"

FILES: Final[dict[str, FileSpec]] = {
    spec.name: spec
    for spec in (
        _spec(BUNDLE, "key value", "key value", "key"),
        _spec(
            PEOPLE,
            "person type sex born died born_known died_known given_name family_name nhs_number upn language "
            "interpreter gestation_weeks",
            "person type",
            "person",
            required=True,
        ),
        _spec(IDENTITIES, _IDENTITY_COLUMNS, "person agency", _IDENTITY_COLUMNS),
        _spec(
            RELATIONSHIPS,
            "person relation other from to lives_with known_from source",
            "person relation other",
            "person relation other from",
        ),
        _spec(
            CHRONOLOGY,
            "entry_id occurred precision recorded agency author_role kind about summary details shared source",
            "entry_id occurred agency kind about",
            "entry_id",
            required=True,
        ),
        _spec(
            EXPECT,
            "expect_id by person concern must_not why source from entries",
            "expect_id by person concern",
            "expect_id",
        ),
    )
}

BUNDLE_KEYS: Final = ("title", "source_system", "area", "licence", "note")


@dataclass(frozen=True)
class Row:
    """One row with its cells exactly as stated, in the order of the file's header."""

    file: str
    line: int = field(compare=False)
    cells: Mapping[str, str]
    ragged: bool = field(default=False, compare=False)

    def stated(self, column: str) -> str:
        """The cell without surrounding blanks; empty where it is blank or the file has no such column."""
        return self.cells.get(column, "").strip()

    @cached_property
    def key(self) -> str:
        """What identifies the row within its file: its id, or for a file without ids the cells that tell rows apart."""
        return " | ".join(self.stated(column) for column in FILES[self.file].key)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the row states; the order of columns, absent columns and blank cells make no difference."""
        return row_digest(self.cells)


def row_digest(cells: Mapping[str, str]) -> str:
    """SHA-256 (hex) of the cells that are not blank, by column name."""
    stated = sorted((column, cell) for column, cell in cells.items() if cell.strip())
    return hashlib.sha256(json.dumps(stated, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Table:
    """A file's header and rows in their order."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Bundle:
    """One family's history as somebody stated it.

    `source_system` with an entry's id identifies the entry for ever. `meta` holds the stated rows of bundle.csv with
    the source system filled in. `notices` are things worth a look that are no reason to refuse. Two bundles are equal
    when they state the same: the folder's name, line numbers and whether bundle.csv spelt out a default do not count.
    """

    record: FamilyRecord
    expectations: tuple[Expectation, ...]
    source_system: str
    tables: Mapping[str, Table]
    name: str = field(default="", compare=False)
    stated_meta: Table | None = field(default=None, compare=False)
    notices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def area(self) -> str:
        """The local authority where the family's record is kept; blank where it is not stated."""
        return self.record.area

    @property
    def meta(self) -> Mapping[str, str]:
        """Title, source system, area, licence and note, as stated."""
        return self.record.meta

    def keyed_rows(self) -> Iterator[tuple[str, Row]]:
        """Every row of every file, each with a key unique in its file: rows stated twice are numbered."""
        for table in (*filter(None, [self.stated_meta]), *self.tables.values()):
            seen: dict[str, int] = {}
            for row in table.rows:
                count = seen[row.key] = seen.get(row.key, 0) + 1
                yield (row.key if count == 1 else f"{row.key} #{count}"), row


def with_source(table: Table | None, source_system: str) -> Table:
    """The rows of bundle.csv with the source system among them."""
    rows = table.rows if table is not None else ()
    if any(row.stated("key") == "source_system" and row.stated("value") for row in rows):
        return Table(BUNDLE, table.header if table is not None else (), rows)
    kept = tuple(row for row in rows if row.stated("key") != "source_system")
    added = Row(BUNDLE, len(kept) + 2, {"key": "source_system", "value": source_system})
    return Table(BUNDLE, table.header if table is not None else FILES[BUNDLE].columns, (*kept, added))
