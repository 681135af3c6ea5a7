"""The cookie that carries a session's token: only to this host, never to scripts, and over HTTPS where there is any."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def name() -> str:
    """With `__Host-`, browsers themselves refuse it from another host, path or without HTTPS."""
    return "__Host-wp_session" if settings.HTTPS else "wp_session"


def give(response: HttpResponse, token: str) -> None:
    """Put the token in the browser until it closes; the database says when the session is over."""
    response.set_cookie(name(), token, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/")


def token_of(request: HttpRequest) -> str:
    """The token that the browser holds; blank for none."""
    return request.COOKIES.get(name(), "")


def forget(response: HttpResponse) -> None:
    """Remove it."""
    response.delete_cookie(name(), path="/", samesite="Lax")
