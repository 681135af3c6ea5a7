"""Joining and parting on the real database, against a model that works it all out again from the decisions alone."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import Store
from tests.worlds import NOW, authority
from wholepicture.access.operations import acting
from wholepicture.access.persons import standing_for
from wholepicture.foundation.refusals import Refused
from wholepicture.people.joining.operations import join, part
from wholepicture.people.joining.queries import belongings_of
from wholepicture.people.joining.types import Belonging
from wholepicture.people.operations import NewIdentity, add_identity, add_person

SURE = "The midwife and the mother both say so."
Decisions = list[tuple[UUID, UUID]]


def decisions(store: Store) -> Decisions:
    """(identity, person) of each decision ever made, in order."""
    return pairs(store, "SELECT identity_id, person_id FROM people_grouping ORDER BY id")


def worked_out(made: Decisions) -> tuple[dict[UUID, UUID], dict[UUID, UUID]]:
    """Whose each identity is, and whom each person's id stands for, from the decisions and nothing else."""
    latest = dict(made)
    first: dict[UUID, UUID] = {}
    for identity, whose in made:
        first.setdefault(whose, identity)
    return latest, {whose: latest[identity] for whose, identity in first.items()}


def kept(store: Store) -> tuple[dict[UUID, UUID], dict[UUID, UUID], set[tuple[UUID, UUID]]]:
    """The same, as the database keeps it: belongings, stand-ins, and what each identity is written under."""
    belongs = pairs(store, "SELECT identity, person FROM people_decided")
    stands = pairs(store, "SELECT handle, person FROM people_stands")
    return dict(belongs), dict(stands), set(pairs(store, "SELECT identity, person FROM people_belongs"))


def pairs(store: Store, query: str) -> list[tuple[UUID, UUID]]:
    with store.as_superuser() as rows:
        return [(UUID(str(one)), UUID(str(other))) for one, other in rows.execute(query.encode())]


def agrees(store: Store) -> None:
    belongs, stands, known = kept(store)
    model, standing = worked_out(decisions(store))
    assert belongs == model
    assert stands == {h: p for h, p in standing.items() if h != p}
    handles = defaultdict(set)
    for handle, whose in standing.items():
        handles[whose].add(handle)
    assert known == {(i, h) for i, whose in model.items() for h in handles[whose]}


def someone(key: str) -> UUID:
    found, _ = add_person(
        authority=authority(), identity=NewIdentity(key, given_name=key, family_name="Hill"), now=NOW, ground="a test"
    )
    return found


def another(whose: UUID, key: str) -> None:
    add_identity(authority=authority(), identity=NewIdentity(key), person=whose, now=NOW, ground="a test")


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_joinings_partings_and_identities_is_what_the_decisions_say(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    people = [someone(f"p{seed}-{n}") for n in range(5)]
    at = NOW
    done = {"join": 0, "part": 0, "add": 0}
    for step in range(40):
        at += timedelta(minutes=1)
        act = rng.choice(("join", "part", "part", "add"))
        try:
            if act == "add":
                another(rng.choice(people), f"i{seed}-{step}")
            elif act == "join":
                one, other = rng.sample(people, 2)
                join(authority=authority(), person=one, other=other, ground=SURE, now=at)
            else:
                whose = standing(rng.choice(people))
                held = [b.identity for b in belongings(whose)]
                chosen = rng.sample(held, rng.randint(1, len(held)))
                apart = part(authority=authority(), person=whose, identities=chosen, ground=SURE, now=at)
                people.append(apart.person)
        except Refused as refused:
            assert refused.code in ("same", "chosen")
            continue
        done[act] += 1
        agrees(store)
    assert min(done.values()) > 3


def standing(one: UUID) -> UUID:
    with acting(authority()):
        return standing_for([one])[one]


def belongings(one: UUID) -> list[Belonging]:
    with acting(authority()):
        return list(belongings_of(one))
