"""The schedule: every line both ways, and what a decision must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wholepicture.foundation.refusals import Refused
from wholepicture.record.retention.rules import check_decision, due
from wholepicture.record.retention.schedule import SCHEDULE, pages
from wholepicture.record.retention.types import Due, Facts, Ground

CHILD = Facts(True, born=date(2000, 2, 29))
ADULT = Facts(False)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (CHILD, Due("child", date(2025, 2, 28))),
        (replace(CHILD, born=None), None),
        (replace(CHILD, looked_after=True), Due("looked_after", date(2075, 2, 28))),
        (replace(CHILD, looked_after=True, died=date(2012, 5, 1)), Due("looked_after_died", date(2027, 5, 1))),
        (replace(CHILD, looked_after=True, died=date(2001, 5, 1)), Due("child", date(2025, 2, 28))),
        (replace(CHILD, looked_after=True, died=date(2019, 5, 1)), Due("looked_after", date(2075, 2, 28))),
        (replace(CHILD, died=date(2012, 5, 1)), Due("child", date(2025, 2, 28))),
        (replace(CHILD, protected_until=date(2010, 1, 1)), Due("child_protection", date(2045, 1, 1))),
        (replace(CHILD, adopted=date(2003, 1, 1), looked_after=True), Due("adoption", date(2103, 1, 1))),
        (ADULT, None),
        (replace(ADULT, last=date(2010, 6, 1)), Due("adult", date(2020, 6, 1))),
        (replace(ADULT, last=date(2010, 6, 1), children=(date(2030, 1, 1), date(2029, 1, 1))),
         Due("with_child", date(2030, 1, 1))),
        (replace(ADULT, last=date(2010, 6, 1), children=(date(2030, 1, 1), None)), None),
    ],
)  # fmt: skip
def test_the_longest_line_that_fits_stands(facts: Facts, expected: Due | None) -> None:
    assert due(facts) == expected


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("reason", "until", "destroy", "is_due", "held", "says"),
    [
        ("Read it.", None, True, True, False, ""),
        ("Read it.", date(2030, 1, 1), False, False, True, ""),
        (" ", None, True, True, False, "Say why"),
        ("Read it.", None, True, False, False, "not due"),
        ("Read it.", None, True, True, True, "is held"),
        ("Read it.", None, False, True, False, "day to come"),
        ("Read it.", TODAY, False, True, False, "day to come"),
    ],
)
def test_a_decision_has_a_reason_and_destroys_only_what_is_due_and_free(
    reason: str, until: date | None, destroy: bool, is_due: bool, held: bool, says: str
) -> None:
    def check() -> None:
        check_decision(reason=reason, keep_until=until, destroy=destroy, is_due=is_due, held=held, today=TODAY)

    if not says:
        check()
        return
    with pytest.raises(Refused, match=says):
        check()


def test_a_grown_child_is_kept_as_long_as_the_children_they_bring_up() -> None:
    grown = Facts(is_child=True, born=date(1995, 3, 1))
    assert due(grown) == Due("child", date(2020, 3, 1))
    assert due(replace(grown, children=(date(2049, 5, 1), date(2045, 1, 1)))) == Due("with_child", date(2049, 5, 1))
    assert due(replace(grown, children=(date(2019, 1, 1),))) == Due("child", date(2020, 3, 1))
    assert due(replace(grown, children=(None,))) is None
    assert due(replace(grown, born=None, children=(date(2049, 5, 1),))) is None


def test_every_line_says_where_it_is_stated() -> None:
    assert all(line.source and line.kept and line.after for line in SCHEDULE)
    assert {g.label for g in Ground} and len({g.label for g in Ground}) == len(Ground)
    assert "reg 50" in pages()["docs/reference/retention.md"]
