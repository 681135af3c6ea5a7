"""What falls due on its pages: listed without a name, held, kept longer, destroyed by two people."""

from __future__ import annotations

from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from tests.conftest import Store
from tests.record.keeping import NOW, Keepers, keepers, somebody, write
from tests.web.browsing import browser
from tests.web.pages import plain
from tests.worlds import authority, practitioner
from wholepicture.access.operations import involve


@pytest.fixture
def two(store: Store) -> Keepers:
    return keepers()


def post(client: Client, person: UUID, act: str, status: object = 302, **form: object) -> str:
    """Send one form of the record's page; where it goes, or what the page says."""
    fields = {f"{act}-{name}": value for name, value in form.items()}
    response = client.post(f"/retention/{person}", {"act": act, **fields})
    assert response.status_code == status, plain(response.content.decode())[:1500]
    return str(response["Location"]) if status == 302 else said(response.content)


def said(page: bytes) -> str:
    return unescape(plain(page.decode()))


def test_a_due_record_is_decided_by_one_and_confirmed_by_another(two: Keepers) -> None:
    person, identity = somebody("Old", "1990-01-05")
    write(identity)
    lead, manager = browser(two.lead), browser(two.manager)
    listed = said(lead.get("/retention").content)
    assert f"Record {str(person)[-6:]}" in listed and "born 1990" in listed and "Qzfamily" not in listed
    assert "Say why" in post(lead, person, "destroy", 200)
    post(lead, person, "destroy", reason="Read by the team; nothing is needed.")
    assert "To be confirmed by somebody else" in said(lead.get("/retention").content)
    mine = said(lead.get(f"/retention/{person}").content)
    assert "Confirm that it is destroyed" not in mine
    assert "Tick the box" in post(manager, person, "confirm", 200)
    assert post(manager, person, "confirm", sure="on").startswith("/retention?")
    after = said(manager.get("/retention").content)
    assert "No record is due" in after and "Decided by Iggy Lead, confirmed by Mona Manager" in after
    assert manager.get(f"/retention/{person}").status_code == 404


def test_it_is_held_lifted_lent_and_kept_longer(two: Keepers) -> None:
    person, identity = somebody("Old", "1990-01-05")
    write(identity)
    lead, manager = browser(two.lead), browser(two.manager)
    post(lead, person, "hold", ground="inquiry", reason="Letter of 3 March.")
    page = said(lead.get(f"/retention/{person}").content)
    assert "It cannot be destroyed until" in page and "Destroy it" not in page and "A public inquiry" in page
    assert "Letter of 3 March." in said(lead.get("/retention").content)
    action = lead.get(f"/retention/{person}").content.decode()
    hold = action.partition('value="lift-')[2].partition('"')[0]
    post(lead, person, f"lift-{hold}", reason="The inquiry has ended.")
    other = practitioner("otto", "manager", "social_care", "others", "Otto Other")
    assert browser(other).get(f"/children/{person}/").status_code == 404
    # A manager is not even offered themself.
    assert "Select a valid choice" in post(manager, person, "lend", 200, practitioner=two.manager.actor.practitioner)
    post(lead, person, "lend", practitioner=other.actor.practitioner)
    assert browser(other).get(f"/children/{person}/").status_code == 200
    assert "Old Qzfamily" in said(browser(other).get("/retention").content)
    until = {"until-day": "1", "until-month": "1", "until-year": str(NOW.year - 1)}
    assert "day to come" in post(lead, person, "keep", 200, reason="Review.", **until)
    post(lead, person, "keep", reason="Review.", **until | {"until-year": str(NOW.year + 2)})
    assert "No record is due" in said(lead.get("/retention").content)
    assert post(lead, person, "nothing", 200)


def test_a_record_that_is_not_due_is_here_only_for_who_may_see_it(two: Keepers) -> None:
    person, identity = somebody("Young", "2015-01-05")
    unborn, _ = somebody("Nameless", "")
    write(identity)
    for client in (browser(two.lead), browser(two.manager)):
        assert client.get(f"/retention/{person}").status_code == 404
    involve(authority=authority(), team=two.manager.actor.team, people=[person, unborn], ground="held", since=NOW)
    manager = browser(two.manager)
    page = said(manager.get(f"/retention/{person}").content)
    assert "It is not due yet" in page and "Young Qzfamily" in page and "Destroy it" not in page
    assert "No day can be worked out" in said(manager.get(f"/retention/{unborn}").content)
    post(manager, person, "hold", ground="litigation", reason="A claim is expected.")
    assert browser(two.lead).get(f"/retention/{person}").status_code == 200, "a hold is there for both to see"
