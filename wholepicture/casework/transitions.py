"""What may happen to a screening and to a task, as tables; the diagrams in docs/reference are drawn from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from wholepicture.foundation.refusals import Refused

START: Final = "waiting"

SCREENING: Final[Mapping[str, Mapping[str, str]]] = {
    "waiting": {"escalated": "overdue", "decided": "decided"},
    "overdue": {"escalated": "overdue", "decided": "decided"},
    "decided": {"reviewed": "reviewed"},
    "reviewed": {"reviewed": "reviewed"},
}
TASK: Final[Mapping[str, Mapping[str, str]]] = {
    "waiting": {"opened": "opened", "answered": "answered", "escalated": "overdue"},
    "opened": {"opened": "opened", "answered": "answered", "escalated": "overdue"},
    "overdue": {"opened": "overdue", "answered": "answered", "escalated": "overdue"},
    "answered": {"opened": "answered"},
}


def state_after(table: Mapping[str, Mapping[str, str]], events: Iterable[str]) -> str:
    """The state that these events lead to, in order; refuses an event that its state does not allow."""
    state = START
    for event in events:
        if event not in table[state]:
            raise Refused("transition", f"This cannot be {event}: it is {state} already.")
        state = table[state][event]
    return state


def diagram(table: Mapping[str, Mapping[str, str]]) -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {START}"]
    lines += [f"    {state} --> {to}: {event}" for state, events in table.items() for event, to in events.items()]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """The reference page of both tables, for `wholepicture docs`."""
    text = f"""# What may happen to a notice and to a task

A state is never stored: it is what the attributed events on record lead to (principle 2).

## A notice in the screening queue

```mermaid
{diagram(SCREENING)}
```

## Something asked of a team

```mermaid
{diagram(TASK)}
```
"""
    return {"docs/reference/transitions.md": text}
