"""Make an installation ready to serve: secrets, database, tables, and the demonstration in an empty database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from wholepicture.config.places import data_dir, project_root, secret
from wholepicture.config.postgres import DatabaseRefused, Server, ServerFailed, ensure_server, prepare, prepared

DATABASE = "wholepicture"
CLUSTERS_OWN = {"postgres", "template0", "template1"}
"""Databases that every server has; a DATABASE_URL that names one means the server, not that database."""


class NotReady(Exception):
    """The installation cannot serve; the message says why and what to do in a sentence."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where the application's database is, and the embedded server when that is where."""

    superuser_url: str
    database: str
    server: Server | None

    def stop(self) -> None:
        """Let go of the embedded server; another's is left alone."""
        if self.server is not None:
            self.server.stop()


def open_store() -> Store:
    """Start or join the embedded server, or use the one that DATABASE_URL names."""
    data = data_dir()
    try:
        data.mkdir(parents=True, exist_ok=True)
        secret(data, "secret_key")
        secret(data, "second_factor_key")
    except PermissionError as error:
        raise NotReady(
            f"{error.filename} belongs to another user: be that user, or set WHOLEPICTURE_DATA to a folder of your own."
        ) from error
    named = os.environ.get("DATABASE_URL")
    if named is None:
        server = ensure_server(data)
        return Store(server.superuser_url, DATABASE, server)
    try:
        database = conninfo_to_dict(named).get("dbname")
    except psycopg.ProgrammingError:
        # Said without the cause, which may quote the address with its password.
        raise NotReady("DATABASE_URL is not an address like postgresql://role:password@host:5432/name.") from None
    return Store(named, DATABASE if database is None or database in CLUSTERS_OWN else str(database), None)


@contextmanager
def ready(console: Console) -> Iterator[Store]:
    """The installation made ready, its database server held until the end."""
    try:
        with step(console, "Starting the database"):
            store = open_store()
    except ServerFailed as error:
        raise NotReady(str(error)) from error
    try:
        try:
            with step(console, "Preparing the database"):
                prepare(store.superuser_url, store.database)
        except DatabaseRefused as error:
            raise NotReady(str(error)) from error
        if filled_with(store) != (wanted := filling()):
            fill(console)
            mark_filled(store, wanted)
        yield store
    finally:
        if store.server is not None:
            with step(console, "Stopping the database"):
                store.server.stop()


def filling() -> str:
    """What decides whether there is anything to fill in: Django, the migrations there are, and the mode."""
    root = project_root() / "wholepicture"
    migrations = sorted(path.relative_to(root).as_posix() for path in root.glob("*/migrations/*.py"))
    mode = os.environ.get("WHOLEPICTURE_DEMO", "")
    return sha256("\n".join([metadata.version("django"), mode, *migrations]).encode()).hexdigest()


def filled_with(store: Store) -> str | None:
    """What the database was last filled with, as it says itself: a start with nothing to do need not load Django."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(make_conninfo(store.superuser_url, dbname=store.database)) as connection:
        found = connection.execute(query, [store.database]).fetchone()
    return str(found[0]) if found else None


def mark_filled(store: Store, what: str) -> None:
    """Write on the database what it was filled with; only when all of it is there."""
    with psycopg.connect(make_conninfo(store.superuser_url, dbname=store.database)) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(store.database), sql.Literal(what))
        )


def fill(console: Console) -> None:
    """Bring the tables up to date, and load the demonstration where there is nothing yet."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    with step(console, "Bringing the tables up to date"):
        set_up_django()
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    from wholepicture.demo.load import holds
    from wholepicture.demo.mode import Holds, check_mode

    check_mode(demo=settings.DEMO, holds=(now := holds()))
    if settings.DEMO and now is Holds.NOTHING:
        load_demo(console)
    # What serves is another process; this one only waits.
    connections.close_all()


def set_up_django() -> None:
    """Bring Django in; not before the database is prepared, which its settings read of."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholepicture.config.settings")
    import django

    django.setup()


def load_demo(console: Console) -> None:
    """Load the demonstration, showing how far it has come."""
    from wholepicture.demo.load import load_demo as load

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Loading the demonstration", total=None)
        load(lambda done, total: progress.update(task, completed=done, total=total))
    with step(console, "Taking stock of what was loaded"):
        take_stock()


def take_stock() -> None:
    """Let the planner count what was loaded: until the server gets round to it by itself, pages would be slow."""
    urls = prepared()
    if urls is not None:
        with psycopg.connect(urls.owner, autocommit=True) as connection:
            connection.execute("ANALYZE")


@contextmanager
def step(console: Console, what: str) -> Iterator[None]:
    """Show what is being done while it takes a while; where there is no terminal, say it once."""
    if not console.is_terminal:
        console.print(f"{what} ...")
    with console.status(f"{what} ..."):
        yield
