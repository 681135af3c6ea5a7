"""Keeps the index of online matching: what is compared of an identity, made ready in the transaction that stores it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wholepicture.foundation.when import BadDate, When
from wholepicture.people.addresses.rules import parse_address
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.types import FIELDS, Row

Ready = tuple[UUID, Row]
"""An identity and what is compared of it, in the order of FIELDS."""

COLUMNS: Final = ("identity", *FIELDS)
_UNBORN: Final = "unborn"
_AT_ONCE: Final = 5_000
_FROM: Final = """
SELECT n.id, n.type, n.given_name, n.family_name, n.born, n.sex, n.nhs_number, n.upn, h.lines, h.postcode
FROM people_identity n LEFT JOIN people_homes(%(ids)s) h ON h.identity = n.id
WHERE n.id = ANY (%(ids)s) ORDER BY n.id"""
_INTO: Final = (
    f"INSERT INTO people_ready ({', '.join(COLUMNS)}) "
    f"SELECT * FROM unnest(%s::uuid[], {', '.join(['%s::text[]'] * len(FIELDS))})"
)


def make_ready(identities: Iterable[UUID], *, new: bool = False) -> None:
    """Index these identities as they now stand; only inside `acting`. `new` says that none of them is indexed yet."""
    _make_ready(connections["engine"], list(identities), new=new)


def make_ready_all(connection: BaseDatabaseWrapper) -> None:
    """Index every identity anew, over a connection of the owner's or the engine's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_identity ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
    for first in range(0, len(ids), _AT_ONCE):
        _make_ready(connection, ids[first : first + _AT_ONCE], new=False)


def _make_ready(connection: BaseDatabaseWrapper, ids: list[UUID], *, new: bool) -> None:
    if not ids:
        return
    with closing(connection.cursor()) as cursor:
        if not new:
            cursor.execute("SELECT people_unready(%s)", [ids])
        cursor.execute(_FROM, {"ids": ids})
        rows = list(dict.fromkeys(_ready(cursor.fetchall())))
        columns: list[list[Any]] = [[identity for identity, _ in rows]]
        columns += [[row[n] for _, row in rows] for n in range(len(FIELDS))]
        cursor.execute(_INTO, columns)


def _ready(rows: Iterable[Sequence[Any]]) -> Iterator[Ready]:
    for identity, kind, given, family, born, sex, number, pupil, lines, postcode in rows:
        yield (
            identity,
            row_of(
                given_name=given,
                family_name=family,
                # An unborn child's date is when it is expected: no birth date, so it speaks neither for nor against.
                born="" if kind == _UNBORN else day_of(born),
                sex=sex,
                nhs_number=number,
                upn=pupil,
                home=_home(lines, postcode),
            ),
        )


def row_of(
    *,
    given_name: str,
    family_name: str,
    born: str,
    sex: str,
    nhs_number: str,
    upn: str,
    home: tuple[str, str],
    middle_name: str = "",
) -> Row:
    """What is compared, from what was said; `home` is an address without its postcode, and the postcode."""
    values, _ = ready(
        {
            "given_name": given_name,
            "middle_name": middle_name,
            "family_name": family_name,
            "born": born,
            "sex": sex,
            "postcode": home[1],
            "address": home[0],
            "nhs_number": nhs_number,
            "upn": upn,
        }
    )
    return tuple(values[name] for name in FIELDS)


def day_of(stated: str) -> str:
    """A date as far as it is known, without a time of day; blank where it is no date."""
    try:
        return When.parse(stated).stated[: len("2000-01-01")] if stated else ""
    except BadDate:
        return ""


def home_of(text: str) -> tuple[str, str]:
    """The address and postcode of an address that was said in one text."""
    lines, postcode = parse_address(text)
    return ", ".join(lines), postcode


def _home(lines: str | None, postcode: str | None) -> tuple[str, str]:
    if lines is None:
        return "", ""
    text = lines.replace("\n", ", ")
    return (text, postcode) if postcode else home_of(text)
