"""Addresses of the auditor's pages."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.audit.ledger import audit_ledger_page
from wholepicture.web.pages.audit.views import audit_page

urlpatterns = [
    path("audit", audit_page, name="audit"),
    path("audit/people/<uuid:child>", audit_ledger_page, name="audit-ledger"),
]
