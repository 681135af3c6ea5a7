"""Addresses of the pages about where people live."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.addresses.keep import kept_page, shield_page
from wholepicture.web.pages.addresses.release import ask_page, decide_page, releases_page
from wholepicture.web.pages.addresses.views import add_page, addresses_page

tell("address-added", "The address is recorded.")
tell("shielded", "It is shielded from now on. Only the team that holds the shield reads it.")
tell("shield-reviewed", "The review is recorded. The shield stays in force.")
tell("shield-end-asked", "Your asking is recorded. The shield stays in force until somebody else of your team agrees.")
tell("shield-ended", "The shield has ended.")
tell("release-asked", "Your asking is recorded. Somebody of another team decides.")
tell("release-decided", "Your decision is recorded, and shows on the ledger.")

urlpatterns = [
    path("children/<uuid:child>/addresses", addresses_page, name="addresses"),
    path("children/<uuid:child>/addresses/add", add_page, name="address-add"),
    path("children/<uuid:child>/addresses/shield", shield_page, name="shield-set"),
    path("children/<uuid:child>/shields/<uuid:shield>", kept_page, name="shield"),
    path("children/<uuid:child>/shields/<uuid:shield>/release", ask_page, name="release-ask"),
    path("releases", releases_page, name="releases"),
    path("releases/<uuid:release>", decide_page, name="release"),
]
