"""The shell of every page: headers, errors in plain English, forms that keep what was typed, sayings without facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from tests.conftest import Store
from tests.web.browsing import browser
from tests.worlds import World, build_world
from wholepicture.foundation.refusals import Refused
from wholepicture.web.done import done_words
from wholepicture.web.errors import bad_request, broken, forbidden, refused
from wholepicture.web.fields.forms import DayField, GovForm, YesNoField


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    """Somebody who is signed in."""
    yield build_world()


def test_every_page_is_protected_and_kept_out_of_caches(world: World) -> None:
    response = browser(world.ann).get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in policy


def test_no_page_has_script_or_style_within_it(world: World) -> None:
    ann = browser(world.ann)
    for path in ("/", f"/children/{world.child}/", f"/children/{world.child}/chronology", "/nowhere"):
        page = ann.get(path).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/')


def test_a_page_names_who_is_signed_in_and_offers_to_sign_out(world: World) -> None:
    page = browser(world.ann).get("/").content.decode()
    assert "Ann" in page
    assert "Social worker, Social care" in page
    assert 'action="/sign-out"' in page
    assert "Synthetic people only" in page
    assert "Skip to main content" in page


def test_what_is_done_is_said_by_a_code_and_never_by_the_address(world: World) -> None:
    ann = browser(world.ann)
    assert "Your answer is recorded" in ann.get("/?done=answered").content.decode()
    forged = ann.get("/?done=<b>Kasia+was+harmed</b>").content.decode()
    assert "was harmed" not in forged
    assert done_words("nonsense") == done_words(None) == ""


def test_an_address_that_leads_nowhere_says_what_to_do(world: World) -> None:
    response = browser(world.ann).get("/nowhere")
    assert response.status_code == 404
    assert "call 999" in response.content.decode()


@pytest.mark.parametrize(
    ("code", "status"), [("no-claim", 404), ("absent", 404), ("role", 403), ("reason", 400), ("anything", 400)]
)
def test_a_refusal_is_a_page_with_its_own_status(world: World, code: str, status: int) -> None:
    response = refused(RequestFactory().get("/"), Refused(code, "A sentence for a professional."))
    assert response.status_code == status
    assert ("A sentence for a professional." in response.content.decode()) is (status != 404)


def test_our_own_fault_says_that_nothing_was_kept() -> None:
    request = RequestFactory().get("/")
    assert "not of yours" in broken(request).content.decode()
    assert forbidden(request).status_code == 403
    assert bad_request(request).status_code == 400
    too_big = bad_request(request, RequestDataTooBig())
    assert too_big.status_code == 413
    assert "larger than a page takes" in too_big.content.decode()


class _Form(GovForm):
    saw = forms.CharField(label="What did you see?", widget=forms.Textarea)
    when = DayField(label="When was it?")
    spoken_to = YesNoField(label="Was the child spoken to?")


def test_a_form_says_what_to_enter_and_where() -> None:
    form = _Form({"when-day": "31", "when-month": "2", "when-year": "2026"})
    assert not form.is_valid()
    assert {"text": "Enter: what did you see", "href": "#saw"} in form.problems
    assert {"text": "Enter a real date, such as 27 3 2026", "href": "#when-day"} in form.problems
    assert form["when"].value() == ("31", "2", "2026")


@pytest.mark.parametrize(("answer", "value"), [("yes", True), ("no", False), ("not_known", None)])
def test_not_known_is_never_no(answer: str, value: bool | None) -> None:
    sent = {"saw": "A child.", "when-day": "1", "when-month": "3", "when-year": "2026", "spoken_to": answer}
    form = _Form(sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["spoken_to"] is value
    assert form.cleaned_data["when"] == date(2026, 3, 1)
