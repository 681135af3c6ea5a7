"""Hard stops, break-glass and its review, what is withheld, and existence without a claim: through the operations."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.conftest import Store
from tests.worlds import World, authority, build_world, practitioner
from wholepicture.access.engine import as_engine
from wholepicture.access.glass import break_glass, review_glass
from wholepicture.access.models import AuditRow, StopRow
from wholepicture.access.operations import Existence, authorise, find_existence, involve, viewing
from wholepicture.access.policy import Stop
from wholepicture.access.queries import GlassReview, Withheld, glass_of, glass_to_review, glass_told_to, withheld
from wholepicture.access.roles import ROLES, Permission
from wholepicture.access.stops import lift_stop, stop, stopped
from wholepicture.foundation.authority import Actor, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.foundation.working_days import add_working_days
from wholepicture.people.operations import NewIdentity, add_person
from wholepicture.people.queries import family_of
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent

REASON = "Mother in A&E tonight with the child; the duty worker asks what is known."
DAY = timedelta(days=1)


@pytest.fixture
def world(store: Store) -> World:
    """Two families, each known to another team."""
    return build_world()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def looking(
    viewer: Viewer, now: datetime, at: UUID | None = None, permission: Permission = Permission.VIEW_CHILD
) -> AbstractContextManager[None]:
    return viewing(
        viewer, permission=permission, purpose=ROLES[viewer.actor.role].purpose, now=now, act="test", person=at
    )


def sees(viewer: Viewer, child: UUID, now: datetime) -> bool:
    try:
        with looking(viewer, now, child):
            return str(child) in family_of([child], hops=0).people
    except Refused:
        return False


def write(kind: str, agency: str, identity: UUID, *, told: str = "", day: int = 1) -> UUID:
    when = When.on(date(2026, 2, day))
    receipts = (Receipt(told, ReceiptEvent.RECEIVED, when),) if told else ()
    about = ((identity, AboutRole.SUBJECT),)
    return add_entry(
        authority=authority(), entry=NewEntry(kind, when, when, agency, "worker", about, "Words.", receipts=receipts)
    )


@pytest.mark.requirement("R13")
def test_a_school_is_told_that_others_hold_something_and_not_what(world: World, now: datetime) -> None:
    involve(authority=authority(), team=world.bob.actor.team, people=[world.child], ground="school roll", since=now)
    write("hospital_attendance", "hospital_ae", world.child_identity, day=3)
    write("parental_health", "mental_health", world.child_identity, day=4)
    write("police_contact", "police", world.child_identity, day=5, told=world.bob.actor.agency)
    with looking(world.bob, now, world.child):
        assert withheld(world.child) == [
            Withheld("hospital_ae", "hospital_attendance", date(2026, 2, 3)),
            Withheld("mental_health", None, date(2026, 2, 4)),
        ]
        assert {e.kind for e in family_of([world.child]).entries} == {"note", "police_contact"}
    with looking(world.ann, now):
        assert withheld(world.child) == withheld(world.other_child) == []


@pytest.mark.requirement("R13")
def test_a_stop_hides_a_person_whom_the_team_is_involved_with_until_it_is_lifted(world: World, now: datetime) -> None:
    ann = UUID(world.ann.actor.practitioner)
    assert sees(world.ann, world.child, now)
    given = stop(authority=authority(), practitioner=ann, person=world.child, ground=Stop.FAMILY, now=now)
    assert not sees(world.ann, world.child, now)
    with looking(world.ann, now, world.mother):
        assert not family_of([world.mother]).entries
        assert str(world.child) not in family_of([world.mother]).people
    with pytest.raises(Refused) as refused:
        open_glass(world.ann, world.child, now)
    assert refused.value.code == "stopped"
    with as_engine():
        assert AuditRow.objects.filter(act="glass:try", practitioner=ann, person=world.child).exists()
    lift_stop(authority=authority(), person=world.child, stop=given, reason="A namesake; not her nephew.", now=now)
    assert sees(world.ann, world.child, now)


def test_who_may_set_and_lift_stops(world: World, now: datetime) -> None:
    manager = practitioner("dawn", "manager", "social_care", "social_care:north")
    ask = partial(authorise, permission=Permission.SET_STOP, purpose=ROLES["manager"].purpose, now=now)
    with pytest.raises(Refused):
        ask(world.ann)
    allowed, dawn = ask(manager), UUID(manager.actor.practitioner)
    on_ann = stop(
        authority=allowed,
        practitioner=UUID(world.ann.actor.practitioner),
        person=world.child,
        ground=Stop.SELF,
        now=now,
    )
    on_dawn = stop(authority=allowed, practitioner=dawn, person=world.child, ground=Stop.COLLEAGUE, now=now)
    with as_engine():
        assert StopRow.objects.get(id=on_ann).by == dawn
        assert stopped(dawn, [uuid4(), world.child])
    for given, reason, code in ((on_ann, " ", "reason"), (on_dawn, "mine", "own-stop"), (uuid4(), "none", "no-stop")):
        with pytest.raises(Refused) as refused:
            lift_stop(authority=allowed, person=world.child, stop=given, reason=reason, now=now)
        assert refused.value.code == code
    lift_stop(authority=allowed, person=world.child, stop=on_ann, reason="Mistaken.", now=now)
    with pytest.raises(Refused):
        lift_stop(authority=allowed, person=world.child, stop=on_ann, reason="Again.", now=now)


def open_glass(
    viewer: Viewer,
    child: UUID,
    now: datetime,
    *,
    household: Sequence[UUID] = (),
    reason: str = REASON,
    length: timedelta = timedelta(hours=4),
) -> UUID:
    return break_glass(
        viewer=viewer, person=child, household=household, reason=reason, length=length, lead_team="social_care:north",
        now=now,
    )  # fmt: skip


@pytest.mark.requirement("R13")
def test_broken_glass_shows_the_family_to_one_practitioner_for_a_while(world: World, now: datetime) -> None:
    colleague = practitioner("cat", "dsl", "school/oak", "school/oak:staff")
    glass = open_glass(world.bob, world.child, now, household=[world.mother, world.child])
    assert sees(world.bob, world.child, now) and sees(world.bob, world.mother, now)
    assert not sees(colleague, world.child, now)
    with looking(world.ann, now, world.child):
        [card] = glass_of(world.child)
        assert glass_told_to("social_care:north") == [card] == glass_of(world.child)
    assert (card.id, card.by_name, card.reason, card.review) == (glass, "Bob", REASON, None)
    assert card.until - card.opened_at == timedelta(hours=4)
    assert card.review_due == add_working_days(card.opened_at.date(), 2)
    with as_engine():
        opened = AuditRow.objects.filter(act="glass:break").values_list("person", "ground").distinct()
        assert set(opened) == {(world.child, "break-glass"), (world.mother, "break-glass")}


def test_broken_glass_closes_by_itself(world: World, now: datetime) -> None:
    open_glass(world.bob, world.child, now - DAY, length=timedelta(hours=23))
    assert not sees(world.bob, world.child, now)


@pytest.mark.parametrize(
    ("reason", "hours", "code"), [("because", 4, "reason"), (REASON, 25, "length"), (REASON, 0, "length")]
)
def test_glass_is_not_broken_lightly(world: World, now: datetime, reason: str, hours: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_glass(world.bob, world.child, now, reason=reason, length=timedelta(hours=hours))
    assert refused.value.code == code
    assert not sees(world.bob, world.child, now)


@pytest.mark.parametrize("role", ["teacher", "board_officer", "ig_lead"])
def test_a_role_that_sees_no_child_breaks_no_glass(world: World, now: datetime, role: str) -> None:
    nobody = practitioner("nell", role, "school/oak", "school/oak:office")
    with pytest.raises(Refused) as refused:
        open_glass(nobody, world.child, now)
    assert refused.value.code == "role"


def test_a_role_that_nobody_heard_of_breaks_no_glass_and_finds_nobody(world: World, now: datetime) -> None:
    nobody = Viewer(Actor(str(uuid4()), "X", "caretaker", "school/oak", "school/oak:staff"), "no session")
    with pytest.raises(Refused):
        open_glass(nobody, world.child, now)
    with pytest.raises(Refused):
        find_existence(nobody, nhs_number="9434765919", now=now)


@pytest.mark.requirement("R14")
def test_a_break_glass_is_reviewed_once_by_somebody_independent(world: World, now: datetime) -> None:
    glass = open_glass(world.bob, world.child, now)
    lead = practitioner("viktor", "ig_lead", "social_care", "social_care:information")
    same_team = practitioner("sam", "manager", "school/oak", "school/oak:staff")
    stranger = practitioner("mo", "manager", "housing", "housing:lettings")
    review = partial(review_glass, glass=glass, justified=True, comment="Seen the A&E record; it was right.", now=now)
    for viewer, code in ((world.ann, "role"), (stranger, "no-glass")):
        with pytest.raises(Refused) as refused:
            review(viewer=viewer)
        assert refused.value.code == code
    involve(authority=authority(), team=same_team.actor.team, people=[world.child], ground="roll", since=now)
    with pytest.raises(Refused) as refused:
        review(viewer=same_team)
    assert refused.value.code == "not-independent"
    with pytest.raises(Refused) as refused:
        review(viewer=lead, comment=" ")
    assert refused.value.code == "comment"
    for viewer, waiting in ((lead, [glass]), (same_team, []), (world.ann, [])):
        with looking(viewer, now, permission=Permission.VIEW_LEDGER):
            assert [g.id for g in glass_to_review(viewer)] == waiting
    review(viewer=lead)
    with pytest.raises(Refused) as refused:
        review(viewer=lead)
    assert refused.value.code == "reviewed"
    with looking(lead, now, permission=Permission.VIEW_LEDGER):
        assert glass_to_review(lead) == []
    with looking(world.ann, now, world.child):
        [card] = glass_of(world.child)
        assert card.review == GlassReview(True, "Seen the A&E record; it was right.", "Viktor", now)


def test_whoever_broke_glass_does_not_review_it_from_another_team(world: World, now: datetime) -> None:
    boss = practitioner("dawn", "manager", "social_care", "social_care:south")
    glass = open_glass(boss, world.child, now)
    moved = Viewer(Actor(boss.actor.practitioner, "Dawn", "manager", "social_care", "social_care:east"), boss.session)
    with pytest.raises(Refused) as refused:
        review_glass(viewer=moved, glass=glass, justified=True, comment="Mine.", now=now)
    assert refused.value.code == "not-independent"


def known(given: str, family: str, *, kind: str = "child", born: str = "2021-05-04", nhs_number: str = "") -> UUID:
    identity = NewIdentity(
        key=str(uuid4()), type=kind, given_name=given, family_name=family, born=When.parse(born), nhs_number=nhs_number
    )
    return add_person(authority=authority(), identity=identity, now=datetime.now(UTC), ground="given")[0]


NHS = "9434765919"
BORN = date(2021, 5, 4)


@pytest.mark.requirement("R13")
def test_a_worker_without_a_claim_learns_that_a_child_is_known_and_whom_to_ask(world: World, now: datetime) -> None:
    child = known("Zoë", "Lane", nhs_number=NHS)
    nobody_leads = Existence(child, "", "", "")
    find = partial(find_existence, world.bob, now=now)
    by_name = partial(find, family_name="LANE", given_name="Zoe", born=BORN)
    assert find(nhs_number="943 476 5919") == by_name() == by_name(nhs_number="9434765870") == nobody_leads
    involve(authority=authority(), team=world.bob.actor.team, people=[child], ground="roll", since=now - DAY)
    involve(authority=authority(), team=world.ann.actor.team, people=[child], ground="allocated", since=now)
    assert find(nhs_number=NHS) == Existence(child, "social_care:north", "social_care north", "")
    with as_engine():
        asked = AuditRow.objects.filter(practitioner=world.bob.actor.practitioner)
        assert asked.filter(act="child.exists").count() == 4
        assert asked.filter(act="child.exists.told", person=child).count() == 4


@pytest.mark.parametrize(
    ("number", "family", "given", "born"),
    [
        ("", "", "", None),
        ("9434765870", "", "", None),
        ("", "Lane", "Zoë", date(2021, 5, 5)),
        ("", "Lane", "Zoë", None),
        ("", "Lane", "", BORN),
        ("", "Lane", "Zo", BORN),
        ("", "Part", "Known", date(2021, 1, 1)),
        ("", "Grown", "Up", BORN),
        ("", "Twice", "Ada", BORN),
    ],
)
def test_nobody_is_found_by_less_than_the_whole(
    world: World, now: datetime, number: str, family: str, given: str, born: date | None
) -> None:
    known("Zoë", "Lane", nhs_number=NHS)
    known("Known", "Part", born="2021")
    known("Up", "Grown", kind="adult")
    known("Ada", "Twice")
    known("Ada", "Twice")
    asked = find_existence(world.bob, nhs_number=number, family_name=family, given_name=given, born=born, now=now)
    assert asked is None


def test_whoever_is_stopped_finds_nobody(world: World, now: datetime) -> None:
    child = known("Zoë", "Lane", nhs_number=NHS)
    bob = UUID(world.bob.actor.practitioner)
    stop(authority=authority(), practitioner=bob, person=child, ground=Stop.LINKED_PERPETRATOR, now=now)
    assert find_existence(world.bob, nhs_number=NHS, now=now) is None
    assert find_existence(world.ann, nhs_number=NHS, now=now) is not None
