"""S04: a domestic abuse incident that nobody has screened (the notices of 2009 to 2010 waited 15 days; DA 5.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from wholepicture.foundation.working_days import stands_after_wait
from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import Event, possible_days
from wholepicture.signals.rules.base import Rule, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, answers, finding

SPEC = RuleSpec(
    id="S04",
    concern="information_late",
    tier=Tier.LIST,
    title="Domestic abuse not screened in time",
    question=(
        "This incident was recorded more than a working day ago and no screening of it is on record. "
        "Who will decide today what this child needs, and who has to be told?"
    ),
    why="Notices that wait do not reach the people who could act on them.",
    source="DA 5.6 (fifteen days on average)",
    tell=("MG", "PO"),
    false_alarms="An old incident that was told late.",
    human_close="The incident is screened.",
    thresholds=(
        threshold("wait", 1, "working days", "signals table, S04"),
        threshold("told_late", 28, "days", "design: from then on an incident counts as an old event told late"),
    ),
)


def find(view: View, child: Person) -> Iterable[Finding]:
    """An incident with no screening by the end of the working day after it was recorded."""
    for event in view.incidents(child.key):
        recorded = event.entries[0].recorded
        if recorded.earliest > event.latest + timedelta(days=SPEC.limit("told_late", view.today)):
            continue
        late = stands_after_wait(recorded.latest, SPEC.limit("wait", view.today))
        screened = _screened(view, event)
        if screened is None or screened > late:
            yield finding(SPEC.id, child, [event], [event], late, screened)


def _screened(view: View, event: Event) -> date | None:
    """When the incident was screened: it is one incident, whichever of the family the screening names."""
    family = frozenset[str]().union(*(e.people | view.reached(e) for e in event.entries))
    days = (_screens(e, event, family) for e in view.of_kind("screening", "strategy_discussion"))
    return min((day for day in days if day is not None), default=None)


def _screens(entry: Entry, event: Event, family: frozenset[str]) -> date | None:
    """When an entry was known to have screened the incident: if it may have come after it, it may have."""
    if not (answers(entry, event) if entry.answers else family & entry.people):
        return None
    # Receiving a notice is not screening it. A stage that nobody stated is not a "no".
    if entry.text("stage") == "received" or possible_days(entry)[1] < event.earliest:
        return None
    return entry.known_since("stage")


RULE = Rule(SPEC, find)
