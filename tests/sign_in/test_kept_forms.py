"""A form sent when its session was over is never lost: it comes back to whoever typed it, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.matrix import TABLE, Places, address, build_places, patterns
from tests.worlds import PASSWORD, authority
from wholepicture.access.engine import only_showing
from wholepicture.access.operations import acting
from wholepicture.foundation.refusals import Refused
from wholepicture.sign_in import kept
from wholepicture.web.kept import holds

ROUTES = dict(patterns())
NOT_KEPT = {"sign-in", "bundles", "change-password"}
"""Passwords are never kept, and files are asked for again."""
LONG = "He said <b>“no”</b> & hid.\r\n\r\nThen his sister’s arm was shown: 3 marks, 2 cm."


@pytest.fixture
def places(store: Store) -> Iterator[Places]:
    """Two families, and somebody of each role."""
    yield build_places()


def expire(store: Store) -> None:
    """Let every session have idled."""
    with store.as_superuser() as connection:
        connection.execute("UPDATE access_session_use SET at = at - interval '16 minutes'")


def sign_in_again(client: Client, username: str) -> HttpResponse:
    """Sign in on the page that an ended session leads to; what comes then."""
    response = client.post("/sign-in", {"username": username, "password": PASSWORD})
    assert response.status_code == 302
    page = client.get(response["Location"])
    assert isinstance(page, HttpResponse)
    return page


def send(store: Store, places: Places, role: str, path: str, fields: dict[str, str]) -> tuple[Client, HttpResponse]:
    """Send a form on a session that is over, and sign in again as the same person."""
    client = browser(places.viewers[role])
    expire(store)
    answer = client.post(path, fields)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")
    assert "kept for you for 30 minutes" in client.get("/sign-in").content.decode()
    return client, sign_in_again(client, f"m-{role}")


def rows(store: Store) -> list[tuple[object, ...]]:
    """How much is recorded of anybody, but for looks and signing in."""
    with store.as_superuser() as connection:
        return connection.execute(
            "SELECT (SELECT count(*) FROM record_entry), (SELECT count(*) FROM casework_task_event), "
            "(SELECT count(*) FROM signals_event), (SELECT count(*) FROM access_glass), "
            "(SELECT count(*) FROM casework_screening_event), (SELECT count(*) FROM access_involvement)"
        ).fetchall()


def forms(places: Places) -> dict[str, tuple[str, dict[str, str]]]:
    """Each address that takes a form: who sends it, and every box filled in."""
    own = places.own
    day = {"on-day": "1", "on-month": "2", "on-year": "2026"}
    return {
        "question": ("social_worker", {"reason": LONG}),
        "task": ("social_worker", {**day, "meaning": LONG, "did": f"{LONG} Did."}),
        "task-pass-on": ("social_worker", {"team": "oak", "how_found": LONG}),
        "screening-item": ("screening_worker", {"decision": "none", "reasons": LONG, f"position-{own.child}": LONG}),
        "screening-who": ("screening_worker", {"candidate": str(own.candidate), "same": "yes", "reason": LONG}),
        "screening-review": ("manager", {"agrees": "yes", "comment": LONG}),
        "new-notice": ("police_officer", {"incident-circumstances": LONG, "incident-place": "12 Kiln Row"}),
        "find": ("midwife", {"given_name": "Zofia", "family_name": "O’Neill & Co", "born-year": "2020"}),
        "break-glass": ("midwife", {"given_name": "Zofia", "family_name": "Kos", "reason": LONG, "hours": "4"}),
        "glass-review": ("manager", {"justified": "yes", "comment": LONG}),
    }


def test_every_form_comes_back_word_for_word_and_nothing_is_recorded(store: Store, places: Places) -> None:
    takes = {name for name, row in TABLE.items() if row.post == 200 and not row.public} - NOT_KEPT
    others = {name: (min(TABLE[name].roles), {"reason": LONG, "comment": LONG, "something": "else"}) for name in takes}
    before = rows(store)
    for name, (role, fields) in (others | forms(places)).items():
        client, page = send(store, places, role, address(ROUTES[name], places.own), fields)
        assert page.status_code == 200, (name, page.status_code)
        typed = QueryDict(mutable=True)
        typed.update(fields)
        said = page.content.decode()
        assert holds(said, typed), (name, said)
        assert "csrfmiddlewaretoken" in said and "kept=1" not in said.partition("<main")[2], name
    assert rows(store) == before


def test_it_is_sent_by_a_press_and_then_kept_no_longer(store: Store, places: Places) -> None:
    fields = {"reason": LONG}
    path = address(ROUTES["question"], places.own)
    client, page = send(store, places, "social_worker", path, fields)
    assert "Not sent yet" in page.content.decode()
    before = rows(store)
    assert client.post(path, fields).status_code == 302
    assert rows(store) != before
    with store.as_superuser() as connection:
        assert connection.execute("SELECT count(*) FROM sign_in_kept_form").fetchall() == [(0,)]
    again = client.get(f"{path}?kept=1").content.decode()
    assert "Not sent yet" not in again and not client.cookies[kept.cookie()].value


def test_nobody_else_who_signs_in_there_sees_it(store: Store, places: Places) -> None:
    path = address(ROUTES["question"], places.own)
    client = browser(places.viewers["social_worker"])
    expire(store)
    client.post(path, {"reason": LONG})
    assert "sister" not in sign_in_again(client, "m-chair").content.decode()
    shown = client.get(f"{path}?kept=1").content.decode()
    assert "sister" not in shown and "Not sent yet" not in shown
    # Whoever typed it still has it.
    assert "sister" in sign_in_again(client, "m-social_worker").content.decode()


def test_what_is_kept_opens_with_neither_the_database_nor_the_key_alone(store: Store, places: Places) -> None:
    client = browser(places.viewers["social_worker"])
    expire(store)
    client.post(address(ROUTES["question"], places.own), {"reason": LONG})
    with store.as_superuser() as connection:
        [(sealed, hashed)] = connection.execute("SELECT sealed, handle_hash FROM sign_in_kept_form").fetchall()
    assert isinstance(sealed, bytes) and b"sister" not in sealed and str(places.own.child).encode() not in sealed
    assert hashed != client.cookies[kept.cookie()].value
    client.cookies[kept.cookie()] = "another"
    assert "sister" not in sign_in_again(client, "m-social_worker").content.decode()


def test_half_an_hour_later_it_is_gone(store: Store, places: Places) -> None:
    path = address(ROUTES["question"], places.own)
    client = browser(places.viewers["social_worker"])
    expire(store)
    client.post(path, {"reason": LONG})
    with store.as_superuser() as connection:
        connection.execute("UPDATE sign_in_kept_form SET until = now()")
    assert "sister" not in sign_in_again(client, "m-social_worker").content.decode()
    expire(store)
    client.post(path, {"reason": "Another."})
    with store.as_superuser() as connection:
        assert connection.execute("SELECT count(*) FROM sign_in_kept_form").fetchall() == [(1,)]


def test_a_stranger_is_kept_nothing(store: Store) -> None:
    client = browser()
    assert client.post("/find", {"given_name": "Zofia"})["Location"] == "/sign-in?next=%2F"
    client.cookies["wp_session"] = "forged"
    assert client.post("/find", {"given_name": "Zofia"})["Location"] == "/sign-in?next=%2F"
    with store.as_superuser() as connection:
        assert connection.execute("SELECT count(*) FROM sign_in_kept_form").fetchall() == [(0,)]


def test_files_are_asked_for_again_and_that_is_said(store: Store, places: Places) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = browser(places.viewers["ig_lead"])
    expire(store)
    client.post("/bundles", {"note": "from the review", "bundle": SimpleUploadedFile("b.zip", b"PK")})
    page = sign_in_again(client, "m-ig_lead").content.decode()
    assert "from the review" in page and "Choose your files again" in page


def test_a_password_is_never_kept(store: Store, places: Places) -> None:
    client = browser(places.viewers["social_worker"])
    expire(store)
    answer = client.post("/your-sign-in/password", {"old": PASSWORD, "password": "kettle orchard Tuesday"})
    assert answer["Location"] == "/sign-in?next=%2F"
    with store.as_superuser() as connection:
        assert connection.execute("SELECT count(*) FROM sign_in_kept_form").fetchall() == [(0,)]


def test_nothing_can_be_recorded_while_a_form_is_only_shown() -> None:
    with only_showing(), pytest.raises(Refused, match="Look at it, then send it"), acting(authority()):
        raise AssertionError("it acts")


def test_a_page_holds_a_form_only_where_each_field_is_as_it_was_typed() -> None:
    page = (
        '<textarea name="a">one &amp; two\ntwo</textarea><input name="b" value="x"><input type="radio" name="c" '
        'value="yes" checked><input type="radio" name="c" value="no"><select name="d"><option value="1">'
        '<option value="2" selected></select><button name="e" value="add">'
    )
    assert holds(page, QueryDict("a=one+%26+two%0D%0Atwo&b=x&c=yes&d=2&e=add&f="))
    for lost in ("a=one", "b=y", "c=no", "d=1", "b=x&b=x", "g=1"):
        assert not holds(page, QueryDict(lost)), lost
