"""The address of oversight."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.pages.oversight.views import oversight_page

urlpatterns = [path("oversight", oversight_page, name="oversight")]
