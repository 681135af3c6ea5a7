"""A pytest plugin: which tests say that they show which requirement, and how each test last ended.

`./test` loads it to keep results; `wholepicture requirements` loads it to list the tests without running them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Where only what runs is installed, the command line still looks through this package for commands.
    import pytest

RESULTS = "test-results.json"
"""In the data folder: how each test ended when it last ran."""

IDENTIFIER = re.compile(r"R[1-9][0-9]*")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two files, each written only when asked for."""
    group = parser.getgroup("requirements")
    group.addoption("--marks-to", type=Path, help="write which tests show which requirement")
    group.addoption("--results-to", type=Path, help="bring up to date how each test last ended")


def pytest_configure(config: pytest.Config) -> None:
    """Keep results in the process that hears of every test: the only one, or the one that leads the others."""
    target: Path | None = config.getoption("--results-to")
    if target is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Results(target), "requirement-results")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Check every mark, and list them when asked."""
    marked = {item.nodeid: requirements_of(item) for item in items}
    target: Path | None = config.getoption("--marks-to")
    if target is not None:
        target.write_text(json.dumps(marked), encoding="utf-8")


def requirements_of(item: pytest.Item) -> list[str]:
    """The requirements a test is marked with; a mark that names none, or no requirement, is an error."""
    named: list[str] = []
    for mark in item.iter_markers("requirement"):
        if not mark.args or mark.kwargs or not all(IDENTIFIER.fullmatch(str(name)) for name in mark.args):
            from pytest import UsageError

            raise UsageError(f"{item.nodeid}: a requirement mark names requirements, as in requirement('R1')")
        named += [name for name in mark.args if name not in named]
    return named


class Results:
    """How each test ended; a test not run this time keeps what it had."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test failed if any part of it did; it passed only if its own part ran and passed."""
        worse = report.failed or (report.skipped and self._outcomes.get(report.nodeid) != "failed")
        if worse or (report.when == "call" and report.nodeid not in self._outcomes):
            self._outcomes[report.nodeid] = report.outcome

    def pytest_sessionfinish(self) -> None:
        """Write them."""
        kept = json.loads(self._target.read_text(encoding="utf-8")) if self._target.exists() else {}
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._target.write_text(json.dumps(kept | self._outcomes, indent=0), encoding="utf-8")
