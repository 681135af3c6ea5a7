"""Reading the very file that goes, what is left out and why beside it; a second person says there if it may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission, may
from wholepicture.casework.disclosure.operations import approve
from wholepicture.casework.disclosure.queries import DisclosureCard, disclosure_card, sealed
from wholepicture.casework.disclosure.rules import why_may_not_approve
from wholepicture.casework.disclosure.types import Block, Event, LeftOut, Made
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.lists import people_named
from wholepicture.people.queries import family_of
from wholepicture.record.kinds import agency_label, kind_label
from wholepicture.record.types import Entry
from wholepicture.web.pages.disclosure.forms import ApproveForm
from wholepicture.web.pages.disclosure.making import Files
from wholepicture.web.pages.disclosure.shown import line_of
from wholepicture.web.views import allowed, page, reading, signed_in, told

SEE = Permission.SEE_DISCLOSURES


@dataclass(frozen=True, slots=True)
class LeftOutEntry:
    """An entry that does not go, as a reader who may read it sees it beside the document."""

    what: str
    when: str
    text: str
    why: str


def read_page(files: Files) -> Callable[..., HttpResponse]:
    """The page on which a file is read before it goes; `files` turns its bytes into what is read."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, disclosure: UUID) -> HttpResponse:
        card = _found(viewer, disclosure)
        form = ApproveForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                return _decided(request, viewer, card, form)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
        with reading(viewer, act="disclosure.read", permission=SEE, person=card.child):
            again = disclosure_card(disclosure) or card
            read = sealed(again)
            if read is None:
                raise Refused("absent", "There is no file here for you to read.")
            return page(request, "disclosure/read.html", _context(viewer, again, read, form, files))

    return view


def _found(viewer: Viewer, disclosure: UUID) -> DisclosureCard:
    with reading(viewer, act="disclosure.open", permission=SEE):
        card = disclosure_card(disclosure)
    if card is None or card.words is None:
        raise Refused("absent", "There is nothing here of that.")
    return card


def _decided(request: HttpRequest, viewer: Viewer, card: DisclosureCard, form: ApproveForm) -> HttpResponse:
    data = form.cleaned_data
    yes = data["may"] == "yes"
    approve(
        authority=allowed(viewer, Permission.SHARE, card.child), child=card.child, disclosure=card.id, approve=yes,
        seal=str(request.POST.get("seal", "")), reason=data["approve_reason"], now=now(),
    )  # fmt: skip
    return told(reverse("disclosure", args=[card.id]), "share-approved" if yes else "share-not-approved")


def _context(
    viewer: Viewer, card: DisclosureCard, read: tuple[Made, str, str], form: ApproveForm, files: Files
) -> dict[str, Any]:
    made, digest, seal = read
    who = UUID(viewer.actor.practitioner)
    left = _left_out(card)
    return {
        "card": card, "line": line_of(card), "form": form, "name": _name(card.child), "blocks": _blocks(made, files),
        "file": made.name, "digest": digest, "seal": seal, "left": left, "unread": card.left_altogether - len(left),
        "hand": next((s.words for s in card.steps if s.event is Event.HELD_BACK), ""),
        "may_approve": not why_may_not_approve(
            viewer.actor.role, own=who in (card.by, card.recipient_practitioner),
            shares=may(viewer.actor.role, Permission.SHARE), needed=card.approver),
    }  # fmt: skip


def _blocks(made: Made, files: Files) -> tuple[Block, ...] | None:
    """The file as it is read; None where it cannot be shown whole, and so cannot be approved."""
    try:
        return files.shows(made)
    except ValueError:
        return None


def _left_out(card: DisclosureCard) -> list[LeftOutEntry]:
    reasons = {entry: reason for entry, reason in card.items if reason is not None}
    held: Mapping[str, Entry] = {e.id: e for e in family_of([card.child]).entries} if reasons else {}
    return [_entry(held[str(k)], reason) for k, reason in reasons.items() if str(k) in held]


def _entry(entry: Entry, reason: LeftOut) -> LeftOutEntry:
    what = f"{kind_label(entry.kind)}, {agency_label(entry.agency)}"
    return LeftOutEntry(what, entry.occurred.in_words(), entry.summary, reason.words)


def _name(child: UUID) -> str:
    found = people_named([child]).get(child)
    return found.name if found else ""
