"""Writes to the directory, and signing in and out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from wholepicture.access.engine import as_engine, as_sign_in
from wholepicture.access.operations import (
    SESSION_LENGTH,
    acting,
    begin_session,
    end_session,
    end_sessions,
    own_authority,
)
from wholepicture.agencies.models import Agency, Practitioner, Supervision, Team
from wholepicture.foundation.authority import Actor, Authority


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Checked when nobody signs in so, that an unknown name takes as long as a wrong password."""
    return make_password("nobody")


def whose_password(*, username: str, password: str) -> UUID | None:
    """Whom these belong to, among those who may sign in; None for nobody, which takes as long."""
    with as_sign_in():
        found = Practitioner.objects.filter(username=username.strip(), is_active=True).first()
    right = check_password(password, found.password if found else _nobody())
    if not right or found is None or (found.demo and not settings.DEMO):
        return None
    return found.id


def sign_in(*, username: str, password: str, now: datetime) -> str | None:
    """Start a session for somebody of the demonstration and return its token; None for anybody else.

    Whoever is real comes by `wholepicture.sign_in`, which asks for a second factor.
    """
    found = whose_password(username=username, password=password)
    if found is None:
        return None
    with as_engine():
        demo = Practitioner.objects.filter(id=found, demo=True).exists()
    return begin_session_of(practitioner=found, second_factor="", now=now) if demo else None


def begin_session_of(
    *, practitioner: UUID, second_factor: str, now: datetime, length: timedelta = SESSION_LENGTH
) -> str:
    """Start a session for a practitioner who has shown who they are; who and how are on the audit. Its token."""
    ground = second_factor or "demonstration"
    with acting(own_authority(actor_of(practitioner), act="session:begin", ground=ground, now=now)):
        return begin_session(practitioner=practitioner, now=now, second_factor=second_factor, length=length)


def sign_out(*, token: str) -> None:
    """End the session."""
    end_session(token=token)


def add_agency(*, authority: Authority, code: str, name: str) -> None:
    """Enter an agency in the directory; entering it again changes nothing."""
    with acting(authority):
        Agency.objects.bulk_create([Agency(code=code, name=name)], ignore_conflicts=True)


def add_team(*, authority: Authority, code: str, name: str, agency: str, phone: str = "", email: str = "") -> None:
    """Enter a team; entering it again changes nothing."""
    with acting(authority):
        Team.objects.bulk_create(
            [Team(code=code, name=name, agency_id=agency, phone=phone, email=email)], ignore_conflicts=True
        )


def supervise(*, authority: Authority, team: str, supervised: str) -> None:
    """Say that one team supervises another."""
    with acting(authority):
        Supervision.objects.bulk_create([Supervision(team_id=team, supervised_id=supervised)], ignore_conflicts=True)


def add_practitioner(
    *,
    authority: Authority,
    username: str,
    name: str,
    role: str,
    team: str,
    password_hash: str,
    phone: str = "",
    demo: bool = False,
    first_password: bool = False,
) -> UUID:
    """Enter somebody who may sign in; `password_hash` is as Django's hashers make it.

    A `first_password` was made by somebody else, and its owner chooses another before they see anything.
    """
    with acting(authority):
        row = Practitioner(
            username=username,
            name=name,
            role=role,
            team_id=team,
            password=password_hash,
            phone=phone,
            demo=demo,
            first_password=first_password,
        )
        Practitioner.objects.bulk_create([row])
    return row.id


def actor_of(practitioner: UUID) -> Actor:
    """A practitioner as the audit names them; raises DoesNotExist for nobody."""
    with as_engine():
        row = Practitioner.objects.select_related("team").get(id=practitioner)
    return Actor(str(row.id), row.name, row.role, row.team.agency_id, row.team_id)


def note_own_act(*, practitioner: UUID, act: str, ground: str = "own sign-in") -> None:
    """Write on the audit what somebody did about their own sign-in."""
    with acting(own_authority(actor_of(practitioner), act=act, ground=ground, now=datetime.now(UTC))):
        pass


def choose_password(*, practitioner: UUID, password_hash: str) -> None:
    """Somebody's own new password, in the place of the one before."""
    authority = own_authority(actor_of(practitioner), act="sign-in:password", ground="own", now=datetime.now(UTC))
    with acting(authority):
        Practitioner.objects.filter(id=practitioner).update(password=password_hash, first_password=False)


def end_own_sessions(*, practitioner: UUID, only: str = "", but: str = "") -> int:
    """End one of somebody's own sessions, or all of them but one (by the hash of its token); how many ended."""
    authority = own_authority(actor_of(practitioner), act="session:end", ground="own", now=datetime.now(UTC))
    return end_sessions(authority=authority, practitioner=practitioner, only=only, but=but)
