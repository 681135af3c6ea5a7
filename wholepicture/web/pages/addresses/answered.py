"""The shields that the reader's team answers for, whether or not it still works with the family; handing one over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission
from wholepicture.agencies.queries import TeamCard, practitioners, teams
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.answering import (
    Answered,
    Hand,
    answered,
    hand_card,
    offered_with,
    set_with,
    shields_answered,
)
from wholepicture.people.addresses.handing import could_hold, decline_shield, offer_shield, take_shield
from wholepicture.web.pages.addresses.forms import HandForm, OfferForm
from wholepicture.web.pages.addresses.shown import shield_line
from wholepicture.web.views import page, reading, signed_in, told
from wholepicture.web.words import say_date, say_moment


@dataclass(frozen=True, slots=True)
class Line:
    """A shield in a list: whose, what waits (blank where nothing does), and where it is opened."""

    name: str
    flag: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of the reader's shields, and how many they are in all."""

    waiting: tuple[Line, ...]
    total: int


def waiting_lines(day: date) -> Waiting:
    """For a work list; call inside `reading`."""
    found = lines_of(day)
    return Waiting(tuple(line for line in found if line.flag), len(found))


def lines_of(day: date) -> list[Line]:
    """Every shield that the reader's teams answer for or are offered; call inside `reading`."""
    found = shields_answered()
    staffed = {card.team for card in practitioners()} if found else set()
    directory = teams() if found else {}
    return [_line(a, day, staffed, directory) for a in found]


@require_safe
@signed_in
def shields_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All of them: what is offered first, then the first due for review."""
    with reading(viewer, act="shield.list", permission=Permission.SHIELD_ADDRESS):
        return page(request, "addresses/shields.html", {"lines": lines_of(today())})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hand_page(request: HttpRequest, viewer: Viewer, shield: UUID) -> HttpResponse:
    """Offer a shield to another team."""
    with reading(viewer, act="shield.find", permission=Permission.SHIELD_ADDRESS):
        found = held_here(shield)
    with reading(viewer, act="shield.hand", permission=Permission.SHIELD_ADDRESS, person=found.person, ledger=True):
        assert found.shield is not None
        offered = [(code, name) for code, name in could_hold().items() if code != found.shield.holder_team]
        others = [(str(a.id), a.name) for a in set_with(found)]
        form = HandForm(request.POST if request.method == "POST" else None, teams=offered, others=others)
        if not form.is_valid():
            line = shield_line(found.shield, teams(), today())
            return page(request, "addresses/hand.html", {"form": form, "shield": line, "whose": found.name})
    given, moment = form.cleaned_data, now()
    for each in (shield, *map(UUID, given["others"])):
        offer_shield(viewer=viewer, shield=each, to_team=given["team"], why=given["why"], now=moment)
    return told(reverse("shield", args=[shield]), "shield-offered")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer_page(request: HttpRequest, viewer: Viewer, hand: UUID) -> HttpResponse:
    """Take a shield over that is offered, or decline it; those who offered it may take the offer back."""
    with reading(viewer, act="shield.find", permission=Permission.SHIELD_ADDRESS):
        card = hand_card(hand)
        found = answered(card.shield) if card and card.taken is None else None
        together = offered_with(card) if card else []
    if card is None or found is None:
        raise Refused("absent", "There is no shield here that is offered to your team.")
    mine = found.shield is not None or str(card.by) == viewer.actor.practitioner
    with reading(viewer, act="shield.offer", permission=Permission.SHIELD_ADDRESS, person=found.person, ledger=True):
        acts = [("no", "Take the offer back")] if mine else [("no", "No")]
        if not mine and viewer.actor.team == card.to_team:
            acts.insert(0, ("yes", "Yes, we take it over"))
        form = OfferForm(request.POST if request.method == "POST" else None, acts=acts)
        if mine:
            form.fields["taken"].label = "What do you do?"
        if not form.is_valid():
            context = {
                "form": form, "hand": card, "whose": found.name, "mine": mine, "offered": _offer(card, teams()),
                "others": [a.name for a in together if a.id != found.id],
            }  # fmt: skip
            return page(request, "addresses/offer.html", context)
    words, moment = form.cleaned_data["words"], now()
    for each in [a.offer.id for a in together if a.offer]:
        if form.cleaned_data["taken"] == "no":
            decline_shield(viewer=viewer, hand=each, words=words, now=moment)
        else:
            take_shield(viewer=viewer, hand=each, words=words, now=moment)
    return told(reverse("shields"), "shield-declined" if form.cleaned_data["taken"] == "no" else "shield-taken")


def held_here(shield: UUID) -> Answered:
    """A shield that the reader's team answers for; one that is only offered, hidden or absent is refused alike."""
    found = answered(shield)
    if found is None or found.shield is None:
        raise Refused("absent", "There is no shield here that your team answers for.")
    return found


@dataclass(frozen=True, slots=True)
class HandLine:
    """An offer in words, and where it is settled while it stands."""

    said: str
    href: str


def hand_line(hand: Hand, directory: Mapping[str, TeamCard]) -> HandLine:
    """What was offered, and what became of it."""
    said = _offer(hand, directory)
    if hand.taken is None or hand.end_at is None:
        return HandLine(f"{said} It waits for them.", reverse("shield-offer", args=[hand.id]))
    end = "Taken over" if hand.taken else "Not taken"
    words = f": {hand.end_words}" if hand.end_words else ""
    return HandLine(f"{said} {end} by {hand.end_by_name}, {say_moment(hand.end_at)}{words}", "")


def _offer(hand: Hand, directory: Mapping[str, TeamCard]) -> str:
    name, to = (directory[t].name if t in directory else t for t in (hand.from_team, hand.to_team))
    return f"{hand.by_name}, {name}, offered it to {to}, {say_moment(hand.at)}."


def _line(found: Answered, day: date, staffed: set[str], directory: Mapping[str, TeamCard]) -> Line:
    if found.shield is None:
        offer = found.offer
        said = f"offered to your team: {_offer(offer, directory)}" if offer else "offered to your team"
        return Line(found.name, "Offered to you", said, reverse("shield-offer", args=[offer.id]) if offer else "")
    href = reverse("shield", args=[found.id])
    due = f"review by {say_date(found.shield.review_by)}"
    if found.shield.holder_team not in staffed:
        return Line(found.name, "Nobody holds it", f"nobody is left in the team that held it; {due}", href)
    if found.shield.overdue(day):
        return Line(found.name, "Review overdue", f"due by {say_date(found.shield.review_by)}", href)
    if found.shield.end_asked_by is not None:
        said = f"{found.shield.end_asked_by_name} asked for it to end; somebody else must agree"
        return Line(found.name, "End asked for", said, href)
    return Line(found.name, "", due if found.offer is None else f"{due}; offered to another team", href)
