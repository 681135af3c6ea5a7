"""The address of the auditor's page."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.audit.views import audit_page

urlpatterns = [path("audit", audit_page, name="audit")]
