"""Reads a bundle from a folder, a zip file or files in memory: all of it, or every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from wholepicture.exchange.bundles.archive import unpack
from wholepicture.exchange.bundles.cells import Anything
from wholepicture.exchange.bundles.chronology_rows import Known, read_entries
from wholepicture.exchange.bundles.errors import BundleErrors, Problem
from wholepicture.exchange.bundles.expect_rows import read_expectations
from wholepicture.exchange.bundles.lexing import MAX_BYTES, Lexed, lex
from wholepicture.exchange.bundles.people_rows import read_identities, read_people, read_relationships
from wholepicture.exchange.bundles.types import (
    BUNDLE,
    BUNDLE_KEYS,
    CHRONOLOGY,
    EXPECT,
    FILES,
    IDENTITIES,
    PEOPLE,
    RELATIONSHIPS,
    Bundle,
    Row,
    Table,
)
from wholepicture.people.types import FamilyRecord, ordered
from wholepicture.record.kinds_fields import either

Look = Callable[[bytes], object]
"""What looks at bytes before they are read: it refuses by raising."""

_PLACE: Final = {name: index for index, name in enumerate(FILES)}


def read_bundle(path: Path, *, today: date | None = None, look: Look | None = None) -> Bundle:
    """Read a bundle from a folder, or from a zip file of one; `look` sees the bytes of each file before they are read.

    With `today`, births and recordings after it are refused; a replay, which uses no clock but the bundle's own dates,
    passes none. Raises BundleErrors with everything that is wrong.
    """
    if path.is_file():
        data = _bytes(path)
        if look is not None:
            look(data)
        return read_bundle_zip(data, path.stem, today=today)
    if not path.is_dir():
        message = "there is no such folder; expected a folder of CSV files, or a zip file of one"
        raise BundleErrors([Problem(str(path), 1, "folder", message)])
    files = _folder(path)
    for data in filter(None, files.values()):
        if look is not None:
            look(data)
    return read_bundle_files(files, path.resolve().name, today=today)


def read_bundle_zip(data: bytes, name: str, *, today: date | None = None) -> Bundle:
    """Read a bundle from the bytes of a zip file; its one folder's name, else `name`, is the bundle's."""
    folder, files = unpack(data, f"{name}.zip")
    return read_bundle_files(files, folder or name, today=today)


def read_bundle_files(files: Mapping[str, bytes], name: str, *, today: date | None = None) -> Bundle:
    """Read a bundle from file names and their bytes; `name` is the folder's name.

    Raises BundleErrors with everything that is wrong.
    """
    problems = _file_problems(files)
    refused = {p.file for p in problems}
    lexed = {spec.name: lex(spec, files[n]) for n, spec in FILES.items() if n in files and n not in refused}
    for table in lexed.values():
        problems += table.problems
    bundle = _read(lexed, name, today, problems)
    if problems:
        raise BundleErrors(sorted(problems, key=_place))
    return bundle


def _bytes(path: Path) -> bytes:
    """The file's bytes; one too big is refused before it is read."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise BundleErrors([_too_big(path.name, size)])
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read ({error.strerror}); expected a file that you may read"
        raise BundleErrors([Problem(path.name, 1, "file", message)]) from error


