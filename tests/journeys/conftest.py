"""Journeys: a real browser at a real server over a small demonstration town, loaded once and copied for each module.

Nothing here asks Django for a row: the browser's loop runs in this thread, and Django refuses to work beside one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from psycopg.conninfo import make_conninfo

from tests.conftest import Store, _template
from tests.environment import DATA
from tests.journeys.browsing import DESKTOP, Person, somebody
from tests.journeys.serving import Installation, Served, install, serve
from wholepicture.config import postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
People = Callable[..., Person]


class Town:
    """A loaded database that nobody is connected to, and who is who in it."""

    def __init__(self, superuser: str, name: str, who: dict[str, str]) -> None:
        self.superuser, self.name, self.who = superuser, name, who

    def __getitem__(self, key: str) -> str:
        return self.who[key]


def _copy(superuser: str, template: str, name: str) -> postgres.Urls:
    with (DATA / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return postgres.clone(superuser, template, name)


def _server(superuser: str, database: str) -> str:
    return make_conninfo(superuser, dbname=database)


@pytest.fixture(scope="session")
def town(whole_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town, loaded once for the run."""
    name = f"wp_town_{os.getpid()}"
    urls = _copy(whole_store.superuser, _template(whole_store.superuser), name)
    said = install(tmp_path_factory.mktemp("town"), urls, _server(whole_store.superuser, name)).run(
        "-m", "tests.journeys.building"
    )
    yield Town(whole_store.superuser, name, json.loads(said))
    postgres.drop(whole_store.superuser, name)


@pytest.fixture(scope="module")
def served(town: Town, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server over this module's own copy of the town."""
    name = f"wp_journey_{os.getpid()}_{request.module.__name__.rpartition('.')[2]}"
    urls = _copy(town.superuser, town.name, name)
    installation: Installation = install(tmp_path_factory.mktemp("served"), urls, _server(town.superuser, name))
    with serve(installation) as answering:
        yield answering
    postgres.drop(town.superuser, name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; of this module only, since its loop must not run beside tests that use the database."""
    found = next((b for b in (os.environ.get("CHROMIUM"), *BROWSERS) if b and shutil.which(b)), None)
    assert found, "No Chromium: install it, or set CHROMIUM; ./test leaves the journeys out where there is none."
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which(found), args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
        )
        yield launched
        launched.close()


@pytest.fixture
def people(browser: Browser, served: Served, town: Town, tmp_path: Path) -> Iterator[People]:
    """Makes persons at browsers: `people("police")` has signed in; at the end none of their pages had trouble."""
    with ExitStack() as at_end:

        def make(username: str = "", size: tuple[int, int] = DESKTOP) -> Person:
            person = somebody(browser, served.base, tmp_path, frozenset(town["real"].split()), size)
            at_end.callback(person.page.context.close)
            at_end.callback(person.settled)
            if username:
                person.sign_in(username)
            return person

        yield make
