"""The items of a request, one by one: what is held, what to look at twice, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission
from wholepicture.casework.subject_access.gathering import held_about
from wholepicture.casework.subject_access.operations import decide, look_beside
from wholepicture.casework.subject_access.queries import decisions_of, state_of
from wholepicture.casework.subject_access.rules import left_of, needs_harm_check, standing
from wholepicture.casework.subject_access.suggestions import Beside, suggestions
from wholepicture.casework.subject_access.types import Decision, Held, Item, Outcome, Request, Suggestion
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.requests.item_forms import Choice, ItemForm
from wholepicture.web.pages.requests.shown import authority_for, card_of, reviewing
from wholepicture.web.views import page, signed_in, told


@dataclass(frozen=True, slots=True)
class Line:
    """An item in the list: what it is, what was decided, whether it has changed since."""

    item: Item
    decision: Decision | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of an item: as it stands, as the asker would get it, and its sentences to choose from."""

    name: str
    label: str
    text: str
    given: str
    choices: Sequence[Choice]


@require_safe
@signed_in
def items_page(request: HttpRequest, viewer: Viewer, asked: UUID) -> HttpResponse:
    """Every item, and how many are left."""
    with reviewing(viewer, asked, "request.items") as (known, person):
        held, decisions = held_about(person, known.received_on), decisions_of(asked)
        lines = _lines(held.items, decisions)
        left = [line for line in lines if line.decision is None]
        context = {
            "card": card_of(known), "lines": lines, "left": len(left), "first": left[0].item.id if left else None,
            "counts": _counts(lines), "mine": _decides(viewer, known), "kept": held.kept, "person": person,
        }  # fmt: skip
        return page(request, "requests/items.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def item_page(request: HttpRequest, viewer: Viewer, asked: UUID, item: UUID) -> HttpResponse:
    """One item; a POST decides it and goes on to the next that nobody has decided."""
    with reviewing(viewer, asked, "request.item") as (known, person):
        held, decisions = held_about(person, known.received_on), decisions_of(asked)
    items = held.items
    found = next((i for i in items if i.id == item), None)
    if found is None:
        raise Refused("absent", "There is no such item.")
    form = ItemForm(
        request.POST if request.method == "POST" else None, item=found, decision=decisions.get(item), day=today()
    )
    if form.is_valid() and _decided(viewer, known, held, found, form, str(request.POST.get("digest", ""))):
        return _onwards(items, decisions, known, item)
    beside = look_beside(authority=authority_for(viewer, Permission.REVIEW_REQUEST, person), request=known)
    with reviewing(viewer, asked, "request.item") as (known, person):
        return page(request, "requests/item.html", _context(viewer, known, items, decisions, found, form, beside))


def _decided(viewer: Viewer, known: Request, held: Held, item: Item, form: ItemForm, digest: str) -> bool:
    given, people = form.cleaned_data, [known.person] if known.person else []
    try:
        decide(
            authority=authority_for(viewer, Permission.REVIEW_REQUEST, *people), request=known.id, held=held,
            item=item.id, digest=digest, outcome=Outcome(given["outcome"]), cuts=given["cuts"], code=given["code"],
            words=given["note"], now=now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _onwards(items: Sequence[Item], before: Mapping[UUID, Decision], known: Request, item: UUID) -> HttpResponse:
    stand = standing(items, before).keys() | {item}
    place = next(n for n, i in enumerate(items) if i.id == item)
    left = [i.id for i in (*items[place:], *items[:place]) if i.id not in stand]
    if left:
        # No banner between items: how many are left says that it is recorded.
        return HttpResponseRedirect(reverse("request-item", args=[known.id, left[0]]))
    return told(reverse("request-items", args=[known.id]), "item-decided")


def _context(
    viewer: Viewer,
    known: Request,
    items: Sequence[Item],
    decisions: Mapping[UUID, Decision],
    item: Item,
    form: ItemForm,
    beside: Beside,
) -> dict[str, Any]:
    stand = standing(items, decisions)
    place = next(n for n, i in enumerate(items) if i.id == item.id)
    found = suggestions(item, known.asker, beside)
    offered = form.suggested(found)
    parts = [_part(item, p.name, form, found, stand.get(item.id)) for p in item.parts]
    everything = [*offered, *(c for p in parts for c in p.choices)]
    return {
        "card": card_of(known), "item": item, "form": form, "parts": parts, "offered": offered,
        "earlier": form.earlier(everything), "whole": [s for s in found if s.cut is None],
        "decision": stand.get(item.id), "changed": item.id in decisions and item.id not in stand,
        "number": place + 1, "total": len(items), "left": len(items) - len(stand),
        "previous": items[place - 1].id if place else None,
        "next": items[place + 1].id if place + 1 < len(items) else None,
        "mine": _decides(viewer, known), "harm": needs_harm_check(known.asker, beside.perpetrator_linked),
    }  # fmt: skip


def _part(item: Item, name: str, form: ItemForm, found: tuple[Suggestion, ...], decision: Decision | None) -> Shown:
    part = next(p for p in item.parts if p.name == name)
    cuts = [c for c in decision.cuts if c.part == name] if decision else []
    gone = decision is not None and decision.outcome is Outcome.WITHHOLD
    given = "" if gone else left_of(part.text, cuts)
    return Shown(name, part.label, part.text, given, form.sentences_of(name, found))


def _lines(items: Sequence[Item], decisions: Mapping[UUID, Decision]) -> list[Line]:
    stand = standing(items, decisions)
    return [Line(i, stand.get(i.id), i.id in decisions and i.id not in stand) for i in items]


def _counts(lines: Sequence[Line]) -> dict[str, int]:
    decided = [line.decision.outcome for line in lines if line.decision is not None]
    return {o.label: decided.count(o) for o in Outcome}


def _decides(viewer: Viewer, known: Request) -> bool:
    step = known.reviewer
    mine = step is not None and str(step.practitioner) == viewer.actor.practitioner
    return mine and state_of(known) == "reviewing"
