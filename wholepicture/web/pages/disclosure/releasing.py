"""A release for one document: asked on the page of what stopped, decided by somebody of another team."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission
from wholepicture.agencies.queries import teams
from wholepicture.casework.disclosure.queries import disclosure_card
from wholepicture.casework.disclosure.releasing import decide_release
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.documents import DocumentRelease, document_release
from wholepicture.people.lists import people_named
from wholepicture.web.pages.addresses.forms import DecideForm
from wholepicture.web.pages.disclosure.making import Files
from wholepicture.web.pages.disclosure.shown import line_of
from wholepicture.web.views import page, reading, signed_in, told
from wholepicture.web.words import count, say_moment


@dataclass(frozen=True, slots=True)
class PaperLine:
    """An asking for a document in words, and what became of it; `whose` is blank where the reader may not see whose."""

    id: UUID
    document: UUID
    whose: str
    asked: str
    why: str
    length: str
    decided: str


def paper_lines(found: Iterable[DocumentRelease]) -> list[PaperLine]:
    """Askings in words, in their order; call inside `reading`."""
    rows = list(found)
    names, directory = (people_named([r.person for r in rows]), teams()) if rows else ({}, {})
    return [
        PaperLine(
            id=r.id,
            document=r.document,
            whose=names[r.person].name if r.person in names else "",
            asked=f"{r.asked_by_name}, {directory[r.asked_by_team].name if r.asked_by_team in directory else ''}, "
            f"{say_moment(r.asked_at)}",
            why=r.why,
            length=count(r.hours, "hour"),
            decided=_decided(r),
        )
        for r in rows
    ]


def decide_document_page(files: Files) -> Callable[..., HttpResponse]:
    """Decide whether a document may leave with a place that is kept; granted, it is searched again by `files`."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, paper: UUID) -> HttpResponse:
        form = DecideForm(request.POST if request.method == "POST" else None)
        form.fields["granted"].label = "May it leave with the place in it?"
        with reading(viewer, act="release.view", permission=Permission.RELEASE_ADDRESS):
            found = document_release(paper)
            if found is None or found.granted is not None:
                raise Refused("no-release", "There is nothing here for you to decide.")
            if not form.is_valid():
                card = disclosure_card(found.document)
                context = {
                    "form": form, "release": paper_lines([found])[0], "line": line_of(card) if card else None,
                }  # fmt: skip
                return page(request, "disclosure/release.html", context)
        given = form.cleaned_data
        decide_release(
            viewer=viewer, release=paper, granted=given["granted"], why=given["why"], opens=files.opens, now=now()
        )
        return told(reverse("releases"), "release-decided")

    return view


def _decided(release: DocumentRelease) -> str:
    if release.decided_at is None or release.until is None:
        return "Not decided yet."
    by = f"by {release.decided_by_name}, {say_moment(release.decided_at)}: {release.decided_why}"
    if not release.granted:
        return f"Refused {by}"
    used = f" It left {say_moment(release.used_at)}, and the release has served." if release.used_at else ""
    return f"Granted until {say_moment(release.until)}, once, {by}{used}"
