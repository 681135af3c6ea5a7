"""Dates of uncertain precision that compare honestly (spec: chronology-bundle, `occurred` and `precision`)."""

from __future__ import annotations

import calendar
import enum
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")

_YEAR = re.compile(r"^\d{4}$", re.ASCII)
_MONTH = re.compile(r"^\d{4}-\d{2}$", re.ASCII)
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)

# Years outside these are slips of the pen, and windows around them would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1800, 2199


class Precision(enum.StrEnum):
    """How finely a date is known; `about` is one stated unit (a day: seven) to either side."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


class BadDate(ValueError):
    """Text that is no date of the accepted forms; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment as somebody stated it, with the whole range of days it may be.

    `stated` is the text as given, for exact export. `start` is the first day of the stated unit: it orders
    entries. `earliest` and `latest` bound every day it may have been, in England. `moment` is the instant (UTC)
    where a time of day was stated.
    """

    stated: str
    precision: Precision
    start: date
    earliest: date
    latest: date
    moment: datetime | None = None

    @classmethod
    def parse(cls, text: str, precision: str | None = None) -> When:
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an ISO datetime; without an offset it is London time.

        Raises BadDate where the text is no such date, or the precision claims more than the text states.
        """
        return _parsed(text.strip(), precision)

    @classmethod
    def on(cls, day: date) -> When:
        """A whole day, known exactly."""
        return cls(day.isoformat(), Precision.DAY, day, day, day)

    @classmethod
    def at(cls, moment: datetime) -> When:
        """An instant; `moment` must carry an offset."""
        if moment.tzinfo is None:
            raise BadDate("a moment needs an offset from UTC")
        day = moment.astimezone(ENGLAND).date()
        utc = moment.astimezone(UTC)
        return cls(utc.isoformat(timespec="seconds"), Precision.MINUTE, day, day, day, utc)

    @property
    def exact_day(self) -> bool:
        """Whether it can only have been one day."""
        return self.earliest == self.latest

    def certainly_within(self, first: date, last: date) -> bool:
        """Every day it may be lies in the window, both edges inside."""
        return first <= self.earliest and self.latest <= last

    def possibly_within(self, first: date, last: date) -> bool:
        """Some day it may be lies in the window, both edges inside."""
        return self.earliest <= last and first <= self.latest

    def certainly_before(self, day: date) -> bool:
        """Every day it may be is before `day`."""
        return self.latest < day

    def certainly_after(self, day: date) -> bool:
        """Every day it may be is after `day`."""
        return self.earliest > day

    def sort_key(self) -> tuple[date, datetime]:
        """Order by first stated day, then by instant where one is known."""
        midnight = datetime(self.start.year, self.start.month, self.start.day, tzinfo=UTC)
        return (self.start, self.moment or midnight)

    def in_words(self) -> str:
        """How a page says it: `about April 2008`, `14 July 1999`, `14 July 1999 at 23:10`."""
        unit = _unit(self.stated)
        if self.moment is not None and self.precision in (Precision.MINUTE, Precision.ABOUT):
            local = self.moment.astimezone(ENGLAND)
            words = f"{_day_words(local.date())} at {local:%H:%M}"
        elif unit is Precision.YEAR or self.precision is Precision.YEAR:
            words = str(self.start.year)
        elif unit is Precision.MONTH or self.precision is Precision.MONTH:
            words = f"{calendar.month_name[self.start.month]} {self.start.year}"
        else:
            words = _day_words(self.start)
        return f"about {words}" if self.precision is Precision.ABOUT else words


def _day_words(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _unit(text: str) -> Precision:
    if _YEAR.match(text):
        return Precision.YEAR
    if _MONTH.match(text):
        return Precision.MONTH
    if _DAY.match(text):
        return Precision.DAY
    return Precision.MINUTE


def _refuse_far_year(text: str) -> None:
    if _YEAR.match(text[:4]) and not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise BadDate(f"“{text}” is no year of this record; expected {FIRST_YEAR} to {LAST_YEAR}")


def _stated_range(text: str) -> tuple[date, date, Precision, datetime | None]:
    unit = _unit(text)
    try:
        if unit is Precision.YEAR:
            return date(int(text), 1, 1), date(int(text), 12, 31), unit, None
        if unit is Precision.MONTH:
            first = date.fromisoformat(f"{text}-01")
            return first, _month_end(first), unit, None
        if unit is Precision.DAY:
            day = date.fromisoformat(text)
            return day, day, unit, None
        if "T" not in text and " " not in text:
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadDate(f"“{text}” is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ENGLAND)
    local = moment.astimezone(ENGLAND).date()
    return local, local, unit, moment.astimezone(UTC)


_FINENESS = [Precision.YEAR, Precision.MONTH, Precision.DAY, Precision.MINUTE]


def _precision(wanted: str | None, unit: Precision, text: str) -> Precision:
    if not wanted:
        return unit
    try:
        precision = Precision(wanted)
    except ValueError as error:
        raise BadDate(f"“{wanted}” is no precision; expected minute, day, month, year or about") from error
    if precision is not Precision.ABOUT and _FINENESS.index(precision) > _FINENESS.index(unit):
        raise BadDate(f"precision {precision} claims more than “{text}” states")
    return precision


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _widen(first: date, last: date, unit: Precision) -> tuple[date, date]:
    if unit is Precision.YEAR:
        return date(first.year - 1, 1, 1), date(last.year + 1, 12, 31)
    if unit is Precision.MONTH:
        return (first - timedelta(days=1)).replace(day=1), _month_end(last + timedelta(days=1))
    return first - timedelta(days=7), last + timedelta(days=7)


# The same few thousand dates stand in every family's record, and reading one costs more than finding it again.
@lru_cache(maxsize=65_536)
def _parsed(text: str, precision: str | None) -> When:
    _refuse_far_year(text)
    first, last, unit, moment = _stated_range(text)
    wanted = _precision(precision, unit, text)
    if wanted is Precision.ABOUT:
        earliest, latest = _widen(first, last, unit)
    elif wanted is Precision.MONTH:
        earliest, latest = first.replace(day=1), _month_end(first)
    elif wanted is Precision.YEAR:
        earliest, latest = date(first.year, 1, 1), date(first.year, 12, 31)
    else:
        earliest, latest = first, last
    return When(text, wanted, first, earliest, latest, moment)
