"""The embedded server: shared by processes, stopped by the last, and none the worse for a kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from wholepicture.config.embedded import Server, ServerFailed, ensure_server

pytestmark = pytest.mark.slow


@pytest.fixture
def data() -> Iterator[Path]:
    """A short path, so that the socket fits; whatever still runs there at the end is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="wp-"))
    yield folder
    if (folder / "postgres").exists():
        ensure_server(folder, durable=False).stop()
    shutil.rmtree(folder)


def ask(server: Server, query: str) -> object:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def process_of(server: Server) -> int:
    return int((server.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def test_the_last_to_let_go_stops_it(data: Path) -> None:
    first, second = ensure_server(data, durable=False), ensure_server(data, durable=False)
    first.stop()
    assert ask(second, "SELECT 1") == 1
    second.stop()
    with pytest.raises(psycopg.OperationalError):
        ask(second, "SELECT 1")


def test_to_let_go_twice_changes_nothing(data: Path) -> None:
    first, second = ensure_server(data, durable=False), ensure_server(data, durable=False)
    first.stop()
    first.stop()
    assert ask(second, "SELECT 1") == 1
    second.stop()


def test_it_keeps_what_it_was_given_before_it_was_killed(data: Path) -> None:
    server = ensure_server(data)
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(process_of(server), signal.SIGKILL)
    again = ensure_server(data)
    assert ask(again, "SELECT number FROM kept") == 7
    server.stop()
    again.stop()


def test_a_killed_process_holds_nothing(data: Path) -> None:
    script = (
        "import os, pathlib, sys; from wholepicture.config.embedded import ensure_server; "
        "held = ensure_server(pathlib.Path(sys.argv[1]), durable=False); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(data)], check=False)
    assert killed.returncode == -signal.SIGKILL
    server = ensure_server(data, durable=False)
    assert ask(server, "SELECT 1") == 1
    server.stop()
    assert not (server.cluster / "postmaster.pid").exists()


def test_a_lock_that_names_a_stranger_is_stale(data: Path) -> None:
    ensure_server(data, durable=False).stop()
    stale = data / "postgres" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{data / 'postgres'}\n0\n5432\n\n\n0 0\nready\n", encoding="utf-8")
    server = ensure_server(data, durable=False)
    assert ask(server, "SELECT 1") == 1
    server.stop()


def test_a_first_start_that_was_killed_is_begun_again(data: Path) -> None:
    (data / "postgres.new").mkdir()
    (data / "postgres.new" / "PG_VERSION").write_text("18\n", encoding="utf-8")
    server = ensure_server(data, durable=False)
    assert ask(server, "SELECT 1") == 1
    server.stop()


def test_a_path_too_long_for_a_socket_has_a_short_one(data: Path) -> None:
    server = ensure_server(data / ("deep" * 20), durable=False)
    assert server.socket_dir != server.cluster
    assert ask(server, "SELECT 1") == 1
    server.stop()
    shutil.rmtree(server.socket_dir)


def test_it_is_durable_unless_told_otherwise(data: Path) -> None:
    server = ensure_server(data)
    assert [ask(server, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")] == ["on"] * 3
    assert ask(server, "SHOW data_checksums") == "on"
    server.stop()


def test_nobody_gets_in_without_the_password(data: Path) -> None:
    server = ensure_server(data, durable=False)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(server.socket_dir), user="postgres", dbname="postgres", password="guess")
    assert ask(server, "SHOW listen_addresses") == ""
    assert (data / "secrets.json").stat().st_mode & 0o077 == 0
    assert server.cluster.stat().st_mode & 0o077 == 0
    server.stop()


def test_its_log_repeats_nothing_of_what_was_stored(data: Path) -> None:
    server = ensure_server(data, durable=False)
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE one (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                connection.execute("INSERT INTO one VALUES (%s)", ["Aloysius"])
            except psycopg.errors.UniqueViolation:
                refused = True
    server.stop()
    log = (server.cluster / "server.log").read_text(encoding="utf-8")
    assert refused
    assert "duplicate key" in log
    assert "Aloysius" not in log


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    ensure_server(data, durable=False).stop()
    version = data / "postgres" / "PG_VERSION"
    right = version.read_text(encoding="utf-8")
    version.write_text("12\n", encoding="utf-8")
    with pytest.raises(ServerFailed, match=r"PostgreSQL did not start: .+"):
        ensure_server(data, durable=False)
    version.write_text(right, encoding="utf-8")
