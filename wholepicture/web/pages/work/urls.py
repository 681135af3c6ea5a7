"""Addresses of a team's work."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.work.views import list_page, pass_on_page, task_page

urlpatterns = [
    path("work", list_page, name="work"),
    path("work/<uuid:task>", task_page, name="task"),
    path("work/<uuid:task>/pass-on", pass_on_page, name="task-pass-on"),
]
