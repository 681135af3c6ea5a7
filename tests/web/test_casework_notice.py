"""The notice's form over the real store: what is typed is kept, each fault has its message, nothing is half-stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.town import EWA_BORN, KASIA_BORN, TODAY, CaseworkTown, build_town
from tests.conftest import Store
from tests.web.browsing import browser
from wholepicture.foundation.authority import Viewer

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def town(store: Store) -> CaseworkTown:
    """See `CaseworkTown`."""
    return build_town()


def typed(**changes: str) -> dict[str, str]:
    """A whole notice as typed."""
    given = {
        "token": TOKEN, "adults": "2", "children": "1", "reference": "MP/77", "place": "3 Weir Street",
        "day-day": str(TODAY.day), "day-month": str(TODAY.month), "day-year": str(TODAY.year),
        "circumstances": "He held her by the throat in the kitchen.", "strangulation": "yes", "weapon": "no",
        "grade": "high", "child_grade": "high", "tool": "dash",
        "adult-0-given_name": "Ewa", "adult-0-family_name": "Nowak", "adult-0-part": "victim",
        "adult-0-relation": "mother", "adult-0-born-day": str(EWA_BORN.day), "adult-0-born-month": str(EWA_BORN.month),
        "adult-0-born-year": str(EWA_BORN.year),
        "child-0-given_name": "Kasia", "child-0-family_name": "Nowak", "child-0-present": "yes", "child-0-seen": "yes",
        "child-0-where": "on the stairs", "child-0-awake": "yes", "child-0-spoken_to": "no",
        "child-0-born-day": str(KASIA_BORN.day), "child-0-born-month": str(KASIA_BORN.month),
        "child-0-born-year": str(KASIA_BORN.year),
    }  # fmt: skip
    return {**given, **{name.replace("__", "-"): value for name, value in changes.items()}}


def post(viewer: Viewer, data: Mapping[str, str]) -> tuple[int, str]:
    """The answer to sending the form."""
    answer = browser(viewer).post("/notices/new", data)
    return answer.status_code, answer.content.decode()


def test_a_whole_notice_is_sent_and_its_receipt_shown(town: CaseworkTown) -> None:
    client = browser(town.police)
    answer = client.post("/notices/new", typed())
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "MP/77" in page
    assert "Received" in page
    assert "Kasia Nowak" in page
    assert "MP/77" in client.get("/notices").content.decode()


def test_pressed_twice_it_is_sent_once(town: CaseworkTown) -> None:
    client = browser(town.police)
    first, second = (client.post("/notices/new", typed()) for _ in range(2))
    assert first["Location"] == second["Location"]


def test_another_form_with_the_same_reference_is_asked_about(town: CaseworkTown) -> None:
    post(town.police, typed())
    status, page = post(town.police, typed(token="f" * 32))
    assert status == 200
    assert "A notice with this reference was sent on" in page


_TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.requirement("R35")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reference": ""}, "Enter the police reference"),
        ({"day__day": "", "day__month": "", "day__year": ""}, "Enter the day on which it happened"),
        ({"day__day": "31", "day__month": "2"}, "Enter a real date"),
        ({"day__day": "x"}, "Enter a real date"),
        ({"day__year": "26"}, "Enter a real date"),
        ({"day__month": ""}, "Enter at least the year"),
        ({"day__day": str(_TOMORROW.day), "day__month": str(_TOMORROW.month), "day__year": str(_TOMORROW.year)},
         "The incident must be in the past"),
        ({"time": "25:00"}, "Enter a time of day"),
        ({"time": "00:10", "end_time": "00:05"}, "It cannot end before it began"),
        ({"circumstances": "Children safe and well."}, "says nothing that a reader can use"),
        ({"circumstances": "Children fine."}, "Answer the questions about your wording"),
        ({"grade": "enormous"}, "Choose one of the list"),
        ({"adult-0-part": "friend"}, "Choose one of the list"),
        ({"adult-0-relation": "dog"}, "Choose one of the list"),
        ({"child-0-born-year": "2190"}, "A child born in the future"),
        ({"child-0-seen": ""}, "Say whether the child was seen"),
        ({"child-0-seen": "no"}, "Say why the child was not seen"),
        ({"child-0-where": ""}, "Say where the child was when seen"),
        ({"child-0-present": "perhaps"}, "not one of the available choices"),
        ({"reply_by-day": "1", "reply_by-month": "1", "reply_by-year": "2020"}, "must be today or later"),
        ({"place": "x" * 201}, "at most 200 characters"),
        ({"reference": "a\x00b"}, "Null characters"),
    ],
)  # fmt: skip
def test_a_fault_has_its_message_and_nothing_typed_is_lost(
    town: CaseworkTown, changes: dict[str, str], message: str
) -> None:
    status, page = post(town.police, typed(**changes))
    assert status == 200
    assert message in page
    assert "There is a problem" in page
    assert TOKEN in page
    assert 'value="Kasia"' in page
    assert browser(town.police).get("/notices").content.decode().count("MP/77") == 0


def test_a_notice_naming_nobody_is_told_so(town: CaseworkTown) -> None:
    blank = {k: v for k, v in typed().items() if not k.startswith(("adult-", "child-"))}
    status, page = post(town.police, blank)
    assert status == 200
    assert "Name at least one adult who was involved" in page
    assert 'href="#adult-0-given_name"' in page


def test_no_child_is_allowed_once_confirmed(town: CaseworkTown) -> None:
    childless = {k: v for k, v in typed().items() if not k.startswith("child-")}
    assert "No child is named" in post(town.police, childless)[1]
    assert post(town.police, {**childless, "no_children": "on"})[0] == 302


def test_adding_a_row_keeps_what_was_typed_and_finds_no_fault(town: CaseworkTown) -> None:
    status, page = post(town.police, {**typed(reference=""), "add": "child"})
    assert status == 200
    assert "There is a problem" not in page
    assert 'name="child-1-given_name"' in page
    assert 'value="Kasia"' in page
    assert "on the stairs" in page


@pytest.mark.parametrize("rows", ["-1", "9999999", "x", "", "²"])
def test_a_forged_number_of_rows_is_kept_in_bounds(town: CaseworkTown, rows: str) -> None:
    status, page = post(town.police, {**typed(reference=""), "children": rows, "adults": rows})
    assert status == 200
    assert page.count("data-child>") <= 20


def test_a_role_that_sends_no_notices_is_refused(town: CaseworkTown) -> None:
    assert post(town.dsl, typed())[0] == 403
    assert browser(town.dsl).get("/notices/new").status_code == 403


def test_a_team_with_no_claim_finds_no_notice(town: CaseworkTown) -> None:
    location = browser(town.police).post("/notices/new", typed())["Location"]
    assert browser(town.other_dsl).get(location).status_code == 404
    assert Client(SERVER_NAME="127.0.0.1").get(location).status_code == 302
