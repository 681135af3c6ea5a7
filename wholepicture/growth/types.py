"""Measures, measurements and centile lines as frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.foundation.when import When

PROBABLE_ERROR_SDS: Final = 6.0  # beyond this a figure is more likely mistyped than true (PRACTICE 4, Growth maths)
# Scores of heavy values flatten (ten times the median weight of a boy of ten scores 5.1), so that a slipped decimal
# point may show only against the median; three times is rare but real.
PROBABLE_ERROR_TIMES: Final = 5.0
TERM_WEEKS: Final = 37.0  # a baby born before 37 weeks is preterm
CORRECTED_TO_YEARS: Final = 2.0  # gestation is corrected for until the second birthday
SPACES_PER_SDS: Final = 1.5  # one centile space is two thirds of a standard deviation

NINE_CENTILES: Final = (0.4, 2.0, 9.0, 25.0, 50.0, 75.0, 91.0, 98.0, 99.6)
# Ages (years) at which UK-WHO changes its reference: lying to standing, then WHO to UK90.
JOINS: Final = (2.0, 4.0)


class Measure(enum.StrEnum):
    """What was measured; BMI is worked out from weight and height of one day."""

    WEIGHT = "weight"
    HEIGHT = "height"
    HEAD = "head"
    BMI = "bmi"

    @property
    def unit(self) -> str:
        """The unit that values and chart lines are in."""
        return _UNITS[self]

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _WORDS[self]


_UNITS = {Measure.WEIGHT: "kg", Measure.HEIGHT: "cm", Measure.HEAD: "cm", Measure.BMI: "kg/m²"}
_WORDS = {
    Measure.WEIGHT: "weight",
    Measure.HEIGHT: "height",
    Measure.HEAD: "head circumference",
    Measure.BMI: "body mass index",
}


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure that one agency measured, with its place on the reference where the reference gives one.

    `sds` is worked out at the corrected age for a preterm child under two, else at the age in years. Where the day
    of measuring or of birth is not known, the first possible day is used and `day_known` is False. A
    `probable_error` is further from the middle than a true figure is likely to be: check how it was written down.
    """

    measure: Measure
    value: float
    when: When
    agency: str
    entry: str
    born: date
    sex: str
    sds: float | None
    age: float
    corrected_age: float
    day_known: bool
    at_birth: bool = False
    probable_error: bool = False

    @property
    def on(self) -> date:
        """The day it is plotted on."""
        return self.when.start

    @property
    def plotted_age(self) -> float:
        """The age in years that it is plotted at."""
        return self.corrected_age


@dataclass(frozen=True, slots=True)
class CentileLine:
    """One centile of the reference as polylines of (age in years, value), broken where the reference changes."""

    centile: float
    sds: float
    pieces: tuple[tuple[tuple[float, float], ...], ...]

    @property
    def dashed(self) -> bool:
        """UK-WHO charts draw the 0.4th, 9th, 50th, 91st and 99.6th dashed, the others solid."""
        return self.centile in (0.4, 9.0, 50.0, 91.0, 99.6)

    @property
    def label(self) -> str:
        """As printed at the end of the line: `0.4th`, `2nd`, `91st`."""
        return ordinal(self.centile)


def ordinal(number: float) -> str:
    """A centile as it is said: `0.4th`, `1st`, `22nd`, `13th`."""
    if number != int(number):
        return f"{number:g}th"
    whole = int(number)
    if whole % 100 in (11, 12, 13):
        return f"{whole}th"
    return f"{whole}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(whole % 10, 'th') }"
