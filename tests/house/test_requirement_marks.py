"""The plugin that ties tests to requirements, run as pytest runs it, on tests of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wholepicture.config.places import project_root

TESTS = """
import pytest

@pytest.mark.requirement("R1", "R2")
def test_passes(): pass

@pytest.mark.requirement("R2")
def test_fails(): assert 1 == 2

@pytest.mark.requirement("R3")
def test_is_skipped(): pytest.skip("no browser")

@pytest.fixture
def broken():
    yield
    raise ValueError

def test_fails_afterwards(broken): pass
"""


def run_pytest(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = requirement(id)\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "wholepicture.cli.requirement_marks",
    ]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(project_root())}
    return subprocess.run(
        [*command, *options], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "workers"])
def test_results_are_kept_whether_alone_or_with_workers(tmp_path: Path, workers: list[str]) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    results = tmp_path / "kept" / "results.json"
    results.parent.mkdir()
    results.write_text('{"test_other.py::test_before": "passed"}', encoding="utf-8")
    run_pytest(tmp_path, f"--results-to={results}", *workers)
    assert json.loads(results.read_text(encoding="utf-8")) == {
        "test_other.py::test_before": "passed",
        "test_it.py::test_passes": "passed",
        "test_it.py::test_fails": "failed",
        "test_it.py::test_is_skipped": "skipped",
        "test_it.py::test_fails_afterwards": "failed",
    }


@pytest.mark.slow
def test_marks_are_listed_without_running_anything(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    marks = tmp_path / "marks.json"
    assert run_pytest(tmp_path, "--collect-only", f"--marks-to={marks}").returncode == 0
    assert json.loads(marks.read_text(encoding="utf-8")) == {
        "test_it.py::test_passes": ["R1", "R2"],
        "test_it.py::test_fails": ["R2"],
        "test_it.py::test_is_skipped": ["R3"],
        "test_it.py::test_fails_afterwards": [],
    }


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["requirement", "requirement()", 'requirement("S1")', 'requirement(id="R1")'])
def test_a_mark_that_names_no_requirement_stops_the_run(tmp_path: Path, mark: str) -> None:
    test = f"import pytest\n\n@pytest.mark.{mark}\ndef test_a(): pass\n"
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    stopped = run_pytest(tmp_path)
    assert stopped.returncode == pytest.ExitCode.USAGE_ERROR
    assert "a requirement mark names requirements" in stopped.stdout + stopped.stderr
