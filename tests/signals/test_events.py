"""What counts as one event, and what certainly fits into one window."""

from __future__ import annotations

from datetime import date

from tests.signals.families import family
from wholepicture.record.types import Entry
from wholepicture.signals.events import event_of, gatherings, one_event_each, possible_days
from wholepicture.signals.rules.base import at_least, days, months


def _entries(table: str) -> tuple[Entry, ...]:
    return family(table).entries


def _ids(entries: tuple[Entry, ...]) -> list[tuple[str, ...]]:
    return [event.ids for event in one_event_each(entries)]


class TestOneEvent:
    def test_said_to_be_the_same_by_either_entry(self) -> None:
        rows = _entries("""
            id | occurred   | agency | kind   | about         | details
            a  | 2019-01-01 | school | injury | child:subject |
            b  | 2019-01-03 | gp     | injury | child:subject | same_event_as=[a]
            c  | 2019-01-09 | gp     | injury | child:subject | same_event_as=[b]
        """)
        assert _ids(rows) == [("a", "b", "c")]

    def test_same_as_an_entry_of_another_kind_joins_those_that_name_it(self) -> None:
        rows = _entries("""
            id | occurred   | agency | kind   | about         | details
            a  | 2019-01-01 | school | injury | child:subject | same_event_as=[x]
            b  | 2019-01-03 | gp     | injury | child:subject | same_event_as=[x]
        """)
        assert _ids(rows) == [("a", "b")]

    def test_months_do_not_agree_on_a_day(self) -> None:
        rows = _entries("""
            id | occurred | agency | kind   | about
            a  | 2019-01  | school | injury | child:subject
            b  | 2019-01  | gp     | injury | child:subject
        """)
        assert _ids(rows) == [("a",), ("b",)]

    def test_twins_hurt_on_one_day_are_two_unless_it_is_said(self) -> None:
        rows = _entries("""
            id | occurred   | agency | kind   | about
            a  | 2019-01-01 | school | injury | child:subject
            b  | 2019-01-01 | school | injury | sibling:subject
        """)
        assert _ids(rows) == [("a",), ("b",)]

    def test_people_agree_by_everybody_named_where_nobody_is_the_subject(self) -> None:
        rows = _entries("""
            id | occurred   | agency | kind                    | about
            a  | 2019-01-01 | police | domestic_abuse_incident | child:present mother:present
            b  | 2019-01-01 | police | domestic_abuse_incident | mother:present child:present
            c  | 2019-01-01 | police | domestic_abuse_incident | mother:present
        """)
        assert _ids(rows) == [("a", "b"), ("c",)]

    def test_its_days_are_those_that_all_its_entries_allow(self) -> None:
        a, b, c = _entries("""
            id | occurred      | agency | kind   | about
            a  | about 2019-01 | school | injury | child:subject
            b  | 2019-01       | gp     | injury | child:subject
            c  | 2019-06-01    | gp     | injury | child:subject
        """)
        joined = event_of([a, b])
        assert (joined.earliest, joined.latest) == (date(2019, 1, 1), date(2019, 1, 31))
        apart = event_of([b, c])
        assert (apart.earliest, apart.latest) == (date(2019, 1, 1), date(2019, 6, 1))

    def test_nothing_happened_after_it_was_written_down(self) -> None:
        (entry,) = _entries("""
            id | occurred      | recorded   | agency | kind   | about
            a  | about 2019-03 | 2019-03-05 | school | injury | child:subject
        """)
        assert possible_days(entry) == (date(2019, 2, 1), date(2019, 3, 5))


class TestGatherings:
    TABLE = """
        id | occurred   | agency | kind   | about
        a  | 2019-01-01 | school | injury | child:subject
        b  | 2019-03-01 | school | injury | child:subject
        c  | 2019-05-01 | school | injury | child:subject
        d  | 2020-01-01 | school | injury | child:subject
    """

    def _found(self, reach: int, count: int) -> list[tuple[str, list[str]]]:
        events = one_event_each(_entries(self.TABLE))
        return [(e.mark, [x.mark for x in group]) for e, group in gatherings(events, days(reach), at_least(count))]

    def test_each_event_with_those_that_fit_one_window_with_it(self) -> None:
        assert self._found(61, 2) == [("b", ["a", "b"]), ("c", ["b", "c"])]

    def test_a_window_that_holds_more(self) -> None:
        assert self._found(120, 3) == [("c", ["a", "b", "c"])]

    def test_nothing_where_nothing_fits(self) -> None:
        assert self._found(30, 2) == []

    def test_an_event_of_long_ago_that_became_known_last(self) -> None:
        events = one_event_each(
            _entries("""
                id | occurred   | recorded   | agency | kind   | about
                a  | 2019-01-01 | 2019-09-01 | school | injury | child:subject
                b  | 2019-02-01 |            | school | injury | child:subject
            """)
        )
        found = list(gatherings(events, months(2), at_least(2)))
        assert [(e.mark, [x.mark for x in group]) for e, group in found] == [("a", ["b", "a"])]
