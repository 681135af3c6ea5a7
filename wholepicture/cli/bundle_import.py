"""`wholepicture import`: bring chronology bundles in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.reader import read_bundle
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND

NAME = "import"
HELP = "bring chronology bundles in, each whole or not at all"


def configure(parser: argparse.ArgumentParser) -> None:
    """Folders or zip files, and the teams to involve."""
    parser.add_argument("bundle", nargs="+", type=Path, help="a bundle's folder, or a zip file of one")
    parser.add_argument(
        "--team", action="append", default=[], metavar="CODE", help="involve this team; may be repeated"
    )
    parser.add_argument("--check", action="store_true", help="only check the files; store nothing")


def run(arguments: argparse.Namespace) -> int:
    """Read and store each bundle; 1 when any of them was refused, every problem named."""
    if arguments.check:
        return 1 if [path for path in arguments.bundle if not _attempt(path, _check, [])] else 0
    from wholepicture.cli.installation import installation

    with installation():
        _known(arguments.team)
        return 1 if [path for path in arguments.bundle if not _attempt(path, _store, arguments.team)] else 0


def _attempt(path: Path, act: Callable[[Path, list[str]], str], teams: list[str]) -> bool:
    try:
        sys.stdout.write(f"{path}: {act(path, teams)}\n")
    except BundleErrors as errors:
        sys.stderr.write(f"{path}: refused, and nothing of it is stored\n{errors}\n")
        return False
    except Refused as refused:
        sys.stderr.write(f"{path}: refused, and nothing of it is stored\n{refused.sentence}\n")
        return False
    return True


def _check(path: Path, teams: list[str]) -> str:
    record = read_bundle(path, today=datetime.now(ENGLAND).date()).record
    return f"sound: {len(record.entries)} entries about {len(record.people)} people"


def _store(path: Path, teams: list[str]) -> str:
    from wholepicture.access.operations import system_authority
    from wholepicture.exchange.bundles.operations import import_bundle
    from wholepicture.record.files.operations import look_for_viruses

    now = datetime.now(UTC)
    authority = system_authority(act="bundle:import", now=now)
    look = partial(look_for_viruses, authority=authority, now=now)
    bundle = read_bundle(path, today=now.astimezone(ENGLAND).date(), look=lambda data: look(data=data))
    done = import_bundle(authority=authority, bundle=bundle, now=now, teams=teams)
    return f"{done.stored} rows stored, {done.same} stored already, as {done.source_system}"


def _known(teams: list[str]) -> None:
    from wholepicture.agencies.queries import teams as directory

    unknown = sorted(set(teams) - directory().keys())
    if unknown:
        raise Refused("team", f"There is no team “{unknown[0]}” in the directory.")
