"""Connections are shared by requests: whoever comes next never inherits the session of whoever came before.

Interleaved over a few connections, with commits, rollbacks, errors and cancelled statements in between: 5,000 requests
in `./test`, 100,000 in `./test --nightly`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections, transaction

from tests.conftest import Store
from tests.worlds import build_world
from wholepicture.access.operations import use_session

REQUESTS = 100_000 if os.environ.get("WHOLEPICTURE_NIGHTLY") == "1" else 5_000
CONNECTIONS, THREADS = 3, 8
Connection = psycopg.Connection[Any]


class _Stop(Exception):
    """A request that fails in the middle."""


def _seen(connection: Connection) -> set[UUID]:
    return {row[0] for row in connection.execute("SELECT id FROM people_person")}


def _request(connection: Connection, token: str, ending: str) -> set[UUID]:
    """One request's transaction: what it saw, however it ended."""
    seen: set[UUID] = set()
    try:
        with connection.transaction():
            connection.execute("SELECT set_config('wp.session', %s, true)", [token])
            seen = _seen(connection)
            if ending == "cancelled":
                connection.execute("SET LOCAL statement_timeout = '1ms'")
                connection.execute("SELECT pg_sleep(1)")
            if ending == "error":
                connection.execute("SELECT 1 / 0")
            if ending == "rolled back":
                raise _Stop
    except (psycopg.errors.QueryCanceled, psycopg.errors.DivisionByZero, _Stop):
        return seen
    return seen


@pytest.mark.requirement("R13")
def test_no_connection_reads_the_token_of_another(store: Store) -> None:
    """Connections of one role see each other's statements: what whoever looks has sent must not be among them."""
    world = build_world()
    with transaction.atomic(using="default"):
        use_session(world.ann.session)
        own = connections["default"].connection.info.backend_pid
        with psycopg.connect(store.urls.web) as another:
            [(said,)] = another.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [own]).fetchall()
        assert _seen(connections["default"].connection) == {world.child, world.mother}
    assert "set_config" in said and world.ann.session not in said


@pytest.mark.slow
@pytest.mark.requirement("R13")
def test_no_session_outlives_its_transaction(store: Store, record_property: Callable[[str, object], None]) -> None:
    world = build_world()
    may_see = {
        world.ann.session: {world.child, world.mother},
        world.bob.session: {world.other_child},
        "forged": set(),
    }
    pool: Queue[Connection] = Queue()
    for _ in range(CONNECTIONS):
        pool.put(psycopg.connect(store.urls.web, autocommit=True))

    def work(seed: int) -> Counter[str]:
        rng, told = Random(seed), Counter[str]()
        for _ in range(REQUESTS // THREADS):
            token = rng.choice(list(may_see))
            ending = rng.choice(("committed", "committed", "rolled back", "error", "cancelled"))
            connection = pool.get()
            try:
                told["inherited"] += bool(_seen(connection))
                told["wrong"] += _request(connection, token, ending) != may_see[token]
                told[ending] += 1
            finally:
                pool.put(connection)
        return told

    with ThreadPoolExecutor(THREADS) as threads:
        told = sum(threads.map(work, range(THREADS)), Counter[str]())
    while not pool.empty():
        pool.get().close()
    record_property("figure", f"access: {dict(told)} requests over {CONNECTIONS} connections")
    assert (told["inherited"], told["wrong"]) == (0, 0)
    assert sum(told[e] for e in ("committed", "rolled back", "error", "cancelled")) == REQUESTS
