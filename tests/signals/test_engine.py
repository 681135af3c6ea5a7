"""The engine: which questions stand, on what, and until when they are live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.signals.families import BUSY, family
from wholepicture.foundation.when import When
from wholepicture.people.types import Person, PersonType
from wholepicture.signals.engine import evaluate, findings, pending
from wholepicture.signals.registry import CARRIED, RULES, SPECS
from wholepicture.signals.rules.s01_cumulative_domestic_abuse import SPEC as S01
from wholepicture.signals.types import Finding, Signal, Threshold
from wholepicture.signals.view import View

TWO = """
    id  | occurred   | agency | kind                    | about
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim
    da2 | 2019-03-10 | police | domestic_abuse_incident | mother:victim
"""


def _asked(table: str, today: date, rule: str = "S01") -> dict[str, Signal]:
    return {s.person: s for s in evaluate(family(table), today) if s.rule == rule}


def test_every_rule_of_the_table_so_far_runs_once() -> None:
    assert [rule.spec.id for rule in RULES] == sorted(SPECS)
    assert len(SPECS) == 13
    assert {"cumulative_domestic_abuse", "language_barrier"} < CARRIED


@pytest.mark.requirement("R41")
def test_repeats_are_judged_together_for_every_child_of_the_household() -> None:
    asked = _asked(TWO, date(2019, 3, 10))
    assert set(asked) == {"child", "sibling"}
    signal = asked["child"]
    assert signal.entries == ("da1", "da2")
    assert signal.raised == date(2019, 3, 10)
    assert signal.concern == "cumulative_domestic_abuse"
    assert signal.live
    assert signal.marks == {"da2"}
    assert signal.question.endswith("?")


def test_nothing_is_known_before_it_is_recorded() -> None:
    late = """
        id  | occurred   | recorded   | agency | kind                    | about
        da1 | 2019-01-10 |            | police | domestic_abuse_incident | mother:victim
        da2 | 2019-03-10 | 2019-03-14 | police | domestic_abuse_incident | mother:victim
    """
    assert not _asked(late, date(2019, 3, 13))
    assert set(_asked(late, date(2019, 3, 14))) == {"child", "sibling"}


def test_a_signal_is_live_for_six_months_after_its_last_new_entry_and_stands_on() -> None:
    assert _asked(TWO, date(2019, 9, 10))["child"].live
    stale = _asked(TWO, date(2019, 9, 11))["child"]
    assert not stale.live
    assert stale.entries == ("da1", "da2")


def test_old_evidence_is_left_out_once_there_is_new() -> None:
    table = (
        TWO
        + """
        da3 | 2020-02-10 | police | domestic_abuse_incident | mother:victim
        da4 | 2020-12-10 | police | domestic_abuse_incident | mother:victim
    """
    )
    assert _asked(table, date(2020, 12, 10))["child"].entries == ("da3", "da4")


def test_a_second_record_of_an_event_is_evidence_and_no_news() -> None:
    table = """
        id  | occurred   | recorded   | agency      | kind                    | about         | details
        da1 | 2019-01-10 |            | police      | domestic_abuse_incident | mother:victim |
        da2 | 2019-03-10 |            | police      | domestic_abuse_incident | mother:victim |
        da3 | 2019-03-10 | 2019-03-20 | hospital_ae | domestic_abuse_incident | mother:victim | same_event_as=[da2]
    """
    before, after = (_asked(table, date(2019, 3, day))["child"] for day in (10, 20))
    assert before.marks == after.marks == {"da2"}
    assert after.entries == ("da1", "da2", "da3")


def test_a_wait_that_still_runs_is_pending_and_does_not_stand() -> None:
    record, today = family(TWO), date(2019, 3, 11)
    found = findings(View(record.as_known(today), today))
    assert set(pending(found, today)) == {date(2019, 3, 12)}
    assert all(s.entries == ("da1",) for s in evaluate(record, today) if s.rule == "S04")


def test_signals_come_in_one_order_whatever_the_order_of_entries() -> None:
    record, today = family(BUSY), date(2019, 9, 30)
    turned = replace(record, entries=tuple(reversed(record.entries)))
    assert evaluate(record, today) == evaluate(turned, today)
    assert [(s.rule, s.person) for s in evaluate(record, today)] == sorted(
        (s.rule, s.person) for s in evaluate(record, today)
    )


def test_names_and_other_marks_of_a_person_change_nothing() -> None:
    """No rule reads a name, an identifier or where somebody lives: only what happened, and when."""
    record = family(BUSY)
    named = {
        key: replace(p, given_name="Zofia", family_name="O'Neill", nhs_number="9434765919", upn="H801200001001")
        for key, p in record.people.items()
    }
    elsewhere = replace(record, people=named, area="Elsewhere", title="Another")
    for month in range(1, 13):
        assert evaluate(record, date(2019, month, 28)) == evaluate(elsewhere, date(2019, month, 28))


def test_a_family_without_children_or_entries_asks_nothing() -> None:
    record = family(TWO)
    childless = replace(record, people={k: p for k, p in record.people.items() if not p.is_child}, relationships=())
    assert evaluate(childless, date(2019, 3, 10)) == ()
    assert evaluate(replace(record, entries=()), date(2019, 3, 10)) == ()


def test_neither_an_adult_child_nor_one_who_has_died_is_asked_about() -> None:
    record = family(TWO)
    grown = Person("child", PersonType.CHILD, born=When.parse("2000-01-01"))
    died = Person("sibling", PersonType.CHILD, born=When.parse("2017-06-01"), died=When.parse("2019-02-01"))
    people = {**record.people, "child": grown, "sibling": died}
    assert not [s for s in evaluate(replace(record, people=people), date(2019, 3, 10)) if s.rule == "S01"]


def test_a_child_whose_birth_date_nobody_knows_is_asked_about() -> None:
    record = family(TWO)
    people = {**record.people, "child": Person("child", PersonType.CHILD)}
    asked = [s.person for s in evaluate(replace(record, people=people), date(2019, 3, 10)) if s.rule == "S01"]
    assert asked == ["child", "sibling"]


def test_the_number_in_force_on_the_day_is_the_one_that_applies() -> None:
    stricter = Threshold("incidents", 4, "incidents", date(2020, 1, 1), "a partnership's decision")
    spec = replace(S01, thresholds=(stricter, *S01.thresholds))
    assert spec.limit("incidents", date(2019, 12, 31)) == 2
    assert spec.limit("incidents", date(2020, 1, 1)) == 4
    assert spec.limit("incidents", date(1980, 1, 1)) == 2


def test_a_finding_stands_until_the_day_on_which_it_was_closed() -> None:
    found = Finding("S01", "child", ("a",), ("a",), date(2019, 1, 1), date(2019, 1, 3))
    assert [found.stands_on(date(2019, 1, day)) for day in (1, 2, 3)] == [True, True, False]
