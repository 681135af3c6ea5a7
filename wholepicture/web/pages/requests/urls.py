"""Addresses of requests for what is held about somebody."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.requests.answer import answer_page
from wholepicture.web.pages.requests.items import item_page, items_page
from wholepicture.web.pages.requests.listing import new_page, requests_page
from wholepicture.web.pages.requests.one import request_page

tell("request-received", "The request is written down. Its clock runs from the day it was received.")
tell("request-done", "It is written down, with your name and the time.")
tell("item-decided", "Your decision is recorded. The record itself is unchanged.")

urlpatterns = [
    path("requests", requests_page, name="requests"),
    path("requests/new", new_page, name="new-request"),
    path("requests/<uuid:asked>", request_page, name="request"),
    path("requests/<uuid:asked>/items", items_page, name="request-items"),
    path("requests/<uuid:asked>/items/<uuid:item>", item_page, name="request-item"),
    path("requests/<uuid:asked>/answer", answer_page, name="request-answer"),
]
