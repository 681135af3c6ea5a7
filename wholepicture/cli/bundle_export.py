"""`wholepicture export`: take a record out as a chronology bundle."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from wholepicture.foundation.refusals import Refused

NAME = "export"
HELP = "take a record out as a chronology bundle"


def configure(parser: argparse.ArgumentParser) -> None:
    """What to take out, and where to put it."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--source", metavar="SYSTEM", help="a bundle that was brought in, by its source system")
    what.add_argument("--person", metavar="ID", help="the family record of a person, by the id in their page's address")
    what.add_argument("--list", action="store_true", help="list the bundles that were brought in")
    parser.add_argument("folder", nargs="?", type=Path, help="a new or empty folder to write the bundle into")


def run(arguments: argparse.Namespace) -> int:
    """Write the files; refuses to overwrite anything."""
    from wholepicture.cli.installation import installation

    with installation():
        from wholepicture.access.operations import acting, system_authority

        now = datetime.now(UTC)
        with acting(system_authority(act="record:export", now=now)):
            if arguments.list:
                return _list()
            if arguments.folder is None:
                raise Refused("folder", "Name a new or empty folder to write the bundle into.")
            files = _files(arguments)
    _write(files, arguments.folder)
    sys.stdout.write(f"{len(files)} files written to {arguments.folder}\n")
    return 0


def _list() -> int:
    from wholepicture.record.queries import source_systems

    sys.stdout.write("".join(f"{system}\n" for system in source_systems()))
    return 0


def _files(arguments: argparse.Namespace) -> Mapping[str, bytes]:
    from wholepicture.exchange.bundles.operations import export_family, export_source

    if arguments.source:
        return export_source(arguments.source)
    try:
        person = UUID(arguments.person)
    except ValueError as error:
        raise Refused("person", f"“{arguments.person}” is not a person's id; it is in their page's address.") from error
    return export_family(person)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder", f"{folder} holds something already; choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
