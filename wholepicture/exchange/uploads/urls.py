"""The address of bringing a bundle in."""

from __future__ import annotations

from django.urls import path

from wholepicture.exchange.uploads.views import upload_page

urlpatterns = [path("bundles", upload_page, name="bundles")]
