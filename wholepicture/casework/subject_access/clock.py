"""How long a request may take: dated configuration, and the day by which it must be answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.casework.subject_access.types import Pause, Step
from wholepicture.foundation.working_days import is_working_day, months_after, next_working_day


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """How many calendar months, how many more where extended, and what stops the clock, from a day on."""

    months: int
    extension: int
    pauses: frozenset[Pause]
    effective: date
    source: str


_MONTH: Final = "UK GDPR Article 12(3): one month, two more where the request is complex"

ANSWER_TIMES: Final = (
    AnswerTime(1, 2, frozenset({Pause.IDENTITY}), date(2018, 5, 25), _MONTH),
    AnswerTime(
        1, 2, frozenset(Pause), date(2026, 2, 5),
        f"{_MONTH}; Article 12A (Data (Use and Access) Act 2025 s76, in force by SI 2026/82): the time begins when "
        "identity is shown, and days waited for a clarification are not counted",
    ),
)  # fmt: skip


def answer_time(received: date) -> AnswerTime:
    """What stood on the day on which a request was received; before the first of them, the first."""
    in_force = [t for t in ANSWER_TIMES if t.effective <= received]
    return (in_force or list(ANSWER_TIMES[:1]))[-1]


@dataclass(frozen=True, slots=True)
class Clock:
    """When a request must be answered: `due` is None while the clock stands still, for `paused` since `since`."""

    due: date | None
    paused: Pause | None = None
    since: date | None = None
    extended: bool = False


def clock_of(received: date, steps: Iterable[Step]) -> Clock:
    """The clock of a request (UK GDPR Articles 12(3), 12A): calendar months, ending on a working day.

    Where the month has no such day it ends with its last day, and on a day off with the next working day (ICO).
    """
    rule = answer_time(received)
    start, waited, extended = received, 0, False
    paused: Pause | None = None
    since = received
    for step in steps:
        if step.event == "extended":
            extended = True
        elif step.event == "paused":
            paused, since = Pause(step.words.partition(":")[0]), step.on
        elif step.event == "resumed" and paused is not None:
            if paused is Pause.IDENTITY:
                start = step.on
            elif paused in rule.pauses:
                waited += (step.on - since).days
            paused = None
    if paused is not None and paused in rule.pauses:
        return Clock(None, paused, since, extended)
    months = rule.months + (rule.extension if extended else 0)
    last = date.fromordinal(months_after(start, months).toordinal() + waited)
    return Clock(last if is_working_day(last) else next_working_day(last), extended=extended)


def may_extend(received: date, today: date) -> bool:
    """Whether an extension may still be told: within the first month (UK GDPR Article 12(3))."""
    return today <= months_after(received, answer_time(received).months)
