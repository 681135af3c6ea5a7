"""Sessions end after 15 idle minutes and after 12 hours, in the database; the use is noted, at most once a minute."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.conf import settings
from django.db import connections, transaction

from tests.conftest import Store
from tests.web.browsing import browser
from tests.worlds import World, build_world
from wholepicture.access.operations import IDLE, SESSION_LENGTH, use_session
from wholepicture.agencies.queries import viewer_of_session


@pytest.fixture
def world(store: Store) -> World:
    """Ann, who is signed in."""
    return build_world()


def age(store: Store, *, used: str = "0", started: str = "0") -> None:
    """Let so much time have passed since every session was used and begun."""
    with store.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE access_session_use SET at = at - %s::interval", [used])
        connection.execute("UPDATE access_session SET expires_at = expires_at - %s::interval", [started])


def seen_by(token: str) -> list[tuple[object, ...]]:
    """What the session sees by direct SQL as the pages' role."""
    with transaction.atomic(using="default"):
        use_session(token)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT id FROM people_person")
            return list(cursor.fetchall())


@pytest.mark.parametrize(
    ("used", "started", "alive"),
    [("14 minutes", "0", True), ("15 minutes", "0", False), ("0", "11:59", True), ("0", "12:00", False)],
)
def test_a_session_lasts_as_long_as_is_said(world: World, store: Store, used: str, started: str, alive: bool) -> None:
    assert (IDLE.total_seconds(), SESSION_LENGTH.total_seconds()) == (15 * 60, 12 * 3600)
    age(store, used=used, started=started)
    assert bool(seen_by(world.ann.session)) is alive
    assert (viewer_of_session(world.ann.session) is not None) is alive
    assert browser(world.ann).get("/").status_code == (200 if alive else 302)


def uses(store: Store) -> dict[str, object]:
    """When each session was last used."""
    with store.as_superuser() as connection:
        return {str(h): at for h, at in connection.execute("SELECT token_hash, at FROM access_session_use").fetchall()}


def test_reading_counts_as_use_and_is_noted_once_a_minute(world: World, store: Store) -> None:
    began = uses(store)
    assert browser(world.ann).get("/").status_code == 200
    assert uses(store) == began, "within a minute nothing is written"
    age(store, used="14 minutes")
    stale = uses(store)
    assert browser(world.ann).get("/").status_code == 200
    changed = {h for h, at in uses(store).items() if at != stale[h]}
    assert len(changed) == 1, "Ann's alone"
    age(store, used="14 minutes")
    assert browser(world.ann).get("/").status_code == 200


def test_what_is_over_is_not_revived_by_using_it(world: World, store: Store) -> None:
    age(store, used="15 minutes")
    stale = uses(store)
    assert browser(world.ann).get("/").status_code == 302
    with transaction.atomic(using="default"):
        use_session(world.ann.session)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT access_session_used()")
    assert uses(store) == stale
    assert viewer_of_session(world.ann.session) is None


def test_a_database_that_takes_nothing_keeps_nobody_from_reading(world: World, store: Store) -> None:
    age(store, used="5 minutes")
    with store.as_superuser() as connection:
        connection.execute(f"ALTER DATABASE {store.name} SET default_transaction_read_only = on")
    connections.close_all()
    try:
        viewer = viewer_of_session(world.ann.session)
        assert viewer is not None and UUID(viewer.actor.practitioner)
    finally:
        with store.as_superuser() as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {store.name} RESET default_transaction_read_only")
        connections.close_all()


def test_pages_cannot_write_uses_themselves(world: World) -> None:
    with pytest.raises(Exception, match="permission denied"), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE access_session_use SET at = now()")


def test_staying_signed_in_is_a_use_and_answers_scripts_with_nothing(world: World, store: Store) -> None:
    age(store, used="13 minutes")
    ann = browser(world.ann)
    assert ann.post("/your-sign-in/stay", headers={"accept": "application/json"}).status_code == 204
    age(store, used="3 minutes")
    assert ann.post("/your-sign-in/stay").status_code == 302
    assert settings.SESSION_COOKIE_AGE == 1200
