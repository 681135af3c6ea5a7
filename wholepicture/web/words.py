"""How values are put into words on every page: dates in England's time, labels for codes, plain counts."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime

from wholepicture.foundation.when import ENGLAND, When


def say_date(value: date | datetime | When | None) -> str:
    """`14 July 1999`, in England's time."""
    if value is None:
        return "date not known"
    if isinstance(value, When):
        return value.in_words()
    if isinstance(value, datetime):
        value = value.astimezone(ENGLAND).date()
    return f"{value.day} {calendar.month_name[value.month]} {value.year}"


def say_moment(value: datetime | None) -> str:
    """`14 July 1999 at 23:10`, in England's time."""
    if value is None:
        return "time not known"
    local = value.astimezone(ENGLAND)
    return f"{say_date(local.date())} at {local:%H:%M}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 child`, `3 children`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def days_ago(days: int) -> str:
    """`today`, `yesterday`, `12 days ago`."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def label(code: str) -> str:
    """A code as words: `alleged_perpetrator` becomes `alleged perpetrator`."""
    return code.replace("_", " ")


def sentence(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


FILTERS: dict[str, Callable[..., str]] = {
    "say_date": say_date,
    "say_moment": say_moment,
    "count": count,
    "days_ago": days_ago,
    "label": label,
    "sentence": sentence,
}
