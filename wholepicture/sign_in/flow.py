"""The way from a password to a session: begun, waiting for a second factor, and gone on with."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wholepicture.access.engine import as_sign_in
from wholepicture.agencies.operations import whose_password
from wholepicture.sign_in import passwords
from wholepicture.sign_in.proof import factor_of, still_stands
from wholepicture.sign_in.sessions import has_second_factor, may_sign_in, real_now
from wholepicture.sign_in.stages import SECOND_FACTOR, OwnPasswordStage, SecondFactorStage


def begin_with_password(request: HttpRequest, *, username: str, password: str, then: str) -> HttpResponse | None:
    """Go on to the second factor, or straight in where none is asked; None where these belong to nobody."""
    found = whose_password(username=username, password=password)
    if found is None:
        return None
    request.session.flush()
    with as_sign_in():
        _forget_old()
        user = get_user_model().objects.get(pk=found)
        response: HttpResponse = perform_password_login(
            request, {"username": username}, Login(user=user, redirect_url=then)
        )
    return response


def begin_with_passkey(request: HttpRequest, *, authenticator: Any, then: str) -> HttpResponse:
    """Straight in: an unlocked passkey is two factors by itself. Where a sign-in waits for one, on with that."""
    stage = waiting(request)
    if stage is not None and stage.login.user.pk == authenticator.user.pk:
        proved(request, authenticator)
        return go_on(request, stage)
    request.session.flush()
    with as_sign_in():
        _forget_old()
        login = Login(user=authenticator.user, redirect_url=then)
        response: HttpResponse = perform_passwordless_login(request, authenticator, login)
    return response


def may_set_up(request: HttpRequest, stage: SecondFactorStage) -> bool:
    """Whether somebody in the middle of signing in may set up a factor: they have none, or have just shown it."""
    user = stage.login.user
    with as_sign_in():
        return bool(factor_of(request, user)) or not has_second_factor(user.pk)


def waiting(request: HttpRequest, key: str = SecondFactorStage.key) -> Any:
    """The stage at which a sign-in waits, within 15 minutes of its password; None where none waits there."""
    if not request.COOKIES.get(_cookie()):
        return None
    with as_sign_in():
        found = LoginStageController.enter(request, key)
    user = found.login.user if found is not None else None
    # Somebody who has left in these minutes, or was given another password, waits for nothing.
    return found if user is not None and may_sign_in(user) and still_stands(request, user) else None


def proved(request: HttpRequest, authenticator: Any) -> None:
    """Write down, on the server, that a second factor was shown."""
    with as_sign_in():
        post_authentication(request, authenticator)


def go_on(request: HttpRequest, stage: SecondFactorStage) -> HttpResponse:
    """On into the session, once a second factor is shown; before that, back to where it is asked for."""
    if not factor_of(request, stage.login.user):
        return HttpResponseRedirect(SECOND_FACTOR)
    with as_sign_in():
        response: HttpResponse = stage.exit()
    return response


def choose_own_password(request: HttpRequest, stage: OwnPasswordStage, password: str) -> HttpResponse:
    """Keep the new password, and go on into the session."""
    passwords.choose(stage.login.user.pk, password)
    with as_sign_in():
        response: HttpResponse = stage.exit()
    return response


def _forget_old() -> None:
    """Unfinished sign-ins are of no use after their minutes."""
    Session.objects.filter(expire_date__lt=real_now()).delete()


def _cookie() -> str:
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME
