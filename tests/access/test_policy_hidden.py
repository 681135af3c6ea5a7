"""Hidden and absent answer alike to the web's role, by whatever it may send: reads, counts, errors, the one insert."""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.growing import KEYS
from tests.conftest import Store
from tests.worlds import World, build_world

INSERT = """INSERT INTO access_audit (clock, practitioner, act, purpose, agency, role, ground, person, entry, chain)
VALUES (now(), %s, 'x', 'protect', '', '', '', %s, %s, 'Grown')"""


@pytest.fixture
def world(store: Store) -> World:
    """Two families, each known to another team."""
    return build_world()


def _as_ann(store: Store, world: World) -> psycopg.Connection[tuple[object, ...]]:
    connection = psycopg.connect(store.urls.web)
    connection.execute("SELECT set_config('wp.session', %s, false)", [world.ann.session])
    return connection


ASKED: tuple[LiteralString, ...] = (
    "SELECT * FROM people_person WHERE id = %s",
    "SELECT count(*) FROM record_about a JOIN people_decided b ON b.identity = a.identity WHERE b.person = %s",
    "SELECT count(*), max(id::text) FROM access_involvement WHERE person = %s",
    "SELECT count(*) FROM signals_signal WHERE person = %s",
    "SELECT * FROM access_withheld(%s)",
    "SELECT access_may_see_person(%s, access_viewer_teams())",
    "SELECT count(*) FROM people_grouping WHERE person_id = %s",
)


@pytest.mark.parametrize("query", ASKED)
@pytest.mark.requirement("R13")
def test_a_hidden_person_answers_as_nobody_does(store: Store, world: World, query: LiteralString) -> None:
    with _as_ann(store, world) as connection:
        hidden, absent = (connection.execute(query, [p]).fetchall() for p in (world.other_child, uuid4()))
        shown = connection.execute(query, [world.child]).fetchall()
    assert hidden == absent
    # Asked of somebody whom Ann may see, most of these do answer otherwise: the test above is not of silence.
    assert shown != hidden or "signals" in query or "withheld" in query


def test_an_audit_row_about_a_hidden_person_is_taken_as_one_about_nobody_is(store: Store, world: World) -> None:
    me = UUID(world.ann.actor.practitioner)
    with _as_ann(store, world) as connection:
        for person in (world.other_child, uuid4()):
            assert connection.execute(INSERT, [me, person, uuid4()]).statusmessage == "INSERT 0 1"
        connection.rollback()


def test_an_audit_row_in_another_name_is_refused_whether_they_exist_or_not(store: Store, world: World) -> None:
    said: list[str] = []
    for who in (UUID(world.bob.actor.practitioner), uuid4()):
        with _as_ann(store, world) as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(INSERT, [who, None, None])
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_no_constraint_can_be_felt_through_the_one_table_that_the_web_adds_to(whole_store: Store) -> None:
    # A foreign key or a unique constraint there would answer a hidden id otherwise than an absent one.
    with whole_store.as_superuser() as connection:
        rows = connection.execute(
            "SELECT conname FROM pg_constraint "
            "WHERE conrelid = 'access_audit'::regclass AND contype IN ('f', 'u', 'c', 'x')"
        ).fetchall()
    assert rows == []


@pytest.mark.parametrize("table", sorted(KEYS.keys() - {"access_audit"}))
def test_the_web_cannot_probe_a_table_by_adding_to_it(store: Store, world: World, table: str) -> None:
    with _as_ann(store, world) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"INSERT INTO {table} DEFAULT VALUES".encode())


LEAKS: tuple[LiteralString, ...] = (
    "SELECT 1 / (CASE WHEN nhs_number = 'x' THEN 0 ELSE 1 END) FROM people_identity WHERE id = %s",
    "SELECT summary::int FROM record_entry WHERE id = %s",
)


@pytest.mark.parametrize("query", LEAKS)
def test_no_error_is_made_by_a_row_that_is_hidden(store: Store, world: World, query: LiteralString) -> None:
    with store.as_superuser() as past_every_guard:
        [(identity,)] = past_every_guard.execute(
            "SELECT identity FROM people_decided WHERE person = %s", [world.other_child]
        ).fetchall()
        [(entry,)] = past_every_guard.execute("SELECT id FROM record_entry WHERE id <> %s", [world.entry]).fetchall()
    with _as_ann(store, world) as connection:
        assert connection.execute(query, [identity if "identity" in query else entry]).fetchall() == []
