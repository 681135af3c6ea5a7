"""Asking ClamAV: a real daemon where one is installed, and our own for the answers that a real one seldom gives."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files.clamd import FINDS, speaking
from wholepicture.foundation.files.scanning import Scanned, Verdict, scan

_VIRUS = b"Whole Picture: this stands for a virus in its own test, and is none.\n"
CLAMD = shutil.which("clamd")


def test_without_an_address_nobody_is_asked() -> None:
    assert scan(b"x", "") == Scanned(Verdict.NOT_ASKED)


def test_clean_and_found_are_told_apart() -> None:
    with speaking() as address:
        assert scan(b"a" * 200_000, address) == Scanned(Verdict.CLEAN)
        assert scan(b"a" * 70_000 + FINDS, address) == Scanned(Verdict.FOUND, "Test.Virus")


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK, perhaps\0", b"OK\0", b"x" * 5000, b"\xff\0"],
)
def test_any_other_answer_is_no_answer(answer: bytes) -> None:
    with speaking(answer) as address:
        assert scan(b"a", address).verdict is Verdict.NO_ANSWER


def test_a_daemon_that_is_not_there_gives_no_answer(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        nobody = server.getsockname()[1]
    assert scan(b"a", f"127.0.0.1:{nobody}").verdict is Verdict.NO_ANSWER
    assert scan(b"a", str(tmp_path / "none.sock")).verdict is Verdict.NO_ANSWER
    assert scan(b"a", "nonsense").verdict is Verdict.NO_ANSWER


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[str]:
    """A real ClamAV daemon that knows one virus: ours, by its MD5 and length."""
    (tmp_path / "signatures").mkdir()
    digest = hashlib.md5(_VIRUS, usedforsecurity=False).hexdigest()
    (tmp_path / "signatures" / "own.hdb").write_text(f"{digest}:{len(_VIRUS)}:WholePicture.Test\n")
    address = tmp_path / "clamd.sock"
    (tmp_path / "clamd.conf").write_text(
        f"LocalSocket {address}\nDatabaseDirectory {tmp_path / 'signatures'}\nForeground yes\nLogFile {tmp_path}/log\n"
    )
    assert CLAMD is not None
    running = subprocess.Popen([CLAMD, "--config-file", str(tmp_path / "clamd.conf")], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not address.exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        yield str(address)
    finally:
        running.terminate()
        running.wait(30)


@pytest.mark.slow
@pytest.mark.skipif(CLAMD is None, reason="ClamAV is not installed here: apt-get install clamav-daemon")
def test_a_real_clamav_is_understood(daemon: str) -> None:
    assert scan(b"A sound letter.", daemon) == Scanned(Verdict.CLEAN)
    found = scan(_VIRUS, daemon)
    assert found.verdict is Verdict.FOUND
    assert found.name.startswith("WholePicture.Test")
    assert scan(b"a" * 9_000_000, daemon) == Scanned(Verdict.CLEAN)
