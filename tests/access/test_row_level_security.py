"""The web role, by direct SQL: it can change nothing, and sees no child that its viewer has no claim to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.conftest import Store
from tests.worlds import World, build_world


@pytest.fixture
def world(store: Store) -> World:
    """Two families, each known to another team."""
    return build_world()


def _as_web(store: Store, token: str) -> psycopg.Connection[tuple[object, ...]]:
    connection = psycopg.connect(store.urls.web)
    connection.execute("SELECT set_config('wp.session', %s, false)", [token])
    return connection


TABLES = ("record_entry", "record_about", "record_receipt", "people_identity", "people_person", "people_decided",
          "people_relationship", "people_grouping")  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_no_session_sees_nothing(store: Store, world: World, table: str) -> None:
    with _as_web(store, "forged") as connection:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_claim_shows_its_own_family_and_no_other(store: Store, world: World) -> None:
    with _as_web(store, world.ann.session) as connection:
        seen = {row[0] for row in connection.execute("SELECT id FROM people_person")}
        entries = {row[0] for row in connection.execute("SELECT id FROM record_entry")}
    assert seen == {world.child, world.mother}
    assert entries == {world.entry}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_web_role_changes_nothing(store: Store, world: World, table: str, change: str) -> None:
    column = {"people_decided": "person", "people_person": "stored_at"}.get(table, "stored_at")
    if table in {"record_about"}:
        column = "role"
    with _as_web(store, world.ann.session) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(change.format(table, column, column))


def test_not_even_the_owner_changes_an_entry(store: Store, world: World) -> None:
    with store.as_superuser() as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("UPDATE record_entry SET summary = 'altered'")


def test_a_session_ends_when_it_is_over(store: Store, world: World) -> None:
    from wholepicture.access.operations import end_session

    end_session(token=world.ann.session)
    with _as_web(store, world.ann.session) as connection:
        assert connection.execute("SELECT count(*) FROM people_person").fetchone() == (0,)


def test_an_involvement_that_has_run_out_shows_nothing(store: Store, world: World) -> None:
    from wholepicture.access.operations import involve, system_authority

    now = datetime.now(UTC)
    involve(
        authority=system_authority(act="test", now=now), team="school/oak:staff", people=[world.child],
        ground="school roll", since=now - timedelta(days=9), until=now - timedelta(days=1),
    )  # fmt: skip
    with _as_web(store, world.bob.session) as connection:
        seen = {row[0] for row in connection.execute("SELECT id FROM people_person")}
    assert world.child not in seen
