"""The how-to page's own example is sound, and its errors are the ones that people see."""

from __future__ import annotations

import re
from pathlib import Path

from tests.exchange.files import encoded, problems_of
from wholepicture.exchange.bundles.reader import read_bundle_files

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "import-a-chronology.md").read_text(encoding="utf-8")


def example() -> dict[str, str]:
    blocks = re.findall(r"^ +```csv\n(.*?)^ +```$", PAGE, re.MULTILINE | re.DOTALL)
    people, chronology = (re.sub(r"^ +", "", block, flags=re.MULTILINE) for block in blocks)
    return {"people.csv": people, "chronology.csv": chronology}


def test_the_example_is_a_sound_bundle() -> None:
    record = read_bundle_files(encoded(example()), "example").record
    assert record.entry["e1"].text("side") == "left"
    assert record.entry["e2"].people == {"mother", "child_A"}


def test_the_errors_shown_are_real() -> None:
    files = example()
    files["people.csv"] = files["people.csv"].replace("2020-05-04", "04/05/2020")
    files["chronology.csv"] = files["chronology.csv"].replace("mother:subject;child_A", "father:subject;child_A")
    shown = [line for line in PAGE.splitlines() if re.match(r"(people|chronology)\.csv:\d", line)]
    assert problems_of(encoded(files)) == shown
