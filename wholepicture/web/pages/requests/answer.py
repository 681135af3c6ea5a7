"""What goes out: read whole by the second reader, signed off or returned, and then taken out as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission
from wholepicture.casework.subject_access.gathering import held_about
from wholepicture.casework.subject_access.operations import check_signed, note, sign_off
from wholepicture.casework.subject_access.queries import decisions_of, state_of
from wholepicture.casework.subject_access.rules import answer_of, undecided
from wholepicture.casework.subject_access.types import Held, Release, Request
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.requests.forms import WordsForm
from wholepicture.web.pages.requests.shown import authority_for, card_of, reviewing, withheld_lines
from wholepicture.web.views import page, signed_in, told

Writer = Callable[[Release], bytes]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_page(request: HttpRequest, viewer: Viewer, asked: UUID) -> HttpResponse:
    """What the asker would get, whole, with what is withheld and why beside it; the second reader signs it off, as it
    was shown, or returns it."""
    form = WordsForm(
        request.POST if request.method == "POST" else None, prefix="sign",
        label="What did you check, and what must be changed if anything?",
    )  # fmt: skip
    if form.is_valid():
        with reviewing(viewer, asked, "request.answer") as (known, person):
            held = held_about(person, known.received_on)
        try:
            _settle(request, viewer, asked, person, held, form.cleaned_data["words"])
            return told(reverse("request", args=[asked]), "request-done")
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    with reviewing(viewer, asked, "request.answer") as (known, person):
        return page(request, "requests/answer.html", _context(viewer, known, person, form))


def _settle(request: HttpRequest, viewer: Viewer, asked: UUID, person: UUID, held: Held, words: str) -> None:
    authority, at = authority_for(viewer, Permission.REVIEW_REQUEST, person), now()
    if request.POST.get("act") == "sign":
        digest = str(request.POST.get("digest", ""))
        sign_off(authority=authority, request=asked, held=held, digest=digest, words=words, now=at)
    else:
        note(authority=authority, request=asked, event="returned", words=words, now=at)


def _context(viewer: Viewer, known: Request, person: UUID, form: WordsForm) -> dict[str, Any]:
    held, decisions = held_about(person, known.received_on), decisions_of(known.id)
    left = undecided(held.items, decisions)
    return {
        "card": card_of(known), "form": form, "signs": _signs(viewer, known), "left": left,
        "release": None if left else answer_of(known, held, decisions), "kept": held.kept,
        "lines": [] if left else withheld_lines(held.items, decisions),
    }  # fmt: skip


def answer_file(write: Writer, suffix: str, content_type: str) -> Callable[..., HttpResponse]:
    """A view that gives the signed answer as a file; who may write which format is wired in `config.urls`."""

    @require_safe
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, asked: UUID) -> HttpResponse:
        with reviewing(viewer, asked, f"request.{suffix}") as (known, person):
            release = answer_of(known, held_about(person, known.received_on), decisions_of(asked))
            check_signed(known, release)
        response = HttpResponse(write(release), content_type=content_type)
        # The file's name holds no name of anybody: it is seen in lists of downloads.
        response["Content-Disposition"] = f'attachment; filename="answer-{str(asked)[-6:]}.{suffix}"'
        return response

    return view


def _signs(viewer: Viewer, known: Request) -> bool:
    step = known.second_reader
    mine = step is not None and str(step.practitioner) == viewer.actor.practitioner
    return mine and state_of(known) in ("signing", "ready")
