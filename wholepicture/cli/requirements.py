"""`wholepicture requirements`: what the reports ask, the tests that show it, and whether they pass."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

from wholepicture.foundation.refusals import Refused

NAME = "requirements"
HELP = "List each requirement of the published reports, the tests that show it, and whether they passed when last run."


@dataclass(frozen=True, slots=True)
class ShownBy:
    """A test marked with a requirement, and how it ended when it last ran here: passed, failed, skipped or not run."""

    test: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the reports ask."""

    id: str
    area: str
    requirement: str
    source: str
    tests: tuple[ShownBy, ...]

    @property
    def state(self) -> str:
        """`shown` only when there are tests and every one of them passed; otherwise what stands in the way."""
        outcomes = {test.outcome for test in self.tests}
        for trouble in ("failed", "not run", "skipped"):
            if trouble in outcomes:
                return trouble
        return "shown" if outcomes else "no test"


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print the list as JSON, for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the list; 1 when a test that claims a requirement failed."""
    listed = requirements(collected_marks(), last_outcomes())
    if arguments.json:
        print(json.dumps([asdict(one) | {"state": one.state} for one in listed], indent=2, ensure_ascii=False))
    else:
        show(listed)
    return 1 if any(one.state == "failed" for one in listed) else 0


def requirements(marks: dict[str, list[str]], outcomes: dict[str, str]) -> list[Requirement]:
    """Every requirement with its tests; refuses a test that names a requirement that there is not."""
    text = resources.files("wholepicture.cli").joinpath("requirements.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    known = {row["id"] for row in rows}
    for test, named in marks.items():
        if unknown := [name for name in named if name not in known]:
            raise Refused("unknown_requirement", f"{test} is marked with {', '.join(unknown)}, which is not listed.")
    return [
        Requirement(
            **row,
            tests=tuple(
                ShownBy(test, outcomes.get(test, "not run")) for test, named in marks.items() if row["id"] in named
            ),
        )
        for row in rows
    ]


def collected_marks() -> dict[str, list[str]]:
    """The requirements that each test is marked with, by pytest's own collection."""
    from wholepicture.config.places import project_root

    root = project_root()
    if importlib.util.find_spec("pytest") is None or not (root / "tests").is_dir():
        raise Refused("no_tests", "The tests are not installed here: run ./test once.")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "marks.json"
        command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "wholepicture.cli.requirement_marks"]
        done = subprocess.run([*command, f"--marks-to={target}"], cwd=root, capture_output=True, text=True, check=False)
        if done.returncode or not target.exists():
            raise Refused(
                "not_collected", f"The tests cannot be collected:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        marks: dict[str, list[str]] = json.loads(target.read_text(encoding="utf-8"))
    return marks


def last_outcomes() -> dict[str, str]:
    """How each test ended when `./test` last ran it here."""
    from wholepicture.cli.requirement_marks import RESULTS
    from wholepicture.config.places import project_root

    path = project_root() / ".data" / RESULTS
    outcomes: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return outcomes


def show(listed: list[Requirement]) -> None:
    """Print for a person: by area, the state of each, and the tests that are not simply passing."""
    area = ""
    for one in listed:
        if one.area != area:
            area = one.area
            print(f"\n{area}")
        count = f"{len(one.tests)} test{'' if len(one.tests) == 1 else 's'}" if one.tests else ""
        print(f"  {one.id:<5} {one.state:<8} {count:<9} {one.requirement}")
        for test in one.tests:
            if test.outcome != "passed":
                print(f"        {test.outcome}: {test.test}")
    shown = sum(one.state == "shown" for one in listed)
    print(f"\n{shown} of {len(listed)} requirements are shown by tests that passed when last run here.")
