"""Identity providers (OpenID Connect), as the administrator's file names them, and who is linked there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings
from django.db import IntegrityError, connections

from wholepicture.access.engine import as_sign_in
from wholepicture.agencies.operations import note_own_act
from wholepicture.foundation.refusals import Refused

FILE = "identity-providers.json"
_LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider.

    `trusted_amr` and `trusted_acr` are the values of those claims that say that it has asked for a second factor.
    Where both are empty, or none of them comes, we ask for our own. After `session_minutes` the provider is asked
    again whether it still knows them: who was disabled there is out by then.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    secret: str
    trusted_amr: tuple[str, ...] = ()
    trusted_acr: tuple[str, ...] = ()
    acr_values: str = ""
    session_minutes: int = 60


def providers() -> tuple[Provider, ...]:
    """Those of the file, in its order; none where there is no file. Raises Refused where the file is not right."""
    path = Path(settings.DATA) / FILE
    if not path.exists():
        return ()
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        found = tuple(_provider(one) for one in given)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("providers", f"{FILE} cannot be read: {error}. See the how-to on signing in.") from error
    if len({one.id for one in found}) != len(found):
        raise Refused("providers", f"{FILE} names two providers by one id.")
    return found


def _provider(given: dict[str, Any]) -> Provider:
    made = Provider(
        id=str(given["id"]),
        name=str(given["name"]),
        issuer=str(given["issuer"]),
        client_id=str(given["client_id"]),
        secret=str(given["secret"]),
        trusted_amr=tuple(given.get("trusted_amr", ())),
        trusted_acr=tuple(given.get("trusted_acr", ())),
        acr_values=str(given.get("acr_values", "")),
        session_minutes=int(given.get("session_minutes", 60)),
    )
    if not 15 <= made.session_minutes <= 720:
        raise ValueError(f"session_minutes of {made.id} must be from 15 to 720")
    parts = urlsplit(made.issuer)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ValueError(f"the issuer of {made.id} must begin with https://")
    if not made.id.replace("-", "").isalnum():
        raise ValueError(f"the id {made.id} may have letters, figures and hyphens only")
    return made


def provider(wanted: str) -> Provider | None:
    """The provider of that id."""
    return next((one for one in providers() if one.id == wanted), None)


def session_length(wanted: str) -> timedelta:
    """How long a session by that provider lasts; an hour where the file names it no longer."""
    found = provider(wanted)
    return timedelta(minutes=found.session_minutes if found else 60)


def apps() -> list[Any]:
    """Each provider as allauth takes it."""
    return [
        SocialApp(
            provider="openid_connect", provider_id=one.id, name=one.name, client_id=one.client_id, secret=one.secret,
            settings={
                "server_url": one.issuer, "fetch_userinfo": False, "oauth_pkce_enabled": True, "scope": ["openid"],
            },
        )
        for one in providers()
    ]  # fmt: skip


def link(practitioner: UUID, *, provider: str, subject: str) -> None:
    """Let an account of a provider sign in as a practitioner; raises Refused where it is linked, or unknown."""
    if provider not in {one.id for one in providers()}:
        raise Refused("provider", f"{FILE} names no provider “{provider}”.")
    try:
        with as_sign_in():
            SocialAccount.objects.create(user_id=practitioner, provider=provider, uid=subject, extra_data={})
    except IntegrityError as error:
        raise Refused("linked", "That account is linked to somebody already.") from error
    note_own_act(practitioner=practitioner, act="sign-in:linked", ground=f"command, {provider}")


def is_linked(practitioner: UUID) -> bool:
    """Whether they sign in by a provider, and so by nothing else."""
    with as_sign_in():
        return bool(SocialAccount.objects.filter(user_id=practitioner).exists())


def unlink(practitioner: UUID) -> None:
    """No account of any provider signs in as them any longer."""
    # Not by Django, which would also empty a table of tokens that we never fill and may not touch.
    with as_sign_in(), connections["sign_in"].cursor() as cursor:
        cursor.execute("DELETE FROM socialaccount_socialaccount WHERE user_id = %s", [practitioner])
