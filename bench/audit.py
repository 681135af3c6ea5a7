"""The audit: what a row costs with its seal and without, at so many clients, and how long a million take to verify.

    .venv/bin/python -m bench.audit --seconds 5 --rows 1000000

Makes a throwaway database on the durable embedded server, so that commits are as slow as they really are.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import psycopg

from bench.figures import HEADER, measure
from bench.scale import _store

INSERT = """INSERT INTO access_audit (chain, clock, practitioner, agency, role, act, purpose, ground, person)
VALUES ('Aldermere', now(), gen_random_uuid(), 'social_care', 'social_worker', 'child.page', 'assess', '',
gen_random_uuid())"""
FILL = """INSERT INTO access_audit (chain, clock, practitioner, agency, role, act, purpose, ground, person)
SELECT 'Aldermere', now(), gen_random_uuid(), 'social_care', 'social_worker', 'child.page', 'assess', '',
gen_random_uuid() FROM generate_series(1, %s)"""
WAYS = ("no seal", "sealed at commit", "sealed at insert")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as two Markdown tables."""
    parser = argparse.ArgumentParser(prog="bench.audit", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wholepicture-bench-"))
        os.environ["WHOLEPICTURE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholepicture.config.settings"
        superuser = _store(Path(folder), stack)
        from wholepicture.config.postgres import prepared

        urls = prepared()
        assert urls is not None
        _rates(superuser, urls.engine, options.seconds)
        _looks(superuser)
        if options.rows:
            _verify(urls.engine, superuser, options.rows)
    return 0


def _rates(superuser: str, engine: str, seconds: float) -> None:
    print("| clients | ms of page in the transaction | way | rows a second | median ms | p95 ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    for clients, page_ms in ((1, 0), (8, 0), (32, 0), (8, 50), (32, 50)):
        for way in WAYS:
            _switch(superuser, seal=way != "no seal")
            took = _together(engine, clients, page_ms, seconds, at_insert=way == "sealed at insert")
            took.sort()
            middle, p95 = (took[int(share * (len(took) - 1))] * 1000 for share in (0.5, 0.95))
            print(f"| {clients} | {page_ms} | {way} | {len(took) / seconds:,.0f} | {middle:.1f} | {p95:.1f} |")


def _together(engine: str, clients: int, page_ms: int, seconds: float, *, at_insert: bool) -> list[float]:
    took: list[float] = []

    def client() -> None:
        with psycopg.connect(engine) as connection:
            ends = time.perf_counter() + seconds
            while time.perf_counter() < ends:
                began = time.perf_counter()
                if at_insert:
                    connection.execute("SET CONSTRAINTS access_audit_is_sealed IMMEDIATE")
                connection.execute(INSERT)
                if page_ms:
                    time.sleep(page_ms / 1000)
                connection.commit()
                took.append(time.perf_counter() - began)

    threads = [Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def _looks(superuser: str) -> None:
    """What opening the record costs a page before it reads anything, by the application's own way in."""
    from tests.worlds import NOW, build_world
    from wholepicture.access.operations import viewing
    from wholepicture.access.roles import Permission
    from wholepicture.foundation.authority import Purpose

    world = build_world()

    def look() -> None:
        with viewing(world.ann, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=NOW, act="child.page",
                     person=world.child):  # fmt: skip
            pass

    print(f"\n{HEADER}")
    for way in WAYS[:2]:
        _switch(superuser, seal=way != "no seal")
        print(measure(f"a look, {way}", look, runs=400).line())


def _switch(superuser: str, *, seal: bool) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        able = "ENABLE" if seal else "DISABLE"
        connection.execute(f"ALTER TABLE access_audit {able} TRIGGER access_audit_is_sealed")


def _verify(engine: str, superuser: str, rows: int) -> None:
    _switch(superuser, seal=True)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica; TRUNCATE access_audit, access_audit_seal")
        connection.execute("RESET session_replication_role")
        began = time.perf_counter()
        connection.execute(FILL, [rows])
        filled = time.perf_counter() - began
        connection.execute("VACUUM ANALYZE access_audit, access_audit_seal")
    print(f"\n{rows:,} rows written in one transaction and sealed in {filled:.1f} s")
    root = Path(__file__).resolve().parents[1]
    cli = [sys.executable, "-c", "import sys; from wholepicture.cli import main; sys.exit(main())"]
    script = [sys.executable, str(root / "tools" / "verify_audit.py"), "--database", engine]
    for name, command in (
        ("wholepicture verify-audit", [*cli, "verify-audit"]),
        ("tools/verify_audit.py", script),
    ):
        began = time.perf_counter()
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        print(f"{name}: {time.perf_counter() - began:.1f} s: {said}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {most:.0f} MB")


if __name__ == "__main__":
    raise SystemExit(main())
