"""All the cases, by rule."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs import s01, s02, s04, s07, s10, s15, s18, s20, s21, s25, s27, s39, s56
from wholepicture.signals.specs.case import Case

CASES: Final[dict[str, tuple[Case, ...]]] = {
    "S01": s01.CASES,
    "S02": s02.CASES,
    "S04": s04.CASES,
    "S07": s07.CASES,
    "S10": s10.CASES,
    "S15": s15.CASES,
    "S18": s18.CASES,
    "S20": s20.CASES,
    "S21": s21.CASES,
    "S25": s25.CASES,
    "S27": s27.CASES,
    "S39": s39.CASES,
    "S56": s56.CASES,
}
