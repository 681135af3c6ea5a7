"""The Royal College's own test figures: 4,000 scores, and the drawn lines of its charts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from wholepicture.growth import references
from wholepicture.growth.rules import centile_lines, sds
from wholepicture.growth.types import Measure

pytestmark = pytest.mark.shared

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "sets" / "rcpch_growth_vectors"
MEASURES = {"weight": Measure.WEIGHT, "height": Measure.HEIGHT, "ofc": Measure.HEAD, "bmi": Measure.BMI}


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SHARED / "sds_age_validation_2021.json").read_text())
    return rows


def _compare(pairs: Iterator[tuple[float | None, float | None]]) -> tuple[int, int, list[object]]:
    """How many scores were expected, how many are within 0.01, and every null that is not None or the reverse."""
    expected = near = 0
    wrong: list[object] = []
    for found, stated in pairs:
        if (found is None) != (stated is None):
            wrong.append((found, stated))
        if found is not None and stated is not None:
            expected += 1
            near += abs(found - stated) <= 0.01
    return expected, near, wrong


def test_scores_at_an_age_match_the_vectors() -> None:
    def pairs() -> Iterator[tuple[float | None, float | None]]:
        for row in _rows():
            for clock in ("corrected", "chronological"):
                measure = MEASURES[row["measurement_method"]]
                age = row[f"{clock}_age"]
                yield (
                    references.sds_at(measure, row["observation_value"], row["sex"], age),
                    row[f"{clock}_sds"],
                )

    expected, near, wrong = _compare(pairs())
    assert not wrong
    assert expected > 7700
    assert near / expected >= 0.995


def test_scores_from_dates_and_gestation_match_the_vectors() -> None:
    """Preterm under two is read at the corrected age; everybody else at the age in years."""

    def pairs() -> Iterator[tuple[float | None, float | None]]:
        for row in _rows():
            born, on = (datetime.strptime(row[f], "%d/%m/%Y").date() for f in ("birth_date", "observation_date"))
            weeks = row["gestation_weeks"] + row["gestation_days"] / 7
            corrected = weeks < 37 and row["chronological_age"] < 2
            found = sds(
                MEASURES[row["measurement_method"]], row["observation_value"], row["sex"], born, on, round(weeks, 3)
            )
            yield found, row["corrected_sds" if corrected else "chronological_sds"]

    expected, near, wrong = _compare(pairs())
    assert not wrong
    assert expected > 3800
    assert near / expected >= 0.995


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("measure", [Measure.WEIGHT, Measure.HEIGHT])
def test_lines_lie_on_the_colleges_lines(sex: str, measure: Measure) -> None:
    chart = json.loads((SHARED / "chart-data" / f"cole-nine-centiles-uk-who-{sex}-{measure}.json").read_text())
    drawn = {line.centile: line for line in centile_lines(measure, sex, -1, 20)}
    compared = 0
    for reference in chart:
        for stated in next(iter(reference.values()))[sex][str(measure)]:
            mine = {round(x, 3): y for piece in drawn[stated["centile"]].pieces[1:] for x, y in piece}
            for point in stated["data"]:
                x = round(point["x"], 3)
                if point["y"] is not None and x in mine and x not in (2.0, 4.0) and x > 0.04:
                    compared += 1
                    assert mine[x] == pytest.approx(point["y"], rel=0.002)
    assert compared > 9 * 60


def test_the_published_reviews_weights() -> None:
    """A boy of July 2007: 14.8 kg about -0.3 in January 2011, 13.8 kg about -2.2 in February 2012."""
    born = date(2007, 7, 15)
    assert sds(Measure.WEIGHT, 14.8, "male", born, date(2011, 1, 15)) == pytest.approx(-0.3, abs=0.05)
    assert sds(Measure.WEIGHT, 13.8, "male", born, date(2012, 2, 10)) == pytest.approx(-2.2, abs=0.05)
