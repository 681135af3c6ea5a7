"""The round by hand: police, screening worker, health visitor, manager; bad input has its message on each page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.casework.town import NOW, TODAY, CaseworkTown, acts, build_town, look, notice, sent
from tests.conftest import Store
from tests.web.browsing import browser
from wholepicture.access.roles import Permission
from wholepicture.casework.clock import escalate_overdue
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.queries import tasks_for_team, waiting_screenings

REASONS = "Strangulation before one child, with the other unseen. The first notice, and grave enough alone."
POSITION = "Was in the house; must be seen alone this week."


@pytest.fixture
def town(store: Store) -> CaseworkTown:
    """See `CaseworkTown`."""
    return build_town()


def waiting(town: CaseworkTown) -> tuple[str, dict[str, str]]:
    """The address of the one notice that waits, and a whole decision for it."""
    sent(town)
    with look(town.screener):
        [item] = waiting_screenings(TODAY)
    form = {f"position-{c.person}": POSITION for c in item.children}
    return f"/screening/{item.card.screening}", {**form, "decision": "assessment", "reasons": REASONS,
                                                 "taken_by": "assessment"}  # fmt: skip


def text(client: Client, address: str) -> str:
    """A page's words, without its tags."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.requirement("R38")
@pytest.mark.requirement("R41")
def test_the_queue_shows_its_clock_and_what_adds_up(town: CaseworkTown) -> None:
    waiting(town)
    page = text(browser(town.screener), "/screening")
    assert re.search(r"1\s+waiting for a decision", page)
    assert "The first incident on record for this home." in page
    assert "Strangulation" in page
    assert "Kasia Nowak (4), Jan Nowak (8)" in page or "Jan Nowak (8), Kasia Nowak (4)" in page


@pytest.mark.requirement("R1")
@pytest.mark.requirement("R2")
def test_the_notice_stands_beside_the_familys_history(town: CaseworkTown) -> None:
    address, _ = waiting(town)
    page = text(browser(town.screener), address)
    assert "It arrived 0 days after it happened." in page
    assert "was seen (on the stairs with her mother), awake, and was not spoken to." in page
    assert "Jan Nowak was not seen: at his grandmother’s; not visited." in page
    assert "Every incident on record" in page
    assert "Ewa Nowak (victim); Adam Lis (alleged perpetrator). They are partners." in page
    assert "Adult victim: high. Children: medium." in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"decision": ""}, "Choose what you decide"),
        ({"decision": "wait"}, "Choose what you decide"),
        ({"reasons": "Low."}, "Give your reasons"),
        ({"reasons": f"{REASONS} Children safe and well."}, "says nothing that a reader can use"),
        ({"taken_by": ""}, "Choose the team that takes this on"),
        ({"taken_by": "nowhere"}, "nowhere is not one of the available choices"),
    ],
)
def test_a_poor_decision_is_shown_again_with_what_was_typed(
    town: CaseworkTown, change: dict[str, str], message: str
) -> None:
    address, form = waiting(town)
    answer = browser(town.screener).post(address, {**form, **change})
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert POSITION in answer.content.decode()


@pytest.mark.requirement("R22")
@pytest.mark.requirement("R39")
def test_the_round(town: CaseworkTown) -> None:
    address, form = waiting(town)
    assert browser(town.screener).post(address, form)["Location"] == f"{address}?done=screened"
    assert "and was decided" in text(browser(town.screener), address)
    visitor = browser(town.health_visitor)
    assert "Kasia Nowak, 4" in text(visitor, "/work")
    with look(town.health_visitor):
        [task] = tasks_for_team("hv-north")
    page = text(visitor, f"/work/{task.id}")
    assert "Why it matters to you" in page
    on = {"on-day": str(TODAY.day), "on-month": str(TODAY.month), "on-year": str(TODAY.year)}
    poor = visitor.post(f"/work/{task.id}", {**on, "meaning": "", "did": ""})
    assert "Say what this means for the child" in poor.content.decode()
    answer = {**on, "meaning": "She watched it and is frightened.", "did": "Visited; seen alone."}
    assert visitor.post(f"/work/{task.id}", answer)["Location"] == "/work?done=task-answered"
    assert "Visited; seen alone." in text(visitor, "/work")
    assert visitor.post(f"/work/{task.id}", answer).status_code == 400
    assert "Visited; seen alone." in text(browser(town.screener), address)
    review = {"agrees": "yes", "comment": "Read it all; I agree with the assessment."}
    assert browser(town.manager).post(f"{address}/review", review).status_code == 302
    assert "Precious agrees" in text(browser(town.manager), address)


def test_a_task_is_hidden_from_those_with_no_claim(town: CaseworkTown) -> None:
    sent(town)
    with look(town.dsl):
        [task] = tasks_for_team("oak")
    assert browser(town.other_dsl).get(f"/work/{task.id}").status_code == 404
    assert browser(town.other_dsl).get(f"/work/{uuid4()}").status_code == 404
    assert "only they can answer it" in text(browser(town.manager), f"/work/{task.id}")
    assert "Nothing is asked of your team" in text(browser(town.other_dsl), "/work")


def test_opening_stamps_the_clock_once(town: CaseworkTown) -> None:
    sent(town)
    with look(town.dsl):
        [task] = tasks_for_team("oak")
    assert task.opened_at is None
    for _ in range(2):
        text(browser(town.dsl), f"/work/{task.id}")
    with look(town.dsl):
        [task] = tasks_for_team("oak")
    assert [s.event for s in task.steps] == ["opened"]


def test_the_screening_room_is_for_those_who_decide(town: CaseworkTown) -> None:
    address, form = waiting(town)
    assert browser(town.dsl).get("/screening").status_code == 403
    assert browser(town.dsl).post(address, form).status_code == 403
    assert browser(town.screener).get(f"/screening/{uuid4()}").status_code == 404
    assert browser(town.screener).post(f"{address}/review", {}).status_code == 403


def test_an_escalation_shows_to_whoever_looks(town: CaseworkTown) -> None:
    address, _ = waiting(town)
    escalate_overdue(now=NOW + timedelta(days=14))
    assert "Escalated to managers" in text(browser(town.screener), "/screening")
    assert address


def test_who_somebody_is_must_be_chosen_with_a_reason(town: CaseworkTown) -> None:
    given = notice()
    child = replace(given.children[0], person=replace(given.children[0].person, family_name="Novak", address=""))
    changed = replace(given, adults=(replace(given.adults[1], part=given.adults[0].part),), children=(child,))
    send_notice(authority=acts(town.police, Permission.SEND_NOTICE), notice=changed, now=NOW)
    with look(town.screener):
        [item] = waiting_screenings(TODAY)
    address, client = f"/screening/{item.card.screening}", browser(town.screener)
    page = client.get(address).content.decode()
    [candidate] = re.findall(r'name="candidate" value="(\d+)"', page)
    assert "Are these the same people?" in page
    poor = client.post(f"{address}/who", {"candidate": candidate}).content.decode()
    assert "Say whether this is the same person" in poor
    assert f'href="#same-{candidate}"' in poor
    choice = {"candidate": candidate, "same": "yes", "reason": "The mother named the school."}
    assert client.post(f"{address}/who", choice).status_code == 302
    assert client.post(f"{address}/who", {**choice, "candidate": "999999"}).status_code == 200
    assert "Jan Nowak" in text(client, address)
    with look(town.dsl):
        assert [t.person for t in tasks_for_team("oak")] == [town.jan]
