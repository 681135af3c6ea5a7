"""Joins and parts people together with what hangs on it; one transaction each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from wholepicture.access.operations import acting, involve_alike
from wholepicture.access.persons import standing_for
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.joining.operations import join, part
from wholepicture.signals.operations import refresh

JOINED: Final = "It was asked of somebody who was found to be another person on the record."
PARTED: Final = "What was behind it is about somebody else: two people had been taken for one."
GROUND: Final = "parted from a record that they work with"


def join_people(*, authority: Authority, person: UUID, other: UUID, retyped: str, ground: str, now: datetime) -> None:
    """Decide that two people on the record are one, and judge again every question about the family (R17, R99)."""
    with acting(authority, person=person):
        join(authority=authority, person=person, other=other, retyped=retyped, ground=ground, now=now)
        refresh(authority=authority, people=[person], today=now.astimezone(ENGLAND).date(), gone=JOINED)


def part_people(
    *, authority: Authority, person: UUID, identities: Collection[UUID], ground: str, now: datetime
) -> UUID:
    """Decide that some of a person's identities are somebody else; returns whom they are now.

    Whoever works with the person works with a somebody who is new, until it is ended; one who comes back keeps what
    they had.
    """
    with acting(authority, person=person):
        whose = standing_for([person])[person]
        apart = part(authority=authority, person=whose, identities=identities, ground=ground, now=now)
        if apart.new:
            involve_alike(authority=authority, person=apart.person, like=whose, ground=GROUND)
        refresh(authority=authority, people=[whose, apart.person], today=now.astimezone(ENGLAND).date(), gone=PARTED)
    return apart.person


__all__ = ["join_people", "part_people"]
