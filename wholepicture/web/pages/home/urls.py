"""The address of the first page."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.home.views import home_page

urlpatterns = [path("", home_page, name="home")]
