"""S10: domestic abuse, alcohol or drugs, and mental ill health among the adults of one home (DA 6.6; R68)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from wholepicture.people.types import Person
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.events import Event, gatherings, possible_days
from wholepicture.signals.rules.base import Rule, months, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

SPEC = RuleSpec(
    id="S10",
    concern="parental_risk_cluster",
    tier=Tier.LIST,
    title="Domestic abuse, substances and mental ill health together",
    question=(
        "Within a year the record of this household holds domestic abuse, alcohol or drugs, and mental ill health. "
        "Has anybody assessed what they mean together for this child?"
    ),
    why="The combination is a greater risk to a child than each alone, and each service sees only its own part.",
    source="DA section 3, 6.6; R68",
    tell=("SW",),
    false_alarms="A difficulty that is past and resolved.",
    human_close="One assessment covers all of the adults concerned.",
    thresholds=(threshold("window", 12, "months", "signals table, S10"),),
)

ABUSE, SUBSTANCE, MIND = "domestic abuse", "substance", "mental health"
SUBSTANCES = frozenset({"alcohol", "drugs"})
ILL_HEALTH = frozenset({"mental_health", "overdose", "self_harm", "suicide_attempt"})
ADULT_ROLES = (AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.ALLEGED_PERPETRATOR)


def find(view: View, child: Person) -> Iterable[Finding]:
    """All three within twelve months, from any adults of the child's household."""
    health = [e for e in view.of_kind("parental_health") if _parts(e) and _adults(view, child.key, e)]
    abuse = [i for i in view.incidents(child.key) if any(_adults(view, child.key, e) for e in i.entries)]
    events = [*abuse, *view.events(health, "type")]
    if not _all_three(events):
        return  # most homes, told before every window of years is tried
    window = months(SPEC.limit("window", view.today))
    for newest, found in gatherings(events, window, _all_three):
        adults = frozenset(a for event in found for e in event.entries for a in _adults(view, child.key, e))
        until = view.closed(child.key, found, _assessed, partial(_covers, adults=adults))
        yield finding(SPEC.id, child, found, [newest], newest.since, until)


def _parts(entry: Entry) -> frozenset[str]:
    if entry.kind == "parental_health":
        kind = entry.text("type")
        return frozenset({SUBSTANCE} if kind in SUBSTANCES else {MIND} if kind in ILL_HEALTH else ())
    used = any(entry.flag(name) for name in SUBSTANCES)
    return frozenset({ABUSE, SUBSTANCE} if used else {ABUSE})


def _all_three(events: Sequence[Event]) -> bool:
    found = frozenset(part for event in events for e in event.entries for part in _parts(e))
    return found >= {ABUSE, SUBSTANCE, MIND}


def _adults(view: View, child: str, entry: Entry) -> frozenset[str]:
    """Adults whom the entry is about and who lived with the child, certainly, when it happened."""
    named = frozenset(entry.in_role(*ADULT_ROLES))
    for day in possible_days(entry):
        named &= view.adults_at_home(child, day) if view.is_child_on(child, day) else frozenset()
    return named


def _assessed(entry: Entry) -> date | None:
    if entry.kind == "assessment" and entry.text("stage") == "completed" and entry.items("household_adults_assessed"):
        return entry.known_since("stage", "household_adults_assessed")
    return None


def _covers(entry: Entry, adults: frozenset[str]) -> bool:
    return adults.issubset(entry.items("household_adults_assessed") or ())


RULE = Rule(SPEC, find)
