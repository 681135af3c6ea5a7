"""Pages for what went wrong, in plain English: what happened, what was kept, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wholepicture.foundation.refusals import Refused
from wholepicture.web.kept import typed_in
from wholepicture.web.middleware import public

_ABSENT = frozenset({"no-claim", "absent"})
_FORBIDDEN = frozenset({"role"})
_SECRET = ("/sign-in", "/your-sign-in")


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page for a refusal. Hidden and absent are one page, byte for byte, so that neither tells of the other."""
    if error.code in _ABSENT:
        return _page(request, "404", 404)
    if error.code in _FORBIDDEN:
        return _page(request, "403", 403, sentence=error.sentence)
    return _page(request, "400", 400, sentence=error.sentence)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent could not be read, or was too large."""
    from django.core.exceptions import RequestDataTooBig

    if isinstance(exception, RequestDataTooBig):
        return _page(request, "413", 413)
    return _page(request, "400", 400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role does not allow the page."""
    return _page(request, "403", 403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return _page(request, "404", 404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault; nothing half-done is kept."""
    return _page(request, "500", 500)


def not_recorded(request: HttpRequest) -> HttpResponse:
    """The database takes nothing: every word that was sent is shown again, but for what is typed to sign in."""
    typed = [] if request.path.startswith(_SECRET) else typed_in(request).lists()
    fields = [(name, value) for name, values in typed for value in values]
    context = {"fields": fields, "address": request.get_full_path(), "had_files": bool(request.FILES)}
    return render(request, "errors/503.html", context, status=503)


def _page(request: HttpRequest, name: str, status: int, *, sentence: str = "") -> HttpResponse:
    return render(request, f"errors/{name}.html", {"sentence": sentence}, status=status)
