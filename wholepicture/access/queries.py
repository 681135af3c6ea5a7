"""Reads of involvement (whose teams are whose), of what is withheld from the viewer, and of break-glass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections
from django.db.models import Q

from wholepicture.access.models import GlassRow, InvolvementEndRow, InvolvementRow, StopEndRow, StopRow
from wholepicture.access.policy import MAY_REVIEW_GLASS, Stop
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.when import ENGLAND
from wholepicture.foundation.working_days import add_working_days


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


def teams_since(person: UUID, day: date) -> list[str]:
    """The teams that have been involved with a person on or after a day, and whose involvement nobody ended early."""
    rows = InvolvementRow.objects.filter(person=person, involvementendrow__isnull=True).order_by("since", "team")
    return [team for team, until in rows.values_list("team", "until") if until is None or until.date() >= day]


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
            """SELECT access_stands_for(person), min(since),
              bool_or(practitioner IS NOT DISTINCT FROM (SELECT access_viewer()))
            FROM access_involvement i
            WHERE team = ANY ((SELECT access_viewer_teams())::text[]) AND since <= %(at)s
              AND (until IS NULL OR until > %(at)s)
              AND NOT EXISTS (SELECT 1 FROM access_involvement_end e WHERE e.involvement_id = i.id
                              AND e.ended_at <= %(at)s)
            GROUP BY 1""",
            {"at": at},
        )
        return [Own(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Withheld:
    """That an agency holds something on a day which the viewer may not read; `kind` where they may know that much.

    `ask` is the team that holds a shield, where one keeps it: then `agency` is only its kind, without its own name.
    """

    agency: str
    kind: str | None
    day: date
    ask: str = ""


def withheld(person: UUID) -> list[Withheld]:
    """What is held about a person and not shown to the viewer, the earliest first; call inside `viewing`.

    Of a person whom the viewer may not see, nothing: not even that (principle 8).
    """
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT agency, kind, day, ask FROM access_withheld(%s)", [person])
        return [Withheld(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class GlassReview:
    """What an independent reviewer said of a break-glass."""

    justified: bool
    comment: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Glass:
    """A break-glass as pages show it: who opened whose record, why, until when, who was told, and its review."""

    id: UUID
    practitioner: UUID
    by_name: str
    role: str
    agency: str
    team: str
    person: UUID
    reason: str
    opened_at: datetime
    until: datetime
    lead_team: str
    review_due: date
    review: GlassReview | None


@dataclass(frozen=True, slots=True)
class StopCard:
    """A hard stop: who may not see the person, why, since when, set by whom; and when and why it was lifted."""

    id: UUID
    practitioner: UUID
    ground: Stop
    since: datetime
    by: UUID | None
    lifted_at: datetime | None
    lifted_because: str


def stops_of(person: UUID) -> list[StopCard]:
    """The stops upon a person's record, the latest first, lifted ones too; call inside `viewing`.

    The database shows them to the information governance lead alone: of a linked perpetrator the stop is a secret.
    """
    rows = StopRow.objects.filter(person=person).select_related("stopendrow").order_by("-since", "id")
    return [_stop_card(row, getattr(row, "stopendrow", None)) for row in rows]


def is_stopped(person: UUID, *, practitioner: UUID) -> bool:
    """Whether the practitioner is kept from the person now; only inside `acting`, and told to nobody."""
    return StopRow.objects.filter(person=person, practitioner=practitioner, stopendrow__isnull=True).exists()


def _stop_card(row: StopRow, end: StopEndRow | None) -> StopCard:
    lifted = (end.ended_at, end.reason) if end else (None, "")
    return StopCard(row.id, row.practitioner, Stop(row.ground), row.since, row.by, *lifted)


REVIEW_WITHIN = 2  # working days


def glass_of(person: UUID) -> list[Glass]:
    """Every break-glass on a person's record, the latest first, for the child's ledger; call inside `viewing`."""
    return _glass(Q(person=person))


def glass_to_review(viewer: Viewer) -> list[Glass]:
    """What the viewer may review and nobody has: not their own nor their team's, the latest first; inside `viewing`."""
    own = Q(practitioner=UUID(viewer.actor.practitioner)) | Q(team=viewer.actor.team)
    return _glass(Q(glassreviewrow__isnull=True) & ~own) if viewer.actor.role in MAY_REVIEW_GLASS else []


def glass_told_to(team: str) -> list[Glass]:
    """What a lead team was told of, the latest first; call inside `viewing`."""
    return _glass(Q(lead_team=team))


def _glass(wanted: Q) -> list[Glass]:
    rows = GlassRow.objects.filter(wanted).select_related("glassreviewrow").order_by("-opened_at", "id")
    return [_card(row) for row in rows]


def _card(row: GlassRow) -> Glass:
    found = getattr(row, "glassreviewrow", None)
    return Glass(
        id=row.id,
        practitioner=row.practitioner,
        by_name=row.practitioner_name,
        role=row.role,
        agency=row.agency,
        team=row.team,
        person=row.person,
        reason=row.reason,
        opened_at=row.opened_at,
        until=row.until,
        lead_team=row.lead_team,
        review_due=add_working_days(row.opened_at.astimezone(ENGLAND).date(), REVIEW_WITHIN),
        review=GlassReview(found.justified, found.comment, found.by_name, found.at) if found else None,
    )
