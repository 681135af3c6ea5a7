"""Reads of the directory: who is signed in, who holds a role, which team is whose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import DatabaseError, connections, transaction

from wholepicture.access.operations import cannot_write, use_session
from wholepicture.agencies.models import Agency, Practitioner, Supervision, Team
from wholepicture.foundation.authority import Actor, Viewer

_WHO = """SELECT p.id, p.name, p.role, t.agency_id, t.code{} FROM agencies_practitioner p
JOIN agencies_team t ON t.code = p.team_id WHERE p.id = (SELECT access_viewer())"""


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as pages show it: how to reach it."""

    code: str
    name: str
    agency: str
    agency_name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class PractitionerCard:
    """A practitioner as pages show them."""

    id: UUID
    name: str
    role: str
    team: str
    phone: str


def viewer_of_session(token: str) -> Viewer | None:
    """Whom the database says this token belongs to; None where the session is over or forged.

    Notes the use, at most once a minute; where nothing can be written, nobody is kept from reading for that.
    """
    try:
        row = _who(token, used=True)
    except DatabaseError as error:
        if not cannot_write(error):
            raise
        row = _who(token, used=False)
    return Viewer(Actor(str(row[0]), *row[1:]), token) if row else None


def _who(token: str, *, used: bool) -> tuple[str, str, str, str, str] | None:
    with transaction.atomic(using="default"):
        use_session(token)
        with connections["default"].cursor() as cursor:
            cursor.execute(_WHO.format(", access_session_used()" if used else ""))
            row = cursor.fetchone()
    return row[:5] if row else None


def teams() -> dict[str, TeamCard]:
    """Every team by its code."""
    rows = Team.objects.values_list("code", "name", "agency_id", "agency__name", "phone", "email")
    return {r[0]: TeamCard(*r) for r in rows}


def agency_names() -> dict[str, str]:
    """The name of every agency in the directory by its code."""
    return dict(Agency.objects.values_list("code", "name"))


def practitioners(*, roles: tuple[str, ...] = (), team: str = "", leavers_too: bool = False) -> list[PractitionerCard]:
    """Active practitioners in any of the roles, or of a team; for an audit, those who have left as well."""
    found = Practitioner.objects.all() if leavers_too else Practitioner.objects.filter(is_active=True)
    if roles:
        found = found.filter(role__in=roles)
    if team:
        found = found.filter(team_id=team)
    rows = found.order_by("name").values_list("id", "name", "role", "team_id", "phone")
    return [PractitionerCard(*r) for r in rows]


def practitioners_named(words: str) -> list[PractitionerCard]:
    """Active practitioners who sign in by this name, or who bear it; more than one where several bear it."""
    wanted = words.strip()
    by_username = Practitioner.objects.filter(is_active=True, username=wanted)
    found = by_username if by_username.exists() else Practitioner.objects.filter(is_active=True, name__iexact=wanted)
    return [PractitionerCard(*r) for r in found.order_by("name").values_list("id", "name", "role", "team_id", "phone")]


def usernames() -> set[str]:
    """Every name that somebody signs in with, or has signed in with."""
    return set(Practitioner.objects.values_list("username", flat=True))


def demo_sign_ins() -> list[tuple[str, str, str]]:
    """Demo users as (username, name, role), for the sign-in page in demo mode."""
    rows = Practitioner.objects.filter(demo=True, is_active=True).order_by("joined_at", "username")
    return list(rows.values_list("username", "name", "role"))


@lru_cache(maxsize=1024)
def agency_label(code: str) -> str:
    """An agency's code in words, for codes outside the directory: `social_care/brent` is “Social care (brent)”."""
    kind, _, name = code.partition("/")
    words = kind.replace("_", " ").capitalize()
    words = {"Gp": "GP", "Hospital ae": "A&E", "Marac": "MARAC"}.get(words, words)
    return f"{words} ({name.replace('-', ' ')})" if name else words


def supervisors() -> dict[str, tuple[str, ...]]:
    """The teams that supervise each team, by its code; a team that nobody supervises is left out."""
    found: dict[str, list[str]] = {}
    for team, supervised in Supervision.objects.order_by("id").values_list("team_id", "supervised_id"):
        found.setdefault(supervised, []).append(team)
    return {supervised: tuple(teams_above) for supervised, teams_above in found.items()}
