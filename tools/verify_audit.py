#!/usr/bin/env python3
"""Verify a Whole Picture audit without Whole Picture: one file, for a witness who trusts none of our code.

    python3 verify_audit.py --file EXPORT.jsonl [--checkpoints FOLDER] [--key HEX]
    python3 verify_audit.py --database postgresql://…    (needs psycopg)

Ends 0 when nothing is amiss, 1 when something is, 2 when what was given cannot be read. What is checked, and how:
docs/reference/audit.md. Needs Python 3.11 and nothing else to read an export.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SEAL = ["chain", "number", "previous", "hash", "audit"]
ROW = ["id", "chain", "at", "clock", "practitioner", "agency", "role", "act", "purpose", "ground", "person", "entry"]
SIGNED = ("format", "chain", "number", "hash", "time", "public_key")
MOST_SHOWN = 20

Values = list[str | None]
Found = tuple[str, str, int | None, int | None, str]
Checkpoints = list[dict[str, str | int]]


class Unreadable(Exception):
    """What was given is not what this script reads."""


def hash_of(row: Values, number: str, previous: str) -> str:
    """SHA-256 over version, chain, number, previous hash and the row's columns, as `netstring` writes each."""
    values = ["wp-audit-1", row[1], number, previous, row[0], *row[2:]]
    return hashlib.sha256(b"".join([netstring(value or "") for value in values])).hexdigest()


def netstring(value: str) -> bytes:
    """LENGTH:VALUE, in bytes of UTF-8."""
    data = value.encode()
    return b"%d:%s," % (len(data), data)


