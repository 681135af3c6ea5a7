"""The round of a notice: sent, screened, answered; and the silence that follows when one of those asked says nothing.

One story told in order, over one copy of the town; each test is a step of it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator

from tests.journeys.browsing import PHONE, Person
from tests.journeys.building import FAMILY_NAME, HOME
from tests.journeys.building import people as family
from tests.journeys.conftest import People, Town
from tests.journeys.serving import Served

pytestmark = pytest.mark.journey

REFERENCE = "MP/DA/27-4471"
WHAT_HAPPENED = (
    "Kyle Render held Danuta by the throat against the kitchen wall. She could not breathe and has red marks on her "
    "neck. Lena stood in the doorway in her nightdress. Filip called 999 from the bedroom."
)
FILIPS_WORDS = "I pushed the chair against the door so Lena could stay with me."
REASONS = (
    "The second notice in five months, and the first with strangulation. The earlier one was graded standard with no "
    "child seen. School and health visitor have each written down something that fits."
)


@pytest.mark.requirement("R35")
def test_1_the_police_officer_is_asked_what_was_seen(people: People) -> None:
    officer = people("police")
    given_a_notice_typed_in(officer, f"{WHAT_HAPPENED} Both children were safe and well.")
    when_it_is_sent(officer)
    alert = officer.page.get_by_role("alert")
    assert "“safe and well” says nothing that a reader can use" in alert.inner_text()
    assert "in what language" in alert.inner_text()
    then_nothing_typed_is_lost(officer)
    officer.page.evaluate("scrollTo(0, 0)")
    officer.picture("notice-questioned")
    officer.page.get_by_label("What happened?").fill(WHAT_HAPPENED)
    when_it_is_sent(officer)
    officer.see("The notice is sent")
    officer.see("If nobody decides by then")


@pytest.mark.requirement("R38")
@pytest.mark.requirement("R39")
def test_2_the_screening_worker_reads_the_history_and_decides(people: People) -> None:
    worker = people("screening")
    worker.follow("Screening")
    worker.picture("screening-queue")
    worker.follow(re.compile("Filip Sobczak"))
    when_the_mother_is_said_to_be_who_she_is(worker)
    then_the_history_stands_beside_the_notice(worker)
    worker.page.evaluate("document.querySelector('.wp-beside').scrollIntoView()")
    worker.picture("screening-notice")
    worker.press("Record the decision")
    worker.page.get_by_role("alert").wait_for()
    when_an_assessment_is_decided(worker)
    worker.see("The decision is recorded")
    asked = worker.page.locator(".wp-asks tbody tr").all_inner_texts()
    for role in ("Health visitor", "School nurse", "GP", "School", "Social worker"):
        assert any(role.lower() in row.lower() for row in asked), (role, asked)


@pytest.mark.requirement("R18")
@pytest.mark.requirement("R20")
@pytest.mark.requirement("R23")
@pytest.mark.parametrize(
    ("username", "child", "matters", "asked"),
    [
        ("healthvisitor", "Lena", "You see the home, the growth", r"see Danuta( Sobczak)? alone"),
        ("dsl", "Filip", "comes to you on the next school day", "ask nothing about the incident"),
        ("schoolnurse", "Filip", "You hold the school-age health record", "Look back over attendances"),
        ("gp", "Lena", "Your list may hold the child and the adults", "Look at the records of Lena"),
        ("socialworker", "Lena", "", r"see Lena( Sobczak)? alone"),
    ],
)
def test_3_each_who_must_act_is_told_why_and_by_when(
    people: People, username: str, child: str, matters: str, asked: str
) -> None:
    reader = people(username, PHONE)
    reader.open("/work")
    reader.follow(re.compile(f"^{child} {FAMILY_NAME}"))
    reader.see(re.compile("Answer by "))
    reader.see(matters)
    reader.see(re.compile(asked))
    reader.see("Danuta by the throat")
    if username == "healthvisitor":
        reader.picture("task-phone")


@pytest.mark.requirement("R22")
def test_4_the_health_visitor_answers(people: People) -> None:
    visitor = people("healthvisitor", PHONE)
    visitor.open("/work")
    visitor.follow(re.compile(f"^Lena {FAMILY_NAME}"))
    visitor.press("Record your answer")
    visitor.page.get_by_role("alert").wait_for()
    visitor.page.get_by_label("What does this mean for the child?").fill(
        "Lena is three, at home all day with the man who did this, and was quiet in front of him when I last saw her."
    )
    visitor.page.get_by_label("What did you do?").fill(
        "Rang Danuta on the safe number. I see her alone with an interpreter at the clinic tomorrow at ten."
    )
    visitor.press("Record your answer")
    visitor.see("Your answer is recorded and shows to whoever asked")
    worker = people("screening")
    worker.open("/screening")
    worker.follow(REFERENCE)
    worker.see("Rang Danuta on the safe number")
    worker.page.get_by_text("Answered", exact=True).first.scroll_into_view_if_needed()
    worker.picture("screening-answers")


@pytest.mark.requirement("R41")
def test_5_the_social_worker_answers_the_question_that_it_adds_up_to(people: People, town: Town) -> None:
    worker = people("socialworker")
    worker.open(f"/children/{town['lena']}/")
    title = "Repeated domestic abuse in one household"
    worker.page.get_by_role("link", name=title, exact=True).click()
    worker.page.locator("#questions").get_by_text(title).first.wait_for()
    worker.check()
    worker.press(re.compile(f"^Answer the question: {title}"))
    worker.see("What is behind it")
    worker.picture("question")
    worker.press("Record the answer")
    worker.page.get_by_role("alert").wait_for()
    worker.check()
    worker.page.get_by_label("What did you look at").fill(
        "Read both notices together. They are one pattern that grows worse; assessed with Filip’s words in the plan."
    )
    worker.press("Record the answer")
    worker.see("Your answer is recorded")
    assert title not in worker.page.locator(".wp-asked a").all_inner_texts()
    worker.page.locator("#questions summary").click()
    worker.see("They are one pattern that grows worse")


@pytest.mark.requirement("R22")
def test_6_the_schools_silence_goes_up(people: People, served: Served) -> None:
    said = served.move_clock_on(7)
    assert re.search(r"Silences told to a team above: [1-9]", said), said
    school = people("dsl")
    school.open("/work")
    school.see("overdue, and told to your managers")
    manager = people("manager")
    manager.follow("Oversight")
    silent = manager.page.locator("#tasks + table tbody tr", has_text="Filip Sobczak").all_inner_texts()
    assert any("St Oswald" in row for row in silent), silent
    assert not any("Health visitor" in row for row in silent), silent
    manager.picture("oversight")


def given_a_notice_typed_in(officer: Person, circumstances: str) -> None:
    """Two adults and two children: the elder spoken to alone, the younger seen and not spoken to."""
    officer.follow("Send a notice")
    officer.follow("Send a domestic abuse notice", "button")
    officer.press("Add another child")
    page, born = officer.page, {given: day for given, _, _, _, day in family(datetime.now(UTC).date())}
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    page.get_by_label("Police reference").fill(REFERENCE)
    page.get_by_label("Where?").first.fill(HOME)
    _day(officer, "day", yesterday)
    page.get_by_label("At what time?").fill("23:10")
    for n, (given, name, part, relation) in enumerate(
        (("Danuta", FAMILY_NAME, "Victim", "Mother"), ("Kyle", "Render", "Alleged perpetrator", "Step-parent"))
    ):
        row = page.locator(f"#adult-{n}")
        row.get_by_label("Given name").fill(given)
        row.get_by_label("Family name").fill(name)
        _day(officer, f"adult-{n}-born", born[given])
        row.get_by_label(part, exact=True).check()
        row.get_by_label("To the children").select_option(label=relation)
        row.get_by_label("Home address").fill(HOME)
    page.locator("#adult-0").get_by_label("Language").select_option(label="Polish")
    page.locator("#adult-0").get_by_label("Interpreter").select_option(label="Needed")
    for n, given in enumerate(("Filip", "Lena")):
        row = page.locator(f"#child-{n}")
        row.get_by_label("Given name").fill(given)
        row.get_by_label("Family name").fill(FAMILY_NAME)
        _day(officer, f"child-{n}-born", born[given])
        row.get_by_label("Home address").fill(HOME)
        for question in ("Was the child there?", "Did you or a colleague see the child?", "Was the child awake?"):
            row.get_by_role("group", name=question).get_by_label("Yes", exact=True).check()
    _spoken_to(officer)
    page.get_by_role("group", name=re.compile("trangulation")).get_by_label("Yes", exact=True).check()
    page.get_by_label("Risk tool used").select_option(label="DASH")
    page.get_by_label("Grade for the adult victim").select_option(label="High")
    page.get_by_label("Grade for the children").select_option(label="High")
    page.get_by_label("What happened?").fill(circumstances)
    page.get_by_label("How can the victim be reached safely?").fill("Her sister’s number, 01632 960 555, before three.")


def _spoken_to(officer: Person) -> None:
    filip, lena = officer.page.locator("#child-0"), officer.page.locator("#child-1")
    filip.get_by_label("Where was the child").fill("Behind the door of the children’s bedroom, with Lena later")
    filip.get_by_role("group", name="Did anybody speak to the child?").get_by_label("Yes", exact=True).check()
    filip.get_by_label("Who spoke to the child?").fill("PC Rhian Bowen")
    filip.get_by_role("group", name="Was the child alone").get_by_label("Yes", exact=True).check()
    filip.get_by_label("In what language?").select_option(label="English")
    filip.get_by_label("What did the child say?").fill(FILIPS_WORDS)
    lena.get_by_label("Where was the child").fill("In the kitchen doorway, holding on to her mother")
    lena.get_by_role("group", name="Did anybody speak to the child?").get_by_label("No", exact=True).check()


def _day(officer: Person, name: str, day: object) -> None:
    year, month, date = str(day).split("-")
    for part, text in (("day", date), ("month", month), ("year", year)):
        officer.page.locator(f"#{name}-{part}").fill(text)


def when_it_is_sent(officer: Person) -> None:
    officer.press("Send the notice")


def then_nothing_typed_is_lost(officer: Person) -> None:
    page = officer.page
    assert page.locator("#adult-0").get_by_label("Given name").input_value() == "Danuta"
    assert page.locator("#child-0").get_by_label("What did the child say?").input_value() == FILIPS_WORDS
    assert page.locator("#child-1").get_by_label("Where was the child").input_value().startswith("In the kitchen")
    assert page.get_by_label("What happened?").input_value().startswith(WHAT_HAPPENED)


def when_the_mother_is_said_to_be_who_she_is(worker: Person) -> None:
    """The police knew no NHS numbers, so somebody chooses: Danuta, from whom her children follow, and then Kyle."""
    worker.see("Until you choose, what came before is not counted here")
    worker.see("Whether this happened before is not known")
    worker.page.evaluate("document.querySelector('#who').scrollIntoView()")
    worker.picture("who-is-this")
    _is_the_same(worker, "Danuta Sobczak", "Her surgery has the same birth date and address.")
    for name in ("Filip Sobczak", "Lena Sobczak"):
        _card(worker, name).get_by_text("Follows from the parent or child named with them").wait_for()
    _is_the_same(worker, "Kyle Render", "Danuta named him, and he is on record at her address.")


def _card(worker: Person, name: str) -> Locator:
    return worker.page.locator("fieldset.wp-card").filter(has=worker.page.locator("legend", has_text=name)).first


def _is_the_same(worker: Person, name: str, reason: str) -> None:
    card = _card(worker, name)
    card.get_by_text("same day").first.wait_for()
    card.get_by_label("Yes, the same person").check()
    card.get_by_label("What makes you sure?").fill(reason)
    with worker.page.expect_navigation():
        card.get_by_role("button", name="Record who this is").click()
    worker.check()


def then_the_history_stands_beside_the_notice(worker: Person) -> None:
    worker.see("Danuta by the throat")
    worker.see("The second incident on record in 12 months")
    worker.see(FILIPS_WORDS)
    worker.see("Filip fell asleep in class twice this week")


def when_an_assessment_is_decided(worker: Person) -> None:
    page = worker.page
    page.get_by_role("group", name="What do you decide?").get_by_label(re.compile("ssessment")).check()
    page.get_by_label("Which team takes this on?").select_option(label="Assessment team, north")
    page.get_by_label("Why?").fill(REASONS)
    page.get_by_label("Filip Sobczak: this child’s own position").fill("Heard it all, called for help, hid his sister.")
    page.get_by_label("Lena Sobczak: this child’s own position").fill(
        "Saw it from the doorway. Nobody has spoken to her."
    )
    worker.press("Record the decision")
