"""Pure decisions about keeping: when a person's record falls due, by the longest line that fits."""

from __future__ import annotations

from datetime import date

from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.working_days import months_after
from wholepicture.record.retention.schedule import BY_CODE
from wholepicture.record.retention.types import Due, Facts

GROWN = 18


def due(facts: Facts) -> Due | None:
    """The line and the day; None where no day can be worked out, and then nothing is ever due.

    Whoever was a child here and is now a parent is kept as long as their children are.
    """
    if not facts.is_child:
        return _adult(facts)
    own, after = due_as_child(facts), _with_children(facts)
    if own is None or (facts.children and after is None):
        return None
    return max(own, after or own, key=lambda found: found.on)


def due_as_child(facts: Facts) -> Due | None:
    """The line and the day of a child, whoever's parent they are now; None where no birth is known."""
    if facts.born is None:
        return None
    lines = [_after("child", facts.born)]
    if facts.looked_after:
        young = facts.died is not None and facts.died < _years(facts.born, GROWN)
        lines.append(_after("looked_after_died", facts.died) if young and facts.died else
                     _after("looked_after", facts.born))  # fmt: skip
    if facts.protected_until is not None:
        lines.append(_after("child_protection", facts.protected_until))
    if facts.adopted is not None:
        lines.append(_after("adoption", facts.adopted))
    return max(lines, key=lambda found: found.on)


def _adult(facts: Facts) -> Due | None:
    if facts.children:
        return _with_children(facts)
    return _after("adult", facts.last) if facts.last is not None else None


def _with_children(facts: Facts) -> Due | None:
    days = [day for day in facts.children if day is not None]
    return Due("with_child", max(days)) if days and len(days) == len(facts.children) else None


def _after(line: str, day: date) -> Due:
    return Due(line, _years(day, BY_CODE[line].years))


def _years(day: date, years: int) -> date:
    return months_after(day, 12 * years)


def check_decision(
    *, reason: str, keep_until: date | None, destroy: bool, is_due: bool, held: bool, today: date
) -> None:
    """Refuse to decide without a reason, to keep until a day that is past, to destroy what is not due or is held."""
    if not reason.strip():
        raise Refused("reason", "Say why, without any fact about the person: this stays when the record is gone.")
    if destroy and not is_due:
        raise Refused("not-due", "This record is not due. It may not be destroyed.")
    if destroy and held:
        raise Refused("held", "This record is held. It may not be destroyed until every hold is lifted.")
    if not destroy and (keep_until is None or keep_until <= today):
        raise Refused("until", "Give a day to come, until which it is kept and when it is looked at again.")
