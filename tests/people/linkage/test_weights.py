"""Our weights are Splink's: the same pairs, scored by both, for our model and for Splink's own comparisons."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from tests.people.linkage.files import match, people, plain, read, spoilt, write
from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage.model import Model, count_frequencies, read_model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.standard import settings
from wholepicture.people.linkage.types import FIELDS, Row

CLOSE = 1e-6


def rows_of(model: Model, cells: Sequence[dict[str, str]]) -> dict[str, Row]:
    return {one["id"]: model.row(ready(one)[0]) for one in cells}


def table(model: Model, rows: dict[str, Row]) -> pa.Table:
    columns = {"id": pa.array(rows, pa.string())}
    return pa.table(
        columns
        | {name: pa.array([row[n] for row in rows.values()], pa.string()) for n, name in enumerate(model.columns)}
    )


def by_splink(model: Model, left: dict[str, Row], right: dict[str, Row]) -> dict[tuple[str, str], float]:
    """Every pair of the two, weighed by Splink itself."""
    api = DuckDBAPI(duckdb.connect())
    frames = [
        api.register(table(model, rows), dataset_display_name=name) for name, rows in (("a1", left), ("a2", right))
    ]
    every = dict(model.settings) | {"blocking_rules_to_generate_predictions": ["1=1"], "link_type": "link_only"}
    linker = Linker(frames, every, log_level=None)
    found: Any = linker.inference.predict(warning_mode="never")
    return {(pair["id_l"], pair["id_r"]): pair["match_weight"] for pair in found.as_pyarrow_table().to_pylist()}


def furthest(model: Model, held: list[dict[str, str]], asked: list[dict[str, str]]) -> tuple[int, float]:
    """How many pairs there are, and the largest difference between the two weights of one."""
    left, right = rows_of(model, held), rows_of(model, asked)
    frequencies = count_frequencies([*left.values(), *right.values()], model)
    splinks = by_splink(model, left, right)
    assert len(splinks) == len(left) * len(right)
    apart = (abs(model.score(left[a], right[b], frequencies).weight - bits) for (a, b), bits in splinks.items())
    return len(splinks), max(apart)


def test_the_standard_models_weights() -> None:
    held = people(45)
    pairs, apart = furthest(read_model(settings()), held, spoilt(held))
    assert pairs == 2025
    assert apart < CLOSE


@pytest.mark.slow
def test_the_standard_models_weights_on_many_pairs() -> None:
    held = people(120)
    pairs, apart = furthest(read_model(settings()), held, spoilt(held))
    assert pairs == 14_400
    assert apart < CLOSE


def trained(creators: list[Any], held: list[dict[str, str]]) -> Model:
    """A model of Splink's own comparisons, with made-up m and u so that no level is left out."""
    made = SettingsCreator(
        link_type="link_only",
        comparisons=creators,
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[block_on("born")],
    ).create_settings_dict("duckdb")
    rng = random.Random(4)
    for comparison in made["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                level |= {"m_probability": rng.uniform(0.01, 0.99), "u_probability": rng.uniform(0.001, 0.5)}
    json.dumps(made)
    return read_model(made)


@pytest.mark.parametrize(
    "creator",
    [
        cl.NameComparison("given_name"),
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.ForenameSurnameComparison("given_name", "family_name"),
        cl.DateOfBirthComparison("born", input_is_string=True),
        cl.PostcodeComparison("postcode"),
        cl.ExactMatch("family_name").configure(term_frequency_adjustments=True),
        cl.JaroAtThresholds("family_name", [0.9, 0.7]),
        cl.JaroWinklerAtThresholds("address", [0.95, 0.9, 0.8, 0.6]),
        cl.LevenshteinAtThresholds("address", [1, 2, 5]),
        cl.DamerauLevenshteinAtThresholds("family_name", [1, 2, 4]),
        cl.JaccardAtThresholds("family_name", [0.9, 0.5]),
    ],
    ids=lambda creator: type(creator).__name__,
)
def test_splinks_own_comparisons(creator: Any) -> None:
    held = people(40, seed=5)
    pairs, apart = furthest(trained([creator], held), held, spoilt(held, seed=6))
    assert pairs == 1600
    assert apart < CLOSE


def model_with(condition: str, rule: str = "l.born = r.born", **level: Any) -> Model:
    levels = [{"sql_condition": condition, "m_probability": 0.9, "u_probability": 0.1} | level,
              {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]  # fmt: skip
    return read_model({"probability_two_random_records_match": 0.5, "comparisons": [{"comparison_levels": levels}],
                       "blocking_rules_to_generate_predictions": [rule]})  # fmt: skip


A = ready({"given_name": "Anna Maria", "family_name": "Beck", "born": "2016-03-04", "sex": "f"})[0]
B = ready({"given_name": "Anna", "family_name": "Becker", "born": "2017", "sex": "f"})[0]


@pytest.mark.parametrize(
    "condition",
    [
        "given_name_l = given_name_r OR middle_name_l = middle_name_r",
        "NOT given_name_l = given_name_r AND NOT middle_name_l = 'x'",
        "given_name_l <> given_name_r", "length(given_name_l) > length(given_name_r)", "length(sex_l) < 7 AND true",
        "coalesce(middle_name_l, family_name_l) = 'beck'", "coalesce(middle_name_l, upn_l) IS NULL",
        "left(family_name_l, 4) = left(family_name_r, 4)", "right(family_name_l, 2) = 'ck'",
        "split_part(given_name_l, ' ', 1) = given_name_r", "split_part(given_name_l, ' ', 3) = ''",
        "upper(family_name_l) = 'BECK' AND lower(family_name_l) = 'beck'",
        "CASE WHEN sex_l = 'male' THEN 1 WHEN sex_l = 'female' THEN 2 ELSE 3 END = 2",
        "CASE WHEN sex_l = 'male' THEN 1 END IS NULL", "length(family_name_l) BETWEEN 2 AND 4",
        "substr(family_name_l, -2) = 'ck'", "substr(family_name_l, 0, 3) = 'be'", "substr(family_name_l, 2) = 'eck'",
        "nullif(sex_l, sex_r) IS NULL", "regexp_extract(born_l, '^([0-9]+)-', 1) = '2016'",
        "regexp_extract(born_r, 'x') = ''", "cast(born_l AS varchar) = '2016-03-04'",
        "try_strptime(born_l, '%Y-%m-%d') IS NOT NULL", "try_strptime(born_r, '%Y-%m-%d') IS NULL",
        "abs(length(given_name_l) - length(given_name_r)) * 2 + 1 >= 13.0", "-1 < length(sex_l)",
        "strpos(given_name_l, given_name_r) = 1", "sex_l || born_r IN ('female2017', 'x')",
        "middle_name_l || born_r IN ('female2017', 'x')", "sex_l IN ('male', NULL)",
        "least(given_name_l, given_name_r) = 'anna'", "greatest(sex_l, 'x') = 'x'",
        "(sex_l = sex_r)", "middle_name_l = 'a' AND sex_l = 'female'",
    ],
)  # fmt: skip
def test_conditions_hold_when_duckdb_says_so(condition: str) -> None:
    model = model_with(condition)
    left, right = model.row(A), model.row(B)
    select = ", ".join(f"? AS {name}_{side}" for side in "lr" for name in model.columns)
    (wanted,) = (
        duckdb.connect().execute(f"SELECT ({condition}) IS TRUE FROM (SELECT {select})", [*left, *right]).fetchone()
        or ()
    )
    part = model.score(left, right, {}).parts[0]
    assert (part.weight > 0) is wanted


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("given_name_l = = given_name_r", "not SQL"),
        ("given_name = given_name_r", "of neither row"),
        ("soundex(given_name_l) = soundex(given_name_r)", "not known here"),
        ("cast(given_name_l AS integer) = 3", "not known here"),
        ("given_name_l IS TRUE", "not known here"),
        ("given_name_l IN (family_name_r)", "constant is expected"),
    ],
)
def test_what_is_not_known_is_refused_by_name(condition: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        model_with(condition)


def test_models_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(Refused, match="has no equality to look up by"):
        model_with("sex_l = sex_r", rule="l.born > r.born")
    with pytest.raises(Refused, match="has no m_probability; train it again"):
        model_with("sex_l = sex_r", m_probability=None)
    with pytest.raises(Refused, match="no level of exact agreement"):
        model_with("levenshtein(sex_l, sex_r) < 2", tf_adjustment_column="sex")
    lonely = {"comparison_levels": [{"sql_condition": "sex_l = sex_r", "m_probability": 1, "u_probability": 1}]}
    model = read_model({"probability_two_random_records_match": 0.5, "comparisons": [lonely]})
    with pytest.raises(Refused, match="no level for all that is left"):
        model.score(model.row({}), model.row({}), {})


def test_a_level_never_observed_weighs_as_splink_has_it() -> None:
    model = model_with("sex_l = sex_r", u_probability="level not observed in training dataset")
    assert model.score(model.row(A), model.row(B), {}).weight == pytest.approx(19.7797, abs=1e-3)


@pytest.mark.slow
def test_training_is_repeatable_and_links_both_ways_alike(tmp_path: Path) -> None:
    rows = people(500, seed=7)
    asked = spoilt(rows[:250], seed=8)
    records = write(tmp_path / "records.csv", rows + asked)
    for name in ("one.json", "two.json"):
        assert match("train", records=records, model=tmp_path / name, seed=11) == 0
    model = tmp_path / "one.json"
    assert model.read_bytes() == (tmp_path / "two.json").read_bytes()
    held, queries = write(tmp_path / "held.csv", rows), write(tmp_path / "asked.csv", asked)
    assert match("run", index=held, queries=queries, model=model, out=tmp_path / "run.csv", top=500) == 0
    assert match("link", left=queries, right=held, model=model, out=tmp_path / "link.csv") == 0
    found = read(tmp_path / "run.csv")
    assert found == read(tmp_path / "link.csv")
    first = {query: index for query, index, _ in reversed(plain(found))}
    right = sum(first[f"q{n}"] == f"p{n}" for n in range(250))
    assert right >= 220
    assert len(FIELDS) == 9


def test_one_row_trains_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = write(tmp_path / "records.csv", people(1))
    assert match("train", records=records, model=tmp_path / "model.json") == 2
    assert "fewer than two" in capsys.readouterr().err
