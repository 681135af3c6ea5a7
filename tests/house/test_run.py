"""`./run` after the packages are there, as its own process: it serves, survives a kill, and stops cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

from wholepicture.config.embedded import Server, ensure_server
from wholepicture.config.launch import free_port
from wholepicture.config.places import project_root
from wholepicture.config.visit import Visitor

pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[str]]
PATIENCE = 60.0


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One data folder for all: only the first start has tables to make."""
    folder = Path(tempfile.mkdtemp(prefix="wp-"))
    yield folder
    if (folder / "postgres").exists():
        ensure_server(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def start(data: Path) -> Iterator[Start]:
    """Starts a run on empty data, which loads no demonstration; ends those still there afterwards."""
    started: list[subprocess.Popen[str]] = []

    def begin(*options: str, **environment: str) -> subprocess.Popen[str]:
        settings = {"WHOLEPICTURE_DATA": str(data), "WHOLEPICTURE_DEMO": "0", **environment}
        command = [sys.executable, "-m", "wholepicture.config.launch", *options]
        run = subprocess.Popen(
            command,
            cwd=project_root(),
            env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(run)
        return run

    yield begin
    for run in started:
        run.terminate()
        run.communicate(timeout=PATIENCE)


def serving(run: subprocess.Popen[str]) -> str:
    """Wait until it says where it is, or ends; all that it said until then."""
    assert run.stdout is not None
    said = ""
    for line in run.stdout:
        said += line
        if "Ctrl-C stops it" in line:
            return said
    raise AssertionError(f"ended while starting: {said}")


def answers(port: int) -> bool:
    try:
        return Visitor(f"http://127.0.0.1:{port}").open("/sign-in").status == 200
    except URLError:
        return False


def stop(run: subprocess.Popen[str], how: signal.Signals) -> str:
    run.send_signal(how)
    said, _ = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_cleanly(data: Path, start: Start, how: signal.Signals) -> None:
    port = free_port()
    run = start(f"--port={port}")
    assert f"http://127.0.0.1:{port}" in serving(run)
    assert answers(port)
    stop(run, how)
    assert not answers(port)
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_a_killed_run_starts_again_on_the_same_port(data: Path, start: Start) -> None:
    port = free_port()
    first = start(f"--port={port}")
    serving(first)
    first.kill()
    first.communicate(timeout=PATIENCE)
    second = start(f"--port={port}")
    serving(second)
    stop(second, signal.SIGTERM)
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_a_second_run_on_the_same_port_is_refused_and_leaves_the_first_alone(start: Start) -> None:
    port = free_port()
    first = start(f"--port={port}")
    serving(first)
    second = start(f"--port={port}")
    said, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert f"Port {port} cannot be used" in said
    assert answers(port)
    stop(first, signal.SIGTERM)


@pytest.fixture
def other_server() -> Iterator[Server]:
    """Somebody else's server, as far as the run can tell."""
    folder = Path(tempfile.mkdtemp(prefix="wp-"))
    server = ensure_server(folder, durable=False)
    yield server
    server.stop()
    shutil.rmtree(folder)


def test_another_server_is_used_and_left_running(data: Path, start: Start, other_server: Server) -> None:
    run = start(f"--port={free_port()}", DATABASE_URL=other_server.superuser_url)
    serving(run)
    stop(run, signal.SIGTERM)
    assert not (data / "postgres" / "postmaster.pid").exists()
    assert (other_server.cluster / "postmaster.pid").exists()
