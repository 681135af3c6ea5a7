"""Who may sign in, what they need for it, and the sessions that they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connections

from wholepicture.access.engine import as_sign_in
from wholepicture.access.operations import SESSION_LENGTH, token_hash
from wholepicture.agencies.operations import begin_session_of

RECENT = timedelta(minutes=15)
"""How one signs in is changed only so soon after signing in (ASVS 7.5.1)."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is not over: when it began, when it was last used, by which second factor; `ref` is its hash."""

    ref: str
    started_at: datetime
    used_at: datetime
    second_factor: str


def real_now() -> datetime:
    """The real time (UTC): sessions are about real browsers, not about a demonstration's clock."""
    return datetime.now(UTC)


def may_sign_in(user: Any) -> bool:
    """Whether they may at all: nobody who has left, and the demonstration's staff only in a demonstration."""
    return bool(user.is_active and (settings.DEMO or not user.demo))


def is_exempt(user: Any) -> bool:
    """Whether no second factor is asked of them: the demonstration's invented staff, and only there."""
    return bool(user.demo and settings.DEMO)


def has_second_factor(practitioner: UUID) -> bool:
    """Whether they have set up a passkey or an authenticator app."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=practitioner, type__in=kinds).exists())


def begin(*, practitioner: UUID, second_factor: str, length: timedelta = SESSION_LENGTH) -> str:
    """Begin a session, with who and by which second factor on the audit; its token."""
    return begin_session_of(practitioner=practitioner, second_factor=second_factor, now=real_now(), length=length)


def sessions_of(practitioner: UUID) -> list[Session]:
    """The sessions of somebody that are not over, the latest used first."""
    with as_sign_in(), connections["sign_in"].cursor() as cursor:
        cursor.execute(
            """SELECT s.token_hash, s.started_at, u.at, s.second_factor FROM access_session s
            JOIN access_session_use u USING (token_hash)
            WHERE s.practitioner = %s AND s.expires_at > now() AND u.at > now() - interval '15 minutes'
              AND NOT EXISTS (SELECT 1 FROM access_session_end e WHERE e.token_hash = s.token_hash)
            ORDER BY u.at DESC, s.started_at DESC""",
            [practitioner],
        )
        return [Session(*row) for row in cursor.fetchall()]


def takes_anything() -> bool:
    """Whether the database can be written to, by its own word: not a standby, nor one that is set to be read only."""
    with as_sign_in(), connections["sign_in"].cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only') = 'off'")
        row = cursor.fetchone()
    return bool(row and row[0])


def holder_of(token: str) -> UUID | None:
    """Whose session that is or was within the last day, over or not; None where there never was one."""
    with as_sign_in(), connections["sign_in"].cursor() as cursor:
        cursor.execute(
            "SELECT practitioner FROM access_session WHERE token_hash = %s AND started_at > now() - interval '1 day'",
            [token_hash(token)],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def signed_in_lately(token: str) -> bool:
    """Whether the session began within the last quarter of an hour: only then is it changed how one signs in."""
    with as_sign_in(), connections["sign_in"].cursor() as cursor:
        cursor.execute("SELECT started_at FROM access_session WHERE token_hash = %s", [token_hash(token)])
        row = cursor.fetchone()
    return bool(row and row[0] > real_now() - RECENT)
