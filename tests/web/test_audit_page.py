"""The auditor's page: looks that fit a pattern, as questions, to the information governance lead and nobody else."""

from __future__ import annotations

import pytest

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import text_of
from tests.worlds import authority, build_world, practitioner
from wholepicture.access.clock import now
from wholepicture.access.operations import involve


@pytest.mark.requirement("R13")
def test_a_look_at_somebody_of_ones_own_name_is_asked_about_and_no_name_of_the_family_is_told(store: Store) -> None:
    world = build_world()
    namesake = practitioner("iwo", "gp", "gp/market", "gp/market:all", "Iwo Nowak")
    lead = practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy Lead")
    involve(authority=authority(), team="gp/market:all", people=[world.child], ground="gp list", since=now())
    browser(namesake).get(f"/children/{world.child}/")
    said = text_of(browser(lead), "/audit")
    assert "Iwo Nowak, General practitioner" in said
    assert "own family name" in said and f"Ledger {str(world.child)[-6:]}" in said
    assert "Kasia" not in said
    assert "the last day" in text_of(browser(lead), "/audit?days=1")
    assert "the last 7 days" in text_of(browser(lead), "/audit?days=seven")


def test_where_nothing_is_to_be_asked_the_page_says_what_was_compared(store: Store) -> None:
    lead = practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy Lead")
    said = text_of(browser(lead), "/audit")
    assert "No look of these days fits a pattern" in said and "not that nobody looked without a reason" in said


def test_nobody_else_reads_it(store: Store) -> None:
    world = build_world()
    assert browser(world.ann).get("/audit").status_code == 403
