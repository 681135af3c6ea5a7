"""Each fault in chronology.csv is named with its line, column and remedy."""

from __future__ import annotations

import pytest

from tests.exchange.files import entry_with, spoilt
from wholepicture.record.kinds import AGENCY_CODES, KINDS
from wholepicture.record.kinds_fields import either
from wholepicture.record.types import AboutRole

AGENCIES = either(tuple(AGENCY_CODES))
ROLES = either(tuple(AboutRole))
DATES = "expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm"
PAIR = "expected person:role pairs joined by ; such as mother:victim;child_A:affected"
SHARED = "expected agency@date pairs joined by ; such as gp@2011-03-01;school@ (school@ where no date is known)"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "2024-10-01,day",
            ",day",
            "2: occurred: is blank; expected the date on which it happened, as finely as it is known",
        ),
        ("2024-10-01,day", "1 October,day", f"2: occurred: “1 October” is not a date; {DATES}"),
        ("2024-10-01,day", "2024-10-01T25:00,day", f"2: occurred: “2024-10-01T25:00” is not a date; {DATES}"),
        (
            "2024-10-01,day",
            "2024-10-01,exact",
            "2: precision: “exact” is unknown; expected minute, day, month, year or about, or blank",
        ),
        (
            "2024-10-01,day",
            "2024-10-01,minute",
            "2: precision: precision minute claims more than “2024-10-01” states; expected day, a coarser one, or "
            "about",
        ),
        ("day,,", "day,later,", f"2: recorded: “later” is not a date; {DATES}"),
        (
            "day,,",
            "day,2024-09-30,",
            "2: recorded: “2024-09-30” lies before occurred “2024-10-01”; expected the same day or later",
        ),
        (
            "day,,",
            "day,2026-03-03,",
            "2: recorded: “2026-03-03” lies in the future; expected a day not after today",
        ),
        (
            "school/st-marys",
            "academy/st-marys",
            f"2: agency: unknown agency “academy/st-marys”; expected {AGENCIES}, with or without /name",
        ),
        ("injury,child", "bruising,child", f"2: kind: “bruising” is unknown; expected {either(tuple(KINDS))}"),
        ("injury,child", ",child", f"2: kind: is blank; expected {either(tuple(KINDS))}"),
        ("child_A:subject;mother:mentioned", "", f"2: about: is blank; expected at least one person; {PAIR}"),
        ("mother:mentioned", "mother", f"2: about: “mother” is no person:role pair; {PAIR}"),
        ("mother:mentioned", ":mentioned", f"2: about: “:mentioned” is no person:role pair; {PAIR}"),
        ("mother:mentioned", "", f"2: about: “” is no person:role pair; {PAIR}"),
        (
            "mother:mentioned",
            "father:mentioned",
            "2: about: unknown person “father”; expected the key of a person in people.csv",
        ),
        ("mother:mentioned", "mother:suspect", f"2: about: unknown role “suspect”; expected {ROLES}"),
        (
            "mother:mentioned",
            "child_A:subject",
            "2: about: “child_A:subject” stands twice; expected each pair once",
        ),
        (
            "about,2024-10-20T09:30,police,constable,police_contact,mother:subject",
            "about,,police,constable,police_contact,baby:subject",
            "3: about: “2024-10” is more than 300 days before baby was born (“2026-06”); expected a later date, or "
            "not this child",
        ),
        ("gp@2024-10-02", "gp", f"2: shared: “gp” is no agency@date pair; {SHARED}"),
        ("gp@2024-10-02", "@2024-10-02", f"2: shared: “@2024-10-02” is no agency@date pair; {SHARED}"),
        (
            "gp@2024-10-02",
            "dentist@",
            f"2: shared: unknown agency “dentist”; expected {AGENCIES}, with or without /name",
        ),
        (
            "gp@2024-10-02",
            "gp@soon",
            f"2: shared: gp: “soon” is not a date; {DATES}, or nothing after @ where no date is known",
        ),
        (
            "gp@2024-10-02",
            "gp@2023-10-02",
            "2: shared: gp received it on “2023-10-02”, before occurred “2024-10-01”; expected the same day or later",
        ),
    ],
)
def test_rows(old: str, new: str, expected: str) -> None:
    assert spoilt("chronology.csv", old, new) == [f"chronology.csv:{expected}"]


def test_an_entry_that_happens_after_today() -> None:
    expected = "chronology.csv:2: occurred: “2026-03-03” lies in the future; expected a day not after today"
    found = spoilt("chronology.csv", "2024-10-01,day,,", "2026-03-03,day,,")
    assert expected in found


def test_an_entry_without_an_id() -> None:
    expected = "chronology.csv:3: entry_id: is blank; expected a key unique in the file"
    assert expected in spoilt("chronology.csv", "e2,2024", ",2024")


def test_one_id_twice() -> None:
    expected = "chronology.csv:3: entry_id: “e1” stands in line 2 already; expected each entry_id once"
    assert expected in spoilt("chronology.csv", "e2,2024", "e1,2024")


@pytest.mark.parametrize(
    ("kind", "details", "expected"),
    [
        (
            "injury",
            '{"type": "bruise"',
            "broken JSON at character 18 (Expecting ',' delimiter); expected an object such as "
            '{"outcome": "accepted"}',
        ),
        ("injury", '["bruise"]', 'is not a JSON object; expected one such as {"outcome": "accepted"}'),
        ("injury", '{"side": "left", "side": "right"}', "“side” stands twice; expected each field once"),
        (
            "measurement",
            '{"weight_kg": NaN}',
            "NaN is not a number; expected a number, or leave the field out where it is not known",
        ),
        ("measurement", '{"weight_kg": 1e999}', "holds a number too great to hold; expected a plain number"),
        ("measurement", '{"weight_kg": -4}', "weight_kg: -4 cannot be; expected more than 0"),
        ("measurement", '{"weight_kg": "13.8"}', 'weight_kg: "13.8" is text; expected a number without quotes'),
        (
            "measurement",
            '{"weight": 13.8}',
            "weight: measurement has no such field; expected weight_kg, height_cm, head_circumference_cm, answers or "
            "same_event_as",
        ),
        (
            "injury",
            '{"opinion": "unsure"}',
            "opinion: “unsure” is not one of its values; expected accidental, inflicted, undetermined or not_asked",
        ),
        ("note", '{"answers": ["e9"]}', "answers: unknown entry “e9”; expected the id of an entry in the record"),
        ("note", '{"same_event_as": "e2"}', 'same_event_as: "e2" is text; expected a list of entry ids'),
        (
            "household_change",
            '{"joined": ["uncle"]}',
            "joined: unknown person “uncle”; expected the key of a person in the record",
        ),
    ],
)
def test_details(kind: str, details: str, expected: str) -> None:
    assert entry_with(kind, details) == [f"chronology.csv:2: details: {expected}"]


def test_every_problem_of_a_row_is_reported_at_once() -> None:
    assert entry_with("visit", '{"place": "moon", "announced": 1}') == [
        "chronology.csv:2: details: place: “moon” is not one of its values; expected home, school, clinic or other",
        "chronology.csv:2: details: announced: 1 is a number; expected true or false without quotes",
    ]
