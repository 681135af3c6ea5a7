"""S27: a child who was not brought to appointments, or whose carer cancelled them (LG; RCGP; R82)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from wholepicture.people.types import Person
from wholepicture.record.types import Entry, agency_kind
from wholepicture.signals.events import Event, gatherings, possible_days
from wholepicture.signals.rules.base import Rule, at_least, earliest, months, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, answers, finding

SPEC = RuleSpec(
    id="S27",
    concern="was_not_brought",
    tier=Tier.LIST,
    title="Not brought to appointments",
    question=(
        "This child was not brought, or a carer cancelled, and nothing shows that the appointment was made good. "
        "Who has spoken to the family, and what does missing it mean for this child?"
    ),
    why="A child does not miss appointments: somebody does not bring them. The pattern matters more than each one.",
    source="LG Analysis; DA 4.8; RCGP; R82",
    tell=("GP", "referrer", "HV"),
    false_alarms="A wrong address; a letter in a language that the family does not read.",
    human_close="The family is spoken to and the impact decided in writing, or the child is brought.",
    thresholds=(
        threshold("missed", 2, "appointments", "signals table, S27"),
        threshold("missed_live", 1, "appointment", "signals table, S27: with a plan or a live signal"),
        threshold("window", 6, "months", "signals table, S27"),
        threshold("made_good", 14, "days", "reading of the rules: kept within 14 days does not count"),
    ),
)

MISSED = frozenset({"was_not_brought", "cancelled_by_parent", "missed_or_cancelled"})
ON_PLAN = frozenset({"child_in_need", "child_protection", "looked_after"})


def find(view: View, child: Person) -> Iterable[Finding]:
    """Two appointments missed within six months, or one while a plan or another signal is live.

    A miss counts from the day on which it is known: nobody waits to see whether it will be made good. Once the child
    is known to have been brought in time, it counts no longer.
    """
    tolerance = SPEC.limit("made_good", view.today)
    booked = [e for e in view.of_kind("appointment") if child.key in view.named(e)]
    kept = [e for e in booked if e.text("outcome") == "attended"]
    rows = [e for e in booked if _missed(e) and not any(_makes_good(k, e, tolerance) for k in kept)]
    events = view.events(rows, "outcome")
    live = [e for e in events if _on_plan(view, child.key, e) or _signal_live(view, child.key, e)]
    window = months(SPEC.limit("window", view.today))
    for newest, found in (
        *gatherings(events, window, at_least(SPEC.limit("missed", view.today))),
        *gatherings(live, window, at_least(SPEC.limit("missed_live", view.today))),
    ):
        yield finding(SPEC.id, child, found, [newest], newest.since, _closed(view, child, found))


def _missed(entry: Entry) -> bool:
    """Not brought or cancelled by a carer; a letter sent to a wrong address asked nobody."""
    return entry.text("outcome") in MISSED and not entry.flag("address_wrong")


def _makes_good(kept: Entry, missed: Entry, tolerance: int) -> bool:
    """Whether the child was certainly seen by the same service within the tolerance after the miss."""
    first, last = possible_days(missed)
    kept_first, kept_last = possible_days(kept)
    in_time = kept_first >= last and kept_last <= first + timedelta(days=tolerance)
    return in_time and _same_service(kept, missed)


def _same_service(one: Entry, other: Entry) -> bool:
    """By the service's name where both state it, otherwise by the kind of agency."""
    names = [e.text("service").casefold().strip() for e in (one, other)]
    return names[0] == names[1] if all(names) else agency_kind(one.agency) == agency_kind(other.agency)


def _signal_live(view: View, child: str, event: Event) -> bool:
    """Another signal was live on each day that the miss may have been, or when the miss came to count."""
    days = {event.earliest, event.latest}
    return view.live_on(child, event.since, event) or all(view.live_on(child, day, event) for day in days)


def _on_plan(view: View, child: str, event: Event) -> bool:
    """Whether a plan certainly ran, or a case of that standing was certainly open, when the child was missed."""
    spans: dict[str, bool] = {}
    for entry in view.of_kind("plan", "case"):
        if child not in view.own(entry):
            continue
        first, last = possible_days(entry)
        begins, ends = _plan_step(entry)
        if begins and last <= event.earliest:
            spans[entry.kind] = True
        elif ends and first <= event.latest:
            spans[entry.kind] = False
    return any(spans.values())


def _plan_step(entry: Entry) -> tuple[bool, bool]:
    stage = entry.text("stage")
    if entry.kind == "plan":
        return stage in ("started", "reviewed"), stage == "ended"
    standing = entry.text("status") in ON_PLAN
    return standing and stage != "closed", stage in ("closed", "stepped_down") and not standing


def _closed(view: View, child: Person, events: Sequence[Event]) -> date | None:
    """The child was brought to the services after all, or another entry answers a miss."""
    missed = [event.entries[0] for event in events]
    brought = view.closed(child.key, events, _attended, lambda e: all(_same_service(e, m) for m in missed))
    answered = view.closed(child.key, events, _contact_made, lambda e: any(answers(e, event) for event in events))
    return earliest(brought, answered)


def _attended(entry: Entry) -> date | None:
    attended = entry.kind == "appointment" and entry.text("outcome") == "attended"
    return entry.known_since("outcome") if attended else None


def _contact_made(entry: Entry) -> date | None:
    made = entry.answers and entry.kind != "appointment" and entry.flag("answered") is not False
    return entry.known_since("answers") if made else None


RULE = Rule(SPEC, find, reads_live=True)
