"""Every response is protective by default, every request knows who is looking, and every refusal is a page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wholepicture.access.operations import cannot_write
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.sign_in.cookies import token_of
from wholepicture.sign_in.kept import forget_if_sent

_logger = logging.getLogger(__name__)

SIGN_IN = "/sign-in"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
_PERMISSIONS = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)

Handler = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])
_PUBLIC: set[Callable[..., HttpResponse]] = set()


class ProtectiveHeaders:
    """A strict content policy, and no page about a family in any cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers set."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", _POLICY)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", _PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response


class SignedInViewer:
    """Puts the viewer whom the session token resolves to on the request; every page but a public one needs one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Resolve the viewer, then answer."""
        from wholepicture.agencies.queries import viewer_of_session

        token = token_of(request)
        vars(request)["viewer"] = viewer_of_session(token) if token else None
        # Who is looking is the viewer. Django's own user is nobody, here and for allauth.
        request.user = AnonymousUser()
        response = self.get_response(request)
        viewer = viewer_of(request)
        if viewer is not None:
            forget_if_sent(request, response, UUID(viewer.actor.practitioner))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Whoever is not signed in gets no page but a public one, whatever its author forgot."""
        from wholepicture.web.kept import keep_typed, show_kept

        viewer = viewer_of(request)
        if viewer is not None:
            return show_kept(request, UUID(viewer.actor.practitioner), view, args, kwargs)
        if view in _PUBLIC:
            return None
        if request.method == "POST":
            try:
                return keep_typed(request, SIGN_IN)
            except DatabaseError as error:
                return _not_recorded(request, error)
        wanted = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': wanted})}")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is a page that says what was refused and what to do; so is a database that takes nothing."""
        from wholepicture.web.errors import refused

        if isinstance(error, DatabaseError):
            return _not_recorded(request, error)
        return refused(request, error) if isinstance(error, Refused) else None


def _not_recorded(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    from wholepicture.web.errors import not_recorded

    if not cannot_write(error):
        raise error
    _logger.error("the database takes nothing: %s could not be recorded", request.method)
    return not_recorded(request)


def public(view: View) -> View:
    """Mark a view that needs nobody signed in. It shows no fact about anybody."""
    _PUBLIC.add(view)
    return view


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Who is looking; None where nobody is signed in."""
    found = getattr(request, "viewer", None)
    return found if isinstance(found, Viewer) else None
