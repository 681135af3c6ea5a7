"""Whether time tells hidden from absent: the same addresses asked of a hidden child and of none, taking turns.

    .venv/bin/python -m bench.hidden --runs 400

Wanted: medians within 5 % (ASSURANCE, goal 4). Makes a throwaway database.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from bench.crowd import add_crowd
from bench.scale import _family, _store


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.hidden", description=__doc__)
    parser.add_argument("--children", type=int, default=5_000)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=400)
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wholepicture-bench-"))
        os.environ["WHOLEPICTURE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholepicture.config.settings"
        superuser = _store(Path(folder), stack)
        add_crowd(superuser, children=options.children, entries=options.entries)
        sys.stdout.write("| asked of | hidden, median ms | absent, median ms | apart |\n| --- | --- | --- | --- |\n")
        for line in _measured(options.runs):
            sys.stdout.write(line)
    return 0


def _measured(runs: int) -> Sequence[str]:
    from django.test import Client

    from tests.worlds import practitioner
    from wholepicture.config.warmth import settle

    worker = practitioner("ann", "social_worker", "social_care", "social_care:north")
    hidden = _family("hidden", 500, "social_care:south")["child"]
    client = Client(headers={"host": "127.0.0.1"})
    session = client.session
    session["viewer"] = worker.session
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    settle()
    pages = ("", "chronology", "family", "growth", "work", "ledger", "chronology.csv")
    return [_compare(client, hidden, page, runs) for page in pages]


def _compare(client: Any, hidden: UUID, page: str, runs: int) -> str:
    took: dict[str, list[float]] = {"hidden": [], "absent": []}
    for n in range(runs + 10):
        # Which of the two goes first takes turns as well.
        for which in ("hidden", "absent") if n % 2 else ("absent", "hidden"):
            child = hidden if which == "hidden" else uuid4()
            began = time.perf_counter()
            status = client.get(f"/children/{child}/{page}").status_code
            if n >= 10:
                took[which].append((time.perf_counter() - began) * 1000)
            if status != 404:
                raise SystemExit(f"/{page} answered {status}")
    one, other = (statistics.median(times) for times in took.values())
    return f"| `/children/…/{page}` | {one:.2f} | {other:.2f} | {abs(one / other - 1):.1%} |\n"


if __name__ == "__main__":
    sys.exit(main())
