"""Files beside entries, on the real database: who may add one, who reads it, and that nothing of it ever changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.db.utils import DatabaseError

from tests.conftest import Store
from tests.files.clamd import FINDS, speaking
from tests.files.making import drawing, encoded
from tests.worlds import NOW, World, build_world
from wholepicture.access.models import AuditRow
from wholepicture.access.operations import acting, authorise, system_authority, use_session, viewing
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.files.types import MOST_BYTES
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.record.files.operations import keep_file, make_ready
from wholepicture.record.files.queries import file_with_bytes, files_of, refused_files
from wholepicture.record.files.types import MOST_FILES, Offered
from wholepicture.record.models import FileRow, RefusedFileRow

PHOTO = encoded(drawing(), "JPEG")


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    """Two families."""
    yield build_world()


def acts(viewer: Viewer) -> Authority:
    return authorise(viewer, permission=Permission.ADD_ENTRY, purpose=Purpose.ASSESS, now=NOW)


def add(world: World, data: bytes = PHOTO, *, viewer: Viewer | None = None, entry: UUID | None = None) -> UUID:
    by = acts(viewer or world.ann)
    offered = Offered(data, "arm.jpg", "Left forearm, inside", When.parse("2026-02"))
    ready = make_ready(authority=by, offered=offered, now=NOW)
    return keep_file(authority=by, person=world.child, entry=entry or world.entry, ready=ready, now=NOW)


@contextmanager
def looking(viewer: Viewer) -> Iterator[None]:
    with viewing(viewer, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=NOW, act="test"):
        yield


def test_a_file_is_read_by_whoever_reads_the_entry_and_by_nobody_else(world: World) -> None:
    file = add(world)
    with looking(world.ann):
        [card] = files_of([world.entry])[world.entry]
        found = file_with_bytes(file)
    assert found is not None
    assert (card.label, card.shows, card.by_name, card.scanned_by) == ("arm", "Left forearm, inside", "Ann", "")
    assert card.taken == When.parse("2026-02")
    assert card == found[0]
    assert found[1].startswith(b"\xff\xd8\xff")
    with looking(world.bob):
        assert files_of([world.entry]) == {}
        assert file_with_bytes(file) is None


def test_a_stranger_reads_no_file_by_any_sql(world: World) -> None:
    add(world)
    for viewer, rows in ((world.ann, 1), (world.bob, 0)):
        with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
            use_session(viewer.session)
            cursor.execute("SELECT count(*) FROM record_file")
            assert cursor.fetchone() == (rows,)


def test_what_is_kept_is_never_changed(world: World) -> None:
    add(world)
    with pytest.raises(DatabaseError), acting(system_authority(act="test", now=NOW)):
        FileRow.objects.update(label="another")


def test_adding_is_audited_with_the_person_and_the_entry(world: World) -> None:
    add(world)
    with acting(system_authority(act="test", now=NOW)):
        [row] = AuditRow.objects.filter(act="file:add")
    assert (row.person, row.entry, str(row.practitioner)) == (world.child, world.entry, world.ann.actor.practitioner)


def test_nobody_adds_to_another_agencys_entry(world: World) -> None:
    with pytest.raises(Refused) as refused:
        add(world, viewer=world.bob)
    assert refused.value.code == "absent"


def test_a_file_stands_there_once(world: World) -> None:
    add(world)
    with pytest.raises(Refused, match="already"):
        add(world)


def test_an_entry_has_so_many_files_and_no_more(world: World) -> None:
    for number in range(MOST_FILES):
        add(world, f"page {number}".encode())
    with pytest.raises(Refused, match="most it can have"):
        add(world, b"one too many")


def test_only_what_was_added_by_a_day_stands_on_it(world: World) -> None:
    add(world)
    with looking(world.ann):
        assert files_of([world.entry], by=NOW.replace(year=2025)) == {}
        assert files_of([world.entry], by=NOW) != {}


def test_what_says_too_little_or_is_too_large_is_refused_before_anything_opens_it(world: World) -> None:
    by = acts(world.ann)
    with pytest.raises(Refused, match="Say what the file shows"):
        make_ready(authority=by, offered=Offered(PHOTO, "a", " x "), now=NOW)
    with pytest.raises(Refused, match="The most is 25 MB"):
        make_ready(authority=by, offered=Offered(b"a" * (MOST_BYTES + 1), "a", "a page of a's"), now=NOW)


def test_a_virus_is_told_to_the_information_governance_lead_and_nothing_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking() as address:
        monkeypatch.setattr("django.conf.settings.CLAMD", address)
        with pytest.raises(Refused) as refused:
            add(world, b"Dear all, " + FINDS)
        assert add(world, b"A sound letter.")
    assert refused.value.code == "virus"
    with acting(system_authority(act="test", now=NOW)):
        [told] = refused_files()
        assert AuditRow.objects.filter(act="file:virus").count() == 1
        assert RefusedFileRow.objects.count() == 1
        [kept] = FileRow.objects.values_list("scanned_by", flat=True)
    assert (told.found, told.by_name, told.size) == ("Test.Virus", "Ann", len(b"Dear all, " + FINDS))
    assert kept == "ClamAV"
    with looking(world.ann):
        assert refused_files() == []


def test_a_scanner_that_does_not_answer_keeps_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.CLAMD", "127.0.0.1:1")
    with pytest.raises(Refused, match="does not answer"):
        add(world)
    with acting(system_authority(act="test", now=NOW)):
        assert FileRow.objects.count() == 0
