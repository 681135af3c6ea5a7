"""England's working days and calendar months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholepicture.foundation.working_days import (
    add_working_days,
    is_working_day,
    months_after,
    months_before,
    next_working_day,
    stands_after_wait,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2011-04-21", True),
        ("2011-04-22", False),  # Good Friday
        ("2011-04-23", False),  # Saturday
        ("2011-04-25", False),  # Easter Monday
        ("2011-04-29", False),  # a royal wedding, proclaimed for that year
        ("2011-05-02", False),  # early May
        ("2011-12-26", False),
        ("2011-12-27", False),  # in place of Christmas Day, a Sunday
        ("2011-12-28", True),
        ("2012-01-02", False),  # in place of New Year's Day, a Sunday
        ("2012-01-03", True),  # a holiday in Scotland only
        ("2012-06-04", False),  # spring holiday moved for a jubilee
        ("2012-06-05", False),
        ("2012-05-28", True),  # where it would have been
        ("2020-05-08", False),  # early May moved to VE Day
        ("2020-05-04", True),
        ("2021-12-27", False),  # in place of Christmas Day, a Saturday
        ("2021-12-28", False),  # in place of Boxing Day, a Sunday
        ("2022-09-19", False),  # state funeral
        ("2024-03-18", True),  # a holiday in Northern Ireland only
        ("2024-08-26", False),
    ],
)
def test_which_days_are_worked(day: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2011-02-07", 0, "2011-02-07"),
        ("2011-02-07", 1, "2011-02-08"),
        ("2011-02-04", 1, "2011-02-07"),  # over a weekend
        ("2011-04-20", 2, "2011-04-26"),  # over Easter
        ("2011-12-23", 1, "2011-12-28"),
        ("2011-04-21", 10, "2011-05-11"),  # Easter, the wedding and early May
        ("2011-04-23", 1, "2011-04-26"),  # from a Saturday
    ],
)
def test_the_last_day_of_a_wait(day: str, count: int, last: str) -> None:
    start, end = date.fromisoformat(day), date.fromisoformat(last)
    assert add_working_days(start, count) == end
    assert (stands_after_wait(start, count) - end).days == 1


def test_the_first_day_after_a_wait_may_be_a_weekend() -> None:
    assert stands_after_wait(date(2011, 2, 10), 1) == date(2011, 2, 12)


@given(DAYS, st.integers(0, 60))
def test_counting_there_and_back(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count)) == count


@given(DAYS)
def test_the_next_working_day_is_the_first(day: date) -> None:
    following = next_working_day(day)
    assert is_working_day(following)
    assert working_days_between(day, following) == 1
    assert 1 <= (following - day).days <= 5


def test_no_days_lie_before_the_first() -> None:
    assert working_days_between(date(2011, 2, 9), date(2011, 2, 7)) == 0


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2011-01-31", 1, "2011-02-28"),
        ("2012-01-31", 1, "2012-02-29"),
        ("2011-12-15", 1, "2012-01-15"),
        ("2011-11-30", 12, "2012-11-30"),
        ("2012-02-29", 12, "2013-02-28"),
        ("2011-05-31", 6, "2011-11-30"),
        ("2011-05-31", 0, "2011-05-31"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == later


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [("2012-03-31", 1, "2012-02-29"), ("2012-01-15", 1, "2011-12-15"), ("2012-02-29", 12, "2011-02-28")],
)
def test_months_earlier(day: str, months: int, earlier: str) -> None:
    assert months_before(date.fromisoformat(day), months).isoformat() == earlier
