"""Slows guessing: five failures in five minutes for one user name from one address, then a wait.

Kept in the memory of one server process: it slows guessing and is no record of it.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Final

MOST: Final = 5
WINDOW: Final = timedelta(minutes=5)
_REMEMBERED: Final = 10_000  # pairs of name and address; beyond it the oldest are forgotten

_failures: dict[tuple[str, str], deque[datetime]] = {}
_lock = threading.Lock()


def real_now() -> datetime:
    """The real time (UTC): sessions and attempts are about real browsers, not about a demonstration's clock."""
    return datetime.now(UTC)


def too_many(name: str, address: str) -> bool:
    """Whether this name has failed too often from this address within the window."""
    with _lock:
        return len(_recent(name, address)) >= MOST


def failed(name: str, address: str) -> None:
    """Remember a failure."""
    with _lock:
        recent = _recent(name, address)
        recent.append(real_now())
        _failures[name, address] = recent
        while len(_failures) > _REMEMBERED:
            del _failures[next(iter(_failures))]


def forgotten(name: str, address: str) -> None:
    """Forget the failures: the right password was given."""
    with _lock:
        _failures.pop((name, address), None)


def _recent(name: str, address: str) -> deque[datetime]:
    since = real_now() - WINDOW
    return deque((at for at in _failures.get((name, address), ()) if at > since), maxlen=MOST)
