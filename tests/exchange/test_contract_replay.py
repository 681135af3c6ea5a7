"""The printed contract of `wholepicture replay`: what is printed, how it ends, and what makes no difference."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.signals.contract import HOME, Family, command, entry, played, table, until, write

PAIR = "mother:victim;father:alleged_perpetrator"
STORY = [
    entry("d1", "2020-01-10", "domestic_abuse_incident", PAIR, children_seen=False, alcohol=True),
    entry("d2", "2020-02", "domestic_abuse_incident", PAIR, recorded="2020-03-02", summary="„Ąę”, said the father."),
    entry("i1", "2020-03-10", "injury", "child_A:subject", agency="school", opinion="undetermined"),
    entry("h1", "2020-04-10", "parental_health", "mother:subject", agency="gp", type="overdose"),
    entry("a1", "2020-05-10", "appointment", "child_A:subject", agency="hospital", outcome="was_not_brought"),
    until("2020-09-01"),
]
EXPECT = "expect_id,by,person,concern,must_not,from,entries,why,source\n"


def test_the_keys_their_order_and_their_types(tmp_path: Path) -> None:
    found = played(write(tmp_path / "family", STORY, expect=EXPECT + "x1,2020-03-02,child_B,child_not_seen,,,,,\n"))
    assert list(found) == ["bundle", "from", "to", "signals", "expect"]
    assert (found["bundle"], found["from"], found["to"]) == ("family", "2020-01-10", "2020-09-01")
    assert found["signals"]
    for signal in found["signals"]:
        assert list(signal) == ["id", "concern", "person", "raised", "entries", "tell", "question"]
        assert all(isinstance(signal[k], str) and signal[k] for k in ("id", "concern", "person", "raised", "question"))
        assert all(isinstance(signal[k], list) and signal[k] for k in ("entries", "tell"))
        assert len(set(signal["entries"])) == len(signal["entries"])
        assert signal["question"].endswith("?")
    assert [s["raised"] for s in found["signals"]] == sorted(s["raised"] for s in found["signals"])
    assert {s["person"] for s in found["signals"]} == {"child_A", "child_B"}
    (row,) = found["expect"]
    assert list(row.items()) == [
        ("expect_id", "x1"),
        ("must_not", False),
        ("met", True),
        ("by", "2020-03-02"),
        ("raised", "2020-01-10"),
        ("signal", "S07"),
    ]


@pytest.mark.parametrize(
    ("row", "met", "raised"),
    [
        ("2020-03-02,child_A,cumulative_domestic_abuse,,,,,", True, "2020-03-02"),
        ("2020-03-01,child_A,cumulative_domestic_abuse,,,,,", False, None),
        ("2020-03-02,child_A,cumulative_domestic_abuse,no,,,,", True, "2020-03-02"),
        ("2020-03-02,child_A,cumulative_domestic_abuse,yes,,,,", False, "2020-03-02"),
        ("2020-03-01,child_A,cumulative_domestic_abuse,yes,,,,", True, None),
        ("2020-03-02,child_A,cumulative_domestic_abuse,,2020-03-02,,,", True, "2020-03-02"),
        ("2020-09-01,child_A,cumulative_domestic_abuse,,2020-03-03,,,", False, None),
        ("2020-09-01,child_A,cumulative_domestic_abuse,yes,2020-03-03,,,", True, None),
        ("2020-03-02,child_A,cumulative_domestic_abuse,,,i1;d1,,", True, "2020-03-02"),
        ("2020-09-01,child_A,cumulative_domestic_abuse,,,i1;h1,,", False, None),
        ("2020-09-01,child_A,cumulative_domestic_abuse,yes,,i1,,", True, None),
        ("2020-09-01,child_B,undetermined_injury_open,,,,,", False, None),
    ],
)
def test_rows_of_expect_and_how_it_ends(row: str, met: bool, raised: str | None, tmp_path: Path) -> None:
    folder = write(tmp_path / "family", STORY, expect=f"{EXPECT}x1,{row}\n")
    ran = command("replay", str(folder), "--json")
    (found,) = json.loads(ran.out)["expect"]
    assert (found["met"], found["raised"], ran.code) == (met, raised, 0 if met else 1)
    assert command("replay", str(folder)).code == ran.code


def test_what_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "a family", STORY)
    printed = command("replay", str(folder), "--json")
    assert (printed.code, printed.err) == (0, "")
    assert "S20" in printed.out

    monkeypatch.chdir(folder)
    assert command("replay", ".", "--json") == printed
    monkeypatch.chdir(tmp_path)
    assert command("replay", "a family/", "--json") == printed

    columns = ["kind", "details", "entry_id", "about", "recorded", "precision", "occurred", "agency", "summary"]
    rows = [{column: row.get(column, "") for column in columns} for row in STORY]
    random.Random(4).shuffle(rows)
    (folder / "chronology.csv").write_text(table(rows), "utf-8")
    assert command("replay", str(folder), "--json") == printed

    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "README.pdf").write_bytes(b"\xff\xfe\x00")
    (folder / "README-old").mkdir()
    assert command("replay", str(folder), "--json") == printed

    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as archive:
        for file in folder.glob("*.csv"):
            archive.write(file, f"a family/{file.name}")
    assert command("replay", str(tmp_path / "sent.zip"), "--json") == printed


@pytest.mark.slow
def test_no_order_that_changes_between_runs_shows(tmp_path: Path) -> None:
    folder = write(tmp_path / "family", STORY)
    run = "import sys; from wholepicture.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", run, "replay", str(folder), "--json"]
    outs = {
        subprocess.run(words, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outs) == 1


def test_a_source_system_names_the_bundle(tmp_path: Path) -> None:
    folder = write(tmp_path / "family", STORY, bundle="key,value\nsource_system,Liquidlogic 7\ntitle,A family\n")
    assert played(folder)["bundle"] == "Liquidlogic 7"


def test_a_record_without_entries_has_no_first_day(tmp_path: Path) -> None:
    folder = write(tmp_path / "family", [], expect=f"{EXPECT}x1,2020-01-01,child_A,repeated_injury,yes,,,,\n")
    (folder / "chronology.csv").write_text("entry_id,occurred,precision,agency,kind,about\n", "utf-8")
    found = played(folder)
    assert (found["from"], found["to"], found["signals"]) == (None, None, [])
    assert found["expect"][0]["met"] is True
    assert "no entries" in command("replay", str(folder)).out


@pytest.mark.parametrize("words", [("replay",), ("replay", "--json"), ("import", "--check")])
def test_every_fault_of_every_file_at_once_as_file_line_column_message(words: tuple[str, ...], tmp_path: Path) -> None:
    people = Family("mother,adult,femail,1990\nchild_A,child,male,2015-02-30\n", "mother,mum,child_A,,,maybe,\n")
    faults = [
        entry("e1", "2020-13-01", "note", "child_A:subject"),
        entry("e2", "2020-01-01", "nota", "child_Z:subject;mother:boss"),
        entry("e2", "2020-01-01", "visit", "mother:subject", agency="council", precision="week", place="moon", shoe=1),
        entry("e3", "2020-01-01", "note", "mother:subject", shared="gp"),
    ]
    folder = write(tmp_path / "family", faults, people, expect=f"{EXPECT}x1,soon,child_Z,worry,perhaps,,e9,,\n")
    ran = command(*words, str(folder))
    assert (ran.code, ran.out) == (1, "")
    places = [":".join(line.split(":")[:3]) for line in ran.err.splitlines() if ".csv:" in line]
    assert places == [
        "people.csv:2: sex",
        "people.csv:3: born",
        "relationships.csv:2: relation",
        "relationships.csv:2: lives_with",
        "chronology.csv:2: occurred",
        "chronology.csv:3: kind",
        "chronology.csv:3: about",
        "chronology.csv:3: about",
        "chronology.csv:4: entry_id",
        "chronology.csv:4: precision",
        "chronology.csv:4: agency",
        "chronology.csv:4: details",
        "chronology.csv:4: details",
        "chronology.csv:5: shared",
        "expect.csv:2: by",
        "expect.csv:2: person",
        "expect.csv:2: concern",
        "expect.csv:2: must_not",
        "expect.csv:2: entries",
    ]
    assert all("; expected " in line for line in ran.err.splitlines() if ".csv:" in line)


def test_a_child_may_be_written_of_for_three_hundred_days_before_birth(tmp_path: Path) -> None:
    on_the_day = entry("e1", "2014-05-14", "note", "child_A:subject")
    assert command("replay", str(write(tmp_path / "in", [on_the_day]))).code == 0
    too_early = entry("e1", "2014-05-13", "note", "child_A:subject")
    ran = command("replay", str(write(tmp_path / "out", [too_early])))
    assert ran.code == 1
    assert "chronology.csv:2: about: " in ran.err


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "family", STORY, HOME)

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    ran = command("replay", str(folder))
    assert ran.code == 1
    assert "folder: the folder cannot be read (Permission denied)" in ran.err
