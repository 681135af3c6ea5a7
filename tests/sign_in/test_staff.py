"""Leavers and movers see nothing of before at their very next request, by page and by direct SQL."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.test import Client

from tests.conftest import Store
from tests.sign_in.people import App, begin, settle_in
from tests.web.browsing import browser
from tests.worlds import PASSWORD, World, authority, build_world
from wholepicture.access.glass import break_glass
from wholepicture.access.operations import involve, use_session
from wholepicture.agencies.operations import add_agency, add_practitioner, add_team
from wholepicture.cli import installation, staff
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.sign_in import cookies, providers


@pytest.fixture
def world(store: Store, monkeypatch: pytest.MonkeyPatch) -> World:
    """Ann and Bob; Ann has also opened Bob's child by breaking the glass."""

    @contextmanager
    def here() -> Iterator[None]:
        yield

    monkeypatch.setattr(installation, "installation", here)
    built = build_world()
    break_glass(
        viewer=built.ann, person=built.other_child, household=[], reason="Nobody answers, and he is alone.",
        length=timedelta(hours=8), lead_team=built.bob.actor.team, now=datetime.now(UTC),
    )  # fmt: skip
    return built


def say(*words: str) -> None:
    """Run `wholepicture staff`."""
    parser = argparse.ArgumentParser()
    staff.configure(parser)
    assert staff.run(parser.parse_args(words)) == 0


def persons(token: str) -> set[UUID]:
    """Whom the session sees by direct SQL, as the pages' role."""
    with transaction.atomic(using="default"):
        use_session(token)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT id FROM people_person")
            return {row[0] for row in cursor.fetchall()}


def opens(viewer: Viewer | Client, child: UUID) -> int:
    """What a child's page answers."""
    client = browser(viewer) if isinstance(viewer, Viewer) else viewer
    return client.get(f"/children/{child}/").status_code


