"""Signals in the store: raised with the entry, answered by name, opened again by new evidence, ended by the record."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.conftest import Store
from tests.worlds import World, authority, build_world
from wholepicture.access.operations import acting, authorise
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Purpose
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.record.models import EntryRow
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole
from wholepicture.signals.operations import answer, refresh, refresh_due
from wholepicture.signals.queries import SignalCard, signals_about, waiting_counts

TODAY = date(2026, 3, 2)
REASON = "Read the three incidents together with police; an assessment has begun."


@pytest.fixture
def world(store: Store) -> World:
    """Kasia, her mother, and a note."""
    return build_world()


def _incident(world: World, day: date) -> UUID:
    about = ((world.mother_identity, AboutRole.VICTIM), (world.child_identity, AboutRole.AFFECTED))
    when = When.on(day)
    with acting(authority()):
        entry = add_entry(
            authority=authority(),
            entry=NewEntry("domestic_abuse_incident", when, when, "police", "police officer", about, "An incident."),
        )
        refresh(authority=authority(), people=[world.child], today=day)
    return entry


def _signal(world: World, rule: str) -> SignalCard | None:
    with acting(authority()):
        return next((c for c in signals_about([world.child]) if c.rule == rule), None)


def _answer(world: World, signal: UUID, on: date, reason: str = REASON) -> None:
    allowed = authorise(
        world.ann,
        permission=Permission.ANSWER_SIGNAL,
        purpose=Purpose.ASSESS,
        now=authority().decided,
        people=[world.child],
    )
    answer(authority=allowed, signal=signal, reason=reason, today=on)


@pytest.mark.requirement("R41")
def test_repeats_are_judged_together(world: World) -> None:
    first = _incident(world, TODAY - timedelta(days=60))
    assert _signal(world, "S01") is None
    second = _incident(world, TODAY)
    card = _signal(world, "S01")
    assert card is not None
    assert set(card.evidence) == {first, second}
    assert card.status == "raised"


def test_an_answer_has_a_name_and_reasons_and_new_evidence_opens_the_question_again(world: World) -> None:
    _incident(world, TODAY - timedelta(days=60))
    _incident(world, TODAY - timedelta(days=30))
    card = _signal(world, "S01")
    assert card is not None
    _answer(world, card.id, TODAY - timedelta(days=29))
    answered = _signal(world, "S01")
    assert answered is not None and not answered.waits
    assert (answered.steps[-1].by_name, answered.steps[-1].reason) == ("Ann", REASON)
    third = _incident(world, TODAY)
    reopened = _signal(world, "S01")
    assert reopened is not None and reopened.status == "reopened" and reopened.waits
    assert third in reopened.evidence
    with acting(authority()):
        assert waiting_counts([world.child])[world.child] >= 1


@pytest.mark.parametrize("reason", ["", "  ", "fine", "x" * 19])
def test_an_answer_without_reasons_is_refused(world: World, reason: str) -> None:
    _incident(world, TODAY - timedelta(days=60))
    _incident(world, TODAY)
    card = _signal(world, "S01")
    assert card is not None
    with pytest.raises(Refused, match="Say what you looked at"):
        _answer(world, card.id, TODAY, reason)


def test_a_question_is_answered_once(world: World) -> None:
    _incident(world, TODAY - timedelta(days=60))
    _incident(world, TODAY)
    card = _signal(world, "S01")
    assert card is not None
    _answer(world, card.id, TODAY)
    with pytest.raises(Refused, match="cannot be answered"):
        _answer(world, card.id, TODAY)
    with pytest.raises(Refused, match="no such question"):
        _answer(world, UUID(int=7), TODAY)


def test_somebody_without_a_claim_cannot_answer(world: World) -> None:
    with pytest.raises(Refused, match="involved with"):
        authorise(
            world.bob,
            permission=Permission.ANSWER_SIGNAL,
            purpose=Purpose.CARE,
            now=authority().decided,
            people=[world.child],
        )


@pytest.mark.requirement("R38")
def test_an_unscreened_incident_speaks_up_when_its_wait_runs_out_though_nothing_new_is_recorded(world: World) -> None:
    refresh_due(authority=authority(), today=TODAY)
    _incident(world, TODAY)  # a Monday: the wait of one working day runs out at the end of Tuesday
    assert _signal(world, "S04") is None
    assert refresh_due(authority=authority(), today=TODAY + timedelta(days=1)) == 0
    assert refresh_due(authority=authority(), today=TODAY + timedelta(days=2)) == 1
    card = _signal(world, "S04")
    assert card is not None and card.raised_on == TODAY + timedelta(days=2)
    assert refresh_due(authority=authority(), today=TODAY + timedelta(days=2)) == 0


def test_a_screening_ends_it(world: World) -> None:
    incident = _incident(world, TODAY - timedelta(days=10))
    with acting(authority()):
        refresh(authority=authority(), people=[world.child], today=TODAY)
    assert _signal(world, "S04") is not None
    when = When.on(TODAY)
    details = {"stage": "decided", "decision": "assessment", "answers": [str(incident)]}
    about = ((world.child_identity, AboutRole.SUBJECT),)
    with acting(authority()):
        entry = NewEntry("screening", when, when, "social_care", "screening worker", about, "Screened.", details)
        add_entry(authority=authority(), entry=entry)
        refresh(authority=authority(), people=[world.child], today=TODAY)
    card = _signal(world, "S04")
    assert card is not None and card.status == "ended"


def test_a_failure_after_the_entry_leaves_neither_entry_nor_signal(world: World) -> None:
    _incident(world, TODAY - timedelta(days=60))
    with pytest.raises(RuntimeError), acting(authority()):
        _incident(world, TODAY)
        raise RuntimeError("the power went")
    with acting(authority()):
        assert EntryRow.objects.filter(kind="domestic_abuse_incident").count() == 1
    assert _signal(world, "S01") is None
