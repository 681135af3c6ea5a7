"""A read is never shown without its row, whenever the process that reads is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Store
from tests.worlds import build_world
from wholepicture.access.audit.queries import lines_in_database
from wholepicture.access.audit.verdict import verify
from wholepicture.config import settings

KILLS = 200 if os.environ.get("WHOLEPICTURE_NIGHTLY") else 20


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    """What a reader shows."""
    path = tmp_path / "shown"
    path.touch()
    return path


@pytest.fixture
def readers(store: Store, screen: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that forks a reader for each line that it is given."""
    world = build_world()
    command = [sys.executable, "-m", "tests.access.audit_reader", str(screen), world.ann.session, str(world.child)]
    with subprocess.Popen(
        [*command, store.urls.web], cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


def _kill_one(readers: subprocess.Popen[str], screen: Path, chance: random.Random) -> None:
    assert readers.stdin is not None and readers.stdout is not None
    before = screen.stat().st_size
    readers.stdin.write("read\n")
    readers.stdin.flush()
    reader = int(readers.stdout.readline())
    while screen.stat().st_size == before:
        assert readers.poll() is None
        time.sleep(0.001)
    time.sleep(chance.random() / 50)
    os.kill(reader, signal.SIGKILL)


@pytest.mark.slow
def test_nothing_is_shown_without_its_row_whenever_a_reader_is_killed(
    store: Store, readers: subprocess.Popen[str], screen: Path
) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        _kill_one(readers, screen, chance)
    shown = set(screen.read_text(encoding="utf-8").split())
    with store.as_superuser() as connection:
        rows = connection.execute("SELECT entry::text FROM access_audit WHERE act = 'child.page'")
        written = {str(row[0]) for row in rows}
    assert len(shown) >= KILLS
    assert shown - written == set()
    assert verify(lines_in_database(store.urls.engine)).findings == ()
