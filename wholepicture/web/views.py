"""What every view is made of: who is looking, the audited read around a page, and the page itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from wholepicture.access.clock import now
from wholepicture.access.operations import authorise, viewing
from wholepicture.access.roles import ROLES, Permission
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.web.middleware import SIGN_IN, public, viewer_of

P = ParamSpec("P")
SignedInView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]

__all__ = ["allowed", "page", "public", "purpose_of", "reading", "safe_next", "signed_in", "told", "viewer_of"]


def signed_in(view: SignedInView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the signed-in viewer to the view; anybody else signs in first and comes back."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer = viewer_of(request)
        if viewer is None:
            return to_sign_in(request)
        return view(request, viewer, *args, **kwargs)

    return wrapped


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards where this is a page that can be come back to."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseRedirect(SIGN_IN)
    return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.get_full_path()})}")


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the reader was going, if it is a page of ours."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return otherwise


def purpose_of(viewer: Viewer) -> Purpose:
    """Why holders of this role look."""
    return ROLES[viewer.actor.role].purpose


@contextmanager
def reading(
    viewer: Viewer,
    *,
    act: str,
    permission: Permission = Permission.VIEW_CHILD,
    person: UUID | None = None,
    entry: UUID | None = None,
    ledger: bool = False,
) -> Iterator[None]:
    """Read and render as the viewer for their role's purpose; the audit row is written first (principle 8)."""
    purpose = purpose_of(viewer)
    with viewing(
        viewer, permission=permission, purpose=purpose, now=now(), act=act, person=person, entry=entry, ledger=ledger
    ):
        yield


def allowed(viewer: Viewer, permission: Permission, *people: UUID) -> Authority:
    """Access's authority for the viewer to do an act about these people now; raises Refused."""
    return authorise(viewer, permission=permission, purpose=purpose_of(viewer), now=now(), people=people)


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A whole page; call it inside `reading`, so that nothing is read after the audited transaction."""
    return render(request, template, dict(context or {}), status=status)


def told(address: str, code: str) -> HttpResponse:
    """Go on to a page which says that it is done (`web.done`); the address carries a code and no fact."""
    joint = "&" if "?" in address else "?"
    return HttpResponseRedirect(f"{address}{joint}done={code}")
