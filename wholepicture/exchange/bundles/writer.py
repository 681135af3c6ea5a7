"""Writes a bundle back as files: every cell as it was stated, so that export of an imported bundle equals it.

A bundle is data, not a spreadsheet to open: cells that begin with = + - or @ are kept as they are. The chronology
that people download escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from wholepicture.exchange.bundles.types import BUNDLE, FILES, Bundle, Table, with_source

_QUOTED = frozenset('",\r\n')


def bundle_files(bundle: Bundle, name: str) -> dict[str, bytes]:
    """The bundle's files and their bytes, for a folder of that name.

    Where the source system was the folder's name and this folder has another, bundle.csv states it: it identifies
    the entries for ever.
    """
    tables = {BUNDLE: _meta_table(bundle, name), **bundle.tables}
    found = {file: tables.get(file) for file in FILES}
    return {file: table_bytes(table) for file, table in found.items() if table is not None}


def write_bundle(bundle: Bundle, folder: Path) -> None:
    """Write the bundle into a folder, which is made where there is none and may hold nothing yet.

    Raises FileExistsError where the folder holds something: nothing is ever overwritten or mixed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; choose a new folder")
    for file, data in bundle_files(bundle, folder.resolve().name).items():
        (folder / file).write_bytes(data)


def table_bytes(table: Table) -> bytes:
    """One file as RFC 4180 CSV in UTF-8, with `\\n` after each row and quotes only where a cell needs them."""
    rows = (tuple(row.cells[column] for column in table.header) for row in table.rows)
    return _lines((table.header, *rows))


def csv_table(file: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows given by column name, in the file's usual order of columns; absent cells are blank."""
    columns = FILES[file].columns
    cells = (tuple(row.get(column, "") for column in columns) for row in rows)
    return _lines((columns, *cells))


def _lines(rows: Iterable[tuple[str, ...]]) -> bytes:
    return "".join(f"{','.join(_cell(cell) for cell in row)}\n" for row in rows).encode()


def _cell(cell: str) -> str:
    if _QUOTED.isdisjoint(cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _meta_table(bundle: Bundle, name: str) -> Table | None:
    """The stated bundle.csv, with the source system added where the folder's name no longer says it."""
    if bundle.source_system == name:
        return bundle.stated_meta
    return with_source(bundle.stated_meta, bundle.source_system)
