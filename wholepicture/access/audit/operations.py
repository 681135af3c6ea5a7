"""Carrying the second sink's rows into the chain, once the database takes rows again."""

from __future__ import annotations

from pathlib import Path

from django.db import connections

from wholepicture.access.audit.sink import Kept, kept_in
from wholepicture.access.operations import acting
from wholepicture.foundation.authority import Authority

_CARRY = """INSERT INTO access_audit
(chain, clock, practitioner, agency, role, act, purpose, ground, person, entry)
SELECT %s, %s, nullif(%s, '')::uuid, %s, %s, %s, %s, %s, nullif(%s, '')::uuid, nullif(%s, '')::uuid
WHERE NOT EXISTS (SELECT 1 FROM access_audit WHERE chain = %s AND ground = %s AND clock = %s)"""


def carry(*, authority: Authority, folder: Path) -> int:
    """Take into the chain every row of the second sink that it does not have yet; returns how many.

    A row keeps the time of the look as its clock, and its place and hash in the sink as its ground, so that carrying
    twice adds nothing and the file, which stays, can be held against the chain.
    """
    kept = list(kept_in(folder))
    added = 0
    with acting(authority), connections["engine"].cursor() as cursor:
        for one in kept:
            cursor.execute(_CARRY, _values(one))
            added += cursor.rowcount
    return added


def _values(kept: Kept) -> list[str]:
    seen, ground = kept.look, f"second sink {kept.number} {kept.hash}"
    row = [seen.chain, seen.clock, seen.practitioner, seen.agency, seen.role, seen.act, seen.purpose]
    return [*row, ground, seen.person, seen.entry, seen.chain, ground, seen.clock]
