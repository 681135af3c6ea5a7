"""Reads of involvement: which teams are involved with a person, and with whom the viewer's own teams are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import Q

from wholepicture.access.models import InvolvementEndRow, InvolvementRow


@dataclass(frozen=True, slots=True)
class Involvement:
    """A team's live relationship to a person: since when, on what ground, and which practitioner holds it."""

    team: str
    practitioner: UUID | None
    ground: str
    since: datetime
    until: datetime | None


def involved_with(person: UUID, *, at: datetime) -> list[Involvement]:
    """The involvements with a person that are live at a moment, the longest first; call inside `viewing`.

    Whoever may see a person may see who else works with them: the database's own policy says so.
    """
    rows = InvolvementRow.objects.filter(person=person, since__lte=at).filter(Q(until__isnull=True) | Q(until__gt=at))
    ended = InvolvementEndRow.objects.filter(ended_at__lte=at).values("involvement")
    found = rows.exclude(id__in=ended).order_by("since", "team")
    return [Involvement(*r) for r in found.values_list("team", "practitioner", "ground", "since", "until")]


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody whom the viewer's teams are involved with; `held` where the viewer is the one who holds them."""

    person: UUID
    since: datetime
    held: bool


def own_people(*, at: datetime) -> list[Own]:
    """Everybody whom the viewer's teams are involved with at a moment, in one query; call inside `viewing`."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            """SELECT person, min(since), bool_or(practitioner IS NOT DISTINCT FROM (SELECT access_viewer()))
            FROM access_involvement i
            WHERE team = ANY ((SELECT access_viewer_teams())::text[]) AND since <= %(at)s
              AND (until IS NULL OR until > %(at)s)
              AND NOT EXISTS (SELECT 1 FROM access_involvement_end e WHERE e.involvement_id = i.id
                              AND e.ended_at <= %(at)s)
            GROUP BY person""",
            {"at": at},
        )
        return [Own(*row) for row in cursor.fetchall()]
