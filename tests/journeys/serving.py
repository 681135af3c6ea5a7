"""A real server over a database of its own, started as `./run` starts it: another process, other connections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import URLError

from wholepicture.config.launch import free_port
from wholepicture.config.places import project_root
from wholepicture.config.postgres import Urls
from wholepicture.config.visit import SIGN_IN, Visitor

PATIENCE = 60.0
"""Seconds for the server to answer its first request on a busy machine."""


@dataclass(frozen=True)
class Installation:
    """A data folder whose database is ready. `server` is the database server's own address."""

    data: Path
    server: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that belongs to this installation."""
        own = {"WHOLEPICTURE_DATA": str(self.data), "WHOLEPICTURE_DEMO": "1", "DATABASE_URL": self.server}
        return os.environ | own

    def run(self, *arguments: str) -> str:
        """What a Python program of this installation prints; it must end well."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=project_root(), env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)} ended {done.returncode}:\n{done.stderr}")
        return done.stdout


@dataclass(frozen=True)
class Served:
    """An installation that answers."""

    base: str
    installation: Installation
    log: Path

    def move_clock_on(self, days: int) -> str:
        """Let that many days pass, as `wholepicture clock --move-on` does."""
        command = "import sys; from wholepicture.cli import main; sys.exit(main())"
        return self.installation.run("-c", command, "clock", "--move-on", str(days))


def install(data: Path, urls: Urls, server: str) -> Installation:
    """Write what a data folder holds, so that another process finds the database."""
    (data / "static").mkdir(parents=True)
    (data / "database.json").write_text(json.dumps(asdict(urls)))
    (data / "secrets.json").write_text(json.dumps({"secret_key": "journeys-only"}))
    return Installation(data, server)


@contextmanager
def serve(installation: Installation) -> Iterator[Served]:
    """The web server of an installation; nothing in it may have broken by the end."""
    port = free_port()
    log = installation.data / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "wholepicture.config.serve", "--port", str(port)],
            cwd=project_root(), env=installation.environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base, server, log)
            yield Served(base, installation, log)
        finally:
            server.terminate()
            server.wait(PATIENCE)
    assert "Traceback" not in log.read_text(errors="replace"), log.read_text(errors="replace")


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if Visitor(base).open(SIGN_IN).status == 200:
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer:\n{log.read_text(errors='replace')}")
