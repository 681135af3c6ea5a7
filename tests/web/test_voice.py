"""The child's voice as a truth table: which entries say that the child was seen, seen alone and heard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Person, PersonType, ordered
from wholepicture.record.types import About, AboutRole, Entry
from wholepicture.web.pages.child.voice import Voice, voice_of

TODAY = date(2026, 3, 2)
CHILD = Person("child", PersonType.CHILD, born=When.parse("2021-05-04"))


def entry(
    kind: str,
    details: Mapping[str, object] | None = None,
    *,
    day: str = "2026-02-01",
    agency: str = "social_care",
    role: AboutRole = AboutRole.SUBJECT,
    key: str = "e1",
    supersedes: str | None = None,
) -> Entry:
    """An entry about the child."""
    when = When.parse(day)
    about = (About("child", role),)
    return Entry(key, kind, when, when, agency, "worker", about, "", details or {}, supersedes=supersedes)


def voice(*entries: Entry, person: Person = CHILD) -> Voice:
    """The child's voice on the second of March 2026."""
    return voice_of(FamilyRecord({"child": person}, ordered(entries)), "child", TODAY)


@pytest.mark.requirement("R62", "R83")
@pytest.mark.parametrize(
    ("kind", "details", "agency", "seen"),
    [
        ("visit", {"child_seen": True}, "social_care", True),
        ("visit", {"child_seen": False}, "social_care", False),
        ("visit", {"outcome": "completed"}, "social_care", False),
        ("visit", {"child_seen_alone": True}, "social_care", True),
        ("assessment", {"child_seen": True}, "social_care", True),
        ("assessment", {"stage": "completed"}, "social_care", False),
        ("domestic_abuse_incident", {"children_seen": True}, "police", True),
        ("domestic_abuse_incident", {"children_present": True}, "police", False),
        ("domestic_abuse_incident", {"phrase_safe_and_well": True}, "police", False),
        ("measurement", {"weight_kg": 14.2}, "health_visiting", True),
        ("measurement", {}, "health_visiting", False),
        ("health_review", {"type": "two_year"}, "health_visiting", True),
        ("appointment", {"outcome": "attended"}, "hospital", True),
        ("appointment", {"outcome": "was_not_brought"}, "hospital", False),
        ("hospital_attendance", {}, "hospital_ae", True),
        ("hospital_attendance", {"left_before_seen": True}, "hospital_ae", False),
        ("medical_finding", {"finding": "bruise"}, "hospital", True),
        ("injury", {"opinion": "undetermined"}, "hospital_ae", True),
        ("injury", {"opinion": "not_asked"}, "hospital_ae", False),
        ("injury", {"opinion": "inflicted"}, "police", False),
        ("injury", {"presented": "2026-02-01"}, "school", True),
        ("childs_words", {}, "school", True),
        ("call", {"answered": True}, "school", False),
        ("note", {}, "social_care", False),
    ],
)
def test_only_what_the_record_says_counts_as_seeing(
    kind: str, details: Mapping[str, object], agency: str, seen: bool
) -> None:
    assert (voice(entry(kind, details, agency=agency)).seen is not None) is seen


@pytest.mark.requirement("R62", "R94")
@pytest.mark.parametrize(
    ("kind", "details", "alone"),
    [
        ("visit", {"child_seen": True, "child_seen_alone": True}, True),
        ("visit", {"child_seen": True, "child_seen_alone": False}, False),
        ("visit", {"child_seen": True}, False),
        ("childs_words", {"words": "x", "alone": True}, True),
        ("childs_words", {"words": "x"}, False),
    ],
)
def test_alone_only_where_somebody_said_alone(kind: str, details: Mapping[str, object], alone: bool) -> None:
    assert (voice(entry(kind, details)).seen_alone is not None) is alone


def test_a_child_who_is_only_mentioned_was_not_seen() -> None:
    assert voice(entry("visit", {"child_seen": True}, role=AboutRole.MENTIONED)).seen is None


def test_words_about_a_child_are_not_that_childs_words() -> None:
    spoken = entry("childs_words", {"words": "he fell"}, role=AboutRole.AFFECTED)
    assert voice(spoken).heard is None


def test_the_latest_words_are_quoted_and_blank_words_are_not() -> None:
    found = voice(
        entry("childs_words", {"words": "first"}, day="2026-01-01", key="a"),
        entry("childs_words", {"words": "second", "language": "pl"}, day="2026-01-09", key="b"),
        entry("childs_words", {}, day="2026-01-20", key="c"),
    )
    assert found.heard is not None and found.heard.words == "second"
    assert found.spoken_in is not None and found.spoken_in.language == "pl"
    assert found.seen is not None and found.seen.entry == "c"


def test_a_corrected_entry_counts_for_nothing() -> None:
    found = voice(
        entry("visit", {"child_seen": True}, key="a"),
        entry("visit", {"child_seen": False}, key="b", supersedes="a"),
    )
    assert found.seen is None


def test_what_lies_ahead_was_not_yet_seen() -> None:
    assert voice(entry("visit", {"child_seen": True}, day="2026-04-01")).seen is None


def test_nobody_sees_a_child_before_birth() -> None:
    assert voice(entry("appointment", {"outcome": "attended"}, day="2021-01-01")).seen is None


def test_days_are_the_fewest_that_it_may_be() -> None:
    assert Voice.days(When.parse("2026-02-20"), TODAY) == 10
    assert Voice.days(When.parse("2026-02"), TODAY) == 2
    assert Voice.days(When.parse("2026"), TODAY) == 0
    assert Voice.days(When.parse("2026-02-20", "about"), TODAY) == 3


def test_counts_tell_how_often_seen_and_how_often_alone() -> None:
    found = voice(
        entry("visit", {"child_seen": True}, key="a"),
        entry("visit", {"child_seen": True, "child_seen_alone": True}, key="b", day="2026-02-03"),
    )
    assert (found.times_seen, found.times_alone) == (2, 1)
