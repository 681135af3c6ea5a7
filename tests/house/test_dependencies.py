"""Every direct dependency is explained where a newcomer, or an auditor, would look."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")


def direct() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    front_end = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    installer = (ROOT / "locks" / "bootstrap.lock").read_text(encoding="utf-8").splitlines()
    installer += (ROOT / "locks" / "node.lock").read_text(encoding="utf-8").splitlines()
    return [
        *(re.split(r"[\[<>=~! ]", name)[0] for name in python),
        *front_end["dependencies"],
        *front_end["devDependencies"],
        *(line.split("==")[0] for line in installer if "==" in line and not line.startswith(" ")),
    ]


@pytest.mark.parametrize("name", direct())
def test_the_page_says_what_it_is_for(name: str) -> None:
    row = re.search(rf"^\| `{re.escape(name)}` \| (.+?) \|", EXPLAINED, re.MULTILINE)
    assert row is not None
    assert len(row.group(1)) > 20


def test_the_page_explains_nothing_that_is_gone() -> None:
    assert set(re.findall(r"^\| `([^`]+)` \|", EXPLAINED, re.MULTILINE)) <= set(direct())


@pytest.mark.parametrize("lock", ["bootstrap", "node", "run", "test"])
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / "locks" / f"{lock}.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text


def test_what_runs_is_a_part_of_what_is_tested() -> None:
    run, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / "locks" / f"{lock}.lock").read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("run", "test")
    )
    assert run <= test


def test_the_front_end_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, locked in packages.items() if "resolved" in locked] == []
    assert [name for name, locked in packages.items() if name and not locked["integrity"].startswith("sha512-")] == []
