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
from typing import Any
from uuid import UUID

import psycopg

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
        for line in [*_measured(options.runs), *_lists(superuser, options.runs)]:
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


_QUESTIONS = """
INSERT INTO signals_signal (id, rule, concern, tier, person, raised_on)
  SELECT gen_random_uuid(), 'S15', 'repeated_injury', 'list', person, current_date
  FROM (SELECT DISTINCT person FROM access_involvement WHERE team = 'crowd-5') AS own;
INSERT INTO signals_event (signal_id, event, "on", by_name, by_role, reason, question, tell)
  SELECT id, 'raised', current_date, '', '', '', 'Who has read these injuries as one?', '["health_visiting"]'
  FROM signals_signal WHERE concern = 'repeated_injury';
"""


def _lists(superuser: str, runs: int) -> Sequence[str]:
    """The work list of a whole caseload: its own SQL, run as the web's role and as a superuser, whom no guard holds."""
    from django.db import connections, transaction

    from tests.worlds import practitioner
    from wholepicture.access.operations import use_session
    from wholepicture.web.pages.home.listed import ListFilter, my_list

    with psycopg.connect(superuser) as connection:
        connection.execute(_QUESTIONS)
    lines = []
    for role, agency in (("health_visitor", "health_visiting"), ("manager", "social_care")):
        viewer = practitioner(role, role, agency, f"{role}s")
        _supervise(f"{role}s", "crowd-5")
        # Pages send the token beside their statements, so it is not among those that are noted.
        asked: list[tuple[str, Any]] = [("SELECT set_config('wp.session', %s, true)", [viewer.session])]

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any, asked: Any = asked) -> Any:
            asked.append((sql, params))
            return execute(sql, params, many, context)

        with transaction.atomic(using="default"), connections["default"].execute_wrapper(note):
            use_session(viewer.session)
            total = my_list(viewer, ListFilter()).total
        lines.append(_replayed(f"work list, {total} children, {role.replace('_', ' ')}", superuser, asked, runs))
    return lines


def _supervise(team: str, supervised: str) -> None:
    from tests.worlds import authority
    from wholepicture.agencies.operations import add_agency, add_team, supervise

    add_agency(authority=authority(), code="other/crowd", name="Crowd")
    add_team(authority=authority(), code=supervised, name=supervised, agency="other/crowd")
    supervise(authority=authority(), team=team, supervised=supervised)


def _replayed(what: str, superuser: str, asked: Sequence[tuple[str, Any]], runs: int) -> str:
    from django.conf import settings

    web = settings.DATABASES["default"]
    took: dict[str, list[float]] = {"past": [], "through": []}
    rows = 0
    with (
        psycopg.connect(superuser) as past,
        psycopg.connect(superuser, user=str(web["USER"]), password=str(web["PASSWORD"])) as through,
    ):
        for n in range(runs + 5):
            for way, connection in (("past", past), ("through", through)):
                began = time.perf_counter()
                rows = _run(connection, asked)
                if n >= 5:
                    took[way].append((time.perf_counter() - began) * 1000)
    without, with_guards = (statistics.median(times) for times in took.values())
    return f"| {what} | {rows} | {without:.1f} | {with_guards:.1f} | {with_guards / without:.2f} |\n"


def _run(connection: psycopg.Connection[Any], asked: Sequence[tuple[str, Any]]) -> int:
    """Run the statements in one transaction; how many rows they gave."""
    with connection.transaction():
        cursors = [connection.execute(sql.encode(), params) for sql, params in asked]
        return sum(len(cursor.fetchall()) for cursor in cursors if cursor.description)


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
