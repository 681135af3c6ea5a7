"""Three engines, one answer: the reference in plain Python, the application's own queries, and SQL as the web's role.

A decision is one viewer upon one row. Over 100,000 are taken in `./test`, over 1,000,000 in `./test --nightly`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import psycopg
import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.access.growing import expected, grow, rows_of, seen_in_sql, store_world, token_of
from tests.access.reference import Reference, Who, World
from tests.conftest import Store
from wholepicture.access.operations import viewing
from wholepicture.access.queries import glass_of, own_people, withheld
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.agencies.queries import viewer_of_session
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.reading import shields_of, statements_of
from wholepicture.people.lists import people_named
from wholepicture.people.loading import NOT_SHOWN
from wholepicture.people.queries import family_of, persons_of
from wholepicture.record.queries import entries_by_id
from wholepicture.signals.queries import signals_about, withheld_questions

NIGHTLY = os.environ.get("WHOLEPICTURE_NIGHTLY") == "1"
WANTED = 1_000_000 if NIGHTLY else 100_000
WORLDS = 80 if NIGHTLY else 8


@pytest.mark.slow
@pytest.mark.requirement("R13")
def test_three_engines_decide_alike(whole_store: Store, record_property: Callable[[str, object], None]) -> None:
    decided = Counter[str]()

    @settings(
        max_examples=WORLDS, deadline=None, database=None, derandomize=not NIGHTLY,
        phases=(Phase.generate, Phase.shrink) if NIGHTLY else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.randoms(use_true_random=False))
    def agree(rng: Random) -> None:
        whole_store.empty()
        world = grow(rng)
        store_world(world)
        with psycopg.connect(whole_store.urls.web) as connection:
            for who in world.who:
                want = expected(world, who)
                got = seen_in_sql(connection, world, token_of(who))
                assert got == want, (who, got - want, want - got)
            for forged in ("", "forged", str(world.who[0].id)):
                assert not seen_in_sql(connection, world, forged)
        for who in world.who:
            _application_agrees(world, who)
        decided["decisions"] += rows_of(world) * len(world.who)
        decided["worlds"] += 1

    try:
        agree()
    finally:
        connections.close_all()
        whole_store.empty()
    record_property("figure", f"access: {decided['decisions']:,} decisions in {decided['worlds']} worlds, 0 differ")
    assert decided["decisions"] >= WANTED


def _application_agrees(world: World, who: Who) -> None:
    told = Reference(world, who)
    viewer = viewer_of_session(token_of(who))
    assert (viewer is not None) == told.signed_in
    if viewer is None:
        return
    now = datetime.now(UTC)
    look = viewing(
        viewer, permission=Permission.VIEW_CHILD, purpose=ROLES[who.role].purpose, now=now, act="differential"
    )
    if not may(who.role, Permission.VIEW_CHILD):
        with pytest.raises(Refused), look:
            raise AssertionError("must not be shown")
        return
    with look:
        _people_agree(world, told, now)
        _entries_agree(world, told, viewer)


def _people_agree(world: World, told: Reference, now: datetime) -> None:
    shown = {p for p in world.people if told.person(p)}
    named = {world.person_of[i] for i in world.person_of if told.card(i)}
    assert set(people_named(world.people)) == named
    assert {a.id for theirs in statements_of(world.people).values() for a in theirs} == {
        h.id for h in world.homes if told.home(h)
    }
    assert {s.id for s in shields_of(world.people)} == {s.id for s in world.shields if not s.ended and told.shield(s)}
    assert persons_of(list(world.person_of)) == {i: p for i, p in world.person_of.items() if p in shown}
    own = {world.stands.get(p, p) for p in told.involved - told.stops}
    assert {o.person for o in own_people(at=now + timedelta(hours=world.ahead))} == own
    assert {card.id for card in signals_about(world.people)} == {s.id for s in world.signals if told.question(s)}
    unread = [s for s in world.signals if told.unread(s)]
    assert Counter(withheld_questions(world.people)) == Counter(map(told.told, unread))
    assert {c.id: c.tell for c in signals_about(world.people)} == {
        s.id: told.told(s) for s in world.signals if told.question(s)
    }
    for person in world.people[:4]:
        found = sorted(((w.agency, w.kind, str(w.day), w.ask) for w in withheld(person)), key=str)
        assert found == told.withheld(person)
        alike = world.alike([person]) if told.stands(world.stands.get(person, person)) else {person}
        broken = {g.id for g in world.glass if g.person in alike and told.broken(g)}
        assert {g.id for g in glass_of(person)} == broken


def _entries_agree(world: World, told: Reference, viewer: Viewer) -> None:
    readable = {e.id: e for e in world.entries if told.reads(e)}
    stored = entries_by_id([e.id for e in world.entries])
    assert {s.entry.id for s in stored} == {str(i) for i in readable}, viewer
    for s in stored:
        entry = next(e for e in readable.values() if str(e.id) == s.entry.id)
        assert tuple(identity for identity, _ in s.about) == entry.about
        assert sorted((r.agency, r.event.value) for r in s.entry.receipts) == sorted(
            (agency, event) for agency, event in entry.receipts if told.receipt(entry, agency, event)
        )
    family = family_of(world.people, hops=0)
    near = {world.stands.get(p, p) for p in world.people if told.person(p)}
    assert {key for key, p in family.people.items() if p.family_name != NOT_SHOWN} == {str(p) for p in near}
    touching = {e.id for e in readable.values() if near & {world.person_of[i] for i in e.about}}
    assert {e.id for e in family.entries} == {str(i) for i in touching}
    seen = [r for r, one, two in world.related if told.identity(one) and told.identity(two)]
    assert len(family.relationships) == len(seen)
