"""Addresses of who somebody is."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.who.views import find_other_page, join_page, part_page, who_page

tell("joined", "These two are one person on the record now. It can be undone below.")
tell("parted", "These are two people on the record now.")

urlpatterns = [
    path("people/<uuid:person>/who", who_page, name="who"),
    path("people/<uuid:person>/who/apart", part_page, name="who-part"),
    path("people/<uuid:person>/who/find", find_other_page, name="who-find"),
    path("people/<uuid:person>/who/<uuid:other>", join_page, name="who-join"),
]
