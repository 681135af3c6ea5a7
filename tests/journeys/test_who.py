"""A midwife's early record of a child is found to be the child's whom everybody knows, and is taken back again."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.journeys.building import FAMILY_NAME
from tests.journeys.conftest import People, Town
from tests.journeys.serving import Served

pytestmark = pytest.mark.journey

BRUISE = "Bruise on the left cheek"
SURE = "Rang the ward: her mother booked as Wrona, and the birth dates agree."


@pytest.fixture(scope="module")
def second(served: Served) -> str:
    """The id of the midwife's own record of Lena."""
    return served.installation.run("-m", "tests.journeys.doubling").strip()


@pytest.mark.requirement("R17")
def test_two_records_are_found_to_be_one_child_and_told_apart_again(people: People, town: Town, second: str) -> None:
    worker, manager = people("socialworker"), people("manager3")
    worker.open(f"/children/{town['lena']}/chronology")
    assert BRUISE not in worker.page.inner_text("main")
    _joins(manager, town)
    worker.open(f"/children/{town['lena']}/chronology")
    worker.see(re.compile(BRUISE))
    worker.see(re.compile("Also known as"))
    worker.picture("joined-chronology")
    midwife = people("midwife", size=PHONE)
    midwife.open(f"/children/{second}/")
    midwife.see(re.compile("Sobczak|Wrona"))
    midwife.picture("joined-phone")
    _parts(manager, town)
    worker.open(f"/children/{town['lena']}/chronology")
    apart = worker.page.inner_text("main")
    assert BRUISE not in apart and "Wrona" not in apart
    midwife.open(f"/children/{second}/chronology")
    midwife.see(re.compile(BRUISE))
    assert FAMILY_NAME not in midwife.page.inner_text("main")


def _joins(manager: Person, town: Town) -> None:
    manager.open(f"/children/{town['lena']}/family")
    manager.follow(f"Lena {FAMILY_NAME}")
    manager.see(f"Who Lena {FAMILY_NAME} is")
    manager.picture("who")
    manager.follow(re.compile("Compare with Lena Wrona"))
    manager.see("Are these one person?")
    manager.page.get_by_label("What makes you sure that they are one person?").fill(SURE)
    manager.page.get_by_label("Type their date of birth from the second record").fill("1 1 2001")
    manager.press("Join them: they are one person")
    manager.see("this does not agree with it")
    manager.picture("who-join")
    cell = manager.page.get_by_role("row", name=re.compile("^Born")).get_by_role("cell").last.inner_text()
    year, month, day = re.findall(r"\d+", cell)[:3]
    manager.page.get_by_label("Type their date of birth from the second record").fill(f"{day} {month} {year}")
    manager.press("Join them: they are one person")
    manager.see("These two are one person on the record now.")
    manager.see(re.compile(f"by .*{re.escape(SURE)}"))


def _parts(manager: Person, town: Town) -> None:
    manager.open(f"/people/{town['lena']}/who")
    manager.page.get_by_role("checkbox", name=re.compile("Wrona")).check()
    manager.page.get_by_label("What makes you sure that they are not one person?").fill("The ward found another Lena.")
    manager.picture("who-apart")
    manager.press("These are somebody else")
    manager.see("These are two people on the record now.")
    manager.see(re.compile("Compare with Lena Wrona"))
