"""The chain on the real database: trigger and verifier agree, writers at once keep it whole, and no role forges it."""

from __future__ import annotations

import importlib
from pathlib import Path
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Store
from tests.worlds import NOW, build_world
from wholepicture.access.audit.chain import FIRST, ROW, SEAL, examine, part, row_hash
from wholepicture.access.audit.queries import export, line_of, lines_in_database, lines_in_file
from wholepicture.access.audit.verdict import verify
from wholepicture.access.operations import SYSTEM, acting, viewing
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Authority, Purpose
from wholepicture.foundation.refusals import Refused

ACT = len(SEAL) + ROW.index("act")
AWKWARD = [
    "plain",
    "tab\tin it",
    "back\\slash",
    "\\N",
    "two\\\\of them",
    "line\nbreak\r",
    "\b\f\v",
    "Zażółć 🙂",
    "",
    "a,3:b",
]


def act(what: str, ground: str = "") -> None:
    """One audited act that does nothing else."""
    with acting(Authority(SYSTEM, what, Purpose.RECORD, NOW, ground)):
        pass


def test_looks_and_acts_of_both_roles_are_sealed(store: Store) -> None:
    world = build_world()
    with viewing(world.ann, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=NOW, act="child.page",
                 person=world.child):  # fmt: skip
        pass
    lines = list(lines_in_database(store.urls.engine))
    assert [int(line[1] or 0) for line in lines] == list(range(1, len(lines) + 1))
    assert (lines[0][2], lines[-1][ACT]) == (FIRST, b"child.page")
    assert verify(lines).findings == ()
    assert verify(lines).ends == {"Aldermere": (len(lines), (lines[-1][3] or b"").decode())}


def test_whatever_was_written_reads_back_and_hashes_alike(store: Store, tmp_path: Path) -> None:
    for text in AWKWARD:
        act(text, ground=text)
    lines = [list(line) for line in lines_in_database(store.urls.engine)]
    assert [(line[ACT] or b"").decode() for line in lines] == AWKWARD
    assert verify(lines).findings == ()
    assert export(lines, tmp_path / "audit.jsonl") == len(AWKWARD)
    assert [list(line) for line in lines_in_file(tmp_path / "audit.jsonl")] == lines


def test_an_act_that_is_undone_leaves_no_hole(store: Store) -> None:
    act("first")
    with pytest.raises(RuntimeError), acting(Authority(SYSTEM, "undone", Purpose.RECORD, NOW, "")):
        raise RuntimeError("stop")
    act("second")
    lines = list(lines_in_database(store.urls.engine))
    assert [(line[1], line[ACT]) for line in lines] == [(b"1", b"first"), (b"2", b"second")]
    assert verify(lines).findings == ()


INSERT = """INSERT INTO access_audit (chain, clock, practitioner, agency, role, act, purpose, ground, person)
VALUES (%s, now(), NULL, '', '', %s, 'record', '', %s)"""


def test_writers_at_once_keep_the_chains_whole(store: Store) -> None:
    def write(writer: int) -> None:
        with psycopg.connect(store.urls.engine) as connection:
            for turn in range(25):
                for _ in range(1 + turn % 3):
                    connection.execute(INSERT, ["North" if writer % 2 else "South", f"{writer}.{turn}", uuid4()])
                connection.rollback() if turn % 5 == 4 else connection.commit()

    writers = [Thread(target=write, args=[n]) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    verdict = verify(lines_in_database(store.urls.engine))
    assert verdict.findings == ()
    kept = sum(1 + turn % 3 for turn in range(25) if turn % 5 != 4)
    assert {name: number for name, (number, _) in verdict.ends.items()} == {"North": 4 * kept, "South": 4 * kept}


@pytest.mark.parametrize("role", ["web", "engine"])
@pytest.mark.parametrize(
    "forgery",
    [
        "INSERT INTO access_audit_seal (audit, chain, number, previous, hash) VALUES (1, 'Aldermere', 1, '', '')",
        "UPDATE access_audit_seal SET hash = ''",
        "DELETE FROM access_audit_seal",
        "ALTER TABLE access_audit DISABLE TRIGGER access_audit_is_sealed",
        "SET session_replication_role = replica",
        "SELECT access_audit_seal_row()",
    ],
)
def test_no_role_of_ours_can_make_or_skip_a_seal(store: Store, role: str, forgery: str) -> None:
    with psycopg.connect(getattr(store.urls, role)) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(forgery)


@pytest.mark.parametrize("change", ["UPDATE access_audit_seal SET hash = ''", "DELETE FROM access_audit_seal"])
def test_not_even_the_superuser_changes_a_seal_unless_guards_are_switched_off(store: Store, change: str) -> None:
    act("sealed")
    with store.as_superuser() as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute(change)


def test_the_web_reads_seals_only_for_who_keeps_the_audit(store: Store) -> None:
    world = build_world()
    with psycopg.connect(store.urls.web) as connection:
        connection.execute("SELECT set_config('wp.session', %s, false)", [world.ann.session])
        assert connection.execute("SELECT count(*) FROM access_audit_seal").fetchone() == (0,)


def test_rows_from_before_the_chain_are_sealed_by_the_migration(store: Store) -> None:
    for text in AWKWARD:
        act(text)
    with store.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica; DELETE FROM access_audit_seal")
    migration = importlib.import_module("wholepicture.access.migrations.0003_chain")
    with psycopg.connect(store.urls.owner) as connection:
        connection.execute(migration.EARLIER)
    verdict = verify(lines_in_database(store.urls.engine))
    assert (verdict.findings, verdict.ends["Aldermere"][0]) == ((), len(AWKWARD))


def test_every_column_of_the_audit_is_hashed(whole_store: Store) -> None:
    with whole_store.as_superuser() as connection:
        rows = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'access_audit'"
        )
        assert {str(row[0]) for row in rows} == set(ROW)


@given(
    st.lists(st.binary(max_size=6), min_size=12, max_size=12), st.lists(st.binary(max_size=6), min_size=12, max_size=12)
)
def test_no_two_rows_are_written_alike(one: list[bytes], other: list[bytes]) -> None:
    assert (row_hash(one, b"1", FIRST) == row_hash(other, b"1", FIRST)) == (one == other)
    assert (b"".join(map(part, one)) == b"".join(map(part, other))) == (one == other)


def test_an_audit_of_nothing_has_nothing_amiss(store: Store) -> None:
    assert verify(lines_in_database(store.urls.engine)).ends == {}
    assert list(examine([])) == []


@pytest.mark.parametrize(
    "text", ["", "{}\n", "not json\n", "HEADER[1, 2]\n", 'HEADER["a"]\n', "HEADER{\n", "HEADER{}\n"]
)
def test_a_file_that_is_no_export_is_refused(tmp_path: Path, text: str) -> None:
    export([], path := tmp_path / "empty.jsonl")
    header = path.read_text(encoding="utf-8")
    path.write_text(text.replace("HEADER", header), encoding="utf-8")
    with pytest.raises(Refused, match="export of the audit"):
        list(lines_in_file(path))


def test_values_of_the_copy_format_are_unescaped() -> None:
    assert line_of(rb"a\\b	\N	c\td\\\ne") == [b"a\\b", None, b"c\td\\\ne"]
