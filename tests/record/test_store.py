"""Entries in the store: checked, kept, corrected by superseding, received and known by agency and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import Store
from tests.worlds import NOW, World, authority, build_world
from wholepicture.access.operations import acting, authorise
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Purpose
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.queries import family_of
from wholepicture.record.models import EntryRow
from wholepicture.record.operations import NewEntry, add_entry, add_receipt, correct_entry
from wholepicture.record.queries import entries_about, known_to, source_systems
from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent


@pytest.fixture
def world(store: Store) -> World:
    """Kasia, her mother, and a note."""
    return build_world()


def _new(world: World, **changes: Any) -> NewEntry:
    entry = NewEntry(
        kind="visit",
        occurred=When.on(date(2026, 2, 10)),
        recorded=When.on(date(2026, 2, 12)),
        agency="social_care",
        author_role="social worker",
        about=((world.child_identity, AboutRole.SUBJECT), (world.mother_identity, AboutRole.PRESENT)),
        summary="Seen alone in her bedroom.",
        details={"place": "home", "child_seen": True, "child_seen_alone": True},
        receipts=(Receipt("health_visiting", ReceiptEvent.RECEIVED, When.on(date(2026, 2, 14))),),
    )
    return replace(entry, **changes)


def test_an_entry_reads_back_as_it_was_written(world: World) -> None:
    add_entry(authority=authority(), entry=_new(world))
    with acting(authority()):
        [stored] = [s for s in entries_about([world.child_identity]) if s.entry.kind == "visit"]
    entry = stored.entry
    assert (entry.occurred, entry.recorded) == (When.on(date(2026, 2, 10)), When.on(date(2026, 2, 12)))
    assert entry.flag("child_seen_alone") is True
    assert stored.about == ((world.child_identity, AboutRole.SUBJECT), (world.mother_identity, AboutRole.PRESENT))
    assert entry.receipts == (Receipt("health_visiting", ReceiptEvent.RECEIVED, When.on(date(2026, 2, 14))),)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "gossip"}, "“gossip” is not a kind of entry"),
        ({"about": ()}, "names at least one person"),
        ({"details": {"plaice": "home"}}, "plaice"),
        ({"details": {"child_seen": "yes"}}, "child_seen"),
    ],
)
def test_what_is_wrong_is_refused_and_not_stored(world: World, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add_entry(authority=authority(), entry=_new(world, **changes))
    with acting(authority()):
        assert not EntryRow.objects.filter(kind="visit").exists()


@pytest.mark.requirement("R7")
@pytest.mark.requirement("R1")
def test_every_clock_is_kept_apart(world: World) -> None:
    entry = add_entry(authority=authority(), entry=_new(world))
    given = authorise(world.ann, permission=Permission.ADD_ENTRY, purpose=Purpose.ASSESS, now=NOW)
    opened = datetime(2026, 2, 16, 9, 30, tzinfo=UTC)
    add_receipt(authority=given, entry=entry, agency="health_visiting", event=ReceiptEvent.OPENED, at=opened)
    with acting(authority()):
        record = family_of([world.child])
        row = EntryRow.objects.get(id=entry)
    kept = record.entry[str(entry)]
    clocks = [kept.occurred.start, kept.recorded.start, *(r.at.start for r in kept.receipts if r.at)]
    assert clocks == [date(2026, 2, 10), date(2026, 2, 12), date(2026, 2, 14), date(2026, 2, 16)]
    assert row.author is None


@pytest.mark.requirement("R1")
@pytest.mark.parametrize(
    ("agency", "day", "knew"),
    [
        ("social_care", date(2026, 2, 11), False),
        ("social_care", date(2026, 2, 12), True),
        ("health_visiting", date(2026, 2, 13), False),
        ("health_visiting", date(2026, 2, 14), True),
        ("gp", date(2026, 3, 1), False),
    ],
)
def test_who_knew_what_and_when_is_one_query(world: World, agency: str, day: date, knew: bool) -> None:
    entry = add_entry(authority=authority(), entry=_new(world))
    with acting(authority()):
        assert (entry in known_to(agency, day, [entry])) is knew


def test_a_correction_supersedes_and_both_stay_readable(world: World) -> None:
    entry = add_entry(authority=authority(), entry=_new(world))
    fixed = _new(world, summary="Seen alone in the kitchen.", supersedes=entry)
    correction = correct_entry(authority=authority(), correction=fixed)
    with acting(authority()):
        record = family_of([world.child])
    assert record.superseded == {str(entry)}
    assert {record.entry[str(e)].summary for e in (entry, correction)} == {
        "Seen alone in her bedroom.",
        "Seen alone in the kitchen.",
    }
    with pytest.raises(Refused, match="already been corrected"):
        correct_entry(authority=authority(), correction=fixed)
    with pytest.raises(Refused, match="names the entry"):
        correct_entry(authority=authority(), correction=_new(world))


def test_an_entry_of_a_practitioner_names_them(world: World) -> None:
    given = authorise(world.ann, permission=Permission.ADD_ENTRY, purpose=Purpose.ASSESS, now=NOW, people=[world.child])
    entry = add_entry(authority=given, entry=_new(world))
    with acting(authority()):
        assert EntryRow.objects.get(id=entry).author == UUID(world.ann.actor.practitioner)


def test_no_bundle_has_been_brought_in_yet(world: World) -> None:
    with acting(authority()):
        assert source_systems() == []
        assert known_to("gp", date(2026, 1, 1), [uuid4()]) == set()
