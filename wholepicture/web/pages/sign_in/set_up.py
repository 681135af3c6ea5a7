"""Setting up a passkey, an authenticator app and recovery codes: at the first sign-in, or later for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholepicture.sign_in import factors, flow
from wholepicture.sign_in.sessions import signed_in_lately
from wholepicture.sign_in.stages import SecondFactorStage
from wholepicture.web.middleware import SIGN_IN, public, viewer_of
from wholepicture.web.pages.sign_in.forms import CodeForm, PasskeyForm
from wholepicture.web.views import page

_WRONG = "The code is not right, or was used before. Type the six figures that the app shows now"
_NO_PASSKEY = "No passkey was made. Try again, or set up an authenticator app instead"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who sets something up: in the middle of signing in, or signed in not long ago."""

    user: Any
    stage: SecondFactorStage | None


def somebody(request: HttpRequest) -> Somebody | None:
    """Who may change how they sign in now; None where they must sign in (again) first.

    Whoever already has a second factor shows it before they add another: a password alone changes nothing.
    """
    viewer = viewer_of(request)
    if viewer is not None:
        if not signed_in_lately(viewer.session):
            return None
        return Somebody(factors.user_of(UUID(viewer.actor.practitioner)), None)
    stage = flow.waiting(request)
    if stage is None or not flow.may_set_up(request, stage):
        return None
    return Somebody(stage.login.user, stage)


def _again(request: HttpRequest) -> HttpResponse:
    if viewer_of(request) is not None:
        return page(request, "sign_in/again.html")
    return HttpResponseRedirect(f"{SIGN_IN}?problem=waited")


@public
@require_safe
def set_up_page(request: HttpRequest) -> HttpResponse:
    """Choose what to set up."""
    who = somebody(request)
    return _again(request) if who is None else page(request, "sign_in/set_up.html", {"first": who.stage is not None})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def app_page(request: HttpRequest) -> HttpResponse:
    """Show the secret, and take the first code as proof that the app has it."""
    who = somebody(request)
    if who is None:
        return _again(request)
    posted = request.method == "POST"
    form = CodeForm(request.POST if posted else None)
    if form.is_valid():
        made = factors.add_app(request, who.user, form.cleaned_data["code"])
        if made is not None:
            return _made(request, who, made)
        form.add_error("code", _WRONG)
    context = {"form": form, "app": factors.app_to_set_up(who.user, again=posted)}
    return page(request, "sign_in/set_up_app.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_page(request: HttpRequest) -> HttpResponse:
    """Name the passkey and have the browser make it; needs scripts, which the page says."""
    who = somebody(request)
    if who is None:
        return _again(request)
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = factors.add_passkey(who.user, form.cleaned_data["name"], form.cleaned_data["credential"])
        if made is not None:
            return _made(request, who, made)
        form.add_error(None, _NO_PASSKEY)
    return page(request, "sign_in/set_up_passkey.html", {"form": form})


@public
@require_POST
def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the browser makes a passkey from (JSON)."""
    who = somebody(request)
    if who is None:
        return HttpResponse(status=403)
    return HttpResponse(factors.passkey_to_set_up(who.user), content_type="application/json")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def codes_page(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown once; from here a first sign-in goes on."""
    who = somebody(request)
    if who is None:
        return _again(request)
    if who.stage is not None and request.POST.get("go") == "on":
        return flow.go_on(request, who.stage)
    if who.stage is None and request.method != "POST":
        return page(request, "sign_in/codes_asked.html", {"left": factors.codes_left(who.user.pk)})
    context = {"codes": factors.new_recovery_codes(who.user.pk), "first": who.stage is not None}
    return page(request, "sign_in/recovery_codes.html", context)


def _made(request: HttpRequest, who: Somebody, made: Any) -> HttpResponse:
    if who.stage is None:
        return HttpResponseRedirect(f"{reverse('your-sign-in')}?done=factor-added")
    flow.proved(request, made)
    return HttpResponseRedirect(reverse("recovery-codes"))
