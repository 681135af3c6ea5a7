"""Dates of uncertain precision: what they may mean, how they compare, and how they are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholepicture.foundation.when import BadDate, Precision, When

FORMS = "expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm"


@pytest.mark.parametrize(
    ("text", "precision", "expected", "earliest", "latest"),
    [
        ("2008", None, Precision.YEAR, "2008-01-01", "2008-12-31"),
        ("2008", "about", Precision.ABOUT, "2007-01-01", "2009-12-31"),
        ("2008-04", None, Precision.MONTH, "2008-04-01", "2008-04-30"),
        ("2008-04", "about", Precision.ABOUT, "2008-03-01", "2008-05-31"),
        ("2008-01", "about", Precision.ABOUT, "2007-12-01", "2008-02-29"),
        ("2008-12", "about", Precision.ABOUT, "2008-11-01", "2009-01-31"),
        ("2008-04", "year", Precision.YEAR, "2008-01-01", "2008-12-31"),
        ("2008-02-29", None, Precision.DAY, "2008-02-29", "2008-02-29"),
        ("2008-02-29", "", Precision.DAY, "2008-02-29", "2008-02-29"),
        ("2008-02-29", "month", Precision.MONTH, "2008-02-01", "2008-02-29"),
        ("2008-02-29", "about", Precision.ABOUT, "2008-02-22", "2008-03-07"),
        ("2008-02-29T10:00", None, Precision.MINUTE, "2008-02-29", "2008-02-29"),
        ("2008-02-29T10:00", "day", Precision.DAY, "2008-02-29", "2008-02-29"),
        ("2008-02-29T10:00", "about", Precision.ABOUT, "2008-02-22", "2008-03-07"),
        (" 2008-04 ", None, Precision.MONTH, "2008-04-01", "2008-04-30"),
    ],
)
def test_the_days_that_a_stated_date_may_be(
    text: str, precision: str | None, expected: Precision, earliest: str, latest: str
) -> None:
    when = When.parse(text, precision)
    assert when.precision is expected
    assert (when.earliest.isoformat(), when.latest.isoformat()) == (earliest, latest)
    assert when.stated == text.strip()
    assert when.exact_day == (earliest == latest)


@pytest.mark.parametrize(
    ("text", "utc", "day"),
    [
        ("2011-01-15T23:30", "2011-01-15T23:30", "2011-01-15"),
        ("2011-07-15T00:30", "2011-07-14T23:30", "2011-07-15"),  # summer time
        ("2011-07-14T23:30Z", "2011-07-14T23:30", "2011-07-15"),  # a day in England
        ("2011-01-01T00:30+01:00", "2010-12-31T23:30", "2010-12-31"),
        ("2011-03-27 00:59", "2011-03-27T00:59", "2011-03-27"),  # the hour before clocks go forward
        ("2011-03-27T01:30", "2011-03-27T01:30", "2011-03-27"),  # a time that no clock showed: read as winter time
        ("2011-03-27T02:30", "2011-03-27T01:30", "2011-03-27"),
        ("2011-10-30T01:30", "2011-10-30T00:30", "2011-10-30"),  # a time that came twice: the first
        ("2011-10-30T01:30+00:00", "2011-10-30T01:30", "2011-10-30"),  # the second
        ("2011-10-30T02:00", "2011-10-30T02:00", "2011-10-30"),
    ],
)
def test_times_are_londons_unless_they_say_otherwise(text: str, utc: str, day: str) -> None:
    when = When.parse(text)
    assert when.moment == datetime.fromisoformat(f"{utc}+00:00")
    assert when.start.isoformat() == day


def test_the_hour_that_comes_twice_keeps_its_order() -> None:
    first, second = When.parse("2011-10-30T01:30+01:00"), When.parse("2011-10-30T01:10+00:00")
    assert first.sort_key() < second.sort_key()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "08",
        "2008-4",
        "2008-13",
        "2008-02-30",
        "20080401",
        "2008-04-01T24:30",
        "2008/04/01",
        "٢٠٠٨",
        "never",
    ],
)
def test_text_that_is_no_date(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        When.parse(text)
    assert str(caught.value) == f"“{text}” is not a date; {FORMS}"


@pytest.mark.parametrize("text", ["0001", "1799-12-31", "2200-01", "9999-12-31T23:59-12:00"])
def test_years_out_of_all_reason(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        When.parse(text, "about")
    assert str(caught.value) == f"“{text}” is no year of this record; expected 1800 to 2199"


@pytest.mark.parametrize(
    ("text", "precision"), [("2008", "month"), ("2008", "day"), ("2008-04", "day"), ("2008-04-01", "minute")]
)
def test_a_precision_may_not_claim_more_than_is_stated(text: str, precision: str) -> None:
    with pytest.raises(BadDate, match=f"^precision {precision} claims more than “{text}” states$"):
        When.parse(text, precision)


def test_an_unknown_precision() -> None:
    with pytest.raises(BadDate, match="^“roughly” is no precision; expected minute, day, month, year or about$"):
        When.parse("2008", "roughly")


def test_a_whole_day_and_an_instant() -> None:
    assert When.on(date(2011, 3, 27)) == When.parse("2011-03-27")
    moment = datetime(2011, 7, 14, 23, 30, tzinfo=UTC)
    when = When.at(moment.astimezone(timezone(timedelta(hours=5))))
    assert (when.start, when.moment, when.stated) == (date(2011, 7, 15), moment, "2011-07-14T23:30:00+00:00")
    assert When.parse(when.stated) == when
    with pytest.raises(BadDate, match="^a moment needs an offset from UTC$"):
        When.at(moment.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "certainly", "possibly", "before", "after"),
    [
        ("2008-04-01", True, True, False, False),
        ("2008-04-30", True, True, False, False),
        ("2008-04", True, True, False, False),
        ("2008", False, True, False, False),
        ("2008-03-31", False, False, True, False),
        ("2008-05-01", False, False, False, True),
        ("2007", False, False, True, False),
        ("2009", False, False, False, True),
    ],
)
def test_a_date_meets_a_window_only_where_every_day_of_it_does(
    text: str, certainly: bool, possibly: bool, before: bool, after: bool
) -> None:
    first, last, when = date(2008, 4, 1), date(2008, 4, 30), When.parse(text)
    assert when.certainly_within(first, last) is certainly
    assert when.possibly_within(first, last) is possibly
    assert when.certainly_before(first) is before
    assert when.certainly_after(last) is after


def test_order_is_by_the_first_day_then_by_the_instant() -> None:
    texts = ["2008", "2008-01-01T00:30", "2008-01-01T09:00", "2008-01-02", "2008-02"]
    assert sorted(map(When.parse, reversed(texts)), key=When.sort_key) == [When.parse(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "precision", "words"),
    [
        ("2008", None, "2008"),
        ("2008", "about", "about 2008"),
        ("2008-04", None, "April 2008"),
        ("2008-04", "about", "about April 2008"),
        ("2008-04", "year", "2008"),
        ("1999-07-14", None, "14 July 1999"),
        ("1999-07-14", "about", "about 14 July 1999"),
        ("1999-07-14", "month", "July 1999"),
        ("1999-07-14T23:10", None, "14 July 1999 at 23:10"),
        ("1999-07-14T23:10Z", None, "15 July 1999 at 00:10"),
        ("1999-07-14T23:10", "about", "about 14 July 1999 at 23:10"),
        ("1999-07-14T23:10", "day", "14 July 1999"),
    ],
)
def test_how_a_page_says_it(text: str, precision: str | None, words: str) -> None:
    assert When.parse(text, precision).in_words() == words


@given(st.dates(date(1801, 1, 1), date(2198, 12, 31)), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), st.booleans())
def test_the_stated_day_always_lies_in_the_range(day: date, form: str, about: bool) -> None:
    when = When.parse(day.strftime(form).rjust(4, "0"), "about" if about else None)
    assert when.earliest <= when.start <= when.latest
    assert when.possibly_within(day, day)
    assert not (when.certainly_before(when.start) or when.certainly_after(when.latest))
