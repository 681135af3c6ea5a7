"""Bundles in the store: whole or not at all, never twice, out again as they came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Store
from tests.worlds import authority, practitioner
from wholepicture.access.engine import as_engine
from wholepicture.access.operations import acting, viewing
from wholepicture.access.roles import Permission
from wholepicture.demo.bundles import folders
from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.operations import bundle_of_source, export_family, export_source, import_bundle
from wholepicture.exchange.bundles.reader import read_bundle, read_bundle_files
from wholepicture.exchange.bundles.types import Bundle
from wholepicture.exchange.bundles.writer import bundle_files
from wholepicture.foundation.authority import Purpose
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.record.models import EntryRow, SourceRow
from wholepicture.signals.queries import signals_about

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

PEOPLE = b"""person,type,sex,born,given_name,family_name,language
kid,child,female,2021-05-04,Kasia,Nowak,pl
mum,adult,female,,Ewa,Nowak,pl
"""
TIES = b"person,relation,other,lives_with\nmum,mother,kid,yes\n"
CHRONOLOGY = """entry_id,occurred,recorded,agency,author_role,kind,about,summary,details,shared
a1,2026-01-05,2026-01-06,police,,domestic_abuse_incident,mum:victim;kid:affected,One.,"{""alcohol"": true}",gp@
a2,2026-02-05,2026-02-06,police,,domestic_abuse_incident,mum:victim;kid:affected,Another.,,
"""
ALIAS = b"person,agency,given_name,family_name\nkid,police,Casia,Novak\n"


def _bundle(chronology: str = CHRONOLOGY, more: Mapping[str, bytes] | None = None) -> Bundle:
    files = {"people.csv": PEOPLE, "relationships.csv": TIES, "chronology.csv": chronology.encode()}
    return read_bundle_files({**files, **(more or {})}, "nowak")


def _counts() -> tuple[int, int]:
    with as_engine():
        return EntryRow.objects.count(), SourceRow.objects.count()


@pytest.mark.parametrize("folder", folders(), ids=lambda p: p.name)
def test_what_was_brought_in_goes_out_equal(store: Store, folder: Path) -> None:
    bundle = read_bundle(folder)
    import_bundle(authority=authority(), bundle=bundle, now=NOW)
    with acting(authority()):
        assert bundle_of_source(bundle.source_system) == bundle
        out = export_source(bundle.source_system)
    # A bundle that leaves its source system to the folder's name says it when it goes out.
    for name, data in bundle_files(bundle, "elsewhere").items():
        assert sorted(read_lines(out[name])) == sorted(read_lines(data)), name


def read_lines(data: bytes) -> list[frozenset[tuple[str, str]]]:
    """A CSV's rows as sets of (column, cell) without blanks, so that neither order nor absent columns matter."""
    import csv
    import io

    return [frozenset((c, v) for c, v in row.items() if v) for row in csv.DictReader(io.StringIO(data.decode()))]


def test_the_same_bundle_twice_stores_nothing_twice(store: Store) -> None:
    first = import_bundle(authority=authority(), bundle=_bundle(), now=NOW)
    before = _counts()
    second = import_bundle(authority=authority(), bundle=_bundle(), now=NOW)
    assert (first.stored, first.same) == (5, 0)
    assert (second.stored, second.same) == (0, 5)
    assert _counts() == before


def test_a_longer_bundle_adds_only_what_is_new(store: Store) -> None:
    import_bundle(authority=authority(), bundle=_bundle(), now=NOW)
    longer = CHRONOLOGY + "a3,2026-02-20,,school/oak,teacher,note,kid:subject,A note.,,\n"
    done = import_bundle(authority=authority(), bundle=_bundle(longer), now=NOW)
    assert (done.stored, done.same) == (1, 5)
    with acting(authority()):
        assert len(family_of([done.people["kid"]]).entries) == 3


def test_a_bundle_that_contradicts_a_stored_one_is_refused_by_row_and_stores_nothing(store: Store) -> None:
    import_bundle(authority=authority(), bundle=_bundle(), now=NOW)
    before = _counts()
    changed = CHRONOLOGY.replace("Another.", "Nothing much.") + "a3,2026-02-20,,gp,doctor,note,kid:subject,New.,,\n"
    with pytest.raises(BundleErrors) as refused:
        import_bundle(authority=authority(), bundle=_bundle(changed), now=NOW)
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == ("chronology.csv", 3)
    assert _counts() == before


@pytest.mark.requirement("R9")
@pytest.mark.requirement("R8")
def test_one_entry_shows_on_every_child_it_touches(store: Store) -> None:
    people = PEOPLE + b"bro,child,male,2019-01-01,Jan,Nowak,pl\n"
    ties = TIES + b"mum,mother,bro,yes\n"
    bundle = _bundle(more={"people.csv": people, "relationships.csv": ties})
    done = import_bundle(authority=authority(), bundle=bundle, now=NOW)
    with acting(authority()):
        for child in ("kid", "bro"):
            record = family_of([done.people[child]])
            assert {str(done.people[p]) for p in ("kid", "bro", "mum")} <= record.people.keys()
            assert len(record.entries) == 2


@pytest.mark.requirement("R41")
def test_signals_stand_as_soon_as_the_bundle_does(store: Store) -> None:
    done = import_bundle(authority=authority(), bundle=_bundle(), now=NOW)
    with acting(authority()):
        cards = signals_about([done.people["kid"]])
        keys = dict(EntryRow.objects.values_list("id", "source_key"))
    s01 = next(c for c in cards if c.rule == "S01")
    assert {keys[e] for e in s01.evidence} == {"a1", "a2"}
    assert s01.waits and s01.question


def test_an_agency_writes_under_the_identity_that_it_knew(store: Store) -> None:
    done = import_bundle(authority=authority(), bundle=_bundle(more={"identities.csv": ALIAS}), now=NOW)
    with acting(authority()):
        record = family_of([done.people["kid"]])
    assert [(i.agency, i.given_name, i.family_name) for i in record.identities] == [("police", "Casia", "Novak")]
    assert record.people[str(done.people["kid"])].name == "Kasia Nowak"


def test_a_team_that_brought_it_in_sees_it_and_another_does_not(store: Store) -> None:
    ann = practitioner("ann", "social_worker", "social_care", "social_care:north")
    bob = practitioner("bob", "dsl", "school/oak", "school/oak:staff")
    done = import_bundle(authority=authority(), bundle=_bundle(), now=NOW, teams=[ann.actor.team])
    kid = done.people["kid"]
    look = partial(viewing, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=NOW, act="test", person=kid)
    with look(ann):
        assert len(family_of([kid]).entries) == 2
        assert set(export_family(kid)) == {"bundle.csv", "people.csv", "relationships.csv", "chronology.csv"}
    with pytest.raises(Refused), look(bob):
        raise AssertionError("must not be shown")


def test_a_bundle_without_entries_goes_out_too(store: Store) -> None:
    empty = "entry_id,occurred,agency,kind,about\n"
    import_bundle(authority=authority(), bundle=_bundle(empty), now=NOW)
    with acting(authority()):
        assert bundle_of_source("nowak").record.entries == ()


def test_an_unknown_source_is_refused(store: Store) -> None:
    with acting(authority()), pytest.raises(Refused, match="No bundle of the source system “nobody”"):
        export_source("nobody")
