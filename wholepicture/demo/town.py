"""The town: every family from one seed and one day, the same each time; a story first, then its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from wholepicture.demo.homes import fled_of, home_of
from wholepicture.demo.household import Household, Tie, settle
from wholepicture.demo.links import links_of
from wholepicture.demo.naming import Named, name_household
from wholepicture.demo.ordinary.health import write_health
from wholepicture.demo.ordinary.home import write_home
from wholepicture.demo.ordinary.school import write_school
from wholepicture.demo.ordinary.shape import ordinary_household
from wholepicture.demo.pen import Pen
from wholepicture.demo.places import AGENCIES, AREA, STREETS, TEAMS
from wholepicture.demo.stories.beats import Story, cast_household, play
from wholepicture.demo.stories.shelf import stories_of
from wholepicture.demo.types import DemoFamily, DemoHome, Town
from wholepicture.demo.users import PRACTITIONERS
from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Relationship

NEEDS_INTERPRETER = 0.05  # of families, whatever their story


def build_town(seed: int, today: date, families: int = 450) -> Town:
    """The whole demonstration as values: the same seed and day give the same town, to the letter."""
    built = list(build_families(seed, today, families))
    fled = fled_of(built)
    told = tuple(replace(f, fled=True) if f.number in fled else f for f in built)
    return Town(AREA, seed, today, AGENCIES, TEAMS, PRACTITIONERS, told)


def build_families(seed: int, today: date, families: int, names_seed: int | None = None) -> Iterator[DemoFamily]:
    """One family at a time. `names_seed` names the same stories differently: nothing but names may change."""
    told: set[str] = set()
    for number, story in enumerate(stories_of(families), start=1):
        first = story is not None and story.code not in told
        if story is not None:
            told.add(story.code)
        yield build_family(
            number, story, seed, today, first=first, names_seed=seed if names_seed is None else names_seed
        )


def build_family(
    number: int, story: Story | None, seed: int, today: date, *, first: bool, names_seed: int
) -> DemoFamily:
    """One family from its own streams of chance, so that a change in one family moves nothing in another.

    The first telling of a story ends today and as written; later ones earlier, and spaced a little otherwise.
    """
    rng = Random(f"{seed}/story/{number}")
    home = Household(number, today, story.code if story else "ordinary")
    home.another_language = rng.random() < NEEDS_INTERPRETER or (story is not None and story.another_language)
    settle(home, rng, STREETS)
    pen = Pen(home, rng)
    if story is None:
        ordinary_household(home, rng)
    else:
        if not first:
            home.shift, home.stretch = rng.randint(0, 24), rng.uniform(0.92, 1.0)
        cast_household(home, story, rng)
        play(pen, story)
    _write_ordinary(pen, story.skip if story else frozenset())
    named = name_household(home, Random(f"{names_seed}/names/{number}"))
    record = _record(home, pen, named, story)
    return DemoFamily(number, home.story, named.background, record, links_of(home, story, record.entries), _home(home))


def _home(home: Household) -> DemoHome:
    return home_of(home, f"f{home.number:03d}_")


def _write_ordinary(pen: Pen, skip: frozenset[str]) -> None:
    for child in pen.household.children:
        # A story that tells of one child's growth tells of the first child's: the others' are beside it to compare.
        write_health(pen, child, skip if child.key == "child_1" else skip - {"growth"})
        write_school(pen, child, skip)
    write_home(pen, skip)


def _record(home: Household, pen: Pen, named: Named, story: Story | None) -> FamilyRecord:
    entries = pen.entries(named.given, named.language)
    prefix = f"f{home.number:03d}_"
    return FamilyRecord(
        people=named.people,
        entries=entries,
        relationships=tuple(_relationship(tie, prefix) for tie in home.ties),
        identities=named.identities,
        area=AREA,
        title=f"Family {home.number:03d}" + (f": {story.title}" if story else ""),
        meta={"source_system": "demo"},
    )


def _relationship(tie: Tie, prefix: str) -> Relationship:
    def on(day: date | None) -> When | None:
        return None if day is None else When.on(day)

    return Relationship(
        person=prefix + tie.person,
        relation=tie.relation,
        other=prefix + tie.other,
        from_=on(tie.from_),
        to=on(tie.to),
        lives_with=tie.lives_with,
        known_from=on(tie.known_from),
        source="demo",
    )
