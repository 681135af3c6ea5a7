"""The first page: the reader's list, or what a role without one may see."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.clock import today
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.foundation.authority import Viewer
from wholepicture.web.navigation import navigation
from wholepicture.web.pages.addresses.answered import waiting_lines
from wholepicture.web.pages.files.opening import told_of_viruses
from wholepicture.web.pages.glass.told import told_to
from wholepicture.web.pages.home.listed import ListFilter, my_list
from wholepicture.web.views import page, reading, signed_in


@require_safe
@signed_in
def home_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """My list, what is due first; whoever sees no child's record is told what they do see."""
    if not may(viewer.actor.role, Permission.VIEW_CHILD):
        links = [link for link in navigation(request) if link["href"] != "/"]
        own: dict[str, object] = {"role": ROLES[viewer.actor.role], "links": links, **told_of_viruses(viewer)}
        return page(request, "home/no_list.html", own)
    wanted = ListFilter.from_query(request.GET.dict())
    with reading(viewer, act="list.open"):
        found = my_list(viewer, wanted)
        context = {
            "found": found,
            "wanted": wanted,
            "pagination": _pagination(wanted, found.page, found.pages),
            "overdue": waiting_lines(today()),
            "openings": [o for o in told_to(viewer.actor.team) if not o.verdict],
        }
        return page(request, "home/my_list.html", context)


def _pagination(wanted: ListFilter, page_number: int, pages: int) -> dict[str, object]:
    """Links to the pages beside this one, the first and the last."""

    def href(number: int) -> str:
        query = {"q": wanted.words, "show": wanted.show, "page": str(number) if number > 1 else ""}
        return f"?{urlencode({name: value for name, value in query.items() if value})}"

    shown = sorted({1, pages, *range(max(1, page_number - 1), min(pages, page_number + 1) + 1)})
    items: list[dict[str, object]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": href(number), "current": number == page_number})
    found: dict[str, object] = {"items": items}
    if page_number > 1:
        found["previous"] = {"href": href(page_number - 1)}
    if page_number < pages:
        found["next"] = {"href": href(page_number + 1)}
    return found
