"""What may happen to a signal, as a table: a question is closed only by a person's reasons or by the record (R54).

The states are those of the latest event on record; `raised` begins a signal and nothing follows `ended`: a question
that stands anew is raised anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wholepicture.foundation.refusals import Refused

START: Final = "raised"
SHORTEST_REASON: Final = 20  # characters: less says neither what was looked at nor what was decided

SIGNAL: Final[Mapping[str, Mapping[str, str]]] = {
    "raised": {"new_evidence": "new_evidence", "answered": "answered", "ended": "ended"},
    "new_evidence": {"new_evidence": "new_evidence", "answered": "answered", "ended": "ended"},
    "answered": {"reopened": "reopened", "ended": "ended"},
    "reopened": {"new_evidence": "new_evidence", "answered": "answered", "ended": "ended"},
    "ended": {},
}

WAITING: Final = frozenset(state for state, events in SIGNAL.items() if "answered" in events)


def next_state(state: str, event: str) -> str:
    """The state that an event leads to; refuses an event that the state does not allow."""
    if event not in SIGNAL[state]:
        raise Refused(
            "transition", f"A question that is {state.replace('_', ' ')} cannot be {event.replace('_', ' ')}."
        )
    return SIGNAL[state][event]


def evidence_event(state: str) -> str:
    """What new evidence is to a signal: an answer given without it no longer holds."""
    return "reopened" if "reopened" in SIGNAL[state] else "new_evidence"


def check_answer(state: str, reason: str, name: str) -> str:
    """The state after an answer; refuses one without reasons in writing, or without the name of who gives it."""
    if not name.strip():
        raise Refused("name", "An answer is given by somebody: say who you are.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("reason", "Say what you looked at and what you decided, in a sentence or more.")
    return next_state(state, "answered")


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {START}"]
    lines += [f"    {state} --> {to}: {event}" for state, events in SIGNAL.items() for event, to in events.items()]
    lines += [f"    {state} --> [*]" for state, events in SIGNAL.items() if not events]
    return "\n".join(lines)
