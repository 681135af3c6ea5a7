"""Fills a database for the journeys: a small demonstration town, and one family whose story a journey carries on.

Run as a program against the installation that WHOLEPICTURE_DATA names; prints who is who, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from wholepicture.foundation.when import When
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.types import AboutRole

FAMILIES = 24
"""Enough for each story of the town to be told once, and few enough to load in seconds."""

HOME = "27 Tanners Row, Aldermere"
FAMILY_NAME = "Sobczak"

REVIEWS = ("replay-coventry-2012", "replay-haringey-2000")
"""The bundles about real children, by their source systems: no picture may show them."""


def main() -> int:
    """Load the town, add the family, and say who is who."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholepicture.config.settings")
    import django

    django.setup()
    from wholepicture.demo.load import load_demo

    load_demo(lambda done, total: None, families=FAMILIES)
    sys.stdout.write(json.dumps(_family() | _of_the_town()))
    return 0


def _of_the_town() -> dict[str, str]:
    """The children of the town that journeys open, each with a user whose team holds them."""
    from wholepicture.access.engine import as_engine
    from wholepicture.access.queries import involved_with
    from wholepicture.demo.bundles import REVIEW
    from wholepicture.demo.load import SOURCE
    from wholepicture.demo.stories.shelf import stories_of
    from wholepicture.people.queries import persons_of_source

    numbers = {story.code: n for n, story in enumerate(stories_of(FAMILIES), start=1) if story}
    doctors = {"market-street": "gp", "riverside": "gp2"}
    with as_engine():
        town = persons_of_source(SOURCE)
        found = {"review": str(persons_of_source(REVIEW)["child_A"])}
        real = (person for source in REVIEWS for person in persons_of_source(source).values())
        found["real"] = " ".join(map(str, real))
        for story, child in (("faltering_growth", "child_1"),):
            person = town[f"f{numbers[story]:03d}_{child}"]
            teams = {i.team for i in involved_with(person, at=datetime.now(UTC))}
            found |= {story: str(person), f"{story}_doctor": doctors[next(t for t in doctors if t in teams)]}
    return found


def _family() -> dict[str, str]:
    """Danuta Sobczak, her partner Kyle Render, Filip (7, at St Oswald's) and Lena (3), and one earlier incident."""
    from wholepicture.access.operations import acting, involve, system_authority
    from wholepicture.people.operations import NewIdentity, add_person, relate

    now = datetime.now(UTC)
    authority = system_authority(act="test:build", now=now)
    persons: dict[str, UUID] = {}
    names: dict[str, UUID] = {}
    with acting(authority):
        for given, family, kind, sex, born in people(now.date()):
            identity = NewIdentity(
                key=given, type=kind, given_name=given, family_name=family, sex=sex, born=When.on(born),
                language="pl" if family == FAMILY_NAME else "en", address=HOME,
            )  # fmt: skip
            persons[given], names[given] = add_person(authority=authority, identity=identity, now=now, ground="given")

        def tie(one: str, relation: Relation, other: str) -> None:
            relationship = Relationship("", relation, "", lives_with=True)
            relate(authority=authority, identity=names[one], other=names[other], relationship=relationship)

        for child in ("Filip", "Lena"):
            tie("Danuta", Relation.MOTHER, child)
            tie("Kyle", Relation.STEP_PARENT, child)
        tie("Kyle", Relation.PARTNER, "Danuta")
        tie("Lena", Relation.SIBLING, "Filip")
        for team, given_names, ground in _HELD:
            held = [persons[given] for given in given_names]
            involve(authority=authority, team=team, people=held, ground=ground, since=now - timedelta(days=400))
        _history(names, now.date())
    return {given.lower(): str(person) for given, person in persons.items()}


_HELD = (
    ("hv-north", ("Lena",), "health visiting caseload"),
    ("school-nurses", ("Filip",), "child of school age"),
    ("st-oswalds", ("Filip",), "on the school roll"),
    ("market-street", ("Danuta", "Filip", "Lena"), "registered patient"),
    ("assessment-north", ("Filip", "Lena"), "allocated for assessment"),
    ("assessment-north", ("Danuta", "Kyle"), "lives with a child whom they hold"),
)


def people(today: date) -> tuple[tuple[str, str, str, str, date], ...]:
    """Given name, family name, type, sex and birth date of each, whose ages never change with the day."""
    return (
        ("Danuta", FAMILY_NAME, "adult", "female", _born(today, 29)),
        ("Kyle", "Render", "adult", "male", _born(today, 33)),
        ("Filip", FAMILY_NAME, "child", "male", _born(today, 7)),
        ("Lena", FAMILY_NAME, "child", "female", _born(today, 3)),
    )


def _born(today: date, years: int) -> date:
    return today - timedelta(days=round(365.25 * years) + 120)


def _history(names: dict[str, UUID], today: date) -> None:
    """What the agencies wrote before the journey begins."""
    from wholepicture.access.operations import system_authority
    from wholepicture.record.operations import NewEntry, add_entry

    everybody: tuple[tuple[str, AboutRole], ...] = (
        ("Danuta", AboutRole.VICTIM),
        ("Kyle", AboutRole.ALLEGED_PERPETRATOR),
        ("Filip", AboutRole.AFFECTED),
        ("Lena", AboutRole.AFFECTED),
    )
    lena, filip = (("Lena", AboutRole.SUBJECT),), (("Filip", AboutRole.SUBJECT),)
    written = (
        (150, "police", "police officer", "domestic_abuse_incident", everybody,
         "Neighbour reported shouting. Danuta said it was an argument about money. Children upstairs, not seen.",
         {"grade": "standard", "tool": "dash", "alcohol": True, "children_present": True, "children_seen": False}),
        (96, "health_visiting", "health visitor", "visit", lena,
         "Lena shy, stayed on her mother’s lap. Kyle at home and answered for Danuta.",
         {"place": "home", "announced": True, "outcome": "completed", "child_seen": True, "child_seen_alone": False}),
        (41, "school/st-oswalds", "class teacher", "welfare_concern", filip,
         "Filip fell asleep in class twice this week. Says it is loud at night.",
         {"theme": "tiredness", "repeated": True, "decision": "monitor"}),
    )  # fmt: skip
    authority = system_authority(act="test:build", now=datetime.now(UTC))
    for days, agency, author, kind, about, summary, details in written:
        day = When.on(today - timedelta(days=days))
        named = tuple((names[name], role) for name, role in about)
        add_entry(
            authority=authority,
            entry=NewEntry(kind, day, day, agency, author, named, summary, details, source="journeys"),
        )


if __name__ == "__main__":
    sys.exit(main())
