"""The house's ceilings: what is longer than these does more than one thing, or hides what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE_LINES, TEST_LINES, FUNCTION_LINES = 400, 600, 50


def files(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(("folder", "ceiling"), [("wholepicture", SOURCE_LINES), ("tests", TEST_LINES)])
def test_no_file_is_longer_than_the_ceiling(folder: str, ceiling: int) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files(folder)
    }
    assert lengths
    assert {path: length for path, length in lengths.items() if length > ceiling} == {}


def test_no_function_is_longer_than_the_ceiling() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{name}": length for path in files("wholepicture") for name, length in functions(path)
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


def test_a_long_function_would_be_found(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("def long() -> None:\n" + "    print()\n" * FUNCTION_LINES, encoding="utf-8")
    assert list(functions(long)) == [("long", FUNCTION_LINES + 1)]
