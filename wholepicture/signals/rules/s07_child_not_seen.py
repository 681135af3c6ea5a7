"""S07: a visit or an incident at which the child was not seen, or a phrase in place of seeing (DA 5.4; R35, R36)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.events import event_of
from wholepicture.signals.rules.base import Rule
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import Closes, View, finding

SPEC = RuleSpec(
    id="S07",
    concern="child_not_seen",
    tier=Tier.LIST,
    title="Child not seen",
    question=(
        "This record says that the child was not seen, or uses a phrase instead of saying who was seen. "
        "Who has seen this child since, where, and what did they see and hear?"
    ),
    why="“Safe and well” reported a glance, sometimes at a child who was not seen at all, and was read as a finding.",
    source="DA 5.4; LG factual information; R35, R36",
    tell=("author", "MG"),
    false_alarms="The phrase quotes somebody else.",
    human_close="What was seen is written down, or the child has been seen.",
)

# Only phrases that stand in for seeing a child. "Plausible" and "appropriate" are for whoever checks the wording.
PHRASE = re.compile(r"\bsafe\s*(?:and|&)\s*(?:well|sound)\b|\bno\s+(?:safeguarding\s+)?concerns\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def find(view: View, child: Person) -> Iterable[Finding]:
    """An entry about a born child that says they were not seen, or a phrase where it does not say that they were."""
    seen = seen_in_person(child.key)
    for entry in view.of_kind("visit", "domestic_abuse_incident"):
        if child.key not in view.own(entry) or view.unborn(child.key, entry.occurred.latest):
            continue
        since = _not_seen(entry)
        if since is not None:
            event = event_of([entry])
            yield finding(SPEC.id, child, [event], [event], since, view.closed(child.key, [event], seen))


def _not_seen(entry: Entry) -> date | None:
    seen, spoken_to = ("child_seen", "") if entry.kind == "visit" else ("children_seen", "children_spoken_to")
    if entry.flag(seen) is False:
        return entry.known_since(seen)
    if entry.text("outcome") == "no_access" and entry.flag(seen) is None:
        return entry.known_since("outcome")
    if entry.flag(seen) and (not spoken_to or entry.flag(spoken_to)):
        return None  # it says what was seen: the phrase adds nothing and takes nothing away
    if entry.flag("phrase_safe_and_well"):
        return entry.known_since("phrase_safe_and_well")
    return entry.known_since() if PHRASE.search(QUOTED.sub("", entry.summary)) else None


def seen_in_person(child: str) -> Closes:
    """A function that says when an entry was known to show that a professional saw the child in person."""
    return lambda entry: _seen(entry, child)


def _seen(entry: Entry, child: str) -> date | None:
    if child not in entry.in_role(*SEEN_AS):
        return None
    if entry.kind in ("visit", "assessment") and entry.flag("child_seen"):
        return entry.known_since("child_seen")
    if entry.kind == "domestic_abuse_incident" and entry.flag("children_seen"):
        return entry.known_since("children_seen")
    if entry.kind == "appointment" and entry.text("outcome") == "attended":
        return entry.known_since("outcome")
    return entry.known_since() if entry.kind in ("childs_words", "measurement") else None


SEEN_AS = (AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.AFFECTED, AboutRole.PRESENT)

RULE = Rule(SPEC, find)
