"""S25: a child who takes, hides or begs for food, or looks for it in waste, more than once (LG; CG89)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import gatherings
from wholepicture.signals.rules.base import Rule, at_least, days, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

SPEC = RuleSpec(
    id="S25",
    concern="hunger_and_food",
    tier=Tier.LIST,
    title="Food taken, hidden, begged for or sought in waste",
    question=(
        "This child has been seen to take, hide, beg or search for food more than once. "
        "Has it been considered in writing that the child may be kept short of food or harmed?"
    ),
    why="It was treated as a habit to be managed; staff locked lunchboxes away.",
    source="LG events leading up to the death; NICE CG89",
    tell=("DSL", "SN", "SW"),
    false_alarms="A prescribed diet; Prader–Willi syndrome.",
    human_close="Abuse and neglect are considered in writing.",
    thresholds=(
        threshold("events", 2, "events", "signals table, S25"),
        threshold("window", 30, "days", "signals table, S25"),
    ),
)

TAKEN = re.compile(
    r"\b(?:took|tak(?:e|es|en|ing)|st(?:ole|eal|eals|olen|ealing)|hid(?:es|den|ing)?|hoard\w*|begg?\w*|scaveng\w*"
    r"|rummag\w*|bins?|waste|rubbish|thrown?[- ]away|scraps|off the floor|from the floor)\b",
    re.IGNORECASE,
)


def find(view: View, child: Person) -> Iterable[Finding]:
    """Two such events within 30 days, or one entry that itself tells of several."""
    rows = [
        e for e in view.of_kind("welfare_concern", "public_concern") if child.key in view.named(e) and sought_food(e)
    ]
    events = view.events(rows, "theme")
    for event in events:
        told = [e.known_since("theme", "repeated") for e in event.entries if e.flag("repeated")]
        if told:
            yield finding(SPEC.id, child, [event], [event], min(told), view.closed(child.key, [event], _considered))
    window, enough = days(SPEC.limit("window", view.today)), at_least(SPEC.limit("events", view.today))
    for newest, found in gatherings(events, window, enough):
        yield finding(SPEC.id, child, found, [newest], newest.since, view.closed(child.key, found, _considered))


def sought_food(entry: Entry) -> bool:
    """Food seeking counts as recorded; hunger only where food was taken, hidden, begged or sought in waste."""
    theme = entry.text("theme")
    return theme == "food_seeking" or (theme == "hunger" and TAKEN.search(entry.summary) is not None)


def _considered(entry: Entry) -> date | None:
    if entry.kind in ("medical_finding", "assessment") and entry.flag("abuse_considered"):
        return entry.known_since("abuse_considered")
    return None


RULE = Rule(SPEC, find)
