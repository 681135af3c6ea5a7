"""Real practitioners (not of the demonstration), and what they hold in their hands."""

from __future__ import annotations

import re
import time
from uuid import UUID

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.worlds import HASH, PASSWORD, authority
from wholepicture.agencies.operations import add_agency, add_practitioner, add_team


def employ(username: str, *, role: str = "social_worker", team: str = "north", demo: bool = False) -> UUID:
    """Enter somebody who has only a first password yet."""
    add_agency(authority=authority(), code="social_care", name="Council")
    add_team(authority=authority(), code=team, name=team.title(), agency="social_care")
    return add_practitioner(
        authority=authority(), username=username, name=username.title(), role=role, team=team,
        password_hash=HASH, demo=demo,
    )  # fmt: skip


class App:
    """An authenticator app. Each code is asked for one step later, since none opens anything twice."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._step = int(time.time()) // 30 - 1

    def code(self) -> str:
        """The next code that the server takes: it allows one step either way."""
        if (left := 30 - time.time() % 30) < 2:
            time.sleep(left)  # on a busy machine, the step would end before the server has looked
        self._step = max(self._step, int(time.time()) // 30 - 1)
        code = str(format_hotp_value(hotp_value(self.secret, self._step)))
        self._step += 1
        return code


def begin(client: Client, username: str, then: str = "", password: str = PASSWORD) -> str:
    """Type a name and a password; where that goes on to."""
    response = client.post("/sign-in", {"username": username, "password": password, "next": then})
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def set_up_app(client: Client) -> App:
    """Set up an authenticator app on the page that asks for it."""
    page = client.get("/sign-in/set-up/app").content.decode()
    app = App(secret_on(page))
    assert client.post("/sign-in/set-up/app", {"code": app.code()}).status_code == 302
    return app


def secret_on(page: str) -> str:
    """The key as the page shows it in text."""
    found = re.search(r"wp-key\">([A-Z2-7 =]+)<", page)
    assert found, page
    return found[1].replace(" ", "")


def settle_in(client: Client, username: str) -> App:
    """A whole first sign-in: password, app, recovery codes kept, and in."""
    assert begin(client, username) == "/sign-in/set-up"
    app = set_up_app(client)
    assert client.get("/sign-in/recovery-codes").status_code == 200
    assert client.post("/sign-in/recovery-codes", {"go": "on"})["Location"] == "/"
    return app
