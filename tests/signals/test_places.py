"""No signal tells a kept place: not its words, not the lines of its evidence, and not whom it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.conftest import Store
from tests.web.browsing import browser
from tests.worlds import World, authority, build_world, practitioner
from wholepicture.access.operations import acting, involve, viewing
from wholepicture.access.roles import ROLES, Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.when import When
from wholepicture.people.addresses.operations import shield
from wholepicture.people.addresses.types import NewShield, ShieldReason
from wholepicture.people.types import FamilyRecord
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole
from wholepicture.signals.operations import judge, raise_standing
from wholepicture.signals.queries import signals_about, withheld_questions
from wholepicture.signals.registry import SPECS
from wholepicture.signals.specs.book import CASES
from wholepicture.signals.types import Signal, Tier

PLACE = "qzplace"
TODAY = date(2026, 3, 2)
NOW = authority().decided


def _placed(record: FamilyRecord) -> FamilyRecord:
    """The same record, with every agency, summary, source and free text turned into a place of its own."""
    entries = tuple(
        replace(
            e, agency=f"{e.agency.partition('/')[0]}/{PLACE}", summary=f"Seen at {PLACE}", source=PLACE,
            author_role=PLACE, details={**e.details, "area": PLACE, "other_school": PLACE, "address_key": PLACE},
        )
        for e in record.entries
    )  # fmt: skip
    return replace(record, entries=entries)


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("rule", sorted(SPECS))
def test_no_rule_s_words_hold_a_place(rule: str) -> None:
    """Of every case of every rule the words are the rule's own, whatever stands in the entries behind them."""
    raised = 0
    for case in CASES[rule]:
        for signal in judge(_placed(case.record), case.day)[0]:
            said = (signal.question, signal.concern, signal.tier.value, signal.rule)
            assert PLACE not in " ".join(said)
            assert signal.question == SPECS[signal.rule].question
            raised += signal.rule == rule
    assert raised, "a rule that asked nothing would hold no words"


@pytest.fixture
def world(store: Store) -> World:
    """Ann's team holds a shield on Kasia; Hal's and the school itself are involved."""
    world = build_world()
    new = NewShield(ShieldReason.FLEEING, "", "her husband", TODAY - timedelta(days=20))
    shield(authority=authority(), people=[world.child], new=new, holder_team=world.ann.actor.team, now=NOW)
    return world


def _raise(world: World, agency: str) -> None:
    """A question to whoever wrote the entry behind it."""
    about = ((world.child_identity, AboutRole.SUBJECT),)
    day = When.on(TODAY)
    entry = NewEntry("injury", day, day, agency, "dsl", about, f"A bruise, seen at {PLACE}.", {})
    with acting(authority()):
        key = add_entry(authority=authority(), entry=entry)
        signal = Signal("S15", "repeated_injury", Tier.LIST, "kasia", TODAY, ("e",), (agency, "social_care"),
                        SPECS["S15"].question, marks=frozenset({"e"}))  # fmt: skip
        raise_standing(signals=[signal], people={"kasia": world.child}, entries={"e": key})


def _reader(world: World, name: str, role: str, agency: str, team: str) -> Viewer:
    viewer = practitioner(name, role, agency, team)
    involve(authority=authority(), team=team, people=[world.child], ground="list", since=NOW)
    return viewer


def _told(viewer: Viewer, child: UUID) -> list[tuple[str, ...]]:
    with viewing(viewer, permission=Permission.VIEW_CHILD, purpose=ROLES[viewer.actor.role].purpose, now=NOW, act="x"):
        return [card.tell for card in signals_about([child])] + withheld_questions([child])


@pytest.mark.requirement("R13")
def test_whom_a_question_asks_is_told_without_the_place_s_own_name(world: World) -> None:
    _raise(world, f"school/{PLACE}")
    readers = {
        "decides": _reader(world, "sw", "social_worker", "social_care", "social_care:east"),
        "reads": _reader(world, "hv", "health_visitor", "health_visiting", "visitors"),
        "is told": _reader(world, "pr", "practitioner", "housing", "tenancies"),
    }
    for how, viewer in readers.items():
        assert _told(viewer, world.child) == [("school", "social_care")], how
        client = browser(viewer)
        for page in ("", "/chronology", "/family", "/work", "/ledger"):
            assert PLACE not in client.get(f"/children/{world.child}{page}").content.decode().casefold(), (how, page)
    own = _reader(world, "own", "dsl", f"school/{PLACE}", "own-school")
    for viewer in (world.ann, own):
        assert _told(viewer, world.child) == [(f"school/{PLACE}", "social_care")], "who holds it, and the school itself"


def test_the_column_itself_is_not_the_web_s_to_read(world: World, store: Store) -> None:
    with psycopg.connect(store.urls.web) as connection:
        for column in ("tell", "*"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(f"SELECT {column} FROM signals_event".encode())
        connection.execute("SELECT question, event FROM signals_event")


def test_a_place_that_nobody_keeps_is_told(store: Store) -> None:
    world = build_world()
    _raise(world, f"school/{PLACE}")
    viewer = _reader(world, "hv", "health_visitor", "health_visiting", "visitors")
    assert _told(viewer, world.child) == [(f"school/{PLACE}", "social_care")]
