"""The looks that an auditor examines: the audit's rows with what each looker had to do with the person just then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from wholepicture.access.audit.snoops import Claim, Look
from wholepicture.access.models import AuditRow, InvolvementEndRow, InvolvementRow, StopRow

REFUSED, EXISTENCE = ".refused", "child.exists.told"
"""How looks are named in the audit: an act with a full stop in its name is a look, one with a colon is not."""


@dataclass(frozen=True, slots=True)
class Involved:
    """An involvement with a person from a moment until another, by a team and perhaps one practitioner of it.

    A `personal` one is a broken glass: it counts for nobody else.
    """

    team: str
    practitioner: UUID | None
    since: datetime
    until: datetime | None
    personal: bool = False

    def held_at(self, moment: datetime) -> bool:
        """Whether it was live then."""
        return self.since <= moment and (self.until is None or moment < self.until)


def looks_between(since: datetime, until: datetime, teams: Mapping[UUID, Collection[str]]) -> list[Look]:
    """Every look at a person from a moment until another; call while the engine acts.

    `teams` are, for each practitioner, the teams whose involvement is theirs: their own and those it supervises.
    """
    told = AuditRow.objects.filter(act__contains=".", person__isnull=False, practitioner__isnull=False)
    rows = told.filter(clock__gte=since, clock__lt=until)
    involved = _involvements({row.person for row in rows if row.person})
    return [
        Look(
            id=row.id, at=row.clock, practitioner=who, role=row.role, person=person,
            claim=claim_at(row.clock, who, teams.get(who, ()), involved.get(person, ())),
            refused=row.act.endswith(REFUSED), existence=row.act == EXISTENCE,
        )
        for row in rows
        if (who := row.practitioner) and (person := row.person)
    ]  # fmt: skip


def claim_at(moment: datetime, who: UUID, teams: Collection[str], involved: Sequence[Involved]) -> Claim:
    """What a practitioner of these teams had to do with a person at that moment."""
    live = [one for one in involved if one.held_at(moment)]
    shared = [one for one in live if not one.personal]
    if any(one.practitioner == who for one in shared):
        return Claim.OWN
    if any(one.team in teams for one in shared):
        return Claim.TEAM
    return Claim.GLASS if any(one.practitioner == who for one in live) else Claim.NONE


def near(people: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each person, whoever was ever stopped from seeing them, as family, colleague or otherwise close to them.

    A stop that is made today says something about a look of last week. Call while the engine acts.
    """
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person, who in StopRow.objects.filter(person__in=people).values_list("person", "practitioner"):
        found[person].add(who)
    return {person: frozenset(theirs) for person, theirs in found.items()}


def _involvements(people: Collection[UUID]) -> dict[UUID, list[Involved]]:
    rows = InvolvementRow.objects.filter(person__in=people)
    ends = InvolvementEndRow.objects.filter(involvement__person__in=people)
    ended = dict(ends.values_list("involvement_id").annotate(Min("ended_at")))
    found: dict[UUID, list[Involved]] = defaultdict(list)
    for row in rows:
        edges = [edge for edge in (row.until, ended.get(row.id)) if edge is not None]
        until = min(edges, default=None)
        found[row.person].append(Involved(row.team, row.practitioner, row.since, until, row.personal))
    return found
