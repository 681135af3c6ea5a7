"""A decision reaches everybody who must act; each answers; silence shows, and escalates once to each team above."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.casework.town import NOW, TODAY, CaseworkTown, acts, build_town, look, notice, sent
from tests.conftest import Store
from wholepicture.access.roles import Permission
from wholepicture.casework.clock import escalate_overdue
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.notice.types import NamedPerson
from wholepicture.casework.queries import (
    TaskCard,
    escalations_for,
    notice_item,
    overdue,
    tasks_for_team,
    tasks_of,
    tasks_of_entry,
    waiting_screenings,
)
from wholepicture.casework.screening.operations import decide, review_decision
from wholepicture.casework.task.operations import answer_task, open_task, pass_on
from wholepicture.casework.task.types import Decision, TaskRole
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.record.types import ReceiptEvent

REASONS = "Strangulation, and both children live in the home. Read with the earlier incident this is escalating."
POSITION = "Saw her mother hurt and was not spoken to; needs to be seen alone."


@pytest.fixture
def town(store: Store) -> CaseworkTown:
    """See `CaseworkTown`."""
    return build_town()


def decided(town: CaseworkTown, decision: Decision = Decision.NONE, taken_by: str = "") -> UUID:
    """The notice sent and decided; returns the notice's entry."""
    entry = sent(town)
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    decide(
        authority=acts(town.screener, Permission.DECIDE_SCREENING), screening=item.card.screening, decision=decision,
        reasons=REASONS, positions={UUID(c.person): POSITION for c in item.children}, taken_by=taken_by, now=NOW,
    )  # fmt: skip
    return entry


def waiting(viewer: Viewer) -> list[TaskCard]:
    """What waits for the viewer's team."""
    with look(viewer):
        return tasks_for_team(viewer.actor.team)


def answered(viewer: Viewer, task: TaskCard, did: str = "Visited today; Kasia seen alone, spoke of her doll.") -> UUID:
    """The viewer's answer."""
    return answer_task(
        authority=acts(viewer, Permission.ANSWER_TASK, task.person), task=task.id, did=did, nothing_because="",
        meaning="She watched it happen and may be frightened.", on=TODAY, now=NOW,
    )  # fmt: skip


@pytest.mark.requirement("R18")
@pytest.mark.requirement("R40")
@pytest.mark.parametrize(
    ("decision", "taken_by"),
    [(Decision.NONE, ""), (Decision.EARLY_HELP, "assessment"), (Decision.ASSESSMENT, "assessment"),
     (Decision.STRATEGY, "assessment")],
)  # fmt: skip
def test_every_role_by_age_and_link_is_asked(town: CaseworkTown, decision: Decision, taken_by: str) -> None:
    entry = decided(town, decision, taken_by)
    with look(town.screener):
        asked = {(t.role.value, t.team, t.name) for t in tasks_of_entry(entry)}
    always = {
        ("health_visitor", "hv-north", "Kasia Nowak"), ("gp", "market", "Kasia Nowak"), ("gp", "market", "Jan Nowak"),
        ("school_nurse", "school-nurses", "Jan Nowak"), ("school_lead", "oak", "Jan Nowak"),
    }  # fmt: skip
    role = "early_help" if decision is Decision.EARLY_HELP else "social_worker"
    taken = {(role, "assessment", name) for name in ("Kasia Nowak", "Jan Nowak")} if taken_by else set()
    assert asked == always | taken


@pytest.mark.requirement("R20")
@pytest.mark.requirement("R23")
def test_each_is_told_why_it_matters_to_them_and_what_is_asked(town: CaseworkTown) -> None:
    decided(town)
    [task] = waiting(town.health_visitor)
    assert "Kasia Nowak (4) was seen (on the stairs with her mother), awake, and was not spoken to." in task.why
    assert "strangulation" in task.why
    assert "The family speaks Polish." in task.why
    assert "See Kasia, and see Ewa alone" in task.asked
    assert task.due_on > TODAY


@pytest.mark.requirement("R18")
def test_those_asked_see_the_family_and_others_do_not(town: CaseworkTown) -> None:
    entry = decided(town)
    for viewer in (town.health_visitor, town.gp, town.dsl, town.school_nurse):
        with look(viewer):
            assert str(entry) in family_of([town.kasia]).entry
    with look(town.other_dsl):
        assert str(entry) not in family_of([town.kasia]).entry
        assert tasks_of([town.kasia, town.jan]) == []


