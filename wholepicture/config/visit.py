"""A visitor that opens pages as a browser would, to see that a running installation answers."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT = 30.0
"""Seconds that a page may take before it counts as not answering."""

SIGN_IN = "/sign-in"


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the status, where redirects ended, and the text."""

    status: int
    path: str
    text: str

    def trouble(self) -> str | None:
        """Why this is not a page that the visitor may see, or None."""
        if self.status != 200:
            return f"answered {self.status}"
        if self.path == SIGN_IN:
            return "sent the visitor back to sign in"
        if not re.search(r"<h1\b", self.text):
            return "has no heading"
        return None


class Visitor:
    """One person's browser: it keeps cookies, follows redirects and can sign in."""

    def __init__(self, base: str) -> None:
        self._base = base
        # No proxy, whatever the environment says: this machine asks itself.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def open(self, path: str, form: dict[str, str] | None = None) -> Page:
        """Get a page, or send it a form."""
        address = urljoin(self._base, path)
        body = None if form is None else urlencode(form).encode()
        request = urllib.request.Request(address, data=body, headers={"Referer": address})
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return Page(answer.status, urlsplit(answer.url).path, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Page(error.code, path, error.read().decode(errors="replace"))

    def sign_in(self, username: str, password: str) -> Page:
        """Sign in by the form that the sign-in page shows; the page that follows."""
        hidden = _HiddenFields()
        hidden.feed(self.open(SIGN_IN).text)
        return self.open(SIGN_IN, hidden.fields | {"username": username, "password": password})


class _HiddenFields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and given.get("type") == "hidden" and name:
            self.fields[name] = given.get("value") or ""
