"""The chronology: its filters, its four clocks, who knew what when, corrections, and the files taken out of it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from docx import Document

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import Family, build_family, text_of, write
from tests.web.test_child_page import audited
from tests.worlds import NOW, authority, person, practitioner
from wholepicture.access.operations import involve
from wholepicture.foundation.when import When
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole


@pytest.fixture
def family(store: Store) -> Iterator[Family]:
    """The family of `tests.web.pages`."""
    yield build_family()


def chronology(family: Family, query: str = "") -> str:
    """The chronology's text as Ann sees it."""
    return text_of(browser(family.world.ann), f"/children/{family.world.child}/chronology{query}")


@pytest.mark.requirement("R3")
def test_all_agencies_stand_in_one_order_of_happening(family: Family) -> None:
    said = chronology(family)
    marks = ["=cmd tired", "Shouting heard", "A note.", "Mother pushed", "Seen at home", "Spoke at the sand tray"]
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)


@pytest.mark.requirement("R1", "R7")
def test_each_clock_is_shown_with_its_lag_in_words(family: Family) -> None:
    said = chronology(family)
    assert "Written down 1 February 2026, at least 1 day later" in said
    assert "received by Social care 25 February 2026, 15 days after it was written down" in said
    assert "not shared with any agency" in said


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?agency=police", "Mother pushed", "Seen at home"),
        ("?group=seen", "Spoke at the sand tray", "Mother pushed"),
        ("?from=2026-02-15", "Seen at home", "Shouting heard"),
        ("?to=2026-01-20", "Shouting heard", "Mother pushed"),
        ("?q=KITCHEN+pushed", "Mother pushed", "Shouting heard"),
        ("?only=key", "Mother pushed", "A note."),
    ],
)
def test_a_filter_shows_what_was_chosen_and_nothing_else(family: Family, query: str, shown: str, hidden: str) -> None:
    said = chronology(family, query)
    assert shown in said
    assert hidden not in said


def test_a_date_known_to_the_month_is_found_by_any_day_that_it_may_be(family: Family) -> None:
    assert "=cmd tired" in chronology(family, "?from=2026-01-20&to=2026-01-25")


def test_a_filter_by_person_leaves_out_entries_without_them(family: Family) -> None:
    said = chronology(family, f"?person={family.world.mother}")
    assert "Mother pushed" in said
    assert "Seen at home" not in said


def test_who_knew_what_when_marks_what_an_agency_did_not_hold(family: Family) -> None:
    said = chronology(family, "?known_to=social_care&known_at=2026-02-15")
    assert "On 15 February 2026 Social care held 1 of these 6 entries" in said
    later = chronology(family, "?known_to=social_care&known_at=2026-02-25")
    assert "On 25 February 2026 Social care held 3 of these 6 entries" in later
    page = browser(family.world.ann).get(
        f"/children/{family.world.child}/chronology?known_to=social_care&known_at=2026-02-15"
    )
    row = page.content.decode().partition(f'id="entry-{family.entries["second"]}"')[2].partition("</li>")[0]
    assert "Not known to them then" in row


def test_a_correction_and_what_it_corrects_are_both_readable(family: Family) -> None:
    write(
        family.world, "visit", "2026-02-20", recorded="2026-02-26", summary="Seen at the door only.",
        details={"place": "home", "child_seen": False}, supersedes=family.entries["visit"],
    )  # fmt: skip
    said = chronology(family)
    assert "Corrected 26 February 2026" in said
    assert "Corrects an entry written 20 February 2026" in said
    assert "Seen at home with her mother." in said
    top = text_of(browser(family.world.ann), f"/children/{family.world.child}/?on=2026-02-27")
    assert "Seen 2 times" not in top  # the corrected visit is readable, and counts for nothing
    assert "social worker, Social care, at home" not in top


@pytest.mark.requirement("R9")
def test_one_entry_shows_on_each_child_whom_it_touches(family: Family) -> None:
    world = family.world
    brother, identity = person("Jan", "Nowak", "child", "2019-03-01")
    involve(authority=authority(), team=world.ann.actor.team, people=[brother], ground="allocated", since=NOW)
    add_entry(
        authority=authority(),
        entry=NewEntry(
            "note", When.parse("2026-02-27"), When.parse("2026-02-27"), "police", "police officer",
            ((world.child_identity, AboutRole.SUBJECT), (identity, AboutRole.AFFECTED)), "Both walked home alone.",
        ),
    )  # fmt: skip
    for child in (world.child, brother):
        assert "Both walked home alone." in text_of(browser(world.ann), f"/children/{child}/chronology")


def test_word_file_holds_what_the_page_showed_and_leaves_a_mark(store: Store, family: Family) -> None:
    child = family.world.child
    response = browser(family.world.ann).get(f"/children/{child}/chronology.docx?agency=police")
    assert response.status_code == 200
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert any("Mother pushed in the kitchen." in cell for cell in cells)
    assert not any("Seen at home" in cell for cell in cells)
    assert any("Agency: Police" in p.text for p in document.paragraphs)
    assert "Nowak" not in response["Content-Disposition"]
    assert audited(store, "child.export.docx", child) == 1


def test_csv_file_is_inert_in_a_spreadsheet(store: Store, family: Family) -> None:
    child = family.world.child
    response = browser(family.world.ann).get(f"/children/{child}/chronology.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert any("'=cmd tired, and wearing the same clothes." in line for line in lines)
    assert not any(line.startswith("=") or ",=" in line or '"=' in line for line in lines)
    assert audited(store, "child.export.csv", child) == 1


@pytest.mark.parametrize("suffix", ["docx", "csv"])
def test_a_role_that_may_not_export_gets_no_file(family: Family, suffix: str) -> None:
    nurse = practitioner("nurse", "school_nurse", "school_nursing", "school_nursing:all")
    involve(authority=authority(), team=nurse.actor.team, people=[family.world.child], ground="school roll", since=NOW)
    client = browser(nurse)
    assert client.get(f"/children/{family.world.child}/chronology.{suffix}").status_code == 403
    page = client.get(f"/children/{family.world.child}/chronology").content.decode()
    assert f"chronology.{suffix}" not in page
