"""A record that is due: one decides, another confirms, and a tombstone is left; one that is held stays.

One story told in order, over one copy of the town; each test is a step of it.
"""

from __future__ import annotations

import pytest

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import People
from tests.journeys.test_requests import acted

pytestmark = pytest.mark.journey


def test_1_what_is_due_is_listed_and_one_decides(people: People) -> None:
    lead = people("igl")
    lead.open("/retention")
    lead.see("Due for review, the longest due first")
    assert "Ridgway" not in lead.page.locator("main").inner_text(), "a lead reads no name"
    row = lead.page.locator("tr", has_text="School (st-oswalds)").filter(has_text="born 1996")
    with lead.page.expect_navigation():
        row.get_by_role("link").click()
    lead.check()
    lead.see("Any other child, with the school file")
    acted(lead, "Destroy it", "Read by the team that held it; nothing is needed.")
    lead.picture("retention-record", whole=True)
    lead.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lead.check()
    lead.picture("retention-record-phone", whole=True)


def test_2_another_confirms_and_a_tombstone_is_left(people: People) -> None:
    manager = people("manager")
    manager.open("/retention")
    row = manager.page.locator("tr", has_text="To be confirmed by somebody else")
    with manager.page.expect_navigation():
        row.get_by_role("link").click()
    fold = manager.page.locator("#act-confirm")
    fold.locator("summary").click()
    manager.press("Confirm that it is destroyed")
    assert manager.page.get_by_role("alert").get_by_text("Tick the box").count()
    manager.page.get_by_label("I have looked at this record").check()
    manager.press("Confirm that it is destroyed")
    manager.see("The record is destroyed.")
    manager.see("Decided by Viktor Novák, confirmed by Precious Moyo")


def test_3_what_is_held_is_not_destroyed(people: People) -> None:
    lead = people("igl", PHONE)
    lead.open("/retention")
    row = lead.page.locator("tr", has_text="born 1997")
    with lead.page.expect_navigation():
        row.get_by_role("link").click()
    lead.check()
    lead.see("It cannot be destroyed until every hold is lifted")
    assert not lead.page.get_by_text("Destroy it", exact=True).count()
    lead.picture("retention-held-phone", whole=True)
