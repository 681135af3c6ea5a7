"""What goes out: read whole by the second reader, signed off or returned, and then taken out as a file."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission
from wholepicture.casework.subject_access.gathering import held_about
from wholepicture.casework.subject_access.operations import check_signed, note, sign_off
from wholepicture.casework.subject_access.queries import decisions_of, state_of
from wholepicture.casework.subject_access.rules import release_of
from wholepicture.casework.subject_access.types import Held, Release, Request
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.requests.forms import WordsForm
from wholepicture.web.pages.requests.shown import authority_for, card_of, reviewing
from wholepicture.web.views import page, signed_in, told
from wholepicture.web.words import say_date

Writer = Callable[[Release], bytes]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_page(request: HttpRequest, viewer: Viewer, asked: UUID) -> HttpResponse:
    """What the asker would get, whole; the second reader signs it off or returns it."""
    form = WordsForm(
        request.POST if request.method == "POST" else None, prefix="sign",
        label="What did you check, and what must be changed if anything?",
    )  # fmt: skip
    with reviewing(viewer, asked, "request.answer") as (known, person):
        held = held_about(person, known.received_on)
        release = answer_of(known, held)
        context = {"card": card_of(known), "release": release, "form": form, "signs": _signs(viewer, known)}
        shown = page(request, "requests/answer.html", context)
    if not form.is_valid():
        return shown
    authority = authority_for(viewer, Permission.REVIEW_REQUEST, person)
    words, at = form.cleaned_data["words"], now()
    try:
        if request.POST.get("act") == "sign":
            sign_off(authority=authority, request=asked, held=held, words=words, now=at)
        else:
            note(authority=authority, request=asked, event="returned", words=words, now=at)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        with reviewing(viewer, asked, "request.answer"):
            return page(request, "requests/answer.html", context)
    return told(reverse("request", args=[asked]), "request-done")


def answer_file(write: Writer, suffix: str, content_type: str) -> Callable[..., HttpResponse]:
    """A view that gives the signed answer as a file; who may write which format is wired in `config.urls`."""

    @require_safe
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, asked: UUID) -> HttpResponse:
        with reviewing(viewer, asked, f"request.{suffix}") as (known, person):
            release = answer_of(known, held_about(person, known.received_on))
            check_signed(known, release)
        response = HttpResponse(write(release), content_type=content_type)
        # The file's name holds no name of anybody: it is seen in lists of downloads.
        response["Content-Disposition"] = f'attachment; filename="answer-{str(asked)[-6:]}.{suffix}"'
        return response

    return view


def answer_of(known: Request, held: Held) -> Release:
    """What goes out, with what stands above it."""
    notes = (
        f"Asked for by {known.asker_name}, received {say_date(known.received_on)}.",
        "This is what was held about the person on that day, as it was written. Where a mark stands in square "
        "brackets something is withheld; the schedule at the end says why, and under which law.",
        "You may ask for this to be looked at again, ask for what is wrong to be put right, and complain to the "
        "Information Commissioner’s Office (ico.org.uk).",
    )
    title = f"What is held about {known.about}"
    return release_of(title, notes, held.items, decisions_of(known.id), held.kept)


def _signs(viewer: Viewer, known: Request) -> bool:
    step = known.second_reader
    mine = step is not None and str(step.practitioner) == viewer.actor.practitioner
    return mine and state_of(known) in ("signing", "ready")
