"""What making a hostile file anew takes: seconds, and the most memory of the child, file by file.

    .venv/bin/python -m bench.files
    .venv/bin/python -m bench.files --slowest 20

The files are made by a process of their own and read from a throwaway folder, so that this one stays small: what the
kernel says of a child's memory begins with its parent's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wholepicture.foundation.files.making import CHILD, ENVIRONMENT
from wholepicture.foundation.files.types import SECONDS


@dataclass(frozen=True)
class Taken:
    """What one file took."""

    name: str
    size: int
    seconds: float
    memory: int
    ended: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exits with 1 where a file took more than it may."""
    parser = argparse.ArgumentParser(prog="bench.files", description=__doc__)
    parser.add_argument("--slowest", type=int, default=5)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.write:
        return _write(options.write)
    with tempfile.TemporaryDirectory(prefix="wholepicture-bench-") as folder:
        subprocess.run([sys.executable, "-m", "bench.files", "--write", folder], check=True)
        taken = list(_measured(Path(folder)))
    _report(taken, options.slowest)
    return int(any(t.memory > 256 * 2**20 for t in taken))


def _write(folder: Path) -> int:
    from tests.files.hostile import corpus

    names = []
    for number, hostile in enumerate(corpus()):
        (folder / str(number)).write_bytes(hostile.data)
        names.append(hostile.name)
    (folder / "names").write_text(json.dumps(names))
    return 0


def _measured(folder: Path) -> Iterator[Taken]:
    for number, name in enumerate(json.loads((folder / "names").read_text())):
        file = folder / str(number)
        said = folder / "said"
        with file.open("rb") as given, said.open("wb") as out:
            began = time.monotonic()
            child = subprocess.Popen(
                CHILD, stdin=given, stdout=out, stderr=subprocess.DEVNULL, env=ENVIRONMENT, cwd="/"
            )
            status, memory = _watched(child.pid, began)
            seconds = time.monotonic() - began
            child.returncode = status
        yield Taken(name, file.stat().st_size, seconds, memory, _ended(status, said))


def _watched(pid: int, began: float) -> tuple[int, int]:
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), used.ru_maxrss * 1024
        if time.monotonic() - began > SECONDS:
            os.kill(pid, 9)
        time.sleep(0.002)


def _ended(status: int, said: Path) -> str:
    if status:
        return f"killed ({-status})" if status < 0 else f"ended with {status}"
    with said.open("rb") as out:
        line = json.loads(out.readline())
    return f"refused: {line['code']}" if "code" in line else f"made anew: {line['sort']}"


def _report(taken: Sequence[Taken], slowest: int) -> None:
    say = sys.stdout.write
    say(f"{len(taken)} hostile files\n\n| ended | files |\n| --- | --- |\n")
    for ended, count in sorted(Counter(t.ended for t in taken).items()):
        say(f"| {ended} | {count} |\n")
    times = sorted(t.seconds for t in taken)
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    say(f"\nseconds: median {middle:.2f}, 95 % {late:.2f}, most {times[-1]:.2f}\n")
    memory = sorted(t.memory / 2**20 for t in taken)
    say(f"memory: median {memory[len(memory) // 2]:.0f} MB, most {memory[-1]:.0f} MB\n\n")
    say("| slowest | seconds | MB | ended |\n| --- | --- | --- | --- |\n")
    for t in sorted(taken, key=lambda t: -t.seconds)[:slowest]:
        say(f"| {t.name} | {t.seconds:.2f} | {t.memory / 2**20:.0f} | {t.ended} |\n")


if __name__ == "__main__":
    raise SystemExit(main())
