"""A database that can only be read: who is signed in reads on, and everybody else is told plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connections
from django.http import QueryDict

from tests.conftest import Store
from tests.sign_in.people import begin, employ, settle_in
from tests.web.browsing import browser
from tests.web.matrix import address, build_places, patterns
from tests.worlds import PASSWORD, World, build_world
from wholepicture.sign_in import cookies
from wholepicture.web.kept import holds

TYPED = "She was seen at home with her mother, and was quiet."


@pytest.fixture
def world(store: Store) -> World:
    """Ann and her child."""
    return build_world()


@pytest.fixture
def sink(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit's second sink, which takes what the database does not."""
    monkeypatch.setenv("WHOLEPICTURE_SECOND_SINK", f"{tmp_path}/sink")


@contextmanager
def only_read(store: Store) -> Iterator[None]:
    """As on a standby, or where the disk is full: every transaction is read only."""
    with store.as_superuser() as connection:
        connection.execute(f"ALTER DATABASE {store.name} SET default_transaction_read_only = on")
    connections.close_all()
    try:
        yield
    finally:
        with store.as_superuser() as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {store.name} RESET default_transaction_read_only")
        connections.close_all()


def test_the_sign_in_page_says_so_before_anybody_types(world: World, store: Store) -> None:
    assert "Nobody can sign in just now" not in browser().get("/sign-in").content.decode()
    with only_read(store):
        page = browser().get("/sign-in").content.decode()
    assert "Nobody can sign in just now" in page and "telephone" in page


def test_a_password_is_neither_taken_nor_shown_again(world: World, store: Store) -> None:
    with only_read(store):
        answer = browser().post("/sign-in", {"username": "ann", "password": PASSWORD})
    assert (answer.status_code, answer.cookies.get(cookies.name())) == (503, None)
    assert "nobody can sign in until this is over" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


def test_neither_is_a_code(store: Store) -> None:
    employ("rita")
    app = settle_in(browser(), "rita")
    client = browser()
    begin(client, "rita")
    with only_read(store):
        answer = client.post("/sign-in/second-factor", {"code": app.code()})
    assert answer.status_code == 503
    assert client.get("/").status_code == 302


def test_whoever_is_signed_in_reads_on(world: World, store: Store, sink: None) -> None:
    ann = browser(world.ann)
    with only_read(store):
        assert ann.get(f"/children/{world.child}/").status_code == 200


def test_no_word_that_was_typed_is_lost(store: Store, sink: None) -> None:
    places = build_places()
    worker = browser(places.viewers["social_worker"])
    form = address(dict(patterns())["question"], places.own)
    with only_read(store):
        answer = worker.post(form, {"reason": TYPED, "csrfmiddlewaretoken": "mine"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "was not recorded" in page
    assert holds(page, QueryDict(urlencode({"reason": TYPED})))
    assert f'action="{form}"' in page and 'value="mine"' not in page


def test_nor_where_the_session_was_over_as_well(store: Store) -> None:
    places = build_places()
    worker = browser(places.viewers["social_worker"])
    form = address(dict(patterns())["question"], places.own)
    with store.as_superuser() as connection:
        connection.execute("UPDATE access_session_use SET at = at - interval '16 minutes'")
    with only_read(store):
        answer = worker.post(form, {"reason": TYPED})
    assert (answer.status_code, TYPED in answer.content.decode()) == (503, True)


def test_another_fault_of_the_database_is_not_taken_for_this_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **named: object) -> None:
        raise DatabaseError("something else")

    monkeypatch.setattr("wholepicture.web.pages.sign_in.views.sign_out", broken)
    ann = browser(world.ann)
    ann.raise_request_exception = False
    assert ann.post("/sign-out").status_code == 500


def test_signing_out_leaves_nothing_in_the_browser(world: World, store: Store) -> None:
    ann = browser(world.ann)
    with only_read(store):
        answer = ann.post("/sign-out")
        assert answer.status_code == 302
        assert answer.cookies[cookies.name()].value == ""
