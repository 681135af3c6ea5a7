"""Whom a child may be mistaken for: said beside the name, on every tab (principle 10; hazard "wrong child")."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from wholepicture.foundation.names import fold
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.web.drawings.words import name_words
from wholepicture.web.words import say_date


def like_named(record: FamilyRecord, person: Person, namesakes: Mapping[UUID, Person]) -> tuple[str, ...]:
    """Who may be mistaken for this child: a twin, a brother or sister of one name, a namesake whom the reader sees."""
    found: dict[str, str] = {}
    for other in record.children:
        if other.key == person.key:
            continue
        if person.born and other.born and person.born.exact_day and person.born.start == other.born.start:
            found[other.key] = "born on the same day"
        elif _alike(person, other):
            found[other.key] = "with a name much like this one"
    for key in namesakes:
        found.setdefault(str(key), "of the same name")
    people = {**record.people, **{str(key): other for key, other in namesakes.items()}}
    return tuple(f"{name_words(people[key], key)}{_born(people[key])}, {why}" for key, why in found.items())


def _alike(one: Person, other: Person) -> bool:
    mine, theirs = fold(one.given_name), fold(other.given_name)
    return bool(mine and theirs) and (mine == theirs or mine[:3] == theirs[:3] and len(mine) > 2)


def _born(person: Person) -> str:
    return f" (born {say_date(person.born)})" if person.born else ""
