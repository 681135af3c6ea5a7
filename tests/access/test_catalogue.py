"""The database as it is, against what is declared: owners, row-level security, rights, triggers, functions."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Store
from wholepicture.access.guards import append_only, guarded, owner_reads, sequences

# Tables with no facts about a person: the directory, sessions (reached by no page), the demo's clock, Django's own.
WITHOUT_PEOPLE = {
    "agencies_agency", "agencies_team", "agencies_practitioner", "agencies_supervision", "access_session",
    "access_session_end", "access_session_use", "access_attempt", "access_demo_clock",
    "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
}  # fmt: skip
SIGN_IN_CHANGES = {"mfa_authenticator", "socialaccount_socialaccount", "django_session", "sign_in_kept_form"}
"""What wp_sign_in may add, change or remove: how somebody signs in, and nothing about a family."""
# Rows that something derives or looks after: a change there is no change of what anybody said.
MAY_CHANGE = {
    "agencies_agency", "agencies_team", "agencies_practitioner", "agencies_supervision", "people_decided",
    "people_belongs", "people_stands", "people_address_key", "people_ready",
    "account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "sign_in_kept_form",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
    # By functions of the owner alone: when a session was last used, and how often something was tried.
    "access_session_use", "access_attempt",
}  # fmt: skip


def _rows(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.as_superuser() as connection:
        return list(connection.execute(query))


def _tables(store: Store) -> dict[str, tuple[bool, bool]]:
    rows = _rows(
        store,
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'",
    )
    ours = {str(name): (bool(on), bool(forced)) for name, on, forced in rows}
    return {n: v for n, v in ours.items() if not n.startswith(("django_", "auth_", "agencies_practitioner_"))}


def test_every_table_about_people_forces_row_level_security(whole_store: Store) -> None:
    open_tables = {name for name, (on, forced) in _tables(whole_store).items() if not (on and forced)}
    assert open_tables == WITHOUT_PEOPLE


def test_every_table_is_append_only_but_those_declared(whole_store: Store) -> None:
    rows = _rows(
        whole_store,
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE p.proname = 'record_refuse_change' GROUP BY c.relname HAVING count(*) = 2",
    )
    kept = {str(row[0]) for row in rows}
    assert _tables(whole_store).keys() - kept == MAY_CHANGE


@pytest.mark.parametrize("role", ["wp_web", "wp_engine", "wp_sign_in"])
def test_no_role_but_the_owner_owns_or_bypasses_anything(whole_store: Store, role: str) -> None:
    [(powers, owned)] = _rows(
        whole_store,
        f"SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb, "
        f"(SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = '{role}'",
    )
    assert (powers, owned) == (False, 0)


def _rights(store: Store, role: str, kind: str) -> set[str]:
    rows = _rows(
        store,
        "SELECT DISTINCT table_name FROM information_schema.role_table_grants "
        f"WHERE grantee = '{role}' AND privilege_type = '{kind}' AND table_schema = 'public'",
    )
    return {str(row[0]) for row in rows}


def test_the_web_adds_only_audit_rows_and_changes_nothing(whole_store: Store) -> None:
    assert _rights(whole_store, "wp_web", "INSERT") == {"access_audit"}
    for kind in ("UPDATE", "DELETE", "TRUNCATE"):
        assert _rights(whole_store, "wp_web", kind) == set()


def test_the_engine_removes_nothing(whole_store: Store) -> None:
    for kind in ("UPDATE", "DELETE", "TRUNCATE"):
        assert _rights(whole_store, "wp_engine", kind) == set()


def test_the_web_cannot_read_passwords_or_sessions(whole_store: Store) -> None:
    [(password, session)] = _rows(
        whole_store,
        "SELECT has_column_privilege('wp_web', 'agencies_practitioner', 'password', 'SELECT'), "
        "has_table_privilege('wp_web', 'access_session', 'SELECT')",
    )
    assert (password, session) == (False, False)


def test_only_sign_in_reads_second_factors_and_it_reads_no_family(whole_store: Store) -> None:
    secret = SIGN_IN_CHANGES | {"account_emailaddress", "socialaccount_socialapp", "socialaccount_socialtoken"}
    for role in ("wp_web", "wp_engine"):
        for kind in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            assert _rights(whole_store, role, kind) & secret == set()
    sessions = {"access_session", "access_session_end", "access_session_use", "agencies_practitioner"}
    assert _rights(whole_store, "wp_sign_in", "SELECT") == secret | sessions
    assert _rights(whole_store, "wp_sign_in", "INSERT") == SIGN_IN_CHANGES
    assert _rights(whole_store, "wp_sign_in", "DELETE") == SIGN_IN_CHANGES
    assert _rights(whole_store, "wp_sign_in", "UPDATE") == {"mfa_authenticator", "django_session"}


def test_functions_that_look_past_the_guards_fix_their_search_path(whole_store: Store) -> None:
    rows = _rows(
        whole_store,
        "SELECT p.proname, p.proconfig::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'public' AND p.prosecdef",
    )
    assert rows
    assert {name for name, config in rows if "search_path" not in str(config)} == set()


def test_functions_that_look_past_the_guards_look_last_among_temporary_tables(whole_store: Store) -> None:
    """Where pg_temp is not named it is looked in first: a caller's own table would stand before ours."""
    rows = _rows(
        whole_store,
        "SELECT p.proname, c FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "CROSS JOIN unnest(p.proconfig) AS c WHERE n.nspname = 'public' AND p.prosecdef AND c LIKE 'search_path=%'",
    )
    assert {name for name, path in rows if not str(path).endswith(", pg_temp")} == set()


