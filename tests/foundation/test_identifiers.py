"""NHS numbers and UPNs: published examples, and every single slip of a digit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem, upn_problem

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "sets" / "identifiers"


@pytest.mark.parametrize("text", ["943 476 5870", "943-476-5870", "9434765870", "9000000009", "1835442528"])
def test_numbers_that_the_nhs_could_have_issued(text: str) -> None:
    assert nhs_number_problem(text) is None
    assert nhs_number(text) == text.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    "text", ["9434765871", "9000000015", "9912003899", "9912003890", "1234567890", "5629874536", "6101231234"]
)
def test_numbers_that_fail_their_check_digit(text: str) -> None:
    expected = f"“{text}” fails the NHS number check digit; expected the number as the NHS issued it"
    assert nhs_number_problem(text) == expected


@pytest.mark.parametrize(
    "text", ["", "943476587", "94347658700", "943 4765870", "٩٤٣٤٧٦٥٨٧٠", "943476587X", "9434765870\n"]
)
def test_text_that_is_no_nhs_number(text: str) -> None:
    assert nhs_number_problem(text) == f"“{text}” is no NHS number; expected ten digits"
    assert nhs_number(text) == text


def _check_digit(nine: int) -> int | None:
    total = sum(int(c) * (10 - place) for place, c in enumerate(f"{nine:09d}"))
    check = 11 - total % 11
    return None if check == 10 else check % 11


@given(st.integers(0, 999_999_999))
def test_just_one_check_digit_at_most_is_accepted(nine: int) -> None:
    accepted = [digit for digit in range(10) if nhs_number_problem(f"{nine:09d}{digit}") is None]
    expected = _check_digit(nine)
    assert accepted == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    "text", ["B801200005001", "A950000178301", "H243278544154", "X845212818005", "R201100018042", "T20110001804V"]
)
def test_upns_that_an_authority_could_have_issued(text: str) -> None:
    assert upn_problem(text) is None


@pytest.mark.parametrize("text", ["A801200005001", "R247962919251", "X428558133462"])
def test_upns_that_fail_their_check_letter(text: str) -> None:
    expected = f"“{text}” fails the UPN check letter; expected the number as the school or authority issued it"
    assert upn_problem(text) == expected


@pytest.mark.parametrize(
    "text", ["", "X80120000A001", "N20110001804S", "G80120000101I", "G80120000101O", "b801200005001", "B80120000500١"]
)
def test_text_that_is_no_upn(text: str) -> None:
    expected = f"“{text}” is no UPN; expected a letter and twelve digits, or eleven digits and a letter"
    assert upn_problem(text) == expected


def test_a_upn_of_no_authority() -> None:
    expected = "“E000200005001” has no local authority’s number after its letter; expected 201 or more there"
    assert upn_problem("E000200005001") == expected


@pytest.mark.shared
def test_the_published_vectors() -> None:
    with (VECTORS / "nhs_number_vectors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert (nhs_number_problem(row["nhs_number"]) is None) == row["expected"].startswith("valid"), row
    with (VECTORS / "upn_vectors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            computed = row["computed_check_letter"] == row["upn"][0]
            sound = computed and "invalid" not in row["expected_per_source"]
            assert (upn_problem(row["upn"]) is None) == sound, row
