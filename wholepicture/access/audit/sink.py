"""The second sink: where a look is written down when the database cannot take it, so that nobody on duty is blinded.

A file of JSON lines that only grows, each line hashed with the one before it and on the disk before anything is shown.
`audit.operations.carry` takes its rows into the chain once the database writes again.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from wholepicture.access.audit.chain import FIRST, row_hash
from wholepicture.foundation.refusals import Refused

FILE = "second-sink.jsonl"


@dataclass(frozen=True, slots=True)
class Look:
    """A row of the audit before any database has it: times in ISO 8601, ids as text, blank for nobody or nothing."""

    chain: str
    at: str
    clock: str
    practitioner: str
    agency: str
    role: str
    act: str
    purpose: str
    ground: str
    person: str
    entry: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A look with its place in the file and its hash."""

    number: int
    previous: str
    hash: str
    look: Look


def look(
    *,
    chain: str,
    clock: datetime,
    practitioner: str,
    agency: str,
    role: str,
    act: str,
    purpose: str,
    person: UUID | None,
    entry: UUID | None,
) -> Look:
    """A look at this moment."""
    at, when = datetime.now(UTC).isoformat(), clock.astimezone(UTC).isoformat()
    about = (str(person or ""), str(entry or ""))
    return Look(chain, at, when, practitioner, agency, role, act, purpose, "", *about)


def keep(folder: Path, seen: Look) -> Kept:
    """Write a look down, on the disk before this returns; OSError where not even that can be done."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE
    begun = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = _sealed(_end(file), seen)
        # One line, whole or not at all: half a line was never acknowledged, and `_end` takes it away.
        file.write(json.dumps(_flat(kept), ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if begun:
        _settle(folder)
    return kept


def _settle(folder: Path) -> None:
    """See the file's name onto the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _end(file: BinaryIO) -> Kept | None:
    """The last whole line, leaving the file to be written after it."""
    content = file.read()
    whole = content.rfind(b"\n") + 1
    file.truncate(whole)
    file.seek(whole)
    last = content[:whole].splitlines()[-1:]
    return _parsed(last[0]) if last else None


def _sealed(last: Kept | None, seen: Look) -> Kept:
    number, previous = (last.number + 1, last.hash) if last else (1, FIRST.decode())
    return Kept(number, previous, _hash(number, previous, seen), seen)


def _hash(number: int, previous: str, seen: Look) -> str:
    chain, *rest = astuple(seen)
    row = [str(number), f"{chain} (second sink)", *rest]
    return row_hash([value.encode() for value in row], str(number).encode(), previous.encode()).decode()


def _flat(kept: Kept) -> dict[str, str | int]:
    return {"number": kept.number, "previous": kept.previous, "hash": kept.hash, **asdict(kept.look)}


def _parsed(text: bytes) -> Kept:
    found = json.loads(text)
    return Kept(
        found["number"], found["previous"], found["hash"], Look(**{f.name: found[f.name] for f in fields(Look)})
    )


def kept_in(folder: Path) -> Iterator[Kept]:
    """Every look that the file holds, in order; refuses a file that somebody altered, naming the line."""
    path = folder / FILE
    if not path.exists():
        return
    last: Kept | None = None
    for number, text in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
        try:
            found = _parsed(text)
        except (ValueError, KeyError, TypeError):
            found = None
        if found is None or found != _sealed(last, found.look):
            raise Refused("altered-sink", f"{path}, line {number}: not what was written; somebody altered the file.")
        yield found
        last = found
