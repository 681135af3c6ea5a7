"""Writes to the directory, and signing in and out."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from wholepicture.access.engine import as_engine
from wholepicture.access.operations import acting, begin_session, end_session, system_authority
from wholepicture.agencies.models import Agency, Practitioner, Supervision, Team
from wholepicture.foundation.authority import Authority


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Checked when nobody signs in so, that an unknown name takes as long as a wrong password."""
    return make_password("nobody")


def sign_in(*, username: str, password: str, now: datetime) -> str | None:
    """Start a session for whoever these belong to and return its token; None where they belong to nobody."""
    with as_engine():
        found = Practitioner.objects.filter(username=username.strip(), is_active=True).first()
    if not check_password(password, found.password if found else _nobody()) or found is None:
        return None
    with acting(system_authority(act="session:begin", now=now), person=None):
        return begin_session(practitioner=found.id, now=now)


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
) -> UUID:
    """Enter somebody who may sign in; `password_hash` is as Django's hashers make it."""
    with acting(authority):
        row = Practitioner(
            username=username, name=name, role=role, team_id=team, password=password_hash, phone=phone, demo=demo
        )
        Practitioner.objects.bulk_create([row])
    return row.id
