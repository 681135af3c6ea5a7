"""A father asks what is held about his daughter: written down, reviewed from the keyboard, signed off, given.

One story told in order, over one copy of the town; each test is a step of it.
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.journeys.building import FAMILY_NAME
from tests.journeys.building import people as family
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey

ASKED = f"Lena {FAMILY_NAME}"


def test_1_a_governance_lead_writes_it_down_and_finds_readers(people: People) -> None:
    lead = people("igl")
    lead.open("/requests")
    lead.press("Write down a request")
    lead.press("Write it down")
    assert lead.page.get_by_role("alert").get_by_role("link").count() >= 4
    lead.page.get_by_label("A parent, for their child").check()
    lead.page.get_by_label("Their name").fill("Marek Sobczak")
    lead.page.get_by_label("Given name of the person").fill("Lena")
    lead.page.get_by_label("Family name of the person").fill(FAMILY_NAME)
    born = {given: day for given, _, _, _, day in family(datetime.now(UTC).date())}["Lena"]
    today = datetime.now(UTC).date()
    for name, day in (("born", born), ("received_on", today)):
        for part in ("day", "month", "year"):
            lead.page.locator(f"#{name}-{part}").fill(str(getattr(day, part)))
    lead.press("Write it down")
    lead.see("Its clock runs from the day it was received.")
    lead.see(re.compile("Due .* left"))
    acted(lead, "Check who asks", "Passport and birth certificate seen by Viktor Novák.")
    chosen(lead, "Give it to a reviewer", "Stephen Lacey")
    chosen(lead, "Name a second reader", "Aneta Popescu")
    lead.see("The items are read by the reviewer and the second reader alone.")
    lead.picture("request", whole=True)
    lead.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lead.check()
    lead.picture("request-phone", whole=True)


def acted(person: Person, heading: str, words: str) -> None:
    fold = person.page.locator("details", has=person.page.get_by_text(heading, exact=True))
    fold.locator("summary").click()
    if words:
        fold.get_by_role("textbox").last.fill(words)
    person.press(heading)


def chosen(person: Person, heading: str, name: str) -> None:
    fold = person.page.locator("details", has=person.page.get_by_text(heading, exact=True))
    fold.locator("summary").click()
    option = fold.locator("option", has_text=name)
    fold.get_by_role("combobox").select_option(option.first.get_attribute("value"))
    with person.page.expect_navigation():
        fold.get_by_role("button").click()
    person.check()


def opened(person: Person) -> None:
    person.open("/requests")
    person.follow(ASKED)


def test_2_the_reviewer_goes_item_by_item_from_the_keyboard(people: People) -> None:
    reviewer = people("manager2")
    opened(reviewer)
    reviewer.follow("Go through the items")
    reviewer.picture("request-items")
    first = reviewer.page.get_by_role("button", name="Go to the first item that is left")
    total = reviewer.page.locator("a[data-step]").count()
    assert total >= 3
    with reviewer.page.expect_navigation():
        first.click()
    for _ in range(total):
        if reviewer.path.endswith("/items"):
            break
        reviewer.check()
        heading = reviewer.page.locator("h1").inner_text()
        if heading.startswith("Visit"):
            reviewer.see("“Danuta” is the name of the mother.")
            reviewer.page.get_by_label(re.compile("^Danuta")).first.check()
            reviewer.page.keyboard.press("Tab")
            reviewer.page.locator("h1").click()
            reviewer.page.keyboard.press("2")
            reviewer.picture("request-item", whole=True)
            reviewer.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            reviewer.check()
            reviewer.picture("request-item-phone", whole=True)
            reviewer.page.set_viewport_size({"width": 1280, "height": 900})
        elif heading.startswith("Domestic abuse"):
            reviewer.page.keyboard.press("3")
            reviewer.page.get_by_label("Why is it withheld?").select_option("child_abuse")
            reviewer.page.get_by_label("What did you weigh?").fill("Kyle lives there; asked Amira Haddad.")
            reviewer.page.locator("h1").click()
        else:
            reviewer.page.keyboard.press("1")
        with reviewer.page.expect_navigation():
            reviewer.page.keyboard.press("s")
    reviewer.see("Every item is decided.")
    reviewer.follow("The request")
    acted(reviewer, "Harm check", "Asked Amira Haddad: nothing given tells where Danuta goes.")
    acted(reviewer, "Send to the second reader", "")
    reviewer.see("With the second reader")


def test_3_the_second_reader_signs_it_off_and_the_document_holds_no_more(people: People) -> None:
    second = people("manager3")
    opened(second)
    second.follow("Read what goes out")
    document = second.page.get_by_role("region", name="The document, word for word").inner_text()
    assert "Danuta" not in document and "Child abuse" not in document and "Restricted by law" in document
    second.see("Child abuse data")
    second.picture("request-answer", whole=True)
    second.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    second.check()
    second.picture("request-answer-phone", whole=True)
    second.page.get_by_label("What did you check").fill("Read it line by line.")
    second.press("Sign it off")
    second.see("Signed off: ready to give")
    saved = second.download("The answer as a Word document")
    with zipfile.ZipFile(saved) as archive:
        whole = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "Danuta" not in whole and "argument about money" not in whole
    assert "Lena shy, stayed on her mother" in whole


def test_4_it_is_given_and_closed_and_nobody_reads_it_any_longer(people: People) -> None:
    lead = people("igl")
    opened(lead)
    acted(lead, "Give it", "Collected at the civic centre; passport checked again.")
    acted(lead, "Close", "Given.")
    lead.see("Closed")
    reviewer = people("manager2")
    opened(reviewer)
    reviewer.expected.add(404)
    reviewer.page.goto(reviewer.page.url + "/items")
    reviewer.see("Page not found")


def test_5_without_scripts_the_list_and_the_request_still_work(people: People) -> None:
    lead = people("igl", PHONE)
    lead.open("/requests")
    lead.see(ASKED)
    lead.picture("requests-phone")
