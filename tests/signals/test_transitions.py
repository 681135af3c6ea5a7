"""What may happen to a signal, event by event."""

from __future__ import annotations

import pytest

from wholepicture.foundation.refusals import Refused
from wholepicture.signals.transitions import (
    SIGNAL,
    START,
    WAITING,
    check_answer,
    diagram,
    evidence_event,
    next_state,
)

ALLOWED = {
    ("raised", "new_evidence"): "new_evidence",
    ("raised", "answered"): "answered",
    ("raised", "ended"): "ended",
    ("new_evidence", "new_evidence"): "new_evidence",
    ("new_evidence", "answered"): "answered",
    ("new_evidence", "ended"): "ended",
    ("answered", "reopened"): "reopened",
    ("answered", "ended"): "ended",
    ("reopened", "new_evidence"): "new_evidence",
    ("reopened", "answered"): "answered",
    ("reopened", "ended"): "ended",
}
EVENTS = sorted({event for _, event in ALLOWED} | {"raised"})
REASON = "Read the three incidents together with the health visitor."


@pytest.mark.parametrize("state", SIGNAL)
@pytest.mark.parametrize("event", EVENTS)
def test_truth_table(state: str, event: str) -> None:
    if (state, event) in ALLOWED:
        assert next_state(state, event) == ALLOWED[state, event]
    else:
        with pytest.raises(Refused) as refused:
            next_state(state, event)
        assert refused.value.code == "transition"


def test_what_waits_is_what_may_be_answered() -> None:
    assert WAITING == {"raised", "new_evidence", "reopened"}


@pytest.mark.requirement("R54")
def test_new_evidence_reopens_an_answered_question() -> None:
    assert evidence_event("answered") == "reopened"
    assert evidence_event("raised") == "new_evidence"
    assert check_answer(next_state("answered", evidence_event("answered")), REASON, "J. Adeyemi") == "answered"


@pytest.mark.parametrize(
    ("state", "reason", "name", "code"),
    [
        ("raised", REASON, " ", "name"),
        ("raised", "Looked at.       ", "J. Adeyemi", "reason"),
        ("answered", REASON, "J. Adeyemi", "transition"),
        ("ended", REASON, "J. Adeyemi", "transition"),
    ],
)
def test_an_answer_needs_reasons_a_name_and_a_question_that_waits(
    state: str, reason: str, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_answer(state, reason, name)
    assert refused.value.code == code


def test_every_event_is_in_the_diagram() -> None:
    lines = diagram().splitlines()
    assert lines[:2] == ["stateDiagram-v2", f"    [*] --> {START}"]
    assert {f"    {state} --> {to}: {event}" for (state, event), to in ALLOWED.items()} < set(lines)
    assert "    ended --> [*]" in lines
