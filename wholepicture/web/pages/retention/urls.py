"""Addresses of what falls due."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.retention.views import record_page, retention_page

tell("retention-done", "It is written down, with your name and the time.")
tell("destroyed", "The record is destroyed. What is left of it is listed under “Destroyed”.")

urlpatterns = [
    path("retention", retention_page, name="retention"),
    path("retention/<uuid:child>", record_page, name="retention-record"),
]
