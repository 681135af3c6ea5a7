"""Every child of synthetic families asked about beside a mother who is certain: on record, and taken off it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from uuid import UUID

from wholepicture.demo.population.families import Someone, draw_home, people
from wholepicture.demo.population.writing import NEAT, written
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.types import FIELDS, Row, Weighed
from wholepicture.people.matching.rules import decide_together, follows
from wholepicture.people.matching.types import Asked, Found, Held

MOTHER = UUID(int=1)
_UNWEIGHED = Weighed(0.0, ())
"""Neither question looks at what a pair weighs."""


@dataclass
class Tried:
    """How often a child who is on record was found, and how often somebody was taken for a child who is not."""

    asked: Counter[str] = field(default_factory=Counter)
    followed: int = 0
    linked: int = 0
    wrong: list[str] = field(default_factory=list)


def try_families(count: int, seed: int) -> Tried:
    """Every child of so many families, on record and not."""
    rng = Random(seed)
    tried = Tried()
    families = people(rng)
    for _ in range(count):
        members = next(families)
        children = [one for one in members if one.child]
        for child in children:
            _try(child, children, members[0], rng, tried)
    return tried


def _try(child: Someone, children: Sequence[Someone], mother: Someone, rng: Random, tried: Tried) -> None:
    others = [one for one in children if one is not child]
    kind = "with a twin" if any(one.born == child.born for one in others) else (
        "with brothers or sisters" if others else "only children")  # fmt: skip
    namesake = replace(draw_home_of(child, rng), key="namesake", nhs_number="", upn="")
    held = {UUID(int=n + 2): one for n, one in enumerate([*others, namesake])}
    tried.asked[kind] += 1
    for asked in _asked(child, others, rng):
        found = _found(asked, held)
        tried.wrong += [f"follows: {asked}" for person in held if follows(found, person, frozenset({MOTHER}))]
        tried.wrong += [f"linked: {asked}" for _ in [_linked(found, mother)] if _ is not None]
    me = UUID(int=len(held) + 2)
    own = _found(_row(child, rng), {key: one for key, one in held.items() if one is not namesake} | {me: child})
    tried.followed += follows(own, me, frozenset({MOTHER}))
    tried.linked += _linked(own, mother) == me


def draw_home_of(child: Someone, rng: Random) -> Someone:
    """Another child of these names and this birth date, of another family and home."""
    home = draw_home(rng)
    return replace(child, postcode=home.postcode, address=home.address)


def _asked(child: Someone, others: Sequence[Someone], rng: Random) -> Iterator[Row]:
    """The child as written down, and with the number of each brother, sister or twin."""
    yield _row(child, rng)
    for one in others:
        yield _row(replace(child, nhs_number=one.nhs_number, postcode="", address=""), rng)


def _row(someone: Someone, rng: Random) -> Row:
    return _ready(written(someone, rng))


def _ready(cells: dict[str, str]) -> Row:
    values, _ = ready(cells)
    return tuple(values.get(name) for name in FIELDS)


def _found(asked: Row, held: dict[UUID, Someone]) -> Found:
    rng = Random(1)
    rows = tuple(Held(key, key, _ready(written(one, rng, NEAT)), _UNWEIGHED) for key, one in held.items())
    near = {key: frozenset({MOTHER} if one.key != "namesake" else ()) for key, one in held.items()}
    return Found(Asked(asked), rows, near)


def _linked(found: Found, mother: Someone) -> UUID | None:
    """Whom the rules link beside a mother of whom everything agrees."""
    her = _ready(written(replace(mother, nhs_number="9990000018"), Random(1), _FAULTLESS))
    children = frozenset(found.near)
    beside = Found(Asked(her), (Held(MOTHER, MOTHER, her, _UNWEIGHED),), {MOTHER: children})
    return decide_together([found, beside])[0].link


_FAULTLESS = replace(NEAT, **{name: 0.0 for name in NEAT.__dataclass_fields__})
