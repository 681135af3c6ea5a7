"""Addresses: each journey brings its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from wholepicture.exchange.answers.comma import write_table
from wholepicture.exchange.answers.word import write_answer
from wholepicture.exchange.chronologies.comma import write_csv
from wholepicture.exchange.chronologies.word import write_word
from wholepicture.exchange.outgoing.letter import write_letter
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.exchange.outgoing.showing import blocks_of
from wholepicture.web.pages.child.exports import chronology_file
from wholepicture.web.pages.disclosure.making import Files
from wholepicture.web.pages.disclosure.reading import read_page
from wholepicture.web.pages.disclosure.releasing import decide_document_page
from wholepicture.web.pages.disclosure.sharing import share_page
from wholepicture.web.pages.disclosure.views import disclosure_page
from wholepicture.web.pages.requests.answer import answer_file
from wholepicture.web.pages.sign_in.views import Demo, sign_in_view

handler400 = "wholepicture.web.errors.bad_request"
handler403 = "wholepicture.web.errors.forbidden"
handler404 = "wholepicture.web.errors.not_found"
handler500 = "wholepicture.web.errors.broken"


def _demo() -> Demo | None:
    """What the sign-in page offers in demo mode; outside it the demonstration is not even loaded."""
    if not settings.DEMO:
        return None
    from wholepicture.demo.users import DEMO_PASSWORD, OFFERED

    return Demo(DEMO_PASSWORD, tuple(p.username for p in OFFERED))


# Lists are reached with and without the slash that people type.
_PAGES = (
    "notices", "screening", "work", "oversight", "bundles", "find", "glass", "audit", "requests", "disclosures",
    "releases", "retention", "shields",
)  # fmt: skip
CSV = "text/csv; charset=utf-8"
FILES = Files(word=write_word, comma=write_csv, letter=write_letter, opens=parts_of, shows=blocks_of)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wholepicture.web.pages.home.urls")),
    path("sign-in", sign_in_view(_demo()), name="sign-in"),
    path("", include("wholepicture.web.pages.sign_in.urls")),
    path("", include("wholepicture.web.pages.child.urls")),
    path("", include("wholepicture.web.pages.oversight.urls")),
    path("", include("wholepicture.web.pages.notice.urls")),
    path("", include("wholepicture.web.pages.screening.urls")),
    path("", include("wholepicture.web.pages.work.urls")),
    path("", include("wholepicture.web.pages.glass.urls")),
    path("", include("wholepicture.web.pages.audit.urls")),
    path("", include("wholepicture.web.pages.stops.urls")),
    path("", include("wholepicture.web.pages.who.urls")),
    path("", include("wholepicture.web.pages.files.urls")),
    path("", include("wholepicture.web.pages.requests.urls")),
    path("", include("wholepicture.web.pages.disclosure.urls")),
    path("", include("wholepicture.web.pages.addresses.urls")),
    path("", include("wholepicture.web.pages.retention.urls")),
    path("", include("wholepicture.exchange.uploads.urls")),
    *[path(f"{page}/", RedirectView.as_view(url=f"/{page}", query_string=True)) for page in _PAGES],
    # Pages and exchange know nothing of each other: who may write which file is said here.
    path("children/<uuid:child>/chronology.docx", chronology_file(write_word, "docx", WORD), name="chronology-docx"),
    path("children/<uuid:child>/chronology.csv", chronology_file(write_csv, "csv", CSV), name="chronology-csv"),
    path("requests/<uuid:asked>/answer.docx", answer_file(write_answer, "docx", WORD), name="answer-docx"),
    path("requests/<uuid:asked>/answer.csv", answer_file(write_table, "csv", CSV), name="answer-csv"),
    path("children/<uuid:child>/share", share_page(FILES), name="share"),
    path("disclosures/<uuid:disclosure>/read", read_page(FILES), name="disclosure-read"),
    path("disclosures/<uuid:disclosure>", disclosure_page(FILES), name="disclosure"),
    path("releases/documents/<uuid:paper>", decide_document_page(FILES), name="document-release"),
]
