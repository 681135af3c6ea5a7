"""The list of requests, and writing down a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now
from wholepicture.access.operations import viewing
from wholepicture.access.roles import Permission
from wholepicture.casework.subject_access.operations import receive
from wholepicture.casework.subject_access.queries import requests_shown
from wholepicture.casework.subject_access.types import Asker
from wholepicture.foundation.authority import Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.requests.forms import NewForm
from wholepicture.web.pages.requests.shown import authority_for, card_of
from wholepicture.web.views import page, signed_in, told


@require_safe
@signed_in
def requests_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every request that the viewer handles: those whose day is nearest first, then those that are done."""
    with viewing(viewer, permission=Permission.HANDLE_REQUEST, purpose=Purpose.RIGHTS, now=now(), act="request.list"):
        cards = [card_of(r) for r in requests_shown()]
        waiting = sorted((c for c in cards if c.open), key=lambda c: (c.clock.due is None, str(c.clock.due)))
        return page(request, "requests/list.html", {"waiting": waiting, "ended": [c for c in cards if not c.open]})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Write down a request as it came."""
    authority = authority_for(viewer, Permission.HANDLE_REQUEST)
    form = NewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = receive(
                authority=authority, asker=Asker(given["asker"]), asker_name=given["asker_name"],
                given_name=given["given_name"], family_name=given["family_name"], born=given["born"],
                scope=given["scope"], received_on=given["received_on"], now=now(),
            )  # fmt: skip
            return told(reverse("request", args=[made]), "request-received")
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    return page(request, "requests/new.html", {"form": form})
