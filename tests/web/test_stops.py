"""Keeping somebody from a record: set by a manager or the information governance lead, by anybody upon themselves."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import text_of
from tests.worlds import World, build_world, practitioner
from wholepicture.foundation.authority import Viewer


@dataclass(frozen=True)
class Town:
    """Ann holds Kasia; her manager and an information governance lead may keep people from the record."""

    world: World
    manager: Viewer
    lead: Viewer


@pytest.fixture
def town(store: Store) -> Town:
    world = build_world()
    return Town(
        world,
        practitioner("mary", "manager", "social_care", "social_care:north", "Mary Manager"),
        practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy Lead"),
    )


def address(town: Town) -> str:
    return f"/children/{town.world.child}/stops"


@pytest.mark.requirement("R13")
def test_a_manager_keeps_a_colleague_from_a_record_at_once_and_the_auditor_lifts_it(town: Town) -> None:
    ann, child = browser(town.world.ann), f"/children/{town.world.child}/"
    assert ann.get(child).status_code == 200
    done = browser(town.manager).post(address(town), {"who": "Ann", "ground": "family"})
    assert done.status_code == 302 and "stop-set" in done["Location"]
    assert ann.get(child).status_code == 404
    assert "Kasia" not in text_of(ann, "/")
    # A manager is not told who else is kept out: of a linked perpetrator the stop itself is a secret.
    assert "Who is kept from it" not in text_of(browser(town.manager), address(town))
    lead = browser(town.lead)
    said = text_of(lead, address(town))
    assert "Ann" in said and "set by Mary Manager" in said and "Kasia" not in said
    assert "1 practitioner is kept from it" in text_of(lead, f"/audit/people/{town.world.child}")
    lift = _lift_address(lead.get(address(town)).content.decode())
    short = lead.post(lift, {"reason": "mistake"})
    assert short.status_code == 200 and b"Say in a sentence why they may see" in short.content
    lifted = lead.post(lift, {"reason": "A namesake: she is no relation of this family."})
    assert lifted.status_code == 302
    assert ann.get(child).status_code == 200
    assert "Lifted" in text_of(lead, address(town))
    ledger = text_of(lead, f"/audit/people/{town.world.child}")
    assert ledger.count("Kept somebody from the record, or let them see it again") == 2


def test_anybody_keeps_themselves_out_and_cannot_come_back(town: Town) -> None:
    ann = browser(town.world.ann)
    page = text_of(ann, address(town))
    assert "Keep yourself from this record" in page and "Who must not see" not in page
    assert ann.post(address(town), {}).status_code == 200
    done = ann.post(address(town), {"ground": "colleague", "who": "mary"})
    assert done["Location"].startswith("/?")
    assert ann.get(address(town)).status_code == 404
    assert browser(town.manager).get(address(town)).status_code == 200, "whom she named is not kept out"


def test_the_auditor_keeps_themselves_out_and_somebody_else_must_lift_it(town: Town) -> None:
    lead = browser(town.lead)
    lead.post(address(town), {"who": "iggy", "ground": "self"})
    assert "Nobody is kept from it" in text_of(lead, address(town)), "a stop upon oneself is not shown"
    other = browser(practitioner("olga", "ig_lead", "local_authority", "information", "Olga Lead"))
    assert "Iggy Lead" in text_of(other, address(town))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("", "Enter a user name or a whole name"),
        ("nobody", "Nobody here signs in by that name"),
        ("Sam Same", "2 people bear that name"),
    ],
)
def test_whom_is_said_exactly(town: Town, who: str, said: str) -> None:
    for username in ("sam1", "sam2"):
        practitioner(username, "gp", "gp/market", "gp/market:all", "Sam Same")
    answer = browser(town.manager).post(address(town), {"who": who, "ground": "self"})
    assert answer.status_code == 200 and said in answer.content.decode()
    chosen = browser(town.manager).post(address(town), {"who": "sam2", "ground": "self"})
    assert chosen.status_code == 302


def test_whoever_may_not_lift_is_told_whom_to_ask_and_nobody_is_found_who_is_not_there(town: Town) -> None:
    refused = browser(town.manager).post(f"{address(town)}/{uuid4()}", {"reason": "x" * 30})
    assert refused.status_code == 403 and b"information governance lead" in refused.content
    lead = browser(town.lead)
    assert lead.get(f"/children/{uuid4()}/stops").status_code == 404
    assert lead.get(f"/audit/people/{uuid4()}").status_code == 404


def _lift_address(page: str) -> str:
    found = next(part for part in page.split('action="')[1:] if "/stops/" in part.partition('"')[0])
    return found.partition('"')[0]
