"""Asks the index in the store: one statement for whoever a described person may be, with all that scoring needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connections

from wholepicture.people.linkage.types import FIELDS, Row

MOST_LOOKED_AT: Final = 100
"""Rows compared with one person. More who share what was said are left out, and whoever chooses is told so."""

_ASKED_BY: Final = tuple(
    FIELDS.index(name) for name in ("given_name", "family_name", "born", "postcode", "address", "nhs_number", "upn")
)
_LOOK_UP: Final = "SELECT * FROM people_look_up(%s, %s, %s, %s, %s, %s, %s, %s)"
_NAMES: Final = ", ".join(f"r.{name}" for name in FIELDS)
_OF_PEOPLE: Final = f"""
SELECT b.person, r.identity, {_NAMES}, (SELECT max(m.id) FROM people_match_model m)
FROM people_decided b JOIN people_ready r ON r.identity = b.identity WHERE b.person = ANY (%s) ORDER BY 1, 2"""
_OF_IDENTITIES: Final = f"""
SELECT b.person, r.identity, {_NAMES}, (SELECT max(m.id) FROM people_match_model m)
FROM people_ready r JOIN people_decided b ON b.identity = r.identity WHERE r.identity = ANY (%s) ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A row of the index, whose it is, and the model that stands (None: the one that is shipped)."""

    person: UUID
    identity: UUID
    row: Row
    model: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index holds beside somebody, and whether more share what was said than it gave."""

    rows: tuple[Indexed, ...]
    cut: bool


def look_up(row: Row) -> Answer:
    """Everybody whom a blocking rule puts beside this person; only inside `acting`."""
    with connections["engine"].cursor() as cursor:
        return looked_up(cursor, row)


def looked_up(cursor: Any, row: Row) -> Answer:
    """As `look_up`, over a cursor that is open."""
    cursor.execute(_LOOK_UP, [*(row[at] for at in _ASKED_BY), MOST_LOOKED_AT + 1])
    found = _indexed(cursor.fetchall())
    return Answer(found[:MOST_LOOKED_AT], len(found) > MOST_LOOKED_AT)


def rows_of_people(people: Iterable[UUID]) -> tuple[Indexed, ...]:
    """All that the index holds of these people; only inside `acting`."""
    return _read(_OF_PEOPLE, list(people))


def rows_of_identities(identities: Iterable[UUID]) -> tuple[Indexed, ...]:
    """All that the index holds of these identities: one row for each home; only inside `acting`."""
    return _read(_OF_IDENTITIES, list(identities))


def _read(statement: str, ids: list[UUID]) -> tuple[Indexed, ...]:
    if not ids:
        return ()
    with connections["engine"].cursor() as cursor:
        cursor.execute(statement, [ids])
        return _indexed(cursor.fetchall())


def _indexed(rows: Sequence[Sequence[Any]]) -> tuple[Indexed, ...]:
    return tuple(Indexed(row[0], row[1], tuple(row[2:-1]), row[-1]) for row in rows)
