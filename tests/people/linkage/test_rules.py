"""The line that no wrong link may cross: twins, siblings, namesakes and numbers not theirs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.linkage.files import MAJA, NHS
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.rules import WORTH_A_LOOK, agreement, decide
from wholepicture.people.linkage.types import FIELDS, Decision, Row

SURE = 60.0


def row(**changes: str) -> Row:
    values, _ = ready(MAJA | changes)
    return tuple(values.get(name) for name in FIELDS)


def decided(query: Row, *held: Row, weight: float = SURE) -> list[str]:
    return [decision.value for decision in decide(query, [(one, weight) for one in held])]


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({}, True),
        ({"given_name": "MAJA", "nhs_number": NHS[0]}, True),
        ({"given_name": "Wójcik", "family_name": "Maja"}, True),
        ({"given_name": "Maja Ewa"}, True),
        ({"family_name": "Wójcik-Nowak"}, True),
        ({"middle_name": "E", "sex": "", "upn": ""}, True),
        ({"middle_name": "Ewa Anna"}, True),
        ({"postcode": "", "address": ""}, True),
        ({"upn": ""}, True),
        ({"postcode": "", "address": "", "upn": ""}, False),
        ({"address": "Flat 2, Weir House"}, True),
        ({"given_name": "Hanna"}, False),
        ({"given_name": "Maya"}, False),
        ({"given_name": ""}, False),
        ({"given_name": "Baby"}, False),
        ({"family_name": "Nowak"}, False),
        ({"family_name": ""}, False),
        ({"middle_name": "Hanna"}, False),
        ({"born": "2016-04-03"}, False),
        ({"born": "2016-03"}, False),
        ({"born": ""}, False),
        ({"sex": "male"}, False),
        ({"nhs_number": NHS[1]}, False),
        ({"nhs_number": ""}, False),
        ({"upn": "R201100018042"}, False),
        ({"postcode": "B1 1AA", "address": "9 Mill Lane"}, False),
    ],
    ids=str,
)
def test_linked_only_where_number_birth_date_and_names_agree_and_nothing_differs(
    changes: dict[str, str], links: bool
) -> None:
    assert decided(row(), row(**changes)) == ["link" if links else "review"]
    assert decided(row(**changes), row()) == ["link" if links else "review"]


def test_forms_of_one_name_agree() -> None:
    assert decided(row(given_name="Bob"), row(given_name="Robert")) == ["link"]


@pytest.mark.parametrize(
    ("query", "held"),
    [
        pytest.param({}, {"given_name": "Hanna", "nhs_number": ""}, id="twin"),
        pytest.param({}, {"given_name": "Hanna"}, id="twin with the number of the other"),
        pytest.param({}, {"given_name": "Hanna", "born": "2014-01-02"}, id="number written on a sibling"),
        pytest.param({}, {"given_name": "Tunde", "family_name": "Eze", "born": "1961"}, id="number given again"),
        pytest.param({}, {"nhs_number": "", "upn": "", "postcode": "", "address": ""}, id="namesake"),
        pytest.param({"middle_name": ""}, {"postcode": "B1 1AA", "address": "9 Mill Lane"}, id="borrowed identity"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("weight", [SURE, -60.0])
def test_a_person_chooses_whatever_it_weighs(query: dict[str, str], held: dict[str, str], weight: float) -> None:
    assert decided(row(**query), row(**held), weight=weight) == ["review"]


def test_a_stranger_is_shown_by_weight_alone() -> None:
    stranger = row(
        given_name="Tunde", family_name="Eze", born="1961-01-01", nhs_number="", upn="", postcode="", address=""
    )
    assert decided(row(), stranger, weight=WORTH_A_LOOK) == ["review"]
    assert decided(row(), stranger, weight=WORTH_A_LOOK - 0.1) == ["none"]


@pytest.mark.parametrize(
    "rival",
    [{}, {"nhs_number": "", "upn": ""}, {"nhs_number": NHS[1], "upn": ""}, {"given_name": "Hanna"}],
    ids=["same person twice", "namesake", "namesake with a number", "somebody else with the number"],
)
def test_nobody_is_linked_while_somebody_else_fits(rival: dict[str, str]) -> None:
    assert decided(row(), row(), row(**rival)) == ["review", "review"]


def test_a_twin_who_differs_in_name_and_number_is_no_rival() -> None:
    twin = row(given_name="Hanna", nhs_number=NHS[1], upn="")
    assert decided(row(), twin, row()) == ["review", "link"]


CELLS: dict[str, st.SearchStrategy[str]] = {
    "given_name": st.sampled_from(["", "Maja", "Hanna", "Wójcik", "Maja Ewa"]),
    "middle_name": st.sampled_from(["", "Ewa", "E", "Hanna"]),
    "family_name": st.sampled_from(["", "Wójcik", "Maja", "Nowak", "Wójcik-Nowak"]),
    "born": st.sampled_from(["", "2016", "2016-03", "2016-03-04", "2014-01-02"]),
    "sex": st.sampled_from(["", "female", "male"]),
    "postcode": st.sampled_from(["", "CV1 2AB", "B1 1AA"]),
    "address": st.sampled_from(["", "4 Weir St", "9 Mill Lane"]),
    "nhs_number": st.sampled_from(["", NHS[0], NHS[1], "9434765918"]),
    "upn": st.sampled_from(["", MAJA["upn"], "R201100018042"]),
}
PEOPLE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(dict(CELLS))


@given(PEOPLE, PEOPLE)
def test_agreement_is_the_same_both_ways_round(one: dict[str, str], other: dict[str, str]) -> None:
    assert agreement(row(**one), row(**other)) == agreement(row(**other), row(**one))


HOME = ("postcode", "address")
BLANKS = [*({column: ""} for column in CELLS if column not in HOME), dict.fromkeys(HOME, "")]


@given(PEOPLE, PEOPLE, st.sampled_from(BLANKS))
def test_what_is_not_known_never_speaks_against(
    one: dict[str, str], other: dict[str, str], blank: dict[str, str]
) -> None:
    if not agreement(row(**one), row(**other)).against:
        assert not agreement(row(**one), row(**(other | blank))).against


@given(PEOPLE, st.lists(PEOPLE, max_size=4), st.floats(-99, 99))
def test_at_most_one_is_linked_and_only_by_number_and_birth_date(
    asked: dict[str, str], held: list[dict[str, str]], weight: float
) -> None:
    query, rows = row(**asked), [row(**one) for one in held]
    decisions = decide(query, [(one, weight) for one in rows])
    linked = [one for one, decision in zip(rows, decisions, strict=True) if decision is Decision.LINK]
    assert len(linked) <= 1
    assert all(one[7] == query[7] is not None and one[3] == query[3] is not None for one in linked)
