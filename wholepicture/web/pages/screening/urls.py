"""Addresses of the screening room."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.screening.views import item_page, queue_page, review_page, who_page

tell("who-chosen", "Who this is has been recorded, with your name and reason. It can be changed.")
tell("reviewed", "Your review is recorded beside the decision.")

urlpatterns = [
    path("screening", queue_page, name="screening"),
    path("screening/<uuid:screening>", item_page, name="screening-item"),
    path("screening/<uuid:screening>/who", who_page, name="screening-who"),
    path("screening/<uuid:screening>/review", review_page, name="screening-review"),
]
