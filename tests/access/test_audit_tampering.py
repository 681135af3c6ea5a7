"""Every tampering is found, by the command and by the stand-alone script, and they name the same rows."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.access.tampering import restore, restore_point, tamper
from tests.conftest import Store
from tests.worlds import NOW, build_world
from wholepicture.access.audit.chain import Finding, Line
from wholepicture.access.audit.checkpoints import Checkpoint, read_all, sign, write
from wholepicture.access.audit.queries import export, lines_in_database
from wholepicture.access.audit.verdict import verify
from wholepicture.config import settings

TAMPERINGS = 1000 if os.environ.get("WHOLEPICTURE_NIGHTLY") else 200
SCRIPT = settings.ROOT / "tools" / "verify_audit.py"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

Verdict = list[tuple[str, str, int | None, int | None]]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The stand-alone script, loaded as a module."""
    spec = importlib.util.spec_from_file_location("verify_audit", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def witness(store: Store, tmp_path: Path) -> Path:
    """A folder with checkpoints of an audit of twenty-odd rows, the last at its end."""
    build_world()
    lines = list(lines_in_database(store.urls.engine))
    for number in (5, 14, len(lines)):
        sealed = (lines[number - 1][3] or b"").decode()
        moment = NOW + timedelta(hours=number)
        write(sign(KEY, chain="Aldermere", number=number, sealed=sealed, now=moment), tmp_path / "kept")
    return tmp_path / "kept"


def by_script(script: ModuleType, lines: Iterable[Line], kept: Iterable[Checkpoint]) -> Verdict:
    texts = [[None if value is None else value.decode() for value in line] for line in lines]
    chains = script.Chains([{"chain": c.chain, "number": c.number, "hash": c.hash, "time": c.time} for c in kept])
    return [tuple(found[:4]) for found in chains.findings(texts)]


def by_command(findings: Iterable[Finding]) -> Verdict:
    return [(f.kind, f.chain, f.number, f.id) for f in findings]


@pytest.mark.slow
def test_every_tampering_is_found_and_both_verifiers_agree(store: Store, witness: Path, script: ModuleType) -> None:
    kept, chance, done = read_all(witness), random.Random(20261125), set()
    rows = kept[-1].number
    with store.as_superuser() as connection:
        restore_point(connection)
        for _ in range(TAMPERINGS):
            what = tamper(connection, rows, chance)
            lines = list(lines_in_database(store.urls.engine))
            found = by_command(verify(lines, kept).findings)
            assert found, f"not found: {what}"
            assert what.number is None or what.number in {number for _, _, number, _ in found}, what
            assert by_script(script, lines, kept) == found
            done.add(what.what.split()[0])
            restore(connection)
    assert {"edit", "remove", "insert", "swap", "cut", "begin", "change"} <= done
    assert verify(lines_in_database(store.urls.engine), kept).findings == ()


def test_one_changed_row_is_named_and_no_other(store: Store, witness: Path) -> None:
    with store.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE access_audit SET act = 'nothing to see' WHERE id = 7")
    [found] = verify(lines_in_database(store.urls.engine), read_all(witness)).findings
    assert (found.kind, found.number, found.id) == ("altered", 7, 7)
    assert found.sentence == "Row number 7 (id 7) is not what was sealed: it was altered."


@pytest.fixture
def outsider(store: Store, witness: Path, tmp_path: Path) -> Iterator[list[str]]:
    """The command of somebody who has Python, the script, an export and the checkpoints, and nothing of ours."""
    export(lines_in_database(store.urls.engine), tmp_path / "audit.jsonl")
    yield [
        sys.executable,
        "-I",
        "-S",
        str(SCRIPT),
        "--file",
        str(tmp_path / "audit.jsonl"),
        "--checkpoints",
        str(witness),
    ]


def run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_outsider_with_python_alone_comes_to_the_same_verdict(outsider: list[str], tmp_path: Path) -> None:
    assert run(outsider)[0] == 0
    path = tmp_path / "audit.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = json.loads(lines[7])
    changed[-3] = "with consent"
    path.write_text("\n".join([*lines[:7], json.dumps(changed), *lines[8:]]) + "\n", encoding="utf-8")
    code, said = run(outsider)
    assert (code, said.splitlines()[0]) == (1, "Aldermere: row number 7 (id 7) was altered")
    path.write_text("\n".join(lines[:9]) + "\n", encoding="utf-8")
    code, said = run([*outsider, "--json"])
    assert (code, json.loads(said.splitlines()[0])[:3]) == (1, ["cut-off", "Aldermere", 9])


def test_the_script_reads_a_database_too(store: Store, witness: Path) -> None:
    code, said = run([sys.executable, str(SCRIPT), "--database", store.urls.engine, "--checkpoints", str(witness)])
    assert (code, said.split(": ")[-1]) == (0, "nothing amiss.\n")


@pytest.mark.parametrize("spoil", ["export", "line", "checkpoint", "none"])
def test_the_script_says_what_it_cannot_read(outsider: list[str], witness: Path, tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "audit.jsonl"
    if spoil == "export":
        path.write_text('{"format": "another"}\n', encoding="utf-8")
    elif spoil == "line":
        path.write_text(path.read_text(encoding="utf-8") + "[1]\n", encoding="utf-8")
    for one in witness.iterdir():
        if spoil == "checkpoint":
            one.write_text("{}", encoding="utf-8")
        elif spoil == "none":
            one.unlink()
    code, said = run(outsider)
    assert code == 2
    assert said.startswith("verify_audit: ")


@pytest.mark.parametrize("seed", range(12))
def test_the_script_checks_signatures_as_the_library_does(script: ModuleType, seed: int) -> None:
    chance = random.Random(seed)
    key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    public, message = key.public_key().public_bytes_raw(), chance.randbytes(chance.randint(0, 200))
    signature = key.sign(message)
    assert script.is_signed(public, message, signature)
    spoilt = bytearray(signature)
    spoilt[chance.randrange(64)] ^= 1 << chance.randrange(8)
    assert not script.is_signed(public, message, bytes(spoilt))
    assert not script.is_signed(public, message + b".", signature)
    assert not script.is_signed(bytes(32), message, signature)
    assert not script.is_signed(public, message, signature[:63])
