"""Loads the demonstration into an empty database: the town, its staff, and every bundle in `demo/bundles`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.crypto import get_random_string

from wholepicture.access.bulk import insert_all
from wholepicture.access.engine import as_engine
from wholepicture.access.models import InvolvementRow
from wholepicture.access.operations import acting, system_authority
from wholepicture.agencies.models import Practitioner
from wholepicture.agencies.operations import add_agency, add_practitioner, add_team, supervise
from wholepicture.demo.bundles import folders
from wholepicture.demo.homes import keep_who_fled, store_homes
from wholepicture.demo.mode import Holds, check_load
from wholepicture.demo.notices import open_the_front_door
from wholepicture.demo.rights import exercise_rights
from wholepicture.demo.town import build_town
from wholepicture.demo.types import DemoFamily, DemoLink, Town
from wholepicture.demo.users import DEMO_PASSWORD, OFFERED
from wholepicture.exchange.bundles.operations import import_bundle
from wholepicture.exchange.bundles.reader import read_bundle
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.storing import SourceKeys, store_aliases, store_chronology, store_people, store_ties
from wholepicture.signals.operations import judge, raise_standing, store_waits

Progress = Callable[[int, int], None]

SEED = 20_260_101
SOURCE = "demo-aldermere"

# Who may open the published reviews: those who would have screened, assessed and supervised.
READERS = ("front-door", "assessment-north", "safeguarding-health", "st-oswalds", "hv-north")
# A silence goes up to whoever supervises the team that was asked.
SUPERVISES = {
    "safeguarding-health": ("hv-north", "hv-south", "school-nurses", "midwives", "emergency", "wards", "paediatrics"),
    "police-protection": ("police-response",),
    "reviewing": ("front-door", "assessment-north", "assessment-south", "early-help"),
}
_BATCH = 45


def holds() -> Holds:
    """What the database holds, by whose accounts are in it."""
    with as_engine():
        kinds = set(Practitioner.objects.values_list("demo", flat=True).distinct())
    if False in kinds:
        return Holds.REAL
    return Holds.DEMO if kinds else Holds.NOTHING


def load_demo(progress: Progress, *, families: int = 450) -> None:
    """Load the whole demonstration, telling how far it has come: town and bundles at once, then the notices."""
    check_load(demo=settings.DEMO, holds=holds())
    now = datetime.now(UTC)
    today = now.astimezone(ENGLAND).date()
    town = build_town(SEED, today, families=families)
    bundles = folders()
    total = len(town.families) + 10 * len(bundles)
    authority = system_authority(act="demo:load", now=now)
    with acting(authority):
        staff = _store_staff(authority, town)
        done = 0
        for batch in _batches(town.families, _BATCH):
            _store_families(batch, staff, today, now, authority)
            done += len(batch)
            progress(done, total)
        for folder in bundles:
            import_bundle(authority=authority, bundle=read_bundle(folder), now=now, teams=READERS)
            done += 10
            progress(done, total)
    # Signing in reads what is committed, so the notices follow the load.
    open_the_front_door(town=town, source=SOURCE, now=now)
    exercise_rights(source=SOURCE, now=now)


def _batches(families: Sequence[DemoFamily], size: int) -> Iterator[list[DemoFamily]]:
    rest = iter(families)
    while batch := list(islice(rest, size)):
        yield batch


def _store_staff(authority: Authority, town: Town) -> dict[str, UUID]:
    """Agencies, teams and practitioners; the users offered on the sign-in page first."""
    for agency in town.agencies:
        add_agency(authority=authority, code=agency.code, name=agency.name)
    for n, team in enumerate(town.teams):
        add_team(authority=authority, code=team.code, name=team.name, agency=team.agency, phone=f"01632 960{n:03d}")
    for team_code, below in SUPERVISES.items():
        for supervised in below:
            supervise(authority=authority, team=team_code, supervised=supervised)
    # One hash for all: they share a printed password, and hashing it once keeps the load short.
    hashed = make_password(DEMO_PASSWORD, salt=get_random_string(22))
    first = [p.username for p in OFFERED]
    people = sorted(
        town.practitioners,
        key=lambda p: (p.username not in first, first.index(p.username) if p.username in first else 0),
    )
    return {
        p.username: add_practitioner(
            authority=authority,
            username=p.username,
            name=p.name,
            role=p.role,
            team=p.team,
            password_hash=hashed,
            demo=True,
        )
        for p in people
    }


def _store_families(
    families: Sequence[DemoFamily], staff: dict[str, UUID], today: date, now: datetime, authority: Authority
) -> None:
    keys = SourceKeys(SOURCE)
    ground = "invented for the demonstration"
    records = [f.record for f in families]
    store_people(keys=keys, people=[p for r in records for p in r.people.values()], decided=now, ground=ground)
    store_aliases(keys=keys, aliases=[i for r in records for i in r.identities], decided=now, ground=ground)
    store_ties(keys=keys, relationships=[t for r in records for t in r.relationships])
    store_chronology(keys=keys, entries=[e for r in records for e in r.entries])
    store_homes(families, keys, SOURCE, now)
    keep_who_fled(families, keys, authority, SOURCE, now)
    insert_all(_involvement(link, keys, staff) for f in families for link in (*f.links, *_households(f, today)))
    judged = [judge(record, today) for record in records]
    live = [s for standing, _ in judged for s in standing if s.live]
    raise_standing(signals=live, people=keys.person, entries=keys.entry)
    store_waits(waits={(keys.person[child], day) for _, waits in judged for child, day in waits})


def _households(family: DemoFamily, today: date) -> Iterator[DemoLink]:
    """Whoever holds a child knows the adults whom the child lives with: they are part of the child's picture."""
    record = family.record
    held = {(link.team, link.person) for link in family.links}
    for link in family.links:
        person = record.people[link.person]
        if person.is_child and link.to is None:
            for other in sorted(record.household(person.key, today) - {person.key}):
                if (link.team, other) not in held:
                    held.add((link.team, other))
                    yield replace(link, person=other, practitioner="", reason="lives with a child whom they hold")


def _involvement(link: DemoLink, keys: SourceKeys, staff: dict[str, UUID]) -> InvolvementRow:
    return InvolvementRow(
        team=link.team,
        practitioner=staff.get(link.practitioner),
        person=keys.person[link.person],
        ground=link.reason,
        since=_morning(link.from_),
        until=_morning(link.to + timedelta(days=1)) if link.to else None,
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), ENGLAND)
