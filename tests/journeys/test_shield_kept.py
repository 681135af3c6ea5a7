"""A slip in a shielded address is put right; it leaves in one letter by two people; the shield goes to another team."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.journeys.conftest import People, Town
from tests.journeys.test_disclosure import begin, fill, grounds
from tests.journeys.test_shielded_address import KEPT, _records, _shields

pytestmark = pytest.mark.journey

WRONG, RIGHT = "7 Weir Street", "17 Weir Street"
WHY = "Her advocate moved with her, and Health visiting sees her every week from now on."


@pytest.mark.requirement("R13")
def test_1_a_slip_is_put_right_and_how_it_stood_is_kept(people: People, town: Town) -> None:
    worker = people("socialworker", PHONE)
    _shields(worker, town)
    _records(worker)
    worker.follow(re.compile(f"Put it right.*{WRONG}"))
    worker.press("Put it right")
    worker.page.get_by_role("alert").get_by_text("Nothing is changed").wait_for()
    worker.page.get_by_label("Address", exact=True).fill(f"{RIGHT}\nAldermere")
    worker.picture("address-correct-phone", whole=True)
    worker.press("Put it right")
    worker.see("It is put right.")
    worker.see(RIGHT)
    worker.page.get_by_text("How it stood before", exact=True).click()
    worker.see(f"{WRONG}, Aldermere")
    worker.picture("address-corrected-phone", whole=True)
    doctor = people("gp")
    doctor.open(f"/children/{town['lena']}/addresses")
    doctor.see(KEPT)
    assert "Weir" not in doctor.page.content()


@pytest.mark.requirement("R13")
def test_2_the_place_leaves_in_one_letter_by_two_people(people: People, town: Town) -> None:
    worker, lead = people("socialworker"), people("igl")
    begin(worker, town["lena"], "A letter, written here", "A court")
    fill(worker, "name", "The Family Court at Aldermere")
    fill(worker, "text", f"She is to be fetched for the hearing from {RIGHT} on Monday at nine.")
    worker.page.get_by_label("By hand, to them in person").check()
    grounds(worker, "Order or direction of a court")
    worker.press("Make it and search it")
    worker.see("It names a place that is kept from somebody")
    assert worker.page.get_by_role("button", name="Send it now").count() == 0
    worker.press("Ask for its release")
    worker.page.get_by_role("alert").get_by_text("Say why the place must stand in it").wait_for()
    fill(worker, "release_why", "The court’s driver must fetch her, and her solicitor agreed to it.")
    worker.picture("document-release-ask", whole=True)
    worker.press("Ask for its release")
    worker.see("Somebody of another team decides; until then nothing leaves.")
    lead.open("/")
    lead.follow("Addresses asked for")
    lead.picture("document-releases", whole=True)
    lead.page.get_by_role("link", name="A document").first.click()
    lead.see("The place itself is not shown to whoever decides.")
    lead.check()
    assert "Weir" not in lead.page.content()
    lead.page.get_by_label("Yes, for the hours asked").check()
    lead.page.get_by_label("Why?").fill("Rang the court; the driver is theirs.")
    lead.picture("document-release-decide", whole=True)
    lead.press("Record the decision")
    worker.open(f"/children/{town['lena']}/disclosures")
    worker.follow("A letter, written here")
    worker.press("Send it now")
    worker.see("It is sent")
    worker.see("the release has served")
    doctor = people("gp")
    doctor.open(f"/children/{town['lena']}/disclosures")
    doctor.follow("A letter, written here")
    doctor.see("What it says is not for you to read.")
    assert "Weir" not in doctor.page.content()


@pytest.mark.requirement("R13")
def test_3_the_shield_is_handed_over_and_both_see_it_in_their_work(people: People, town: Town) -> None:
    worker, nurse = people("socialworker"), people("healthvisitor", PHONE)
    worker.open("/")
    worker.follow("your team answers for")
    worker.picture("shields", whole=True)
    worker.follow("Lena Sobczak")
    worker.see(RIGHT)
    worker.picture("shield-held", whole=True)
    worker.follow("Hand it over to another team")
    worker.press("Offer it to them")
    worker.page.get_by_role("alert").get_by_text("Choose the team").wait_for()
    worker.page.get_by_label("To which team?").select_option(label="Health visiting, north")
    worker.page.get_by_label("Why is it handed over?").fill(WHY)
    worker.picture("shield-hand")
    worker.press("Offer it to them")
    worker.see("Your team holds it until somebody there takes it.")
    nurse.open("/")
    nurse.see("offered to your team")
    _takes(nurse)
    worker.open(f"/children/{town['lena']}/addresses")
    worker.see(KEPT)
    assert "Weir" not in worker.page.content()


def _takes(nurse: Person) -> None:
    nurse.follow("Lena Sobczak")
    nurse.see(WHY)
    nurse.see("Offered with it, and settled with it")
    assert "Weir" not in nurse.page.content(), "it is not theirs to read before it is taken"
    nurse.picture("shield-offer-phone", whole=True)
    nurse.page.get_by_label("Yes, we take it over").check()
    nurse.press("Record it")
    nurse.see("Your team answers for it from now on.")
    for name in ("Lena Sobczak", "Danuta Sobczak", "Filip Sobczak"):
        assert nurse.page.get_by_role("link", name=name).count() == 1, "a household is handed over in one act"
    nurse.follow("Lena Sobczak")
    nurse.see(RIGHT)
    nurse.see("Taken over by Siân Griffiths")
    nurse.picture("shield-taken-phone", whole=True)
