"""The independent review of each break-glass, within two working days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now
from wholepicture.access.glass import review_glass
from wholepicture.access.operations import reads_of
from wholepicture.access.policy import MAY_REVIEW_GLASS
from wholepicture.access.queries import Glass, glass_to_review
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.child.ledger import act_words
from wholepicture.web.pages.glass.forms import ReviewForm
from wholepicture.web.pages.glass.told import openings
from wholepicture.web.views import page, reading, signed_in, told
from wholepicture.web.words import say_moment

_LATEST: Final = 2000  # rows of the ledger that are searched; a record opened for a day has fewer


@dataclass(frozen=True, slots=True)
class Did:
    """One thing that was looked at or done while the glass was broken."""

    at: str
    what: str


@require_safe
@signed_in
def reviews_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits for the viewer's review, the longest overdue first."""
    _reviews(viewer)
    with reading(viewer, act="glass.list", permission=Permission.VIEW_LEDGER):
        found = openings(sorted(glass_to_review(viewer), key=lambda g: g.opened_at))
        return page(request, "glass/reviews.html", {"openings": found})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def review_page(request: HttpRequest, viewer: Viewer, glass: UUID) -> HttpResponse:
    """One break-glass: why, and what was looked at; then whether it was justified. Access refuses who is too near."""
    _reviews(viewer)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        review_glass(viewer=viewer, glass=glass, justified=given["justified"], comment=given["comment"], now=now())
        return told(reverse("glass"), "glass-reviewed")
    with reading(viewer, act="glass.open", permission=Permission.VIEW_LEDGER):
        found = next((g for g in glass_to_review(viewer) if g.id == glass), None)
        if found is None:
            raise Refused("no-glass", "There is nothing here for you to review.")
        [opening] = openings([found])
        context = {"opening": opening, "did": list(_done(found)), "form": form}
        return page(request, "glass/review.html", context)


def _reviews(viewer: Viewer) -> None:
    if viewer.actor.role not in MAY_REVIEW_GLASS:
        raise Refused("role", "An information governance lead, a manager or a named nurse reviews this.")


def _done(glass: Glass) -> Iterator[Did]:
    """What they did about this child while it was open, as far as the reviewer may see, the earliest first."""
    for row in reversed(reads_of(glass.person, limit=_LATEST)):
        # The breaking itself is what the page is about.
        if row.act.startswith("glass:"):
            continue
        if row.practitioner == glass.practitioner and glass.opened_at <= row.clock <= glass.until:
            yield Did(say_moment(row.clock), act_words(row.act))