def _folder(path: Path) -> dict[str, bytes]:
    """Files of the folder; hidden files (of the operating system) are passed over, as READMEs are."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        children = sorted(path.iterdir())
    except OSError as error:
        message = f"the folder cannot be read ({error.strerror}); expected a folder that you may read"
        raise BundleErrors([Problem(str(path), 1, "folder", message)]) from error
    for child in children:
        if _ignored(child.name):
            continue
        if child.name not in FILES:
            found[child.name] = b""  # named here so that it is refused by name; its content is nobody's concern
        elif not child.is_file():
            problems.append(Problem(child.name, 1, "file", "is no plain file; expected a CSV file"))
        else:
            try:
                found[child.name] = _bytes(child)
            except BundleErrors as errors:
                problems += errors.problems
    if problems:
        raise BundleErrors(problems)
    return found


def _ignored(name: str) -> bool:
    return name.startswith(("README", "."))


def _file_problems(files: Mapping[str, bytes]) -> list[Problem]:
    found: list[Problem] = []
    for name, data in files.items():
        if _ignored(name):
            continue
        if name not in FILES:
            message = f"unknown file; expected {either(tuple(FILES))}, or a name that begins with README"
            found.append(Problem(name, 1, "file", message))
        elif len(data) > MAX_BYTES:
            found.append(_too_big(name, len(data)))
    for spec in FILES.values():
        if spec.required and spec.name not in files:
            found.append(Problem(spec.name, 1, "file", f"the file is missing; expected {spec.name} in the folder"))
    return found


def _too_big(name: str, size: int) -> Problem:
    most = f"{MAX_BYTES // 1_000_000} MB"
    message = f"the file is {size / 1_000_000:.1f} MB; expected at most {most}: one family’s history to a bundle"
    return Problem(name, 1, "file", message)


def _place(problem: Problem) -> tuple[int, str, int]:
    return (_PLACE.get(problem.file, -1), problem.file, problem.line)


def _read(lexed: Mapping[str, Lexed], name: str, today: date | None, problems: list[Problem]) -> Bundle:
    rows = {file: found.table.rows for file, found in lexed.items()}
    for file in rows:
        problems += _repeats(file, rows[file])
    notices: list[str] = []
    keys = _keys(lexed, PEOPLE)
    ids = _keys(lexed, CHRONOLOGY)
    meta = _meta(rows.get(BUNDLE, ()), problems)
    people = read_people(rows.get(PEOPLE, ()), today, problems)
    entries = read_entries(rows.get(CHRONOLOGY, ()), Known(keys, ids, people, today), problems)
    meta.setdefault("source_system", name)
    record = FamilyRecord(
        people=people,
        entries=ordered(entries),
        relationships=read_relationships(rows.get(RELATIONSHIPS, ()), keys, people, problems),
        identities=read_identities(rows.get(IDENTITIES, ()), keys, problems, notices),
        area=meta.get("area", ""),
        title=meta.get("title", ""),
        meta=meta,
    )
    expectations = read_expectations(rows.get(EXPECT, ()), keys, ids, problems)
    tables = {file: found.table for file, found in lexed.items() if file != BUNDLE}
    stated_meta: Table | None = lexed[BUNDLE].table if BUNDLE in lexed else None
    return Bundle(record, expectations, meta["source_system"], tables, name, stated_meta, tuple(notices))


def _keys(lexed: Mapping[str, Lexed], file: str) -> Container[str]:
    """Keys that the file states; every key, where it is missing or could not be read whole."""
    found = lexed.get(file)
    column = FILES[file].key[0]
    if found is None or not found.whole or column not in found.table.header:
        return Anything()
    return frozenset(row.stated(column) for row in found.table.rows)


def _repeats(file: str, rows: tuple[Row, ...]) -> list[Problem]:
    """Rows that state an id for the second time."""
    spec = FILES[file]
    first: dict[str, int] = {}
    found: list[Problem] = []
    for row in rows if spec.has_id else ():
        if row.key and row.key in first:
            message = f"“{row.key}” stands in line {first[row.key]} already; expected each {spec.key[0]} once"
            found.append(Problem(file, row.line, spec.key[0], message))
        first.setdefault(row.key, row.line)
    return found


def _meta(rows: tuple[Row, ...], problems: list[Problem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        key = row.stated("key")
        if row.ragged:
            continue
        if key not in BUNDLE_KEYS:
            problems.append(Problem(row.file, row.line, "key", f"“{key}” is unknown; expected {either(BUNDLE_KEYS)}"))
        elif row.stated("value"):
            found[key] = row.stated("value")
    return found
