"""S18: help for an injury sought late, and no reason recorded (LG; CG89 names delay as an aggravating sign)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from wholepicture.foundation.when import Precision
from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import event_of, known_by, possible_days
from wholepicture.signals.rules.base import Rule, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

SPEC = RuleSpec(
    id="S18",
    concern="delayed_presentation",
    tier=Tier.LIST,
    title="Help for an injury sought late",
    question=(
        "This injury was shown to a professional more than half a day after it happened, or on a later day, and no "
        "reason is recorded. Who has asked why, and does the answer fit?"
    ),
    why="A delay in seeking help makes an injury more worrying, and it is easily lost from the account.",
    source="LG; NICE CG89",
    tell=("PL", "SW"),
    false_alarms="An injury that nobody saw happen.",
    human_close="The delay is explained and the explanation is written down.",
    thresholds=(threshold("wait", 12, "hours", "signals table, S18"),),
)


def find(view: View, child: Person) -> Iterable[Finding]:
    """Shown more than twelve hours after the injury, or on a certainly later day, with no reason for the delay."""
    for entry in view.of_kind("injury"):
        if child.key in view.named(entry) and not entry.text("delay_reason") and _late(entry, view.today):
            event = event_of([entry], known_by("presented"))
            until = _explained(view, child.key, entry)
            yield finding(SPEC.id, child, [event], [event], event.since, until)


def _late(entry: Entry, today: date) -> bool:
    presented = entry.day("presented")
    if presented is None:
        return False
    if presented.earliest > possible_days(entry)[1]:
        return True
    hurt, shown = entry.occurred.moment, presented.moment
    if hurt is None or shown is None or entry.occurred.precision is not Precision.MINUTE:
        return False
    return shown - hurt > timedelta(hours=SPEC.limit("wait", today))


def _explained(view: View, child: str, injury: Entry) -> date | None:
    """Another record of the injury gives the reason, or a later entry answers it with an account."""
    event = event_of([injury])
    same = next((ev for ev in view.events(view.of_kind("injury")) if injury.id in ev.ids), event)
    days = [e.known_since("delay_reason") for e in same.entries if e.text("delay_reason")]
    accounts = view.touching(child, "parent_account", "medical_finding")
    days += [e.known_since("answers") for e in accounts if injury.id in e.answers and e.flag("consistent") is not False]
    return min(days, default=None)


RULE = Rule(SPEC, find)
