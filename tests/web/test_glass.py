"""Opening a record without a claim to it: told whom to ask, broken, told to the lead, reviewed, on the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import plain, text_of, without_token
from tests.worlds import World, authority, build_world, practitioner
from wholepicture.access.clock import now
from wholepicture.access.glass import break_glass
from wholepicture.access.operations import involve
from wholepicture.access.policy import Stop
from wholepicture.access.stops import stop
from wholepicture.foundation.authority import Viewer
from wholepicture.web.pages.glass.asked import SEARCHES

KASIA = {"given_name": "Kasia", "family_name": "Nowak", "born-day": "4", "born-month": "5", "born-year": "2021"}
NOBODY = KASIA | {"given_name": "Zofia"}
WHY = "She was left at the surgery door and nobody at all answers."
BREAKING = {"ground": "harm", "reason": WHY, "hours": "4", "again-day": "4", "again-month": "5", "again-year": "2021"}
TABS = ("", "chronology", "family", "growth", "work", "ledger")


@dataclass(frozen=True)
class Town:
    """Ann's team holds Kasia; a nurse holds nobody; Ann's manager, the nurse's manager and a lead may review."""

    world: World
    nurse: Viewer
    lead: Viewer
    own_manager: Viewer


@pytest.fixture
def town(store: Store) -> Town:
    world = build_world()
    return Town(
        world,
        practitioner("nina", "school_nurse", "school_nursing", "school_nursing:all", "Nina Nurse"),
        practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy Lead"),
        practitioner("nora", "named_nurse", "school_nursing", "school_nursing:all", "Nora Near"),
    )


def find(client: Client, asked: Mapping[str, str]) -> str:
    """What the page answers."""
    response = client.post("/find", asked)
    assert response.status_code == 200
    return plain(response.content.decode())


def broken(town: Town) -> str:
    """The nurse breaks the glass; where the page then goes."""
    response = browser(town.nurse).post("/find/break-the-glass", KASIA | BREAKING)
    assert response.status_code == 302, plain(response.content.decode())
    return str(response["Location"])


def to_review(client: Client) -> str:
    """The address of the one that waits."""
    page = client.get("/glass").content.decode()
    assert page.count('href="/glass/') == 1
    return "/glass/" + page.partition('href="/glass/')[2].partition('"')[0]


def test_a_worker_without_a_claim_is_told_that_a_record_is_held_and_whom_to_ask(town: Town) -> None:
    response = browser(town.nurse).post("/find", KASIA)
    page = response.content.decode()
    assert "A record is held" in page and "Ask social_care north" in page and "Break the glass" in page
    # Nothing of the child: no id, no other name, no other agency.
    assert str(town.world.child) not in page and "Ewa" not in page and "school/oak" not in page
    assert browser(town.nurse).get(f"/children/{town.world.child}/").status_code == 404


def test_a_worker_with_a_claim_is_led_to_the_record(town: Town) -> None:
    page = browser(town.world.ann).post("/find", KASIA).content.decode()
    assert f'href="/children/{town.world.child}/"' in page and "Break the glass" not in page


def test_absent_and_stopped_answer_with_the_same_bytes(town: Town) -> None:
    client = browser(town.nurse)
    absent = without_token(client.post("/find", NOBODY).content).replace(b"Zofia", b"Kasia")
    stop(
        authority=authority(), practitioner=UUID(town.nurse.actor.practitioner), person=town.world.child,
        ground=Stop.FAMILY, now=now(),
    )  # fmt: skip
    assert without_token(client.post("/find", KASIA).content) == absent
    assert b"No record answers to this" in absent
    # Nor does trying to break the glass tell them apart.
    refused = client.post("/find/break-the-glass", KASIA | BREAKING)
    nobody = client.post("/find/break-the-glass", NOBODY | BREAKING)
    assert refused.status_code == nobody.status_code == 200
    assert without_token(refused.content) == without_token(nobody.content).replace(b"Zofia", b"Kasia")


def test_too_little_finds_nobody_and_says_what_to_enter(town: Town) -> None:
    client = browser(town.nurse)
    assert "Enter an NHS number, or the given name" in find(client, {"given_name": "Kasia", "family_name": "Nowak"})
    assert "as the NHS issued it" in find(client, {"nhs_number": "123"})
    assert "No record answers to this" in find(client, KASIA | {"born-day": "5"})


def test_a_role_that_looks_at_no_child_finds_none(town: Town) -> None:
    assert browser(town.lead).get("/find").status_code == 403
    assert browser(town.lead).post("/find", KASIA).status_code == 403


