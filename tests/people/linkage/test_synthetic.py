"""A synthetic people, the same from the same seed; and on it no twin, sibling, namesake or lent number is linked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.people.linkage.files import match, read, standard_model, write
from wholepicture import cli
from wholepicture.demo.population.cases import KINDS, World, world
from wholepicture.demo.population.families import nhs, pupil_number
from wholepicture.foundation.identifiers import nhs_number_problem, upn_problem
from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage.index import build
from wholepicture.people.linkage.learning import learn
from wholepicture.people.linkage.model import Model, read_model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.standard import settings
from wholepicture.people.linkage.types import Given, Row


@pytest.fixture(scope="module")
def made() -> World:
    return world(3_000, 1_500, seed=9)


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert (
            cli.main(["synth", "--people", "400", "--queries", "120", "--seed", "5", "--into", str(tmp_path / folder)])
            == 0
        )
    for name in ("index.csv", "queries.csv", "labels.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert len(read(tmp_path / "one" / "index.csv")) == 400
    words = ["synth", "--people", "50", "--queries", "10", "--into", str(tmp_path), "--parquet"]
    assert cli.main(words) == 0
    assert pq.read_table(tmp_path / "index.parquet").num_rows == 50


def test_every_kind_is_asked_and_only_the_same_person_is_the_truth(made: World) -> None:
    ids = {row["id"] for row in made.index}
    assert {one.kind for one in made.asked} == set(KINDS)
    assert all((one.kind == "same") == bool(one.truth) for one in made.asked)
    assert all(one.truth in ids for one in made.asked if one.truth)
    assert len(ids) == len(made.index)


def test_numbers_are_sound_and_nobodys() -> None:
    numbers = [nhs(serial) for serial in range(2_000)]
    assert all(number.startswith("999") and nhs_number_problem(number) is None for number in numbers if number)
    assert Counter(numbers).most_common(2)[1][1] == 1
    assert all(upn_problem(pupil_number(serial)) is None for serial in range(500))
    assert nhs(1_000_000) == ""


@pytest.mark.requirement("R17")
def test_nobody_is_wrongly_linked_and_most_are_shown(made: World, tmp_path: Path) -> None:
    index = write(tmp_path / "index.csv", made.index)
    queries = write(tmp_path / "queries.csv", [one.row for one in made.asked])
    model = standard_model(tmp_path / "model.json")
    assert match("run", index=index, queries=queries, model=model, out=tmp_path / "links.csv") == 0
    truth = {one.row["id"]: one for one in made.asked}
    linked = [link for link in read(tmp_path / "links.csv") if link["decision"] == "link"]
    assert len(linked) > 100
    assert [link for link in linked if truth[link["query_id"]].truth != link["index_id"]] == []
    shown = {(link["query_id"], link["index_id"]) for link in read(tmp_path / "links.csv")}
    wanted = [(key, one.truth) for key, one in truth.items() if one.truth]
    assert sum(pair in shown for pair in wanted) / len(wanted) > 0.95


def pairs(model: Model, made: World) -> list[tuple[Row, Row, bool, float]]:
    index = build(model, [Given(row["id"], row, 1) for row in made.index])
    found = []
    for one in made.asked:
        row = model.row(ready(one.row)[0])
        found += [(row, index.row(n), index.ids[n] == one.truth, 1.0) for n in index.find(row).places]
    return found


def test_learnt_weights_tell_twins_apart_where_they_were_not_told(made: World) -> None:
    """A model that thinks nothing of a different given name is taught better."""
    blind = settings()
    for level in blind["comparisons"][0]["comparison_levels"][1:]:
        level |= {"m_probability": 0.1, "u_probability": 0.1}
    model = read_model(blind)
    found = pairs(model, made)
    learnt = read_model(learn(model, found))
    assert wrong(learnt, found) < 0.7 * wrong(model, found)
    weights = {level.label: level.weight for level in learnt.comparisons[0].levels}
    assert weights["different"] < -2 < 0 < weights["same"]
    assert weights["not known of both"] == 0


def wrong(model: Model, found: list[tuple[Row, Row, bool, float]]) -> float:
    judged = np.array([model.score(left, right, {}).probability for left, right, _, _ in found])
    return float(np.abs(judged - np.array([same for _, _, same, _ in found])).sum())


def test_too_few_labels_teach_nothing(made: World) -> None:
    model = read_model(settings())
    with pytest.raises(Refused, match="at least 20 pairs"):
        learn(model, pairs(model, made)[:10])
