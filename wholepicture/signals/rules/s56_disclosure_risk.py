"""S56: information was refused, or a document was stopped before it left (Children Act 2004 s16LA; golden rule 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from wholepicture.people.types import Person
from wholepicture.record.types import Entry
from wholepicture.signals.events import Event, event_of
from wholepicture.signals.rules.base import Rule, answering
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, answers, finding

SPEC = RuleSpec(
    id="S56",
    concern="disclosure_risk",
    tier=Tier.LIST,
    title="Information refused, or a document stopped before it left",
    question=(
        "Information about this child was refused to somebody who asked, or a document was stopped because of whom it "
        "was for or a place that it named. Was that right, and who else has looked at it?"
    ),
    why="Silence has killed children, and a document that names a hidden place has led the abuser to the door.",
    source="s16LA; golden rule 5",
    tell=("IG",),
    false_alarms="Test data; a request that was answered by telephone and not written down.",
    human_close="A reason by the reviewer, a second person's approval, or the document put right.",
)

STOPPED: Final = "stopped before it left"
"""What a letter that was stopped says that it is about: a letter lost in the post is another matter."""


def find(view: View, child: Person) -> Iterable[Finding]:
    """A request that is known never to be answered, or a letter that was stopped, until an entry answers it."""
    for entry in view.of_kind("information_request", "letter"):
        if child.key not in view.own(entry):
            continue
        since = _refused(entry) or _stopped(entry)
        if since is not None:
            event = event_of([entry])
            until = view.closed(child.key, [event], answering, also=partial(_answers, event))
            yield finding(SPEC.id, child, [event], [event], since, until)


def _answers(event: Event, entry: Entry) -> bool:
    """Whether an entry answers just this event: what answers another says nothing of it."""
    return answers(entry, event)


def _refused(entry: Entry) -> date | None:
    if entry.kind != "information_request" or not entry.never("answered"):
        return None
    return entry.known_since("answered")


def _stopped(entry: Entry) -> date | None:
    if entry.kind != "letter" or entry.text("about") != STOPPED or not entry.never("received"):
        return None
    return entry.known_since("about", "received")


RULE = Rule(SPEC, find)
