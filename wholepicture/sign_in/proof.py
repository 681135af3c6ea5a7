"""Which second factor this sign-in has shown, as allauth wrote it down on the server."""

from __future__ import annotations

import hmac
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

_WORDS = {"webauthn": "passkey", "totp": "authenticator app", "recovery_codes": "recovery code"}
PROVIDER = "identity provider"
_VOUCHED = "wp_provider_vouches_for"
_BEGAN = "wp_began_with"


def factor_of(request: HttpRequest, user: Any) -> str:
    """The second factor in words; blank for none yet.

    A passkey counts alone: it was unlocked by a finger, a face or a PIN, so it is two factors. An identity provider
    counts where the administrator trusts it to have asked for a second factor, and it says that it did.
    """
    records = get_authentication_records(request, user)
    shown = [_WORDS[record["type"]] for record in records if record.get("method") == "mfa"]
    if shown:
        return shown[-1]
    return PROVIDER if provider_of(request, user) and request.session.get(_VOUCHED) == str(user.pk) else ""


def provider_of(request: HttpRequest, user: Any) -> str:
    """The identity provider by which this sign-in came; blank where it came otherwise."""
    records = get_authentication_records(request, user)
    return next((str(r.get("provider", "")) for r in records if r.get("method") == "socialaccount"), "")


def provider_vouches(request: HttpRequest, user: Any) -> None:
    """Write down, on the server, that a trusted provider has asked this person for a second factor."""
    request.session[_VOUCHED] = str(user.pk)


def begins(request: HttpRequest, user: Any) -> None:
    """Write down, on the server, with which password of theirs this sign-in began, whether it was typed or not."""
    request.session[_BEGAN] = user.get_session_auth_hash()


def still_stands(request: HttpRequest, user: Any) -> bool:
    """Whether they have not been given another password since it began: a reset ends what was waiting, too."""
    return hmac.compare_digest(str(request.session.get(_BEGAN, "")), user.get_session_auth_hash())


def came_by_password(request: HttpRequest, user: Any) -> bool:
    """Whether this sign-in began with a password."""
    return any(record.get("method") == "password" for record in get_authentication_records(request, user))
