"""Passkeys: set up, signed in with, and everything that must not open anything."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from django.test import Client

from tests.conftest import Store
from tests.sign_in.passkey import Passkey
from tests.sign_in.people import begin, employ
from wholepicture.sign_in import limits


@pytest.fixture
def rita(store: Store) -> UUID:
    """Somebody real, who has only a password yet."""
    return employ("rita")


def browser() -> Client:
    """A client that calls the server by a name, as passkeys need."""
    return Client(SERVER_NAME="localhost")


def asked(client: Client, path: str) -> dict[str, Any]:
    """What the server shows to a passkey."""
    response = client.post(path)
    assert response.status_code == 200
    found: dict[str, Any] = json.loads(response.content)
    return found


def set_up(client: Client, passkey: Passkey) -> HttpResponse:
    """Set a passkey up on the page that asks for it."""
    made = passkey.make(asked(client, "/sign-in/set-up/passkey/ask"))
    response = client.post("/sign-in/set-up/passkey", {"name": "work laptop", "credential": made})
    assert isinstance(response, HttpResponse)
    return response


def answer(client: Client, credential: str) -> HttpResponse:
    """Sign in with what a passkey answered."""
    response = client.post("/sign-in/passkey", {"credential": credential, "next": "/work"})
    assert isinstance(response, HttpResponse)
    return response


def signed_in(client: Client) -> bool:
    """Whether the client sees its own list."""
    return client.get("/").status_code == 200


@pytest.fixture
def passkey(rita: UUID) -> Passkey:
    """Rita's, which she has set up at her first sign-in."""
    made = Passkey()
    client = browser()
    begin(client, "rita")
    assert set_up(client, made)["Location"] == "/sign-in/recovery-codes"
    client.post("/sign-in/recovery-codes", {"go": "on"})
    assert signed_in(client)
    return made


def test_a_passkey_alone_signs_in_and_goes_on_to_the_page_asked_for(passkey: Passkey) -> None:
    client = browser()
    response = answer(client, passkey.answer(asked(client, "/sign-in/passkey/ask")))
    assert (response["Location"], signed_in(client)) == ("/work", True)
    page = client.get("/your-sign-in").content.decode()
    assert "Passkey: work laptop" in page and "by passkey" in page


def test_the_challenge_is_kept_on_the_server_and_answered_once_by_its_own_browser(passkey: Passkey) -> None:
    client, thief = browser(), browser()
    credential = passkey.answer(asked(client, "/sign-in/passkey/ask"))
    asked(thief, "/sign-in/passkey/ask")
    assert answer(thief, credential)["Location"] == "/sign-in?problem=passkey"
    assert answer(browser(), credential)["Location"] == "/sign-in?problem=passkey"
    assert answer(client, credential)["Location"] == "/work"
    client.post("/sign-out")
    assert answer(client, credential)["Location"] == "/sign-in?problem=passkey"
    assert not any(signed_in(one) for one in (client, thief))


WRONG: dict[str, dict[str, Any]] = {
    "made for another place": {"place": "elsewhere.example"},
    "shown to another page": {"origin": "https://elsewhere.example"},
    "not unlocked": {"unlocked": False},
    "another key": {"key": ec.generate_private_key(ec.SECP256R1())},
    "another id": {"id": b"another id"},
    "of nobody": {"user": "AAAA"},
    "without an owner": {"user": ""},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_passkey_that_is_not_all_it_should_be_opens_nothing(passkey: Passkey, wrong: dict[str, Any]) -> None:
    client = browser()
    credential = replace(passkey, **wrong).answer(asked(client, "/sign-in/passkey/ask"))
    assert answer(client, credential)["Location"] == "/sign-in?problem=passkey"
    assert not signed_in(client)


@pytest.mark.parametrize("sent", ["", "{}", "[]", "null", "nonsense", '{"response": {"userHandle": 1}}', '{"id": "a"}'])
def test_nonsense_opens_nothing_and_breaks_nothing(passkey: Passkey, sent: str) -> None:
    client = browser()
    asked(client, "/sign-in/passkey/ask")
    assert answer(client, sent)["Location"] == "/sign-in?problem=passkey"
    begin(client, "rita")
    assert client.post("/sign-in/set-up/passkey", {"name": "a", "credential": sent}).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"unlocked": False}, {"origin": "https://elsewhere.example"}, {"place": "elsewhere.example"}]
)
def test_only_an_unlocked_passkey_of_this_place_is_set_up(rita: UUID, wrong: dict[str, Any]) -> None:
    client = browser()
    begin(client, "rita")
    response = set_up(client, Passkey(**wrong))
    assert response.status_code == 200 and "No passkey was made" in response.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize("sent", ["{}", "[]", "null", "nonsense"])
def test_nonsense_sets_nothing_up(rita: UUID, sent: str) -> None:
    client = browser()
    begin(client, "rita")
    asked(client, "/sign-in/set-up/passkey/ask")
    page = client.post("/sign-in/set-up/passkey", {"name": "a", "credential": sent})
    assert page.status_code == 200 and "No passkey was made" in page.content.decode()


def test_a_passkey_signs_in_its_own_owner_whosever_password_was_typed(passkey: Passkey) -> None:
    employ("sam")
    client = browser()
    begin(client, "sam")
    answer(client, passkey.answer(asked(client, "/sign-in/passkey/ask")))
    assert "Rita" in client.get("/").content.decode()


def test_a_removed_passkey_opens_nothing_and_the_last_factor_stays(passkey: Passkey) -> None:
    client = browser()
    answer(client, passkey.answer(asked(client, "/sign-in/passkey/ask")))
    second = Passkey()
    assert set_up(client, second)["Location"] == "/your-sign-in?done=factor-added"
    page = client.get("/your-sign-in").content.decode()
    first = page.partition('name="factor" value="')[2].partition('"')[0]
    assert client.post("/your-sign-in/remove", {"factor": first})["Location"] == "/your-sign-in?done=factor-removed"
    stranger = browser()
    answer(stranger, passkey.answer(asked(stranger, "/sign-in/passkey/ask")))
    assert not signed_in(stranger)
    answer(stranger, second.answer(asked(stranger, "/sign-in/passkey/ask")))
    assert signed_in(stranger)


def test_whoever_has_left_comes_in_by_no_passkey(passkey: Passkey, store: Store) -> None:
    with store.as_superuser() as connection:
        connection.execute("UPDATE agencies_practitioner SET is_active = false")
    client = browser()
    assert answer(client, passkey.answer(asked(client, "/sign-in/passkey/ask")))["Location"] == "/sign-in?problem=wrong"
    assert not signed_in(client)


def test_the_server_is_spared_from_endless_asking(store: Store) -> None:
    client = browser()
    for _ in range(limits.PASSKEY.most):
        assert client.post("/sign-in/passkey/ask").status_code == 200
    assert client.post("/sign-in/passkey/ask").status_code == 429
