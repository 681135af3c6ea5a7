"""What leaves the record: a letter that stops and is let go, a chronology for a school lead, and a refusal reviewed.

One story told in order, over one copy of the town; each test is a step of it.
"""

from __future__ import annotations

import re

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.journeys.conftest import People, Town

pytestmark = pytest.mark.journey

LETTER = "We would like to meet you on Monday at our offices, to hear how things are at home."
WHY = "So that everybody around the children knows the plan for Monday."


def begin(person: Person, child: str, what: str, to: str) -> None:
    person.open(f"/children/{child}/disclosures")
    person.press("Send or take out")
    person.page.get_by_label(what).check()
    person.page.get_by_label(to).check()
    person.press("Continue")


def grounds(person: Person, law: str) -> None:
    fill(person, "purpose", WHY)
    person.page.get_by_label(law).check()
    person.page.get_by_label("At or above section 17 or 47").check()
    person.page.get_by_label("Yes, they know what is shared").check()
    fill(person, "harm_words", "Asked the mother when she is safe, and said nothing of where she goes.")


def fill(person: Person, name: str, words: str) -> None:
    person.page.locator(f"[name={name}]:visible").fill(words)


@pytest.mark.requirement("R24")
def test_1_a_letter_to_an_alleged_perpetrator_stops(people: People, town: Town) -> None:
    worker = people("socialworker", PHONE)
    begin(worker, town["lena"], "A letter, written here", "A member of the family on this record")
    worker.press("Make it and search it")
    assert "Choose which member of the family" in worker.page.get_by_role("alert").inner_text()
    worker.page.locator("[name=person]").select_option(label="Kyle Render, step parent")
    fill(worker, "text", LETTER)
    worker.page.get_by_label("By hand, to them in person").check()
    grounds(worker, "Children Act 1989 s17; Working Together")
    worker.picture("share-form-phone", whole=True)
    worker.press("Make it and search it")
    worker.see("Stopped: nothing has left")
    worker.see("The recipient is linked to this child as an alleged perpetrator")
    assert worker.page.get_by_role("button", name="Send it now").count() == 0
    worker.picture("share-stopped-phone", whole=True)


@pytest.mark.requirement("R24")
def test_2_a_manager_reads_it_and_lets_it_go(people: People) -> None:
    manager = people("manager3")
    manager.follow("Sharing")
    manager.picture("sharing")
    manager.follow("A letter, written here")
    manager.follow("Read it, then say whether it may go", "button")
    manager.see(LETTER)
    manager.see("The file itself")
    manager.see("The recipient is linked to this child as an alleged perpetrator")
    manager.page.get_by_label("Yes, it may go as it is").check()
    fill(manager, "approve_reason", "Read it, and agreed with the worker that he is met at our offices alone.")
    manager.picture("share-approve", whole=True)
    manager.press("Record it")
    manager.see("You approved it")
    manager.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    manager.follow("Read what would go, and what is left out of it")
    manager.picture("share-read-phone", whole=True)


@pytest.mark.requirement("R24")
def test_3_it_is_sent_and_what_became_of_it_is_written_down(people: People, town: Town) -> None:
    worker = people("socialworker")
    worker.open(f"/children/{town['lena']}/disclosures")
    worker.follow("A letter, written here")
    worker.press("Send it now")
    worker.see("It is sent")
    assert worker.download("Take the file, to send it").stat().st_size > 1000
    worker.page.get_by_text("Record that it arrived").click()
    fill(worker, "receipt", "Handed to him at the office, posted by nobody.")
    worker.press("Record the receipt")
    worker.see("Sent, and received")


@pytest.mark.requirement("R24")
def test_4_a_chronology_for_a_school_lead_says_what_it_leaves_out(people: People, town: Town) -> None:
    worker = people("socialworker")
    begin(worker, town["lena"], "The chronology, as a Word file", "A professional in the directory")
    fill(worker, "name", "Ruth Ellwood")
    worker.page.get_by_label("By the hand of a parent or carer").check()
    grounds(worker, "Children Act 1989 s17:")
    worker.press("Make it and search it")
    worker.see("never goes by the hand of a parent or carer")
    worker.picture("share-by-parent")
    worker.page.get_by_label("In Whole Picture: they open it here").check()
    worker.press("Make it and search it")
    worker.see(re.compile("not for this recipient’s role to read"))
    worker.picture("share-ready", whole=True)
    worker.follow("Read what would go, and what is left out of it")
    worker.picture("share-read", whole=True)
    worker.page.go_back()
    worker.press("Send it now")
    lead = people("dsl", PHONE)
    lead.open("/disclosures")
    lead.follow("The chronology, as a Word file")
    assert lead.download("Open the file").suffix == ".docx"
    lead.picture("share-received-phone", whole=True)
    worker.open(worker.path)
    worker.see("Sent, and opened")


