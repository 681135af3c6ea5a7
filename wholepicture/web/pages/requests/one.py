"""One request: its clock, what is left, and the acts that its state allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission, may
from wholepicture.casework.subject_access import operations
from wholepicture.casework.subject_access.gathering import held_about
from wholepicture.casework.subject_access.types import Held, Pause, Request
from wholepicture.casework.transitions import REQUEST
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.requests.forms import IdentifyForm, PauseForm, ReaderForm, WordsForm
from wholepicture.web.pages.requests.shown import Card, authority_for, card_of, handling, happened, reviewing
from wholepicture.web.views import page, signed_in, told

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """Something that may be done to a request: its heading, its form and what it does."""

    name: str
    heading: str
    button: str
    form: GovForm
    open: bool = False


_WORDS: Final = {
    "checked": ("Check who asks", "How did you check who asks, and that they may ask for this person?",
                "What was shown (passport, parental responsibility order, letter of authority), and where it is kept."),
    "harm_checked": ("Harm check", "Who could be harmed by what is given, and how is that prevented?",
                     "An alleged perpetrator may be linked to this record. Name whom you asked: the allocated social "
                     "worker, the police, the domestic abuse service."),
    "resumed": ("Start the clock again", "What was answered, and when?", ""),
    "extended": ("Extend by two months", "Why is this complex, and when was the asker told?",
                 "The law allows it once, and the asker must be told within the first month."),
    "submitted": ("Send to the second reader", "", ""),
    "released": ("Give it", "How was it given, to whom, and how was that checked?",
                 "Say that the address or the collection was checked with the asker today, and not taken from the "
                 "record."),
    "closed": ("Close", "Why is this closed?", "It was given, it was withdrawn, or nothing is held."),
    "returned": ("Return to the reviewer", "What must be changed?", ""),
}  # fmt: skip
_BY_STATE: Final[Mapping[str, tuple[str, ...]]] = {
    "waiting": ("identify", "checked", "assign", "second", "pause", "resumed", "extended", "closed"),
    "reviewing": ("checked", "second", "harm_checked", "submitted", "pause", "resumed", "extended", "assign", "closed"),
    "signing": ("pause", "resumed", "extended"),
    "ready": ("released",),
    "released": ("closed",),
    "closed": (),
}
_REVIEWERS: Final = frozenset({"harm_checked", "submitted"})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def request_page(request: HttpRequest, viewer: Viewer, asked: UUID) -> HttpResponse:
    """The request; a POST does the one act whose form was sent, and says what is wrong beside it."""
    with handling(viewer, asked, "request.open") as known:
        card = card_of(known)
        wanted = str(request.POST.get("act", "")) if request.method == "POST" else ""
        acts = _acts(viewer, card, wanted, request.POST if wanted else None)
        chosen = next((a for a in acts if a.name == wanted), None)
    if chosen is not None and chosen.form.is_valid():
        try:
            _do(viewer, known, chosen)
            return told(reverse("request", args=[asked]), "request-done")
        except Refused as refusal:
            chosen.form.add_error(None, refusal.sentence)
    with handling(viewer, asked, "request.open") as known:
        return page(
            request,
            "requests/request.html",
            {
                "card": card, "acts": acts, "happened": happened(known), "form": chosen.form if chosen else None,
                "reads": _reads(viewer, known),
            },
        )  # fmt: skip


def _reads(viewer: Viewer, request: Request) -> bool:
    """Whether the items are for this viewer: the reviewer's and the second reader's."""
    readers = {str(s.practitioner) for s in (request.reviewer, request.second_reader) if s is not None}
    return may(viewer.actor.role, Permission.REVIEW_REQUEST) and viewer.actor.practitioner in readers


def _acts(viewer: Viewer, card: Card, wanted: str, data: Any) -> list[Act]:
    names = [n for n in _BY_STATE[card.state] if _fits(n, viewer, card)]
    return [_act(n, viewer, card, data if n == wanted else None, n == wanted) for n in names]


def _fits(name: str, viewer: Viewer, card: Card) -> bool:
    known, still = card.request, card.clock.due is None
    if name in _REVIEWERS:
        return known.reviewer is not None and str(known.reviewer.practitioner) == viewer.actor.practitioner
    unneeded = {
        "pause": still, "resumed": not still, "extended": card.clock.extended,
        "identify": known.reviewer is not None, "assign": known.person is None, "second": known.person is None,
    }  # fmt: skip
    return not unneeded.get(name, False)


def _act(name: str, viewer: Viewer, card: Card, data: Any, is_open: bool) -> Act:
    me = viewer.actor.practitioner
    if name == "identify":
        form: GovForm = IdentifyForm(data, initial=_as_written(card.request))
        return Act(name, "Find the record", "Find the record", form, is_open)
    if name == "assign":
        hint = "They read this person’s whole record until the request is closed. It shows on the person’s ledger."
        form = ReaderForm(data, label="Reviewer", hint=hint, prefix=name, but=me)
        again = "Give it to another reviewer" if card.reviewer else "Give it to a reviewer"
        return Act(name, again, again, form, is_open)
    if name == "second":
        hint = "Somebody who decides none of it, and signs off what goes out."
        form = ReaderForm(data, label="Second reader", hint=hint, prefix=name, but=me)
        return Act(name, "Name a second reader", "Name the second reader", form, is_open)
    if name == "pause":
        label = "What exactly was asked, and when?"
        return Act(name, "Stop the clock", "Stop the clock", PauseForm(data, label=label, prefix=name), is_open)
    heading, label, hint = _WORDS[name]
    form = WordsForm(data, label=label, hint=hint, prefix=name)
    if name == "submitted":
        del form.fields["words"]
    return Act(name, heading, heading, form, is_open)


def _held(viewer: Viewer, request: Request) -> Held:
    with reviewing(viewer, request.id, "request.check") as (known, person):
        return held_about(person, known.received_on)


def _as_written(request: Request) -> dict[str, object]:
    return {"given_name": request.given_name, "family_name": request.family_name, "born": request.born}


def _do(viewer: Viewer, request: Request, act: Act) -> None:
    authority, given, at = authority_for(viewer, Permission.HANDLE_REQUEST), act.form.cleaned_data, now()
    does: dict[str, Callable[[], None]] = {
        "identify": lambda: operations.identify(
            authority=authority, request=request.id, given_name=given["given_name"], family_name=given["family_name"],
            born=given["born"], nhs_number=given["nhs_number"].replace(" ", ""), now=at),
        "assign": lambda: operations.assign(
            authority=authority, request=request.id, practitioner=UUID(given["practitioner"]), now=at),
        "second": lambda: operations.name_second(
            authority=authority, request=request.id, practitioner=UUID(given["practitioner"]), now=at),
        "pause": lambda: operations.pause(
            authority=authority, request=request.id, reason=Pause(given["reason"]), words=given["words"], now=at),
        "resumed": lambda: operations.resume(authority=authority, request=request.id, words=given["words"], now=at),
        "submitted": lambda: operations.submit(
            authority=authority, request=request.id, held=_held(viewer, request), now=at),
    }  # fmt: skip
    if act.name in does:
        does[act.name]()
    elif act.name in REQUEST["waiting"] or act.name in ("released", "closed"):
        operations.note(authority=authority, request=request.id, event=act.name, words=given["words"], now=at)
