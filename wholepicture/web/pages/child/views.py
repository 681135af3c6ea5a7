"""The six tabs of a child's page. Each read is audited before anything is shown, and rendered inside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.queries import glass_of
from wholepicture.access.roles import Permission, may
from wholepicture.casework.disclosure.queries import disclosures_of
from wholepicture.casework.queries import tasks_of
from wholepicture.foundation.authority import Viewer
from wholepicture.people.addresses.documents import document_releases_of
from wholepicture.people.addresses.queries import releases_of
from wholepicture.web.drawings.growth_chart import draw_growth
from wholepicture.web.drawings.picture import draw_picture
from wholepicture.web.drawings.picture_filter import PictureFilter
from wholepicture.web.pages.addresses.release import release_lines
from wholepicture.web.pages.child.chronology import ChronologyFilter
from wholepicture.web.pages.child.ledger import looks_at
from wholepicture.web.pages.child.opened import Opened, open_child
from wholepicture.web.pages.child.questions import for_picture
from wholepicture.web.pages.child.tabs import chronology_tab, family_tab, named_in, shares_of
from wholepicture.web.pages.child.top import top_of
from wholepicture.web.pages.child.work import due_of
from wholepicture.web.pages.disclosure.releasing import paper_lines
from wholepicture.web.pages.files.shown import files_beside
from wholepicture.web.pages.glass.told import openings
from wholepicture.web.views import page, reading, signed_in

KEPT = ("whole", "on")


@require_safe
@signed_in
def picture_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """One drawn timeline of everything that any agency wrote down."""
    with reading(viewer, act="child.picture", person=child):
        opened = open_child(viewer, child, request.GET.dict())
        chosen = PictureFilter.from_query(dict(request.GET.lists()), keep=KEPT)
        view = draw_picture(opened.record, opened.focus, opened.day, for_picture(opened.questions), chosen)
        return _tab(request, viewer, opened, "", {"view": view})


@require_safe
@signed_in
def chronology_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Every entry, by agency, kind, person or significance; and who held what on a day."""
    with reading(viewer, act="child.chronology", person=child):
        opened = open_child(viewer, child, request.GET.dict())
        wanted = ChronologyFilter.from_query(dict(request.GET.lists()))
        context = chronology_tab(opened, wanted) | files_beside(opened, viewer)
        return _tab(request, viewer, opened, "chronology", context)


@require_safe
@signed_in
def family_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """People and households on any day."""
    with reading(viewer, act="child.family", person=child):
        opened = open_child(viewer, child, request.GET.dict())
        view = family_tab(opened, request.GET.get("home_on", ""), request.GET.get("moment", ""))
        people = named_in(opened.record)
        return _tab(request, viewer, opened, "family", {"view": view, "people": people})


@require_safe
@signed_in
def growth_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Every measurement from every agency on the UK-WHO chart; for the family, each child's."""
    with reading(viewer, act="child.growth", person=child):
        opened = open_child(viewer, child, request.GET.dict())
        measure, window = request.GET.get("measure"), request.GET.get("window")
        keep = opened.link("growth").partition("?")[2]
        keys = [c.key for c in opened.record.children] if opened.whole else [opened.key]
        views = [draw_growth(opened.record, k, opened.day, measure, window, keep) for k in keys]
        return _tab(request, viewer, opened, "growth", {"views": views})


@require_safe
@signed_in
def work_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """What is due, and from whom."""
    with reading(viewer, act="child.work", person=child):
        opened = open_child(viewer, child, request.GET.dict())
        people = [UUID(c.key) for c in opened.record.children] if opened.whole else [child]
        context = {"due": due_of(opened.record, opened.focus, opened.day), "tasks": tasks_of(people)}
        return _tab(request, viewer, opened, "work", context)


@require_safe
@signed_in
def ledger_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Who looked, and who shared."""
    with reading(viewer, act="child.ledger", permission=Permission.VIEW_LEDGER, person=child):
        opened = open_child(viewer, child, request.GET.dict())
        context = {
            "looks": looks_at(child),
            "disclosures": len(disclosures_of(child)),
            "shares": shares_of(opened.record, opened.focus),
            "openings": openings(glass_of(child)),
            "releases": release_lines(releases_of(child)),
            "papers": paper_lines(document_releases_of(child)),
            "may_stop": may(viewer.actor.role, Permission.SET_STOP),
        }
        return _tab(request, viewer, opened, "ledger", context)


def _tab(request: HttpRequest, viewer: Viewer, opened: Opened, tab: str, context: dict[str, Any]) -> HttpResponse:
    role = viewer.actor.role
    standard = {
        "opened": opened,
        "top": top_of(opened, tab, viewer),
        "tab": tab,
        "may_answer": may(role, Permission.ANSWER_SIGNAL),
        "may_export": may(role, Permission.EXPORT_RECORD),
    }
    return page(request, f"child/{tab or 'picture'}.html", standard | context)
