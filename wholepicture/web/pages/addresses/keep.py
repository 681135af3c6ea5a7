"""Keeping an address from somebody: set at once by one person; reviewed; and ended by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now, today
from wholepicture.access.operations import acting
from wholepicture.access.roles import Permission
from wholepicture.agencies.queries import agency_names, practitioners, teams
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.people.addresses.answering import Answered, hands_of, homes_kept
from wholepicture.people.addresses.keeping import agree_to_end, ask_to_end, review_shield
from wholepicture.people.addresses.operations import shield as set_shield
from wholepicture.people.addresses.queries import linked_perpetrators
from wholepicture.people.addresses.types import NewShield, Shield
from wholepicture.people.lists import people_named
from wholepicture.people.queries import family_of
from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import AboutRole
from wholepicture.web.pages.addresses.answered import hand_line, held_here
from wholepicture.web.pages.addresses.forms import KeptForm, ShieldForm
from wholepicture.web.pages.addresses.shown import home_lines, household_of, known, shield_line
from wholepicture.web.pages.addresses.views import choices
from wholepicture.web.views import allowed, page, reading, signed_in, told

_REVIEW = ("review", "Review: it must still be kept")
_ASK = ("ask", "Ask for the shield to end: somebody else must agree")
_AGREE = ("agree", "Agree that the shield ends")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shield_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Keep the family's address from somebody: one person's act, in force when this answers."""
    with reading(viewer, act="shield.open", permission=Permission.SHIELD_ADDRESS, person=child):
        record = household_of(child)
        form = _form(request, record, child, today())
        if not form.is_valid():
            return page(request, "addresses/shield.html", {"child": child, "form": form})
    given = form.cleaned_data
    people = [UUID(key) for key in given["people"]]
    new = NewShield(
        reason=given["reason"],
        words=given["words"],
        from_whom=given["from_whom"],
        covers_from=given["covers_from"],
        review_by=given["review_by"],
        people_from=tuple(UUID(key) for key in given["people_from"]),
    )
    authority = allowed(viewer, Permission.SHIELD_ADDRESS, *people)
    unseen = _unseen(authority, child, record)
    set_shield(authority=authority, people=[*people, *unseen], new=new, holder_team=viewer.actor.team, now=now())
    return told(reverse("addresses", args=[child]), "shielded")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def kept_page(request: HttpRequest, viewer: Viewer, shield: UUID) -> HttpResponse:
    """A shield that the viewer's team answers for: what it keeps, its reviews, and its end, which takes two."""
    with reading(viewer, act="shield.find", permission=Permission.SHIELD_ADDRESS):
        found = held_here(shield)
    with reading(viewer, act="shield.view", permission=Permission.SHIELD_ADDRESS, person=found.person, ledger=True):
        assert found.shield is not None
        acts = _acts(found.shield, viewer)
        form = KeptForm(request.POST if request.method == "POST" else None, acts=acts, today=today())
        if not form.is_valid():
            return page(request, "addresses/kept.html", {"form": form, **_kept(found, found.shield)})
    done = _done(viewer, shield, form)
    return told(reverse("shields") if done == "shield-ended" else reverse("shield", args=[shield]), done)


def _kept(found: Answered, shield: Shield) -> dict[str, object]:
    directory = teams()
    involved = found.is_child and found.person in people_named([found.person])
    return {
        "shield": shield_line(shield, directory, today()),
        "whose": found.name,
        "child": found.person if involved else None,
        "left": shield.holder_team not in {card.team for card in practitioners()},
        "homes": home_lines(homes_kept(shield.id), agency_names(), today()),
        "hands": [hand_line(h, directory) for h in hands_of(shield.id)],
        "offered": found.offer is not None,
    }


def _unseen(authority: Authority, child: UUID, record: FamilyRecord) -> list[UUID]:
    """Whoever lives with the child and is not the viewer's to see: their address is the child's, and is kept as well.

    But nobody who is recorded as an alleged perpetrator.
    """
    with acting(replace(authority, act="shield:household"), person=child):
        together = {UUID(key) for key in family_of([child]).household(str(child), today())}
        against = {linked.person for linked in linked_perpetrators([child])}
    return sorted(together - against - {UUID(p.key) for p in known(record, child)})


def _form(request: HttpRequest, record: FamilyRecord, child: UUID, day: date) -> ShieldForm:
    adults = [(key, name) for key, name in choices(record, child) if not record.people[key].is_child]
    # Ticked to begin with: those who live together, but nobody whom the record names as an alleged perpetrator.
    accused = {key for entry in record.entries for key in entry.in_role(AboutRole.ALLEGED_PERPETRATOR)}
    together = record.household(str(child), day) - accused
    kept = [key for key, _ in choices(record, child) if key in together]
    data = request.POST if request.method == "POST" else None
    return ShieldForm(data, people=choices(record, child), adults=adults, today=day, kept=kept)


def _acts(shield: Shield, viewer: Viewer) -> list[tuple[str, str]]:
    """Whoever asked for the end cannot agree to it; until somebody has asked, nobody can."""
    if shield.end_asked_by is None:
        return [_REVIEW, _ASK]
    return [_REVIEW] if str(shield.end_asked_by) == viewer.actor.practitioner else [_REVIEW, _AGREE]


def _done(viewer: Viewer, shield: UUID, form: KeptForm) -> str:
    act, why = form.cleaned_data["act"], form.cleaned_data["why"]
    if act == "review":
        review_shield(viewer=viewer, shield=shield, words=why, next_review=form.cleaned_data["review_by"], now=now())
        return "shield-reviewed"
    if act == "ask":
        ask_to_end(viewer=viewer, shield=shield, why=why, now=now())
        return "shield-end-asked"
    agree_to_end(viewer=viewer, shield=shield, why=why, now=now())
    return "shield-ended"
