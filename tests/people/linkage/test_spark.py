"""Spark answers what DuckDB answers; where it is not installed, the error says how to install it."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
import sqlglot

from tests.people.linkage.files import match, people, read, spoilt, standard_model, write
from wholepicture.people.linkage import sql
from wholepicture.people.linkage.splinking import _dialect
from wholepicture.people.linkage.standard import settings

HERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


@pytest.mark.slow
def test_it_answers_what_duckdb_answers_or_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = people(40)
    files = {"left": write(tmp_path / "asked.csv", spoilt(rows)), "right": write(tmp_path / "held.csv", rows),
             "model": standard_model(tmp_path / "model.json")}  # fmt: skip
    ended = match("link", **files, out=tmp_path / "spark.csv", engine="spark")
    if not HERE:
        assert ended == 2
        assert "needs the package pyspark and Java 17" in capsys.readouterr().err
        return
    assert ended == 0
    assert match("link", **files, out=tmp_path / "duckdb.csv") == 0
    assert read(tmp_path / "spark.csv") == read(tmp_path / "duckdb.csv")


def test_every_condition_is_sql_that_spark_reads_and_calls_our_own_distances() -> None:
    levels = [level for one in settings()["comparisons"] for level in one["comparison_levels"]]
    conditions = [level["sql_condition"] for level in levels if level["sql_condition"] != "ELSE"]
    taken = [_dialect(condition, "spark") for condition in conditions]
    assert all(sqlglot.parse_one(condition, read="spark") for condition in taken)
    assert any("JARO_WINKLER_SIMILARITY(" in condition for condition in taken)
    assert not any("JAROWINKLER" in condition for condition in taken)


@pytest.mark.parametrize("name", sql.DISTANCES)
def test_a_distance_of_what_is_not_known_is_not_known(name: str) -> None:
    assert sql.DISTANCES[name](None, "maja") is None
    assert sql.DISTANCES[name]("maja", None) is None
    assert isinstance(sql.DISTANCES[name]("maja", "maya"), float)
