"""The auditor's page: what to ask of the last days' looks, and how far the audit is witnessed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.people.lookers import audit_report
from wholepicture.web.navigation import role_title
from wholepicture.web.views import allowed, page, signed_in
from wholepicture.web.words import say_moment

DAYS: Final = (1, 7, 28, 91)
_USUAL: Final = 7


@require_safe
@signed_in
def audit_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Judge the looks of the days that were asked for: a week, where nothing was."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, DAYS) else _USUAL
    until = now()
    report = audit_report(
        authority=allowed(viewer, Permission.REPORT_AUDIT), since=until - timedelta(days=days), until=until
    )
    rows = [
        {"asked": one, "when": say_moment(one.first), "role": role_title(one.role), "more": max(0, len(one.people) - 3)}
        for one in reversed(report.to_ask)
    ]
    return page(request, "audit/report.html", {"rows": rows, "looks": report.looks, "days": days, "choices": DAYS})
