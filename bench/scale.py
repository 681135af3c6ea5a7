"""At the size of a city: the child's page, and recording an entry with its signals and receipts.

    .venv/bin/python -m bench.scale --children 100000 --entries 1000000

Makes a throwaway database on the durable embedded server, so that commits are as slow as they really are.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import UUID

from psycopg.conninfo import make_conninfo

from bench.crowd import add_crowd
from bench.figures import HEADER, Figure, measure

DATABASE = "wholepicture_bench"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as a Markdown table."""
    options = _options(arguments)
    with ExitStack() as stack:
        folder = options.data or stack.enter_context(tempfile.TemporaryDirectory(prefix="wholepicture-bench-"))
        os.environ["WHOLEPICTURE_DATA"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholepicture.config.settings"
        superuser = _store(Path(folder), stack)
        began = time.perf_counter()
        add_crowd(superuser, children=options.children, entries=options.entries)
        took = time.perf_counter() - began
        sys.stdout.write(f"{options.children:,} children, {options.entries:,} entries, made in {took:.0f} s\n\n")
        figures = _measure(options.runs)
    sys.stdout.write("\n".join([HEADER, *(f.line() for f in figures)]) + "\n")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.scale", description=__doc__)
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--data", type=Path, help="keep the database here (default: thrown away)")
    return parser.parse_args(arguments)


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


def _measure(runs: int) -> list[Figure]:
    from tests.worlds import practitioner
    from wholepicture.config.warmth import settle

    worker = practitioner("ann", "social_worker", "social_care", "social_care:north")
    big, usual = _family("big", 500, worker.actor.team), _family("usual", 60, worker.actor.team)
    from django.test import Client

    from wholepicture.sign_in import cookies

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[cookies.name()] = worker.session

    def page(child: UUID, tab: str) -> None:
        response = client.get(f"/children/{child}/{tab}")
        if response.status_code != 200:
            raise SystemExit(f"the page answered {response.status_code}")

    settle()  # as the server does once it has loaded
    tabs = {"picture": "", "chronology": "chronology", "growth": "growth"}
    figures = [
        measure(f"child's page, {n} entries: {tab}", partial(page, child["child"], path), runs=runs)
        for n, child in ((500, big), (60, usual))
        for tab, path in tabs.items()
    ]
    figures += [
        measure(f"record an entry, its receipts and signals: family of {n} entries", _recorder(f), runs=runs)
        for n, f in ((60, usual), (500, big))
    ]
    return figures


def _family(name: str, entries: int, team: str) -> dict[str, UUID]:
    """A family of four with so many entries of many kinds, stored by the import as any bundle is."""
    from tests.worlds import NOW, authority
    from wholepicture.exchange.bundles.operations import import_bundle
    from wholepicture.exchange.bundles.reader import read_bundle_files

    people = (
        "person,type,sex,born\nchild,child,male,2021-05-04\nsister,child,female,2018-02-01\nmother,adult,female,\n"
        "partner,adult,male,\n"
    )
    ties = (
        "person,relation,other,from,lives_with\nmother,mother,child,2021-05-04,yes\nmother,mother,sister,2018-02-01,yes\n"
        "partner,partner,mother,2023-01-01,yes\nsister,sibling,child,2021-05-04,yes\n"
    )
    rows = ["entry_id,occurred,agency,kind,about,summary,details,shared"]
    kinds = (
        ("health_visiting", "measurement", '"{""weight_kg"": %.1f}"'),
        ("school/oak", "welfare_concern", '"{""theme"": ""tiredness""}"'),
        ("gp", "appointment", '"{""service"": ""gp"", ""outcome"": ""attended""}"'),
        ("social_care", "visit", '"{""child_seen"": true, ""child_seen_alone"": true}"'),
        ("police", "domestic_abuse_incident", '"{""alcohol"": true, ""children_seen"": true}"'),
        ("school/oak", "attendance", '"{""percent"": 91}"'),
        ("gp", "note", ""),
    )
    first = date(2022, 1, 3)
    for n in range(entries):
        agency, kind, details = kinds[n % len(kinds)]
        day = first + timedelta(days=n * 1400 // entries)
        about = (
            "mother:victim;child:affected" if kind == "domestic_abuse_incident" else "child:subject;mother:mentioned"
        )
        told = details % (9 + n * 8 / entries) if "%" in details else details
        rows.append(f"e{n},{day},{agency},{kind},{about},What was seen and what was done about it.,{told},gp@{day}")
    files = {"people.csv": people, "relationships.csv": ties, "chronology.csv": "\n".join(rows) + "\n"}
    bundle = read_bundle_files({k: v.encode() for k, v in files.items()}, name)
    done = import_bundle(authority=authority(), bundle=bundle, now=NOW, teams=[team])
    return dict(done.people)


def _recorder(family: dict[str, UUID]) -> Callable[[], None]:
    from tests.worlds import authority
    from wholepicture.access.operations import acting
    from wholepicture.foundation.when import When
    from wholepicture.people.queries import identities_of
    from wholepicture.record.operations import NewEntry, add_entry
    from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent
    from wholepicture.signals.operations import refresh

    with acting(authority()):
        [child] = identities_of(family["child"])
    numbers = count()

    def record() -> None:
        moment = datetime.now(UTC)
        when = When.at(moment)
        receipts = tuple(Receipt(a, ReceiptEvent.RECEIVED, when) for a in ("gp", "school/oak", "health_visiting"))
        about = ((child, AboutRole.SUBJECT),)
        details = {"theme": "tiredness"}
        entry = NewEntry(
            "welfare_concern", when, when, "school/oak", "teacher", about, f"Tired, {next(numbers)}.", details, receipts
        )
        with acting(authority()):
            add_entry(authority=authority(), entry=entry)
            refresh(authority=authority(), people=[family["child"]], today=moment.date())

    return record


if __name__ == "__main__":
    sys.exit(main())
