"""Signing in by an identity provider, over real HTTP: whom an administrator linked, by tokens that are right."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.conftest import Store
from tests.sign_in.passkey import Passkey
from tests.sign_in.people import begin, employ, settle_in
from tests.sign_in.provider import CLIENT, SECRET, STRANGER, Idp, running
from tests.web.browsing import browser
from wholepicture.foundation.refusals import Refused
from wholepicture.sign_in import providers


@pytest.fixture
def idp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Idp]:
    """The provider, named in the administrator's file."""
    with running() as found:
        monkeypatch.setattr(settings, "DATA", tmp_path)
        name(tmp_path, found, trusted_amr=["mfa"], trusted_acr=["AAL3"])
        yield found


def name(data: Path, idp: Idp, **more: object) -> None:
    """Name the provider in the file."""
    given = {"id": "council", "name": "the council", "issuer": idp.issuer, "client_id": CLIENT, "secret": SECRET}
    (data / providers.FILE).write_text(json.dumps([given | more]))


@pytest.fixture
def rita(store: Store, idp: Idp) -> UUID:
    """Somebody real, linked to an account of the provider."""
    found = employ("rita")
    providers.link(found, provider="council", subject="subject-1")
    return found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


def there(client: Client, then: str = "/work") -> str:
    """Go to the provider and be sent back: the address that the browser is to open."""
    to = client.get("/sign-in/with/council", {"next": then})
    assert to.status_code == 302, to.content
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay()).open(to["Location"], timeout=10)
    answered.value.close()
    return str(answered.value.headers["Location"])


def back(client: Client, address: str) -> HttpResponse:
    """Open the address that the provider sent the browser to."""
    parts = urlsplit(address)
    response = client.get(f"{parts.path}?{parts.query}")
    assert isinstance(response, HttpResponse)
    return response


def signed_in(client: Client) -> bool:
    """Whether the client sees its own list."""
    return client.get("/").status_code == 200


def test_whoever_is_linked_comes_in_where_the_provider_asked_for_a_second_factor(rita: UUID, idp: Idp) -> None:
    for claims in ({"amr": ["pwd", "mfa"]}, {"acr": "AAL3"}):
        idp.claims = claims
        client = browser()
        assert 'href="/sign-in/with/council' in client.get("/sign-in").content.decode()
        assert (back(client, there(client))["Location"], signed_in(client)) == ("/work", True)
    assert "by identity provider" in client.get("/your-sign-in").content.decode()


@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "AAL1"}])
def test_where_it_did_not_we_ask_for_our_own(rita: UUID, idp: Idp, claims: dict[str, Any]) -> None:
    idp.claims = claims
    client = browser()
    assert back(client, there(client))["Location"] == "/sign-in/set-up"
    assert not signed_in(client)


def test_nobody_is_matched_by_an_address_of_theirs_nor_made_anew(store: Store, idp: Idp) -> None:
    employ("rita@council.example")
    idp.claims = {"amr": ["mfa"], "preferred_username": "rita@council.example"}
    client = browser()
    assert back(client, there(client))["Location"] == "/sign-in?problem=not-linked"
    assert "Nobody here is linked" in client.get("/sign-in?problem=not-linked").content.decode()
    with store.as_superuser() as connection:
        assert connection.execute("SELECT count(*) FROM agencies_practitioner").fetchall() == [(1,)]


def test_nothing_of_what_the_provider_tells_is_kept(rita: UUID, idp: Idp, store: Store) -> None:
    idp.claims = {"amr": ["mfa"]}
    client = browser()
    back(client, there(client))
    with store.as_superuser() as connection:
        kept = connection.execute("SELECT extra_data::text FROM socialaccount_socialaccount").fetchall()
    assert kept == [('{"second_factor": true}',)]


WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "several audiences, for another party": {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
    "another issuer": {"iss": "https://elsewhere.example"},
    "expired": {"exp": int(time.time()) - 60},
    "that never expires": {"exp": None},
    "not yet valid": {"nbf": int(time.time()) + 3600},
    "of nobody": {"sub": None},
    "of a blank subject": {"sub": ""},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_token_that_is_not_all_it_should_be_opens_nothing(rita: UUID, idp: Idp, claims: dict[str, Any]) -> None:
    idp.claims = {"amr": ["mfa"]} | claims
    client = browser()
    assert back(client, there(client))["Location"] == "/sign-in?problem=provider"
    assert not signed_in(client)


@pytest.mark.parametrize(("key", "algorithm"), [(STRANGER, "RS256"), (SECRET + "x" * 32, "HS256"), (None, "none")])
def test_a_signature_that_is_not_the_providers_opens_nothing(rita: UUID, idp: Idp, key: Any, algorithm: str) -> None:
    idp.claims, idp.key, idp.algorithm = {"amr": ["mfa"]}, key, algorithm
    client = browser()
    assert back(client, there(client))["Location"] == "/sign-in?problem=provider"
    assert not signed_in(client)


@pytest.mark.parametrize("token", [None, "no.token", "nonsense", "eyJhbGciOiJSUzI1NiJ9.e30.x"])
def test_an_answer_without_a_token_opens_nothing(rita: UUID, idp: Idp, token: str | None) -> None:
    idp.token = token
    client = browser()
    assert back(client, there(client))["Location"] == "/sign-in?problem=provider"


def test_only_the_browser_that_went_comes_back_and_only_once(rita: UUID, idp: Idp) -> None:
    idp.claims = {"amr": ["mfa"]}
    client, thief = browser(), browser()
    address = there(client)
    assert back(thief, address)["Location"] == "/sign-in?problem=provider"
    there(thief)
    swapped = address.replace(parse_qs(urlsplit(address).query)["state"][0], "another-state")
    assert back(client, swapped)["Location"] == "/sign-in?problem=provider"
    assert back(client, address)["Location"] == "/work"
    assert back(client, address)["Location"] == "/sign-in?problem=provider"


def test_we_prove_that_it_was_us_who_asked(rita: UUID, idp: Idp) -> None:
    client = browser()
    there(client)
    [asked] = idp.asked
    assert (asked["code_challenge_method"], asked["response_type"], asked["scope"]) == ("S256", "code", "openid")
    assert len(asked["state"]) >= 16 and len(asked["nonce"]) >= 24


def test_the_provider_is_asked_again_within_the_hour(rita: UUID, idp: Idp, store: Store, tmp_path: Path) -> None:
    """Whoever is disabled there is out here within it, whatever the provider tells us or does not (R14)."""
    idp.claims = {"amr": ["mfa"]}
    for given, minutes in ({}, 60), ({"session_minutes": 15}, 15), ({"session_minutes": 720}, 720):
        name(tmp_path, idp, trusted_amr=["mfa"], **given)
        client = browser()
        back(client, there(client))
        with store.as_superuser() as connection:
            [(lasts,)] = connection.execute(
                "SELECT round(extract(epoch FROM expires_at - started_at) / 60) FROM access_session "
                "ORDER BY started_at DESC LIMIT 1"
            ).fetchall()
        assert lasts == minutes
    with store.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE access_session SET expires_at = now()")
    assert not signed_in(client)


def test_whoever_is_linked_comes_by_the_provider_and_by_nothing_else(rita: UUID, idp: Idp, store: Store) -> None:
    with store.as_superuser() as connection:
        connection.execute("DELETE FROM socialaccount_socialaccount")
    before = Client(SERVER_NAME="localhost")
    app = settle_in(before, "rita")
    key = Passkey()
    made = key.make(before.post("/sign-in/set-up/passkey/ask").json())
    assert before.post("/sign-in/set-up/passkey", {"name": "laptop", "credential": made}).status_code == 302
    providers.link(rita, provider="council", subject="subject-1")
    by_password = Client(SERVER_NAME="localhost")
    assert begin(by_password, "rita") == "/sign-in?problem=by-provider"
    assert "through your organisation" in by_password.get("/sign-in?problem=by-provider").content.decode()
    by_passkey = Client(SERVER_NAME="localhost")
    answer = key.answer(by_passkey.post("/sign-in/passkey/ask").json())
    assert by_passkey.post("/sign-in/passkey", {"credential": answer})["Location"] == "/sign-in?problem=by-provider"
    # As the second factor after the provider's first, both still serve.
    client = Client(SERVER_NAME="localhost")
    assert back(client, there(client))["Location"] == "/sign-in/second-factor"
    answer = key.answer(client.post("/sign-in/passkey/ask").json())
    assert (client.post("/sign-in/passkey", {"credential": answer})["Location"], signed_in(client)) == ("/work", True)
    client = Client(SERVER_NAME="localhost")
    back(client, there(client))
    assert client.post("/sign-in/second-factor", {"code": app.code()}).status_code == 302
    assert signed_in(client)


def test_whoever_has_left_comes_in_no_way(rita: UUID, idp: Idp, store: Store) -> None:
    idp.claims = {"amr": ["mfa"]}
    with store.as_superuser() as connection:
        connection.execute("UPDATE agencies_practitioner SET is_active = false")
    client = browser()
    assert back(client, there(client))["Location"] == "/sign-in?problem=wrong"
    assert not signed_in(client)


def test_a_provider_that_says_no_or_is_away_leads_back(rita: UUID, idp: Idp, tmp_path: Path) -> None:
    client = browser()
    state = parse_qs(urlsplit(there(client)).query)["state"][0]
    for query in (f"error=access_denied&state={state}", f"error=server_error&state={state}", "code=1", ""):
        assert client.get(f"/sign-in/with/council/back?{query}")["Location"] == "/sign-in?problem=provider", query
    name(tmp_path, Idp(issuer="http://127.0.0.1:9"))
    assert client.get("/sign-in/with/council")["Location"] == "/sign-in?problem=provider"
    assert client.get("/sign-in/with/another")["Location"] == "/sign-in?problem=provider"


def test_an_account_is_linked_once_and_to_a_provider_that_there_is(rita: UUID) -> None:
    with pytest.raises(Refused, match="linked to somebody already"):
        providers.link(employ("sam"), provider="council", subject="subject-1")
    with pytest.raises(Refused, match="names no provider"):
        providers.link(rita, provider="another", subject="subject-1")


@pytest.mark.parametrize(
    "text",
    ['{"id": 1}', "[", '[{"id": "a"}]', '[{"id":"a","name":"a","issuer":"http://a.example","client_id":"a","secret":"a"}]',
     '[{"id":"a","name":"a","issuer":"https://a.example","client_id":"a","secret":"a","session_minutes":721}]',
     '[{"id":"a/b","name":"a","issuer":"https://a.example","client_id":"a","secret":"a"}]'],
)  # fmt: skip
def test_a_file_that_is_not_right_is_refused_with_its_name(idp: Idp, tmp_path: Path, text: str) -> None:
    (tmp_path / providers.FILE).write_text(text)
    with pytest.raises(Refused, match=providers.FILE):
        providers.providers()
