"""Reads of the audit for its proof: every line in order, from the database or from an export, as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
from django.db import connections

from wholepicture.access.audit.chain import ROW, SEAL, Line
from wholepicture.foundation.refusals import Refused

FORMAT = "whole-picture-audit-1"
_HEADER = {"format": FORMAT, "columns": [f"seal.{name}" for name in SEAL] + [f"row.{name}" for name in ROW]}
_WIDTH = len(SEAL) + len(ROW)
_AS_TEXT = {
    **{name: f"(extract(epoch FROM a.{name}) * 1000000)::bigint" for name in ("at", "clock")},
    **{name: f"CASE WHEN a.id IS NOT NULL THEN coalesce(a.{name}::text, '') END"
       for name in ("practitioner", "person", "entry")},
}  # fmt: skip
_ROW = ", ".join(_AS_TEXT.get(name, f"a.{name}") for name in ROW)
_SEALED = f"""COPY (SELECT {", ".join(f"s.{name}" for name in SEAL)}, {_ROW}
FROM access_audit_seal s LEFT JOIN access_audit a ON a.id = s.audit ORDER BY s.chain, s.number) TO STDOUT"""
_UNSEALED = f"""COPY (SELECT {", ".join("NULL" for _ in SEAL)}, {_ROW} FROM access_audit a
WHERE NOT EXISTS (SELECT 1 FROM access_audit_seal s WHERE s.audit = a.id) ORDER BY a.id) TO STDOUT"""
# Walk the seals by their index and fetch each row: a sort of a million rows would fill the disk that may be full.
_STREAM = """SET LOCAL statement_timeout = 0; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off; SET LOCAL max_parallel_workers_per_gather = 0"""
_ESCAPES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def lines_in_database(url: str) -> Iterator[Line]:
    """Every seal and row, in one snapshot of the database at that address (as wp_engine, or one who may read all)."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with connection.cursor() as cursor:
            cursor.execute(_STREAM)
            yield from _copied(cursor, _SEALED)
            cursor.execute("SET LOCAL enable_hashjoin = on")
            yield from _copied(cursor, _UNSEALED)


def chain_ends() -> list[tuple[str, int, str]]:
    """Each chain's name, last number and hash, as the database has them now."""
    with connections["engine"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (chain) chain, number, hash FROM access_audit_seal ORDER BY chain, number DESC"
        )
        return list(cursor.fetchall())


def _copied(cursor: psycopg.Cursor[tuple[object, ...]], query: str) -> Iterator[Line]:
    with cursor.copy(query) as copy:
        for row in copy:  # libpq hands out one whole row at a time
            yield line_of(bytes(row)[:-1])


def line_of(text: bytes) -> Line:
    """A line as COPY writes it: tabs between the values, and what would be mistaken escaped."""
    if b"\\" not in text:
        return text.split(b"\t")
    return [None if value == b"\\N" else _unescaped(value) for value in text.split(b"\t")]


def _unescaped(value: bytes) -> bytes:
    # PostgreSQL stores no zero byte, so one can stand for a backslash meanwhile.
    first, *rest = value.replace(b"\\\\", b"\0").split(b"\\")
    return b"".join([first, *(_ESCAPES[piece[:1]] + piece[1:] for piece in rest)]).replace(b"\0", b"\\")


def lines_in_file(path: Path) -> Iterator[Line]:
    """Every seal and row of an export; refuses a file that is not one."""
    with path.open(encoding="utf-8") as file:
        if _parsed(path, 1, file.readline()) != _HEADER:
            raise Refused("not-an-export", f"{path} is not an export of the audit ({FORMAT}).")
        for number, text in enumerate(file, start=2):
            yield _line(path, number, _parsed(path, number, text))


def _parsed(path: Path, number: int, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise Refused("not-an-export", f"{path}, line {number}: not a line of an export of the audit.") from None


def _line(path: Path, number: int, found: object) -> Line:
    texts = isinstance(found, list) and all(value is None or isinstance(value, str) for value in found)
    if not (isinstance(found, list) and texts and len(found) == _WIDTH):
        raise Refused("not-an-export", f"{path}, line {number}: not a line of an export of the audit.")
    return [None if value is None else value.encode() for value in found]


def export(lines: Iterable[Line], path: Path) -> int:
    """Write an export: a line that says what it is, then one for each seal with its row. Returns how many."""
    count = 0
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(_HEADER) + "\n")
        for line in lines:
            count += 1
            texts = [None if value is None else value.decode() for value in line]
            file.write(json.dumps(texts, ensure_ascii=False, separators=(",", ":")) + "\n")
    return count