def test_a_leaver_sees_nothing_at_the_very_next_request(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    desk, phone = browser(world.ann), browser(world.ann)
    assert persons(world.ann.session) == {world.child, world.mother, world.other_child}
    assert opens(desk, world.child) == opens(phone, world.other_child) == 200
    say("leave", "ann")
    assert "ann has left. 1 sessions ended." in capsys.readouterr().out
    for client in (desk, phone):
        assert opens(client, world.child) == opens(client, world.other_child) == 302
    assert persons(world.ann.session) == set()
    assert "not right" in browser().post("/sign-in", {"username": "ann", "password": PASSWORD}).content.decode()
    assert opens(world.bob, world.other_child) == 200, "nobody else is put out"


def test_a_mover_gets_only_the_new(world: World) -> None:
    say("move", "ann", "--team", world.bob.actor.team, "--role", "dsl")
    assert persons(world.ann.session) == set(), "the session from before is over"
    client = browser()
    assert begin(client, "ann") == "/"
    assert opens(client, world.child) == 404
    assert opens(client, world.other_child) == 200, "the new team's"
    assert persons(client.cookies[cookies.name()].value) == {world.other_child}


def test_a_mover_takes_no_broken_glass_along(world: World) -> None:
    add_team(authority=authority(), code="empty", name="Empty", agency="social_care")
    say("move", "ann", "--team", "empty", "--role", "social_worker")
    client = browser()
    begin(client, "ann")
    assert (opens(client, world.child), opens(client, world.other_child)) == (404, 404)
    assert persons(client.cookies[cookies.name()].value) == set()


def test_a_look_that_began_before_ends_with_the_next_statement(world: World) -> None:
    """A page holds no right of its own: each statement of a transaction asks again who is looking."""
    with transaction.atomic(using="default"):
        use_session(world.ann.session)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_person")
            assert cursor.fetchone() == (3,)
            say("leave", "ann")
            cursor.execute("SELECT count(*) FROM people_person")
            assert cursor.fetchone() == (0,)


def enter_rita() -> None:
    """Somebody real in Ann's team."""
    from tests.worlds import HASH

    add_agency(authority=authority(), code="social_care", name="Council")
    add_practitioner(
        authority=authority(), username="rita", name="Rita", role="social_worker", team="social_care:north",
        password_hash=HASH,
    )  # fmt: skip


def test_who_comes_back_begins_anew(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    enter_rita()
    before = browser()
    app = settle_in(before, "rita")
    say("leave", "rita")
    say("return", "rita", "--team", world.bob.actor.team, "--role", "dsl")
    password = capsys.readouterr().out.strip().rpartition(",")[2]
    assert opens(before, world.child) == 302, "a session from before is not revived"
    assert "not right" in browser().post("/sign-in", {"username": "rita", "password": PASSWORD}).content.decode()
    client = browser()
    assert begin(client, "rita", password=password) == "/sign-in/set-up", "the app from before is gone"
    new = client.get("/sign-in/set-up/app").content.decode()
    assert app.secret not in new.replace(" ", "")


def test_who_has_lost_their_phone_sets_up_another(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    enter_rita()
    lost = browser()
    app: App = settle_in(lost, "rita")
    say("reset", "rita")
    password = capsys.readouterr().out.strip().rpartition(",")[2]
    assert lost.get("/").status_code == 302
    client = browser()
    assert begin(client, "rita", password=password) == "/sign-in/set-up"
    assert client.post("/sign-in/second-factor", {"code": app.code()}).status_code == 200
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("happens", ["reset", "leave"])
def test_a_sign_in_that_was_waiting_is_over_when_somebody_is_given_another(
    world: World, capsys: pytest.CaptureFixture[str], happens: str
) -> None:
    """Whoever knows the old password and waits to be asked for a code must not be asked to set up their own."""
    enter_rita()
    settle_in(browser(), "rita")
    thief = browser()
    assert begin(thief, "rita") == "/sign-in/second-factor"
    say(happens, "rita")
    if happens == "leave":
        say("return", "rita", "--team", world.bob.actor.team, "--role", "dsl")
    for path in ("/sign-in/set-up", "/sign-in/set-up/app", "/sign-in/second-factor", "/sign-in/recovery-codes"):
        assert thief.get(path)["Location"] == "/sign-in?problem=waited", path
    assert thief.post("/sign-in/set-up/passkey/ask").status_code == 403
    assert begin(browser(), "rita", password=capsys.readouterr().out.strip().rpartition(",")[2]) == "/sign-in/set-up"


def test_linking_ends_what_was_begun_otherwise_and_unlinking_begins_anew(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    council = providers.Provider("council", "the council", "https://login.example", "id", "secret")
    monkeypatch.setattr(providers, "providers", lambda: (council,))
    enter_rita()
    before = browser()
    settle_in(before, "rita")
    say("link", "rita", "--provider", "council", "--subject", "1")
    assert "by nothing else. 1 sessions ended." in capsys.readouterr().out
    assert before.get("/").status_code == 302
    assert begin(browser(), "rita") == "/sign-in?problem=by-provider"
    say("leave", "rita")
    with connections["sign_in"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM socialaccount_socialaccount")
        assert cursor.fetchone() == (0,), "who comes back later is not let in by the account of before"
    say("return", "rita", "--team", world.bob.actor.team, "--role", "dsl")
    say("link", "rita", "--provider", "council", "--subject", "1")
    say("unlink", "rita")
    password = capsys.readouterr().out.strip().rpartition(",")[2]
    assert begin(browser(), "rita", password=password) == "/sign-in/set-up"


def test_a_reset_takes_the_old_password_before_it_takes_the_factor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two, or where it stops between them, the old password must not be enough by itself."""
    from wholepicture.sign_in import factors

    enter_rita()
    settle_in(browser(), "rita")

    def stops(practitioner: UUID) -> None:
        refused = browser().post("/sign-in", {"username": "rita", "password": PASSWORD}).content.decode()
        assert "not right" in refused
        raise OSError("the power went")

    monkeypatch.setattr(factors, "remove_all", stops)
    with pytest.raises(OSError, match="power"):
        say("reset", "rita")


def test_what_was_done_to_whom_is_on_the_audit(world: World, store: Store) -> None:
    say("leave", "ann")
    with store.as_superuser() as connection:
        rows = connection.execute("SELECT act, ground FROM access_audit ORDER BY id DESC LIMIT 1").fetchall()
        ends = connection.execute("SELECT reason FROM access_involvement_end").fetchall()
    assert rows == [("staff:leave", f"practitioner {world.ann.actor.practitioner}")]
    assert ends == [("left",)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["leave", "nobody"], "Nobody signs in as “nobody”"),
        (["move", "ann", "--team", "nowhere", "--role", "dsl"], "There is no team “nowhere”"),
        (["move", "ann", "--team", "x", "--role", "boss"], "“boss” is no role"),
        (["link", "ann", "--provider", "x", "--subject", "1"], "names no provider “x”"),
    ],
)
def test_what_is_not_right_is_refused_in_a_sentence(world: World, words: list[str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        say(*words)
    assert opens(world.ann, world.child) == 200


def test_what_a_team_holds_stays_the_teams(world: World) -> None:
    """Someone's holding a child for their team is not theirs to take along, nor lost to the team by their going."""
    ann = UUID(world.ann.actor.practitioner)
    involve(
        authority=authority(), team=world.ann.actor.team, people=[world.other_child], ground="allocated",
        since=datetime.now(UTC) - timedelta(days=1), practitioner=ann,
    )  # fmt: skip
    enter_rita()
    colleague = browser()
    settle_in(colleague, "rita")
    say("leave", "ann")
    assert opens(colleague, world.other_child) == 200
