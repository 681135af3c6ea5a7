"""S01: incidents of domestic abuse in one household, each looked at alone (LG; R41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import gatherings
from wholepicture.signals.rules.base import Rule, answering, at_least, earliest, months, several_of, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

SPEC = RuleSpec(
    id="S01",
    concern="cumulative_domestic_abuse",
    tier=Tier.LIST,
    title="Repeated domestic abuse in one household",
    question=(
        "Domestic abuse in this household has been reported more than once within a year. "
        "Who has looked at these incidents together, and what do they mean for this child?"
    ),
    why="Incidents that are judged one at a time hide what they add up to for a child.",
    source="LG Analysis; R41",
    tell=("SW", "HV", "SN", "DSL"),
    false_alarms="The same incident reported twice; a counter-report by the other adult.",
    human_close="A review of all the incidents together is written down.",
    thresholds=(
        threshold("incidents", 2, "incidents", "signals table, S01"),
        threshold("window", 12, "months", "signals table, S01"),
    ),
)


def find(view: View, child: Person) -> Iterable[Finding]:
    """Two incidents within twelve months in the child's household, whoever is named in them."""
    window = months(SPEC.limit("window", view.today))
    enough = at_least(SPEC.limit("incidents", view.today))
    for newest, events in gatherings(view.incidents(child.key), window, enough):
        read_together = view.closed(child.key, events, answering, several_of(events))
        until = earliest(view.closed(child.key, events, _reviewed), read_together)
        yield finding(SPEC.id, child, events, [newest], newest.since, until)


def _reviewed(entry: Entry) -> date | None:
    """When an entry was known to be a review of the whole history."""
    if entry.kind == "strategy_discussion" and entry.flag("history_shared"):
        return entry.known_since("history_shared")
    if entry.kind == "assessment" and entry.text("stage") == "completed" and entry.flag("earlier_assessments_reviewed"):
        return entry.known_since("stage", "earlier_assessments_reviewed")
    return None


RULE = Rule(SPEC, find)
