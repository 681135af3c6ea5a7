"""A browser without a screen, signed in as somebody."""

from __future__ import annotations

from django.test import Client

from wholepicture.foundation.authority import Viewer
from wholepicture.sign_in import cookies


def browser(viewer: Viewer | None = None) -> Client:
    """A client of this machine's own address, signed in as the viewer where one is given."""
    client = Client(SERVER_NAME="127.0.0.1")
    if viewer is not None:
        client.cookies[cookies.name()] = viewer.session
    return client
