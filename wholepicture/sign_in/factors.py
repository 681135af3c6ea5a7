"""Second factors: authenticator apps, passkeys and recovery codes, by allauth's own code for each."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret, get_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from wholepicture.access.engine import as_sign_in
from wholepicture.agencies.operations import note_own_act
from wholepicture.sign_in import limits


@dataclass(frozen=True, slots=True)
class Factor:
    """A passkey or authenticator app as its owner sees it."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class AppSetUp:
    """What an authenticator app is set up with: the secret in text, and a picture of it as a data: address."""

    secret: str
    picture: str


_KINDS = {"totp": "Authenticator app", "webauthn": "Passkey"}


def user_of(practitioner: UUID) -> Any:
    """The practitioner as allauth takes them."""
    with as_sign_in():
        return get_user_model().objects.get(pk=practitioner)


def factors_of(practitioner: UUID) -> list[Factor]:
    """Their passkeys and authenticator app, the oldest first."""
    with as_sign_in():
        rows = Authenticator.objects.filter(user_id=practitioner, type__in=_KINDS).order_by("created_at", "id")
        return [
            Factor(r.id, _KINDS[r.type], r.data.get("name", ""), r.created_at, r.last_used_at)
            for r in rows
        ]  # fmt: skip


def check_code(user: Any, code: str) -> Any:
    """The authenticator app or recovery codes that this code belongs to; None where it is wrong or was used before."""
    with as_sign_in():
        for row in Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.WEBAUTHN):
            if row.wrap().validate_code(code):
                row.user = user
                return row if limits.use_once(user.pk, code) else None
    return None


def app_to_set_up(user: Any, *, again: bool) -> AppSetUp:
    """A new secret, which stays on the server until the app has shown that it has it; `again` keeps the last one."""
    secret = get_totp_secret(regenerate=not again)
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    return AppSetUp(secret, f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}")


def add_app(request: HttpRequest, user: Any, code: str) -> Any:
    """Set up the authenticator app whose code this is, in the place of an earlier one; None where the code is wrong."""
    secret = get_totp_secret()
    if not validate_totp_code(secret, code) or not limits.use_once(user.pk, code):
        return None
    with as_sign_in():
        Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
        made = TOTP.activate(user, secret).instance
    clear_totp_secret(request)
    note_own_act(practitioner=user.pk, act="sign-in:app-added")
    return made


def passkey_to_set_up(user: Any) -> str:
    """What the browser makes a passkey from, as JSON; the challenge stays on the server."""
    with as_sign_in():
        return json.dumps(webauthn.begin_registration(user, passwordless=True))


def add_passkey(user: Any, name: str, credential: str) -> Any:
    """Set up the passkey that a browser made; None where it does not answer the challenge or was not unlocked."""
    try:
        with as_sign_in():
            given = json.loads(credential)
            webauthn.parse_registration_response(given)
            bound = webauthn.complete_registration(given)
            if not bound.is_user_verified():
                return None
            made = webauthn.WebAuthn.add(user, name, given).instance
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None
    note_own_act(practitioner=user.pk, act="sign-in:passkey-added")
    return made


def passkey_to_ask_for() -> str:
    """What the browser answers with any passkey that it holds for this place, as JSON."""
    with as_sign_in():
        return json.dumps(webauthn.begin_authentication())


def answered_passkey(credential: str) -> Any:
    """The passkey that answered, with its owner as `user`; None where it is nobody's or the answer is wrong."""
    try:
        with as_sign_in():
            given = json.loads(credential)
            webauthn.parse_authentication_response(given)
            user = webauthn.extract_user_from_response(given)
            found = webauthn.complete_authentication(user, given)
            found.user = user
            return found
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None


def new_recovery_codes(practitioner: UUID) -> list[str]:
    """Ten codes, each good once; those from before open nothing any longer. They are shown this once."""
    user = user_of(practitioner)
    with as_sign_in():
        Authenticator.objects.filter(user_id=practitioner, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    note_own_act(practitioner=practitioner, act="sign-in:codes-made")
    return codes


def codes_left(practitioner: UUID) -> int | None:
    """How many recovery codes are unused; None where there are none."""
    with as_sign_in():
        row = Authenticator.objects.filter(user_id=practitioner, type=Authenticator.Type.RECOVERY_CODES).first()
        return len(row.wrap().get_unused_codes()) if row else None


def remove(*, practitioner: UUID, factor: int) -> bool:
    """Remove one of their own factors, but never the last; whether it was removed."""
    with as_sign_in():
        rows = Authenticator.objects.select_for_update().filter(user_id=practitioner, type__in=_KINDS)
        mine = [row for row in rows if row.id == factor]
        if not mine or len(rows) < 2:
            return False
        mine[0].delete()
    note_own_act(practitioner=practitioner, act="sign-in:factor-removed")
    return True


def remove_all(practitioner: UUID) -> None:
    """Remove every factor and recovery code of somebody who leaves, or who has lost theirs."""
    with as_sign_in():
        Authenticator.objects.filter(user_id=practitioner).delete()
