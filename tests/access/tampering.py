"""Random tampering with an audit by somebody who may do anything to the database, guards switched off."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

Connection = psycopg.Connection[tuple[object, ...]]

# The strongest adversary hashes as the database does, and seals anew from any number onwards.
RESEAL = """DO $$
DECLARE
  one record;
  n bigint := {start} - 1;
  h text := coalesce((SELECT hash FROM access_audit_seal WHERE number = {start} - 1), repeat('0', 64));
BEGIN
  FOR one IN SELECT a.id FROM access_audit a JOIN access_audit_seal s ON s.audit = a.id
           WHERE s.number >= {start} ORDER BY s.number LOOP
    n := n + 1;
    UPDATE access_audit_seal SET number = n, previous = h,
      hash = access_audit_hash((SELECT a FROM access_audit a WHERE a.id = one.id), n, h) WHERE audit = one.id
    RETURNING hash INTO h;
  END LOOP;
END $$"""
INSERT = """INSERT INTO access_audit (id, chain, at, clock, practitioner, agency, role, act, purpose, ground)
VALUES ({id}, 'Aldermere', now(), now(), NULL, 'police', 'police_officer', 'forged', 'protect', '')"""
EDITS = {
    "clock": "clock + interval '1 day'",
    "at": "at - interval '1 microsecond'",
    "practitioner": "gen_random_uuid()",
    "agency": "agency || 'x'",
    "role": "'manager'",
    "act": "act || '.refused'",
    "purpose": "'audit'",
    "ground": "'court order'",
    "person": "CASE WHEN person IS NULL THEN gen_random_uuid() END",
    "entry": "gen_random_uuid()",
    "chain": "'Elsewhere'",
    "id": "id + 100000",
}


@dataclass(frozen=True)
class Tampering:
    """What was done, and the number of the row that must be named, where it must be a certain one."""

    what: str
    number: int | None = None


def tamper(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Do one random thing to the audit of so many rows, whose ids and numbers are alike."""
    return chance.choice(_WAYS)(connection, rows, chance)


def restore_point(connection: Connection) -> None:
    """Remember the audit as it is."""
    connection.execute("SET session_replication_role = replica; SET TIME ZONE 'UTC'")
    connection.execute("CREATE TEMP TABLE kept_rows AS TABLE access_audit")
    connection.execute("CREATE TEMP TABLE kept_seals AS TABLE access_audit_seal")


def restore(connection: Connection) -> None:
    """Put the audit back as it was remembered."""
    connection.execute(
        "TRUNCATE access_audit, access_audit_seal; INSERT INTO access_audit TABLE kept_rows;"
        "INSERT INTO access_audit_seal TABLE kept_seals"
    )


def _edit(connection: Connection, number: int, chance: random.Random) -> str:
    column = chance.choice(list(EDITS))
    connection.execute(f"UPDATE access_audit SET {column} = {EDITS[column]} WHERE id = {number}")
    return column


