"""How long each step may take: dated configuration, so that the record can show which rule stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.foundation.working_days import add_working_days


@dataclass(frozen=True, slots=True)
class Timescale:
    """A number of a step, in its unit, from the day on which it took effect, and where it is stated."""

    step: str
    value: int
    unit: str
    effective: date
    source: str


_FIRST: Final = date(2023, 12, 15)  # Working Together to Safeguard Children 2023

TIMESCALES: Final = (
    Timescale("screening", 1, "working days", _FIRST, "Working Together 2023: a decision within one working day"),
    Timescale("school_lead", 1, "working days", _FIRST, "Operation Encompass: before the next school day"),
    Timescale("early_years", 1, "working days", _FIRST, "as schools, by local agreement"),
    Timescale("health_visitor", 2, "working days", _FIRST, "local default; Deeper Analysis 5.8–5.9"),
    Timescale("school_nurse", 2, "working days", _FIRST, "local default; Deeper Analysis 5.9"),
    Timescale("midwife", 2, "working days", _FIRST, "local default; Deeper Analysis 4.9"),
    Timescale("gp", 3, "working days", _FIRST, "local default; Progress Report 6.6"),
    Timescale("social_worker", 1, "working days", _FIRST, "Working Together 2023: a decision within one working day"),
    Timescale("early_help", 3, "working days", _FIRST, "local default"),
    Timescale("find_holder", 1, "working days", _FIRST, "local default; Deeper Analysis 5.16, 5.19"),
    Timescale("information_request", 5, "working days", _FIRST, "local default; Deeper Analysis 6.3: log the date"),
    Timescale("refusal_review", 5, "working days", _FIRST, "local default; golden rules: record the decision"),
    Timescale("second_escalation", 3, "working days", _FIRST, "local default; silence must not age at one desk"),
    Timescale("screening_volume", 25, "notices a day", _FIRST, "Deeper Analysis 5.5: up to 25 at one meeting"),
    Timescale("front_door_sees", 28, "days", _FIRST, "local default: as long as screening and its follow-up take"),
    Timescale("sender_sees", 90, "days", _FIRST, "local default: so that the sender learns the outcome"),
    Timescale("recipient_sees", 90, "days", _FIRST, "local default: as long as a response is worked on"),
)


def timescale(step: str, on: date) -> int:
    """The number of that step in force on a day; before the first of them, the first."""
    rows = sorted((t for t in TIMESCALES if t.step == step), key=lambda t: t.effective)
    in_force = [t for t in rows if t.effective <= on]
    return (in_force or rows[:1])[-1].value


def due_on(step: str, asked: date) -> date:
    """The last day by which a step asked for on a day is to be done."""
    return add_working_days(asked, timescale(step, asked))
