"""From the bytes of one CSV file (RFC 4180, UTF-8) to its rows, with everything wrong in encoding, header and shape."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from wholepicture.exchange.bundles.errors import Problem
from wholepicture.exchange.bundles.types import FileSpec, Row, Table
from wholepicture.record.kinds_fields import either

MAX_BYTES: Final = 20_000_000  # one family's history is far below this; the largest published review is 60 kB

_OTHER_ENCODINGS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_MARKS: Final = {";": "semicolons", "\t": "tabs"}
_REMEDY: Final = "expected UTF-8 (in a spreadsheet, save as “CSV UTF-8”)"


@dataclass
class Lexed:
    """A file as read so far: `whole` says whether every row could be read, so that its keys are all known."""

    table: Table
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True


@dataclass
class _Lines:
    """Rows of cells, each with the line on which it starts."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    broken: tuple[int, str] | None = None


def lex(spec: FileSpec, data: bytes) -> Lexed:
    """Read one file; problems name the column where one can be told."""
    found = Lexed(Table(spec.name, (), ()))
    text = _text(spec.name, data, found)
    if text is None:
        found.whole = False
        return found
    lines = _lines(text)
    if lines.broken is not None:
        line, message = lines.broken
        found.problems.append(Problem(spec.name, line, "row", message))
        found.whole = False
    if not lines.rows:
        expected = f"expected a header row with {either(spec.columns)}"
        found.problems.append(Problem(spec.name, 1, "header", f"the file is empty; {expected}"))
        found.whole = False
        return found
    line, cells = lines.rows[0]
    header = tuple(cell.strip() for cell in cells)
    mark = next((name for mark, name in _OTHER_MARKS.items() if len(cells) == 1 and mark in cells[0]), None)
    if mark is not None:
        found.problems.append(Problem(spec.name, line, "header", f"the cells are parted by {mark}; expected commas"))
        found.whole = False
        return found
    found.problems += _header_problems(spec, line, header)
    rows = tuple(_rows(spec.name, header, lines.rows[1:], found.problems))
    found.table = Table(spec.name, header, rows)
    return found


def _text(name: str, data: bytes, found: Lexed) -> str | None:
    if data.startswith(_OTHER_ENCODINGS):
        found.problems.append(Problem(name, 1, "encoding", f"the file is UTF-16; {_REMEDY}"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.problems += _encoding_problems(name, data)
        return None


def _encoding_problems(name: str, data: bytes) -> Iterator[Problem]:
    """Every cell that is not UTF-8, found by reading the bytes one to a character."""
    rows = _lines(data.decode("latin-1")).rows
    header = rows[0][1] if rows else []
    for line, cells in rows:
        for index, cell in enumerate(cells):
            raw = cell.encode("latin-1")
            try:
                raw.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                column = header[index].strip() if index < len(header) and line != rows[0][0] else f"cell {index + 1}"
                byte = f"byte 0x{raw[error.start]:02X} is not UTF-8"
                yield Problem(name, line, column or f"cell {index + 1}", f"{byte}; {_REMEDY}")


def _lines(text: str) -> _Lines:
    """Rows that are not wholly blank; reading stops at a quotation mark that breaks the file's shape."""
    csv.field_size_limit(MAX_BYTES)
    found = _Lines()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        remedy = "expected a cell with quotation marks to be quoted, each mark inside it doubled"
        found.broken = (start, f"the quotation marks of this row do not pair ({error}); {remedy}")
    return found


def _header_problems(spec: FileSpec, line: int, header: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(header):
        if not name:
            message = "the column has no name; expected a name, or no such column"
            yield Problem(spec.name, line, f"column {index + 1}", message)
        elif name not in spec.columns:
            yield Problem(spec.name, line, name, f"unknown column “{name}”; expected {either(spec.columns)}")
        elif name in header[:index]:
            yield Problem(spec.name, line, name, f"column “{name}” stands twice; expected it once")
    for name in spec.columns:
        if name in spec.needed and name not in header:
            yield Problem(spec.name, line, name, f"column “{name}” is missing; expected it in the header row")


def _rows(
    name: str, header: tuple[str, ...], lines: Sequence[tuple[int, list[str]]], problems: list[Problem]
) -> Iterator[Row]:
    """Rows of the header's width, and of ragged rows as much as can be named: their keys are still stated."""
    for line, cells in lines:
        ragged = len(cells) != len(header)
        if ragged:
            message = f"{_cells(len(cells))} where the header has {len(header)}; expected one cell for each column"
            problems.append(Problem(name, line, "row", message))
        for index, cell in enumerate(cells[: len(header)]):
            if "\0" in cell:
                problems.append(Problem(name, line, header[index], "holds a NUL character; expected plain text"))
        named: dict[str, str] = {}
        for column, cell in zip(header, cells, strict=False):
            named.setdefault(column, cell)  # of a column that stands twice (refused above) the first is read
        yield Row(name, line, named, ragged)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