@pytest.mark.requirement("R19")
def test_the_agencies_clocks_are_stamped(town: CaseworkTown) -> None:
    entry = decided(town)
    [task] = waiting(town.health_visitor)
    open_task(authority=acts(town.health_visitor, Permission.ANSWER_TASK), task=task.id, now=NOW)
    open_task(authority=acts(town.health_visitor, Permission.ANSWER_TASK), task=task.id, now=NOW + timedelta(hours=1))
    answered(town.health_visitor, task)
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    events = [r.event for r in item.incident.receipts if r.agency == "health_visiting"]
    assert events == [ReceiptEvent.SENT, ReceiptEvent.RECEIVED, ReceiptEvent.OPENED, ReceiptEvent.ANSWERED]


def test_a_manager_who_looks_does_not_open_it_for_the_team(town: CaseworkTown) -> None:
    decided(town)
    [task] = waiting(town.health_visitor)
    open_task(authority=acts(town.manager, Permission.ANSWER_TASK), task=task.id, now=NOW)
    [task] = waiting(town.health_visitor)
    assert task.opened_at is None


@pytest.mark.requirement("R22")
def test_an_answer_says_meaning_and_action_and_is_an_entry(town: CaseworkTown) -> None:
    entry = decided(town)
    [task] = waiting(town.health_visitor)
    answer = answered(town.health_visitor, task)
    assert waiting(town.health_visitor) == []
    with look(town.screener):
        record = family_of([town.kasia])
        [card] = [t for t in tasks_of([town.kasia]) if t.role is TaskRole.HEALTH_VISITOR]
    assert record.entry[str(answer)].answers == (str(entry),)
    assert card.answer is not None
    assert card.answer.by_name == "Siân"


@pytest.mark.parametrize(
    ("meaning", "did", "nothing", "days", "code"),
    [
        ("", "Visited.", "", 0, "meaning"),
        ("She may be frightened.", "", "", 0, "did"),
        ("She may be frightened.", "Visited.", "Nothing.", 0, "did"),
        ("She may be frightened.", "Visited.", "", 1, "on"),
        ("She is safe and well.", "Visited.", "", 0, "meaning"),
        ("She may be frightened.", "Rang; no concerns.", "", 0, "did"),
    ],
    ids=["no meaning", "neither", "both", "in the future", "stock phrase", "stock phrase in what was done"],
)
def test_a_poor_answer_is_refused(
    town: CaseworkTown, meaning: str, did: str, nothing: str, days: int, code: str
) -> None:
    decided(town)
    [task] = waiting(town.health_visitor)
    with pytest.raises(Refused) as refused:
        answer_task(
            authority=acts(town.health_visitor, Permission.ANSWER_TASK, task.person), task=task.id, meaning=meaning,
            did=did, nothing_because=nothing, on=TODAY + timedelta(days=days), now=NOW,
        )  # fmt: skip
    assert refused.value.code == code
    assert len(waiting(town.health_visitor)) == 1


def test_only_the_team_asked_answers_and_only_once(town: CaseworkTown) -> None:
    decided(town)
    [task] = waiting(town.health_visitor)
    with pytest.raises(Refused, match="Another team"):
        answered(town.gp, task)
    answered(town.health_visitor, task)
    with pytest.raises(Refused, match="already"):
        answered(town.health_visitor, task)


@pytest.mark.requirement("R22")
def test_silence_escalates_once_to_each_team_above(town: CaseworkTown) -> None:
    decided(town)
    later = NOW + timedelta(days=14)
    first, second = escalate_overdue(now=later), escalate_overdue(now=later)
    with look(town.manager, later):
        told = escalations_for(["managers"])
        late = overdue(later.date())
    assert first.tasks_escalated == len(told) == len(late) == 5
    assert second.tasks_escalated == 0
    assert {c.escalated_to for c in told} == {("managers",)}


def test_an_answered_task_does_not_escalate(town: CaseworkTown) -> None:
    decided(town)
    [task] = waiting(town.health_visitor)
    answered(town.health_visitor, task)
    escalate_overdue(now=NOW + timedelta(days=14))
    with look(town.manager):
        assert TaskRole.HEALTH_VISITOR not in {c.role for c in escalations_for(["managers"])}


