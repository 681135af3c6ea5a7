"""Shields that the viewer's team answers for, whether or not it is still involved: whose, where, offered to whom.

Call inside `access.viewing`. Of the person nothing opens but a name, and to the team that holds the shield the
addresses that it keeps (migration 0009).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections
from django.db.models import Q

from wholepicture.people.addresses.models import AddressRow, HandEndRow, HandRow, ShieldRow
from wholepicture.people.addresses.reading import address_of, latest_first, shields_held
from wholepicture.people.addresses.types import Address, Shield


@dataclass(frozen=True, slots=True)
class Hand:
    """An offer of a shield to another team; `taken` is None while it stands."""

    id: UUID
    shield: UUID
    person: UUID
    from_team: str
    to_team: str
    why: str
    by: UUID
    by_name: str
    at: datetime
    taken: bool | None = None
    end_by_name: str = ""
    end_words: str = ""
    end_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A shield and whose it is. `shield` is None where it is only offered: what it keeps is not yet theirs to read."""

    id: UUID
    person: UUID
    name: str
    is_child: bool
    born: str
    shield: Shield | None
    offer: Hand | None = None


def shields_answered() -> list[Answered]:
    """Every shield in force that the viewer's teams hold, that falls to them, or that is offered to their team."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT shield, access_stands_for(person), type, given, family, born FROM access_shields_answered()"
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    held = {s.id: s for s in shields_held()}
    offers = {h.shield: h for h in _hands(HandRow.objects.filter(shield__in=[r[0] for r in rows])) if h.taken is None}
    found = [
        Answered(r[0], r[1], _name(r[2], r[3], r[4]), r[2] in ("child", "unborn"), r[5], held.get(r[0]),
                 offers.get(r[0]))
        for r in rows
    ]  # fmt: skip
    return sorted(found, key=lambda a: (a.shield is not None, a.shield.review_by if a.shield else date.min, a.name))


def answered(shield: UUID) -> Answered | None:
    """One of them; None where the viewer's team does not answer for it, or there is none."""
    return next((a for a in shields_answered() if a.id == shield), None)


def homes_kept(shield: UUID) -> list[Address]:
    """The addresses that a shield of the viewer's team keeps, as last stated, the latest first."""
    rows = list(AddressRow.objects.raw("SELECT * FROM access_addresses_answered(%s)", [shield]))
    corrected = {row.supersedes_id for row in rows}
    return sorted((address_of(row, row.identity) for row in rows if row.id not in corrected), key=latest_first)


def set_with(found: Answered) -> list[Answered]:
    """A household: the shields that were set in one act with this one, held by the same team and offered to nobody."""
    one = found.shield
    return [
        a
        for a in shields_answered()
        if one
        and a.shield
        and a.id != found.id
        and a.offer is None
        and (a.shield.set_at, a.shield.set_by, a.shield.holder_team) == (one.set_at, one.set_by, one.holder_team)
    ]


def offered_with(hand: Hand) -> list[Answered]:
    """The shields that are offered in one act with this one, itself among them."""
    act = (hand.at, hand.by, hand.to_team)
    return [a for a in shields_answered() if a.offer and (a.offer.at, a.offer.by, a.offer.to_team) == act]


def hands_of(shield: UUID) -> list[Hand]:
    """The offers of a shield, and of the one that it continues, that the viewer may see, the latest first."""
    before = ShieldRow.objects.filter(id=shield, continues__isnull=False).values("continues")
    return _hands(HandRow.objects.filter(Q(shield=shield) | Q(shield__in=before)))


def hand_card(hand: UUID) -> Hand | None:
    """One offer; None where it is neither from nor to the viewer's team, or there is none."""
    return next(iter(_hands(HandRow.objects.filter(id=hand))), None)


def _hands(rows: Iterable[HandRow]) -> list[Hand]:
    found = sorted(rows, key=lambda row: (row.at, row.id), reverse=True)
    ends = {row.hand: row for row in HandEndRow.objects.filter(hand__in=[row.id for row in found])}
    return [_hand(row, ends.get(row.id)) for row in found]


def _hand(row: HandRow, end: HandEndRow | None) -> Hand:
    ended = (end.taken, end.by_name, end.words, end.at) if end else (None, "", "", None)
    return Hand(
        row.id, row.shield, row.person, row.from_team, row.to_team, row.why, row.by, row.by_name, row.at, *ended
    )


def _name(sort: str, given: str, family: str) -> str:
    name = f"{given} {family}".strip()
    if sort == "unborn":
        return f"Unborn child ({name})" if name else "Unborn child"
    return name or "Somebody without a name on the record"
