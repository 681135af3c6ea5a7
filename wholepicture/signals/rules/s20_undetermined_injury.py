"""S20: a medical opinion that could not decide stays a live question until evidence discounts it (PR rec 16.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import Event, event_of, known_by, possible_days
from wholepicture.signals.rules.base import DETERMINED, Rule
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, answers, came_after, finding

SPEC = RuleSpec(
    id="S20",
    concern="undetermined_injury_open",
    tier=Tier.INTERRUPT,
    title="Injury whose cause was never decided",
    question=(
        "A medical opinion could not say whether this was an accident, and nothing on record discounts abuse since. "
        "What keeps this child protected until it is decided, and who answers for treating it as something less?"
    ),
    why="“Plausible” was taken for “accidental”, and the doubt was closed with the case.",
    source="PR recommendation 16.6; DA 5.10; R54",
    tell=("SW", "MG"),
    false_alarms="The opinion was made firm later.",
    human_close="A manager signs the evidence: a later opinion with findings, or an enquiry concluded with reasons.",
)

LESSER_STATUS = frozenset({"child_in_need", "early_help"})
LESSER_OUTCOME = frozenset({"no_further_action", "child_in_need", "early_help", "step_down", "referred_elsewhere"})


def find(view: View, child: Person) -> Iterable[Finding]:
    """An undetermined opinion, and each step that treats the case as help under section 17 or closes it."""
    for entry in view.of_kind("injury", "medical_finding", "strategy_discussion"):
        field = "medical_opinion" if entry.kind == "strategy_discussion" else "opinion"
        if entry.text(field) != "undetermined" or child.key not in _patients(view, entry):
            continue
        opinion = event_of([entry], known_by(field))
        until = _discounted(view, child, opinion)
        yield finding(SPEC.id, child, [opinion], [opinion], opinion.since, until)
        for step in _lesser_steps(view, child.key, opinion):
            since = max(step.since, opinion.since)
            if until is None or since < until:
                yield finding(SPEC.id, child, [opinion, step], [step], since, until)


def _patients(view: View, entry: Entry) -> frozenset[str]:
    """Whose injury an opinion is about: a discussion of several children is about those with one on record."""
    named = view.named(entry)
    if entry.kind != "strategy_discussion":
        return named
    seen = (view.named(e) for e in view.of_kind("injury", "medical_finding"))
    return named & frozenset().union(*seen) or named


def _lesser_steps(view: View, child: str, opinion: Event) -> Iterable[Event]:
    """Steps about the child that may have come with or after the opinion."""
    for entry in view.of_kind("strategy_discussion", "case", "plan", "assessment"):
        fields = _lesser(entry)
        if fields and child in view.own(entry) and possible_days(entry)[1] >= opinion.earliest:
            yield event_of([entry], known_by(*fields))


def _lesser(entry: Entry) -> tuple[str, ...]:
    """The fields by which an entry takes the section 17 route, steps down or closes; none where it does not."""
    stage = entry.text("stage")
    if entry.kind == "strategy_discussion":
        return ("decision",) if entry.text("decision") in ("assessment", "no_further_action") else ()
    if entry.kind == "assessment":
        return ("stage", "outcome") if stage == "completed" and entry.text("outcome") in LESSER_OUTCOME else ()
    if entry.kind == "plan":
        return ("type", "stage") if stage == "started" and entry.text("type") in LESSER_STATUS else ()
    if stage in ("closed", "stepped_down"):
        return ("stage",)
    return ("stage", "status") if stage == "opened" and entry.text("status") in LESSER_STATUS else ()


def _discounted(view: View, child: Person, opinion: Event) -> date | None:
    rows = view.touching(child.key, "injury", "medical_finding", "enquiry")
    days = (_discounts(e, opinion) for e in rows if e.id not in opinion.ids)
    return min((day for day in days if day is not None), default=None)


def _discounts(entry: Entry, opinion: Event) -> date | None:
    """When an entry was known to settle the opinion with evidence."""
    later = answers(entry, opinion) or (came_after(entry, opinion) and not entry.answers)
    if entry.kind == "injury":
        same = bool(set(opinion.ids) & {*entry.same_event_as, *entry.answers})
        settled = entry.text("opinion") in DETERMINED and bool(entry.text("explanation"))
        return entry.known_since("opinion", "explanation") if same and settled else None
    if entry.kind == "medical_finding" and later:
        # An opinion that never considered abuse does not discount it.
        firm = entry.text("opinion") in DETERMINED and entry.flag("abuse_considered") is not False
        return entry.known_since("opinion", "finding") if firm and entry.text("finding") else None
    if entry.kind == "enquiry" and later:
        decided = entry.text("outcome") in ("substantiated", "unsubstantiated")
        return entry.known_since("stage", "outcome") if decided and entry.text("stage") == "concluded" else None
    return None


RULE = Rule(SPEC, find)