@pytest.mark.requirement("R38")
def test_a_notice_nobody_decides_escalates_to_the_managers(town: CaseworkTown) -> None:
    sent(town)
    assert escalate_overdue(now=NOW).notices_escalated == 0
    later = NOW + timedelta(days=14)
    assert escalate_overdue(now=later).notices_escalated == 1
    assert escalate_overdue(now=later).notices_escalated == 0
    with look(town.manager, later):
        [item] = waiting_screenings(later.date())
    assert item.card.escalated_to == ("managers",)


@pytest.mark.requirement("R39")
def test_a_decision_has_reasons_a_name_and_anothers_review(town: CaseworkTown) -> None:
    entry = decided(town)
    with look(town.manager):
        item = notice_item(entry, TODAY)
    assert item is not None
    assert item.card.decision is not None
    assert (item.card.decision.by_name, item.card.decision.reasons) == ("Marta", REASONS)
    assert set(item.card.decision.positions) == {str(town.kasia), str(town.jan)}
    screening = item.card.screening
    with pytest.raises(Refused) as refused:
        review_decision(
            authority=acts(town.screener, Permission.DECIDE_SCREENING), screening=screening, agrees=True,
            comment="I agree with myself.", now=NOW,
        )  # fmt: skip
    assert refused.value.code == "own-decision"
    review_decision(
        authority=acts(town.manager, Permission.DECIDE_SCREENING), screening=screening, agrees=False,
        comment="Third this year: hold a strategy discussion.", now=NOW,
    )  # fmt: skip
    with look(town.manager):
        item = notice_item(entry, TODAY)
    assert item is not None
    assert item.card.decision is not None
    assert [(r.by_name, r.agrees) for r in item.card.decision.reviews] == [("Precious", False)]


def test_nobody_decides_what_they_sent_nor_decides_twice(town: CaseworkTown) -> None:
    mine = send_notice(authority=acts(town.screener, Permission.SEND_NOTICE), notice=notice("own"), now=NOW)
    entry = decided(town)
    for one, code in ((mine, "own-notice"), (entry, "decided")):
        with look(town.screener):
            item = notice_item(one, TODAY)
        assert item is not None
        with pytest.raises(Refused) as refused:
            decide(
                authority=acts(town.screener, Permission.DECIDE_SCREENING), screening=item.card.screening,
                decision=Decision.NONE, reasons=REASONS, positions={}, taken_by="", now=NOW,
            )  # fmt: skip
        assert refused.value.code == code


def _stranger(town: CaseworkTown) -> TaskCard:
    """A child whom nobody holds, with the task to find their GP."""
    [kasia, _] = notice().children
    child = replace(kasia, person=NamedPerson("Taras", "Ko", kasia.person.born))
    adult = replace(notice().adults[0], person=NamedPerson("Olena", "Ko"))
    sent(town, children=(child,), adults=(adult,))
    with look(town.screener):
        [item] = waiting_screenings(TODAY)
    decide(
        authority=acts(town.screener, Permission.DECIDE_SCREENING), screening=item.card.screening,
        decision=Decision.NONE, reasons=REASONS, positions={UUID(c.person): POSITION for c in item.children},
        taken_by="", now=NOW,
    )  # fmt: skip
    [task] = [t for t in waiting(town.screener) if t.role is TaskRole.FIND_GP]
    return task


def test_a_role_that_nobody_holds_is_found_and_passed_on(town: CaseworkTown) -> None:
    task = _stranger(town)
    authority = acts(town.screener, Permission.ANSWER_TASK, task.person)
    how = "The mother named the surgery; it confirmed."
    with pytest.raises(Refused, match="cannot be"):
        pass_on(authority=authority, task=task.id, team="hv-north", how_found=how, now=NOW)
    pass_on(authority=authority, task=task.id, team="market", how_found=how, now=NOW)
    [found] = [t for t in waiting(town.gp) if t.person == task.person]
    assert found.role is TaskRole.GP
    assert task.id not in {t.id for t in waiting(town.screener)}


def test_an_ordinary_task_is_not_passed_on(town: CaseworkTown) -> None:
    decided(town)
    [task] = waiting(town.health_visitor)
    with pytest.raises(Refused) as refused:
        pass_on(
            authority=acts(town.health_visitor, Permission.ANSWER_TASK), task=task.id, team="market",
            how_found="They asked for it.", now=NOW,
        )  # fmt: skip
    assert refused.value.code == "not-to-find"
