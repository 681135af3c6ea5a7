"""The sign-in page, and signing out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from wholepicture.agencies.operations import sign_in, sign_out
from wholepicture.agencies.queries import demo_sign_ins
from wholepicture.web.middleware import SIGN_IN, public, viewer_of
from wholepicture.web.navigation import role_title
from wholepicture.web.pages.sign_in import attempts
from wholepicture.web.pages.sign_in.forms import SignInForm
from wholepicture.web.views import page, safe_next, told

_WRONG = "The user name or the password is not right"
_WAIT = "Too many attempts. Wait five minutes, then try again"


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
        sign_out(token=viewer.session)
    request.session.flush()
    return told(SIGN_IN, "signed-out")


def _sign_in(request: HttpRequest, demo: Demo | None) -> HttpResponse:
    """Go on to the page that was asked for; what was wrong is said without saying which."""
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form, demo)
    name, address = form.cleaned_data["username"], request.META.get("REMOTE_ADDR", "")
    if attempts.too_many(name, address):
        form.add_error(None, _WAIT)
        return _form(request, form, demo, status=429)
    # Sessions last in real time, even where a demonstration's clock has been moved on.
    token = sign_in(username=name, password=form.cleaned_data["password"], now=attempts.real_now())
    if token is None:
        attempts.failed(name, address)
        form.add_error(None, _WRONG)
        return _form(request, form, demo)
    attempts.forgotten(name, address)
    request.session.flush()
    request.session["viewer"] = token
    return HttpResponseRedirect(safe_next(request))


def _form(request: HttpRequest, form: SignInForm, demo: Demo | None, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"form": form, "next": safe_next(request, ""), "password": ""}
    if demo is not None:
        users = [(username, name, role_title(role)) for username, name, role in demo_sign_ins()]
        context["password"] = demo.password
        context["offered"] = [u for u in users if u[0] in demo.offered]
        context["others"] = [u for u in users if u[0] not in demo.offered]
    return page(request, "sign_in/sign_in.html", context, status=status)
