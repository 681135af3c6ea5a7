"""When offices and schools are open: half terms by fixed dates, and the nearest open day before a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from wholepicture.foundation.working_days import is_working_day

_HALVES = (
    ((9, 3), (10, 24)),
    ((11, 3), (12, 19)),
    ((1, 6), (2, 13)),
    ((2, 23), (3, 27)),
    ((4, 14), (5, 22)),
    ((6, 1), (7, 21)),
)


def half_terms(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Half terms that lie wholly between two days, in order."""
    for year in range(first.year, last.year + 1):
        for start, end in sorted(_HALVES):
            opens, closes = date(year, *start), date(year, *end)
            if first <= opens and closes <= last:
                yield opens, closes


@lru_cache(maxsize=4096)
def in_term(day: date) -> bool:
    """Whether schools are open that day."""
    inside = any(start <= (day.month, day.day) <= end for start, end in _HALVES)
    return inside and is_working_day(day)


@lru_cache(maxsize=4096)
def school_day(day: date) -> date:
    """The day itself where schools are open, otherwise the last school day before it."""
    while not in_term(day):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=4096)
def office_day(day: date) -> date:
    """The day itself where it is a working day, otherwise the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def school_start(born: date) -> date:
    """The September in which a child enters reception: the one after the fourth birthday (England)."""
    turns_four = born.year + 4
    year = turns_four if (born.month, born.day) <= (8, 31) else turns_four + 1
    day = date(year, 9, 3)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def year_group(born: date, day: date) -> int:
    """Reception is 0, the last year of primary 6, of secondary 11; below 0 is before school."""
    started = school_start(born)
    september = day.year if day.month >= 9 else day.year - 1
    return september - started.year
