"""Destruction on the real database: what goes, what stays, and everybody who tries the door and finds it shut."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.conftest import Store
from tests.record.keeping import NOW, Keepers, keepers, somebody, tie, write
from tests.worlds import authority as system
from wholepicture.access.audit.queries import lines_in_database
from wholepicture.access.audit.verdict import verify
from wholepicture.access.operations import acting, authorise
from wholepicture.access.roles import Permission
from wholepicture.casework.disclosure.models import (
    DisclosedDocumentRow,
    DisclosureEventRow,
    DisclosureItemRow,
    DisclosureRow,
    DisclosureSaidRow,
    DisclosureStopRow,
    DisclosureWordsRow,
    InformationRequestRow,
)
from wholepicture.casework.retention.due import falling_due, lines_of
from wholepicture.casework.subject_access.operations import receive
from wholepicture.casework.subject_access.types import Asker
from wholepicture.foundation.authority import Purpose
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.addresses.models import (
    DocumentReleaseDecisionRow,
    DocumentReleaseRow,
    DocumentReleaseShieldRow,
    DocumentReleaseUsedRow,
    DocumentShieldRow,
    HandEndRow,
    HandRow,
    ShieldRow,
)
from wholepicture.record.operations import NewEntry, correct_entry
from wholepicture.record.retention import operations
from wholepicture.record.retention.queries import tombstones
from wholepicture.record.retention.types import Ground
from wholepicture.record.types import AboutRole

OLD, YOUNG = "1990-01-05", "2015-01-05"
STONE = (
    "INSERT INTO record_tombstone "
    "(id, decision_id, person, line, due_on, decided_by, confirmed_by, digest, xact) VALUES "
    "(gen_random_uuid(), '{decision}', '{person}', '', now(), '{person}', '{person}', '', pg_current_xact_id()::text)"
)


@pytest.fixture
def two(store: Store) -> Keepers:
    return keepers()


def whole(store: Store) -> str:
    """Every row of every table, as text."""
    with store.as_superuser() as connection:
        names = [str(r[0]) for r in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return "\n".join(
            str(row[0]) for name in names for row in connection.execute(f"SELECT t::text FROM {name} t").fetchall()
        )


def test_what_is_due_decided_and_confirmed_is_in_no_table_and_leaves_a_tombstone(two: Keepers, store: Store) -> None:
    person, identity = somebody("Qzgiven", OLD, nhs_number="9434765919", reference="Qzreference")
    write(identity, kind="childs_words", words="Qzwords", language="en")
    kept, kept_identity = somebody("Kept", YOUNG)
    other = write(kept_identity, summary="Kept words")
    before = whole(store)
    assert all(word in before for word in ("Qzgiven", "Qzwords", "Qzsummary", "Qzreference", "9434765919"))
    stone = two.destroy(person)
    after = whole(store)
    marks = ("Qzgiven", "Qzwords", "Qzsummary", "Qzreference", "9434765919")
    assert [mark for mark in marks if mark.casefold() in after.casefold()] == []
    assert str(other) in after and "Kept words" in after and str(kept) in after
    with acting(system()):
        [found] = tombstones()
    assert found.id == stone and dict(found.kinds) == {"entry": 1, "identity": 1, "person": 1}
    assert (found.decided_by, found.confirmed_by, len(found.digest)) == ("Iggy Lead", "Mona Manager", 64)
    assert verify(lines_in_database(store.urls.engine)).findings == ()


LONG_AGO = NOW - timedelta(days=500)


def _shared(child: UUID, entry: UUID, words: str) -> DisclosureRow:
    """A letter about a child that holds an entry, sent and stopped once, and the request that it answers."""
    asked = InformationRequestRow(
        child=child, entry_id=entry, asker_kind="professional", asker_name=words, asked=words, purpose="care",
        at=LONG_AGO, due_on=LONG_AGO.date(), by_name="Ann", by_team="north", by_agency="social_care",
    )  # fmt: skip
    sent = DisclosureRow(
        child=child, outcome="shared", recipient_kind="professional", gateway="s47", threshold="above", request=asked,
        requested=True, family_told=False, by_name="Ann", by_role="social_worker", by_team="north",
        by_agency="social_care", at=LONG_AGO,
    )  # fmt: skip
    event = DisclosureEventRow(disclosure=sent, event="made", at=LONG_AGO, by_name="Ann")
    with acting(system()):
        for row in (
            asked, sent, DisclosureWordsRow(disclosure=sent, recipient_name="x", purpose="x", text=words),
            DisclosureItemRow(disclosure=sent, entry=entry), event,
        ):  # fmt: skip
            row.save(force_insert=True)
        DisclosureSaidRow(event=event, words=words).save(force_insert=True)
        DisclosureStopRow(event=event, disclosure=sent, code="old", place=words, entry=entry).save(force_insert=True)
        DisclosedDocumentRow(
            disclosure=sent, name="letter.docx", content_type="x", data=words.encode(), digest="x"
        ).save(force_insert=True)
    return sent


def test_what_was_shared_about_somebody_goes_with_them_to_the_last_byte(two: Keepers, store: Store) -> None:
    person, identity = somebody("Qzgiven", OLD)
    _shared(person, write(identity), "Qzletter")
    assert "Qzletter" in whole(store) and b"Qzletter".hex() in whole(store)
    two.destroy(person)
    assert "Qzletter" not in whole(store) and b"Qzletter".hex() not in whole(store)
    with acting(system()):
        [found] = tombstones()
    assert {"asked": 1, "disclosure": 1, "disclosed": 1}.items() <= dict(found.kinds).items()


def test_what_was_offered_and_released_of_a_shield_goes_with_whom_it_kept(two: Keepers, store: Store) -> None:
    person, identity = somebody("Qzgiven", OLD)
    write(identity)
    shield, hand, release, document = new_id(), new_id(), new_id(), new_id()
    kept = ShieldRow(id=shield, person=person, reason="refuge", holder_team="x", covers_from=NOW.date(), set_at=NOW,
                     set_on=NOW.date(), review_by=NOW.date())  # fmt: skip
    who: dict[str, Any] = {"by": new_id(), "by_name": "x", "at": NOW}
    asked: dict[str, Any] = {"asked_by": new_id(), "asked_by_name": "x", "asked_by_team": "x", "asked_at": NOW}
    with acting(system()):
        for row in (
            kept,
            HandRow(id=hand, shield=shield, person=person, from_team="x", to_team="y", why="Qzhand", **who),
            HandEndRow(hand=hand, taken=True, asked_by=new_id(), words="Qzend", **who),
            DocumentShieldRow(document=document, shield=shield),
            DocumentReleaseRow(id=release, person=person, document=document, digest="x", why="Qzwhy", hours=1, **asked),
            DocumentReleaseShieldRow(release=release, shield=shield),
            DocumentReleaseDecisionRow(
                release=release, granted=True, asked_by=new_id(), why="Qzdone", until=NOW, **who
            ),
            DocumentReleaseUsedRow(release=release, at=NOW),
        ):
            row.save(force_insert=True)
    two.destroy(person)
    after = whole(store)
    assert [m for m in ("Qzhand", "Qzend", "Qzwhy", "Qzdone", str(document)) if m in after] == []
    with store.as_superuser() as connection:
        left = connection.execute("SELECT count(*) FROM people_document_release_used").fetchone()
    assert left == (0,)


def test_an_entry_that_left_under_the_name_of_somebody_who_is_not_due_is_kept(two: Keepers, store: Store) -> None:
    (old, old_id), (young, _) = somebody("Old", OLD), somebody("Young", YOUNG)
    shared, own = write(old_id, summary="Shared"), write(old_id, summary="Own")
    with acting(system()):
        sent = DisclosureRow(
            child=young, outcome="shared", recipient_kind="professional", gateway="s47", threshold="above",
            requested=False, family_told=False, by_name="Ann", by_role="social_worker", by_team="north",
            by_agency="social_care", at=NOW,
        )  # fmt: skip
        sent.save(force_insert=True)
        DisclosureItemRow(disclosure=sent, entry=shared).save(force_insert=True)
    two.destroy(old)
    left = whole(store)
    assert "Shared" in left and str(sent.id) in left
    with store.as_superuser() as connection:
        entries = {r[0] for r in connection.execute("SELECT id FROM record_entry").fetchall()}
    assert shared in entries and own not in entries


def test_an_entry_about_two_siblings_is_destroyed_only_when_both_are_due_and_confirmed(
    two: Keepers, store: Store
) -> None:
    (old, old_id), (late, late_id) = somebody("Old", OLD), somebody("Late", "1992-01-05")
    mother, mother_id = somebody("Mother", "1960-01-01", "adult")
    tie(mother_id, old_id)
    tie(mother_id, late_id)
    shared, own = write(old_id, late_id, summary="Both"), write(old_id, summary="Own")
    two.destroy(old)
    rows = whole(store)
    assert str(own) not in rows.replace(f"entry,{own}", "") and "Both" in rows
    assert str(shared) in rows and "Old" in rows, "who is named in what is kept is kept"
    two.destroy(late)
    assert "Both" not in whole(store) and "Late" in whole(store), "the tie to the mother is hers too"
    two.destroy(mother)
    assert "Qzfamily" not in whole(store)


def test_a_correction_goes_with_what_it_corrects_or_stays_with_it(two: Keepers, store: Store) -> None:
    (old, old_id), (_, young_id) = somebody("Old", OLD), somebody("Young", YOUNG)
    first = write(old_id, summary="First")
    day = When.parse("2006-01-01")
    about = ((old_id, AboutRole.SUBJECT), (young_id, AboutRole.MENTIONED))
    correct_entry(
        authority=system(),
        correction=NewEntry("note", day, day, "social_care", "worker", about, "Corrected", supersedes=first),
    )
    two.destroy(old)
    rows = whole(store)
    assert "First" in rows and "Corrected" in rows


@pytest.mark.parametrize("ground", list(Ground))
def test_a_hold_stops_it_at_every_step(two: Keepers, ground: Ground) -> None:
    person, _ = somebody("Held", OLD)
    decision = two.decide(person)
    hold = operations.set_hold(authority=two.acts(two.lead), person=person, ground=ground, reason="Asked for.", now=NOW)
    with pytest.raises(Refused, match="Nothing was destroyed"):
        two.confirm(person, decision)
    with pytest.raises(Refused, match="is held"):
        two.decide(person)
    lift = partial(operations.lift_hold, authority=two.acts(two.lead), person=person, hold=hold, now=NOW)
    with pytest.raises(Refused, match="Say why"):
        lift(reason=" ")
    lift(reason="Over.")
    with pytest.raises(Refused, match="no such hold"):
        lift(reason="Over.")
    assert two.confirm(person, decision)


def test_an_open_request_holds_the_record(two: Keepers) -> None:
    person, identity = somebody("Asked", OLD)
    write(identity)
    decision = two.decide(person)
    authority = authorise(two.lead, permission=Permission.HANDLE_REQUEST, purpose=Purpose.RIGHTS, now=NOW)
    receive(authority=authority, asker=Asker.SELF, asker_name="Asked", given_name="Asked", family_name="Qzfamily",
            born=date.fromisoformat(OLD), scope="", received_on=NOW.date(), now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="Nothing was destroyed"):
        two.confirm(person, decision)


def test_nobody_confirms_their_own_decision_nor_an_old_one_nor_one_about_another(two: Keepers) -> None:
    (person, _), (other, _) = somebody("One", OLD), somebody("Two", OLD)
    decision = two.decide(person)
    with pytest.raises(Refused, match="Somebody else"):
        two.confirm(person, decision, two.lead)
    with pytest.raises(Refused, match="Nobody has decided"):
        two.confirm(other, decision)
    operations.decide(authority=two.acts(two.lead), person=person, line="child", destroy=False, reason="Keep it.",
                      keep_until=NOW.date() + timedelta(days=400), now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="Nothing was destroyed"):
        two.confirm(person, decision)
    young, _ = somebody("Young", YOUNG)
    with pytest.raises(Refused, match="not due"):
        two.decide(young)
    with pytest.raises(Refused, match="held for"):
        operations.set_hold(authority=two.acts(two.lead), person=person, ground=Ground.REVIEW, reason="", now=NOW)


def forge(store: Store, person: UUID, *, same: bool = False, destroy: bool = True) -> UUID:
    """What a stolen connection of the engine could write: a decision and its confirmation, past every operation."""
    decision, one, two = new_id(), new_id(), new_id()
    with psycopg.connect(store.urls.engine) as engine:
        engine.execute(
            "INSERT INTO record_retention_decision (id, person, line, due_on, destroy, reason, by, by_name, at) "
            "VALUES (%s, %s, 'child', '2000-01-01', %s, 'x', %s, 'x', now())",
            [decision, person, destroy, one],
        )
        engine.execute(
            "INSERT INTO record_retention_confirm (decision_id, by, by_name, at) VALUES (%s, %s, 'x', now())",
            [decision, one if same else two],
        )
    return decision


def refused(url: str, *statements: str) -> str:
    """How the database refuses these statements, in one transaction."""
    with pytest.raises(psycopg.Error) as error, psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)
    return str(error.value)


def test_the_function_looks_at_everything_again_whatever_was_written(two: Keepers, store: Store) -> None:
    (young, young_id), (old, _) = somebody("Young", YOUNG), somebody("Old", OLD)
    write(young_id)
    for decision in (
        forge(store, young),
        forge(store, old, same=True),
        forge(store, old, destroy=False),
    ):
        said = refused(store.urls.engine, f"SELECT record_destroy('{decision}')")
        assert "nothing is destroyed" in said
    said = refused(store.urls.engine, f"SELECT record_destroy('{young}')")
    assert "nothing is destroyed" in said


def test_neither_the_engine_nor_the_web_nor_a_setting_opens_the_door(two: Keepers, store: Store) -> None:
    person, identity = somebody("Old", OLD)
    entry = write(identity)
    decision = forge(store, person)
    settings = ("SET LOCAL wp.destroying = 'on'", "SELECT set_config('wp.session', 'x', true)",
                "SET LOCAL session_replication_role = replica")  # fmt: skip
    delete = f"DELETE FROM record_entry WHERE id = '{entry}'"
    for url in (store.urls.engine, store.urls.web):
        assert "permission denied" in refused(url, delete)
        assert "permission denied" in refused(url, *settings[:2], delete)
        assert "permission denied" in refused(url, settings[2])
        assert "permission denied" in refused(url, STONE.format(decision=decision, person=person), delete)
        assert "permission denied" in refused(url, "SET ROLE wp_owner")
    assert "permission denied" in refused(store.urls.web, f"SELECT record_destroy('{decision}')")
    assert "never changed or removed" in refused(make_conninfo(store.superuser, dbname=store.name), delete)
    # The owner's own session, without a tombstone of this transaction, finds no row that it may remove.
    with psycopg.connect(store.urls.owner) as owner:
        assert owner.execute(delete).rowcount == 0
    assert str(entry) in whole(store)


def test_the_owner_removes_nothing_that_the_tombstone_does_not_name(two: Keepers, store: Store) -> None:
    person, identity = somebody("Old", OLD)
    entry = write(identity)
    decision = forge(store, person)
    with suppress(psycopg.Error), psycopg.connect(store.urls.owner) as owner:
        owner.execute(STONE.format(decision=decision, person=person))
        assert owner.execute(f"DELETE FROM record_entry WHERE id = '{entry}'").rowcount == 0
    assert str(entry) in whole(store)


def test_the_list_is_of_what_is_due_with_what_is_held_and_not_of_what_is_kept_longer(two: Keepers) -> None:
    (old, old_id), (held, held_id), (kept, kept_id) = (somebody(n, OLD) for n in ("Old", "Held", "Kept"))
    for identity in (old_id, held_id, kept_id, somebody("Young", YOUNG)[1]):
        write(identity)
    operations.set_hold(authority=two.acts(two.lead), person=held, ground=Ground.INQUIRY, reason="Asked.", now=NOW)
    operations.decide(authority=two.acts(two.lead), person=kept, line="child", destroy=False, reason="Keep.",
                      keep_until=NOW.date() + timedelta(days=9), now=NOW)  # fmt: skip
    with acting(system()):
        found = falling_due(NOW.date())
        later = falling_due(NOW.date() + timedelta(days=10))
    assert {f.person: f.held for f in found} == {old: False, held: True}
    assert {f.person for f in later} == {old, held, kept}
    assert "HELD" in "\n".join(lines_of(found)) and "Qzfamily" not in "\n".join(lines_of(found))
    assert found[0].due.line == "child" and found[0].due.on == date(2015, 1, 5) and found[0].born_year == 1990
