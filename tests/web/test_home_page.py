"""The first page of each role, the list that is an order of work, and what managers see waiting."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connections

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import Family, build_family, text_of
from tests.worlds import NOW, authority, person, practitioner
from wholepicture.access.operations import involve
from wholepicture.access.roles import ROLES, Permission
from wholepicture.agencies.operations import supervise


@pytest.fixture
def family(store: Store) -> Iterator[Family]:
    """The family of `tests.web.pages`."""
    yield build_family()


def test_the_list_holds_the_teams_own_children_and_nobody_elses(family: Family) -> None:
    said = text_of(browser(family.world.ann), "/")
    assert "Kasia Nowak" in said
    assert "questions waiting" in said
    assert "Tom Hill" not in said
    assert "Ewa Nowak" not in said  # adults have no page of their own


def test_the_list_is_found_in_by_name_whatever_its_accents(family: Family) -> None:
    luke, _ = person("Łukasz", "Zając", "child", "2019-02-03")
    involve(authority=authority(), team=family.world.ann.actor.team, people=[luke], ground="allocated", since=NOW)
    said = text_of(browser(family.world.ann), "/?q=zajac+LUK")
    assert "Łukasz Zając" in said
    assert "Kasia Nowak" not in said
    assert "Nobody on your list matches" in text_of(browser(family.world.ann), "/?q=nobody")


def test_only_what_waits_and_only_whom_the_reader_holds(family: Family) -> None:
    world = family.world
    held, _ = person("Ola", "Wrona", "child", "2020-05-05")
    involve(
        authority=authority(), team=world.ann.actor.team, people=[held], ground="allocated", since=NOW,
        practitioner=UUID(world.ann.actor.practitioner),
    )  # fmt: skip
    ann = browser(world.ann)
    assert "Ola Wrona" not in text_of(ann, "/?show=waiting")
    mine = text_of(ann, "/?show=mine")
    assert "Ola Wrona" in mine
    assert "Kasia Nowak" not in mine


def test_a_long_list_takes_no_more_queries_than_a_short_one(family: Family) -> None:
    world = family.world
    ann = browser(world.ann)

    def queries() -> int:
        connections["default"].force_debug_cursor = True
        assert ann.get("/").status_code == 200
        connections["default"].force_debug_cursor = False
        return len(connections["default"].queries)  # Django forgets those of the request before

    short = queries()
    more = [person(f"Child{n}", "Many", "child", "2020-01-01")[0] for n in range(40)]
    involve(authority=authority(), team=world.ann.actor.team, people=more, ground="allocated", since=NOW)
    assert queries() == short
    page = ann.get("/").content.decode()
    assert 'rel="next"' in page
    assert "?page=2" in page
    assert ann.get("/?page=99").status_code == 200


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_has_a_first_page_with_only_its_own_links(store: Store, role: str) -> None:
    viewer = practitioner("somebody", role, "other/partnership", "team")
    page = browser(viewer).get("/").content.decode()
    assert "<h1" in page
    may = ROLES[role].permissions
    for permission, href in (
        (Permission.DECIDE_SCREENING, "/screening"),
        (Permission.SEND_NOTICE, "/notices"),
        (Permission.VIEW_OVERSIGHT, "/oversight"),
        (Permission.IMPORT_BUNDLE, "/bundles"),
        (Permission.ANSWER_TASK, "/work"),
    ):
        assert (f'href="{href}"' in page) is (permission in may), href


def test_a_role_without_records_is_told_what_it_may_see(store: Store) -> None:
    board = practitioner("board", "board_officer", "other/partnership", "partnership")
    assert "Your role opens no child’s record" in text_of(browser(board), "/")
    assert "nothing is counted here" in text_of(browser(board), "/oversight")


def test_a_manager_sees_questions_that_have_waited_too_long(family: Family) -> None:
    manager = practitioner("manager", "manager", "social_care", "social_care:managers", "Mo")
    supervise(authority=authority(), team="social_care:managers", supervised=family.world.ann.actor.team)
    said = text_of(browser(manager), "/oversight")
    assert "Kasia Nowak" in said
    assert "too long" in said
    assert "working days" in said


def test_a_social_worker_has_no_oversight(family: Family) -> None:
    response = browser(family.world.ann).get("/oversight")
    assert response.status_code == 403
    assert "Your role does not allow this" in response.content.decode()
