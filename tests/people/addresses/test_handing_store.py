"""A shield goes from team to team and always has somebody to answer for it; and a slip in an address is put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Event, Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connections

from tests.conftest import Store
from tests.people.addresses.test_addresses_store import FLED, NEW, Fled, _ask, build, lines_seen, looking
from tests.worlds import NOW, authority, practitioner
from wholepicture.access.models import InvolvementRow
from wholepicture.access.operations import acting, end_involvement, involve
from wholepicture.access.policy import Stop
from wholepicture.access.stops import stop
from wholepicture.agencies.operations import supervise
from wholepicture.agencies.staff import leave
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.addresses.answering import answered, hand_card, hands_of, homes_kept, shields_answered
from wholepicture.people.addresses.handing import could_hold, decline_shield, offer_shield, take_shield
from wholepicture.people.addresses.keeping import agree_to_end, ask_to_end, review_shield
from wholepicture.people.addresses.models import AddressKeyRow, HandEndRow, HandRow, ShieldRow
from wholepicture.people.addresses.operations import correct_address, shield
from wholepicture.people.addresses.queries import addresses_of, guarded_words, held_of, shields_of, statements_of
from wholepicture.people.addresses.release import decide_release
from wholepicture.people.addresses.rules import key_of_text
from wholepicture.people.addresses.types import AddressSort, NewAddress, NewShield, ShieldReason

TO = "visitors"
WHY = "The family has moved, and the health visitor leads from now on."


@pytest.fixture
def fled(store: Store) -> Fled:
    return build(store)


def refused(code: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        attempt()
    assert found.value.code == code


def offer(fled: Fled, viewer: Viewer | None = None, to: str = TO) -> UUID:
    return offer_shield(viewer=viewer or fled.world.ann, shield=fled.shields[0], to_team=to, why=WHY, now=NOW)


def take(hand: UUID, viewer: Viewer) -> UUID:
    return take_shield(viewer=viewer, hand=hand, words="We know her.", now=NOW)


def mine(viewer: Viewer) -> dict[UUID, bool]:
    """The shields that the viewer's team answers for, and whether each is theirs to read."""
    with looking(viewer):
        return {a.id: a.shield is not None for a in shields_answered()}


@pytest.mark.requirement("R13")
def test_a_shield_is_handed_over_and_is_never_unheld(fled: Fled) -> None:
    ann, cat, mother = fled.world.ann, fled.cat, fled.world.mother
    review_shield(viewer=ann, shield=fled.shields[0], words="He still looks for her.", next_review=date(2026, 7, 1),
                  now=NOW)  # fmt: skip
    hand = offer(fled)
    assert mine(cat) == {fled.shields[0]: False}, "told in their work, and not yet told what it keeps"
    assert lines_seen(cat, mother) == {"12 Larch Close"}
    with looking(cat):
        assert homes_kept(fled.shields[0]) == [] and shields_of([mother]) == []
    assert lines_seen(ann, mother) == {"12 Larch Close", "7 Weir Street"}, "held by the one until the other takes it"
    taken = take(hand, cat)
    assert lines_seen(cat, mother) == {"12 Larch Close", "7 Weir Street"}
    assert lines_seen(ann, mother) == {"12 Larch Close"}
    with looking(cat):
        [kept] = shields_of([mother])
        assert (kept.id, kept.review_by, kept.set_by_name) == (taken, date(2026, 7, 1), "Ann"), "the review stays due"
        assert [r.words for r in kept.reviews] == ["He still looks for her."]
        assert held_of(mother)[0].team == TO
    with looking(ann):
        assert fled.shields[0] not in {a.id for a in shields_answered()}
        assert [h.taken for h in hands_of(fled.shields[0])] == [True]
    with acting(authority()):
        assert not AddressKeyRow.objects.filter(key=key_of_text(NEW)).exists(), "never matched on, before or after"
        assert {w.holder_team for w in guarded_words([mother])} == {TO}


def test_between_offer_and_taking_no_moment_is_without_a_shield(fled: Fled) -> None:
    """The old one ends in the transaction in which the new one begins: a reader beside it never sees neither."""
    hand = offer(fled)
    seen: list[set[str]] = []
    start, done = Barrier(2, timeout=20), Event()

    def watch() -> None:
        try:
            start.wait()
            while not done.is_set():
                seen.append(lines_seen(fled.manager, fled.world.mother))
        finally:
            connections.close_all()

    watching = Thread(target=watch)
    watching.start()
    start.wait()
    take(hand, fled.cat)
    done.set()
    watching.join()
    assert seen and all(lines == {"12 Larch Close"} for lines in seen)


