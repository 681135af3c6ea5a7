"""`wholepicture verify-audit`: prove that nothing in the audit was altered, or name the row that was."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wholepicture.foundation.refusals import Refused

if TYPE_CHECKING:
    from wholepicture.access.audit.chain import Line
    from wholepicture.access.audit.checkpoints import Checkpoint
    from wholepicture.access.audit.verdict import Verdict

NAME = "verify-audit"
HELP = "prove that no row of the audit was altered, added or removed, or name the row that was"
MOST_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Where the audit is, what to hold it against, and what to make of it."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--database", metavar="URL", help="another database; one's role must be allowed to read all")
    where.add_argument("--file", type=Path, metavar="FILE", help="an export of the audit, instead of a database")
    parser.add_argument("--checkpoints", type=Path, metavar="FOLDER", help="hold it against the checkpoints kept here")
    parser.add_argument(
        "--key", default="", metavar="HEX", help="the public key that the checkpoints must be signed with"
    )
    parser.add_argument(
        "--checkpoint", type=Path, metavar="FOLDER", help="if all is well, add a signed checkpoint here"
    )
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the audit into a new file instead")


def run(arguments: argparse.Namespace) -> int:
    """Say what is amiss: 0 nothing, 1 something."""
    if arguments.file is not None or arguments.database is not None:
        return _judge(arguments, arguments.database)
    from wholepicture.cli.installation import installation
    from wholepicture.config.postgres import prepared

    with installation():
        urls = prepared()
        return _judge(arguments, urls.engine if urls else None)


def _judge(arguments: argparse.Namespace, database: str | None) -> int:
    from wholepicture.access.audit.checkpoints import read_all
    from wholepicture.access.audit.queries import export
    from wholepicture.access.audit.verdict import verify

    lines = _lines(arguments.file, database)
    if arguments.export is not None:
        print(f"{_count(export(lines, arguments.export), 'line')} written to {arguments.export}.")
        return 0
    kept = read_all(arguments.checkpoints) if arguments.checkpoints else []
    verdict = verify(lines, kept, key=arguments.key)
    _say(verdict, kept)
    if verdict.findings:
        return 1
    if arguments.checkpoint is not None:
        _checkpoint(verdict, arguments.checkpoint)
    return 0


def _lines(file: Path | None, database: str | None) -> Iterable[Line]:
    from wholepicture.access.audit.queries import lines_in_database, lines_in_file

    if file is not None:
        if not file.is_file():
            raise Refused("no-file", f"There is no file {file}.")
        return lines_in_file(file)
    return lines_in_database(database or "")


def _say(verdict: Verdict, kept: list[Checkpoint]) -> None:
    for finding in verdict.findings[:MOST_SHOWN]:
        print(f"{finding.chain or '(no chain)'}: {finding.sentence}")
    if len(verdict.findings) > MOST_SHOWN:
        print(f"And {len(verdict.findings) - MOST_SHOWN:,} more.")
    rows = sum(number for number, _ in verdict.ends.values())
    held = f", held against {_count(len(kept), 'checkpoint')}" if kept else ""
    said = f"{_count(rows, 'row')} in {_count(len(verdict.ends), 'chain')}{held}"
    print(f"{said}: {len(verdict.findings) or 'nothing'} amiss.")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _checkpoint(verdict: Verdict, folder: Path) -> None:
    from wholepicture.access.audit.checkpoints import sign, write
    from wholepicture.config.witness import signing_key

    key = signing_key()
    for chain, (number, sealed) in sorted(verdict.ends.items()):
        made = sign(key, chain=chain, number=number, sealed=sealed, now=datetime.now(UTC))
        print(f"{write(made, folder)}: {chain} at number {number:,}, public key {made.public_key}")
