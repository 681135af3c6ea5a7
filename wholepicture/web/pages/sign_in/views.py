"""The sign-in page, and signing out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from wholepicture.access.operations import cannot_write
from wholepicture.agencies.operations import sign_out
from wholepicture.agencies.queries import demo_sign_ins
from wholepicture.sign_in import cookies, limits
from wholepicture.sign_in.flow import begin_with_password
from wholepicture.sign_in.kept import is_waiting
from wholepicture.sign_in.providers import providers
from wholepicture.sign_in.sessions import takes_anything
from wholepicture.web.middleware import SIGN_IN, public, viewer_of
from wholepicture.web.navigation import role_title
from wholepicture.web.pages.sign_in.forms import SignInForm
from wholepicture.web.views import page, safe_next, told

WRONG = "The user name or the password is not right"
WAIT = "Too many attempts. Wait five minutes, then try again. A passkey works at once"

PROBLEMS = {
    "wrong": WRONG,
    "passkey": "The passkey did not open anything here. Try again, or sign in with your user name and password",
    "waited": "That took longer than 15 minutes. Begin again",
    "provider": "Signing in there did not work. Try again, or sign in with your user name and password",
    "not-linked": "Nobody here is linked to that account yet. Ask your agency’s information governance lead",
    "by-provider": "You sign in here through your organisation: use its button below",
    "many": WAIT,
}
"""What went wrong on the way, by a code in the address: no fact stands in an address."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What the sign-in page offers in demo mode, and only then: a password, and the users to begin with."""

    password: str
    offered: tuple[str, ...]


def sign_in_view(demo: Demo | None) -> Callable[[HttpRequest], HttpResponse]:
    """The sign-in page; whether there is a demonstration to offer is wired in `config.urls`."""

    @public
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return _sign_in(request, demo)
        if viewer_of(request) is not None:
            return HttpResponseRedirect(safe_next(request))
        return _form(request, SignInForm(), demo)

    return view


@require_POST
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """End the session in the database at once, then forget it here."""
    viewer = viewer_of(request)
    if viewer is not None:
        try:
            sign_out(token=viewer.session)
        except DatabaseError as error:
            # Where nothing can be written neither can a use, so the session is over in 15 minutes; here it is at once.
            if not cannot_write(error):
                raise
    response = told(SIGN_IN, "signed-out")
    cookies.forget(response)
    return response


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the outermost of our own proxies saw it; what stands left of that is hearsay."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if 0 < settings.PROXIES <= len(seen):
        return seen[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def _sign_in(request: HttpRequest, demo: Demo | None) -> HttpResponse:
    """Go on to the second factor or the page that was asked for; what was wrong is said without saying which."""
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form, demo)
    name, address = form.cleaned_data["username"], address_of(request)
    if not limits.may_try_password(name, address):
        form.add_error(None, WAIT)
        return _form(request, form, demo, status=429)
    password = form.cleaned_data["password"]
    response = begin_with_password(request, username=name, password=password, then=safe_next(request))
    if response is None:
        form.add_error(None, WRONG)
        return _form(request, form, demo)
    limits.password_was_right(name, address)
    return response


def _form(request: HttpRequest, form: SignInForm, demo: Demo | None, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"form": form, "next": safe_next(request, ""), "password": ""}
    context["problem"] = PROBLEMS.get(request.GET.get("problem", ""), "")
    context["providers"] = [(p.id, p.name) for p in providers()]
    context["kept"] = is_waiting(request)
    context["closed"] = not takes_anything()
    if demo is not None:
        users = [(username, name, role_title(role)) for username, name, role in demo_sign_ins()]
        context["password"] = demo.password
        context["offered"] = [u for u in users if u[0] in demo.offered]
        context["others"] = [u for u in users if u[0] not in demo.offered]
    return page(request, "sign_in/sign_in.html", context, status=status)
