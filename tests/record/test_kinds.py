"""The table of kinds says what the format says, in words that a page may show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wholepicture.record.kinds import (
    AGENCY_CODES,
    KINDS,
    agency_label,
    agency_problem,
    field_of,
    kind_label,
    reference_pages,
    value_label,
)
from wholepicture.record.kinds_fields import FieldType, either
from wholepicture.record.types import DATE_FIELDS

ROOT = Path(__file__).parents[2]
SPEC = ROOT.parent / "shared" / "spec" / "chronology-bundle.md"
FORBIDDEN = re.compile("safe and well|no concerns", re.IGNORECASE)


def test_labels_are_plain_words() -> None:
    labels = [kind.label for kind in KINDS.values()] + [f.label for kind in KINDS.values() for f in kind.fields]
    labels += list(AGENCY_CODES.values())
    for label in labels:
        assert label == label.strip()
        assert label[0].isupper()
        assert "_" not in label
        assert not FORBIDDEN.search(label)


def test_names_stand_once_in_each_kind() -> None:
    for kind in KINDS.values():
        names = [f.name for f in kind.fields]
        assert len(names) == len(set(names))


def test_every_date_of_the_format_is_a_date_of_its_kind() -> None:
    """`to` is an agency or a recipient but in an attendance, `answered` a yes or no of a call."""
    elsewhere = {"to": {"agency code", "one of"}, "answered": {"true or false"}}
    for kind in KINDS.values():
        for field in kind.fields:
            if field.name in DATE_FIELDS and field.type is not FieldType.DATE:
                assert str(field.type) in elsewhere[field.name]
            if field.type is FieldType.DATE:
                assert field.name in DATE_FIELDS


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("no_further_action", "No further action"),
        ("dash", "DASH"),
        ("gp", "GP"),
        ("high_is_safe", "A high rating means safer"),
    ],
)
def test_how_values_are_said(value: str, label: str) -> None:
    assert value_label(value) == label


def test_how_kinds_and_agencies_are_said() -> None:
    assert kind_label("childs_words") == "Child’s words"
    assert kind_label("kind_to_come") == "Kind to come"
    assert agency_label("gp") == "GP"
    assert agency_label("school/st-marys") == "School (st-marys)"
    assert agency_label("new_agency/x") == "New agency (x)"


def test_fields_are_found_by_name() -> None:
    assert field_of("note", "answers") is not None
    assert field_of("note", "words") is None
    place = field_of("visit", "place")
    assert place is not None
    assert place.expects == "home, school, clinic or other"


@pytest.mark.parametrize("agency", ["gp", "school/st-marys", "social_care/early-help", "school/Święta Rodzina"])
def test_agencies(agency: str) -> None:
    assert agency_problem(agency) is None


@pytest.mark.parametrize(
    "agency",
    ["", "GP", "college", "school/", "school/ x", "school/x ", "school/a/b", "gp/a;b", "gp/a@b", "gp/a\u202eb"],
)
def test_text_that_is_no_agency(agency: str) -> None:
    assert "expected" in str(agency_problem(agency))


@pytest.mark.parametrize(
    ("values", "words"), [((), ""), (("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b or c")]
)
def test_a_choice_in_words(values: tuple[str, ...], words: str) -> None:
    assert either(values) == words


def test_the_reference_page_is_current() -> None:
    for path, text in reference_pages().items():
        assert (ROOT / path).read_text(encoding="utf-8").endswith(f"\n{text}")


def _spec_kinds() -> dict[str, str]:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", SPEC.read_text(encoding="utf-8").split("### Kinds")[1], re.MULTILINE)
    return dict(rows)


@pytest.mark.shared
def test_the_kinds_are_those_of_the_format() -> None:
    assert list(KINDS) == list(_spec_kinds())


@pytest.mark.shared
def test_the_fields_and_values_are_those_of_the_format() -> None:
    for kind, text in _spec_kinds().items():
        for field in KINDS[kind].fields:
            assert f"`{field.name}`" in text
            listed = re.search(rf"`{field.name}` \(([^)]*)\)", text)
            words = set(re.findall(r"[a-z_]+", listed.group(1))) if listed else set()
            if field.type is FieldType.CHOICE and words.isdisjoint({"as"}) and words:
                assert set(field.values) == words
        named = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", text)))
        assert named == {f.name for f in KINDS[kind].fields}


@pytest.mark.shared
def test_the_agencies_are_those_of_the_format() -> None:
    listed = SPEC.read_text(encoding="utf-8").split("Agency codes: ")[1].split("A code may carry")[0]
    assert list(AGENCY_CODES) == re.findall(r"`(\w+)`", listed)
