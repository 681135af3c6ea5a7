"""Details are checked against their kind: what the format allows passes, all else is named with a remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholepicture.record.kinds import COMMON_FIELDS, KINDS
from wholepicture.record.kinds_fields import FieldSpec, FieldType
from wholepicture.record.validation import BadDetails, FieldProblem, check_details, parse_details

PEOPLE = frozenset({"child_A", "mother"})
ENTRIES = frozenset({"e1", "e2"})
FORMS = "expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm"
FLAG = "expected true or false without quotes"
WRAPPER = 'expected {"value": …, "known": "YYYY-MM-DD"} and nothing else where a field became known later'


def said(kind: str, **details: object) -> list[str]:
    return [str(problem) for problem in check_details(kind, details, PEOPLE, ENTRIES)]


SOUND: dict[FieldType, list[object]] = {
    FieldType.DATE: ["2011", "2011-03", "2011-03-27", "2011-03-27T10:00", "never"],
    FieldType.NUMBER: [1, 3.5],
    FieldType.TEXT: ["", "Zażółć", "قال"],
    FieldType.TEXT_OR_FLAG: ["team leader", True, False],
    FieldType.FLAG: [True, False],
    FieldType.AGENCY: ["gp", "school/st-marys", "school/St Mary’s"],
    FieldType.PERSON: ["mother"],
    FieldType.TEXTS: [[], ["one", "two"]],
    FieldType.AGENCIES: [[], ["gp", "police/warwickshire"]],
    FieldType.PERSONS: [[], ["mother"]],
    FieldType.ENTRIES: [[], ["e1", "e2"]],
}
LISTS = frozenset({FieldType.TEXTS, FieldType.AGENCIES, FieldType.PERSONS, FieldType.ENTRIES})
OTHERS: list[object] = [None, True, 3, 3.5, "words", ["words"], [3]]
FIELDS = [(kind.name, field) for kind in KINDS.values() for field in (*kind.fields, *COMMON_FIELDS)]


def _id(value: object) -> str:
    return value.name if isinstance(value, FieldSpec) else str(value)


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=_id)
def test_every_field_takes_what_its_type_allows(kind: str, field: FieldSpec) -> None:
    for value in field.values or SOUND[field.type]:
        assert said(kind, **{field.name: value}) == []
        assert said(kind, **{field.name: {"value": value, "known": "2011-06"}}) == []


def _python_types(field: FieldSpec) -> set[type]:
    if field.type in LISTS:
        return {list}
    if field.type is FieldType.NUMBER:
        return {int, float}
    return {type(value) for value in (field.values or SOUND[field.type])}


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=_id)
def test_every_field_refuses_other_types(kind: str, field: FieldSpec) -> None:
    refused = [value for value in OTHERS if type(value) not in _python_types(field) or value == [3]]
    assert len(refused) >= 4
    for value in refused:
        (problem,) = said(kind, **{field.name: value})
        assert problem.startswith(f"{field.name}: ")
        assert problem.endswith(f"; expected {field.expects}")


@pytest.mark.parametrize(
    ("kind", "name", "value", "message"),
    [
        ("call", "answered", "2011-02", f'"2011-02" is text; {FLAG}'),
        ("information_request", "answered", True, "true is true or false; expected a date in quotes (YYYY, YYYY-MM, "
         "YYYY-MM-DD or a datetime), or “never”"),
        ("visit", "announced", 1, f"1 is a number; {FLAG}"),
        ("visit", "announced", None, f"null is null; {FLAG}"),
        ("visit", "announced", "never", f'"never" is text; {FLAG}'),
        ("visit", "announced", ["x" * 80], f'["{"x" * 57}… is a list or object; {FLAG}'),
        ("visit", "place", "Home", "“Home” is not one of its values; expected home, school, clinic or other"),
        ("visit", "place", "", "“” is not one of its values; expected home, school, clinic or other"),
        ("measurement", "weight_kg", True, "true is true or false; expected a number without quotes"),
        ("measurement", "weight_kg", float("inf"), "Infinity is a number; expected a number without quotes"),
        ("measurement", "weight_kg", -1.5, "-1.5 cannot be; expected more than 0"),
        ("measurement", "weight_kg", 0, "0 cannot be; expected more than 0"),
        ("attendance", "percent", 101, "101 cannot be; expected 0 or more, at most 100"),
        ("attendance", "percent", -1, "-1 cannot be; expected 0 or more"),
        ("attendance", "unauthorised_sessions", -1, "-1 cannot be; expected 0 or more"),
        ("assessment", "risk_rating", 11, "11 cannot be; expected 0 or more, at most 10"),
        ("action", "done", "soon", f"“soon” is not a date; {FORMS}"),
        ("action", "owner", "council", None),
        ("meeting", "present", ["gp", "council"], None),
        ("meeting", "present", "gp", '"gp" is text; expected a list of agency codes'),
        ("meeting", "present", ["gp", 1], '["gp", 1] is a list or object; expected a list of agency codes'),
        ("adult_check", "adult", "uncle", "unknown person “uncle”; expected the key of a person in the record"),
        ("note", "answers", ["e9"], "unknown entry “e9”; expected the id of an entry in the record"),
        ("note", "words", "x", "note has no such field; expected answers or same_event_as"),
        ("visit", "place", {"value": "home"}, WRAPPER),
        ("visit", "place", {"value": "home", "known": "2011", "by": "x"}, WRAPPER),
        ("visit", "place", {"value": "home", "known": 2011}, "known: expected the date, in quotes, from which it was "
         "known"),
        ("visit", "place", {"value": "home", "known": "never"}, f"known: “never” is not a date; {FORMS}"),
        ("visit", "place", {"value": {"value": "home", "known": "2011"}, "known": "2011"}, None),
        ("visit", "place", {"value": "moon", "known": "2011"}, "“moon” is not one of its values; expected home, "
         "school, clinic or other"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_a_remedy(kind: str, name: str, value: object, message: str | None) -> None:
    problems = said(kind, **{name: value})
    assert len(problems) == 1
    assert problems[0].startswith(f"{name}: ")
    if message is not None:
        assert problems == [f"{name}: {message}"]


@pytest.mark.parametrize(("kind", "name"), [("measurement", "weight_kg"), ("birth", "birth_weight_kg")])
def test_grams_for_kilograms_are_what_the_agency_wrote(kind: str, name: str) -> None:
    assert said(kind, **{name: 3200}) == []


def test_an_unknown_kind() -> None:
    (problem,) = check_details("visti", {}, PEOPLE, ENTRIES)
    assert problem.field == ""
    assert str(problem).startswith("unknown kind “visti”; expected domestic_abuse_incident, police_contact, ")
    assert problem == FieldProblem("", problem.message)


def test_an_attendance_may_not_end_before_it_begins() -> None:
    message = "to: “2011-09” lies before from “2011-10”; expected the same day or later"
    assert said("attendance", **{"from": "2011-10", "to": "2011-09"}) == [message]
    later = {"value": "2011-09", "known": "2012"}
    assert said("attendance", **{"from": {"value": "2011-10", "known": "2012"}, "to": later}) == [message]
    assert said("attendance", **{"from": "2011-10", "to": "2011"}) == []
    assert said("attendance", **{"from": "never", "to": "2011"}) == []
    assert said("attendance", **{"to": "2011"}) == []


@pytest.mark.parametrize("text", ["", "  ", "{}", " { } "])
def test_blank_details(text: str) -> None:
    assert parse_details(text) == {}


def test_details_keep_their_order_and_number_forms() -> None:
    found = parse_details('{"b": 1, "a": 2.50, "c": {"value": [true], "known": "2011"}}')
    assert list(found) == ["b", "a", "c"]
    assert (type(found["b"]), type(found["a"])) == (int, float)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "broken JSON at character 2 (Expecting property name enclosed in double quotes); expected an object such "
         'as {"outcome": "accepted"}'),
        ("{1: 2}", "broken JSON at character 2 (Expecting property name enclosed in double quotes); expected an object "
         'such as {"outcome": "accepted"}'),
        ("null", 'is not a JSON object; expected one such as {"outcome": "accepted"}'),
        ("[]", 'is not a JSON object; expected one such as {"outcome": "accepted"}'),
        ('{"a": 1, "a": 1}', "“a” stands twice; expected each field once"),
        ('{"a": {"value": 1, "value": 2}}', "“value” stands twice; expected each field once"),
        ('{"a": -Infinity}', "-Infinity is not a number; expected a number, or leave the field out where it is not "
         "known"),
        ('{"a": [1e999]}', "holds a number too great to hold; expected a plain number"),
        ('{"a": ' + "9" * 5000 + "}", "holds a number too long or lists too deep; expected a plain JSON object"),
        ('{"a": ' + "[" * 100_000, "holds a number too long or lists too deep; expected a plain JSON object"),
        ('{"a": ' + "[" * 900 + "]" * 900 + "}", "holds a number too long or lists too deep; expected a plain JSON "
         "object"),
        ('{"a": "\\u0000"}', "holds a character that cannot be stored (\\u0000 or half a pair); expected plain text"),
        ('{"\\ud800": 1}', "holds a character that cannot be stored (\\u0000 or half a pair); expected plain text"),
    ],
    ids=range(13),
)  # fmt: skip
def test_text_that_is_no_json_object(text: str, message: str) -> None:
    with pytest.raises(BadDetails) as caught:
        parse_details(text)
    assert str(caught.value) == message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from(FIELDS), JSON)
def test_no_value_whatever_breaks_the_check(row: tuple[str, FieldSpec], value: object) -> None:
    kind, field = row
    for problem in check_details(kind, {field.name: value}, PEOPLE, ENTRIES):
        assert problem.field == field.name
        assert "expected" in problem.message
