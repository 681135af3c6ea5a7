"""The oversight page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.clock import today
from wholepicture.access.roles import Permission, may
from wholepicture.foundation.authority import Viewer
from wholepicture.web.pages.addresses.answered import waiting_lines
from wholepicture.web.pages.glass.told import told_to
from wholepicture.web.pages.oversight.waiting import what_waits
from wholepicture.web.views import page, reading, signed_in


@require_safe
@signed_in
def oversight_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits, and for how long; for a role that opens no record, why there is nothing here to count."""
    role = viewer.actor.role
    with reading(viewer, act="oversight.open", permission=Permission.VIEW_OVERSIGHT):
        if not may(role, Permission.VIEW_CHILD):
            return page(request, "oversight/no_record.html")
        waiting = what_waits(today(), screens=may(role, Permission.DECIDE_SCREENING))
        context = {
            "waiting": waiting,
            "today": today(),
            "screens": may(role, Permission.DECIDE_SCREENING),
            "overdue": waiting_lines(today()),
            "openings": told_to(viewer.actor.team, and_supervised=True),
        }
        return page(request, "oversight/oversight.html", context)
