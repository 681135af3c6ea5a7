"""The three roles own and bypass no more than they should, on any server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from wholepicture.config import postgres
from wholepicture.config.postgres import DatabaseRefused, Server, Urls, clone, drop, ensure_server, prepare, prepared

ROLES = ["wp_owner", "wp_web", "wp_engine", "wp_sign_in"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of the module's own: roles belong to the whole server."""
    folder = Path(tempfile.mkdtemp(prefix="wp-"))
    started = ensure_server(folder, durable=False)
    yield started
    started.stop()
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _data(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOLEPICTURE_DATA", str(server.cluster.parent))


@pytest.fixture
def urls(server: Server) -> Iterator[Urls]:
    """A database prepared anew."""
    yield prepare(server.superuser_url, "picture")
    drop(server.superuser_url, "picture")


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def test_each_role_reaches_the_database_by_its_own_name(urls: Urls) -> None:
    assert [ask(url, "SELECT current_user") for url in astuple(urls)] == ROLES


def test_no_role_has_powers_over_the_server(server: Server, urls: Urls) -> None:
    powers = "rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb OR rolcreaterole"
    assert ask(server.superuser_url, f"SELECT bool_or({powers}) FROM pg_roles WHERE rolname LIKE 'wp_%'") is False


@pytest.mark.parametrize("role", ["web", "engine"])
@pytest.mark.parametrize("act", ["CREATE TABLE mine ()", "CREATE TEMP TABLE mine ()", "CREATE SCHEMA mine"])
def test_the_serving_roles_can_make_nothing(urls: Urls, role: str, act: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(getattr(urls, role), act)


@pytest.mark.parametrize("role", ["web", "engine"])
def test_the_serving_roles_cannot_become_another(urls: Urls, role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(getattr(urls, role), "SET ROLE wp_owner")


def test_a_stranger_to_the_database_cannot_enter_it(server: Server, urls: Urls) -> None:
    ask(server.superuser_url, "CREATE ROLE stranger")
    assert ask(server.superuser_url, "SELECT has_database_privilege('stranger', 'picture', 'CONNECT')") is False
    ask(server.superuser_url, "DROP ROLE stranger")


def test_to_prepare_again_changes_nothing(server: Server, urls: Urls) -> None:
    ask(urls.owner, "CREATE TABLE kept ()")
    assert prepare(server.superuser_url, "picture") == urls == prepared()
    assert ask(urls.owner, "SELECT count(*) FROM kept") == 0


def test_the_addresses_are_kept_from_others(server: Server, urls: Urls) -> None:
    kept = server.cluster.parent / "database.json"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_role_that_was_given_the_power_to_see_all_is_refused(server: Server, urls: Urls) -> None:
    ask(server.superuser_url, "ALTER ROLE wp_web BYPASSRLS")
    with pytest.raises(DatabaseRefused, match="'wp_web' has powers"):
        prepare(server.superuser_url, "picture")
    ask(server.superuser_url, "ALTER ROLE wp_web NOBYPASSRLS")


@pytest.mark.parametrize("into", ["wp_owner", "wp_engine", "pg_read_all_data", "pg_read_all_stats"])
def test_a_role_that_may_become_another_is_refused(server: Server, urls: Urls, into: str) -> None:
    ask(server.superuser_url, f"GRANT {into} TO wp_web")
    try:
        with pytest.raises(DatabaseRefused, match="'wp_web' has powers"):
            prepare(server.superuser_url, "picture")
    finally:
        ask(server.superuser_url, f"REVOKE {into} FROM wp_web")


@pytest.mark.parametrize("role", ["web", "engine", "sign_in", "owner"])
def test_what_a_role_sends_stays_out_of_the_servers_log(urls: Urls, role: str) -> None:
    url = getattr(urls, role)
    wanted = {"log_statement": "none", "log_min_error_statement": "panic", "log_min_duration_statement": "-1",
              "log_parameter_max_length": "0", "log_error_verbosity": "terse"}  # fmt: skip
    assert {name: ask(url, f"SHOW {name}") for name in wanted} == wanted
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(url, "SET log_statement = 'all'")


def test_where_the_log_is_the_keepers_it_goes_on_without(server: Server) -> None:
    """On a hosted server the role that prepares is no superuser."""
    ask(server.superuser_url, "CREATE ROLE keeper LOGIN CREATEDB CREATEROLE PASSWORD 'keeper'")
    for role in ROLES:
        ask(server.superuser_url, f"GRANT {role} TO keeper WITH ADMIN OPTION")
    try:
        theirs = make_conninfo(server.superuser_url, user="keeper", password="keeper")
        with psycopg.connect(theirs, autocommit=True) as connection:
            postgres._keep_out_of_the_log(connection, sql.Identifier("wp_web"))
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        ask(server.superuser_url, "DROP OWNED BY keeper")
        ask(server.superuser_url, "DROP ROLE keeper")


def test_a_database_of_somebody_elses_is_refused(server: Server) -> None:
    ask(server.superuser_url, "CREATE DATABASE theirs")
    with pytest.raises(DatabaseRefused, match="'theirs' belongs to another role"):
        prepare(server.superuser_url, "theirs")
    drop(server.superuser_url, "theirs")


def test_an_old_server_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "OLDEST_SERVER", 990_000)
    with pytest.raises(DatabaseRefused, match="15 or newer"):
        prepare(server.superuser_url, "picture")


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseRefused, match="cannot be reached") as refused:
        prepare("postgresql://somebody:mouse-trap@127.0.0.1:1/picture", "picture")
    assert "mouse-trap" not in str(refused.value)


def test_a_role_that_may_create_roles_and_databases_is_enough(server: Server) -> None:
    ask(server.superuser_url, "CREATE ROLE steward LOGIN CREATEROLE CREATEDB PASSWORD 'tea'")
    for role in ROLES:
        ask(server.superuser_url, f"DROP ROLE IF EXISTS {role}")
    steward = f"postgresql://steward:tea@/postgres?host={quote(str(server.socket_dir), safe='')}"
    urls = prepare(steward, "picture")
    assert prepare(steward, "picture") == urls
    assert ask(urls.web, "SELECT current_user") == "wp_web"
    drop(server.superuser_url, "picture")


def test_a_copy_is_guarded_as_its_original(server: Server, urls: Urls) -> None:
    ask(urls.owner, "CREATE TABLE kept AS SELECT 3 AS number")
    ask(urls.owner, "GRANT SELECT ON kept TO wp_web")
    copied = clone(server.superuser_url, "picture", "copy")
    assert ask(copied.web, "SELECT number FROM kept") == 3
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(copied.web, "CREATE TEMP TABLE mine ()")
    drop(server.superuser_url, "copy")