def test_whoever_trawls_is_made_to_wait(town: Town) -> None:
    client = browser(town.nurse)
    for _ in range(SEARCHES.most):
        find(client, NOBODY)
    response = client.post("/find", NOBODY)
    assert response.status_code == 400 and "30 children within an hour" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": "Worried."}, "in a sentence why you must open"),
        ({"hours": "25"}, "from 1 to 24"),
        ({"hours": "0"}, "from 1 to 24"),
        ({"ground": ""}, "Choose what lets you look"),
        ({"again-day": "5"}, "This is not what you looked for"),
    ],
)
def test_the_glass_breaks_only_for_a_whole_answer(town: Town, wrong: dict[str, str], said: str) -> None:
    client = browser(town.nurse)
    response = client.post("/find/break-the-glass", KASIA | BREAKING | wrong)
    assert response.status_code == 200 and said in response.content.decode()
    assert "<title>Error:" in response.content.decode()
    assert client.get(f"/children/{town.world.child}/").status_code == 404


def test_the_whole_round(town: Town) -> None:
    nurse, ann, lead = browser(town.nurse), browser(town.world.ann), browser(town.lead)
    assert broken(town) == f"/children/{town.world.child}/"
    # The record opens with the household, and every page says how it was opened.
    for tab in TABS:
        said = text_of(nurse, f"/children/{town.world.child}/{tab}")
        assert "You opened this record by breaking the glass until" in said and "has been told; it will be" in said
    assert "Ewa Nowak" in text_of(nurse, f"/children/{town.world.child}/")
    assert "You opened this record by breaking" not in text_of(ann, f"/children/{town.world.child}/")
    # The team that leads is told at once, who and why.
    told = text_of(ann, "/work")
    assert "Opened by breaking the glass" in told and "Nina Nurse, School nurse" in told and WHY in told
    assert "Kasia" in told
    # Whoever reviews sees what was looked at, and not whose record it is.
    waiting = to_review(lead)
    review = text_of(lead, waiting)
    assert WHY in review and "opened the picture" in review and "opened the chronology" in review
    assert "Kasia" not in review
    response = lead.post(waiting, {"justified": "yes", "comment": "Rang the surgery: she was alone there."})
    assert response.status_code == 302 and str(response["Location"]).startswith("/glass?done=")
    assert "Nothing waits for your review" in text_of(lead, "/glass")
    # The family's worker sees all of it on the ledger; the glass is no team that works with the child.
    ledger = text_of(ann, f"/children/{town.world.child}/ledger")
    assert "Nina Nurse" in ledger and WHY in ledger
    assert "Justified, said Iggy Lead" in ledger and "she was alone there" in ledger
    assert "break-glass" not in text_of(ann, f"/children/{town.world.child}/")


def test_a_reviewer_says_what_they_found(town: Town) -> None:
    broken(town)
    lead = browser(town.lead)
    waiting = to_review(lead)
    said = plain(lead.post(waiting, {"justified": "no", "comment": "No."}).content.decode())
    assert "in a sentence or more" in said and WHY in said
    assert lead.post(waiting, {"justified": "no", "comment": "The team answers at all hours."}).status_code == 302
    ledger = text_of(browser(town.world.ann), f"/children/{town.world.child}/ledger")
    assert "Not justified, said Iggy Lead" in ledger


def test_nobody_of_the_same_team_reviews(town: Town) -> None:
    broken(town)
    waiting = to_review(browser(town.lead))
    near = browser(town.own_manager)
    involve(
        authority=authority(), team=town.own_manager.actor.team, people=[town.world.child], ground="caseload",
        since=now() - timedelta(minutes=1),
    )  # fmt: skip
    assert "Nothing waits for your review" in text_of(near, "/glass")
    response = near.post(waiting, {"justified": "yes", "comment": "She is a colleague of mine and I trust her."})
    assert response.status_code == 400
    assert "Somebody from another team must review this" in response.content.decode()
    assert "Not reviewed yet" in text_of(browser(town.world.ann), f"/children/{town.world.child}/ledger")


def test_only_those_who_review_come_to_the_list(town: Town) -> None:
    assert browser(town.world.ann).get("/glass").status_code == 403
    assert browser(town.nurse).get("/glass").status_code == 403
    assert "/glass" in browser(town.lead).get("/").content.decode()
    assert 'href="/glass"' not in browser(town.world.ann).get("/").content.decode()


def test_the_record_closes_when_the_hours_are_over(town: Town) -> None:
    at = now()
    for began, status in ((at - timedelta(hours=5), 404), (at - timedelta(hours=3), 200)):
        break_glass(
            viewer=town.nurse, person=town.world.child, household=[], reason=WHY, length=timedelta(hours=4),
            lead_team=town.world.ann.actor.team, now=began,
        )  # fmt: skip
        assert browser(town.nurse).get(f"/children/{town.world.child}/").status_code == status


def test_a_manager_of_the_leading_team_is_told_too(town: Town) -> None:
    broken(town)
    manager = practitioner("mia", "manager", "social_care", "social_care:north")
    said = text_of(browser(manager), "/oversight")
    assert "Opened by breaking the glass" in said and "Nina Nurse" in said and WHY in said
