"""Questions of an index, with the truth: people in it as others wrote them, and those easily taken for them.

A hard case asks for somebody who is not in the index, while the one they are easily taken for is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from typing import Final

from wholepicture.demo.population.families import Someone, draw_home, nhs, people
from wholepicture.demo.population.names import draw_naming
from wholepicture.demo.population.writing import NEAT, Row, plain, written

KINDS: Final = {
    "same": 0.58,
    "twin": 0.06,
    "sibling": 0.12,
    "parent": 0.04,
    "namesake": 0.05,
    "borrowed": 0.005,
    "number of a twin": 0.005,
    "number of a sibling": 0.005,
    "number given again": 0.005,
    "stranger": 0.12,
}
"""Each kind of question and its share. Only `same` asks for somebody in the index."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its truth: who in the index it is (blank for nobody), whom it may be taken for, and the kind."""

    row: Row
    truth: str
    like: str
    kind: str


@dataclass(frozen=True, slots=True)
class World:
    """An index of people and questions about it; rows carry `id`."""

    index: list[Row]
    asked: list[Asked]


def world(size: int, questions: int, seed: int) -> World:
    """So many people in the index and so many questions; the same seed gives the same."""
    rng = Random(seed)
    families = people(rng)
    outside = count(max(size * 2, 500_000))
    index: list[Row] = []
    asked: list[Asked] = []
    share = 1.5 * questions / size  # more than wanted, since not every family answers every kind
    while len(index) < size:
        members = next(families)
        held = list(members)
        if any(someone.twin for someone in members) and rng.random() < min(1.0, 20 * share):
            asked += filter(None, [_ask("twin", next(one for one in members if one.twin), held, rng, next(outside))])
        for someone in members:
            # A family may be asked about more than once; a question that takes its subject out of the index only once.
            while rng.random() < share / (1 + share):
                kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
                one = _ask(kind, someone, held, rng, next(outside))
                if one is not None:
                    asked.append(one)
        index += [{"id": someone.key} | written(someone, rng, NEAT) for someone in held]
    kept = sorted(rng.sample(range(len(asked)), min(questions, len(asked))))
    return World(index[:size], _known([asked[n] for n in kept], {row["id"] for row in index[:size]}))


def _known(asked: list[Asked], ids: set[str]) -> list[Asked]:
    """Questions numbered; whoever was cut off the end, or taken out by a later question, is in the index no more."""
    kept = []
    for n, one in enumerate(asked):
        truth = one.truth if one.truth in ids else ""
        kind = one.kind if truth or one.kind != "same" else "stranger"
        kept.append(Asked({"id": f"q{n}"} | one.row, truth, one.like if one.like in ids else "", kind))
    return kept


def _ask(kind: str, someone: Someone, held: list[Someone], rng: Random, serial: int) -> Asked | None:
    if kind == "same":
        return Asked(written(someone, rng), someone.key, someone.key, kind) if someone in held else None
    if kind in ("twin", "sibling", "parent"):
        return _relative(kind, someone, held, rng)
    if someone not in held or (kind.startswith("number") and not someone.nhs_number):
        return None
    if kind == "stranger":
        return Asked(written(_stranger(rng, serial), rng), "", "", kind)
    return Asked(_taken_for(kind, someone, rng, serial), "", someone.key, kind)


def _relative(kind: str, someone: Someone, held: list[Someone], rng: Random) -> Asked | None:
    """Somebody of the family is asked for and taken out of the index, where their twin, sibling or child stays."""
    others = [other for other in held if other is not someone and _is(kind, other, someone)]
    if not others or someone not in held:
        return None
    held.remove(someone)
    return Asked(written(someone, rng), "", rng.choice(others).key, kind)


def _is(kind: str, one: Someone, other: Someone) -> bool:
    if kind == "parent":
        return one.child != other.child
    together = one.born == other.born
    return one.child and other.child and (together if kind == "twin" else not together)


def _stranger(rng: Random, serial: int) -> Someone:
    naming, sex, home = draw_naming(rng), rng.choice(("female", "male")), draw_home(rng)
    born = next(people(rng))[0].born
    surname = naming.surnames.draw(rng).partition("/")[0]
    return Someone(f"s{serial}", -1, naming.given(sex, rng), naming.given(sex, rng), surname, born, sex, home.postcode,
                   home.address, nhs(serial % 1_000_000), "")  # fmt: skip


def _taken_for(kind: str, someone: Someone, rng: Random, serial: int) -> Row:
    """Somebody else, who shares with this person what the kind says."""
    stranger = _stranger(rng, serial)
    while kind.startswith("number of") and stranger.given_name == someone.given_name:
        stranger = _stranger(rng, serial)  # no two children of one home have one name
    if kind == "namesake":
        near = (
            someone.born
            if rng.random() < 0.3
            else someone.born.replace(month=rng.randint(1, 12), day=rng.randint(1, 28))
        )
        return written(replace(stranger, given_name=someone.given_name, family_name=someone.family_name, born=near,
                               sex=someone.sex), rng)  # fmt: skip
    if kind == "borrowed":
        # Known everywhere under another's name, birth date and number; living elsewhere.
        lent = replace(someone, middle_name="", postcode=stranger.postcode, address=stranger.address, upn="")
        return plain(lent)
    if kind == "number given again":
        return written(stranger, rng) | {"nhs_number": someone.nhs_number}
    sibling = replace(stranger, family_name=someone.family_name, postcode=someone.postcode, address=someone.address)
    if kind == "number of a twin":
        sibling = replace(sibling, born=someone.born)
    elif rng.random() < 0.5:
        sibling = replace(sibling, middle_name=someone.middle_name)
    return plain(replace(sibling, nhs_number=someone.nhs_number))


def labels(asked: list[Asked]) -> Iterator[Row]:
    """The truth, as rows of a file."""
    for one in asked:
        yield {"query_id": one.row["id"], "index_id": one.truth, "like": one.like, "kind": one.kind}
