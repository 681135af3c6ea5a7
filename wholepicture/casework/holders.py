"""Who holds each part for a person today, from live involvement; never from the sharing that a notice itself caused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from wholepicture.access.queries import involved_with
from wholepicture.agencies.queries import practitioners, teams
from wholepicture.casework.task.types import Holder
from wholepicture.foundation.refusals import Refused
from wholepicture.record.types import agency_kind

NOTICE, SCREENING = "notice", "screening"
# A team told because of a sibling's notice has not thereby become this child's school or surgery.
_LENT: Final = frozenset({NOTICE, SCREENING})
# Which practitioners make a team one that holds the part: a social care team of reviewing officers holds no child.
_PRACTISED_BY: Final[Mapping[str, frozenset[str]]] = {
    "midwifery": frozenset({"midwife"}),
    "health_visiting": frozenset({"health_visitor"}),
    "school_nursing": frozenset({"school_nurse"}),
    "gp": frozenset({"gp"}),
    "school": frozenset({"dsl"}),
    "early_years": frozenset({"dsl"}),
    "social_care": frozenset({"social_worker"}),
}
_ONE_FOR_AN_AREA: Final = ("midwifery", "health_visiting", "school_nursing")


class Directory:
    """The directory as it stands, read once for an operation."""

    def __init__(self) -> None:
        self.teams = teams()
        self.roles: dict[str, set[str]] = defaultdict(set)
        for card in practitioners():
            self.roles[card.team].add(card.role)

    def holders_of(self, person: UUID, at: datetime) -> dict[str, tuple[Holder, ...]]:
        """The teams that hold the person at a moment, by agency kind, each once."""
        found: dict[str, dict[str, Holder]] = defaultdict(dict)
        for link in involved_with(person, at=at):
            kind = self._kind(link.team)
            if link.ground not in _LENT and self._practises(link.team, kind):
                holder = self.holder(link.team, str(link.practitioner or ""))
                found[kind].setdefault(link.team, holder)
        return {kind: tuple(by_team.values()) for kind, by_team in found.items()}

    def sole_services(self) -> dict[str, Holder]:
        """Area-wide services of which there is one team: asked even where nobody is linked to the child."""
        found = {}
        for kind in _ONE_FOR_AN_AREA:
            serving = [t for t in self.teams if self._kind(t) == kind and self.roles[t] & _PRACTISED_BY[kind]]
            if len(serving) == 1:
                found[kind] = self.holder(serving[0])
        return found

    def front_door(self) -> Holder:
        """The team that screens; refused where the directory has none, since a notice would wait unseen."""
        screens = sorted(t for t, roles in self.roles.items() if "screening_worker" in roles)
        if not screens:
            raise Refused("no-front-door", "No team in the directory screens notices: add a screening worker first.")
        return self.holder(screens[0])

    def taking_teams(self) -> list[Holder]:
        """Social care teams that may take on what screening decides."""
        front_door = self.front_door()
        wanted = {"social_worker", "practitioner"}
        agency = [t for t, card in self.teams.items() if card.agency == front_door.agency]
        return [self.holder(t) for t in agency if t != front_door.team and self.roles[t] & wanted]

    def teams_for(self, kind: str) -> list[Holder]:
        """Teams that could hold a part, for whoever looks for the holder."""
        return [self.holder(t) for t in self.teams if self._kind(t) == kind and self._practises(t, kind)]

    def holder(self, team: str, practitioner: str = "") -> Holder:
        """A team as a holder; refused where the directory has no such team."""
        if team not in self.teams:
            raise Refused("team", "There is no such team in the directory.")
        return Holder(team, self.teams[team].agency, practitioner)

    def _kind(self, team: str) -> str:
        return agency_kind(self.teams[team].agency) if team in self.teams else ""

    def _practises(self, team: str, kind: str) -> bool:
        wanted = _PRACTISED_BY.get(kind)
        # A team whose staff are not entered yet still holds its children.
        return wanted is not None and (not self.roles[team] or bool(self.roles[team] & wanted))
