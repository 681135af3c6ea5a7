"""S02: incidents that come often or grow worse: a route to a risk assessment conference (PRACTICE 3, MARAC)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import Event, gatherings
from wholepicture.signals.rules.base import Rule, answering, earliest, months, several_of, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

SPEC = RuleSpec(
    id="S02",
    concern="cumulative_domestic_abuse",
    tier=Tier.INTERRUPT,
    title="Domestic abuse that comes often or grows worse",
    question=(
        "Domestic abuse in this household has been reported three times within a year, or is growing worse. "
        "Has it been referred to a multi-agency risk assessment conference, and if not, why not?"
    ),
    why="Three incidents in twelve months, or rising severity, is a recognised route to a MARAC.",
    source="SafeLives referral criteria (potential escalation); DA 6.1",
    tell=("PO", "SW"),
    false_alarms="More is reported because help is being given.",
    human_close="A MARAC referral is made, or the reason against it is written down.",
    thresholds=(
        threshold("incidents", 3, "incidents", "signals table, S02"),
        threshold("window", 12, "months", "signals table, S02"),
    ),
)

GRADES = ("standard", "medium", "high")
GRAVE = ("weapon", "strangulation", "threat_to_kill", "injury")


def find(view: View, child: Person) -> Iterable[Finding]:
    """Three incidents within twelve months, or two of which the later is graver."""
    count = SPEC.limit("incidents", view.today)
    window = months(SPEC.limit("window", view.today))
    incidents = view.incidents(child.key)
    for newest, events in gatherings(incidents, window, lambda found: len(found) >= count or rising(found)):
        reasons = view.closed(child.key, events, answering, several_of(events))
        until = earliest(view.closed(child.key, events, _conference), reasons)
        yield finding(SPEC.id, child, events, [newest], newest.since, until)


def rising(events: Sequence[Event]) -> bool:
    """Whether one incident is graver than one that certainly came before it."""
    return any(a.certainly_before(b) and _graver(a, b) for a in events for b in events)


def _graver(earlier: Event, later: Event) -> bool:
    before, after = _grade(earlier), _grade(later)
    if before is not None and after is not None and after > before:
        return True
    # A fact that the earlier record does not mention is not known to be new: only a stated "no" makes it so.
    return any(_stated(later, name, True) and _stated(earlier, name, False) for name in GRAVE)


def _grade(event: Event) -> int | None:
    return max((GRADES.index(g) for g in (e.text("grade") for e in event.entries) if g in GRADES), default=None)


def _stated(event: Event, name: str, value: bool) -> bool:
    flags = {e.flag(name) for e in event.entries} - {None}
    return flags == {value} if value is False else value in flags


def _conference(entry: Entry) -> date | None:
    return entry.known_since() if entry.kind == "marac" else None


RULE = Rule(SPEC, find)
