"""A person's ledger for the auditor: who looked, acted, broke the glass or is kept out, and nothing of the record."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.operations import acting
from wholepicture.access.queries import glass_of, stops_of
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import is_person
from wholepicture.web.pages.child.ledger import looks_at
from wholepicture.web.pages.glass.told import openings
from wholepicture.web.views import allowed, page, reading, signed_in


@require_safe
@signed_in
def audit_ledger_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """The latest lines of the ledger; whom it is about is said by id, as the audit has it."""
    with acting(allowed(viewer, Permission.REPORT_AUDIT)):
        if not is_person(child):
            raise Refused("absent", "There is no such person on the record.")
    with reading(viewer, act="audit.ledger", permission=Permission.REPORT_AUDIT, person=child, ledger=True):
        live = [card for card in stops_of(child) if card.lifted_at is None]
        context = {"child": child, "looks": looks_at(child), "openings": openings(glass_of(child)), "stops": len(live)}
        return page(request, "audit/ledger.html", context)
