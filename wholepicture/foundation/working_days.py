"""England's working days and calendar months: every clock of the record is counted in them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year, observed=True))


def is_working_day(day: date) -> bool:
    """Not a weekend and not one of England's bank holidays."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The last day of a wait of `count` working days that starts on the day after `day`."""
    for _ in range(count):
        day = next_working_day(day)
    return day


def stands_after_wait(day: date, count: int) -> date:
    """The first day after a wait of `count` working days has run out (spec: reading-the-rules, Time)."""
    return add_working_days(day, count) + timedelta(days=1)


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def months_before(day: date, months: int) -> date:
    """The same day `months` calendar months earlier, or that month's last day where there is none."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day `months` calendar months later, or that month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
