"""Each fault in people, identities, relationships and expectations is named with its line, column and remedy."""

from __future__ import annotations

import pytest

from tests.exchange.files import spoilt
from wholepicture.exchange.bundles.expect_rows import CONCERNS
from wholepicture.people.types import Relation
from wholepicture.record.kinds import AGENCY_CODES
from wholepicture.record.kinds_fields import either

AGENCIES = either(tuple(AGENCY_CODES))
RELATIONS = either(tuple(Relation))
DATES = "expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm"
SEXES = "female, male, indeterminate or unknown"

PEOPLE = [
    ("mother,adult,", ",adult,", "4: person: is blank; expected a key unique in the file"),
    ("baby,unborn", "ba:by,unborn", "3: person: “ba:by” has :; expected a key without ; : or hidden characters"),
    (
        "baby,unborn",
        "ba\u200bby,unborn",
        "3: person: “ba\u200bby” has a hidden character; expected a key without ; : or hidden characters",
    ),
    ("mother,adult,female", "mother,,female", "4: type: is blank; expected child, adult or unborn"),
    ("mother,adult,female", "mother,parent,female", "4: type: “parent” is unknown; expected child, adult or unborn"),
    ("child,male", "child,m", f"2: sex: “m” is unknown; expected {SEXES}, or blank"),
    ("2020-05-04", "2020-02-30", f"2: born: “2020-02-30” is not a date; {DATES}"),
    ("2020-05-04", "04/05/2020", f"2: born: “04/05/2020” is not a date; {DATES}"),
    ("2020-05-04", "1020-05-04", "2: born: “1020-05-04” is no year of this record; expected 1800 to 2199"),
    (
        "2020-05-04",
        "2026-03-03",
        "2: born: “2026-03-03” lies in the future; expected a day not after today, or type unborn with the expected "
        "date of delivery",
    ),
    (
        "943 476 5870",
        "9434765871",
        "2: nhs_number: “9434765871” fails the NHS number check digit; expected the number as the NHS issued it, or "
        "blank here and the number as one agency had it in identities.csv",
    ),
    (
        "943 476 5870",
        "94347658",
        "2: nhs_number: “94347658” is no NHS number; expected ten digits, or blank here and the number as one agency "
        "had it in identities.csv",
    ),
    (
        "R201100018042",
        "W201100018042",
        "2: upn: “W201100018042” fails the UPN check letter; expected the number as the school or authority issued "
        "it, or blank here and the number as one agency had it in identities.csv",
    ),
    (
        ",pl,needed",
        ",Polish,needed",
        "2: language: “Polish” is no language tag; expected a BCP 47 tag such as pl or pt-BR, or blank",
    ),
    (",pl,needed", ",pl,yes", "2: interpreter: “yes” is unknown; expected needed or not_needed, or blank"),
    (
        "38.5",
        "thirty",
        "2: gestation_weeks: “thirty” is no such number; expected a number above 0, at most 50, or blank",
    ),
    ("38.5", "385", "2: gestation_weeks: “385” is no such number; expected a number above 0, at most 50, or blank"),
    ("38.5", "nan", "2: gestation_weeks: “nan” is no such number; expected a number above 0, at most 50, or blank"),
]


@pytest.mark.parametrize(("old", "new", "expected"), PEOPLE)
def test_people(old: str, new: str, expected: str) -> None:
    assert f"people.csv:{expected}" in spoilt("people.csv", old, new)


# A key that changes also breaks the rows that name it, and so does a birth after them.
ONCE = [row for row in PEOPLE if "person" not in row[2] and "future" not in row[2]]


@pytest.mark.parametrize(("old", "new", "expected"), ONCE)
def test_people_faults_are_reported_once(old: str, new: str, expected: str) -> None:
    assert spoilt("people.csv", old, new) == [f"people.csv:{expected}"]


def test_a_person_who_died_before_birth() -> None:
    expected = "people.csv:4: died: “1994-12” lies before born “1995”; expected the same day or later"
    assert spoilt("people.csv", "female,1995,,", "female,1995,1994-12,") == [expected]


def test_a_death_in_the_future() -> None:
    expected = "people.csv:4: died: “2026-04” lies in the future; expected a day not after today"
    assert spoilt("people.csv", "female,1995,,", "female,1995,2026-04,") == [expected]


def test_one_key_twice() -> None:
    expected = "people.csv:4: person: “child_A” stands in line 2 already; expected each person once"
    assert expected in spoilt("people.csv", "mother,adult", "child_A,adult")


