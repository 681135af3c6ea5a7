"""A password that was given out opens nothing for good: its owner chooses another, and may change it later."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.conftest import Store
from tests.sign_in.people import begin, employ, set_up_app, settle_in
from tests.web.browsing import browser
from tests.worlds import PASSWORD
from wholepicture.sign_in import limits

NEW = "kettle orchard Tuesday"


@pytest.fixture
def rita(store: Store) -> UUID:
    """Somebody whose password was printed by a command."""
    found = employ("rita")
    with store.as_superuser() as connection:
        connection.execute("UPDATE agencies_practitioner SET first_password = true")
    return found


def test_the_first_password_is_changed_before_anything_is_shown(rita: UUID) -> None:
    client = browser()
    begin(client, "rita", "/work")
    app = set_up_app(client)
    assert client.post("/sign-in/recovery-codes", {"go": "on"})["Location"] == "/sign-in/password"
    assert client.get("/").status_code == 302
    assert "only you know" in client.get("/sign-in/password").content.decode()
    response = client.post("/sign-in/password", {"password": NEW})
    assert (response["Location"], client.get("/").status_code) == ("/work", 200)
    assert browser().post("/sign-in", {"username": "rita", "password": PASSWORD}).status_code == 200
    again = browser()
    begin(again, "rita", "/work", NEW)
    assert again.post("/sign-in/second-factor", {"code": app.code()})["Location"] == "/work", "it is asked for once"


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Enter a new password"),
        ("short words", "at least 12 characters"),
        ("password1234", "everybody tries first"),
        ("rita likes orchards", "without your name"),
        (PASSWORD, "that you have not been given"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_with_the_reason(rita: UUID, password: str, said: str) -> None:
    client = browser()
    begin(client, "rita")
    set_up_app(client)
    client.post("/sign-in/recovery-codes", {"go": "on"})
    page = client.post("/sign-in/password", {"password": password}).content.decode()
    assert said in page and client.get("/").status_code == 302


def test_a_password_is_changed_with_the_old_one_as_proof(store: Store) -> None:
    employ("sam")
    client = browser()
    app = settle_in(client, "sam")
    elsewhere = browser()
    begin(elsewhere, "sam")
    assert elsewhere.post("/sign-in/second-factor", {"code": app.code()}).status_code == 302
    wrong = client.post("/your-sign-in/password", {"old": "wrong", "password": NEW}).content.decode()
    assert "This is not your password now" in wrong
    assert elsewhere.get("/").status_code == 200
    done = client.post("/your-sign-in/password", {"old": PASSWORD, "password": NEW})
    assert done["Location"] == "/your-sign-in?done=password-changed"
    assert (client.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)
    assert begin(browser(), "sam", password=NEW) == "/sign-in/second-factor"
    for _ in range(limits.CODE.most):
        client.post("/your-sign-in/password", {"old": "wrong", "password": NEW})
    refused = client.post("/your-sign-in/password", {"old": NEW, "password": "another orchard kettle"})
    assert "Too many attempts" in refused.content.decode()
