"""The pages of who somebody is. Both records are read under the reader's own claims: nobody joins what they see not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholepicture.access.clock import now
from wholepicture.access.operations import acting, find_existence
from wholepicture.access.roles import Permission, may
from wholepicture.agencies.queries import practitioners
from wholepicture.casework.who.operations import join_people, part_people
from wholepicture.casework.who.queries import may_also_be
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.joining.queries import cards_of
from wholepicture.people.joining.rules import retype_words
from wholepicture.people.joining.types import Card
from wholepicture.people.queries import family_of, standing
from wholepicture.people.types import Person
from wholepicture.web.drawings.words import name_words
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.glass.asked import ask
from wholepicture.web.pages.glass.forms import FindForm
from wholepicture.web.pages.who.forms import JoinForm, PartForm
from wholepicture.web.pages.who.shown import compared, consequences, known_of, side_of, warnings
from wholepicture.web.views import allowed, page, reading, signed_in, told


@require_safe
@signed_in
def who_page(request: HttpRequest, viewer: Viewer, person: UUID) -> HttpResponse:
    """How each agency knew somebody, and what was decided of it."""
    with reading(viewer, act="who.open", person=person):
        whose = standing(person)
        cards = cards_of(whose)
        return page(request, "who/who.html", _context(viewer, whose, cards, PartForm(None, _choices(cards))))


@require_POST
@signed_in
def part_page(request: HttpRequest, viewer: Viewer, person: UUID) -> HttpResponse:
    """Say that some of what is known of somebody is about somebody else."""
    authority = allowed(viewer, Permission.DECIDE_WHO, person)
    with reading(viewer, act="who.open", person=person):
        whose = standing(person)
        cards = cards_of(whose)
        form = PartForm(request.POST, _choices(cards))
        if not form.is_valid() or not _parted(authority, whose, form):
            return page(request, "who/who.html", _context(viewer, whose, cards, form))
    return told(reverse("who", args=[whose]), "parted")


def _parted(authority: Authority, person: UUID, form: PartForm) -> bool:
    chosen, ground = form.cleaned_data["identities"], form.cleaned_data["ground"]
    try:
        part_people(authority=authority, person=person, identities=chosen, ground=ground, now=now())
    except Refused as refusal:
        form.add_error("identities" if refusal.code == "chosen" else "ground", str(refusal))
        return False
    return True


@require_POST
@signed_in
def find_other_page(request: HttpRequest, viewer: Viewer, person: UUID) -> HttpResponse:
    """Find the record that may be the same person's: one that the reader has a claim to, or whom to ask of it."""
    allowed(viewer, Permission.DECIDE_WHO, person)
    form = FindForm(request.POST)
    if form.is_valid():
        ask(viewer.actor.practitioner, now())
        wanted = {name: form.cleaned_data[name] for name in ("nhs_number", "given_name", "family_name", "born")}
        held = find_existence(viewer, now=now(), **wanted)
        if held is None:
            form.add_error(None, "No other child of that number, or of that name and birth date, is on the record")
        elif not _sees(viewer, held.person):
            form.add_error(None, f"That record is held, and not by your team. Ask {held.team_name or 'the front door'}")
        elif held.person == person:
            form.add_error(None, "That is this record")
        else:
            return HttpResponseRedirect(reverse("who-join", args=[person, held.person]))
    with reading(viewer, act="who.open", person=person):
        whose = standing(person)
        cards = cards_of(whose)
        context = _context(viewer, whose, cards, PartForm(None, _choices(cards)), finding=form)
        return page(request, "who/who.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def join_page(request: HttpRequest, viewer: Viewer, person: UUID, other: UUID) -> HttpResponse:
    """Two records side by side, what joining them would do, and saying that they are one person's."""
    authority = allowed(viewer, Permission.DECIDE_WHO, person, other)
    with reading(viewer, act="who.compare", person=other):
        pass  # that both were looked at is written down before either is shown
    with reading(viewer, act="who.compare", person=person):
        kept, second = standing(person), standing(other)
        if kept == second:
            return HttpResponseRedirect(reverse("who", args=[kept]))
        context, known = _sides(kept, second)
        form = JoinForm(request.POST if request.method == "POST" else None, retype_words(known))
        if not form.is_valid() or not _joined(authority, kept, second, form):
            return page(request, "who/join.html", context | {"form": form})
    return told(reverse("who", args=[kept]), "joined")


def _joined(authority: Authority, person: UUID, other: UUID, form: JoinForm) -> bool:
    retyped, ground = form.cleaned_data.get("retyped", ""), form.cleaned_data["ground"]
    try:
        join_people(authority=authority, person=person, other=other, retyped=retyped, ground=ground, now=now())
    except Refused as refusal:
        form.add_error("retyped" if refusal.code == "retyped" else "ground", str(refusal))
        return False
    return True


def _sees(viewer: Viewer, person: UUID) -> bool:
    try:
        allowed(viewer, Permission.VIEW_CHILD, person)
    except Refused as refusal:
        if refusal.code != "no-claim":
            raise
        return False
    return True


def _choices(cards: list[Card]) -> list[tuple[str, str]]:
    known = [known_of(c, {}) for c in cards]
    return [(k.identity, f"{k.name}, {k.facts}, as {k.by} knew them") for k in known]


def _sides(one: UUID, other: UUID) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    records = [family_of([p]) for p in (one, other)]
    held = [cards_of(p) for p in (one, other)]
    first, second = (side_of(p, r, c, now()) for p, r, c in zip((one, other), records, held, strict=True))
    context = {
        "one": first,
        "other": second,
        "rows": compared(first, second),
        "warnings": warnings(first, second),
        "consequences": consequences(first, second),
    }
    return context, [(c.nhs_number, c.born) for c in held[1]]


def _context(
    viewer: Viewer, person: UUID, cards: list[Card], form: GovForm, finding: FindForm | None = None
) -> dict[str, Any]:
    staff = {card.id: card.name for card in practitioners(leavers_too=True)}
    whose = family_of([person]).people.get(str(person))
    decides = may(viewer.actor.role, Permission.DECIDE_WHO)
    return {
        "person": person,
        "name": name_words(whose, str(person)),
        "child": whose is not None and whose.is_child,
        "known": [known_of(card, staff) for card in cards],
        "decides": decides,
        "form": finding if finding is not None and finding.is_bound else form,
        "parting": form,
        "finding": finding or FindForm(),
        "suggested": _suggested(viewer, person) if decides else [],
    }


def _suggested(viewer: Viewer, person: UUID) -> list[tuple[UUID, str, str]]:
    """Others whom the reader sees and whom this may be: id, name and what agrees."""
    with acting(replace(allowed(viewer, Permission.DECIDE_WHO, person), act="who.suggest"), person=person):
        found = may_also_be(person)
    seen = {p: why for p, why in found.items() if _sees(viewer, p)}
    named: dict[str, Person] = dict(family_of(list(seen), hops=0).people) if seen else {}
    return [(p, name_words(named.get(str(p)), str(p)), why) for p, why in seen.items()]
