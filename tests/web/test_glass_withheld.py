"""What a reader may not read: said to be held, by whom and of which day, and never a word of it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

import pytest

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import plain, text_of, write
from tests.worlds import NOW, World, authority, build_world, practitioner
from wholepicture.access.operations import acting, involve
from wholepicture.agencies.operations import add_agency, add_team
from wholepicture.foundation.authority import Viewer
from wholepicture.record.types import AboutRole
from wholepicture.signals.operations import refresh
from wholepicture.signals.registry import SPECS

SENTINEL = "Qzxv7 kept from the reader"
INSIDE = {"grade": "standard", "alcohol": True}
TABS = ("", "chronology", "family", "growth", "work", "ledger")


@dataclass(frozen=True)
class Kept:
    """The school's lead, the named nurse and a housing officer, about a child of whom others hold things."""

    world: World
    dsl: Viewer
    nurse: Viewer
    housing: Viewer


@pytest.fixture
def kept(store: Store) -> Kept:
    world = build_world()
    nurse = practitioner("nora", "named_nurse", "health_visiting", "health_visiting:all")
    housing = practitioner("hal", "practitioner", "housing", "housing:all")
    add_agency(authority=authority(), code="police", name="Police")
    add_team(
        authority=authority(), code="police:protection", name="Child protection", agency="police", phone="020 7946 0100"
    )
    for team in (world.bob.actor.team, nurse.actor.team, housing.actor.team, "police:protection"):
        people = [world.child, world.mother]
        involve(authority=authority(), team=team, people=people, ground="roll", since=NOW)
    write(world, "attendance", "2025-11-03", agency="school/oak", role="teacher", summary="In school, early.")
    write(world, "health_review", "2026-01-03", agency="health_visiting", role="health visitor", summary=SENTINEL)
    write(world, "police_investigation", "2026-01-04", agency="police", role="officer", summary=SENTINEL)
    write(
        world, "parental_health", "2026-01-05", agency="mental_health", role="nurse", summary=SENTINEL,
        mother=AboutRole.AFFECTED,
    )  # fmt: skip
    with acting(authority()):
        refresh(authority=authority(), people=[world.child], today=NOW.date())
    return Kept(world, world.bob, nurse, housing)


@pytest.mark.requirement("R13")
def test_a_school_is_told_what_is_held_and_whom_to_ask_and_no_word_of_it(kept: Kept) -> None:
    client = browser(kept.dsl)
    for tab in TABS:
        response = client.get(f"/children/{kept.world.child}/{tab}?whole=family")
        assert response.status_code == 200
        page = response.content.decode()
        assert "Qzxv7" not in page
        assert "3 entries are held that you may not read" in page
    said = text_of(client, f"/children/{kept.world.child}/chronology")
    assert "Health visiting: health review, 3 January 2026. You may not read it; ask" in said
    assert "Police holds something on 4 January 2026; ask Child protection, 020 7946 0100." in said
    assert "investigation" not in said
    # An entry about the child and the mother is one line.
    assert len(re.findall(r"holds something on 5 January 2026; ask", said.partition("Chronology")[2])) == 1


def test_what_is_held_stands_at_its_day_among_the_entries(kept: Kept) -> None:
    page = browser(kept.dsl).get(f"/children/{kept.world.child}/chronology").content.decode()
    rows = [plain(row) for row in re.split('<li class="wp-(?:entry|kept)', page)[1:]]
    where = {
        words: next(n for n, row in enumerate(rows) if words in row)
        for words in ("In school, early", "health review", "Police holds", "Mental health holds", "A note.")
    }
    assert list(where.values()) == sorted(where.values())


