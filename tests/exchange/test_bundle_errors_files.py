"""Each fault in the shape of files, headers, rows and encodings is named, however many there are."""

from __future__ import annotations

import pytest

from tests.exchange.files import CHRONOLOGY, PEOPLE, encoded, problems_of, sound, spoilt
from wholepicture.exchange.bundles import lexing
from wholepicture.exchange.bundles.reader import read_bundle_files
from wholepicture.exchange.bundles.types import FILES
from wholepicture.record.kinds_fields import either

REMEDY = "expected UTF-8 (in a spreadsheet, save as “CSV UTF-8”)"


def test_missing_files_are_named() -> None:
    assert problems_of({"README.md": b"", "expect.csv": b"expect_id,by,person,concern\n"}) == [
        "people.csv:1: file: the file is missing; expected people.csv in the folder",
        "chronology.csv:1: file: the file is missing; expected chronology.csv in the folder",
    ]


def test_unknown_files_are_refused_by_name() -> None:
    files = encoded({**sound(), "People.csv": "", "README-first.txt": "anything"})
    assert problems_of(files) == [
        "People.csv:1: file: unknown file; expected bundle.csv, people.csv, identities.csv, relationships.csv, "
        "chronology.csv or expect.csv, or a name that begins with README"
    ]


def test_an_empty_file_has_no_header() -> None:
    columns = either(FILES["relationships.csv"].columns)
    assert problems_of({**encoded(sound()), "relationships.csv": b"\n"}) == [
        f"relationships.csv:1: header: the file is empty; expected a header row with {columns}"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "relationships.csv",
            "relation,other",
            "relation,OTHER",
            [
                "1: OTHER: unknown column “OTHER”; expected person, relation, other, from, to, lives_with, known_from "
                "or source",
                "1: other: column “other” is missing; expected it in the header row",
            ],
        ),
        ("relationships.csv", "lives_with", "to", ["1: to: column “to” stands twice; expected it once"]),
        (
            "relationships.csv",
            "lives_with",
            "",
            ["1: column 6: the column has no name; expected a name, or no such column"],
        ),
        (
            "relationships.csv",
            ",register",
            "",
            ["2: row: 7 cells where the header has 8; expected one cell for each column"],
        ),
        (
            "relationships.csv",
            "baby,,,,,",
            "baby,,,,,,",
            ["3: row: 9 cells where the header has 8; expected one cell for each column"],
        ),
        (
            "relationships.csv",
            "register",
            "reg\0ister",
            ["2: source: holds a NUL character; expected plain text"],
        ),
    ],
)
def test_headers_and_rows(file: str, old: str, new: str, expected: list[str]) -> None:
    assert spoilt(file, old, new) == [f"{file}:{line}" for line in expected]


def test_a_row_of_one_cell() -> None:
    files = encoded({**sound(), "relationships.csv": "person,relation,other\nmother\n"})
    assert problems_of(files) == [
        "relationships.csv:2: row: 1 cell where the header has 3; expected one cell for each column"
    ]


def test_quotation_marks_that_do_not_pair_stop_the_file_there() -> None:
    assert spoilt("chronology.csv", "Spoken to.", '"Spoken to.') == [
        "chronology.csv:3: row: the quotation marks of this row do not pair (',' expected after '\"'); expected a cell "
        "with quotation marks to be quoted, each mark inside it doubled"
    ]


def test_lines_are_those_of_the_file_though_cells_run_over_several() -> None:
    text = CHRONOLOGY.replace("Bruise.", '"Bruise.\nSeen twice,\r\n""small""."').replace("police_contact", "call")
    text = text.replace("2024-10,about", "2024-13,about")
    assert problems_of(encoded({**sound(), "chronology.csv": text})) == [
        "chronology.csv:5: occurred: “2024-13” is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm"
    ]


def test_text_in_another_encoding_is_named_by_line_and_column() -> None:
    files = {**sound(), "chronology.csv": CHRONOLOGY.replace("Bruise.", '"Bru\nisé."').replace("constable", "sérgeant")}
    assert problems_of({**encoded(files), "chronology.csv": files["chronology.csv"].encode("latin-1")}) == [
        f"chronology.csv:2: summary: byte 0xE9 is not UTF-8; {REMEDY}",
        f"chronology.csv:4: author_role: byte 0xE9 is not UTF-8; {REMEDY}",
    ]


def test_a_header_in_another_encoding() -> None:
    data = PEOPLE.replace("language", "languagé").encode("latin-1")
    assert problems_of({**encoded(sound()), "people.csv": data}) == [
        f"people.csv:1: cell 8: byte 0xE9 is not UTF-8; {REMEDY}"
    ]


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_cells_parted_by_other_marks(mark: str, name: str) -> None:
    assert problems_of(encoded({**sound(), "people.csv": f"person{mark}type\nchild_A{mark}child\n"})) == [
        f"people.csv:1: header: the cells are parted by {name}; expected commas"
    ]


def test_utf_16_is_named_once() -> None:
    assert problems_of({**encoded(sound()), "people.csv": PEOPLE.encode("utf-16")}) == [
        f"people.csv:1: encoding: the file is UTF-16; {REMEDY}"
    ]


def test_a_file_too_big_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "lex", None)
    assert problems_of({**encoded(sound()), "people.csv": b" " * 50_000_000}) == [
        "people.csv:1: file: the file is 50.0 MB; expected at most 20 MB: one family’s history to a bundle"
    ]


def test_problems_of_all_files_come_together_in_order_of_place() -> None:
    files = sound()
    files["expect.csv"] = files["expect.csv"].replace("x1,2024-12-01", "x1,soon")
    files["people.csv"] = files["people.csv"].replace(",male,", ",boy,")
    files["chronology.csv"] = files["chronology.csv"].replace("injury,", "harm,").replace("police_contact", "talk")
    places = [problem.split(": ")[0] + ":" + problem.split(": ")[1] for problem in problems_of(encoded(files))]
    assert places == ["people.csv:2:sex", "chronology.csv:2:kind", "chronology.csv:3:kind", "expect.csv:2:by"]


def test_a_byte_order_mark_blank_rows_and_carriage_returns_are_no_fault() -> None:
    files = encoded(sound())
    bundle = read_bundle_files(files, "small")
    files["people.csv"] = b"\xef\xbb\xbf" + files["people.csv"].replace(b"\n", b"\r\n") + b",,,,,,,,,\r\n\r\n"
    assert read_bundle_files(files, "small") == bundle
