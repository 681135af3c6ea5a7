"""A mother has fled: her address is shielded in a minute, kept from everybody else, and released by two people."""

from __future__ import annotations

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.journeys.conftest import People, Town

pytestmark = pytest.mark.journey

LINE, POSTCODE = "7 Weir Street", "QA9 1AA"
KEPT = "An address is held and shielded."


@pytest.mark.requirement("R13")
def test_an_address_is_shielded_asked_for_released_and_reviewed(people: People, town: Town) -> None:
    worker, doctor = people("socialworker"), people("gp")
    addresses = f"/children/{town['lena']}/addresses"
    _shields(worker, town)
    _records(worker)
    worker.see(LINE)
    worker.see("Your team holds this shield.")
    worker.picture("shielded-holder")
    doctor.open(f"/children/{town['lena']}/family")
    doctor.follow("Where they live, and keeping an address from somebody")
    doctor.see(KEPT)
    doctor.picture("shielded-other")
    # His mother is not the worker's to see, and lives there: she is kept as well.
    assert doctor.page.get_by_text(KEPT).count() == 3
    assert "27 Tanners Row" not in doctor.page.content()
    assert LINE not in doctor.page.content() and POSTCODE not in doctor.page.content()
    _asks(doctor)
    doctor.see(KEPT)
    _decides(people("igl"))
    doctor.open(addresses)
    doctor.see(LINE)
    doctor.open(f"/children/{town['lena']}/ledger")
    doctor.see("Granted until")
    _reviews(worker, addresses)


def test_the_addresses_fit_a_phone(people: People, town: Town) -> None:
    worker = people("socialworker", size=PHONE)
    for page in ("addresses", "addresses/add", "addresses/shield"):
        worker.open(f"/children/{town['lena']}/{page}")
        worker.picture(f"phone-{page.replace('/', '-')}")
        assert worker.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page


def test_a_notice_shields_as_it_is_sent(people: People) -> None:
    officer = people("police")
    officer.open("/notices/new")
    officer.page.get_by_label("The victim’s address must be kept from somebody").check()
    officer.press("Send the notice")
    officer.page.get_by_role("alert").get_by_text("Say from whom the victim’s address must be kept").wait_for()
    assert officer.page.get_by_label("The victim’s address must be kept from somebody").is_checked()


def _shields(worker: Person, town: Town) -> None:
    worker.open(f"/children/{town['lena']}/family")
    worker.follow("Where they live, and keeping an address from somebody")
    worker.see("27 Tanners Row")
    worker.follow("Keep an address from somebody")
    ticked = worker.page.locator("input[name=people]:checked")
    chosen = {ticked.nth(n).get_attribute("value") for n in range(ticked.count())}
    assert chosen >= {town["lena"], town["danuta"]} and town["kyle"] not in chosen, "the accused is not kept safe"
    worker.press("Shield it now")
    worker.page.get_by_role("alert").get_by_text("Say from whom it must be kept").wait_for()
    worker.page.get_by_label("Lena Sobczak").check()
    worker.page.get_by_label("From whom?").fill("Kyle Render, who does not know that they have left")
    worker.page.get_by_label("Fleeing domestic abuse").check()
    worker.picture("shield-form")
    worker.press("Shield it now")
    worker.see("It is shielded from now on.")


def _records(worker: Person) -> None:
    worker.follow("Add an address")
    worker.page.get_by_label("Lena Sobczak").check()
    worker.page.get_by_label("What is it to them?").select_option("refuge")
    worker.page.get_by_label("Address", exact=True).fill(f"{LINE}\nAldermere")
    worker.page.get_by_label("Postcode").fill(POSTCODE)
    worker.page.get_by_label("Who said so?").fill("mother, by telephone")
    worker.press("Record the address")
    worker.see("The address is recorded.")


def _asks(doctor: Person) -> None:
    doctor.follow("Ask to read it")
    doctor.press("Ask")
    doctor.page.get_by_role("alert").get_by_text("Say why the address is needed now").wait_for()
    doctor.page.get_by_label("Why is the address needed now?").fill("Her inhaler must be brought to her tonight.")
    doctor.picture("release-ask")
    doctor.press("Ask")
    doctor.see("Somebody of another team decides.")


def _decides(lead: Person) -> None:
    lead.open("/")
    lead.follow("Addresses asked for")
    lead.follow("Dr Nisha Raman, for 4 hours")
    lead.see("Her inhaler must be brought to her tonight.")
    assert LINE not in lead.page.content()
    lead.page.get_by_label("Yes, for the hours asked").check()
    lead.page.get_by_label("Why?").fill("Rang the surgery; nobody else can bring it.")
    lead.picture("release-decide")
    lead.press("Record the decision")
    lead.see("Nothing waits for your decision.")


def _reviews(worker: Person, addresses: str) -> None:
    worker.open(addresses)
    worker.follow("Review, hand over or end this shield")
    worker.page.get_by_label("Ask for the shield to end").check()
    worker.page.get_by_label("Why, and whom did you ask?").fill(
        "Her advocate says that he has moved to another country."
    )
    worker.picture("shield-review")
    worker.press("Record it")
    worker.see("The shield stays in force until somebody else agrees.")
    assert worker.page.get_by_label("Agree that the shield ends").count() == 0
