"""What allauth is told to do in our way: sessions of ours, secrets encrypted, nobody signed up, no message sent."""

from __future__ import annotations

import base64
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wholepicture.access.operations import SESSION_LENGTH
from wholepicture.agencies.operations import sign_out
from wholepicture.sign_in import cookies
from wholepicture.sign_in.kept import address_after_sign_in
from wholepicture.sign_in.proof import begins, factor_of, provider_of, provider_vouches
from wholepicture.sign_in.providers import is_linked, session_length
from wholepicture.sign_in.sessions import begin, may_sign_in

SIGN_IN = "/sign-in"


def problem(code: str) -> HttpResponseRedirect:
    """Back to the sign-in page, which says what was wrong in words of its own."""
    return HttpResponseRedirect(f"{SIGN_IN}?problem={code}")


class AccountAdapter(DefaultAccountAdapter):
    """Ends allauth's way in a session of ours, and closes every other way that it knows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: staff are entered by an administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor, or setting one up; then a password of one's own."""
        return ["wholepicture.sign_in.stages.SecondFactorStage", "wholepicture.sign_in.stages.OwnPasswordStage"]

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse | None:
        """Whoever has left, and the demonstration's staff outside it, are told what a wrong password is told."""
        begins(request, user)
        if not may_sign_in(user):
            return problem("wrong")
        # Whom the provider no longer knows must not come in by what they keep here (ADR 0034).
        return problem("by-provider") if is_linked(user.pk) and not provider_of(request, user) else None

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin a session of ours, and end the one before; allauth's own holds nothing any longer."""
        factor, by = factor_of(request, user), provider_of(request, user)
        length = session_length(by) if by else SESSION_LENGTH
        if cookies.token_of(request):
            sign_out(token=cookies.token_of(request))
        request.session.flush()
        vars(request)["begun"] = begin(practitioner=user.pk, second_factor=factor, length=length)

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        """Go on to the page that was asked for, with the session's token in its cookie."""
        wanted = hooks["redirect_url"] or "/"
        response = HttpResponseRedirect(address_after_sign_in(request, user.pk, wanted))
        cookies.give(response, vars(request)["begun"])
        return response

    def add_message(self, *args: Any, **hooks: Any) -> None:
        """Pages say what is done themselves."""

    def send_notification_mail(self, *args: Any, **hooks: Any) -> None:
        """No address of anybody is kept to write to."""


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and seeds of recovery codes are encrypted before they are stored."""

    def encrypt(self, text: str) -> str:
        """To the installation's own key."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken where the key has changed."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the name by which browsers call this installation."""
        return {"id": self.request.get_host().partition(":")[0], "name": "Whole Picture"}

    def send_notification_mail(self, *args: Any, **hooks: Any) -> None:
        """See `AccountAdapter`."""


class SocialAdapter(DefaultSocialAccountAdapter):
    """Identity providers sign in whom an administrator has linked, and nobody else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """On with whoever is linked; a subject that nobody linked is sent back: never matched, never made anew."""
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(problem("not-linked"))
        user = sociallogin.user
        record_authentication(request, user, "socialaccount", provider=sociallogin.account.provider)
        if sociallogin.account.extra_data.get("second_factor"):
            provider_vouches(request, user)
        login = Login(user=user, redirect_url=sociallogin.state.get("next"))
        raise ImmediateHttpResponse(perform_login(request, login))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **hooks: Any) -> NoReturn:
        """Whatever went wrong between here and there: begin again."""
        raise ImmediateHttpResponse(problem("provider"))

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Those of the configuration file: none is kept in the database."""
        from wholepicture.sign_in.providers import apps

        return [a for a in apps() if provider in (None, a.provider, a.provider_id)]

    def send_notification_mail(self, *args: Any, **hooks: Any) -> None:
        """See `AccountAdapter`."""


def _fernet() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"second factors").derive(settings.SECOND_FACTOR_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
