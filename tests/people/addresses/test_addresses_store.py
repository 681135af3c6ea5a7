"""Addresses, shields and releases on the real database: who reads what, what is matched on, and two people for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connections
from django.test.utils import CaptureQueriesContext

from tests.conftest import Store
from tests.worlds import NOW, World, authority, build_world, person, practitioner
from wholepicture.access.operations import acting, involve, viewing
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.addresses.keeping import agree_to_end, ask_to_end, review_shield
from wholepicture.people.addresses.models import AddressKeyRow, AddressRow, ReleaseDecisionRow, ShieldEndRow, ShieldRow
from wholepicture.people.addresses.operations import add_address, shield
from wholepicture.people.addresses.queries import (
    addresses_of,
    current_address,
    guarded_words,
    held_of,
    linked_perpetrators,
    old_addresses,
    overdue_shields,
    releases_of,
    releases_to_decide,
    shields_held,
    shields_of,
)
from wholepicture.people.addresses.release import Asking, ask_release, decide_release
from wholepicture.people.addresses.rules import found_in, key_of_text
from wholepicture.people.addresses.types import AddressSort, NewAddress, NewShield, ShieldReason, WordSort
from wholepicture.people.matching.queries import match_together
from wholepicture.people.matching.types import Described
from wholepicture.people.operations import NewIdentity, add_identity, relate
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole

FLED = date(2026, 2, 20)
OLD, NEW = "12 Larch Close, Aldermere, QX4 2LD", "7 Weir Street, Aldermere, QX9 1AA"
WHY = "She is taken to court on Friday and must be fetched from there."


@dataclass
class Fled:
    """Ann's family, whose mother left for a new address: Ann's team holds, Cat's team is involved, Bob's is not."""

    world: World
    cat: Viewer
    manager: Viewer
    second: Viewer
    father: UUID
    father_identity: UUID
    shields: list[UUID]


@pytest.fixture
def fled(store: Store) -> Fled:
    return build(store)


def build(store: Store, *, shielded: bool = True) -> Fled:
    world = build_world()
    cat = practitioner("cat", "health_visitor", "health_visiting", "visitors")
    second = practitioner("sue", "social_worker", "social_care", "social_care:north")
    manager = practitioner("mia", "named_nurse", "health_visiting", "safeguarding")
    involve(authority=authority(), team=cat.actor.team, people=[world.child, world.mother], ground="list", since=NOW)
    involve(authority=authority(), team="safeguarding", people=[world.child, world.mother], ground="list", since=NOW)
    father, father_identity = person("Piotr", "Nowak")
    relate(authority=authority(), identity=father_identity, other=world.child_identity,
           relationship=Relationship("", Relation.FATHER, ""))  # fmt: skip
    for identity in (world.mother_identity, world.child_identity):
        _live(world, identity, NewAddress(("12 Larch Close", "Aldermere"), "QX4 2LD", to=When.on(FLED)))
        _live(world, identity, NewAddress(("7 Weir Street", "Aldermere"), "QX9 1AA", AddressSort.REFUGE,
                                          phone="01632 960777", from_=When.on(FLED), source="mother"))  # fmt: skip
    _live(world, father_identity, NewAddress(("12 Larch Close", "Aldermere"), "QX4 2LD"))
    found = Fled(world, cat, manager, second, father, father_identity, [])
    if shielded:
        found.shields = keep(found)
    return found


def _live(world: World, identity: UUID, address: NewAddress) -> UUID:
    return add_address(authority=authority(), person=world.mother, identity=identity, address=address, now=NOW)


def keep(fled: Fled, **changes: Any) -> list[UUID]:
    new = NewShield(ShieldReason.FLEEING, "", "her husband", FLED, people_from=(fled.father,))
    return shield(
        authority=replace(authority(), actor=fled.world.ann.actor), people=[fled.world.mother, fled.world.child],
        new=replace(new, **changes),
        holder_team=fled.world.ann.actor.team, now=NOW,
    )  # fmt: skip


@contextmanager
def looking(viewer: Viewer) -> Iterator[None]:
    with viewing(
        viewer, permission=Permission.VIEW_LEDGER, purpose=Purpose.PROTECT, now=datetime.now(UTC), act="address:view"
    ):
        yield


def lines_seen(viewer: Viewer, whose: UUID) -> set[str]:
    with looking(viewer):
        return {a.lines[0] for a in addresses_of([whose])[whose]}


def matched(address: str, given: str = "Ewa", family: str = "Nowak") -> object:
    said = Described(given, family, address=address)
    with acting(authority()):
        return match_together([said])


def asked(guess: str) -> list[str]:
    with CaptureQueriesContext(connections["engine"]) as captured:
        matched(guess)
        matched(guess, "", "")
    return [re.sub(r"'[^']*'", "?", query["sql"]) for query in captured.captured_queries]


def test_an_address_without_a_shield_is_read_by_those_who_see_the_person(store: Store) -> None:
    fled = build(store, shielded=False)
    for viewer in (fled.world.ann, fled.cat):
        assert lines_seen(viewer, fled.world.mother) == {"12 Larch Close", "7 Weir Street"}
    assert lines_seen(fled.world.bob, fled.world.mother) == set()


@pytest.mark.requirement("R13")
def test_a_shielded_address_is_read_by_the_holding_team_alone(fled: Fled) -> None:
    for whose in (fled.world.mother, fled.world.child):
        assert lines_seen(fled.world.ann, whose) == {"12 Larch Close", "7 Weir Street"}
        assert lines_seen(fled.cat, whose) == {"12 Larch Close"}
        assert lines_seen(fled.world.bob, whose) == set()


def test_others_involved_learn_that_an_address_is_kept_and_whom_to_ask(fled: Fled) -> None:
    with looking(fled.cat):
        [held] = held_of(fled.world.mother)
        assert (held.team, held.open) == ("social_care:north", False)
        assert shields_of([fled.world.mother]) == []
    with looking(fled.world.ann):
        assert held_of(fled.world.mother)[0].open
        [mine] = shields_of([fled.world.mother])
        assert (mine.reason, mine.from_whom, mine.set_by_name) == (ShieldReason.FLEEING, "her husband", "Ann")
    with looking(fled.world.bob):
        assert held_of(fled.world.mother) == []


def test_a_shield_on_one_address_leaves_the_others_open(store: Store) -> None:
    fled = build(store, shielded=False)
    with acting(authority()):
        root = AddressRow.objects.get(identity=fled.world.mother_identity, postcode="QX4 2LD").root
    with pytest.raises(Refused, match="no address of this person"):
        keep(fled, address=root)
    new = NewShield(ShieldReason.REFUGE, "", "anybody", FLED, address=root)
    shield(authority=authority(), people=[fled.world.mother], new=new, holder_team="social_care:north", now=NOW)
    assert lines_seen(fled.cat, fled.world.mother) == {"7 Weir Street"}
    with acting(authority()):
        words = {w.text for w in guarded_words([fled.world.mother])}
    assert "12 Larch Close" in words and "7 Weir Street" not in words


@pytest.mark.requirement("R13")
def test_a_shield_takes_the_address_out_of_the_index_at_once(store: Store) -> None:
    fled = build(store, shielded=False)
    with acting(authority()):
        assert AddressKeyRow.objects.filter(key=key_of_text(NEW)).count() == 2
    keep(fled)
    _live(fled.world, fled.world.mother_identity, NewAddress(("7 Weir Street", "Aldermere"), "QX9 1AA"))
    further = NewIdentity(key="ewa-2", given_name="Ewa", family_name="Nowak", address=NEW)
    add_identity(authority=authority(), identity=further, person=fled.world.mother, now=NOW, ground="test")
    with acting(authority()):
        assert not AddressKeyRow.objects.filter(key=key_of_text(NEW)).exists()
        assert AddressKeyRow.objects.filter(key=key_of_text(OLD)).count() == 3


@pytest.mark.requirement("R13")
def test_a_guess_at_a_shielded_address_answers_as_a_wrong_one_does(fled: Fled) -> None:
    wrong = "99 Nowhere Lane, Aldermere, QX1 1ZZ"
    right, other = (
        repr([matched(guess), matched(guess, "", ""), matched(guess, "Eva", "Novak")]) for guess in (NEW, wrong)
    )
    assert right == other
    assert asked(NEW) == asked(wrong), "the same queries, so that time does not tell"
    assert len(asked(OLD)) > len(asked(NEW))
    assert "Home: same address and postcode" in repr(matched(OLD))


def test_a_correction_takes_the_place_of_what_it_corrects(store: Store) -> None:
    fled = build(store, shielded=False)
    first = _live(fled.world, fled.father_identity, NewAddress(("3 Moor Veiw",)))
    second = _live(fled.world, fled.father_identity, NewAddress(("3 Moor View",), corrects=first))
    with acting(authority()):
        assert {a.lines[0] for a in addresses_of([fled.father])[fled.father]} == {"12 Larch Close", "3 Moor View"}
        assert not AddressKeyRow.objects.filter(address=first).exists()
        assert AddressRow.objects.get(id=second).root == first
    with pytest.raises(Refused, match="corrected already"):
        _live(fled.world, fled.father_identity, NewAddress(("4 Moor View",), corrects=first))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (NewAddress((" ", "")), "lines"),
        (NewAddress(("1 A",), from_=When.parse("2026-02"), to=When.parse("2026-01")), "to"),
    ],
)
def test_an_address_that_cannot_be_is_refused(fled: Fled, address: NewAddress, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _live(fled.world, fled.world.mother_identity, address)
    assert refused.value.code == code


def test_a_shield_says_from_whom_and_is_reviewed_within_six_months(store: Store) -> None:
    fled = build(store, shielded=False)
    for changes, code in (
        ({"review_by": date(2027, 1, 1)}, "review"),
        ({"from_whom": " ", "people_from": ()}, "from-whom"),
        ({"reason": ShieldReason.OTHER}, "words"),
        ({"people_from": (fled.world.child,)}, "both"),
    ):
        with pytest.raises(Refused) as refused:
            keep(fled, **changes)
        assert refused.value.code == code
    keep(fled)
    with acting(authority()):
        assert {s.review_by for s in shields_of([fled.world.mother])} == {date(2026, 9, 2)}
    with pytest.raises(IntegrityError), acting(authority()):
        ShieldRow.objects.create(person=fled.father, reason="refuge", holder_team="x", covers_from=FLED, set_at=NOW,
                                 set_on=FLED, review_by=FLED + timedelta(days=185))  # fmt: skip


@pytest.mark.requirement("R13")
def test_a_shield_past_its_review_stays_in_force_and_is_on_its_team_s_list(fled: Fled) -> None:
    late = date(2027, 3, 1)
    with looking(fled.world.ann):
        assert [s.id for s in overdue_shields(day=late)] == [s.id for s in shields_held()]
        assert overdue_shields(day=NOW.date()) == []
    with looking(fled.cat):
        assert shields_held() == []
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close"}

    def review(words: str, due: date | None) -> None:
        moment = NOW + timedelta(days=100)
        review_shield(viewer=fled.world.ann, shield=fled.shields[0], words=words, next_review=due, now=moment)

    review("Her IDVA says he still looks for her.", None)
    with looking(fled.world.ann):
        reviewed = next(s for s in shields_held(teams=["social_care:north"]) if s.id == fled.shields[0])
    assert reviewed.review_by > date(2026, 9, 2) and reviewed.reviews[0].by_name == "Ann"
    for words, due, code in ((" ", None, "words"), ("x", late, "review")):
        with pytest.raises(Refused) as refused:
            review(words, due)
        assert refused.value.code == code


@pytest.mark.requirement("R13")
def test_a_shield_ends_only_when_two_people_of_its_team_say_so(fled: Fled) -> None:
    mother = fled.shields[0]
    ann, sue = fled.world.ann, fled.second
    attempts: list[tuple[Callable[[], object], str]] = [
        (lambda: agree_to_end(viewer=sue, shield=mother, why="x", now=NOW), "not-asked"),
        (lambda: ask_to_end(viewer=ann, shield=mother, why=" ", now=NOW), "why"),
        (lambda: agree_to_end(viewer=ann, shield=mother, why=" ", now=NOW), "why"),
        (lambda: ask_to_end(viewer=fled.cat, shield=mother, why="x", now=NOW), "no-shield"),
    ]
    for attempt, code in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == code
    asked = ask_to_end(viewer=ann, shield=mother, why="He died.", now=NOW)
    with pytest.raises(Refused, match="somebody else must agree"):
        agree_to_end(viewer=ann, shield=mother, why="Yes.", now=NOW)
    with pytest.raises(IntegrityError), acting(authority()):
        me = UUID(ann.actor.practitioner)
        ShieldEndRow.objects.create(shield_id=mother, ask_id=asked, asked_by=me, by=me, by_name="", why="", at=NOW)
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close"}
    agree_to_end(viewer=sue, shield=mother, why="I saw the certificate.", now=NOW)
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close", "7 Weir Street"}
    assert lines_seen(fled.cat, fled.world.child) == {"12 Larch Close"}
    with acting(authority()):
        [again] = AddressKeyRow.objects.filter(key=key_of_text(NEW))
        assert again.identity == fled.world.mother_identity


def _ask(fled: Fled, viewer: Viewer, hours: int = 4, why: str = WHY, reader: Viewer | None = None) -> UUID:
    who = UUID((reader or viewer).actor.practitioner)
    return ask_release(viewer=viewer, shield=fled.shields[0], asking=Asking(who, why, hours), now=datetime.now(UTC))


@pytest.mark.requirement("R13")
def test_a_release_needs_two_people_and_runs_out(fled: Fled) -> None:
    asked = _ask(fled, fled.cat)
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close"}
    with looking(fled.manager):
        assert [r.id for r in releases_to_decide()] == [asked]
    decide_release(viewer=fled.manager, release=asked, granted=True, why="I know the case.", now=datetime.now(UTC))
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close", "7 Weir Street"}
    assert lines_seen(fled.cat, fled.world.child) == {"12 Larch Close"}
    assert lines_seen(fled.manager, fled.world.mother) == {"12 Larch Close"}
    with looking(fled.cat):
        [told] = releases_of(fled.world.mother)
        assert (told.granted, told.decided_by_name, told.reader_name) == (True, "Mia", "Cat")
        assert releases_to_decide() == []
    again = _ask(fled, fled.cat, hours=1)
    ago = datetime.now(UTC) - timedelta(hours=2)
    decide_release(viewer=fled.manager, release=again, granted=True, why="x", now=ago)
    with pytest.raises(Refused, match="decided already"):
        decide_release(viewer=fled.manager, release=asked, granted=True, why="x", now=ago)


def test_a_release_that_has_run_out_or_was_refused_opens_nothing(fled: Fled) -> None:
    ago = datetime.now(UTC) - timedelta(hours=5)
    decide_release(viewer=fled.manager, release=_ask(fled, fled.cat), granted=True, why="x", now=ago)
    decide_release(viewer=fled.manager, release=_ask(fled, fled.cat), granted=False, why="x", now=datetime.now(UTC))
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close"}


def test_a_release_is_not_asked_lightly_nor_granted_by_one_s_own(fled: Fled) -> None:
    attempts: list[tuple[Callable[[], object], str]] = [
        (lambda: _ask(fled, fled.cat, why="urgent"), "why"),
        (lambda: _ask(fled, fled.cat, hours=25), "hours"),
        (lambda: _ask(fled, fled.world.bob), "no-claim"),
        (lambda: ask_release(viewer=fled.cat, shield=UUID(int=3), asking=Asking(UUID(int=3), WHY, 1), now=NOW),
         "no-claim"),
        (lambda: ask_release(viewer=fled.cat, shield=fled.shields[0], asking=Asking(UUID(int=3), WHY, 1), now=NOW),
         "reader"),
    ]  # fmt: skip
    for attempt, code in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == code
    own, theirs = _ask(fled, fled.manager), _ask(fled, fled.manager, reader=fled.cat)
    mate = practitioner("mo", "named_nurse", "health_visiting", "safeguarding")
    lead = practitioner("liz", "manager", "health_visiting", "visitors")
    for viewer, release, code in (
        (fled.manager, own, "not-independent"),
        (mate, own, "not-independent"),
        (lead, theirs, "not-independent"),
        (fled.cat, own, "role"),
        (practitioner("far", "manager", "police", "pp"), own, "no-release"),
    ):
        with pytest.raises(Refused) as refused:
            decide_release(viewer=viewer, release=release, granted=True, why="x", now=NOW)
        assert refused.value.code == code
    with pytest.raises(Refused, match="ledger"):
        decide_release(viewer=lead, release=own, granted=True, why=" ", now=NOW)
    with pytest.raises(IntegrityError), acting(authority()):
        me = UUID(fled.manager.actor.practitioner)
        ReleaseDecisionRow.objects.create(release_id=own, granted=True, asked_by=me, reader=me, by=me, by_name="",
                                          why="", at=NOW, until=NOW)  # fmt: skip


def test_where_somebody_lives_and_where_no_letter_may_go(fled: Fled) -> None:
    with acting(authority()):
        now = current_address(fled.world.mother, at=NOW.date())
        assert now is not None and now.lines[0] == "7 Weir Street"
        assert [a.lines[0] for a in old_addresses(fled.world.mother, at=NOW.date())] == ["12 Larch Close"]
        assert old_addresses(fled.father, at=NOW.date()) == ()
        assert current_address(fled.world.other_child, at=NOW.date()) is None
    with looking(fled.cat):
        assert current_address(fled.world.mother, at=NOW.date()) is None


def _write(fled: Fled, kind: str, agency: str, day: date, **details: object) -> None:
    entry = NewEntry(kind, When.on(day), When.on(day), agency, "worker",
                     ((fled.world.child_identity, AboutRole.SUBJECT),), "x", details)  # fmt: skip
    add_entry(authority=authority(), entry=entry)


@pytest.mark.requirement("R13")
def test_the_words_that_must_not_leave(fled: Fled) -> None:
    _write(fled, "school_move", "school/ash", FLED + timedelta(days=2), type="enrolled", other_school="Oak Lane School")
    _write(
        fled, "housing", "housing", FLED, type="moved_in", address_key="brackenford-weir-street-7", area="Brackenford"
    )
    _write(fled, "welfare_concern", "health_visiting", FLED, reported_to=["gp/riverside", "police"])
    _write(fled, "attendance", "school/elm", FLED - timedelta(days=30), percent=90)
    practitioner("gus", "gp", "gp/market", "market")
    involve(authority=authority(), team="market", people=[fled.world.child], ground="list", since=NOW)
    with acting(authority()):
        words = guarded_words([fled.world.mother, fled.world.child])
    sorts = {(w.sort, w.text) for w in words}
    assert {
        (WordSort.LINE, "7 Weir Street"), (WordSort.STREET, "Weir Street"), (WordSort.POSTCODE, "QX9 1AA"),
        (WordSort.PHONE, "01632 960777"), (WordSort.SCHOOL, "School/Ash"), (WordSort.SCHOOL, "Oak Lane School"),
        (WordSort.PLACE, "Brackenford"), (WordSort.LINE, "brackenford-weir-street-7"), (WordSort.GP, "riverside"),
        (WordSort.GP, "gp/market"), (WordSort.HEALTH_VISITING, "visitors"),
    } - sorts == {(WordSort.SCHOOL, "School/Ash")}  # fmt: skip
    assert (WordSort.SCHOOL, "school/ash") in sorts
    assert not any("elm" in w.text or "Larch" in w.text for w in words)
    assert {w.person for w in words} == {fled.world.mother, fled.world.child}
    assert {w.why for w in words} == {"Fleeing domestic abuse"} and {w.holder_team for w in words} == {
        "social_care:north"
    }
    assert {w.sort for w in found_in("Dear Mr Nowak, they are at 7, WEIR ST. (QX91AA)", words)} == {
        WordSort.LINE, WordSort.STREET, WordSort.POSTCODE, WordSort.SECTOR, WordSort.OUTWARD}  # fmt: skip
    with acting(authority()):
        assert guarded_words([fled.father, fled.world.other_child]) == ()


def test_who_is_recorded_as_a_perpetrator(store: Store) -> None:
    fled = build(store, shielded=False)
    with acting(authority()):
        assert linked_perpetrators([fled.world.child]) == ()
    about = ((fled.world.mother_identity, AboutRole.VICTIM), (fled.father_identity, AboutRole.ALLEGED_PERPETRATOR))
    day = When.on(FLED)
    entry = NewEntry("domestic_abuse_incident", day, day, "police", "PC", about, "x", {"grade": "high"})
    add_entry(authority=authority(), entry=entry)
    keep(fled)
    with acting(authority()):
        [linked] = linked_perpetrators([fled.world.child, fled.world.other_child])
    assert (linked.person, linked.children) == (fled.father, frozenset({fled.world.child}))
    assert linked.because == ("police: domestic_abuse_incident, 20 February 2026", "An address is kept from them.")
