"""Slows trawling: thirty searches an hour for one practitioner, then a wait; counted in the database.

It slows, and is no record. The audit is the record of every search.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from wholepicture.access.limits import Limit, Try, take
from wholepicture.foundation.refusals import Refused

SEARCHES: Final = Limit("search", 30, timedelta(hours=1))


def ask(practitioner: str, now: datetime) -> None:
    """Count a search, or refuse it where there were thirty within the hour."""
    if not take((Try(SEARCHES, (practitioner,)),), now=now, using="default"):
        raise Refused(
            "too-many",
            "You have looked for 30 children within an hour. Every search is on the audit. Wait an hour; if a "
            "child may be at risk now, ring the front door, or 999.",
        )
