"""Guessing is slowed in the database: for every process, across restarts, and alike for names that do not exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from tests.conftest import Store
from tests.sign_in.people import employ
from tests.web.browsing import browser
from tests.worlds import PASSWORD
from wholepicture.access.limits import Limit, Try, give_back, take
from wholepicture.config import settings
from wholepicture.sign_in import limits
from wholepicture.web.pages.sign_in.views import address_of

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
THREE = Limit("test", 3, timedelta(minutes=5))


def test_a_limit_counts_within_its_window_and_for_its_own_key(store: Store) -> None:
    ann, bob = (Try(THREE, ("ann",)),), (Try(THREE, ("bob",)),)
    assert [take(ann, now=NOW) for _ in range(5)] == [True, True, True, False, False]
    assert take(bob, now=NOW)
    assert not take(ann, now=NOW + timedelta(minutes=4, seconds=59))
    assert take(ann, now=NOW + timedelta(minutes=5))
    give_back(ann)
    assert take(ann, now=NOW + timedelta(minutes=5))
    assert not take((*bob, *bob, *bob), now=NOW)


def test_attempts_made_at_the_same_moment_are_counted_one_by_one(store: Store) -> None:
    def one(number: int) -> bool:
        try:
            return take((Try(THREE, ("ann",)),), now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(40))) == 3


def test_another_process_knows_of_the_attempts(store: Store) -> None:
    for _ in range(limits.PAIR.most):
        assert limits.may_try_password("ann", "10.0.0.1")
    asks = (
        "import django; django.setup()\n"
        "from django.db import connections\nfrom wholepicture.config import settings\n"
        f"connections.settings['sign_in'].update(settings._database({store.urls.sign_in!r}))\n"
        "from wholepicture.sign_in import limits\n"
        "print(limits.may_try_password('ann', '10.0.0.1'), limits.may_try_password('ann', '10.0.0.2'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], capture_output=True, text=True, cwd=settings.ROOT, env=dict(os.environ)
    )
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_no_name_is_kept_as_it_was_typed(store: Store) -> None:
    browser().post("/sign-in", {"username": "my password by mistake", "password": "x"})
    with store.as_superuser() as connection:
        kept = connection.execute("SELECT string_agg(kind || key, ' ') FROM access_attempt").fetchall()
    assert "mistake" not in str(kept)


def tried(name: str, password: str = "wrong", address: str = "10.0.0.1") -> HttpResponse:
    """One attempt to sign in."""
    response = browser().post("/sign-in", {"username": name, "password": password}, REMOTE_ADDR=address)
    assert isinstance(response, HttpResponse)
    return response


def without_token(response: HttpResponse, name: str) -> tuple[int, bytes]:
    """A page without what differs at each request, and without what was typed."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)
    return response.status_code, page.replace(name.encode(), b"NAME")


def test_a_name_that_exists_is_answered_like_one_that_does_not(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    employ("rita")
    work: list[str] = []
    checked = hashers.verify_password

    def counted(password: str | None, encoded: str, preferred: Any = "default") -> Any:
        work.append(encoded.partition("$")[0])
        return checked(password, encoded, preferred)

    monkeypatch.setattr(hashers, "verify_password", counted)
    for _ in range(limits.PAIR.most + 2):
        known, unknown = tried("rita"), tried("nobody")
        assert without_token(known, "rita") == without_token(unknown, "nobody")
    assert len(work) == 2 * limits.PAIR.most and len(set(work)) == 1, "as much hashing for one as for the other"
    assert known.status_code == 429


def test_a_name_is_slowed_from_anywhere_and_an_address_over_all_names(store: Store) -> None:
    employ("rita", demo=True)
    employ("sam", demo=True)
    for n in range(limits.NAME.most):
        assert tried("rita", address=f"10.0.1.{n}").status_code == 200
    assert tried("rita", PASSWORD, "10.0.2.1").status_code == 429
    assert tried("sam", PASSWORD, "10.0.2.1").status_code == 302
    for n in range(limits.ADDRESS.most):
        assert tried(f"guess{n}", address="10.9.9.9").status_code == 200
    assert tried("sam", PASSWORD, "10.9.9.9").status_code == 429
    assert tried("sam", PASSWORD, "10.9.9.8").status_code == 302


def test_the_right_password_forgets_the_failures_at_the_name_but_not_at_the_address(store: Store) -> None:
    employ("rita", demo=True)
    for _ in range(3):
        for _ in range(limits.PAIR.most - 1):
            assert tried("rita").status_code == 200
        assert tried("rita", PASSWORD).status_code == 302
    with store.as_superuser() as connection:
        [(left,)] = connection.execute("SELECT count(*) FROM access_attempt WHERE kind = 'password:address'").fetchall()
    assert left == 3 * limits.PAIR.most


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "2.2.2.2", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_an_address_is_what_our_own_proxies_saw_and_never_what_a_visitor_says(
    monkeypatch: pytest.MonkeyPatch, proxies: int, forwarded: str, address: str
) -> None:
    monkeypatch.setattr("django.conf.settings.PROXIES", proxies)
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")
    assert address_of(request) == address


STUFFED = 10_000 if os.environ.get("WHOLEPICTURE_NIGHTLY") == "1" else 300


@pytest.mark.slow
def test_stuffing_lets_nobody_in(store: Store, record_property: Any) -> None:
    """Goal 25: a list of names with leaked passwords, some of them right, from one address and from many."""
    people = [f"user{n}" for n in range(20)]
    for name in people:
        employ(name)
    got_in, waited = 0, 0
    for n in range(STUFFED):
        name = people[n % len(people)] if n % 3 == 0 else f"leaked{n}"
        # One in fifty of the leaked passwords is the right one: a second factor then stands in the way.
        password = PASSWORD if n % 50 == 0 else f"password{n}"
        client = browser()
        answer = client.post("/sign-in", {"username": name, "password": password}, REMOTE_ADDR=f"10.1.1.{n % 2}")
        waited += answer.status_code == 429
        got_in += client.get("/").status_code == 200
    record_property("figure", f"stuffing: {STUFFED} tries, {got_in} in, {waited} made to wait")
    assert got_in == 0
