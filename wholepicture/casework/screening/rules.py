"""What a screening decision must say, and who may make it (R34, R38–R41; Deeper Analysis 4.1, 4.11, 5.5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wholepicture.casework.notice.types import Problem
from wholepicture.casework.task.types import Decision
from wholepicture.casework.wording import refusal, stock_phrases

SHORTEST_REASONS = 30
SHORTEST_POSITION = 15


def decision_problems(
    *,
    decision: Decision | None,
    reasons: str,
    positions: Mapping[str, str],
    children: Mapping[str, str],
    taken_by: str,
    teams: Collection[str],
) -> list[Problem]:
    """Everything that keeps a decision from being recorded. `children` are names by person; each needs a position."""
    found = []
    if decision is None:
        found.append(Problem("", "decision", "Choose what you decide"))
    if len(reasons.strip()) < SHORTEST_REASONS:
        found.append(
            Problem(
                "", "reasons", "Give your reasons: what you read, what it adds up to, and why this is the right step"
            )
        )
    found += _wording("reasons", reasons)
    for person, name in children.items():
        text = positions.get(person, "")
        if len(text.strip()) < SHORTEST_POSITION:
            found.append(
                Problem("", f"position-{person}", f"Say what {name}’s own position is, whatever the adult’s grade")
            )
        found += _wording(f"position-{person}", text)
    if decision is not None and decision.needs_team and taken_by not in teams:
        found.append(Problem("", "taken_by", "Choose the team that takes this on"))
    return found


def _wording(field: str, text: str) -> list[Problem]:
    return [Problem("", field, refusal(f)) for f in stock_phrases(text) if f.of_children and not f.quoted]


def refusal_to_decide(*, decider: str, sender: str, decided: bool) -> tuple[str, str] | None:
    """Why this person may not decide this notice: a code and a sentence; None where they may."""
    if decided:
        return "decided", "This notice has been decided already."
    if decider == sender:
        return "own-notice", "You sent this notice: somebody else decides it."
    return None


def refusal_to_review(*, reviewer: str, decider: str) -> tuple[str, str] | None:
    """Nobody signs off their own decision (R39, R106)."""
    if reviewer == decider:
        return "own-decision", "You made this decision: somebody else reviews it."
    return None
