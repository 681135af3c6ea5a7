"""Nobody real comes in on a password alone: by page, by operation and by the database itself."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connections
from django.test import Client

from tests.conftest import Store
from tests.sign_in.people import App, begin, employ, secret_on, set_up_app, settle_in
from tests.web.browsing import browser
from tests.worlds import PASSWORD
from wholepicture.access.operations import begin_session, token_hash
from wholepicture.agencies.operations import sign_in
from wholepicture.agencies.queries import viewer_of_session
from wholepicture.sign_in import cookies, limits
from wholepicture.web.pages.sign_in.views import PROBLEMS


@pytest.fixture
def rita(store: Store) -> UUID:
    """Somebody real, who has only a first password yet."""
    return employ("rita")


def signed_in(client: Client) -> bool:
    """Whether the client sees its own list."""
    return client.get("/").status_code == 200


def test_a_first_sign_in_sets_up_an_app_before_anything_is_shown(rita: UUID) -> None:
    client = browser()
    assert begin(client, "rita", "/work") == "/sign-in/set-up"
    for path in ("/", "/work", "/your-sign-in", "/find"):
        assert client.get(path).status_code == 302, path
    app = set_up_app(client)
    assert not signed_in(client)
    codes = client.get("/sign-in/recovery-codes").content.decode()
    assert codes.count('<li><code class="wp-code">') == 10
    response = client.post("/sign-in/recovery-codes", {"go": "on"})
    assert (response["Location"], signed_in(client)) == ("/work", True)
    assert app.secret not in str(response.headers)


def test_the_next_sign_in_asks_for_the_code_and_takes_each_code_once(rita: UUID) -> None:
    app = settle_in(browser(), "rita")
    client = browser()
    assert begin(client, "rita", "/work") == "/sign-in/second-factor"
    assert "six figures" in client.get("/sign-in/second-factor").content.decode()
    code = app.code()
    wrong = client.post("/sign-in/second-factor", {"code": "000000"})
    assert (wrong.status_code, signed_in(client)) == (200, False)
    assert "The code is not right" in wrong.content.decode()
    assert client.post("/sign-in/second-factor", {"code": code})["Location"] == "/work"
    again = browser()
    begin(again, "rita")
    assert again.post("/sign-in/second-factor", {"code": code}).status_code == 200
    assert not signed_in(again)
    assert again.post("/sign-in/second-factor", {"code": app.code()}).status_code == 302
    assert signed_in(again)


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}.{1}!", "{0}\u00a0{1}"])
def test_a_code_opens_once_however_it_is_written(rita: UUID, written: str) -> None:
    app = settle_in(browser(), "rita")
    code = app.code()
    watched = browser()
    begin(watched, "rita")
    assert watched.post("/sign-in/second-factor", {"code": code}).status_code == 302
    thief = browser()
    begin(thief, "rita")
    again = thief.post("/sign-in/second-factor", {"code": written.format(code[:3], code[3:])})
    assert (again.status_code, signed_in(thief)) == (200, False)


def test_the_code_that_sets_an_app_up_opens_nothing_after_that(rita: UUID) -> None:
    client = browser()
    begin(client, "rita")
    app = App(secret_on(client.get("/sign-in/set-up/app").content.decode()))
    code = app.code()
    assert client.post("/sign-in/set-up/app", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    thief = browser()
    begin(thief, "rita")
    assert thief.post("/sign-in/second-factor", {"code": code}).status_code == 200
    assert not signed_in(thief)


def test_a_recovery_code_opens_once(rita: UUID) -> None:
    first = browser()
    begin(first, "rita")
    set_up_app(first)
    shown = first.get("/sign-in/recovery-codes").content.decode()
    code = shown.partition('<li><code class="wp-code">')[2].partition("<")[0]
    for expected in (302, 200):
        client = browser()
        begin(client, "rita")
        assert client.post("/sign-in/second-factor", {"code": code}).status_code == expected
        assert signed_in(client) is (expected == 302)


def test_a_password_alone_sets_up_no_second_app_in_the_place_of_the_first(rita: UUID) -> None:
    settle_in(browser(), "rita")
    thief = browser()
    begin(thief, "rita")
    for path in ("/sign-in/set-up", "/sign-in/set-up/app", "/sign-in/set-up/passkey", "/sign-in/recovery-codes"):
        assert thief.get(path)["Location"].startswith("/sign-in?problem="), path
        assert thief.post(path, {"code": "123456", "go": "on"}).status_code in (302, 405), path
    assert thief.post("/sign-in/set-up/passkey/ask").status_code == 403
    assert not signed_in(thief)


def test_going_on_without_having_shown_anything_goes_back_to_be_asked(rita: UUID) -> None:
    client = browser()
    begin(client, "rita")
    assert client.post("/sign-in/recovery-codes", {"go": "on"})["Location"] == "/sign-in/second-factor"
    assert not signed_in(client)


def test_the_secret_is_encrypted_where_it_is_kept(rita: UUID, store: Store) -> None:
    app = settle_in(browser(), "rita")
    with store.as_superuser() as connection:
        [(kept,)] = connection.execute("SELECT data::text FROM mfa_authenticator WHERE type = 'totp'").fetchall()
        seeds = connection.execute("SELECT data->>'seed' FROM mfa_authenticator WHERE type <> 'totp'").fetchall()
    assert app.secret not in str(kept)
    assert [str(seed).startswith("gAAAA") for (seed,) in seeds] == [True]


def test_the_database_itself_refuses_a_real_session_without_a_second_factor(rita: UUID) -> None:
    with pytest.raises(IntegrityError, match="second factor"):
        begin_session(practitioner=rita, now=datetime.now(UTC))
    assert sign_in(username="rita", password=PASSWORD, now=datetime.now(UTC)) is None


def test_the_demonstrations_staff_need_none_but_may_have_one(store: Store) -> None:
    employ("dora", demo=True)
    client = browser()
    assert begin(client, "dora", "/work") == "/work"
    set_up_app(client)
    assert "Authenticator app" in client.get("/your-sign-in").content.decode()
    assert begin(browser(), "dora") == "/sign-in/second-factor"


def test_outside_demo_mode_the_demonstrations_staff_are_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    employ("dora", demo=True)
    monkeypatch.setattr("django.conf.settings.DEMO", False)
    page = browser().post("/sign-in", {"username": "dora", "password": PASSWORD}).content.decode()
    assert PROBLEMS["wrong"] in page


def test_guessing_codes_is_slowed_for_everybody_who_tries(rita: UUID) -> None:
    app = settle_in(browser(), "rita")
    for attempt in range(limits.CODE.most):
        client = browser()  # each time as if from another browser
        begin(client, "rita")
        assert client.post("/sign-in/second-factor", {"code": f"00000{attempt}"}).status_code == 200
    client = browser()
    begin(client, "rita")
    refused = client.post("/sign-in/second-factor", {"code": app.code()})
    assert (refused.status_code, signed_in(client)) == (429, False)


def test_the_audit_says_who_signed_in_by_what(rita: UUID, store: Store) -> None:
    settle_in(browser(), "rita")
    with store.as_superuser() as connection:
        rows = connection.execute(
            "SELECT act, ground FROM access_audit WHERE practitioner = %s ORDER BY id", [rita]
        ).fetchall()
    assert ("sign-in:app-added", "own sign-in") in rows
    assert ("session:begin", "authenticator app") in rows


def test_your_sign_in_lists_sessions_and_ends_them(rita: UUID) -> None:
    desk = browser()
    app = settle_in(desk, "rita")
    left_open = browser()
    begin(left_open, "rita")
    left_open.post("/sign-in/second-factor", {"code": app.code()})
    page = desk.get("/your-sign-in").content.decode()
    assert "This one" in page and page.count("Another browser") == 1 and "by authenticator app" in page
    ref = page.partition('name="session" value="')[2].partition('"')[0]
    assert desk.post("/your-sign-in/end", {"session": ref}).status_code == 302
    assert (signed_in(desk), signed_in(left_open)) == (True, False)


def test_nobody_ends_anybody_elses_session_or_removes_their_factor(rita: UUID) -> None:
    mine = browser()
    settle_in(mine, "rita")
    employ("mallory")
    other = browser()
    settle_in(other, "mallory")
    other.post("/your-sign-in/end", {"session": token_hash(mine.cookies[cookies.name()].value)})
    assert signed_in(mine)
    with connections["sign_in"].cursor() as cursor:
        cursor.execute("SELECT id FROM mfa_authenticator WHERE user_id = %s AND type = 'totp'", [rita])
        [(factor,)] = cursor.fetchall()
    assert other.post("/your-sign-in/remove", {"factor": str(factor)}).status_code == 400
    assert "Authenticator app" in mine.get("/your-sign-in").content.decode()


def test_the_last_factor_is_never_removed(rita: UUID) -> None:
    client = browser()
    settle_in(client, "rita")
    refused = client.post("/your-sign-in/remove", {"factor": "1"})
    assert refused.status_code == 400
    assert "set up another first" in refused.content.decode()


def test_what_one_signs_in_with_is_changed_only_soon_after_signing_in(rita: UUID, store: Store) -> None:
    client = browser()
    settle_in(client, "rita")
    with store.as_superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE access_session SET started_at = now() - interval '16 minutes'")
    for path in ("/sign-in/set-up", "/sign-in/set-up/app", "/sign-in/recovery-codes"):
        assert "Sign in again first" in client.get(path).content.decode(), path
    assert "Sign in again first" in client.post("/your-sign-in/remove", {"factor": "1"}).content.decode()
    assert client.post("/sign-in/set-up/passkey/ask").status_code == 403


def test_an_app_is_set_up_only_by_its_own_code(rita: UUID) -> None:
    client = browser()
    begin(client, "rita")
    page = client.get("/sign-in/set-up/app").content.decode()
    again = client.post("/sign-in/set-up/app", {"code": "000000"}).content.decode()
    assert secret_on(again) == secret_on(page), "the picture that was scanned still counts"
    assert 'src="data:image/svg+xml;base64,' in again
    assert client.post("/sign-in/set-up/app", {"code": App(secret_on(again)).code()}).status_code == 302


def test_signing_in_again_ends_the_session_before(rita: UUID) -> None:
    client = browser()
    app = settle_in(client, "rita")
    before = client.cookies[cookies.name()].value
    begin(client, "rita")
    assert viewer_of_session(before) is not None, "until the second factor is shown"
    client.post("/sign-in/second-factor", {"code": app.code()})
    assert viewer_of_session(before) is None and signed_in(client)
    assert client.cookies[cookies.name()].value != before


def test_all_other_sessions_are_ended_at_one_press(rita: UUID) -> None:
    desk, left_open = browser(), browser()
    app = settle_in(desk, "rita")
    begin(left_open, "rita")
    left_open.post("/sign-in/second-factor", {"code": app.code()})
    assert "End all but this one" in desk.get("/your-sign-in").content.decode()
    desk.post("/your-sign-in/end")
    assert (signed_in(desk), signed_in(left_open)) == (True, False)


def test_a_cookie_holds_a_token_and_nothing_else(rita: UUID) -> None:
    client = browser()
    settle_in(client, "rita")
    cookie = client.cookies[cookies.name()]
    viewer = viewer_of_session(cookie.value)
    assert viewer is not None and viewer.actor.practitioner == str(rita)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", "")
    assert "wp_signing_in" not in {name for name, kept in client.cookies.items() if kept.value}
