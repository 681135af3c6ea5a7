"""Slows trawling: thirty searches an hour for one practitioner, then a wait.

Kept in the memory of one server process: it slows, and is no record. The audit is the record of every search.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta
from typing import Final

from wholepicture.foundation.refusals import Refused

MOST: Final = 30
WINDOW: Final = timedelta(hours=1)

_searches: dict[str, deque[datetime]] = {}
_lock = threading.Lock()


def ask(practitioner: str, now: datetime) -> None:
    """Remember a search, or refuse it where there were thirty within the hour."""
    with _lock:
        recent = deque((at for at in _searches.get(practitioner, ()) if at > now - WINDOW), maxlen=MOST)
        if len(recent) >= MOST:
            raise Refused(
                "too-many",
                "You have looked for 30 children within an hour. Every search is on the audit. Wait an hour; if a "
                "child may be at risk now, ring the front door, or 999.",
            )
        recent.append(now)
        _searches[practitioner] = recent