def test_who_may_offer_take_and_decline(fled: Fled) -> None:
    ann, cat, sue = fled.world.ann, fled.cat, fled.second
    for code, attempt in (
        ("no-shield", lambda: offer(fled, cat, "safeguarding")),
        ("team", lambda: offer(fled, to=ann.actor.team)),
        ("team", lambda: offer(fled, to="nowhere")),
        ("why", lambda: offer_shield(viewer=ann, shield=fled.shields[0], to_team=TO, why=" ", now=NOW)),
    ):
        refused(code, attempt)
    hand = offer(fled)
    refused("offered", lambda: offer(fled, to="safeguarding"))
    refused("not-yours", lambda: take(hand, ann))
    refused("absent", lambda: take(hand, fled.world.bob))
    refused("absent", lambda: take(UUID(int=5), cat))
    refused("words", lambda: decline_shield(viewer=cat, hand=hand, words=" ", now=NOW))
    decline_shield(viewer=cat, hand=hand, words="She is not on our list.", now=NOW)
    refused("no-offer", lambda: take(hand, cat))
    refused("no-offer", lambda: decline_shield(viewer=sue, hand=hand, words="x", now=NOW))
    with looking(ann):
        assert hand_card(hand) is not None and hands_of(fled.shields[0])[0].end_words == "She is not on our list."
    assert mine(cat) == {}
    again = offer(fled)
    decline_shield(viewer=sue, hand=again, words="Offered to the wrong team.", now=NOW)
    third = offer(fled)
    ask_to_end(viewer=ann, shield=fled.shields[0], why="He died.", now=NOW)
    agree_to_end(viewer=sue, shield=fled.shields[0], why="Seen.", now=NOW)
    refused("no-offer", lambda: take(third, cat))


def test_two_people_hand_a_shield_over_and_the_database_holds_it(fled: Fled) -> None:
    hand = offer(fled)
    me = UUID(fled.world.ann.actor.practitioner)
    with pytest.raises(IntegrityError), acting(authority()):
        HandEndRow.objects.create(hand=hand, taken=True, asked_by=me, by=me, by_name="", at=NOW)
    take(hand, fled.cat)
    with pytest.raises(IntegrityError), acting(authority()):
        copy = ShieldRow.objects.get(continues=fled.shields[0])
        copy.pk = UUID(int=7)
        copy.save(force_insert=True)


