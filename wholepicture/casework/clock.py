"""What the passing of time brings about: silence escalates, and waits that have run out raise their questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wholepicture.access.clock import move_demo_clock
from wholepicture.access.clock import now as clock_now
from wholepicture.access.operations import acting, system_authority
from wholepicture.casework.screening.operations import escalate_screenings
from wholepicture.casework.task.operations import escalate_tasks
from wholepicture.foundation.when import ENGLAND
from wholepicture.signals.operations import refresh_due


@dataclass(frozen=True, slots=True)
class Passed:
    """What a look at the clock did."""

    tasks_escalated: int
    notices_escalated: int
    children_judged: int


def escalate_overdue(*, now: datetime) -> Passed:
    """Escalate every silence and late screening, and judge again each child for whom a wait has run out (R22).

    Doing it again at the same moment changes nothing.
    """
    authority = system_authority(act="clock:escalate", now=now)
    with acting(authority):
        tasks = escalate_tasks(authority=authority, now=now)
        notices = escalate_screenings(authority=authority, now=now)
        children = refresh_due(authority=authority, today=now.astimezone(ENGLAND).date())
    return Passed(tasks, notices, children)


def move_clock_on(days: int) -> Passed:
    """Move a demonstration's clock on by whole days and let time do what it does. Refused outside demo mode."""
    move_demo_clock(days=days)
    return escalate_overdue(now=clock_now())


def passed_words(passed: Passed) -> str:
    """What was done, as a sentence for whoever asked."""
    return (
        f"Silences told to a team above: {passed.tasks_escalated}. Notices waiting past their day: "
        f"{passed.notices_escalated}. Children judged again: {passed.children_judged}."
    )
