"""The UK-WHO reference as `rcpchgrowth` gives it: the one place that knows that library.

It raises for what it cannot look up, prints for what it cannot work out, and returns messages beside values; here
every one of those is None.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

from rcpchgrowth import measurement_from_sds, sds_for_measurement
from rcpchgrowth.constants import UK_WHO

from wholepicture.growth.types import JOINS, NINE_CENTILES, CentileLine, Measure

SEXES = ("female", "male")
TWO_WEEKS = 14 / 365.25  # UK90 preterm gives way to WHO 2006 here
OLDEST = 20.0
_METHODS = {Measure.WEIGHT: "weight", Measure.HEIGHT: "height", Measure.HEAD: "ofc", Measure.BMI: "bmi"}
_PIECES = ((-17 * 7 / 365.25, TWO_WEEKS), (TWO_WEEKS, JOINS[0]), JOINS, (JOINS[1], OLDEST))


def sds_at(measure: Measure, value: float, sex: str, age: float) -> float | None:
    """The standard deviation score of a value (kg, cm, kg/m²) at an age in years, UK-WHO; None where there is none."""
    if sex not in SEXES or not math.isfinite(value) or value <= 0:
        return None
    try:
        found = float(sds_for_measurement(UK_WHO, age, _METHODS[measure], value, sex))
    except (LookupError, ValueError, ArithmeticError):
        return None
    return found if math.isfinite(found) else None


def value_at(measure: Measure, sds: float, sex: str, age: float, younger: bool = False) -> float | None:
    """The value that has this score at this age; `younger` reads the younger reference where two meet."""
    try:
        found = measurement_from_sds(UK_WHO, sds, _METHODS[measure], sex, age, younger)
    except (LookupError, ValueError, ArithmeticError):
        return None
    return float(found) if found is not None else None


@lru_cache(maxsize=16)
def lines(measure: Measure, sex: str) -> tuple[CentileLine, ...]:
    """The nine centile lines over every age for which the reference has them; none for an unknown sex."""
    if sex not in SEXES:
        return ()
    return tuple(_line(measure, sex, centile, (n - 4) * 2 / 3) for n, centile in enumerate(NINE_CENTILES))


def _line(measure: Measure, sex: str, centile: float, sds: float) -> CentileLine:
    # No BMI before two weeks of age: asked for one, the library prints instead of raising.
    spans = _PIECES[1:] if measure is Measure.BMI else _PIECES
    pieces = (_piece(measure, sex, sds, first, last) for first, last in spans)
    return CentileLine(centile, sds, tuple(p for p in pieces if len(p) > 1))


def _piece(measure: Measure, sex: str, sds: float, first: float, last: float) -> tuple[tuple[float, float], ...]:
    ages = _ages(first, last)
    values = ((age, value_at(measure, sds, sex, age, younger=age == last)) for age in ages)
    return tuple((age, value) for age, value in values if value is not None)


def _ages(first: float, last: float) -> tuple[float, ...]:
    # Weekly while growth is fastest, then monthly, then quarterly: smooth at any size without thousands of points.
    step = 7 / 365.25 if last <= TWO_WEEKS else 1 / 12 if last <= JOINS[1] else 0.25
    count = max(1, round((last - first) / step))
    return (first, *(first + (last - first) * n / count for n in range(1, count)), last)


def clipped(line: CentileLine, first: float, last: float) -> CentileLine:
    """The part of a line between two ages, cut exactly at each edge."""
    pieces = (_clip(piece, first, last) for piece in line.pieces)
    return CentileLine(line.centile, line.sds, tuple(p for p in pieces if len(p) > 1))


def _clip(piece: tuple[tuple[float, float], ...], first: float, last: float) -> tuple[tuple[float, float], ...]:
    inside = [p for p in piece if first <= p[0] <= last]
    for left, right in pairwise(piece):
        for edge in (first, last):
            if left[0] < edge < right[0]:
                share = (edge - left[0]) / (right[0] - left[0])
                inside.append((edge, left[1] + share * (right[1] - left[1])))
    return tuple(sorted(inside))
