"""Ages as people say them, no finer than the birth is known."""

from __future__ import annotations

from datetime import date

from wholepicture.foundation.when import When
from wholepicture.foundation.working_days import months_after
from wholepicture.people.types import Person, PersonType
from wholepicture.web.words import count, say_date

_WEEKS_UNTIL = 3  # months of age below which weeks are said


def age_words(person: Person, day: date) -> str:
    """`4 years 7 months`, `about 6 years`, `unborn, due 3 May 2026`, `died 3 March 2012, aged 4 years 7 months`."""
    if person.died is not None and person.died.start <= day:
        aged = _since(person.born, person.died.start) if person.born is not None else ""
        return f"died {say_date(person.died)}" + (f", aged {aged}" if aged else "")
    if person.born is None:
        return "unborn, due date not held" if person.type is PersonType.UNBORN else "age not held"
    if day < person.born.earliest or person.type is PersonType.UNBORN:
        return f"unborn, due {say_date(person.born)}"
    return _since(person.born, day)


def _since(born: When, day: date) -> str:
    months = _months(born.start, day)
    if born.exact_day:
        return _said(months, (day - born.start).days)
    if (born.latest - born.earliest).days <= 62:
        return f"about {_said(months, (day - born.start).days)}"
    fewest, most = _months(born.latest, day) // 12, _months(born.earliest, day) // 12
    return f"{max(fewest, 0)} or {most} years" if max(fewest, 0) != most else count(most, "year")


def _months(born: date, day: date) -> int:
    months = (day.year - born.year) * 12 + day.month - born.month
    return months - 1 if months_after(born, months) > day else months


def _said(months: int, days: int) -> str:
    if months < _WEEKS_UNTIL:
        return count(days, "day") if days < 14 else count(days // 7, "week")
    years, rest = divmod(months, 12)
    if not years:
        return count(months, "month")
    return count(years, "year") + (f" {count(rest, 'month')}" if rest and years < 16 else "")
