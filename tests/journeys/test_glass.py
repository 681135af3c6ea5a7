"""A record opened without a claim: told whom to ask, broken, told to its lead, reviewed, on the ledger, asked about.

One story told in order, over one copy of the town; each test is a step of it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.journeys.building import FAMILY_NAME
from tests.journeys.building import people as family
from tests.journeys.conftest import People, Town

pytestmark = pytest.mark.journey

REASON = "Lena is in resuscitation with a head injury, her mother cannot be reached and no team answers tonight."


@pytest.mark.requirement("R13")
def test_1_a_doctor_without_a_claim_is_told_that_a_record_is_held_and_whom_to_ask(people: People, town: Town) -> None:
    doctor = people("paediatrician2", PHONE)
    refused(doctor, town["lena"])
    doctor.open("/find")
    given_the_child_is_looked_for(doctor)
    doctor.press("Find")
    doctor.see("A record is held")
    doctor.see(re.compile("Ask .*Assessment"))
    assert "neighbour" not in doctor.page.inner_text("main").lower()
    doctor.picture("find-phone")


@pytest.mark.requirement("R13")
def test_2_the_doctor_breaks_the_glass_with_a_reason(people: People, town: Town) -> None:
    doctor = people("paediatrician2")
    doctor.open("/find")
    given_the_child_is_looked_for(doctor)
    doctor.press("Find")
    doctor.page.get_by_text("Break the glass", exact=True).first.click()
    doctor.page.locator("details[open]").wait_for()
    doctor.check()
    doctor.picture("break-the-glass")
    doctor.press("Break the glass")
    alert = doctor.page.get_by_role("alert")
    assert "Choose what lets you look" in alert.inner_text()
    doctor.page.get_by_label("To protect a child at risk").check()
    doctor.page.get_by_label("Why must you open this record now?").fill(REASON)
    typed(doctor, "again", born_of("Lena"))
    doctor.press("Break the glass")
    assert doctor.path == f"/children/{town['lena']}/"
    doctor.see(f"Lena {FAMILY_NAME}")
    doctor.see(re.compile("broke the glass|glass", re.IGNORECASE))
    doctor.picture("glass-broken")


@pytest.mark.requirement("R13")
def test_3_the_team_that_leads_is_told_at_once(people: People, town: Town) -> None:
    worker = people("socialworker")
    worker.open("/")
    worker.see(re.compile("Dr Catherine Ward"))
    worker.follow("Read who opened what, and why")
    worker.see("Opened by breaking the glass")
    worker.see(re.compile("Lena is in resuscitation"))
    worker.picture("glass-told")


@pytest.mark.requirement("R13")
def test_4_somebody_independent_reviews_it_and_reads_no_record(people: People, town: Town) -> None:
    lead = people("igl")
    lead.open("/glass")
    lead.follow(re.compile("Dr Catherine Ward"))
    assert FAMILY_NAME not in lead.page.inner_text("main")
    lead.page.get_by_label("Justified", exact=True).check()
    lead.page.get_by_label("What did you look at, and what did you find?").fill(
        "The hospital's log of the night: in resuscitation from 01:10, and the duty team was rung twice."
    )
    lead.picture("glass-review")
    lead.press("Record the review")
    lead.see("Your review is recorded")


@pytest.mark.requirement("R13")
def test_5_the_familys_social_worker_reads_all_of_it_on_the_ledger(people: People, town: Town) -> None:
    worker = people("socialworker")
    worker.open(f"/children/{town['lena']}/ledger")
    worker.see(re.compile("Dr Catherine Ward"))
    worker.see(re.compile("Lena is in resuscitation"))
    worker.see(re.compile("was justified|Justified"))
    worker.see(re.compile("Viktor Novák"))
    worker.picture("ledger-glass")


@pytest.mark.requirement("R13")
def test_6_the_auditor_is_asked_about_looks_and_reads_no_name_of_the_family(people: People) -> None:
    lead = people("igl")
    lead.follow("Audit")
    lead.follow("28 days")
    assert FAMILY_NAME not in lead.page.inner_text("main")
    lead.page.get_by_text("What is compared").click()
    lead.check()
    lead.picture("audit")
    lead.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lead.check()


@pytest.mark.requirement("R13")
def test_7_the_auditor_keeps_a_neighbour_from_the_record(people: People, town: Town) -> None:
    lead = people("igl")
    lead.open(f"/audit/people/{town['lena']}")
    lead.see(re.compile("Dr Catherine Ward"))
    assert FAMILY_NAME not in lead.page.inner_text("main")
    lead.picture("audit-ledger")
    lead.follow(re.compile("Keep.* somebody from it"))
    lead.press("Keep them from this record")
    assert "Enter a user name or a whole name" in lead.page.get_by_role("alert").inner_text()
    lead.page.get_by_label("Who must not see this record?").fill("Siân Griffiths")
    lead.page.get_by_label("The child or an adult here is of their family").check()
    lead.press("Keep them from this record")
    lead.see("They are kept from this record")
    lead.page.get_by_text("Lift this stop").click()
    lead.check()
    lead.picture("stops")
    visitor = people("healthvisitor")
    refused(visitor, town["lena"])


@pytest.mark.requirement("R13")
def test_8_a_worker_who_knows_the_family_keeps_themselves_out(people: People, town: Town) -> None:
    nurse = people("schoolnurse", PHONE)
    nurse.open(f"/children/{town['filip']}/ledger")
    nurse.follow("I know this family: keep me from this record")
    nurse.page.get_by_label("a colleague of mine").check()
    nurse.press("Keep me from this record")
    nurse.see("You are kept from that record")
    refused(nurse, town["filip"])


def born_of(given: str) -> date:
    return next(born for name, *_, born in family(datetime.now(UTC).date()) if name == given)


def given_the_child_is_looked_for(person: Person) -> None:
    person.page.get_by_label("Given name").fill("Lena")
    person.page.get_by_label("Family name").fill(FAMILY_NAME)
    typed(person, "born", born_of("Lena"))


def typed(person: Person, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        person.page.locator(f"input[name={name}-{part}]:visible").fill(str(value))


def refused(person: Person, child: str) -> None:
    """The record itself answers as nothing does."""
    person.expected.add(404)
    answer = person.page.goto(f"{person.base}/children/{child}/")
    assert answer is not None and answer.status == 404
    person.check()
