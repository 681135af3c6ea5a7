"""The page that maps tests to a standard names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_the_page_names_is_there() -> None:
    page = (ROOT / "docs" / "reference" / "sign-in-checks.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", page)
    assert len(named) > 20
    missing = [(f, name) for f, name in named if f"def {name}(" not in (ROOT / f).read_text(encoding="utf-8")]
    assert missing == []
