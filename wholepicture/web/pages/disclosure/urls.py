"""Addresses of the ledger of disclosures; those that write or search files are wired in `config.urls`."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.disclosure.sharing import answer_page, request_page
from wholepicture.web.pages.disclosure.views import document_page, ledger_page, mine_page

tell("share-made", "It is on the ledger, searched, and ready. Nothing has left yet.")
tell("share-sent", "It is sent. The ledger shows when it is opened or received.")
tell("share-approved", "You approved it. Whoever made it can now send it; both names are on the ledger.")
tell("share-not-approved", "You did not approve it. Whoever made it must put it right.")
tell("document-release-asked", "Your asking is recorded. Somebody of another team decides; until then nothing leaves.")
tell("share-withdrawn", "It is taken back, and stays on the ledger.")
tell("share-corrected", "It is put right in a row of its own. The earlier one stays, and says so.")
tell("share-received", "The receipt is on the ledger.")
tell("refusal-made", "The refusal is on the ledger, and its reviewer has it on their list.")
tell("refusal-reviewed", "Your review is on the ledger.")
tell("request-recorded", "The request is on record. Answer it by sharing, or by refusing with a reason.")

urlpatterns = [
    path("disclosures", mine_page, name="disclosures"),
    path("disclosures/<uuid:disclosure>/file", document_page, name="disclosure-file"),
    path("children/<uuid:child>/disclosures", ledger_page, name="child-disclosures"),
    path("children/<uuid:child>/requests/new", request_page, name="child-request"),
    path("children/<uuid:child>/requests/<uuid:information>", answer_page, name="answer-information"),
]
