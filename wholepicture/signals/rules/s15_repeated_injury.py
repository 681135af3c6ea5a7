"""S15: injuries that each have an account and are never read in sequence (DA 4.10; R86)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.events import Event, gatherings, possible_days
from wholepicture.signals.rules.base import Rule, answering, days, earliest, months, several_of, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

SPEC = RuleSpec(
    id="S15",
    concern="repeated_injury",
    tier=Tier.INTERRUPT,
    title="Repeated injury",
    question=(
        "This child, or this child and a brother or sister, has been hurt more than once in a short time. "
        "Who has read these injuries as one sequence, and what was decided?"
    ),
    why="Each injury was logged in its own book and had its own account; nobody saw the run of them.",
    source="DA 4.10; LG; CG89 (frequent injuries)",
    tell=("DSL", "SW", "HV"),
    false_alarms="Playground bumps that an independent person saw happen.",
    human_close="The sequence is reviewed and a decision written down.",
    thresholds=(
        threshold("few", 2, "injuries", "signals table, S15"),
        threshold("few_window", 90, "days", "signals table, S15"),
        threshold("more", 3, "injuries", "signals table, S15"),
        threshold("more_window", 12, "months", "signals table, S15"),
    ),
)

HURT = (AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.AFFECTED)


def find(view: View, child: Person) -> Iterable[Finding]:
    """Two injuries in 90 days or three in twelve months, to the child or to the child and siblings."""
    injuries = view.events([e for e in view.of_kind("injury") if _counts(e) and _of_these(view, child.key, e)])
    few, more = SPEC.limit("few", view.today), SPEC.limit("more", view.today)
    short, long = days(SPEC.limit("few_window", view.today)), months(SPEC.limit("more_window", view.today))

    def enough(count: int, events: Sequence[Event]) -> bool:
        # A child who was never hurt is asked about through the one who was.
        return len(events) >= count and any(child.key in e.in_role(*HURT) for event in events for e in event.entries)

    for newest, events in (
        *gatherings(injuries, short, lambda found: enough(few, found)),
        *gatherings(injuries, long, lambda found: enough(more, found)),
    ):
        read_together = view.closed(child.key, events, answering, several_of(events))
        until = earliest(view.closed(child.key, events, _reviewed), read_together)
        yield finding(SPEC.id, child, events, [newest], newest.since, until)


def _counts(entry: Entry) -> bool:
    """An accident that an independent person saw and that fits its account is not part of a pattern."""
    witnessed = entry.flag("independent_witness") and entry.flag("explanation_consistent")
    return not witnessed or entry.text("opinion") in ("inflicted", "undetermined")


def _of_these(view: View, child: str, entry: Entry) -> bool:
    hurt = frozenset(entry.in_role(*HURT))
    return child in hurt or bool(hurt & view.siblings(child, possible_days(entry)[0]))


def _reviewed(entry: Entry) -> date | None:
    if entry.kind == "strategy_discussion" and entry.text("decision"):
        return entry.known_since("decision")
    if entry.kind == "conference" and entry.text("outcome"):
        return entry.known_since("outcome")
    if entry.kind == "enquiry" and entry.text("stage") == "concluded" and entry.text("outcome"):
        return entry.known_since("stage", "outcome")
    if entry.kind == "assessment" and entry.text("type") == "paediatric" and entry.flag("abuse_considered"):
        return entry.known_since("type", "abuse_considered")
    return None


RULE = Rule(SPEC, find)
