"""An entry as a value: what it says, in typed words, and what was known of it on a day."""

from __future__ import annotations

from datetime import date

import pytest

from wholepicture.foundation.when import When
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent, agency_kind

MOTHER = About("mother", AboutRole.VICTIM)
CHILD = About("child_A", AboutRole.AFFECTED)


def entry(*receipts: Receipt, **details: object) -> Entry:
    day = When.parse("2011-02-10")
    about = (MOTHER, CHILD, About("mother", AboutRole.INFORMANT))
    return Entry("e1", "referral", day, day, "gp", "GP", about, "Referred.", details, receipts)


def test_who_it_is_about() -> None:
    found = entry()
    assert found.people == {"mother", "child_A"}
    assert found.in_role(AboutRole.INFORMANT, AboutRole.VICTIM) == ("mother",)
    assert found.in_role(AboutRole.AFFECTED) == ("child_A",)
    assert found.in_role(AboutRole.CARER) == ()


def test_an_agencys_name_is_no_part_of_its_kind() -> None:
    assert agency_kind("social_care/birmingham") == agency_kind("social_care") == "social_care"


def test_values_are_unwrapped() -> None:
    found = entry(a=1, b={"value": 2, "known": "2011-06-01"})
    assert (found.value("a"), found.value("b"), found.value("c")) == (1, 2, None)


@pytest.mark.parametrize("value", [None, "yes", 1, ["x"]])
def test_a_flag_is_true_or_false_and_nothing_else(value: object) -> None:
    assert entry(a=value).flag("a") is None
    assert (entry(a=True).flag("a"), entry(a=False).flag("a"), entry().flag("a")) == (True, False, None)


def test_texts_numbers_and_lists() -> None:
    found = entry(t="words", n=3, f=2.5, b=True, l=["a", "b"], e=[])
    assert (found.text("t"), found.text("n"), found.text("x")) == ("words", "", "")
    assert (found.number("n"), found.number("f"), found.number("b"), found.number("t")) == (3.0, 2.5, None, None)
    assert (found.items("l"), found.items("e"), found.items("t"), found.items("x")) == (("a", "b"), (), None, None)


def test_dates_and_never() -> None:
    found = entry(decided="2011-03", done="never", sent="soon", due=3)
    assert found.day("decided") == When.parse("2011-03")
    assert [found.day(name) for name in ("done", "sent", "due", "x")] == [None] * 4
    assert (found.never("done"), found.never("decided"), found.never("x")) == (True, False, False)


def test_what_it_answers_and_repeats() -> None:
    found = entry(answers=["e0"], same_event_as={"value": ["e2"], "known": "2011-06"})
    assert (found.answers, found.same_event_as) == (("e0",), ("e2",))
    assert (entry().answers, entry().same_event_as) == ((), ())


def test_with_whom_it_was_shared() -> None:
    found = entry(
        Receipt("school", ReceiptEvent.SENT),
        Receipt("school", ReceiptEvent.RECEIVED),
        Receipt("police", ReceiptEvent.OPENED),
        Receipt("social_care", ReceiptEvent.RECEIVED),
    )
    assert found.shared_with == ("school", "social_care")


LATER = entry(
    Receipt("school", ReceiptEvent.RECEIVED, When.parse("2011-03-05")),
    Receipt("police", ReceiptEvent.RECEIVED),
    Receipt("housing", ReceiptEvent.RECEIVED, When.parse("2011-02-10")),
    reason="worry",
    outcome={"value": "accepted", "known": "2011-06-01"},
    decided="2011-03-01",
    feedback_given="never",
    sent="2011-02-01",
    received="soon",
    due="2012-01-01",
)


def test_when_its_details_became_known() -> None:
    assert LATER.known_later == (date(2011, 3, 1), date(2011, 3, 5), date(2011, 6, 1))
    assert LATER.known_since() == date(2011, 2, 10)
    assert LATER.known_since("reason", "decided", "nothing") == date(2011, 3, 1)
    assert LATER.known_since("outcome", "decided") == date(2011, 6, 1)


@pytest.mark.parametrize(
    ("day", "absent", "agencies"),
    [
        ("2011-02-10", {"outcome", "decided"}, ("police", "housing")),
        ("2011-03-01", {"outcome"}, ("police", "housing")),
        ("2011-03-05", {"outcome"}, ("school", "police", "housing")),
        ("2011-06-01", set(), ("school", "police", "housing")),
    ],
)
def test_the_entry_as_it_stood_on_a_day(day: str, absent: set[str], agencies: tuple[str, ...]) -> None:
    found = LATER.as_known(date.fromisoformat(day))
    assert set(LATER.details) - set(found.details) == absent
    assert found.shared_with == agencies


def test_an_entry_all_known_is_itself() -> None:
    assert LATER.as_known(date(2011, 6, 1)) is LATER
