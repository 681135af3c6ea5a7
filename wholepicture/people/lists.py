"""Reads for lists: many people at once, in a few queries however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import connections

from wholepicture.foundation.when import When
from wholepicture.people.loading import build_record
from wholepicture.people.models import BelongsRow, IdentityRow
from wholepicture.people.types import FamilyRecord, Person, ordered
from wholepicture.record.types import About, AboutRole, Entry

# Only what a list shows of an entry: its receipts, its source and the other people in it are left where they are.
_BRIEFLY = """
SELECT b.person, a.role, e.id, e.kind, e.occurred, e.occurred_precision, e.recorded, e.agency, e.author_role, e.details,
       e.supersedes
FROM people_decided b JOIN record_about a ON a.identity = b.identity JOIN record_entry e ON e.id = a.entry_id
WHERE b.person = ANY(%s) AND e.kind = ANY(%s)"""


def people_named(people: Sequence[UUID]) -> dict[UUID, Person]:
    """These people, as far as the viewer may see them; call inside `access.viewing`."""
    belongs = dict(BelongsRow.objects.filter(person__in=list(people)).values_list("identity", "person"))
    identities = list(IdentityRow.objects.filter(id__in=list(belongs)).order_by("stored_at", "id"))
    shown = {row.id: belongs[row.id] for row in identities}
    return {UUID(key): person for key, person in build_record(identities, shown, (), (), area="").people.items()}


def brief_record(people: Mapping[UUID, Person], kinds: Collection[str]) -> FamilyRecord:
    """These people with their own entries of some kinds, briefly, in one query; call inside `access.viewing`.

    An entry holds its people among these, its dates, author and details; summary, receipts and source are blank.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(_BRIEFLY, [list(people), list(kinds)])
        rows = cursor.fetchall()
    about: dict[UUID, list[About]] = {}
    for row in rows:
        about.setdefault(row[2], []).append(About(str(row[0]), AboutRole(row[1])))
    found = {row[2]: _entry(row[2:], about[row[2]]) for row in rows}
    return FamilyRecord({str(key): person for key, person in people.items()}, ordered(found.values()))


def _entry(row: tuple[object, ...], about: Sequence[About]) -> Entry:
    key, kind, occurred, precision, recorded, agency, author_role, details, supersedes = row
    return Entry(
        id=str(key),
        kind=str(kind),
        occurred=When.parse(str(occurred), str(precision)),
        recorded=When.parse(str(recorded)),
        agency=str(agency),
        author_role=str(author_role),
        about=tuple(about),
        summary="",
        details=json.loads(str(details)),
        supersedes=str(supersedes) if supersedes else None,
    )
