"""Choosing a password of one's own: at the first sign-in, and later."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wholepicture.access.operations import token_hash
from wholepicture.agencies.operations import end_own_sessions
from wholepicture.foundation.authority import Viewer
from wholepicture.sign_in import factors, flow, limits, passwords
from wholepicture.sign_in.stages import OwnPasswordStage
from wholepicture.web.done import tell
from wholepicture.web.middleware import SIGN_IN, public
from wholepicture.web.pages.sign_in.forms import ChangeForm, PasswordForm
from wholepicture.web.views import page, signed_in, told

tell("password-changed", "Your password is changed. You are signed out everywhere else.")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def first_page(request: HttpRequest) -> HttpResponse:
    """In the place of the password that was given out."""
    stage = flow.waiting(request, OwnPasswordStage.key)
    if stage is None:
        return HttpResponseRedirect(f"{SIGN_IN}?problem=waited")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_good(form, stage.login.user):
        return flow.choose_own_password(request, stage, form.cleaned_data["password"])
    return page(request, "sign_in/password.html", {"form": form, "first": True})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """With the old one as proof; guessing at it is slowed as at signing in."""
    own = UUID(viewer.actor.practitioner)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_theirs(form, own) and _is_good(form, factors.user_of(own)):
        passwords.choose(own, form.cleaned_data["password"])
        # Whoever changes it may fear that somebody else is in: nobody else is, from here on.
        end_own_sessions(practitioner=own, but=token_hash(viewer.session))
        return told(reverse("your-sign-in"), "password-changed")
    return page(request, "sign_in/password.html", {"form": form, "first": False})


def _is_good(form: PasswordForm, user: Any) -> bool:
    for fault in passwords.faults(user, form.cleaned_data["password"]):
        form.add_error("password", fault)
    return not form.errors


def _is_theirs(form: ChangeForm, own: UUID) -> bool:
    if not limits.may_try_code(own):
        form.add_error(None, "Too many attempts. Wait five minutes, then try again")
    elif not passwords.is_right(own, form.cleaned_data["old"]):
        form.add_error("old", "This is not your password now")
    else:
        limits.code_was_right(own)
    return not form.errors
