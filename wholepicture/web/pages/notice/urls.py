"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.notice.views import new_notice_page, notice_page, notices_page

urlpatterns = [
    path("notices", notices_page, name="notices"),
    path("notices/new", new_notice_page, name="new-notice"),
    path("notices/<uuid:entry>", notice_page, name="notice"),
]
