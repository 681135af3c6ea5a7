"""The looks that an auditor examines: the audit's rows with what each looker had to do with the person just then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from wholepicture.access.audit.snoops import Claim, Look
from wholepicture.access.models import AuditRow, InvolvementEndRow, InvolvementRow

REFUSED = ".refused"


@dataclass(frozen=True, slots=True)
class Involved:
    """An involvement with a person from a moment until another, by a team and perhaps one practitioner of it."""

    team: str
    practitioner: UUID | None
    since: datetime
    until: datetime | None

    def held_at(self, moment: datetime) -> bool:
        """Whether it was live then."""
        return self.since <= moment and (self.until is None or moment < self.until)


def looks_between(since: datetime, until: datetime, teams: Mapping[UUID, Collection[str]]) -> list[Look]:
    """Every look at a person from a moment until another; call while the engine acts.

    `teams` are, for each practitioner, the teams whose involvement is theirs: their own and those it supervises.
    """
    rows = AuditRow.objects.filter(clock__gte=since, clock__lt=until, person__isnull=False, practitioner__isnull=False)
    involved = _involvements({row.person for row in rows if row.person})
    return [
        Look(
            id=row.id, at=row.clock, practitioner=who, role=row.role, person=person,
            claim=claim_at(row.clock, who, teams.get(who, ()), involved.get(person, ())),
            refused=row.act.endswith(REFUSED), ground=_told(row.ground),
        )
        for row in rows
        if (who := row.practitioner) and (person := row.person)
    ]  # fmt: skip


def claim_at(moment: datetime, who: UUID, teams: Collection[str], involved: Sequence[Involved]) -> Claim:
    """What a practitioner of these teams had to do with a person at that moment."""
    live = [one for one in involved if one.held_at(moment)]
    if any(one.practitioner == who for one in live):
        return Claim.OWN
    return Claim.TEAM if any(one.team in teams for one in live) else Claim.NONE


def _told(ground: str) -> str:
    """The ground that was given; where the row was carried from the second sink, none was."""
    return "" if ground.startswith("second sink ") else ground


def _involvements(people: Collection[UUID]) -> dict[UUID, list[Involved]]:
    rows = InvolvementRow.objects.filter(person__in=people)
    ends = InvolvementEndRow.objects.filter(involvement__person__in=people)
    ended = dict(ends.values_list("involvement_id").annotate(Min("ended_at")))
    found: dict[UUID, list[Involved]] = defaultdict(list)
    for id_, person, team, who, since, until in rows.values_list(
        "id", "person", "team", "practitioner", "since", "until"
    ):
        edges = [edge for edge in (until, ended.get(id_)) if edge is not None]
        found[person].append(Involved(team, who, since, min(edges, default=None)))
    return found
