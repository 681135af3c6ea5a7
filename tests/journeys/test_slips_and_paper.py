"""What people do by mistake costs nothing: sent twice, gone back, left half done. And what is printed reads well."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.browsing import Person
from tests.journeys.conftest import People, Town

pytestmark = pytest.mark.journey

REFERENCE = "MP/DA/61-0093"
_SEND_AT_ONCE = """async () => {
  const form = document.querySelector("main form");
  const send = () => fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
  const answers = await Promise.all([send(), send(), send()]);
  return answers.map((answer) => new URL(answer.url).pathname);
}"""


def test_an_impatient_hand_sends_one_notice(people: People) -> None:
    officer = people("police")
    given_a_short_notice(officer)
    one, *others = officer.page.evaluate(_SEND_AT_ONCE)
    assert set(others) == {one}
    assert re.fullmatch(r"/notices/[0-9a-f-]{36}", one)
    officer.open("/notices")
    assert officer.page.get_by_role("link", name=REFERENCE).count() == 1


def test_a_notice_naming_nobody_is_not_sent_and_nothing_is_lost(people: People) -> None:
    officer = people("police")
    officer.open("/notices/new")
    officer.page.get_by_label("Police reference").fill("MP/DA/61-0094")
    officer.page.get_by_label("What happened?").fill("Shouting heard from the flat above. Nobody opened the door.")
    officer.press("Send the notice")
    problems = officer.page.get_by_role("alert").get_by_role("link")
    assert problems.count() >= 2
    problems.first.click()
    assert officer.page.evaluate("document.activeElement.matches('input, select, textarea')")
    assert officer.page.get_by_label("Police reference").input_value() == "MP/DA/61-0094"
    assert "Nobody opened the door" in officer.page.get_by_label("What happened?").input_value()
    officer.open("/notices")
    assert officer.page.get_by_text("MP/DA/61-0094").count() == 0


def test_a_child_born_in_the_future_is_a_message_on_the_field(people: People) -> None:
    officer = people("police")
    given_a_short_notice(officer)
    ahead = datetime.now(UTC).date() + timedelta(days=40)
    born(officer, "child-0", (ahead.day, ahead.month, ahead.year))
    officer.press("Send the notice")
    officer.page.get_by_role("alert").get_by_text("A child born in the future").wait_for()


def test_going_back_shows_the_page_that_was_left(people: People, town: Town) -> None:
    reader = people("socialworker")
    child = f"/children/{town['review']}/"
    reader.open(f"{child}chronology?only=key")
    shown = reader.page.locator(".wp-entry").count()
    reader.follow("Growth")
    reader.page.go_back()
    reader.check()
    assert reader.path == f"{child}chronology"
    assert reader.page.locator(".wp-entry").count() == shown


def test_going_back_after_signing_out_shows_nothing(people: People, town: Town) -> None:
    """At a shared desk whoever comes next presses Back: no page of a family may be kept by the browser."""
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/chronology")
    assert reader.page.locator(".wp-entry").count()
    reader.press("Sign out")
    for _ in range(2):
        reader.page.go_back()
        reader.page.get_by_role("heading", name="Sign in", exact=True).wait_for()
        assert reader.page.locator(".wp-entry").count() == 0


def test_the_chronology_on_paper(people: People, town: Town) -> None:
    """Print leaves out what can only be pressed, and keeps whose page it is and every entry."""
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/chronology")
    entries = reader.page.locator(".wp-entry").count()
    assert reader.page.get_by_role("button", name="Print").is_visible()
    reader.page.emulate_media(media="print")
    for hidden in (".govuk-service-navigation", ".wp-tabs", ".wp-chosen", ".wp-out", ".wp-header__out"):
        assert not reader.page.locator(f"{hidden} >> visible=true").count(), f"{hidden} is printed"
    assert reader.page.locator(".wp-entry >> visible=true").count() == entries
    reader.page.locator(".wp-whose__name >> visible=true").wait_for()
    pages = reader.page.pdf(path=reader.pictures / "chronology.pdf", format="A4")
    assert pages.count(b"/Type /Page\n") + pages.count(b"/Type /Page ") > 1
    reader.page.emulate_media(media="screen")


def given_a_short_notice(officer: Person) -> None:
    """About people whom no agency of the town knows."""
    officer.open("/notices/new")
    page, yesterday = officer.page, datetime.now(UTC).date() - timedelta(days=1)
    page.get_by_label("Police reference").fill(REFERENCE)
    for part, number in (("day", yesterday.day), ("month", yesterday.month), ("year", yesterday.year)):
        page.locator(f"#day-{part}").fill(str(number))
    page.locator("#adult-0").get_by_label("Given name").fill("Wendeline")
    page.locator("#adult-0").get_by_label("Family name").fill("Ashgrove")
    page.locator("#adult-0").get_by_label("Victim", exact=True).check()
    child = page.locator("#child-0")
    child.get_by_label("Given name").fill("Barnaby")
    child.get_by_label("Family name").fill("Ashgrove")
    born(officer, "child-0", (4, 5, yesterday.year - 6))
    child.get_by_role("group", name="Was the child there?").get_by_label("No", exact=True).check()
    child.get_by_role("group", name="Did you or a colleague see").get_by_label("No", exact=True).check()
    child.get_by_label("Why was the child not seen").fill("At his grandmother’s in another town; asked police there.")
    page.get_by_label("What happened?").fill("Her brother broke the door and took her telephone.")


def born(officer: Person, row: str, day: tuple[int, int, int]) -> None:
    for part, number in zip(("day", "month", "year"), day, strict=True):
        officer.page.locator(f"#{row}-born-{part}").fill(str(number))
