"""What row-level security costs: the same read as the web's role, through every policy, and as the engine's, past them.

    .venv/bin/python -m bench.rls --children 5000 --entries 50000

The two take turns, so that a slow moment of the machine falls on both. Makes a throwaway database.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from bench.crowd import add_crowd
from bench.scale import _family, _store


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.rls", description=__doc__)
    parser.add_argument("--children", type=int, default=5_000)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=60)
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wholepicture-bench-"))
        os.environ["WHOLEPICTURE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholepicture.config.settings"
        superuser = _store(Path(folder), stack)
        add_crowd(superuser, children=options.children, entries=options.entries)
        sys.stdout.write("| read | rows | past the guards, ms | through them, ms | ratio |\n")
        sys.stdout.write("| --- | --- | --- | --- | --- |\n")
        for line in _measured(options.runs):
            sys.stdout.write(line)
    return 0


def _measured(runs: int) -> Sequence[str]:
    from tests.worlds import practitioner

    worker = practitioner("ann", "social_worker", "social_care", "social_care:north")
    school = practitioner("bob", "dsl", "school/oak", "school/oak:staff")
    usual = _family("usual", 150, worker.actor.team)["child"]
    big = _family("big", 500, worker.actor.team)["child"]
    _involve(school.actor.team, usual, big)
    lines = []
    for who, session in (("social worker", worker.session), ("designated lead", school.session)):
        for entries, child in ((150, usual), (500, big)):
            lines.append(_compare(f"`family_of`, {entries} entries, {who}", session, _reader(child), runs))
    return lines


def _involve(team: str, *children: UUID) -> None:
    from tests.worlds import NOW, authority
    from wholepicture.access.operations import acting, involve
    from wholepicture.people.queries import within

    with acting(authority()):
        family = [p for child in children for p in within([child], 2)]
        involve(authority=authority(), team=team, people=family, ground="school roll", since=NOW)


def _reader(child: UUID) -> Callable[[], int]:
    from wholepicture.people.queries import family_of

    return lambda: len(family_of([child]).entries)


def _compare(what: str, session: str, read: Callable[[], int], runs: int) -> str:
    from django.db import transaction

    from wholepicture.access.engine import as_engine
    from wholepicture.access.operations import use_session

    def past() -> int:
        with as_engine(), transaction.atomic(using="engine"):
            return read()

    def through() -> int:
        with transaction.atomic(using="default"):
            use_session(session)
            return read()

    rows = through()
    took: dict[Callable[[], int], list[float]] = {past: [], through: []}
    for n in range(runs + 5):
        for way, times in took.items():
            began = time.perf_counter()
            way()
            if n >= 5:
                times.append((time.perf_counter() - began) * 1000)
    without, with_guards = (statistics.median(times) for times in took.values())
    return f"| {what} | {rows} | {without:.1f} | {with_guards:.1f} | {with_guards / without:.2f} |\n"


if __name__ == "__main__":
    sys.exit(main())
