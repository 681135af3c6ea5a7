"""Who may do what, as a truth table, and what every refusal says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.conftest import Store
from tests.worlds import NOW, PASSWORD, World, authority, build_world, practitioner
from wholepicture.access.engine import as_engine, engine_is_acting
from wholepicture.access.models import AuditRow, InvolvementRow, SessionRow
from wholepicture.access.operations import (
    acting,
    authorise,
    end_involvement,
    end_session,
    involve,
    reads_of,
    system_authority,
    viewing,
)
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.agencies.operations import sign_in, sign_out
from wholepicture.agencies.queries import viewer_of_session
from wholepicture.config.db_router import RoleRouter
from wholepicture.foundation.authority import Purpose
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of

LOOKS = {Permission.VIEW_CHILD, Permission.FIND_CHILD}

ALLOWED = {
    Permission.SEND_NOTICE: {"police_officer", "screening_worker"},
    Permission.DECIDE_SCREENING: {"screening_worker", "manager"},
    Permission.IMPORT_BUNDLE: {"ig_lead"},
    Permission.VIEW_OVERSIGHT: {"manager", "named_nurse", "board_officer"},
    Permission.SET_STOP: {"manager", "named_nurse", "ig_lead"},
    Permission.REPORT_AUDIT: {"ig_lead"},
    Permission.RELEASE_ADDRESS: {"manager", "named_nurse", "ig_lead"},
    Permission.SHIELD_ADDRESS: set(ROLES) - {"teacher", "board_officer", "ig_lead"},
    Permission.EXPORT_RECORD: {"screening_worker", "social_worker", "chair", "manager", "named_nurse"},
}


@pytest.mark.parametrize("permission", ALLOWED)
def test_only_these_roles_may(permission: Permission) -> None:
    assert {slug for slug in ROLES if may(slug, permission)} == ALLOWED[permission]


@pytest.mark.parametrize("role", ["board_officer", "ig_lead", "teacher"])
def test_roles_without_children_look_at_none(role: str) -> None:
    assert not any(may(role, look) for look in LOOKS)


def test_an_unknown_role_may_do_nothing() -> None:
    assert not any(may("caretaker", permission) for permission in Permission)


@pytest.fixture
def world(store: Store) -> World:
    """Two families, each known to another team."""
    return build_world()


def _audit() -> list[tuple[str, UUID | None]]:
    with as_engine():
        return list(AuditRow.objects.order_by("id").values_list("act", "person"))


def test_a_read_is_written_down_before_it_is_shown(world: World) -> None:
    with viewing(
        world.ann,
        permission=Permission.VIEW_CHILD,
        purpose=Purpose.ASSESS,
        now=NOW,
        act="child.page",
        person=world.child,
    ):
        rows = reads_of(world.child)
        assert [(r.act, r.role, r.purpose) for r in rows if r.act == "child.page"] == [
            ("child.page", "social_worker", "assess")
        ]
        assert family_of([world.child]).entries


@pytest.mark.parametrize("hidden", [True, False])
def test_hidden_and_absent_are_refused_alike_and_the_refusal_is_kept(world: World, hidden: bool) -> None:
    person = world.other_child if hidden else uuid4()
    with pytest.raises(Refused) as refused:
        with viewing(
            world.ann,
            permission=Permission.VIEW_CHILD,
            purpose=Purpose.ASSESS,
            now=NOW,
            act="child.page",
            person=person,
        ):
            raise AssertionError("must not be shown")
    assert (refused.value.code, refused.value.sentence) == (
        "no-claim",
        "There is no record here that your team is involved with.",
    )
    assert ("child.page.refused", person) in _audit()


def test_a_role_that_may_not_look_is_refused(store: Store) -> None:
    board = practitioner("judith", "board_officer", "social_care", "social_care:board")
    with pytest.raises(Refused, match="role does not allow"):
        with viewing(board, permission=Permission.VIEW_CHILD, purpose=Purpose.AUDIT, now=NOW, act="x"):
            raise AssertionError("must not be shown")
    with pytest.raises(Refused, match="role does not allow"):
        authorise(board, permission=Permission.SEND_NOTICE, purpose=Purpose.AUDIT, now=NOW)


def test_a_page_about_nobody_needs_only_the_role(world: World) -> None:
    with viewing(world.ann, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=NOW, act="list"):
        assert family_of([world.other_child]).people == {}
    assert authorise(world.ann, permission=Permission.ADD_ENTRY, purpose=Purpose.RECORD, now=NOW).ground == "role"


def test_an_act_about_a_person_needs_a_claim(world: World) -> None:
    ask = partial(authorise, world.ann, permission=Permission.ADD_ENTRY, purpose=Purpose.ASSESS, now=NOW)
    assert ask(people=[world.child]).ground == "involved team"
    with pytest.raises(Refused):
        ask(people=[world.child, world.other_child])


def test_involvement_given_shows_and_ended_hides(world: World) -> None:
    given = authorise(world.ann, permission=Permission.ADD_ENTRY, purpose=Purpose.ASSESS, now=NOW, people=[world.child])
    involve(authority=given, team=world.bob.actor.team, people=[world.child, world.child], ground="asked", since=NOW)
    look = partial(
        viewing,
        world.bob,
        permission=Permission.VIEW_CHILD,
        purpose=Purpose.CARE,
        now=NOW,
        act="x",
        person=world.child,
    )
    with look():
        assert str(world.child) in family_of([world.child]).people
    with as_engine():
        [row] = InvolvementRow.objects.filter(team=world.bob.actor.team, person=world.child)
    assert str(row.given_by) == world.ann.actor.practitioner
    end_involvement(authority=given, involvement=row.id, reason="no longer at the school", now=NOW)
    with pytest.raises(Refused), look():
        raise AssertionError("must not be shown")


def test_the_system_can_end_an_involvement(world: World) -> None:
    with as_engine():
        [row] = InvolvementRow.objects.filter(team=world.bob.actor.team)
    end_involvement(authority=authority(), involvement=row.id, reason="left the roll", now=NOW)
    with as_engine():
        assert row.involvementendrow.by is None


def test_a_supervising_team_sees_what_its_teams_are_involved_with(world: World) -> None:
    from wholepicture.agencies.operations import supervise

    boss = practitioner("dawn", "named_nurse", "health_visiting", "health:safeguarding")
    supervise(authority=authority(), team=boss.actor.team, supervised=world.ann.actor.team)
    with viewing(
        boss, permission=Permission.VIEW_CHILD, purpose=Purpose.SUPERVISE, now=NOW, act="x", person=world.child
    ):
        assert str(world.child) in family_of([world.child]).people


def test_signing_in_and_out(store: Store) -> None:
    viewer = practitioner("ann", "social_worker", "social_care", "social_care:north")
    assert viewer.actor.name == "Ann"
    now = datetime.now(UTC)
    assert sign_in(username="ann", password="wrong", now=now) is None
    assert sign_in(username="nobody", password=PASSWORD, now=now) is None
    assert viewer_of_session("forged") is None
    sign_out(token=viewer.session)
    end_session(token=viewer.session)
    assert viewer_of_session(viewer.session) is None


def test_a_session_runs_out(store: Store) -> None:
    practitioner("ann", "social_worker", "social_care", "social_care:north")
    token = sign_in(username="ann", password=PASSWORD, now=datetime.now(UTC) - timedelta(hours=13))
    assert token is not None
    assert viewer_of_session(token) is None


def test_an_act_that_fails_leaves_no_trace_of_having_been_done(world: World) -> None:
    before = len(_audit())
    with pytest.raises(RuntimeError), acting(system_authority(act="test:fails", now=NOW)):
        raise RuntimeError("stop")
    assert len(_audit()) == before
    assert not engine_is_acting()


def test_only_the_owner_migrates_and_only_operations_reach_the_engine() -> None:
    router = RoleRouter()
    assert [router.allow_migrate(alias, "record") for alias in ("owner", "engine", "default")] == [True, False, False]
    assert router.allow_relation(object(), object())
    assert (router.db_for_read(SessionRow), router.db_for_write(SessionRow)) == ("default", "default")
    with as_engine():
        assert (router.db_for_read(SessionRow), router.db_for_write(SessionRow)) == ("engine", "engine")