def test_4b_entries_are_left_out_by_hand_with_a_reason(people: People, town: Town) -> None:
    worker = people("socialworker", PHONE)
    begin(worker, town["lena"], "The chronology, as CSV", "Another named professional")
    fill(worker, "name", "Dr Priya Nairr")
    worker.page.locator("[name=role]").select_option("gp")
    fill(worker, "organisation", "The surgery")
    worker.page.get_by_label("Secure email, which you send").check()
    grounds(worker, "Children Act 1989 s17:")
    worker.press("Choose entry by entry")
    worker.page.locator("[name=keep]").first.uncheck()
    worker.press("Make it and search it")
    worker.see("Say in a sentence why these entries are left out")
    worker.picture("share-entries-phone", whole=True)
    worker.page.set_viewport_size({"width": 1280, "height": 900})
    worker.check()
    worker.picture("share-entries", whole=True)
    fill(worker, "left_words", "It is about the mother alone, and no help to the surgery.")
    worker.press("Make it and search it")
    worker.see(re.compile("left out by the sender"))
    worker.press("Send it now")
    worker.page.get_by_text("Put right a slip in this row").click()
    fill(worker, "name", "Dr Priya Nair")
    fill(worker, "correct_reason", "The name was misspelt: the surgery’s page has one r.")
    worker.picture("share-correct", whole=True)
    worker.press("Put it right")
    worker.see("What was put right")
    worker.picture("share-corrected", whole=True)
    worker.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    worker.check()


def test_5_a_refusal_has_a_reason_and_a_reviewer(people: People, town: Town) -> None:
    worker = people("socialworker")
    worker.open(f"/children/{town['lena']}/disclosures")
    worker.press("Record that somebody asks")
    fill(worker, "name", "Neil Catterall")
    worker.page.locator("[name=role]").select_option(label="Practitioner")
    fill(worker, "organisation", "Brook Lettings")
    fill(worker, "asked", "Why social care visits, and who lives in the home.")
    fill(worker, "purpose", "To decide about the tenancy of the home.")
    worker.picture("request")
    worker.press("Record the request")
    worker.page.get_by_text("Refuse, with a reason and a reviewer").click()
    fill(worker, "reason", "It is not needed to protect a child, and could cost them the home.")
    grounds(worker, "Children Act 2004 s11")
    worker.page.locator("[name=reviewer]").select_option(label="Aneta Popescu, Manager")
    worker.check()
    worker.picture("refuse", whole=True)
    worker.press("Refuse to share it")
    worker.see("Refused, review to come")
    manager = people("manager3")
    manager.open("/disclosures")
    manager.follow("Information was refused")
    manager.page.get_by_label("Right not to share").check()
    fill(manager, "review_words", "Read the request and the plan: nothing in it would help the children.")
    manager.press("Record the review")
    manager.see("Refused, and the review agreed")


def test_6_the_ledger_shows_all_of_it_and_the_auditor_reads_none_of_the_words(people: People, town: Town) -> None:
    worker = people("socialworker")
    worker.open(f"/children/{town['lena']}/ledger")
    worker.follow("Read who was told what, and why; send or take out")
    for words in ("Sent, and received", "Sent, and opened", "Refused, and the review agreed"):
        worker.see(words)
    worker.picture("disclosures", whole=True)
    worker.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    worker.check()
    worker.picture("disclosures-phone", whole=True)
    lead = people("igl")
    lead.open(f"/children/{town['lena']}/disclosures")
    lead.see("Sent, and received")
    said = lead.page.inner_text("main")
    assert not any(words in said for words in ("Lena", "Kyle", "Sobczak", WHY))
    lead.picture("disclosures-auditor")
