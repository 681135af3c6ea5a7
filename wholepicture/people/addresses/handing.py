"""Handing a shield over: offered by the team that holds it, taken by another; between the two it is never unheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting, authorise, use_session
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.agencies.queries import practitioners, teams
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.keeping import held, one_at_a_time
from wholepicture.people.addresses.models import (
    DocumentShieldRow,
    HandEndRow,
    HandRow,
    ShieldEndAskRow,
    ShieldEndRow,
    ShieldFromRow,
    ShieldReviewRow,
    ShieldRow,
)

_COPIED = ("person", "address", "reason", "words", "from_whom", "covers_from", "set_by", "set_by_name", "set_at",
           "set_on", "review_by")  # fmt: skip


def could_hold() -> dict[str, str]:
    """Teams that could answer for a shield, by name: somebody works there whose role keeps addresses."""
    staffed = {card.team for card in practitioners() if may(card.role, Permission.SHIELD_ADDRESS)}
    return {code: card.name for code, card in sorted(teams().items(), key=lambda t: t[1].name) if code in staffed}


def offer_shield(*, viewer: Viewer, shield: UUID, to_team: str, why: str, now: datetime) -> UUID:
    """Offer a shield to another team; it stays where it is until somebody there takes it. Returns the offer.

    Refuses a team that holds it already or in which nobody could answer for it, a reason left blank, and a second
    offer while one stands.
    """
    if not why.strip():
        raise Refused("why", "Say why it is handed over: whoever is asked decides on it.")
    authority, row = held(viewer, shield, "shield:offer", now)
    if to_team == row.holder_team:
        raise Refused("team", "That team holds it already: choose another.")
    if to_team not in could_hold():
        raise Refused("team", "Nobody in that team could answer for a shield: choose another.")
    with acting(authority, person=row.person):
        one_at_a_time(row.id)
        if _standing(row.id):
            raise Refused("offered", "It is offered to a team already: take that offer back first.")
        made = HandRow(
            shield=row.id, person=row.person, from_team=row.holder_team, to_team=to_team, why=why.strip(),
            by=UUID(viewer.actor.practitioner), by_name=viewer.actor.name, at=now,
        )  # fmt: skip
        made.save(force_insert=True)
    return made.id


def take_shield(*, viewer: Viewer, hand: UUID, words: str, now: datetime) -> UUID:
    """Take a shield over that was offered to one's team; returns it as it goes on. Its review stays due when it was.

    Somebody else than who offered it takes it. It is in force throughout: theirs begins before the other's ends.
    """
    authority, offer = _offered(viewer, hand, "shield:take", now)
    if viewer.actor.team != offer.to_team:
        raise Refused("not-yours", "It is offered to another team: somebody there takes it or declines.")
    if offer.by == UUID(viewer.actor.practitioner):
        raise Refused("same-person", "You offered it, so somebody else must take it.")
    with acting(authority, person=offer.person):
        one_at_a_time(offer.shield)
        row = ShieldRow.objects.filter(id=offer.shield, shieldendrow__isnull=True).first()
        if row is None or offer not in _standing(offer.shield):
            raise Refused("no-offer", "This offer no longer stands: the shield has ended, or the offer was settled.")
        _settle(offer, viewer, words, now, taken=True)
        return _go_on(row, offer, viewer, now)


def decline_shield(*, viewer: Viewer, hand: UUID, words: str, now: datetime) -> None:
    """Say that one's team does not take it; or, in the team that holds it, take the offer back. It stays there."""
    if not words.strip():
        raise Refused("words", "Say why, so that whoever offered it knows what to do.")
    authority, offer = _offered(viewer, hand, "shield:decline", now)
    with acting(authority, person=offer.person):
        one_at_a_time(offer.shield)
        if offer not in _standing(offer.shield):
            raise Refused("no-offer", "This offer no longer stands: the shield has ended, or the offer was settled.")
        _settle(offer, viewer, words, now, taken=False)


def _offered(viewer: Viewer, hand: UUID, act: str, now: datetime) -> tuple[Authority, HandRow]:
    """The offer, where the database shows it to the viewer, and leave to settle it."""
    purpose = ROLES[viewer.actor.role].purpose
    authority = replace(authorise(viewer, permission=Permission.SHIELD_ADDRESS, purpose=purpose, now=now), act=act)
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        offer = HandRow.objects.filter(id=hand).first()
    if offer is None:
        raise Refused("absent", "There is no shield here that is offered to your team.")
    return authority, offer


def _standing(shield: UUID) -> list[HandRow]:
    settled = HandEndRow.objects.filter(hand__in=HandRow.objects.filter(shield=shield).values("id")).values("hand")
    return list(HandRow.objects.filter(shield=shield).exclude(id__in=settled))


def _settle(offer: HandRow, viewer: Viewer, words: str, now: datetime, *, taken: bool) -> None:
    HandEndRow.objects.create(
        hand=offer.id, taken=taken, asked_by=offer.by, by=UUID(viewer.actor.practitioner), by_name=viewer.actor.name,
        words=words.strip(), at=now,
    )  # fmt: skip


def _go_on(row: ShieldRow, offer: HandRow, viewer: Viewer, now: datetime) -> UUID:
    """The same shield under the other team, its reviews with it; only then does the old one end.

    What a release had opened it had opened of the old one: whoever needs it asks again.
    """
    copied = {name: getattr(row, name) for name in _COPIED}
    new = ShieldRow(id=new_id(), holder_team=offer.to_team, continues=row.id, **copied)
    new.save(force_insert=True)
    insert_all(
        ShieldFromRow(shield=new, person=p)
        for p in ShieldFromRow.objects.filter(shield=row).values_list("person", flat=True)
    )
    insert_all(
        ShieldReviewRow(shield=new, words=r.words, by=r.by, by_name=r.by_name, at=r.at, on=r.on, review_by=r.review_by)
        for r in ShieldReviewRow.objects.filter(shield=row).order_by("at", "id")
    )
    insert_all(
        DocumentShieldRow(document=d, shield=new.id)
        for d in DocumentShieldRow.objects.filter(shield=row.id).values_list("document", flat=True)
    )
    asked = ShieldEndAskRow.objects.create(shield=row, by=offer.by, by_name=offer.by_name, why=offer.why, at=offer.at)
    ShieldEndRow.objects.create(
        shield=row, ask=asked, asked_by=offer.by, by=UUID(viewer.actor.practitioner), by_name=viewer.actor.name,
        why="Taken over by another team.", at=now,
    )  # fmt: skip
    return new.id
