"""Addresses of the pages about where people live."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.addresses.answered import hand_page, offer_page, shields_page
from wholepicture.web.pages.addresses.keep import kept_page, shield_page
from wholepicture.web.pages.addresses.release import ask_page, decide_page, releases_page
from wholepicture.web.pages.addresses.views import add_page, addresses_page, correct_page

tell("address-added", "The address is recorded.")
tell("address-corrected", "It is put right. How it stood before is kept beside it.")
tell("shielded", "It is shielded from now on. Only the team that holds the shield reads it.")
tell("shield-reviewed", "The review is recorded. The shield stays in force.")
tell("shield-end-asked", "Your asking is recorded. The shield stays in force until somebody else agrees.")
tell("shield-ended", "The shield has ended.")
tell("shield-offered", "It is offered. Your team holds it until somebody there takes it.")
tell("shield-taken", "Your team answers for it from now on.")
tell("shield-declined", "It stays with the team that holds it, and they are told why.")
tell("release-asked", "Your asking is recorded. Somebody of another team decides.")
tell("release-decided", "Your decision is recorded, and shows on the ledger.")

urlpatterns = [
    path("children/<uuid:child>/addresses", addresses_page, name="addresses"),
    path("children/<uuid:child>/addresses/add", add_page, name="address-add"),
    path("children/<uuid:child>/addresses/shield", shield_page, name="shield-set"),
    path("children/<uuid:child>/addresses/<uuid:address>/correct", correct_page, name="address-correct"),
    path("shields", shields_page, name="shields"),
    path("shields/<uuid:shield>", kept_page, name="shield"),
    path("shields/<uuid:shield>/hand", hand_page, name="shield-hand"),
    path("shields/offers/<uuid:hand>", offer_page, name="shield-offer"),
    path("children/<uuid:child>/shields/<uuid:shield>/release", ask_page, name="release-ask"),
    path("releases", releases_page, name="releases"),
    path("releases/<uuid:release>", decide_page, name="release"),
]
