"""The application's database and its four roles, made the same way on the embedded server or on another.

`wp_owner` owns the tables and migrates. `wp_web` serves pages and `wp_engine` computes signals; they own nothing,
bypass nothing, and get from the migrations only the rights that they need. `wp_sign_in` keeps passwords and second
factors, which neither of them reads, and reads nothing about a family.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from wholepicture.config.embedded import Server, ServerFailed, ensure_server
from wholepicture.config.places import data_dir, read_private, secret, write_private

__all__ = ["DatabaseRefused", "Server", "ServerFailed", "Urls", "clone", "drop", "ensure_server", "prepare", "prepared"]

OWNER, WEB, ENGINE, SIGN_IN = "wp_owner", "wp_web", "wp_engine", "wp_sign_in"
OLDEST_SERVER = 150_000
"""PostgreSQL 15: the first in which nobody but its owner may create in the schema `public`."""


class DatabaseRefused(Exception):
    """The database server cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Urls:
    """How each role reaches the application's database."""

    owner: str
    web: str
    engine: str
    sign_in: str


def prepare(superuser_url: str, database: str) -> Urls:
    """Make the roles and the database, or bring them into line; writes and returns how each role reaches it.

    The role of `superuser_url` must be allowed to create roles and databases. Refuses a server older than 15.
    """
    with _maintenance(superuser_url) as connection:
        if connection.info.server_version < OLDEST_SERVER:
            raise DatabaseRefused("PostgreSQL 15 or newer is needed; this server is older.")
        for role in (OWNER, WEB, ENGINE, SIGN_IN):
            _ensure_role(connection, role)
        # Not a superuser: to give a database to wp_owner one must be able to act as wp_owner.
        connection.execute(f"GRANT {OWNER} TO CURRENT_USER")
        if not _exists(connection, "pg_database", "datname", database):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )
        _guard_database(connection, database)
    with _connect(superuser_url, database) as inside:
        _guard_schema(inside)
    urls = _urls(superuser_url, database)
    write_private(data_dir() / "database.json", asdict(urls))
    return urls


def prepared() -> Urls | None:
    """How each role reaches the database that was last prepared; None before `./run` has made one."""
    kept = read_private(data_dir() / "database.json")
    # Written before there was a role for signing in: prepare again.
    return Urls(**kept) if "sign_in" in kept else None


def clone(superuser_url: str, template: str, name: str) -> Urls:
    """Copy a prepared database that nobody is connected to, rights included; for tests."""
    with _maintenance(superuser_url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )
        # A copy takes the tables' rights with it, but not the rights on the database itself.
        _guard_database(connection, name)
    return _urls(superuser_url, name)


def drop(superuser_url: str, name: str) -> None:
    """Remove a database, sending away whoever is connected to it; for tests."""
    with _maintenance(superuser_url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _connect(url: str, database: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(make_conninfo(url, dbname=database, connect_timeout=10), autocommit=True)
    except psycopg.OperationalError as error:
        # The first line names host and cause; psycopg never repeats the password.
        raise DatabaseRefused(f"The database server cannot be reached: {str(error).splitlines()[0]}") from error


def _maintenance(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return _connect(url, "postgres")


def _exists(connection: psycopg.Connection[tuple[object, ...]], table: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None


def _ensure_role(connection: psycopg.Connection[tuple[object, ...]], role: str) -> None:
    name = sql.Identifier(role)
    if not _exists(connection, "pg_roles", "rolname", role):
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    # Sent as a verifier: a password in the statement could end in the server's log.
    verifier = connection.pgconn.encrypt_password(secret(data_dir(), role).encode(), role.encode(), b"scram-sha-256")
    attributes = sql.SQL("LOGIN INHERIT NOCREATEDB NOCREATEROLE PASSWORD {}").format(sql.Literal(verifier.decode()))
    connection.execute(sql.SQL("ALTER ROLE {} {}").format(name, attributes))
    _refuse_powers(connection, role)
    _keep_out_of_the_log(connection, name)
    if role != OWNER:
        connection.execute(sql.SQL("ALTER ROLE {} SET statement_timeout = '30s'").format(name))
        connection.execute(sql.SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = '60s'").format(name))


_SILENT = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
"""Statements carry what people typed about families; the log is read by whoever looks after the machine."""


def _keep_out_of_the_log(connection: psycopg.Connection[tuple[object, ...]], role: sql.Identifier) -> None:
    """What the role sends is not written down, where we may say so: on a hosted server, its keeper must."""
    for setting, value in _SILENT.items():
        statement = sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.Identifier(setting), sql.Literal(value))
        with suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def _refuse_powers(connection: psycopg.Connection[tuple[object, ...]], role: str) -> None:
    """Refuse a role that somebody has given the power to pass row-level security: it would see every child."""
    # What it is a member of it can become (SET ROLE): of the owner, or of one that reads all data, say.
    query = """SELECT rolsuper OR rolbypassrls OR rolreplication
      OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid) FROM pg_roles r WHERE rolname = %s"""
    found = connection.execute(query, [role]).fetchone()
    if found is None or found[0]:
        raise DatabaseRefused(f"The database role '{role}' has powers it must not have; take them away first.")


def _guard_database(connection: psycopg.Connection[tuple[object, ...]], database: str) -> None:
    name = sql.Identifier(database)
    owner = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if owner is None or owner[0] != OWNER:
        raise DatabaseRefused(f"The database '{database}' belongs to another role; name one that does not exist yet.")
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in (WEB, ENGINE, SIGN_IN):
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def _guard_schema(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute(f"GRANT USAGE ON SCHEMA public TO {WEB}, {ENGINE}, {SIGN_IN}")


def _urls(superuser_url: str, database: str) -> Urls:
    return Urls(*(_url(superuser_url, database, role) for role in (OWNER, WEB, ENGINE, SIGN_IN)))


def _url(superuser_url: str, database: str, role: str) -> str:
    """The same server and its options, another role and database."""
    parts = {key: str(value) for key, value in conninfo_to_dict(superuser_url).items() if value is not None}
    for replaced in ("user", "password", "dbname"):
        parts.pop(replaced, None)
    options = "&".join(f"{key}={quote(value, safe='')}" for key, value in sorted(parts.items()))
    return f"postgresql://{role}:{quote(secret(data_dir(), role))}@/{quote(database)}?{options}"
