"""Families that Hypothesis grows: what the database destroys is exactly what a plain reference says, and never more.

The reference is written from the rule in words, not from the SQL: an entry goes when everybody in it is decided,
confirmed, due and free of holds, and with it nothing that a kept entry stands on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Store
from tests.record.keeping import NOW, Keepers, keepers, somebody, write
from tests.worlds import authority as system
from wholepicture.access.operations import acting
from wholepicture.casework.retention.due import facts_of
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.record.retention import operations
from wholepicture.record.retention.queries import due_on
from wholepicture.record.retention.rules import due
from wholepicture.record.retention.types import Ground

pytestmark = pytest.mark.slow

BORN = ("1950", "1980-02", "1990-01-05", "2000-02-29", "2001-11-24", "2003-06-01", "2015-01-05", "")
KINDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("note", {}), ("conference", {"type": "initial"}), ("plan", {"type": "child_protection"}),
    ("plan", {"type": "child_in_need"}), ("case", {"status": "looked_after"}), ("case", {"status": "child_protection"}),
    ("legal", {"type": "order_made", "what": "An interim care order"}),
    ("legal", {"type": "order_made", "what": "Adoption order"}), ("case", {"status": "child_in_need"}),
)  # fmt: skip


@dataclass(frozen=True)
class Being:
    """A person of a grown family."""

    born: str
    child: bool
    died: str
    held: bool
    decided: bool
    confirmed: bool


@dataclass(frozen=True)
class Written:
    """An entry of a grown family: its kind, when, and the places of its people."""

    kind: int
    on: str
    about: frozenset[int]


beings = st.builds(
    Being, born=st.sampled_from(BORN), child=st.booleans(), died=st.sampled_from(("", "", "2012-03")),
    held=st.integers(0, 4).map(lambda n: n == 0), decided=st.integers(0, 5).map(bool),
    confirmed=st.integers(0, 5).map(bool),
)  # fmt: skip
entries = st.builds(
    Written, kind=st.sampled_from((0, 0, 0, 0, *range(len(KINDS)))),
    on=st.sampled_from(("1991-05-05", "2004", "2010-07", "2016-02-01", "2024-01-01")),
    about=st.frozensets(st.integers(0, 3), min_size=1, max_size=3),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(people=st.lists(beings, min_size=4, max_size=4), written=st.lists(entries, min_size=1, max_size=6))
def test_nothing_that_is_not_due_or_is_held_or_shared_is_ever_destroyed(
    store: Store, people: list[Being], written: list[Written]
) -> None:
    store.empty()
    two = keepers()
    ids = [
        somebody(f"P{n}", being.born, "child" if being.child else "adult", died=being.died)
        for n, being in enumerate(people)
    ]
    made = {}
    for n, entry in enumerate(written):
        kind, details = KINDS[entry.kind]
        named = [ids[place][1] for place in sorted(entry.about)]
        made[write(*named, kind=kind, on=entry.on, summary=f"Entry {n}.", **details)] = entry.about
    days = _days_agree([person for person, _ in ids])
    doomed = {n for n, being in enumerate(people) if _destroy(two, ids[n][0], being, days[n])}
    left = _left(store)
    gone = {key for key in made if str(key) not in left}
    assert gone <= {key for key, about in made.items() if about <= doomed}, "something went that is not due or is held"
    # Each destruction takes what was wholly doomed by then, so at the last nothing wholly doomed is left.
    assert gone == {key for key, about in made.items() if about <= doomed}
    kept_people = {n for about in (a for k, a in made.items() if k not in gone) for n in about}
    assert {n for n, (person, _) in enumerate(ids) if str(person) not in left} == doomed - kept_people


def _days_agree(people: list[UUID]) -> list[date | None]:
    """The day of each, by the rule and by the database, which must not differ."""
    with acting(system()):
        record = family_of(people)
        mine = [due(facts_of(record, str(p))) for p in people]
        theirs = [due_on(p) for p in people]
    assert [d.on if d else None for d in mine] == theirs
    return theirs


def _destroy(two: Keepers, person: UUID, being: Being, day: date | None) -> bool:
    """Try to destroy a record; whether that was to be possible, and then it was."""
    is_due = day is not None and day <= NOW.date()
    if being.held:
        operations.set_hold(authority=two.acts(two.lead), person=person, ground=Ground.REVIEW, reason="Held.", now=NOW)
    if not being.decided:
        return False
    try:
        decision = two.decide(person)
    except Refused:
        assert being.held or not is_due
        return False
    assert is_due and not being.held
    if not being.confirmed:
        return False
    with acting(system()):
        still = due_on(person)
    try:
        two.confirm(person, decision)
    except Refused:
        # A destruction before this one may have taken the children whose days counted, or this person as well.
        assert still is None or still > NOW.date()
        return False
    return True


def _left(store: Store) -> set[str]:
    with store.as_superuser() as connection:
        return {
            str(row[0])
            for table in ("record_entry", "people_person")
            for row in connection.execute(f"SELECT id::text FROM {table}").fetchall()
        }


def test_every_column_that_names_a_person_or_an_entry_is_weighed_by_destruction(whole_store: Store) -> None:
    """A new table about people says here whether destruction removes its rows, or why it need not."""
    from importlib import import_module

    rows = import_module("wholepicture.record.migrations.0006_destruction").ROWS
    with whole_store.as_superuser() as connection:
        found = {
            (str(table), str(column))
            for table, column in connection.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
                "column_name IN ('person', 'person_id', 'child', 'identity', 'identity_id', 'entry', 'entry_id', "
                "'notice_id')"
            )
        }
        # What hangs on a person or a shield goes as that does: the database itself takes it along.
        along = connection.execute("SELECT conrelid::regclass::text FROM pg_constraint WHERE confdeltype = 'c'")
        goes = {*rows, *(str(row[0]) for row in along)}
    assert {pair for pair in found if pair[0] not in goes} == set(KEPT)


KEPT = {
    ("access_audit", "person"), ("access_audit", "entry"),  # ids only: who looked is proved for ever
    ("record_retention_decision", "person"), ("record_tombstone", "person"),  # what destruction itself leaves
}  # fmt: skip
"""Columns whose rows outlive the person, each with why."""


def test_the_connection_that_destroys_is_the_engines(store: Store) -> None:
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT current_user, has_function_privilege('wp_engine', 'record_destroy(uuid)', 'EXECUTE')")
        assert cursor.fetchone() == ("wp_engine", True)