def test_what_is_held_is_in_no_choice_by_words_but_in_that_of_its_agency(kept: Kept) -> None:
    address = f"/children/{kept.world.child}/chronology"
    client = browser(kept.dsl)
    for query, expected in (("?q=Qzxv7", 0), ("?agency=police", 1), ("?from=2026-01-05", 1), ("?to=2026-01-03", 1)):
        page = client.get(address + query).content.decode()
        assert page.count('class="wp-kept"') == expected, query
        assert "3 entries are held that you may not read" in page
    past = client.get(address + "?on=2026-01-04").content.decode()
    assert "2 entries are held that you may not read" in past


def test_of_what_is_held_nobody_is_told_that_nothing_is(kept: Kept) -> None:
    said = text_of(browser(kept.dsl), f"/children/{kept.world.child}/")
    nothing = re.search(r"nothing from ([^;]*);", said)
    assert nothing is None or "Police" not in nothing.group(1)
    assert "Never recorded" not in said and "Not in what you may read" in said


@pytest.mark.requirement("R13")
def test_whoever_helps_at_home_learns_only_that_something_is_held(kept: Kept) -> None:
    said = text_of(browser(kept.housing), f"/children/{kept.world.child}/chronology")
    assert "Health visiting holds something on 3 January 2026" in said
    assert "health review" not in said and "A note." not in said and "Qzxv7" not in said


def test_whoever_decides_reads_all_and_is_told_of_nothing_held_back(kept: Kept) -> None:
    page = browser(kept.world.ann).get(f"/children/{kept.world.child}/chronology").content.decode()
    assert page.count(SENTINEL) == 3 and "may not read" not in page


def test_a_file_says_how_many_it_leaves_out_and_no_word_of_them(kept: Kept) -> None:
    client = browser(kept.nurse)
    sheet = client.get(f"/children/{kept.world.child}/chronology.csv").content.decode("utf-8-sig")
    left_out = "1 entry is held that the reader may not read, and left out: ask Child protection, 020 7946 0100."
    assert left_out in sheet
    # The named nurse reads health's own entries and the mother's; the investigation is the police's to tell.
    assert sheet.count(SENTINEL) == 2
    word = zipfile.ZipFile(io.BytesIO(client.get(f"/children/{kept.world.child}/chronology.docx").content))
    inside = "".join(word.read(name).decode("utf-8", "replace") for name in word.namelist())
    assert "left out" in inside and inside.count("Qzxv7") == 2


def _asked_about_violence(kept: Kept) -> None:
    for day in ("2026-01-10", "2026-02-10", "2026-02-20"):
        write(
            kept.world, "domestic_abuse_incident", day, agency="police", role="officer", summary=SENTINEL,
            details=INSIDE, mother=AboutRole.VICTIM,
        )  # fmt: skip
    with acting(authority()):
        refresh(authority=authority(), people=[kept.world.child], today=NOW.date())


@pytest.mark.requirement("R13")
def test_a_question_on_what_is_not_shown_is_not_read_but_is_known_to_wait_and_whom_to_ask(kept: Kept) -> None:
    _asked_about_violence(kept)
    page = text_of(browser(kept.housing), f"/children/{kept.world.child}/")
    assert "Qzxv7" not in page
    assert [spec.id for spec in SPECS.values() if spec.title in page or spec.question in page] == []
    assert re.search(
        r"[0-9]+ questions? waits? that you may not read\. (It rests|They rest) on entries that are not shown to you\. "
        r"Ask Social care", page,
    ), page  # fmt: skip


def test_whom_a_question_asks_reads_it_though_not_all_its_evidence(kept: Kept) -> None:
    write(kept.world, "injury", "2026-02-03", agency="police", role="officer", summary=SENTINEL)
    write(kept.world, "injury", "2026-02-23", agency="school/oak", role="teacher", summary="A bruise.")
    with acting(authority()):
        refresh(authority=authority(), people=[kept.world.child], today=NOW.date())
    page = browser(kept.dsl).get(f"/children/{kept.world.child}/").content.decode()
    assert "Qzxv7" not in page
    assert re.search(r"It rests on an entry that is held and not shown to you\. Ask", page)
