"""The narrower door: who may not open it, what was written since, what is still going on, and who overtakes whom."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from django.test import Client

from tests.conftest import Store
from tests.record.keeping import NOW, Keepers, keepers, somebody, tie, write
from tests.record.test_destruction import LONG_AGO, forge, refused, whole
from tests.web.browsing import browser
from tests.worlds import authority as system
from wholepicture.access.operations import acting
from wholepicture.access.policy import Stop
from wholepicture.access.stops import stop
from wholepicture.casework.disclosure.models import InformationRequestRow
from wholepicture.casework.models import SubjectEventRow, SubjectRequestRow, TaskRow
from wholepicture.casework.retention.due import facts_of
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.record.retention import operations
from wholepicture.record.retention.queries import due_on
from wholepicture.record.retention.rules import due
from wholepicture.record.retention.types import Ground

OLD = "1990-01-05"


@pytest.fixture
def two(store: Store) -> Keepers:
    return keepers()


def _stop(practitioner: UUID, person: UUID) -> None:
    stop(authority=system(), practitioner=practitioner, person=person, ground=list(Stop)[0], now=NOW)


def _hold(two: Keepers, person: UUID) -> UUID:
    return operations.set_hold(
        authority=two.acts(two.lead), person=person, ground=Ground.REVIEW, reason="Asked for.", now=NOW
    )


def test_whoever_is_stopped_from_a_person_neither_decides_nor_confirms_nor_sees_that_it_is_due(
    two: Keepers, store: Store
) -> None:
    person, identity = somebody("Old", OLD)
    entry = write(identity)
    decision = two.decide(person)
    _stop(UUID(two.manager.actor.practitioner), person)
    for act in (
        lambda: two.confirm(person, decision),
        lambda: two.decide(person, two.manager),
        lambda: operations.set_hold(
            authority=two.acts(two.manager), person=person, ground=Ground.REVIEW, reason="x", now=NOW
        ),
        lambda: operations.lift_hold(
            authority=two.acts(two.manager), person=person, hold=_hold(two, person), reason="x", now=NOW
        ),
    ):
        with pytest.raises(Refused, match="no such record"):
            act()
    manager: Client = browser(two.manager)
    there, nowhere = manager.get(f"/retention/{person}"), manager.get(f"/retention/{new_id()}")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert str(person)[-6:] not in manager.get("/retention").content.decode()
    assert manager.post(f"/retention/{person}", {"act": "confirm", "confirm-sure": "on"}).status_code == 404
    assert str(entry) in whole(store)


@pytest.mark.parametrize("which", ["decided", "confirmed"])
def test_a_stop_shuts_the_door_of_the_database_too(two: Keepers, store: Store, which: str) -> None:
    person, identity = somebody("Old", OLD)
    write(identity)
    decision = forge(store, person)
    with store.as_superuser() as connection:
        row = connection.execute(
            "SELECT d.by, c.by FROM record_retention_decision d JOIN record_retention_confirm c ON c.decision_id = d.id"
        ).fetchone()
    assert row is not None
    _stop(UUID(str(row[which == "confirmed"])), person)
    assert "nothing is destroyed" in refused(store.urls.engine, f"SELECT record_destroy('{decision}')")


def test_a_decision_covers_nothing_that_was_written_after_it(two: Keepers, store: Store) -> None:
    person, identity = somebody("Old", OLD)
    write(identity)
    decision = two.decide(person)
    later = write(identity, summary="Came back")
    with pytest.raises(Refused, match="something new"):
        two.confirm(person, decision)
    page = browser(two.manager).get(f"/retention/{person}").content.decode()
    assert "Something was written after it was decided" in page
    assert "Confirm that it is destroyed" not in page and "Destroy it" in page, "nobody is stuck: it is decided anew"
    assert str(later) in whole(store)
    assert two.destroy(person)


def test_what_was_written_after_a_destruction_does_not_go_with_a_siblings(two: Keepers, store: Store) -> None:
    (old, old_id), (late, late_id) = somebody("Old", OLD), somebody("Late", "1992-01-05")
    shared = write(old_id, late_id, summary="Both")
    two.destroy(old)
    new = write(old_id, summary="Nobody has looked at this")
    two.destroy(late)
    rows = whole(store)
    assert "Nobody has looked at this" in rows and str(new) in rows
    assert "Both" in rows and str(shared) in rows, "it is about somebody of whom nothing more is decided"


@pytest.mark.parametrize("what", ["entry", "task", "asked", "unmatched request"])
def test_what_is_still_going_on_holds_the_record(two: Keepers, what: str) -> None:
    person, identity = somebody("Old", OLD)
    entry = write(identity)
    recently = NOW - timedelta(days=40)
    if what == "entry":
        write(identity, on=recently.date().isoformat())
    with acting(system()):
        if what == "task":
            TaskRow(entry_id=entry, person=person, role="gp", team="north", why="x", asked="x", raised_at=recently,
                    due_on=recently.date()).save(force_insert=True)  # fmt: skip
        if what == "asked":
            InformationRequestRow(
                child=person, entry_id=entry, asker_kind="professional", asker_name="x", asked="x", purpose="care",
                at=recently, due_on=recently.date(), by_name="Ann", by_team="north", by_agency="social_care",
            ).save(force_insert=True)  # fmt: skip
        if what == "unmatched request":
            SubjectRequestRow(
                asker="self", asker_name="Old", given_name="Old", family_name="Other", born=date.fromisoformat(OLD),
                received_on=NOW.date(), logged_by=new_id(), logged_by_name="x", logged_at=NOW,
            ).save(force_insert=True)  # fmt: skip
    with pytest.raises(Refused, match="is held"):
        two.decide(person)
    page = browser(two.lead).get(f"/retention/{person}").content.decode()
    assert ("Somebody has asked to see it" if what == "unmatched request" else "in the last year") in page


def test_what_was_asked_long_ago_holds_nothing(two: Keepers) -> None:
    person, identity = somebody("Old", OLD)
    entry = write(identity)
    with acting(system()):
        TaskRow(entry_id=entry, person=person, role="gp", team="north", why="x", asked="x", raised_at=LONG_AGO,
                due_on=LONG_AGO.date()).save(force_insert=True)  # fmt: skip
        asked = SubjectRequestRow(
            asker="self", asker_name="Old", given_name="Old", family_name="Qzfamily", received_on=NOW.date(),
            logged_by=new_id(), logged_by_name="x", logged_at=NOW,
        )  # fmt: skip
        asked.save(force_insert=True)
        SubjectEventRow(request=asked, event="closed", at=NOW).save(force_insert=True)
    assert two.destroy(person)


def test_a_mother_who_was_a_child_here_stays_as_long_as_her_child(two: Keepers, store: Store) -> None:
    (mother, mother_id), (_, baby_id) = somebody("Mother", OLD), somebody("Baby", "2020-01-05")
    own = write(mother_id, summary="Her own childhood")
    with acting(system()):
        assert due_on(mother) == date(2015, 1, 5)
    tie(mother_id, baby_id)
    with acting(system()):
        found = due(facts_of(family_of([mother]), str(mother)))
        assert found is not None and (found.line, found.on) == ("with_child", date(2045, 1, 5))
        assert due_on(mother) == found.on
    with pytest.raises(Refused, match="not due"):
        two.decide(mother)
    assert "nothing is destroyed" in refused(store.urls.engine, f"SELECT record_destroy('{forge(store, mother)}')")
    assert str(own) in whole(store)


def test_a_hold_that_is_being_set_is_waited_for(two: Keepers, store: Store) -> None:
    person, identity = somebody("Old", OLD)
    write(identity)
    decision = two.decide(person)
    said: list[str] = []

    def confirms() -> None:
        try:
            two.confirm(person, decision)
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connections.close_all()

    with psycopg.connect(store.urls.engine) as engine:
        engine.execute(
            "INSERT INTO record_hold (id, person, ground, reason, by, by_name, at) VALUES (%s, %s, 'review', 'x', %s, "
            "'x', now())", [new_id(), person, new_id()],
        )  # fmt: skip
        thread = threading.Thread(target=confirms)
        thread.start()
        thread.join(1.5)
        assert thread.is_alive(), "it waits until the hold is set or not"
    thread.join(20)
    assert said == ["not-now"]
    assert "Qzsummary" in whole(store)


def test_nothing_is_held_that_is_no_longer_there(two: Keepers) -> None:
    person, identity = somebody("Old", OLD)
    write(identity)
    two.destroy(person)
    with pytest.raises(Refused, match="any longer"):
        _hold(two, person)
