"""When the database cannot take the row of a look, the second sink must have it or nothing is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connections
from django.test import Client

from tests.conftest import Store
from tests.worlds import NOW, World, authority, build_world
from wholepicture.access.audit.operations import carry
from wholepicture.access.audit.queries import lines_in_database
from wholepicture.access.audit.sink import FILE, kept_in
from wholepicture.access.audit.verdict import verify
from wholepicture.access.operations import cannot_write, second_sink, viewing
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Actor, Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.sign_in import cookies


@pytest.fixture
def sink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for the second sink."""
    monkeypatch.setenv("WHOLEPICTURE_SECOND_SINK", str(tmp_path / "sink"))
    return second_sink()


@pytest.fixture
def world(store: Store, sink: Path) -> World:
    """Two families."""
    return build_world()


def _set(store: Store, value: str) -> None:
    connections.close_all()
    with store.as_superuser() as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f'ALTER DATABASE "{store.name}" {value}')


@pytest.fixture
def read_only(store: Store, world: World) -> Iterator[None]:
    """The database reads and writes nothing, as a stand-by does or one that its keeper has protected."""
    _set(store, "SET default_transaction_read_only = on")
    yield
    _set(store, "RESET default_transaction_read_only")


def look(viewer: Viewer, person: UUID) -> int:
    """How many people the look shows."""
    with viewing(
        viewer, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=NOW, act="child.page", person=person
    ):
        return len(family_of([person]).people)


def _rows(store: Store) -> list[tuple[object, ...]]:
    with store.as_superuser() as connection:
        return list(
            connection.execute("SELECT act, person, ground FROM access_audit WHERE act LIKE 'child.%' ORDER BY id")
        )


def test_a_look_that_the_database_takes_is_not_in_the_sink(store: Store, world: World, sink: Path) -> None:
    assert look(world.ann, world.child) > 0
    assert list(kept_in(sink)) == []
    assert _rows(store) == [("child.page", world.child, "")]


def test_the_duty_worker_still_reads_and_the_sink_has_it(
    store: Store, world: World, sink: Path, read_only: None
) -> None:
    assert look(world.ann, world.child) > 0
    [kept] = kept_in(sink)
    assert (kept.look.practitioner, kept.look.person) == (world.ann.actor.practitioner, str(world.child))
    assert (kept.look.act, kept.look.purpose, kept.look.clock) == ("child.page", "assess", NOW.isoformat())
    assert _rows(store) == []


def test_the_page_itself_opens_on_a_database_that_takes_nothing(world: World, sink: Path, read_only: None) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[cookies.name()] = world.ann.session
    assert client.get(f"/children/{world.child}/chronology").status_code == 200
    assert [kept.look.act for kept in kept_in(sink)] == ["child.chronology"]


def test_a_refusal_is_kept_there_too_and_shows_nothing(world: World, sink: Path, read_only: None) -> None:
    with pytest.raises(Refused, match="no record here"):
        look(world.ann, world.other_child)
    assert [kept.look.act for kept in kept_in(sink)] == ["child.page.refused"]


def test_where_nothing_can_be_written_nothing_is_shown(world: World, sink: Path, read_only: None) -> None:
    sink.write_text("a file where the folder should be")
    with pytest.raises(Refused) as refused:
        look(world.ann, world.child)
    assert refused.value.code == "not-audited"


def test_a_full_disk_counts_and_a_refused_right_does_not() -> None:
    def raised(error: type[psycopg.Error]) -> DatabaseError:
        wrapped = DatabaseError()
        wrapped.__cause__ = error()
        return wrapped

    could_not = (psycopg.errors.DiskFull, psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.LockNotAvailable)
    assert all(cannot_write(raised(error)) for error in could_not)
    assert not cannot_write(raised(psycopg.errors.InsufficientPrivilege))
    assert not cannot_write(raised(psycopg.errors.UniqueViolation))
    assert not cannot_write(DatabaseError())


def test_looking_as_somebody_else_is_refused_by_the_database_and_not_kept(world: World, sink: Path) -> None:
    forged = Viewer(Actor(str(uuid4()), "Eve", "social_worker", "social_care", ""), world.ann.session)
    with pytest.raises(DatabaseError, match="row-level security"):
        look(forged, world.child)
    assert list(kept_in(sink)) == []


def test_a_chain_that_somebody_holds_does_not_blind_the_duty_worker(store: Store, world: World, sink: Path) -> None:
    with psycopg.connect(store.urls.engine) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(hashtextextended('Aldermere', 20261125))")
        assert look(world.ann, world.child) > 0
    assert len(list(kept_in(sink))) == 1
    assert _rows(store) == []


def test_the_sink_is_carried_into_the_chain_once(store: Store, world: World, sink: Path) -> None:
    _set(store, "SET default_transaction_read_only = on")
    look(world.ann, world.child)
    look(world.ann, world.mother)
    _set(store, "RESET default_transaction_read_only")
    first, second = kept_in(sink)
    assert [carry(authority=authority("audit:carry"), folder=sink) for _ in range(2)] == [2, 0]
    assert _rows(store) == [
        ("child.page", world.child, f"second sink 1 {first.hash}"),
        ("child.page", world.mother, f"second sink 2 {second.hash}"),
    ]
    assert verify(lines_in_database(store.urls.engine)).findings == ()


def test_half_a_line_that_was_never_acknowledged_is_taken_away(world: World, sink: Path, read_only: None) -> None:
    look(world.ann, world.child)
    with (sink / FILE).open("a", encoding="utf-8") as file:
        file.write('{"number": 2, "prev')
    look(world.ann, world.child)
    assert [kept.number for kept in kept_in(sink)] == [1, 2]


@pytest.mark.parametrize("tamper", ["edit", "remove", "swap", "no json"])
def test_an_altered_sink_is_refused_by_line(world: World, sink: Path, read_only: None, tamper: str) -> None:
    for person in (world.child, world.mother, world.child):
        look(world.ann, person)
    path = sink / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    if tamper == "edit":
        lines[1] = json.dumps(json.loads(lines[1]) | {"person": ""})
    elif tamper == "remove":
        del lines[1]
    elif tamper == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        lines[1] = "[]"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="line 2"):
        carry(authority=authority("audit:carry"), folder=sink)
