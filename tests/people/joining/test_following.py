"""What was written of two people follows a decision that they are one, and follows its undoing, to the byte."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from tests.conftest import Store
from tests.worlds import NOW, World, authority, build_world, person, practitioner
from wholepicture.access.operations import acting, involve, reads_of, viewing
from wholepicture.access.policy import Stop
from wholepicture.access.queries import involved_with, own_people
from wholepicture.access.roles import Permission
from wholepicture.access.stops import stop
from wholepicture.casework.who.operations import join_people, part_people
from wholepicture.foundation.authority import Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.addresses.operations import add_address, shield
from wholepicture.people.addresses.reading import addresses_of, shields_of
from wholepicture.people.addresses.types import AddressSort, NewAddress, NewShield, ShieldReason
from wholepicture.people.joining.operations import join
from wholepicture.people.joining.queries import belongings_of
from wholepicture.people.operations import NewIdentity, add_identity
from wholepicture.people.queries import family_of, identities_of
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole
from wholepicture.signals.models import SignalRow
from wholepicture.signals.operations import refresh
from wholepicture.signals.queries import signals_about

SURE = "Her mother's maiden name and the ward agree; rang the midwife."


@dataclass
class Twice:
    """Kasia is known to Ann's team; a midwife wrote of the same child under her mother's maiden name."""

    world: World
    midwife: Viewer
    twin: UUID
    twin_identity: UUID


@pytest.fixture
def twice(store: Store) -> Twice:
    world = build_world()
    midwife = practitioner("mo", "midwife", "midwifery", "midwives")
    twin, identity = person("Katarzyna", "Lis", "child", "2021-05-04")
    involve(authority=authority(), team="midwives", people=[twin], ground="booked", since=NOW)
    wrote(identity, "midwifery", "Born at 36 weeks.")
    return Twice(world, midwife, twin, identity)


def wrote(identity: UUID, agency: str, words: str) -> UUID:
    entry = NewEntry(
        "note", When.on(date(2026, 2, 3)), When.on(date(2026, 2, 3)), agency, "worker",
        ((identity, AboutRole.SUBJECT),), words,
    )  # fmt: skip
    return add_entry(authority=authority(), entry=entry)


def seen(viewer: Viewer, child: UUID) -> list[str]:
    """The words of every entry that the viewer is shown of a child."""
    look = viewing(viewer, permission=Permission.VIEW_CHILD, purpose=Purpose.CARE, now=NOW, act="test", person=child)
    with look:
        return sorted(e.summary for e in family_of([child], hops=0).entries)


def joined(twice: Twice, retyped: str = "4 5 2021") -> None:
    join_people(
        authority=authority(), person=twice.world.child, other=twice.twin, retyped=retyped, ground=SURE, now=NOW
    )


@pytest.mark.requirement("R17")
def test_both_teams_read_both_records_under_either_id(twice: Twice) -> None:
    assert seen(twice.world.ann, twice.world.child) == ["A note."]
    joined(twice)
    for child in (twice.world.child, twice.twin):
        assert seen(twice.world.ann, child) == ["A note.", "Born at 36 weeks."]
        assert seen(twice.midwife, child) == ["A note.", "Born at 36 weeks."]


def test_each_works_with_one_person_and_the_ledger_holds_the_looks_at_both(twice: Twice) -> None:
    seen(twice.midwife, twice.twin)
    joined(twice)
    act = viewing(twice.midwife, permission=Permission.VIEW_CHILD, purpose=Purpose.CARE, now=NOW, act="test")
    with act:
        assert {own.person for own in own_people(at=NOW)} == {twice.world.child}
        teams = {i.team for i in involved_with(twice.twin, at=NOW)}
        assert teams == {"midwives", twice.world.ann.actor.team}
        looks = reads_of(twice.world.child)
        assert {r.practitioner for r in looks} >= {UUID(twice.midwife.actor.practitioner)}
        assert {r.person for r in looks} == {twice.world.child}


def test_nobody_is_joined_by_a_slip(twice: Twice) -> None:
    with pytest.raises(Refused, match="Type their date of birth again"):
        joined(twice, "5 4 2021")
    joined(twice)
    with pytest.raises(Refused, match="one person on the record already"):
        joined(twice)


@pytest.mark.requirement("R17")
def test_undone_it_is_as_if_it_had_never_been(twice: Twice, store: Store) -> None:
    def views() -> list[object]:
        with acting(authority()):
            people = [family_of([p]) for p in (twice.world.child, twice.twin)]
            asked = [[(c.rule, c.status) for c in signals_about([p])] for p in (twice.world.child, twice.twin)]
        return [repr(people), asked, seen(twice.world.ann, twice.world.child), seen(twice.midwife, twice.twin)]

    before = views()
    joined(twice)
    with pytest.raises(Refused):
        stranger = practitioner("vi", "health_visitor", "health_visiting", "visitors")
        seen(stranger, twice.twin)
    apart = part_people(
        authority=authority(), person=twice.world.child, identities=[twice.twin_identity], ground=SURE, now=NOW
    )
    assert apart == twice.twin
    assert views() == before
    with pytest.raises(Refused):
        seen(twice.midwife, twice.world.child)


def test_whoever_is_stopped_from_one_is_stopped_from_both_until_it_is_undone(twice: Twice) -> None:
    ann = twice.world.ann
    stop(
        authority=authority(), practitioner=UUID(ann.actor.practitioner), person=twice.twin, ground=Stop.FAMILY, now=NOW
    )
    assert seen(ann, twice.world.child)
    joined(twice)
    with pytest.raises(Refused):
        seen(ann, twice.world.child)
    part_people(authority=authority(), person=twice.twin, identities=[twice.twin_identity], ground=SURE, now=NOW)
    assert seen(ann, twice.world.child)


def test_a_shield_on_one_keeps_the_others_address_and_takes_it_from_matching(twice: Twice, store: Store) -> None:
    home = NewAddress(("9 Mill Lane", "Aldermere"), "QX4 2LD", AddressSort.HOME)
    child, identity = twice.world.child, twice.world.child_identity
    add_address(authority=authority(), person=child, identity=identity, address=home, now=NOW)
    new = NewShield(ShieldReason.FLEEING, "", "his father", date(2026, 1, 1))
    shield(authority=authority(), people=[twice.twin], new=new, holder_team="midwives", now=NOW)

    def homes() -> int:
        act = viewing(twice.world.ann, permission=Permission.VIEW_CHILD, purpose=Purpose.CARE, now=NOW, act="test")
        with act:
            return len(addresses_of([twice.world.child])[twice.world.child])

    def matched() -> int:
        with store.as_superuser() as rows:
            return len(rows.execute("SELECT 1 FROM people_ready WHERE postcode IS NOT NULL").fetchall())

    assert (homes(), matched()) == (1, 1)
    joined(twice)
    with acting(authority()):
        assert [s.person for s in shields_of([twice.world.child])] == [twice.world.child]
    assert (homes(), matched()) == (0, 0)
    part_people(authority=authority(), person=twice.world.child, identities=[twice.twin_identity], ground=SURE, now=NOW)
    assert (homes(), matched()) == (1, 1)


def test_a_question_asked_twice_is_asked_once_and_of_each_again_when_they_are_two(twice: Twice) -> None:
    today = NOW.date()
    for identity in (twice.world.child_identity, twice.twin_identity):
        for day in (1, 8, 15):
            entry = NewEntry(
                "appointment", When.on(date(2026, 2, day)), When.on(date(2026, 2, day)), "hospital", "nurse",
                ((identity, AboutRole.SUBJECT),), "Not brought.",
                {"outcome": "was_not_brought", "service": "paediatrics"},
            )  # fmt: skip
            add_entry(authority=authority(), entry=entry)
    with acting(authority()):
        refresh(authority=authority(), people=[twice.world.child, twice.twin], today=today)
        rules = {r.rule for r in SignalRow.objects.filter(person=twice.twin)}
        assert rules & {r.rule for r in SignalRow.objects.filter(person=twice.world.child)}
    joined(twice)

    def waiting(child: UUID) -> list[str]:
        with acting(authority()):
            return sorted(c.rule for c in signals_about([child]) if c.waits)

    assert len(waiting(twice.twin)) == len(set(waiting(twice.twin)))
    assert rules <= set(waiting(twice.twin))
    part_people(authority=authority(), person=twice.world.child, identities=[twice.twin_identity], ground=SURE, now=NOW)
    assert rules <= set(waiting(twice.twin))
    assert rules & set(waiting(twice.world.child))


def test_what_comes_while_they_are_one_stays_until_somebody_says_whose_it_is(twice: Twice) -> None:
    joined(twice)
    later = add_identity(
        authority=authority(), identity=NewIdentity("later", given_name="Kasia", family_name="Lis"),
        person=twice.twin, now=NOW, ground="a test",
    )  # fmt: skip
    part_people(authority=authority(), person=twice.world.child, identities=[twice.twin_identity], ground=SURE, now=NOW)
    with acting(authority()):
        assert later in identities_of(twice.world.child)
    part_people(authority=authority(), person=twice.world.child, identities=[later], ground=SURE, now=NOW)
    with acting(authority()):
        assert later not in identities_of(twice.world.child)


def test_whoever_is_new_is_not_lost_to_those_who_work_with_them(twice: Twice) -> None:
    later = add_identity(
        authority=authority(), identity=NewIdentity("later", given_name="Kasia", family_name="Lis"),
        person=twice.world.child, now=NOW, ground="a test",
    )  # fmt: skip
    wrote(later, "social_care", "Seen at the clinic.")
    new = part_people(authority=authority(), person=twice.world.child, identities=[later], ground=SURE, now=NOW)
    assert seen(twice.world.ann, new) == ["Seen at the clinic."]
    assert seen(twice.world.ann, twice.world.child) == ["A note."]


def test_the_database_keeps_a_persons_first_identity_theirs(twice: Twice, store: Store) -> None:
    add_identity(authority=authority(), identity=NewIdentity("x"), person=twice.world.child, now=NOW, ground="a test")
    with psycopg.connect(store.urls.engine) as engine, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        engine.execute(
            "INSERT INTO people_grouping (identity_id, person_id, decided_at, ground) VALUES (%s, %s, now(), 'x')",
            [twice.world.child_identity, twice.twin],
        )
        engine.commit()


def test_two_who_join_at_once_make_one_decision(twice: Twice) -> None:
    told: list[str] = []

    def go(one: UUID, other: UUID) -> None:
        try:
            join(authority=authority(), person=one, other=other, ground=SURE, now=datetime.now(UTC))
            told.append("joined")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    child, twin = twice.world.child, twice.twin
    threads = [threading.Thread(target=go, args=pair) for pair in ((child, twin), (twin, child))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["joined", "same"]
    with acting(authority()):
        held = belongings_of(child) + belongings_of(twin)
    assert {b.identity for b in held} == {twice.world.child_identity, twice.twin_identity}
    assert timedelta(0) <= datetime.now(UTC) - max(d.at for b in held for d in b.decisions)
