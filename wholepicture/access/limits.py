"""How often something may be tried, counted in the database: one count for every process, kept across restarts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections, transaction


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts of a kind by one key within `window`."""

    kind: str
    most: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt that is counted: against which limit, and whose."""

    limit: Limit
    key: tuple[str, ...]


def take(tries: Sequence[Try], *, now: datetime, using: str = "sign_in") -> bool:
    """Count an attempt against each limit, before it is made; False where one of them is used up.

    Counting first, under a lock on the key, means that attempts made at the same moment are counted one by one.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for one in tries:
            cursor.execute(
                "SELECT access_take(%s, %s, %s, make_interval(secs => %s), %s)",
                [one.limit.kind, _hashed(one), one.limit.most, one.limit.window.total_seconds(), now],
            )
            row = cursor.fetchone()
            if not (row and row[0]):
                return False
    return True


def give_back(tries: Sequence[Try]) -> None:
    """Forget the attempts: the right answer was given."""
    with connections["sign_in"].cursor() as cursor:
        for one in tries:
            cursor.execute("SELECT access_give_back(%s, %s)", [one.limit.kind, _hashed(one)])


def _hashed(one: Try) -> str:
    # A hash, because people type their password where their name belongs.
    return hashlib.sha256("\0".join((one.limit.kind, *one.key)).encode()).hexdigest()
