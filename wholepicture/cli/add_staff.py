"""`wholepicture add-staff`: enter agencies, teams and those who sign in, from a CSV file."""

from __future__ import annotations

import argparse
import csv
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from wholepicture.foundation.refusals import Refused

NAME = "add-staff"
HELP = "enter agencies, teams and those who sign in, from a CSV file"
COLUMNS = ("username", "name", "role", "team", "team_name", "agency", "agency_name", "phone")
MAY_BE_BLANK = {"phone"}

Row = dict[str, str]


def configure(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, help=f"UTF-8 CSV with the columns {', '.join(COLUMNS)}")


def run(arguments: argparse.Namespace) -> int:
    """Enter everybody in the file or nobody; prints each one's first password, which is kept nowhere."""
    rows = list(_read(arguments.file))
    from wholepicture.cli.installation import installation

    with installation():
        from django.conf import settings

        if settings.DEMO:
            raise Refused("demo", "The demonstration has its own staff: set WHOLEPICTURE_DEMO=0 for real ones.")
        faults = [*_faults(arguments.file.name, rows)]
        if faults:
            raise Refused("staff", "\n".join(faults))
        for username, password in _enter(rows):
            sys.stdout.write(f"{username},{password}\n")
    return 0


def _read(path: Path) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("file", f"{path} cannot be read as a UTF-8 file: {error}") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    if reader.fieldnames is None or set(reader.fieldnames) != set(COLUMNS):
        raise Refused("columns", f"{path.name}:1: the columns must be {', '.join(COLUMNS)}")
    for row in reader:
        yield {column: (row[column] or "").strip() for column in COLUMNS}


def _faults(name: str, rows: list[Row]) -> Iterator[str]:
    from wholepicture.access.roles import ROLES
    from wholepicture.agencies.queries import usernames
    from wholepicture.record.kinds import AGENCY_CODES

    taken = usernames()
    for line, row in enumerate(rows, start=2):
        for column in COLUMNS:
            if not row[column] and column not in MAY_BE_BLANK:
                yield f"{name}:{line}: {column}: is blank; expected a value"
        if row["role"] and row["role"] not in ROLES:
            yield f"{name}:{line}: role: “{row['role']}” is no role; expected one of {', '.join(sorted(ROLES))}"
        if row["agency"] and row["agency"].partition("/")[0] not in AGENCY_CODES:
            yield f"{name}:{line}: agency: “{row['agency']}” is no agency code; expected one such as school/st-marys"
        if row["username"] in taken:
            yield f"{name}:{line}: username: “{row['username']}” is taken; expected a name that nobody has yet"
        taken.add(row["username"])


def _enter(rows: list[Row]) -> Iterator[tuple[str, str]]:
    from django.contrib.auth.hashers import make_password

    from wholepicture.access.operations import acting, system_authority
    from wholepicture.agencies.operations import add_agency, add_practitioner, add_team

    authority = system_authority(act="staff:add", now=datetime.now(UTC))
    passwords = [secrets.token_urlsafe(12) for _ in rows]
    with acting(authority):
        for row, password in zip(rows, passwords, strict=True):
            add_agency(authority=authority, code=row["agency"], name=row["agency_name"])
            add_team(authority=authority, code=row["team"], name=row["team_name"], agency=row["agency"])
            add_practitioner(
                authority=authority,
                username=row["username"],
                name=row["name"],
                role=row["role"],
                team=row["team"],
                password_hash=make_password(password),
                phone=row["phone"],
                first_password=True,
            )
    yield from zip((row["username"] for row in rows), passwords, strict=True)
