"""Staff who leave, move or come back: what they may see changes at once, at their very next request."""

from __future__ import annotations

from uuid import UUID

from wholepicture.access.operations import acting, end_personal_involvements, end_sessions
from wholepicture.agencies.models import Practitioner, Team
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused


def practitioner_named(*, authority: Authority, username: str) -> UUID:
    """Whose user name this is, whether they still work here or not; raises Refused for nobody's."""
    with acting(authority):
        found = Practitioner.objects.filter(username=username).first()
    if found is None:
        raise Refused("absent", f"Nobody signs in as “{username}”.")
    return found.id


def leave(*, authority: Authority, practitioner: UUID) -> int:
    """Somebody has left: they sign in no longer, and their sessions and break-glasses end; how many sessions ended."""
    with acting(authority):
        Practitioner.objects.filter(id=practitioner).update(is_active=False)
        return _end_all(authority, practitioner, "left")


def move(*, authority: Authority, practitioner: UUID, team: str, role: str) -> int:
    """Somebody moves to a team and role: sessions and break-glasses from before end; how many sessions ended.

    Raises Refused where there is no such team. What the old team holds stays the old team's.
    """
    with acting(authority):
        if not Team.objects.filter(code=team).exists():
            raise Refused("team", f"There is no team “{team}”.")
        Practitioner.objects.filter(id=practitioner).update(team_id=team, role=role)
        return _end_all(authority, practitioner, "moved")


def come_back(*, authority: Authority, practitioner: UUID, password_hash: str) -> None:
    """Somebody who left is back, with a new first password: nothing from before opens anything."""
    with acting(authority):
        Practitioner.objects.filter(id=practitioner).update(is_active=True, password=password_hash, first_password=True)


def new_password(*, authority: Authority, practitioner: UUID, password_hash: str) -> int:
    """Give a password that was forgotten, or may be known to others, another; how many sessions ended."""
    with acting(authority):
        Practitioner.objects.filter(id=practitioner).update(password=password_hash, first_password=True)
        return end_sessions(authority=authority, practitioner=practitioner)


def _end_all(authority: Authority, practitioner: UUID, why: str) -> int:
    end_personal_involvements(authority=authority, practitioner=practitioner, reason=why)
    return end_sessions(authority=authority, practitioner=practitioner)
