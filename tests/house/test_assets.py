"""What browsers are sent: complete, and without what only GOV.UK may use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wholepicture.config.assets import PACKAGES, SERVED, collect, served_sheet
from wholepicture.config.places import project_root

SHEETS = sorted((project_root() / SERVED).rglob("*.css"))


def test_a_sheet_loses_the_typeface_and_finds_its_pictures_beside_it() -> None:
    sheet = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/bold.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif}.b{background:url(/assets/images/x.svg)}"
    )
    assert served_sheet(sheet) == ".a{font-family:arial,sans-serif}.b{background:url(assets/images/x.svg)}"


def test_every_package_is_served() -> None:
    served = {path.relative_to(project_root() / SERVED).as_posix() for path in (project_root() / SERVED).rglob("*.*")}
    assert {f"{name}/{file}" for name, (_, files) in PACKAGES.items() for file in files} <= served


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_picture_of_a_sheet_is_served_with_it(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    named = [name for name in re.findall(r"url\(([^)]+)\)", text) if not name.startswith(("data:", '"data:'))]
    assert [name for name in named if not (sheet.parent / name).is_file()] == []
    assert "GDS Transport" not in text


def test_to_collect_again_leaves_nothing_of_before(tmp_path: Path) -> None:
    for source, files in PACKAGES.values():
        (tmp_path / source).mkdir(parents=True)
        for file in files:
            (tmp_path / source / file).write_text("a{}\n//# sourceMappingURL=gone.map\n", encoding="utf-8")
    target = tmp_path / ".served"
    (target / "old").mkdir(parents=True)
    collect(tmp_path, target)
    assert not (target / "old").exists()
    assert (target / "htmx" / "htmx.min.js").read_text(encoding="utf-8") == "a{}\n"
