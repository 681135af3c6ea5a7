"""What may happen to a screening, a task and a request: tables, from which docs/reference draws its diagrams."""

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
_ANY_TIME: Final = ("identified", "checked", "paused", "resumed", "extended", "second_reader", "harm_checked")
REQUEST: Final[Mapping[str, Mapping[str, str]]] = {
    "waiting": {**dict.fromkeys(_ANY_TIME, "waiting"), "assigned": "reviewing", "closed": "closed"},
    "reviewing": {
        **dict.fromkeys((*_ANY_TIME, "assigned"), "reviewing"), "submitted": "signing", "closed": "closed",
    },
    "signing": {**dict.fromkeys(("paused", "resumed", "extended"), "signing"), "returned": "reviewing",
                "signed_off": "ready"},
    "ready": {"returned": "reviewing", "released": "released"},
    "released": {"closed": "closed"},
    "closed": {},
}  # fmt: skip
"""A request for what is held: a person is found, a reviewer decides each item, a second reader signs it off."""


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
    """The reference page of the tables, for `wholepicture docs`."""
    text = f"""# What may happen to a notice, a task and a request

A state is never stored: it is what the attributed events on record lead to (principle 2).

## A notice in the screening queue

```mermaid
{diagram(SCREENING)}
```

## Something asked of a team

```mermaid
{diagram(TASK)}
```

## A request for what is held about somebody

```mermaid
{diagram(REQUEST)}
```
"""
    return {"docs/reference/transitions.md": text}
