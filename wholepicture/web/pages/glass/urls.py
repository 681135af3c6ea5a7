"""Addresses of finding a child, of breaking the glass, and of its review."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.glass.find import break_page, find_page
from wholepicture.web.pages.glass.review import review_page, reviews_page

tell("glass-reviewed", "Your review is recorded, and shows on the child’s ledger.")

urlpatterns = [
    path("find", find_page, name="find"),
    path("find/break-the-glass", break_page, name="break-glass"),
    path("glass", reviews_page, name="glass"),
    path("glass/<uuid:glass>", review_page, name="glass-review"),
]