def test_two_who_take_one_shield_at_once_make_one(fled: Fled) -> None:
    hand, mate = offer(fled), practitioner("mo", "health_visitor", "health_visiting", TO)
    start, said = Barrier(2, timeout=20), []

    def takes(viewer: Viewer) -> None:
        try:
            start.wait()
            said.append(str(take(hand, viewer)))
        except Refused as error:
            said.append(error.code)
        finally:
            connections.close_all()

    both = [Thread(target=takes, args=(viewer,)) for viewer in (fled.cat, mate)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert said.count("no-offer") == 1
    with acting(authority()):
        assert ShieldRow.objects.filter(continues=fled.shields[0]).count() == 1


def test_a_release_ends_with_the_team_that_held_the_shield(fled: Fled) -> None:
    gp = practitioner("gus", "gp", "gp/market", "market")
    involve(authority=authority(), team="market", people=[fled.world.mother], ground="list", since=NOW)
    granted, waits = _ask(fled, gp), _ask(fled, fled.world.ann)
    decide_release(viewer=fled.manager, release=granted, granted=True, why="Known.", now=datetime.now(UTC))
    assert "7 Weir Street" in lines_seen(gp, fled.world.mother)
    take(offer(fled), fled.cat)
    assert lines_seen(gp, fled.world.mother) == {"12 Larch Close"}
    refused("ended", lambda: decide_release(viewer=fled.manager, release=waits, granted=True, why="x", now=NOW))
    decide_release(viewer=fled.manager, release=waits, granted=False, why="Ask the new team.", now=NOW)


@pytest.mark.requirement("R13")
def test_whoever_holds_a_shield_answers_for_it_after_they_have_gone_from_the_case(fled: Fled) -> None:
    ann = fled.world.ann
    with acting(authority()):
        live = list(InvolvementRow.objects.filter(team=ann.actor.team, person=fled.world.mother))
    for row in live:
        end_involvement(authority=authority(), involvement=row.id, reason="screened", now=NOW)
    assert lines_seen(ann, fled.world.mother) == set(), "of the record nothing is theirs any more"
    with looking(ann):
        found = answered(fled.shields[0])
        assert found is not None and found.name == "Ewa Nowak" and found.shield is not None
        assert [a.lines[0] for a in homes_kept(fled.shields[0])] == ["7 Weir Street"], "and of addresses what it keeps"
    review_shield(viewer=ann, shield=fled.shields[0], words="Rang her.", next_review=None, now=NOW)
    ask_to_end(viewer=ann, shield=fled.shields[0], why="He died.", now=NOW)
    agree_to_end(viewer=fled.second, shield=fled.shields[0], why="Seen.", now=NOW)
    with looking(ann):
        assert answered(fled.shields[0]) is None and homes_kept(fled.shields[0]) == []


def test_whoever_is_kept_from_a_person_answers_for_no_shield_on_them(fled: Fled) -> None:
    stop(authority=authority(), practitioner=UUID(fled.world.ann.actor.practitioner), person=fled.world.mother,
         ground=Stop.FAMILY, now=NOW)  # fmt: skip
    assert fled.shields[0] not in mine(fled.world.ann)
    with looking(fled.world.ann):
        assert homes_kept(fled.shields[0]) == []


def test_another_team_s_own_shield_is_not_got_past(fled: Fled) -> None:
    new = NewShield(ShieldReason.WITNESS, "", "anybody", FLED)
    shield(authority=authority(), people=[fled.world.mother], new=new, holder_team="safeguarding", now=NOW)
    with looking(fled.world.ann):
        assert homes_kept(fled.shields[0]) == []


@pytest.mark.requirement("R13")
def test_a_shield_whose_team_is_empty_falls_to_the_managers_of_social_care(fled: Fled) -> None:
    lead = practitioner("mag", "manager", "social_care", "social_care:leads")
    far = practitioner("meg", "manager", "police", "police:leads")
    mate = practitioner("max", "social_worker", "social_care", "social_care:leads")
    assert mine(lead) == {}
    for viewer in (fled.world.ann, fled.second):
        leave(authority=authority(), practitioner=UUID(viewer.actor.practitioner))
    assert mine(lead) == dict.fromkeys(fled.shields, True)
    assert mine(far) == {} and mine(mate) == {} and mine(fled.cat) == {}
    with looking(lead):
        assert homes_kept(fled.shields[0]) == [], "they answer for it, and read the address once their team holds it"
    review_shield(viewer=lead, shield=fled.shields[0], words="Rang her advocate.", next_review=None, now=NOW)
    hand = offer(fled, lead, lead.actor.team)
    refused("same-person", lambda: take(hand, lead))
    taken = take(hand, mate)
    with looking(lead):
        assert [a.lines[0] for a in homes_kept(taken)] == ["7 Weir Street"]


def test_a_team_that_is_supervised_is_answered_for_by_those_above(fled: Fled) -> None:
    lead = practitioner("mag", "manager", "social_care", "social_care:leads")
    above = practitioner("abe", "manager", "social_care", "social_care:above")
    supervise(authority=authority(), team=above.actor.team, supervised=fled.world.ann.actor.team)
    for viewer in (fled.world.ann, fled.second):
        leave(authority=authority(), practitioner=UUID(viewer.actor.practitioner))
    assert set(mine(above)) == set(fled.shields) and mine(lead) == {}


def test_the_teams_that_could_hold_a_shield_have_somebody_who_keeps_addresses(fled: Fled) -> None:
    practitioner("igl", "ig_lead", "other/trust", "governance")
    assert "governance" not in could_hold() and TO in could_hold()


# A slip in an address


def _home(fled: Fled, viewer: Viewer, whose: UUID, line: str) -> UUID:
    with looking(viewer):
        return next(a.id for a in addresses_of([whose])[whose] if a.lines[0] == line)


RIGHT = NewAddress(("17 Weir Street", "Aldermere"), "QX9 1AA", AddressSort.REFUGE, phone="01632 960777",
                   from_=When.on(FLED), source="mother")  # fmt: skip


@pytest.mark.requirement("R13")
def test_a_slip_is_put_right_and_what_is_kept_stays_kept(fled: Fled) -> None:
    ann, mother = fled.world.ann, fled.world.mother
    wrong = _home(fled, ann, mother, "7 Weir Street")
    refused("same", lambda: correct_address(viewer=ann, address=wrong, right=replace(
        RIGHT, lines=("7 Weir Street", "Aldermere")), now=NOW))  # fmt: skip
    made = correct_address(viewer=ann, address=wrong, right=RIGHT, now=NOW)
    assert lines_seen(ann, mother) == {"12 Larch Close", "17 Weir Street"}
    with looking(ann):
        assert {a.id for a in statements_of([mother])[mother]} >= {wrong, made}, "the old one is kept"
    with looking(fled.cat):
        assert {a.lines[0] for a in statements_of([mother])[mother]} == {"12 Larch Close"}, "and neither is told"
    with acting(authority()):
        keys = [key_of_text("17 Weir Street, Aldermere, QX9 1AA"), key_of_text(NEW)]
        assert not AddressKeyRow.objects.filter(key__in=keys).exists()
        assert {"7 Weir Street", "17 Weir Street"} <= {w.text for w in guarded_words([mother])}


def test_an_address_that_is_kept_is_corrected_as_one_that_there_is_not(fled: Fled) -> None:
    kept = _home(fled, fled.world.ann, fled.world.mother, "7 Weir Street")
    said = []
    for viewer in (fled.cat, fled.world.bob):
        for address in (kept, UUID(int=9)):
            with pytest.raises(Refused) as found:
                correct_address(viewer=viewer, address=address, right=RIGHT, now=NOW)
            said.append(str(found.value))
    assert len(set(said)) == 1
    practitioner("igl", "ig_lead", "other/trust", "governance")


def test_a_correction_that_moves_a_home_into_what_a_shield_covers_is_kept(fled: Fled) -> None:
    """She left a week later than was written: from then on the old home was hers after the shield's first day."""
    old = _home(fled, fled.cat, fled.world.mother, "12 Larch Close")
    later = NewAddress(("12 Larch Close", "Aldermere"), "QX4 2LD", to=When.on(FLED + timedelta(days=7)))
    correct_address(viewer=fled.cat, address=old, right=later, now=NOW)
    assert lines_seen(fled.cat, fled.world.mother) == set()
    assert lines_seen(fled.world.ann, fled.world.mother) == {"12 Larch Close", "7 Weir Street"}


def test_a_correction_does_not_lift_a_shield(fled: Fled) -> None:
    wrong = _home(fled, fled.world.ann, fled.world.mother, "7 Weir Street")
    gone = replace(RIGHT, from_=When.parse("2020"), to=When.parse("2021"))
    correct_address(viewer=fled.world.ann, address=wrong, right=gone, now=NOW)
    assert lines_seen(fled.cat, fled.world.mother) == {"12 Larch Close"}


def test_two_who_correct_one_slip_at_once_make_one_correction(store: Store) -> None:
    fled = build(store, shielded=False)
    wrong = _home(fled, fled.cat, fled.world.mother, "7 Weir Street")
    start, said = Barrier(2, timeout=20), []

    def corrects(viewer: Viewer, line: str) -> None:
        try:
            start.wait()
            right = replace(RIGHT, lines=(line,))
            said.append(str(correct_address(viewer=viewer, address=wrong, right=right, now=NOW)))
        except Refused as error:
            said.append(error.code)
        finally:
            connections.close_all()

    both = [Thread(target=corrects, args=given) for given in ((fled.cat, "8 Weir Street"), (fled.world.ann, "9 Weir"))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(said) == 2 and said.count("corrects") + said.count("absent") == 1


def test_offers_are_kept_from_the_person_they_are_about(fled: Fled) -> None:
    hand = offer(fled)
    stop(authority=authority(), practitioner=UUID(fled.cat.actor.practitioner), person=fled.world.mother,
         ground=Stop.COLLEAGUE, now=NOW)  # fmt: skip
    refused("absent", lambda: take(hand, fled.cat))
    with looking(fled.cat):
        assert not HandRow.objects.exists()
