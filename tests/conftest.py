"""The store for tests: one embedded PostgreSQL, a migrated template, a copy for each worker, emptied after each test.

Pages read as wp_web and operations write as wp_engine, on connections of their own, so a test's rows are really
committed. Emptying needs the superuser, since no role of ours may remove a row.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.environment import DATA
from wholepicture.config import postgres, settings

ALIASES = ("default", "engine", "sign_in", "owner")


def _migrations_digest() -> str:
    """Changes when any migration (or the SQL that they share) changes, so that a stale template is never used."""
    root = Path(settings.ROOT) / "wholepicture"
    files = sorted([*root.glob("*/migrations/*.py"), root / "access" / "guards.py"])
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def _exists(superuser: str, name: str) -> bool:
    with psycopg.connect(superuser, autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _template(superuser: str) -> str:
    """A migrated database that nobody is connected to; made once for these migrations."""
    name = f"wp_template_{_migrations_digest()}"
    with (DATA / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(superuser, name):
            making = f"{name}_new"
            postgres.drop(superuser, making)
            postgres.prepare(superuser, making)
            migrate = [
                sys.executable,
                "-m",
                "django",
                "migrate",
                "--database",
                "owner",
                "--verbosity",
                "0",
                "--skip-checks",
            ]
            subprocess.run(migrate, check=True, cwd=settings.ROOT)
            with psycopg.connect(superuser, autocommit=True) as connection:
                connection.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (making, name)))
                )
    return name


@dataclass(frozen=True)
class Store:
    """The worker's own database, by each role's address."""

    superuser: str
    name: str
    urls: postgres.Urls

    def as_superuser(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection past every guard, for emptying and for tampering in tests."""
        return psycopg.connect(make_conninfo(self.superuser, dbname=self.name), autocommit=True)

    def empty(self) -> None:
        """Remove every row, guards notwithstanding."""
        with self.as_superuser() as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'django%'"
            ).fetchall()
            names = sql.SQL(", ").join(sql.Identifier(str(t[0])) for t in tables)
            connection.execute("SET session_replication_role = replica")
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))


@pytest.fixture(scope="session")
def whole_store() -> Iterator[Store]:
    """The worker's database for the whole run; tests ask for `store`."""
    server = postgres.ensure_server(DATA, durable=False)
    name = f"wp_test_{os.getpid()}"
    template = _template(server.superuser_url)
    with (DATA / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        urls = postgres.clone(server.superuser_url, template, name)
    for alias, url in zip(ALIASES, (urls.web, urls.engine, urls.sign_in, urls.owner), strict=True):
        connections.settings[alias].update(settings._database(url))
    yield Store(server.superuser_url, name, urls)
    connections.close_all()
    postgres.drop(server.superuser_url, name)
    server.stop()


@pytest.fixture
def store(whole_store: Store) -> Iterator[Store]:
    """An empty store; what a test commits is gone afterwards."""
    yield whole_store
    connections.close_all()
    whole_store.empty()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that proofs recorded, such as how many decisions were compared."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "figure" and report.when == "call":
                terminalreporter.write_line(str(value))
