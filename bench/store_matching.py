"""Looking somebody up in the store's index, at several sizes, beside Splink's own single-record path in the same run.

    .venv/bin/python -m bench.store_matching --people 10000 100000 1000000 --queries 3000

Each size is a throwaway database on the durable embedded server, filled by COPY, and asked as the engine's role over
Django's own connection, from what was said to decided and explained candidates. `--splink 0` leaves Splink out.
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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from psycopg.conninfo import make_conninfo

if TYPE_CHECKING:
    from wholepicture.demo.population.cases import World

WARM = 200
"""Questions asked first and not counted: plans are made and caches filled."""

DATABASE = "wholepicture_bench_matching"
_SIZE = "SELECT pg_total_relation_size('people_ready'), pg_indexes_size('people_ready')"


@dataclass(frozen=True)
class Sized:
    """What was measured at one size."""

    people: int
    took: list[float]
    candidates: list[int]
    recall: float
    wrong: int
    linked: int
    whole: float
    indexes: float
    splink: list[float]

    def line(self) -> str:
        """One row of a Markdown table."""
        ms = sorted(self.took)
        ratio = f"{statistics.median(self.splink) / _at(ms, 0.5):,.0f}" if self.splink else "-"
        splinks = f"{statistics.median(self.splink):.0f}" if self.splink else "-"
        ordered = sorted(self.candidates)
        cells = (
            f"{self.people:,}", f"{_at(ms, 0.5):.3f}", f"{_at(ms, 0.99):.3f}", f"{ms[-1]:.2f}",
            f"{len(ms) / sum(ms) * 1000:,.0f}", f"{statistics.fmean(ordered):.2f}, {_at(ordered, 0.99)}",
            f"{self.recall:.4f}", f"{self.whole:.0f}, {self.indexes:.0f}", f"{self.wrong} of {self.linked}", splinks,
            ratio,
        )  # fmt: skip
        return f"| {' | '.join(cells)} |"


HEADER = (
    "| people | median ms | p99 ms | worst ms | a second, one core | candidates mean, p99 | recall of blocking | "
    "bytes a person: all, indexes alone | wrong links | Splink's median ms | ratio |\n" + "| --- " * 11 + "|"
)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(prog="bench.store_matching", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--splink", type=int, default=20, metavar="N", help="look up N by Splink too (20)")
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args(arguments)
    sized = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wholepicture-bench-")))
        os.environ["WHOLEPICTURE_DATA"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholepicture.config.settings"
        superuser = _store(folder, stack)
        for people in options.people:
            sized.append(_measured(superuser, people, options))
            sys.stderr.write(f"{sized[-1].line()}\n")
    sys.stdout.write("\n".join([HEADER, *(one.line() for one in sized)]) + "\n")
    first, last = (statistics.median(one.took) for one in (sized[0], sized[-1]))
    sys.stdout.write(f"\nmedian at {sized[-1].people:,} ÷ at {sized[0].people:,}: {last / first:.2f}\n")
    return 0


def _store(folder: Path, stack: ExitStack) -> str:
    from wholepicture.config.places import secret
    from wholepicture.config.postgres import drop, ensure_server, prepare

    server = ensure_server(folder)
    stack.callback(server.stop)
    secret(folder, "secret_key")
    drop(server.superuser_url, DATABASE)
    prepare(server.superuser_url, DATABASE)
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    stack.callback(connections.close_all)
    return make_conninfo(server.superuser_url, dbname=DATABASE)


def _measured(superuser: str, people: int, options: argparse.Namespace) -> Sized:
    from wholepicture.demo.population.cases import world

    made = world(people, options.queries, seed=options.seed)
    ids = _fill(superuser, made)
    with psycopg.connect(superuser) as connection:
        [(whole, indexes)] = connection.execute(_SIZE).fetchall()
    came = _asked(made, ids)
    wanted = sum(1 for one in made.asked if one.truth)
    return Sized(
        people, came.took, came.candidates, came.reached / wanted, came.links.count(False), len(came.links),
        whole / people, indexes / people, _by_splink(made, options.splink) if options.splink else [],
    )  # fmt: skip


def _fill(superuser: str, made: World) -> dict[UUID, str]:
    """The index of these people, each a person of one identity; the superuser alone can skip the triggers."""
    from wholepicture.foundation.ids import new_id
    from wholepicture.people.matching.keeping import COLUMNS, row_of

    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE people_ready, people_decided, people_person, people_identity CASCADE")
        ids = [new_id() for _ in made.index]
        with connection.cursor().copy("COPY people_decided (identity, person) FROM STDIN") as copy:
            for key in ids:
                copy.write_row((key, key))
        with connection.cursor().copy(f"COPY people_ready ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for key, row in zip(ids, made.index, strict=True):
                copy.write_row((key, *row_of(**_said(row))))
        # Built at once they are packed tighter than they stay; as they grow, they are as full as this leaves them.
        connection.execute("VACUUM ANALYZE")
    return {key: row["id"] for key, row in zip(ids, made.index, strict=True)}


def _said(row: dict[str, str]) -> dict[str, Any]:
    names = ("given_name", "middle_name", "family_name", "born", "sex", "nhs_number", "upn")
    return {name: row[name] for name in names} | {"home": (row["address"], row["postcode"])}


@dataclass
class Came:
    """What came of the questions."""

    took: list[float]
    candidates: list[int]
    reached: int
    links: list[bool]


def _asked(made: World, ids: dict[UUID, str]) -> Came:
    """Each question timed from its words to decided, explained candidates."""
    from django.db import connections

    came = Came([], [], 0, [])
    with connections["engine"].cursor() as cursor:
        for one in made.asked[:WARM]:
            _answer(cursor, _said(one.row))
        for one in made.asked:
            said = _said(one.row)
            began = time.perf_counter()
            people, link = _answer(cursor, said)
            came.took.append((time.perf_counter() - began) * 1000)
            came.candidates.append(len(people))
            came.reached += any(ids[person] == one.truth for person in people)
            if link is not None:
                came.links.append(ids[link] == one.truth)
    return came


def _answer(cursor: Any, said: dict[str, Any]) -> tuple[list[UUID], UUID | None]:
    """Whoever was looked at, and whom the rules would link: as the application asks about one person alone."""
    from wholepicture.people.matching.index import looked_up
    from wholepicture.people.matching.keeping import row_of
    from wholepicture.people.matching.rules import decide_together
    from wholepicture.people.matching.standing import standing
    from wholepicture.people.matching.types import Asked, Found, Held

    row = row_of(**said)
    rows = looked_up(cursor, row).rows
    model, name = standing(rows[0].model if rows else None)
    held = tuple(Held(r.person, r.identity, r.row, model.weigh(row, r.row, {})) for r in rows)
    [verdict] = decide_together([Found(Asked(row), held)], name)
    return [r.person for r in rows], verdict.link


def _by_splink(made: World, questions: int) -> list[float]:
    """Splink's way to look up one record: `predict_between` it and the whole index, on DuckDB, milliseconds each."""
    import duckdb
    from splink import DuckDBAPI, Linker

    from wholepicture.people.linkage.standard import settings

    api = DuckDBAPI(duckdb.connect())
    held = api.register(_frame([row | {"id": row["id"]} for row in made.index]), dataset_display_name="held")
    linker = Linker([held, api.register(_frame([made.asked[0].row]))], settings() | {"link_type": "link_only"},
                    log_level=None)  # fmt: skip
    took = []
    for one in made.asked[: questions + 2]:
        frame = _frame([one.row])
        began = time.perf_counter()
        asked = api.register(frame)
        found: Any = linker.inference.predict_between(asked, held, warning_mode="never")
        found.as_pyarrow_table()
        took.append((time.perf_counter() - began) * 1000)
    return took[2:]


def _frame(rows: Sequence[dict[str, str]]) -> Any:
    import pyarrow as pa

    from wholepicture.people.linkage.preparing import ready
    from wholepicture.people.linkage.types import FIELDS

    made = [ready(row)[0] for row in rows]
    columns = {name: pa.array([row.get(name) for row in made], pa.string()) for name in FIELDS}
    return pa.table({"id": pa.array([row["id"] for row in rows], pa.string())} | columns)


if __name__ == "__main__":
    sys.exit(main())
