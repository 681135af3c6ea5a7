"""Every response is protective by default, and every request knows who is looking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)

Handler = Callable[[HttpRequest], HttpResponse]


class ProtectiveHeaders:
    """A strict content policy, and no page about a family in any cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers set."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", _POLICY)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class SignedInViewer:
    """Puts the viewer whom the session token resolves to on the request, or None."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Resolve the viewer, then answer."""
        from wholepicture.agencies.queries import viewer_of_session

        token = request.session.get("viewer", "")
        request.viewer = viewer_of_session(token) if token else None  # type: ignore[attr-defined]
        return self.get_response(request)