class Chains:
    """Every chain, followed line by line; `ends` holds each one's last number and hash."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self.ends: dict[str, tuple[int, str]] = {}
        self._last_id: int | None = None
        self._agreed: dict[str, int] = {}
        self._wanted: dict[tuple[str, int], Checkpoints] = {}
        for one in checkpoints:
            self._wanted.setdefault((str(one["chain"]), int(one["number"])), []).append(one)

    def findings(self, lines: Iterable[Values]) -> Iterator[Found]:
        """Everything amiss."""
        for line in lines:
            seal, row = line[: len(SEAL)], line[len(SEAL) :]
            if seal[0] is None:
                yield "unsealed", row[1] or "", None, int(row[0] or 0), f"row id {row[0]} has no seal"
                continue
            chain, number, id_ = seal[0] or "", int(seal[1] or 0), int(seal[4] or 0)
            yield from self._link(chain, number, seal[2])
            if row[0] is None:
                yield "removed", chain, number, id_, f"row number {number} (id {id_}) was removed"
            elif row[0] != seal[4] or row[1] != chain or hash_of(row, seal[1] or "", seal[2] or "") != seal[3]:
                yield "altered", chain, number, id_, f"row number {number} (id {id_}) was altered"
            self.ends[chain], self._last_id = (number, seal[3] or ""), id_
            yield from self._witnessed(chain, number, seal[3])
        yield from self._missed()

    def _link(self, chain: str, number: int, previous: str | None) -> Iterator[Found]:
        before, hash_before = self.ends.get(chain, (0, "0" * 64))
        if number <= before:
            yield "twice", chain, number, None, f"number {number} is there twice"
        elif number > before + 1:
            yield "missing", chain, before + 1, None, f"numbers {before + 1} to {number - 1} are missing"
        elif previous != hash_before:
            where = (1, None) if number == 1 else (before, self._last_id)
            yield "link", chain, *where, f"row number {where[0]} (id {where[1]}) was sealed anew"

    def _witnessed(self, chain: str, number: int, sealed: str | None) -> Iterator[Found]:
        for one in self._wanted.pop((chain, number), []):
            if one["hash"] == sealed:
                self._agreed[chain] = number
                continue
            span = f"rows number {self._agreed.get(chain, 0) + 1} to {number}"
            yield "rewritten", chain, number, None, f"{span} were written anew since the checkpoint of {one['time']}"

    def _missed(self) -> Iterator[Found]:
        for (chain, number), missed in sorted(self._wanted.items(), key=lambda item: item[0]):
            end = self.ends.get(chain, (0, ""))[0]
            if number > end:
                text = f"cut off after number {end}: the checkpoint of {missed[0]['time']} knew number {number}"
                yield "cut-off", chain, end + 1, None, text


def in_file(path: Path) -> Iterator[Values]:
    """The lines of an export."""
    columns = [f"seal.{name}" for name in SEAL] + [f"row.{name}" for name in ROW]
    with path.open(encoding="utf-8") as file:
        if json.loads(file.readline()) != {"format": "whole-picture-audit-1", "columns": columns}:
            raise Unreadable(f"{path} is not an export of the audit")
        for text in file:
            line = json.loads(text)
            if not isinstance(line, list) or len(line) != len(columns):
                raise Unreadable(f"{path} holds a line of another shape")
            yield line


def in_database(url: str) -> Iterator[Values]:
    """The seals with their rows, then the rows without a seal, in one snapshot of a database."""
    import psycopg

    micros = "(extract(epoch FROM a.{0}) * 1000000)::bigint::text"
    row = ", ".join(micros.format(name) if name in ("at", "clock") else f"a.{name}::text" for name in ROW)
    seal, none = ", ".join(f"s.{name}::text" for name in SEAL), ", ".join("NULL" for _ in SEAL)
    sealed = f"SELECT {seal}, {row} FROM access_audit_seal s LEFT JOIN access_audit a ON a.id = s.audit"
    unsealed = f"SELECT {none}, {row} FROM access_audit a WHERE a.id NOT IN (SELECT audit FROM access_audit_seal)"
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute("SET LOCAL statement_timeout = 0")
        for query in (f"{sealed} ORDER BY s.chain, s.number", f"{unsealed} ORDER BY a.id"):
            with connection.cursor("audit") as cursor:
                cursor.itersize = 10_000
                for values in cursor.execute(query):
                    yield list(values)


# Ed25519 (RFC 8032, section 6), verifying only: no secret is handled here, so its slowness gives nothing away.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """The sum of two points of the curve, in extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def times(scalar: int, point: Point) -> Point:
    """A point added to itself so many times."""
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None where they stand for none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed the message."""
    key, r = point_of(public), point_of(signature[:32])
    if key is None or r is None or BASE is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    digest = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(digest, key))
    return (
        s < Q
        and not (left[0] * right[2] - right[0] * left[2]) % P
        and not (left[1] * right[2] - right[1] * left[2]) % P
    )


def read_checkpoints(folder: Path, key: str) -> tuple[Checkpoints, list[Found]]:
    """The checkpoints that are signed by the key (the first one's own, where none is given), and those that are not."""
    good: Checkpoints = []
    forged: list[Found] = []
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise Unreadable(f"{folder} holds no checkpoint")
    for path in paths:
        one = json.loads(path.read_text(encoding="utf-8"))
        key = key or one["public_key"]
        message = b"".join(netstring(str(one[name])) for name in SIGNED)
        try:
            signed = is_signed(bytes.fromhex(one["public_key"]), message, bytes.fromhex(one["signature"]))
        except ValueError:
            signed = False
        if signed and one["public_key"] == key:
            good.append(one)
        else:
            forged.append(
                ("forged", one["chain"], one["number"], None, f"{path.name} is not signed by the key we trust")
            )
    return good, forged


def main() -> int:
    """Say what is amiss."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--file", type=Path)
    where.add_argument("--database", metavar="URL")
    parser.add_argument("--checkpoints", type=Path, metavar="FOLDER")
    parser.add_argument("--key", default="", metavar="HEX")
    parser.add_argument("--json", action="store_true", help="print each finding as a line of JSON")
    given = parser.parse_args()
    try:
        kept, found = read_checkpoints(given.checkpoints, given.key) if given.checkpoints else ([], [])
        lines = in_file(given.file) if given.file else in_database(given.database)
        chains = Chains(kept)
        found += chains.findings(lines)
    except (Unreadable, OSError, ValueError, TypeError, KeyError) as error:
        print(f"verify_audit: {error}", file=sys.stderr)
        return 2
    for one in found if given.json else found[:MOST_SHOWN]:
        print(json.dumps(one) if given.json else f"{one[1]}: {one[4]}")
    if not given.json:
        rows = sum(number for number, _ in chains.ends.values())
        print(f"{rows:,} rows, {len(chains.ends)} chain(s): {len(found) or 'nothing'} amiss.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
