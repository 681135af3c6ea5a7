"""The pictures of the docs: each is shown somewhere, each that is shown is there, and none is heavy."""

from __future__ import annotations

import re

from wholepicture.config.places import project_root

ROOT = project_root()
HEAVIEST = 300_000  # bytes
_SHOWN = re.compile(r"!\[[^\]]+\]\(([^)]+\.png)\)")


def test_every_picture_is_shown_and_every_picture_shown_is_there() -> None:
    shown = {
        (page.parent / path).resolve()
        for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
        for path in _SHOWN.findall(page.read_text(encoding="utf-8"))
    }
    assert shown == {path.resolve() for path in ROOT.glob("docs/images/*.png")}


def test_no_picture_is_heavy() -> None:
    heavy = {p.name: p.stat().st_size for p in ROOT.glob("docs/images/*.png") if p.stat().st_size > HEAVIEST}
    assert not heavy
