"""A request from the day it comes to the day it is closed, on the real database."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from tests.casework.asking import SECRET, Asked, ask, shield_places
from tests.casework.town import KASIA_BORN, NOW
from tests.conftest import Store
from tests.worlds import authority as system
from wholepicture.access.operations import acting, involve, use_session, viewing
from wholepicture.access.policy import Stop
from wholepicture.access.roles import Permission
from wholepicture.access.stops import stop
from wholepicture.casework.subject_access import operations
from wholepicture.casework.subject_access.gathering import items_about
from wholepicture.casework.subject_access.queries import decisions_of, request_shown, requests_shown, state_of
from wholepicture.casework.subject_access.rules import answer_of
from wholepicture.casework.subject_access.types import Asker, Cut, Held, Outcome, Pause
from wholepicture.foundation.authority import Purpose, Viewer
from wholepicture.foundation.refusals import Refused

OURS = ("casework_subject_request", "casework_subject_event", "casework_subject_decision", "access_involvement",
        "access_involvement_end", "access_audit", "access_audit_seal")  # fmt: skip


@pytest.fixture
def asked(store: Store) -> Asked:
    return ask()


def _digests(store: Store) -> dict[str, str]:
    """A hash of every row of every table but those that a request writes to."""
    with store.as_superuser() as connection:
        names = [str(r[0]) for r in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {
            name: hashlib.sha256(
                repr(connection.execute(f"SELECT t::text FROM {name} t ORDER BY 1").fetchall()).encode()
            ).hexdigest()
            for name in names
            if name not in OURS
        }


def _cut(asked: Asked, words: str) -> Cut:
    text = next(p.text for p in asked.item(SECRET).parts if p.name == "summary")
    return Cut("summary", text.index(words), text.index(words) + len(words), "third_party")


def _whole_way(asked: Asked) -> None:
    asked.decide(asked.item(SECRET), Outcome.PART, "", "", _cut(asked, "Ewa Nowak sleeps at 9 Hidden Row"))
    asked.decide(asked.item("I do not want Tata"), Outcome.WITHHOLD, "childs_confidence")
    asked.decide_rest()
    asked.note("checked")
    asked.note("harm_checked", asked.reviewer)
    operations.submit(
        authority=asked.acts(asked.reviewer, reviews=True), request=asked.request, held=asked.held(), now=NOW
    )
    asked.sign()


def test_a_request_is_answered_and_the_record_stays_byte_for_byte(asked: Asked, store: Store) -> None:
    before = _digests(store)
    _whole_way(asked)
    with acting(system()):
        held = Held(tuple(items_about(asked.town.kasia, NOW.date())))
        release = answer_of(asked.known(), held, decisions_of(asked.request))
    operations.check_signed(asked.known(), release)
    said = repr(release)
    assert "Hidden Row" not in said and "I do not want Tata" not in said
    assert "Qzsecret told us that [withheld: T]. She asked" in said
    assert [(w.mark, w.items, w.places) for w in release.withheld] == [("T", 0, 1), ("R", 1, 0)]
    asked.note("released")
    asked.note("closed")
    assert state_of(asked.known()) == "closed"
    assert _digests(store) == before


def test_both_readers_see_the_items_as_the_engine_does_and_nobody_else_sees_them(asked: Asked) -> None:
    whole = [i.digest for i in asked.items()]
    assert len(whole) >= 6
    assert [i.digest for i in asked.items(asked.reviewer)] == whole
    assert [i.digest for i in asked.items(asked.second)] == whole
    for viewer in (asked.stranger, asked.lead):
        with pytest.raises(Refused):
            asked.items(viewer)


def _tables_seen(viewer: Viewer) -> list[int]:
    found = []
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        with connections["default"].cursor() as cursor:
            for table in OURS[:3]:
                cursor.execute(f"SELECT count(*) FROM {table}")
                row = cursor.fetchone()
                found.append(int(row[0]) if row else 0)
    return found


def test_row_level_security_shows_a_request_to_those_who_handle_it(asked: Asked) -> None:
    asked.decide(asked.items()[0])
    assert _tables_seen(asked.reviewer) == [1, 3, 1]
    assert _tables_seen(asked.second) == [1, 3, 1]
    assert _tables_seen(asked.lead) == [1, 3, 0], "who looked and asked, never what was found"
    for viewer in (asked.stranger, asked.town.social_worker, asked.town.gp, asked.town.manager):
        assert _tables_seen(viewer) == [0, 0, 0]


def test_a_reviewer_reads_nothing_but_this_person_and_nothing_once_it_is_closed(asked: Asked) -> None:
    with pytest.raises(Refused, match="no record here"):
        with viewing(asked.reviewer, permission=Permission.VIEW_CHILD, purpose=Purpose.RIGHTS, now=NOW, act="test",
                     person=asked.town.jan):  # fmt: skip
            pass
    asked.note("closed")
    for viewer in (asked.reviewer, asked.second):
        with pytest.raises(Refused, match="no record here"):
            asked.items(viewer)


def test_giving_it_to_another_takes_it_from_the_first(asked: Asked) -> None:
    authority = asked.acts(asked.lead)
    operations.assign(authority=authority, request=asked.request, practitioner=_id(asked.stranger), now=NOW)
    assert asked.items(asked.stranger)
    with pytest.raises(Refused):
        asked.items(asked.reviewer)
    with pytest.raises(Refused, match="Only the reviewer"):
        operations.decide(
            authority=asked.acts(asked.reviewer), request=asked.request, held=asked.held(asked.stranger),
            item=asked.items()[0].id,
            digest=asked.items()[0].digest, outcome=Outcome.GIVE, cuts=(), code="", words="", now=NOW,
        )  # fmt: skip
    operations.name_second(authority=authority, request=asked.request, practitioner=_id(asked.reviewer), now=NOW)
    with pytest.raises(Refused):
        asked.items(asked.second)


def _id(viewer: Viewer) -> UUID:
    return UUID(viewer.actor.practitioner)


def test_nobody_gives_a_record_to_themselves_nor_to_who_is_no_manager_nor_to_who_is_stopped(asked: Asked) -> None:
    authority = asked.acts(asked.lead)
    stop(authority=system(), practitioner=_id(asked.stranger), person=asked.town.kasia, ground=Stop.FAMILY, now=NOW)
    refused = [
        (asked.acts(asked.stranger), asked.request, _id(asked.stranger), "themselves"),
        (authority, asked.request, _id(asked.town.gp), "Choose a manager"),
        (authority, asked.request, _id(asked.stranger), "may not open"),
        (authority, asked.request, _id(asked.second), "second reader"),
        (authority, uuid4(), _id(asked.second), "no such request"),
    ]
    for who, request, practitioner, says in refused:
        with pytest.raises(Refused, match=says):
            operations.assign(authority=who, request=request, practitioner=practitioner, now=NOW)
    with pytest.raises(Refused, match="own decisions"):
        operations.name_second(authority=authority, request=asked.request, practitioner=_id(asked.reviewer), now=NOW)


def test_it_goes_to_the_second_reader_only_when_nothing_is_missing(asked: Asked) -> None:
    submit = partial(
        operations.submit, authority=asked.acts(asked.reviewer), request=asked.request, held=asked.held(), now=NOW
    )
    with pytest.raises(Refused) as refusal:
        submit()
    for says in ("who asks", "harm check", "items that are left"):
        assert says in refusal.value.sentence
    asked.decide_rest()
    asked.note("checked")
    asked.note("harm_checked", asked.reviewer)
    with pytest.raises(Refused, match="Only the reviewer"):
        operations.submit(authority=asked.acts(asked.second), request=asked.request, held=asked.held(), now=NOW)
    submit()
    with pytest.raises(Refused, match="must be returned"):
        asked.decide(asked.items()[0])
    with pytest.raises(Refused, match="Only the second reader"):
        asked.sign(asked.reviewer)
    asked.note("returned", asked.second, "Look at the note again.")
    asked.decide(asked.items()[0])


def test_whoever_decided_an_item_does_not_sign_it_off(asked: Asked) -> None:
    asked.decide_rest()
    asked.note("checked")
    asked.note("harm_checked", asked.reviewer)
    authority = asked.acts(asked.lead)
    operations.assign(authority=authority, request=asked.request, practitioner=_id(asked.stranger), now=NOW)
    operations.name_second(authority=authority, request=asked.request, practitioner=_id(asked.reviewer), now=NOW)
    operations.submit(
        authority=asked.acts(asked.stranger), request=asked.request, held=asked.held(asked.stranger), now=NOW
    )
    with pytest.raises(Refused, match="decided an item"):
        asked.sign(asked.reviewer)


def test_nothing_goes_out_that_was_not_signed_off_word_for_word(asked: Asked) -> None:
    with acting(system()):
        items = items_about(asked.town.kasia, NOW.date())
    asked.decide_rest()
    with acting(system()):
        decisions = decisions_of(asked.request)
    with pytest.raises(Refused, match="not been signed off"):
        operations.check_signed(asked.known(), answer_of(asked.known(), Held(tuple(items)), decisions))
    asked.note("checked")
    asked.note("harm_checked", asked.reviewer)
    operations.submit(authority=asked.acts(asked.reviewer), request=asked.request, held=asked.held(), now=NOW)
    asked.sign()
    operations.check_signed(asked.known(), answer_of(asked.known(), Held(tuple(items)), decisions))
    for other in (Held(tuple(items[1:])), Held(tuple(items), kept=1)):
        with pytest.raises(Refused, match="not what was signed off"):
            operations.check_signed(asked.known(), answer_of(asked.known(), other, decisions))


def test_a_decision_about_words_that_have_changed_is_refused(asked: Asked) -> None:
    item = asked.items()[0]
    with pytest.raises(Refused, match="has changed"):
        operations.decide(
            authority=asked.acts(asked.reviewer), request=asked.request, held=asked.held(),
            item=item.id, digest="other",
            outcome=Outcome.GIVE, cuts=(), code="", words="", now=NOW,
        )  # fmt: skip
    with pytest.raises(Refused, match="no such item"):
        operations.decide(
            authority=asked.acts(asked.reviewer), request=asked.request, held=asked.held(),
            item=uuid4(), digest="", now=NOW,
            outcome=Outcome.GIVE, cuts=(), code="", words="",
        )  # fmt: skip


def test_the_clock_is_stopped_and_started_with_words_and_extended_once_in_the_first_month(asked: Asked) -> None:
    authority = asked.acts(asked.lead)
    resume = partial(operations.resume, authority=authority, request=asked.request, now=NOW)
    pause = partial(operations.pause, authority=authority, request=asked.request, now=NOW)
    with pytest.raises(Refused, match="running"):
        resume(words="It came.")
    with pytest.raises(Refused, match="what was asked"):
        pause(reason=Pause.IDENTITY, words=" ")
    pause(reason=Pause.IDENTITY, words="Asked for a passport.")
    with pytest.raises(Refused, match="already"):
        pause(reason=Pause.CLARIFICATION, words="Which years?")
    resume(words="Shown at the desk.")
    asked.note("extended")
    with pytest.raises(Refused, match="once"):
        asked.note("extended")
    with pytest.raises(Refused, match="first month"):
        operations.note(authority=authority, request=asked.request, event="extended", words="Late.",
                        now=NOW + timedelta(days=40))  # fmt: skip
    with pytest.raises(Refused, match="Write down"):
        asked.note("checked", words=" ")


def test_a_request_is_written_down_whether_or_not_the_record_is_found(asked: Asked) -> None:
    receive = partial(
        operations.receive, authority=asked.acts(asked.lead), asker=Asker.SELF, scope="", given_name="Nobody",
        family_name="Known", born=KASIA_BORN, now=NOW,
    )  # fmt: skip
    made = receive(asker_name="Nobody Known", received_on=NOW.date())
    with acting(system()):
        found = request_shown(made)
    assert found is not None and found.person is None
    with pytest.raises(Refused, match="whose record"):
        operations.assign(authority=asked.acts(asked.lead), request=made, practitioner=_id(asked.stranger), now=NOW)
    identify = partial(
        operations.identify, authority=asked.acts(asked.lead), request=made, nhs_number="", now=NOW,
        given_name="Kasia", family_name="Nowak",
    )  # fmt: skip
    with pytest.raises(Refused, match="No one record"):
        identify(born=None)
    identify(born=KASIA_BORN)
    operations.assign(authority=asked.acts(asked.lead), request=made, practitioner=_id(asked.stranger), now=NOW)
    with pytest.raises(Refused, match="with a reviewer already"):
        identify(born=KASIA_BORN)
    with pytest.raises(Refused, match="day to come"):
        receive(asker_name="Nobody Known", received_on=NOW.date() + timedelta(days=1))
    with pytest.raises(Refused, match="who asks"):
        receive(asker_name=" ", received_on=NOW.date())


def test_a_request_that_is_closed_before_anybody_was_found_ends_nothing(asked: Asked) -> None:
    made = operations.receive(
        authority=asked.acts(asked.lead), asker=Asker.SELF, asker_name="Nobody", scope="", given_name="No",
        family_name="Body", born=None, received_on=NOW.date(), now=NOW,
    )  # fmt: skip
    operations.note(authority=asked.acts(asked.lead), request=made, event="closed", words="Withdrawn.", now=NOW)
    with viewing(asked.lead, permission=Permission.HANDLE_REQUEST, purpose=Purpose.RIGHTS, now=NOW, act="request.list"):
        assert {state_of(r) for r in requests_shown()} == {"closed", "reviewing"}


def test_what_comes_in_after_the_day_it_was_asked_is_not_part_of_it(store: Store) -> None:
    asked = ask(received=NOW.date() - timedelta(days=10))
    said = repr(asked.items())
    assert "Qzsecret" in said
    assert "hands round" not in said, "the notice of today"


def test_an_involvement_of_the_team_does_not_let_a_manager_into_the_decisions(asked: Asked) -> None:
    involve(authority=system(), team=asked.stranger.actor.team, people=[asked.town.kasia], ground="held", since=NOW)
    asked.decide(asked.items()[0])
    assert _tables_seen(asked.stranger) == [0, 0, 0]


def test_a_reader_still_sees_that_a_closed_request_was_theirs(asked: Asked) -> None:
    asked.note("closed")
    assert _tables_seen(asked.reviewer) == [1, 4, 0]


def test_what_a_shield_keeps_from_the_readers_is_withheld_whole_and_the_rest_is_answered(asked: Asked) -> None:
    school = shield_places(asked)
    assert school in {i.id for i in asked.items()} and school not in {i.id for i in asked.held().items}
    assert asked.held().kept >= 1 and asked.held() == asked.held(asked.second)
    for item in asked.held().items:
        asked.decide(item)
    asked.note("checked")
    asked.note("harm_checked", asked.reviewer)
    acts = partial(asked.acts, reviews=True)
    operations.submit(authority=acts(asked.reviewer), request=asked.request, held=asked.held(), now=NOW)
    seen = asked.held(asked.second)
    asked.sign()
    with acting(system()):
        release = answer_of(asked.known(), seen, decisions_of(asked.request))
    operations.check_signed(asked.known(), release)
    assert "Qzplace" not in repr(release)
    [line] = [w for w in release.withheld if w.mark == "R"]
    assert line.items == seen.kept
