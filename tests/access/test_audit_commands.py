"""The commands: `verify-audit` names the exact row, makes and holds checkpoints; `carry-audit` empties the sink."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.conftest import Store
from tests.worlds import NOW, build_world
from wholepicture.access.audit.sink import keep, look
from wholepicture.cli import carry_audit, main


@pytest.fixture
def audit(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """`verify-audit` on an audit of some rows, with a data folder of the test's own for the key."""
    build_world()
    monkeypatch.setenv("WHOLEPICTURE_DATA", str(tmp_path / "data"))
    return ["verify-audit", "--database", store.urls.engine]


def tamper(store: Store, change: str) -> None:
    with store.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(change)


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_it_names_the_row_that_a_superuser_edited(
    store: Store, audit: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(audit) == 0
    assert re.fullmatch(r"\d+ rows in 1 chain: nothing amiss\.", said(capsys)[-1])
    tamper(store, "UPDATE access_audit SET practitioner = gen_random_uuid() WHERE id = 5")
    assert main(audit) == 1
    first, last = said(capsys)
    assert first == "Aldermere: Row number 5 (id 5) is not what was sealed: it was altered."
    assert last.endswith(": 1 amiss.")


def test_much_amiss_is_counted_and_not_listed_whole(
    store: Store, audit: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(store, "INSERT INTO access_audit SELECT 1000 + n, now(), now(), NULL, '', '', '', '', '', NULL, NULL, '' "
                  "FROM generate_series(1, 30) n")  # fmt: skip
    assert main(audit) == 1
    lines = said(capsys)
    assert lines[0] == "(no chain): The row with id 1001 has no seal: it was put in past the guards."
    assert (len(lines), lines[20]) == (22, "And 10 more.")


def test_a_checkpoint_shows_an_end_that_was_cut_off(
    store: Store, audit: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = str(tmp_path / "kept")
    for _ in range(2):
        assert main([*audit, "--checkpoint", kept]) == 0
    [key] = set(re.findall(r"public key ([0-9a-f]{64})", capsys.readouterr().out))
    assert (tmp_path / "data" / "audit-key.json").stat().st_mode & 0o077 == 0
    assert main([*audit, "--checkpoints", kept, "--key", key]) == 0
    assert "held against" in said(capsys)[-1]
    tamper(store, "DELETE FROM access_audit_seal WHERE number > 9; DELETE FROM access_audit WHERE id > 9")
    assert main(audit) == 0
    assert main([*audit, "--checkpoints", kept]) == 1
    assert "The chain ends at number 9" in capsys.readouterr().out
    assert main([*audit, "--checkpoints", kept, "--checkpoint", str(tmp_path / "new")]) == 1
    assert not (tmp_path / "new").exists()


def test_an_export_is_verified_alike(audit: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "audit.jsonl"
    assert main([*audit, "--export", str(export)]) == 0
    assert main(["verify-audit", "--file", str(export)]) == 0
    lines = export.read_text(encoding="utf-8").splitlines()
    edited = json.loads(lines[3])
    edited[12] = "other"
    export.write_text("\n".join([*lines[:3], json.dumps(edited), *lines[4:]]), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify-audit", "--file", str(export)]) == 1
    assert "Row number 3 (id 3)" in said(capsys)[0]
    assert main(["verify-audit", "--file", str(tmp_path / "none")]) == 2


def test_the_installation_s_own_audit_is_read_where_no_other_is_named(
    audit: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-audit"]) == 2
    assert "There is no database" in capsys.readouterr().err


def test_the_sink_is_carried(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(carry_audit, "installation", nullcontext)
    monkeypatch.setenv("WHOLEPICTURE_SECOND_SINK", str(tmp_path))
    keep(tmp_path, look(chain="Aldermere", clock=NOW, practitioner="", agency="", role="", act="child.page",
                        purpose="care", person=None, entry=None))  # fmt: skip
    assert [main(["carry-audit"]) for _ in range(2)] == [0, 0]
    assert said(capsys) == [f"Looks carried from {tmp_path}: 1.", f"Looks carried from {tmp_path}: 0."]