@pytest.mark.parametrize("role", ["wp_web", "wp_engine", "wp_sign_in"])
def test_no_role_makes_tables_of_its_own(whole_store: Store, role: str) -> None:
    [powers] = _rows(
        whole_store,
        f"SELECT has_database_privilege('{role}', current_database(), 'TEMP'), "
        f"has_database_privilege('{role}', current_database(), 'CREATE'), "
        f"has_schema_privilege('{role}', 'public', 'CREATE')",
    )
    assert powers == (False, False, False)


def test_no_policy_asks_a_row_of_another_table_about_itself(whole_store: Store) -> None:
    """In “EXISTS (SELECT 1 FROM w WHERE w.id = id)”, the second id is w's own: any row of w would do for every row."""
    rows = _rows(
        whole_store,
        "SELECT polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid) FROM pg_policy "
        "WHERE polqual IS NOT NULL "
        "UNION ALL SELECT polrelid::regclass::text, polname, pg_get_expr(polwithcheck, polrelid) FROM pg_policy "
        "WHERE polwithcheck IS NOT NULL",
    )
    assert {(table, policy) for table, policy, asks in rows if re.search(r"\b(\w+\.\w+) = \1\b", str(asks))} == set()


def test_there_are_no_views_that_could_look_past_the_guards(whole_store: Store) -> None:
    assert _rows(whole_store, "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                              "WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')") == []  # fmt: skip


def test_the_sql_that_guards_a_table() -> None:
    closed = guarded("t", web_reads=None, engine_adds=False)
    assert "FORCE ROW LEVEL SECURITY" in closed
    assert "INSERT" not in closed
    assert "TO wp_web" not in closed
    opened = guarded("t", web_reads="person = 1")
    assert "FOR SELECT TO wp_web USING (person = 1)" in opened
    assert "GRANT INSERT ON t TO wp_engine" in opened
    assert "BEFORE UPDATE OR DELETE ON t" in append_only("t")
    assert owner_reads(["a", "b"]).count("TO wp_owner") == 2
    assert sequences("a", "b").count("GRANT USAGE") == 2


def test_only_the_owner_removes_rows_and_only_those_that_its_tombstone_names(whole_store: Store) -> None:
    """Every policy for removal is the owner's; but for keys that triggers derive, each asks for the very row."""
    rows = _rows(
        whole_store,
        "SELECT c.relname, p.polname, array_to_string(array(SELECT r.rolname FROM pg_roles r "
        "WHERE r.oid = ANY (p.polroles)), ','), pg_get_expr(p.polqual, p.polrelid) "
        "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polcmd = 'd'",
    )
    assert {roles for _, _, roles, _ in rows} == {"wp_owner"}
    free = {(table, policy) for table, policy, _, asks in rows if "record_may_go(" not in str(asks)}
    derived = {(table, "owner_rederives") for table in ("people_belongs", "people_stands")}
    assert free == {("people_address_key", "owner_takes"), ("people_ready", "owner_takes"), *derived}


def test_who_may_call_destruction(whole_store: Store) -> None:
    rows = _rows(
        whole_store,
        "SELECT r.rolname FROM pg_roles r WHERE r.rolname LIKE 'wp\\_%' "
        "AND has_function_privilege(r.oid, 'record_destroy(uuid)', 'EXECUTE')",
    )
    assert {str(row[0]) for row in rows} == {"wp_engine", "wp_owner"}
