"""Addresses of hard stops."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.stops.views import lift_page, stops_page

tell("stop-set", "They are kept from this record, from now on, break-glass or not.")
tell("kept-out", "You are kept from that record. If that was a mistake, ask the information governance lead.")
tell("stop-lifted", "The stop is lifted, and stays on the ledger.")

urlpatterns = [
    path("children/<uuid:child>/stops", stops_page, name="stops"),
    path("children/<uuid:child>/stops/<uuid:stop>", lift_page, name="lift-stop"),
]
