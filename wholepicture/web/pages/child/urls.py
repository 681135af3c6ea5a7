"""Addresses of the child's page: a tab each, and a question each."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.child.answers import question_page
from wholepicture.web.pages.child.views import (
    chronology_page,
    family_page,
    growth_page,
    ledger_page,
    picture_page,
    work_page,
)

urlpatterns = [
    path("children/<uuid:child>/", picture_page, name="child"),
    path("children/<uuid:child>/chronology", chronology_page, name="child-chronology"),
    path("children/<uuid:child>/family", family_page, name="child-family"),
    path("children/<uuid:child>/growth", growth_page, name="child-growth"),
    path("children/<uuid:child>/work", work_page, name="child-work"),
    path("children/<uuid:child>/ledger", ledger_page, name="child-ledger"),
    path("children/<uuid:child>/questions/<uuid:signal>", question_page, name="question"),
]
