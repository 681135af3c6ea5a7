"""The printed contract of `wholepicture match`: the files it takes, what it answers, and how it refuses."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.people.linkage.files import (
    MAJA,
    NHS,
    WRONG_NHS,
    match,
    people,
    plain,
    read,
    spoilt,
    standard_model,
    why,
    write,
)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return standard_model(tmp_path / "model.json")


def answered(
    folder: Path, model: Path, held: list[dict[str, str]], asked: list[dict[str, str]], **more: object
) -> list[dict[str, str]]:
    index, queries = write(folder / "held.csv", held), write(folder / "asked.csv", asked)
    assert match("run", index=index, queries=queries, model=model, out=folder / "links.csv", **more) == 0
    return read(folder / "links.csv")


def test_one_who_agrees_in_all_is_linked_and_told_why(tmp_path: Path, model: Path) -> None:
    (link,) = answered(tmp_path, model, [MAJA | {"id": "i1"}], [MAJA | {"id": "q1"}])
    assert list(link) == ["query_id", "index_id", "probability", "weight", "decision", "why"]
    assert plain([link]) == [("q1", "i1", "link")]
    prior = math.log2(0.0001 / 0.9999)
    assert float(link["weight"]) == pytest.approx(prior + sum(part["weight"] for part in why(link)), abs=1e-6)
    assert float(link["probability"]) == pytest.approx(1 / (1 + 2 ** -float(link["weight"])))
    assert [part["field"] for part in why(link)][:3] == ["given_name", "family_name", "middle_name"]
    assert all(set(part) == {"field", "compared", "level", "weight"} for part in why(link))
    assert why(link)[3]["compared"] == {"born": ["2016-03-04", "2016-03-04"]}


def test_nobody_is_one_row_with_a_blank_index_id(tmp_path: Path, model: Path) -> None:
    stranger = {"id": "q1", "given_name": "Tunde", "family_name": "Okonkwo", "born": "1991", "nhs_number": WRONG_NHS}
    (link,) = answered(tmp_path, model, [MAJA | {"id": "i1"}], [stranger])
    assert plain([link]) == [("q1", "", "none")]
    assert (link["weight"], link["probability"]) == ("", "")
    assert "check digit" in why(link)[0]["flags"][0]


def test_a_number_that_fails_its_check_is_flagged_and_not_matched_on(tmp_path: Path, model: Path) -> None:
    same = MAJA | {"nhs_number": WRONG_NHS}
    (link,) = answered(tmp_path, model, [same | {"id": "i1"}], [same | {"id": "q1"}])
    (part,) = [part for part in why(link) if part["field"] == "nhs_number"]
    assert link["decision"] == "review"
    assert part["weight"] == 0
    assert part["compared"] == {"nhs_number": [None, None]}
    assert len(part["flags"]) == 2
    assert all(WRONG_NHS in flag for flag in part["flags"])


@pytest.mark.parametrize("number", ["0000000000", "1111111111"])
def test_a_number_of_one_digit_is_nobodys(tmp_path: Path, model: Path, number: str) -> None:
    same = MAJA | {"nhs_number": number}
    (link,) = answered(tmp_path, model, [same | {"id": "i1"}], [same | {"id": "q1"}])
    assert link["decision"] == "review"


def test_best_comes_first_and_no_more_than_asked_for(tmp_path: Path, model: Path) -> None:
    dropped = ["nhs_number", "id", "upn", "middle_name", "family_name", "given_name"]
    held = [{k: v for k, v in MAJA.items() if k != drop} | {"id": f"i{n}"} for n, drop in enumerate(dropped)]
    index = write(tmp_path / "held.csv", held, ["id", *MAJA])
    queries = write(tmp_path / "asked.csv", [MAJA | {"id": "q1"}])
    for top in (5, 2):
        assert match("run", index=index, queries=queries, model=model, out=tmp_path / "links.csv", top=top) == 0
        links = read(tmp_path / "links.csv")
        weights = [float(link["weight"]) for link in links]
        assert len(links) == top
        assert weights == sorted(weights, reverse=True)
        assert links[0]["index_id"] == "i1"
        assert {link["decision"] for link in links} == {"review"}


def test_other_columns_are_carried_through(tmp_path: Path, model: Path) -> None:
    held, asked = (
        [MAJA | {"id": "i1", "ward": "7"}],
        [MAJA | {"id": "q1", "clinic": "Żak"}, {"id": "q2", "clinic": "B"}],
    )
    links = answered(tmp_path, model, held, asked)
    assert [(link["query_clinic"], link["index_ward"]) for link in links] == [("Żak", "7"), ("B", "")]


def test_parquet_says_what_csv_says(tmp_path: Path, model: Path) -> None:
    rows = people(60)
    asked = spoilt(rows)
    links = answered(tmp_path, model, rows, asked)
    for name, table in (("held", rows), ("asked", asked)):
        cells = [{key: value or None for key, value in row.items()} for row in table]
        pq.write_table(pa.Table.from_pylist(cells), tmp_path / f"{name}.parquet")
    paths = {"index": tmp_path / "held.parquet", "queries": tmp_path / "asked.parquet"}
    assert match("run", **paths, model=model, out=tmp_path / "links.parquet") == 0
    found = pq.read_table(tmp_path / "links.parquet").to_pylist()
    assert plain(found) == plain(links)
    assert [row["weight"] for row in found] == [float(link["weight"]) if link["weight"] else None for link in links]


def test_the_order_of_rows_and_columns_changes_nothing(tmp_path: Path, model: Path) -> None:
    rows = people(80)
    asked = spoilt(rows)
    before = answered(tmp_path, model, rows, asked)
    rng = random.Random(3)
    rng.shuffle(rows)
    columns = rng.sample(list(rows[0]), len(rows[0]))
    after = answered(tmp_path, model, [{name: row[name] for name in columns} for row in rows], asked)
    assert after == before


def test_more_processes_answer_the_same(tmp_path: Path, model: Path) -> None:
    rows = people(300)
    asked = spoilt(rows)
    assert answered(tmp_path, model, rows, asked, jobs=2) == answered(tmp_path, model, rows, asked)


GOOD = "id,given_name,born\na,Maja,2016\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("given_name\nMaja\n", "held.csv:1: id: is missing"),
        ("", "held.csv:1: id: is missing"),
        ("id,born,born\na,,\n", "held.csv:1: born: stands twice"),
        ("id,given_name\n,Maja\n", "held.csv:2: id: is blank"),
        ("id,given_name\na,Maja\nb,Ewa\na,Zoë\n", "held.csv:4: id: “a” stands on line 2 already"),
        ("id,born\na,04/03/2016\n", "held.csv:2: born: “04/03/2016” is not a date"),
        ("id,born\na,2016-13-01\n", "held.csv:2: born: “2016-13-01” is not a date"),
        ("id,born\na,2015-02-29\n", "held.csv:2: born: “2015-02-29” is not a date"),
        ("id,born\na,0216-02-01\n", "held.csv:2: born: “0216-02-01” is not a date"),
        ('id,given_name\na,"two\nlines"\nb,\nb,\n', "held.csv:5: id: “b” stands on line 4 already"),
        ("id,given_name\na,Maja,more\n", "held.csv:2: (row): has 3 cells; expected 2"),
        ('id,given_name\na,"Maja"x\n', "held.csv:2: (row): cannot be read as CSV"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    (tmp_path / "held.csv").write_text(text, encoding="utf-8")
    (tmp_path / "asked.csv").write_text(GOOD, encoding="utf-8")
    out = tmp_path / "links.csv"
    for index, queries in (("held.csv", "asked.csv"), ("asked.csv", "held.csv")):
        assert match("run", index=tmp_path / index, queries=tmp_path / queries, model=model, out=out) == 2
        assert told in capsys.readouterr().err
        assert list(tmp_path.glob("*links*")) == []
    assert match("train", records=tmp_path / "held.csv", model=tmp_path / "new.json") == 2
    assert told in capsys.readouterr().err


def test_everything_wrong_is_told_at_once(tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": "a", "born": "nonsense"} for _ in range(40)]
    index = write(tmp_path / "held.csv", rows)
    assert match("run", index=index, queries=index, model=model, out=tmp_path / "links.csv") == 2
    told = capsys.readouterr().err
    assert "held.csv:2: born" in told
    assert "held.csv:3: id" in told
    assert "and 29 more" in told


def test_files_that_are_not_there_or_not_of_a_kind_are_named(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = tmp_path / "good.csv"
    good.write_text(GOOD, encoding="utf-8")
    (tmp_path / "no.json").write_text("{", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes("id,given_name\na,Zoë\n".encode("latin-1"))
    (tmp_path / "text.parquet").write_text("id", encoding="utf-8")
    (tmp_path / "good.xlsx").write_text("", encoding="utf-8")
    fine = {"index": good, "queries": good, "model": model, "out": tmp_path / "links.csv"}
    for option, name, told in [
        ("index", "gone.csv", "gone.csv: there is no such file"),
        ("queries", "good.xlsx", "expected .csv or .parquet"),
        ("queries", "latin.csv", "latin.csv:1: (row): is not UTF-8"),
        ("index", "text.parquet", "text.parquet:1: (file): is not Parquet"),
        ("model", "gone.json", "gone.json: there is no such file"),
        ("model", "no.json", "is not JSON"),
        ("model", "list.json", "holds no comparisons"),
        ("out", "links.txt", "expected .csv or .parquet"),
        ("out", "gone/links.csv", "there is no folder"),
    ]:  # fmt: skip
        assert match("run", **(fine | {option: tmp_path / name})) == 2
        assert told in capsys.readouterr().err


def test_serve_bench_prints_one_object(tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = people(50)
    index, queries = write(tmp_path / "held.csv", rows), write(tmp_path / "asked.csv", spoilt(rows))
    assert match("serve-bench", index=index, queries=queries, model=model) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["records"], found["queries"]) == (50, 50)
    assert all(found[key] > 0 for key in found)
    assert found["p50_ms"] <= found["p95_ms"] <= found["p99_ms"] <= found["max_ms"]


def test_two_in_the_index_who_fit_are_a_persons_choice(tmp_path: Path, model: Path) -> None:
    held = [MAJA | {"id": "i1"}, MAJA | {"id": "i2"}]
    links = answered(tmp_path, model, held, [MAJA | {"id": "q1"}])
    assert plain(links) == [("q1", "i1", "review"), ("q1", "i2", "review")]
    assert len(NHS) == len(set(NHS))
