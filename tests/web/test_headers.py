"""Every answer of every address is protective: content policy, caches, framing; and cookies over HTTPS."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import Morsel
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from psycopg.conninfo import make_conninfo

from tests.conftest import Store
from tests.journeys.serving import install
from tests.web.browsing import browser
from tests.web.matrix import Places, address, build_places, patterns
from wholepicture.config import settings
from wholepicture.sign_in import cookies, kept

EXACT = {
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "manifest-src 'self'",
}  # fmt: skip


@pytest.fixture(scope="module")
def places(whole_store: Store) -> Iterator[Places]:
    """See `tests.web.matrix`."""
    yield build_places()
    connections.close_all()
    whole_store.empty()


def answers(client: Client, places: Places) -> Iterator[tuple[str, HttpResponse]]:
    """What each address answers a GET and a POST, of one's own and of nobody's; and what no address is answered."""
    for name, route in patterns():
        if name == "sign-out":
            continue  # last: it ends the session
        for ids in (places.own, places.absent):
            for response in (client.get(address(route, ids)), client.post(address(route, ids))):
                assert isinstance(response, HttpResponse)
                yield name, response
    for response in (client.get("/nowhere"), client.post("/sign-out"), client.put("/sign-in")):
        assert isinstance(response, HttpResponse)
        yield "the rest", response


@pytest.mark.parametrize("role", ["", "social_worker", "ig_lead", "screening_worker", "manager"])
def test_every_answer_is_protective(places: Places, role: str) -> None:
    client = browser(places.viewers[role]) if role else browser()
    seen = 0
    for name, response in answers(client, places):
        wrong = {h: response.get(h) for h, value in EXACT.items() if response.get(h) != value}
        assert wrong == {}, (name, response.status_code)
        policy = set(response["Content-Security-Policy"].split("; "))
        # A file that somebody sent runs nothing and reaches nothing, in a box of its own.
        assert policy == POLICY or ({"sandbox", "default-src 'none'"} <= policy and "script" not in str(policy)), name
        assert "geolocation=()" in response["Permissions-Policy"], name
        assert "publickey-credentials-get=(self)" in response["Permissions-Policy"], name
        for cookie in response.cookies.values():
            if cookie["max-age"] == 0:
                continue  # it is being removed
            assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"], (name, cookie.key)
        seen += 1
    assert seen > 100


HTTPS = """
import json
from wholepicture.config import settings
from django.test import Client
import django; django.setup()
answer = Client(SERVER_NAME="127.0.0.1").get("/sign-in", headers={"x-forwarded-proto": "https"})
print(json.dumps({
    "status": answer.status_code, "hsts": answer["Strict-Transport-Security"],
    "cookies": {c.key: [bool(c["secure"]), c["path"], c["domain"]] for c in answer.cookies.values()},
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE],
}))
"""


def test_over_https_browsers_are_held_to_it(whole_store: Store, tmp_path: Path) -> None:
    # The page asks whether anything can be recorded, so it needs a database: this worker's own.
    server = make_conninfo(whole_store.superuser, dbname=whole_store.name)
    own = install(tmp_path / "data", whole_store.urls, server).environment
    environment = own | {"WHOLEPICTURE_HTTPS": "1", "WHOLEPICTURE_DEMO": "0"}
    done = subprocess.run(
        [sys.executable, "-c", HTTPS], capture_output=True, text=True, cwd=settings.ROOT, env=environment
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["status"], said["hsts"]) == (200, "max-age=31536000; includeSubDomains")
    assert said["cookies"] == {"__Host-csrftoken": [True, "/", ""]}
    assert said["session"] == ["__Host-wp_signing_in", True]


def test_the_sessions_own_cookies_are_bound_to_the_host_over_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "HTTPS", True)
    response = HttpResponse()
    cookies.give(response, "token")
    made: Morsel[str] = response.cookies["__Host-wp_session"]
    assert (made["secure"], made["path"], made["domain"], made["httponly"]) == (True, "/", "", True)
    assert kept.cookie() == "__Host-wp_kept"
