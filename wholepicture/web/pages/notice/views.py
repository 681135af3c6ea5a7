"""Recording a notice; what a team has sent; and one notice's receipt, with what became of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission
from wholepicture.agencies.queries import teams
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.queries import notice_item, tasks_of_entry
from wholepicture.casework.screening.queries import notices_sent_by
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.files.shown import beside_entry
from wholepicture.web.pages.notice.rows import NoticeForms
from wholepicture.web.views import allowed, page, reading, signed_in


@require_safe
@signed_in
def notices_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer's team has sent, newest first, and what became of it."""
    with reading(viewer, act="notices.list", permission=Permission.SEND_NOTICE):
        sent = notices_sent_by(viewer.actor.team, today())
        return page(request, "notice/list.html", {"sent": sent, "today": today()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_notice_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The form; sent when it says all that others need, shown again with what was typed when it does not."""
    authority = allowed(viewer, Permission.SEND_NOTICE)
    if request.method != "POST":
        return page(request, "notice/new.html", {"form": NoticeForms()})
    form = NoticeForms.typed(request.POST)
    if form.added:
        return page(request, "notice/new.html", {"form": form})
    notice = form.checked_notice(now(), today())
    if notice is None:
        return page(request, "notice/new.html", {"form": form})
    try:
        entry = send_notice(authority=authority, notice=notice, now=now())
    except Refused as refused:
        if refused.code != "reference-sent":
            raise
        form.incident.add_error("reference", refused.sentence)
        return page(request, "notice/new.html", {"form": form})
    return HttpResponseRedirect(f"{reverse('notice', args=[entry])}?done=notice-sent")


@require_safe
@signed_in
def notice_page(request: HttpRequest, viewer: Viewer, entry: UUID) -> HttpResponse:
    """The receipt: when it was received, who will see it, its clock; later the decision and every answer."""
    with reading(viewer, act="notice.open", entry=entry):
        item = notice_item(entry, today())
        if item is None:
            raise Refused("absent", "There is no such notice.")
        context = {
            "item": item,
            "tasks": tasks_of_entry(entry),
            "team": teams().get(item.card.team),
            "today": today(),
            "mine": item.card.sent_by_team == viewer.actor.team,
            "files": beside_entry(UUID(item.children[0].person), entry) if item.children else [],
            "may_add": item.incident.agency == viewer.actor.agency,
        }
        return page(request, "notice/receipt.html", context)
