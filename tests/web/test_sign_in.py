"""Signing in and out: what is said, what is kept from guessing, and where the reader goes next."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import Store
from tests.web.browsing import browser
from tests.worlds import PASSWORD, World, build_world
from wholepicture.sign_in import cookies, limits


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    """Ann and Bob, who may sign in."""
    yield build_world()


def test_right_password_goes_on_to_the_page_that_was_asked_for(world: World) -> None:
    client = browser()
    form = {"username": "ann", "password": PASSWORD, "next": f"/children/{world.child}/"}
    response = client.post("/sign-in", form)
    assert (response.status_code, response["Location"]) == (302, f"/children/{world.child}/")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_no_page_of_anybody_else_is_gone_on_to(world: World, wanted: str) -> None:
    response = browser().post("/sign-in", {"username": "ann", "password": PASSWORD, "next": wanted})
    assert response["Location"] == "/"


@pytest.mark.parametrize(("username", "password"), [("ann", "wrong"), ("nobody", PASSWORD)])
def test_what_was_wrong_is_said_without_saying_which(world: World, username: str, password: str) -> None:
    page = browser().post("/sign-in", {"username": username, "password": password}).content.decode()
    assert "The user name or the password is not right" in page
    assert "Error: Sign in" in page
    assert f'value="{username}"' in page
    assert password not in page


def test_blank_fields_are_named_in_the_summary_and_beside_the_field(world: World) -> None:
    page = browser().post("/sign-in", {"username": "", "password": ""}).content.decode()
    assert page.count("Enter your user name") == 2
    assert 'href="#password"' in page


def test_guessing_is_slowed_and_the_right_password_waits_too(world: World) -> None:
    client = browser()
    for _ in range(limits.PAIR.most):
        assert client.post("/sign-in", {"username": "ann", "password": "wrong"}).status_code == 200
    assert client.post("/sign-in", {"username": "ann", "password": PASSWORD}).status_code == 429
    assert client.post("/sign-in", {"username": "bob", "password": PASSWORD}).status_code == 302


def test_signing_out_ends_the_session_in_the_database(world: World) -> None:
    client = browser(world.ann)
    assert client.get("/").status_code == 200
    response = client.post("/sign-out")
    assert response.status_code == 302
    assert "You are signed out." in client.get(response["Location"]).content.decode()
    assert browser(world.ann).get("/").status_code == 302


def test_a_forged_session_is_nobodys(world: World) -> None:
    client = browser()
    client.cookies[cookies.name()] = "forged"
    assert client.get("/").status_code == 302


PUBLIC = {
    "sign-in": {200}, "sign-in/second-factor": {302}, "sign-in/set-up": {302}, "sign-in/set-up/app": {302},
    "sign-in/set-up/passkey": {302}, "sign-in/recovery-codes": {302},
    "sign-in/with/<slug:provider>": {302}, "sign-in/with/<slug:provider>/back": {302},
    "sign-in/password": {302}, "sign-in/passkey": {405},
    "sign-in/passkey/ask": {405}, "sign-in/set-up/passkey/ask": {405},
}  # fmt: skip
"""Addresses that need nobody signed in, and what each answers a stranger's GET."""


def views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, object]]:
    """Every address with its view."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def test_every_page_but_signing_in_needs_somebody_signed_in(world: World) -> None:
    addresses = dict(views(get_resolver().url_patterns))
    assert len(addresses) > 15
    client = browser()
    for address in addresses:
        path = "/" + address
        path = re.sub(r"<uuid:\w+>", str(world.child), path)
        path = path.replace("<slug:provider>", "nobodys")
        assert "<" not in path, f"say in this test what {address} takes"
        response = client.get(path)
        if address in PUBLIC:
            assert response.status_code in PUBLIC[address], address
        else:
            assert response.status_code == 302, address
            assert response["Location"].startswith("/sign-in"), address