def edit(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Change one value of one row."""
    number = chance.randint(1, rows)
    column = _edit(connection, number, chance)
    return Tampering(f"edit {column}", number)


def edit_and_seal(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Change one value of one row, and its own seal so that the two agree."""
    number = chance.randint(1, rows)
    connection.execute(f"UPDATE access_audit SET act = act || 'x' WHERE id = {number}")
    connection.execute(
        "UPDATE access_audit_seal s SET hash = access_audit_hash(a, s.number, s.previous) FROM access_audit a "
        f"WHERE a.id = s.audit AND s.number = {number}"
    )
    return Tampering("edit and seal", number)


def edit_and_reseal_all(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Change one row and write every later seal anew: only a witness can tell."""
    number = chance.randint(1, rows)
    connection.execute(f"UPDATE access_audit SET ground = 'consent' WHERE id = {number}")
    connection.execute(RESEAL.format(start=number))
    return Tampering("edit and reseal all")


def remove_row(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Remove a row and leave its seal."""
    number = chance.randint(1, rows)
    connection.execute(f"DELETE FROM access_audit WHERE id = {number}")
    return Tampering("remove row", number)


def remove_both(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Remove a row and its seal."""
    number = chance.randint(1, rows)
    remove_both_at(connection, number)
    return Tampering("remove both", number)


def remove_and_reseal(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Remove a row and close the gap behind it."""
    number = chance.randint(1, rows)
    remove_both_at(connection, number)
    connection.execute(RESEAL.format(start=number))
    return Tampering("remove and reseal")


def remove_both_at(connection: Connection, number: int) -> None:
    """Remove the row and the seal of a number."""
    connection.execute(f"DELETE FROM access_audit WHERE id = {number}")
    connection.execute(f"DELETE FROM access_audit_seal WHERE number = {number}")


def remove_seal(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Remove a seal and leave its row."""
    number = chance.randint(1, rows)
    connection.execute(f"DELETE FROM access_audit_seal WHERE number = {number}")
    return Tampering("remove seal", number)


def insert(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Put a row in past the trigger."""
    connection.execute(INSERT.format(id=rows + chance.randint(1, 500)))
    return Tampering("insert")


def insert_in_the_middle(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Put a row in with a seal, moving the later ones along; at times with every later seal written anew."""
    number, id_ = chance.randint(1, rows), rows + chance.randint(1, 500)
    connection.execute(INSERT.format(id=id_))
    connection.execute(f"UPDATE access_audit_seal SET number = -number WHERE number >= {number}")
    connection.execute("UPDATE access_audit_seal SET number = 1 - number WHERE number < 0")
    connection.execute(
        "INSERT INTO access_audit_seal SELECT a.id, a.chain, %(n)s, p, access_audit_hash(a, %(n)s, p) "
        "FROM access_audit a, "
        "coalesce((SELECT hash FROM access_audit_seal WHERE number = %(n)s - 1), repeat('0', 64)) p "
        "WHERE a.id = %(id)s",
        {"n": number, "id": id_},
    )
    if chance.random() < 0.5:
        connection.execute(RESEAL.format(start=number))
    return Tampering("insert in the middle")


def swap_rows(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Exchange two rows under their seals."""
    one, other = chance.sample(range(1, rows + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute(f"UPDATE access_audit SET id = {new} WHERE id = {old}")
    return Tampering("swap rows", one)


def swap_seals(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Exchange the places of two rows in the chain, hashes and all."""
    one, other = chance.sample(range(1, rows + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute(f"UPDATE access_audit_seal SET number = {new} WHERE number = {old}")
    return Tampering("swap seals")


def cut_off(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Remove the last rows with their seals."""
    last = chance.randint(0, rows - 1)
    connection.execute(f"DELETE FROM access_audit WHERE id > {last}")
    connection.execute(f"DELETE FROM access_audit_seal WHERE number > {last}")
    return Tampering("cut off", last + 1)


def begin_anew(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Remove the first rows, number the rest from one and, at times, seal them anew."""
    first = chance.randint(1, rows - 1)
    connection.execute(f"DELETE FROM access_audit WHERE id <= {first}")
    connection.execute(f"DELETE FROM access_audit_seal WHERE number <= {first}")
    connection.execute("UPDATE access_audit_seal SET number = -number")
    connection.execute(f"UPDATE access_audit_seal SET number = -number - {first}")
    if chance.random() < 0.5:
        connection.execute(RESEAL.format(start=1))
    return Tampering("begin anew")


def change_seal(connection: Connection, rows: int, chance: random.Random) -> Tampering:
    """Change one character of a hash, or of the hash before it."""
    number, column = chance.randint(1, rows), chance.choice(["hash", "previous"])
    connection.execute(
        f"UPDATE access_audit_seal SET {column} = overlay({column} placing CASE WHEN {column} LIKE '0%' THEN '1' "
        f"ELSE '0' END from 1) WHERE number = {number}"
    )
    return Tampering(f"change {column}", number)


_WAYS: list[Callable[[Connection, int, random.Random], Tampering]] = [
    edit, edit, edit, edit_and_seal, edit_and_reseal_all, remove_row, remove_both, remove_and_reseal, remove_seal,
    insert, insert_in_the_middle, swap_rows, swap_seals, cut_off, begin_anew, change_seal,
]  # fmt: skip
