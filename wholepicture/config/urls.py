"""Addresses: each journey brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler400 = "wholepicture.web.errors.bad_request"
handler403 = "wholepicture.web.errors.forbidden"
handler404 = "wholepicture.web.errors.not_found"
handler500 = "wholepicture.web.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wholepicture.web.pages.home.urls")),
    path("", include("wholepicture.web.pages.sign_in.urls")),
    path("", include("wholepicture.web.pages.child.urls")),
    path("", include("wholepicture.web.pages.oversight.urls")),
    path("", include("wholepicture.web.pages.notice.urls")),
    path("", include("wholepicture.web.pages.screening.urls")),
    path("", include("wholepicture.web.pages.work.urls")),
    path("", include("wholepicture.exchange.uploads.urls")),
    path("", include("wholepicture.exchange.chronologies.urls")),
]
