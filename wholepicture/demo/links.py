"""Who holds whom: school rolls, surgery lists, caseloads, and the workers that a story allocates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from wholepicture.demo.household import SECONDARY_YEAR, Household, Member
from wholepicture.demo.ordinary.school import NURSERY_AGE
from wholepicture.demo.places import AGENCY_OF, NURSERY, SECONDARY, TEAMS
from wholepicture.demo.stories.beats import Story
from wholepicture.demo.terms import school_start
from wholepicture.demo.types import DemoLink
from wholepicture.demo.users import of_team
from wholepicture.people.types import PersonType
from wholepicture.record.types import Entry

_TEAM_OF = {team.agency: team.code for team in TEAMS}
_NEWBORN = timedelta(days=28)


def links_of(home: Household, story: Story | None, entries: tuple[Entry, ...]) -> tuple[DemoLink, ...]:
    """Every link of a family, with dates; those that have ended stay, for they are part of the history."""
    found: list[DemoLink] = []
    for member in home.members.values():
        if member.home:
            found += _universal(home, member)
    found += _seen_by_paediatrics(home, entries)
    if story is not None:
        found += _allocated(home, story)
    return tuple(found)


def _link(
    home: Household, person: str, team: str, role: str, reason: str, since: date, until: date | None = None
) -> DemoLink:
    staff = of_team(team, role)
    who = staff[home.number % len(staff)] if staff else ""
    ended = until if until is not None and until <= home.today else None
    return DemoLink(f"f{home.number:03d}_{person}", AGENCY_OF[team], team, who, role, reason, since, ended)


def _universal(home: Household, member: Member) -> Iterator[DemoLink]:
    """What every child and every parent has, whatever happens: a surgery, a midwife, a caseload, a school."""
    key, born, moved = member.key, member.born, member.joined or home.moved or home.first_day
    if member.type is not PersonType.UNBORN:
        yield _link(home, key, _TEAM_OF[home.practice], "gp", "registered patient", max(moved, born), member.died)
    if not member.is_child:
        return
    if member.type is PersonType.UNBORN or born + _NEWBORN > home.first_day:
        yield _link(
            home, key, "midwives", "midwife", "pregnancy and newborn care", born - timedelta(days=200), born + _NEWBORN
        )
    side = "hv-north" if home.north else "hv-south"
    started = school_start(born)
    if started > home.first_day:
        yield _link(home, key, side, "health_visitor", "health visiting caseload", born - timedelta(days=84), started)
    yield from _settings(home, member, started)


def _settings(home: Household, member: Member, started: date) -> Iterator[DemoLink]:
    key, nursery = member.key, member.born + NURSERY_AGE
    if nursery <= home.today and started > home.first_day:
        yield _link(home, key, _TEAM_OF[NURSERY], "dsl", "attends nursery", nursery, started)
    if started > home.today:
        return
    here = max(started, member.joined or started)
    yield _link(home, key, "school-nurses", "school_nurse", "child of school age", here)
    secondary = started.replace(year=started.year + SECONDARY_YEAR)
    if secondary > home.first_day:
        yield _link(home, key, _TEAM_OF[home.primary], "dsl", "on the school roll", here, secondary)
    if secondary <= home.today:
        yield _link(home, key, _TEAM_OF[SECONDARY], "dsl", "on the school roll", max(here, secondary))


def _seen_by_paediatrics(home: Household, entries: tuple[Entry, ...]) -> Iterator[DemoLink]:
    """A child whom a paediatrician has seen or been asked to see stays on the clinic's list."""
    first: dict[str, date] = {}
    for entry in entries:
        if entry.agency == "community_paediatrics":
            child = entry.about[0].person.partition("_")[2]
            if home.members[child].is_child:
                first.setdefault(child, entry.occurred.start)
    for child, day in first.items():
        yield _link(home, child, "paediatrics", "paediatrician", "clinic patient", day)


def _allocated(home: Household, story: Story) -> Iterator[DemoLink]:
    teams: Mapping[str, str] = {"assessment": "assessment-north" if home.north else "assessment-south"}
    for held in story.held:
        until = None if held.to is None else home.ago(held.to)
        people = [c.key for c in home.children] if held.person == "children" else [held.person]
        for person in people:
            since = home.ago(held.from_)
            yield _link(home, person, teams.get(held.team, held.team), held.role, held.reason, since, until)