def test_a_birth_is_not_judged_without_a_clock() -> None:
    assert spoilt("people.csv", "male,2020-05-04", "male,2199-01-01", today=None) == [
        "relationships.csv:2: from: “2019-11” is more than 300 days before child_A was born (“2199-01-01”); expected "
        "a later date, or not this child",
        "chronology.csv:2: about: “2024-10-01” is more than 300 days before child_A was born (“2199-01-01”); expected "
        "a later date, or not this child",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "child_A,school",
            "child_B,school",
            "2: person: “child_B” is unknown; expected the key of a person in people.csv",
        ),
        ("child_A,school", ",school", "2: person: is blank; expected the key of a person in people.csv"),
        ("school/st-marys", "", "2: agency: is blank; expected an agency code such as school or school/st-marys"),
        (
            "school/st-marys",
            "college",
            f"2: agency: unknown agency “college”; expected {AGENCIES}, with or without /name",
        ),
        (
            "school/st-marys",
            "school/",
            "2: agency: agency “school/” has a blank in or for its name; expected school/name",
        ),
        (
            "school/st-marys",
            "school/a/b",
            "2: agency: agency name “a/b” has a ; @ / or hidden character; expected plain letters, digits and hyphens",
        ),
        ("2020-05-05", "May", f"2: born: “May” is not a date; {DATES}"),
        (",male,", ",boy,", f"2: sex: “boy” is unknown; expected {SEXES}, or blank"),
        ("2025-07", "2024-08", "2: to: “2024-08” lies before from “2024-09”; expected the same day or later"),
    ],
)
def test_identities(old: str, new: str, expected: str) -> None:
    assert spoilt("identities.csv", old, new) == [f"identities.csv:{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "mother,mother,baby",
            "nobody,mother,baby",
            "3: person: “nobody” is unknown; expected the key of a person in people.csv",
        ),
        ("mother,mother,baby", "mother,mother,", "3: other: is blank; expected the key of a person in people.csv"),
        ("mother,mother,baby", "mother,mum,baby", f"3: relation: “mum” is unknown; expected {RELATIONS}"),
        ("mother,mother,baby", "mother,mother,mother", "3: other: “mother” stands on both sides; expected two people"),
        (",yes,", ",maybe,", "2: lives_with: “maybe” is unknown; expected yes or no, or blank"),
        ("2020-01,", "Jan,", f"2: known_from: “Jan” is not a date; {DATES}"),
        (
            "2019-11,,",
            "2019-11,2019-10,",
            "2: to: “2019-10” lies before from “2019-11”; expected the same day or later",
        ),
        (
            "2019-11,,",
            "2019-06,,",
            "2: from: “2019-06” is more than 300 days before child_A was born (“2020-05-04”); expected a later date, "
            "or not this child",
        ),
    ],
)
def test_relationships(old: str, new: str, expected: str) -> None:
    assert spoilt("relationships.csv", old, new) == [f"relationships.csv:{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x1,", ",", "2: expect_id: is blank; expected a key unique in the file"),
        ("2024-12-01", "", "2: by: is blank; expected the last day on which the signal may first stand"),
        ("2024-12-01", "soon", f"2: by: “soon” is not a date; {DATES}"),
        ("child_A", "child_B", "2: person: “child_B” is unknown; expected the key of a person in people.csv"),
        ("injury_site", "injuries", f"2: concern: “injuries” is unknown; expected {either(tuple(CONCERNS))}"),
        ("injury_site,,", "injury_site,never,", "2: must_not: “never” is unknown; expected yes or no, or blank"),
        (
            "2024-10-01",
            "2024-12-02",
            "2: by: “2024-12-01” lies before from “2024-12-02”; expected the same day or later",
        ),
        ("e1;e2", "e1;e9", "2: entries: unknown entry “e9”; expected ids of chronology.csv joined by ;"),
    ],
)
def test_expectations(old: str, new: str, expected: str) -> None:
    assert spoilt("expect.csv", old, new) == [f"expect.csv:{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title,", "titel,", "2: key: “titel” is unknown; expected title, source_system, area, licence or note"),
        ("A family", "A family,of four", "2: row: 3 cells where the header has 2; expected one cell for each column"),
        ("title,A family", "area,A family", "4: key: “area” stands in line 2 already; expected each key once"),
    ],
)
def test_what_the_bundle_says_of_itself(old: str, new: str, expected: str) -> None:
    assert spoilt("bundle.csv", old, new) == [f"bundle.csv:{expected}"]
