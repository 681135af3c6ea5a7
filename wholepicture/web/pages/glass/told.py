"""What is said of a break-glass: on the opened record, to the team that leads, and on the child's ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.clock import now, today
from wholepicture.access.glass import GROUND
from wholepicture.access.queries import Glass, Involvement, glass_of, glass_told_to
from wholepicture.agencies.queries import agency_names, supervisors, teams
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.lists import people_named
from wholepicture.web.drawings.words import name_words
from wholepicture.web.navigation import role_title
from wholepicture.web.words import say_date, say_moment

SHOWN_FOR: Final = timedelta(days=14)  # to the lead team; on the ledger it stays


@dataclass(frozen=True, slots=True)
class Opening:
    """A break-glass in words; `child` is blank where the reader may not see who it is."""

    glass: Glass
    who: str
    child: str
    opened: str
    until: str
    lead: str
    due: str
    overdue: bool
    verdict: str

    @property
    def reason(self) -> str:
        """Why, in the practitioner's own words."""
        return self.glass.reason


def openings(found: Sequence[Glass]) -> list[Opening]:
    """Break-glasses in words, in their order; call inside `reading`."""
    if not found:
        return []
    names, agencies, directory = people_named([g.person for g in found]), agency_names(), teams()
    return [
        Opening(
            glass=g,
            who=f"{g.by_name}, {role_title(g.role)}, {agencies.get(g.agency, g.agency)}",
            child=name_words(names[g.person], "") if g.person in names else "",
            opened=say_moment(g.opened_at),
            until=say_moment(g.until),
            lead=directory[g.lead_team].name if g.lead_team in directory else "",
            due=say_date(g.review_due),
            overdue=g.review is None and g.review_due < today(),
            verdict=_verdict(g),
        )
        for g in found
    ]


def told_to(team: str, *, and_supervised: bool = False) -> list[Opening]:
    """What a team that leads is told of, a fortnight long; with the teams that it supervises, for a manager."""
    below = [t for t, above in supervisors().items() if team in above] if and_supervised else []
    since = now() - SHOWN_FOR
    found = {g.id: g for t in [team, *below] for g in glass_told_to(t) if g.opened_at > since}
    return openings(sorted(found.values(), key=lambda g: g.opened_at, reverse=True))


def banner(practitioner: str, involved: Iterable[Involvement], people: Iterable[UUID]) -> str:
    """What stands over a record that the viewer opened so, and over those who live there; blank over any other."""
    who, at = UUID(practitioner), now()
    if not any(i.ground == GROUND and i.practitioner == who for i in involved):
        return ""
    live = [g for person in people for g in glass_of(person) if g.practitioner == who and g.until > at]
    if not live:
        return ""
    last = max(live, key=lambda g: g.until)
    lead = teams().get(last.lead_team)
    told = f"{lead.name} has been told" if lead else "No team leads, so nobody could be told"
    return f"You opened this record by breaking the glass until {_clock(last.until, at)}. {told}; it will be reviewed."


def _verdict(glass: Glass) -> str:
    review = glass.review
    if review is None:
        return ""
    found = "Justified" if review.justified else "Not justified"
    return f"{found}, said {review.by_name}, {say_moment(review.at)}: {review.comment}"


def _clock(moment: datetime, at: datetime) -> str:
    local, here = moment.astimezone(ENGLAND), at.astimezone(ENGLAND)
    day = {0: "today", 1: "tomorrow"}.get((local.date() - here.date()).days, f"on {say_date(local)}")
    return f"{local:%H:%M} {day}"
