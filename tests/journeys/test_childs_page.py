"""A child's page tells the story at a glance: of the published review, by roles only, and of an invented family."""

from __future__ import annotations

import csv
import io
import re

import docx
import pytest
from playwright.sync_api import Locator

from tests.journeys.browsing import DESKTOP, PHONE, Person
from tests.journeys.conftest import People, Town

pytestmark = pytest.mark.journey

TABS = ("", "chronology", "family", "growth", "work", "ledger")
HEADINGS = ("Picture", "Chronology", "Family", "Growth", "Work", "Ledger")


@pytest.mark.requirement("R3")
def test_the_chronology_joins_every_agency_in_order(people: People, town: Town) -> None:
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/chronology")
    by = {text.partition(",")[0] for text in reader.page.locator(".wp-entry__by").all_inner_texts()}
    assert {"Police", "Health visiting", "School", "GP", "Hospital"} <= by, by
    years = [int(y) for y in reader.page.locator(".wp-year").all_inner_texts()]
    assert years == sorted(years)
    assert len(years) > 3


def test_the_reviews_child_on_every_tab(people: People, town: Town) -> None:
    reader = people("socialworker")
    child = f"/children/{town['review']}/"
    for tab, heading in zip(TABS, HEADINGS, strict=True):
        reader.open(child + tab)
        reader.page.get_by_role("heading", name=re.compile(f"^{heading}")).first.wait_for()
        then_the_child_is_a_person_at_the_top(reader)
        on_a_phone(reader)


@pytest.mark.requirement("R74")
def test_the_centile_fall_is_said_in_words_and_drawn(people: People, town: Town) -> None:
    """Two agencies each weighed the child once before the record ends: only side by side do they show the fall."""
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/growth")
    said = reader.page.locator(".wp-growthchart__said").all_inner_texts()
    assert re.search(r"\d+(\.\d+)?(st|nd|rd|th) centile", " ".join(said)), said
    assert re.search(r"f[ae]ll", " ".join(said)), said
    assert reader.page.locator("svg .wp-dot >> visible=true").count() == 2
    assert reader.page.locator("svg .wp-fall >> visible=true").count() >= 1
    agencies = set(reader.page.locator("[data-label='Measured by']").all_inner_texts())
    assert len(agencies) == 2, agencies


@pytest.mark.requirement("R8")
def test_the_family_as_a_whole(people: People, town: Town) -> None:
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/chronology")
    one = reader.page.locator(".wp-entry").count()
    for tab in TABS:
        reader.open(f"/children/{town['review']}/{tab}?whole=family")
        reader.see("The family of")
    reader.open(f"/children/{town['review']}/chronology?whole=family")
    assert reader.page.locator(".wp-entry").count() > one


@pytest.mark.requirement("R1")
def test_who_knew_what_on_a_day(people: People, town: Town) -> None:
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/chronology")
    agency, held_late = when_asked_what_an_agency_held(reader, "2012-02-01")
    _, held_early = when_asked_what_an_agency_held(reader, "2011-02-01")
    assert 0 < held_early < held_late, agency
    reader.page.get_by_text("Not known to them then").first.wait_for()
    on_a_phone(reader)


def test_the_page_stands_on_another_day(people: People, town: Town) -> None:
    reader = people("socialworker")
    reader.open(f"/children/{town['review']}/chronology")
    now = reader.page.locator(".wp-entry").count()
    reader.page.get_by_label("Stand on another day").fill("2010-06-01")
    reader.press("Go")
    reader.see("as known on 1 June 2010")
    assert 0 < reader.page.locator(".wp-entry").count() < now
    reader.follow("Family")
    reader.see("as known on 1 June 2010")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_a_link_leads_to_is_not_beneath_the_childs_name(people: People, town: Town, size: tuple[int, int]) -> None:
    """The banner stays while the page moves: a tab's heading and an entry linked to must show below it."""
    reader = people("socialworker", size)
    reader.open(f"/children/{town['review']}/")
    reader.follow("Chronology")
    banner = reader.page.locator(".wp-whose")
    assert _top(reader, "#tab h2") >= _bottom(banner)
    entry = reader.page.locator(".wp-entry").nth(20).get_attribute("id")
    reader.page.goto(f"{reader.base}{reader.path}#{entry}")
    assert _top(reader, f"#{entry}") >= _bottom(banner)


@pytest.mark.parametrize(("size", "ending"), [(DESKTOP, ""), (PHONE, "-phone")])
def test_an_invented_family_in_pictures(people: People, town: Town, size: tuple[int, int], ending: str) -> None:
    """Pictures for the docs are of invented people only."""
    child = f"/children/{town['faltering_growth']}/"
    reader = people(town["faltering_growth_doctor"], size)
    reader.open(child)
    reader.picture(f"child{ending}")
    for tab in TABS:
        reader.open(f"{child}{tab}")
        reader.page.evaluate("document.querySelector('#tab').scrollIntoView()")
        if tab != "work" and (tab, ending) != ("ledger", "-phone"):
            reader.picture(f"{tab or 'picture'}{ending}")


def test_the_chronology_goes_out_as_word_and_csv(people: People, town: Town) -> None:
    reader = people("namednurse")
    reader.open(f"/children/{town['review']}/chronology")
    shown = reader.page.locator(".wp-entry").count()
    word = docx.Document(str(reader.download("Word")))
    assert [len(t.rows) for t in word.tables] == [shown + 1]
    assert any("Chronology of" in p.text for p in word.paragraphs)
    text = reader.download("CSV").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len([r for r in rows if len(r) > 5]) == shown + 1


def test_whoever_is_not_involved_is_told_whom_to_ask(people: People, town: Town) -> None:
    """Hidden and absent are alike: the page says the same for a child who is there and one who is not."""
    outsider = people("dsl2")
    outsider.expected.add(404)
    said = set()
    for child in (town["review"], "00000000-0000-7000-8000-000000000000"):
        answer = outsider.page.goto(f"{outsider.base}/children/{child}/")
        assert answer is not None
        assert answer.status == 404
        outsider.check()
        said.add(outsider.page.locator("main").inner_text())
    assert len(said) == 1, said


def _top(reader: Person, selector: str) -> float:
    place = reader.page.locator(selector).bounding_box()
    assert place
    return place["y"]


def _bottom(banner: Locator) -> float:
    place = banner.bounding_box()
    assert place
    return place["y"] + place["height"]


def then_the_child_is_a_person_at_the_top(reader: Person) -> None:
    reader.page.get_by_role("heading", name="The child’s voice").wait_for()
    reader.page.get_by_role("heading", name="Who and where").wait_for()
    assert "concerns: none" not in reader.page.content().lower()


def when_asked_what_an_agency_held(reader: Person, day: str) -> tuple[str, int]:
    """Chooses health visiting's own knowledge on a day; returns what the page says, and how many entries were held."""
    fold = reader.page.locator("details", has_text="Who knew what, when")
    if not fold.evaluate("d => d.open"):
        fold.locator("summary").click()
    reader.page.get_by_label("What did this agency hold").select_option(label="Health visiting")
    reader.page.get_by_label("on this day").fill(day)
    reader.press("Show what they held")
    said = reader.page.locator(".wp-knew-said").inner_text()
    held = re.search(r"held (\d+) of these", said)
    assert held, said
    return said, int(held[1])


def on_a_phone(reader: Person) -> None:
    reader.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    reader.check()
    reader.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
