"""Who must act: a truth table over age, links, decision and pregnancy; and when a screening may be decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wholepicture.casework.screening.rules import decision_problems, refusal_to_decide, refusal_to_review
from wholepicture.casework.task.rules import asks, roles_for
from wholepicture.casework.task.types import AGENCY_KIND, AskedChild, Decision, Holder, IncidentFacts, TaskRole
from wholepicture.casework.task.words import repeats_words
from wholepicture.casework.timescales import TIMESCALES, due_on, timescale
from wholepicture.casework.transitions import SCREENING, TASK, pages, state_after
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When

DAY = date(2026, 3, 2)
DOOR = Holder("front-door", "social_care")
FACTS = IncidentFacts(When.on(DAY), "mother", "Ewa Nowak", count_12_months=1, count_ever=1)


def holders(*kinds: str) -> dict[str, tuple[Holder, ...]]:
    """A holder of each kind."""
    return {kind: (Holder(f"{kind}-team", kind),) for kind in kinds}


def child(born: str, *kinds: str, unborn: bool = False) -> AskedChild:
    """A child of that birth date whom these kinds of agency hold."""
    return AskedChild("c", "Kasia Nowak", When.parse(born) if born else None, unborn, holders(*kinds), given="Kasia")


@pytest.mark.requirement("R18")
@pytest.mark.parametrize(
    ("born", "unborn", "kinds", "roles"),
    [
        ("2026-06-01", True, (), "midwife health_visitor"),
        ("2026-02-20", False, (), "health_visitor gp"),
        ("2021-03-03", False, (), "health_visitor gp"),
        ("2021-03-02", False, (), "school_nurse school_lead gp"),
        ("2021-06-01", False, ("school",), "health_visitor school_lead gp"),
        ("2021-06-01", False, ("school", "school_nursing"), "school_nurse school_lead gp"),
        ("2021-06-01", False, ("school_nursing", "health_visiting"), "health_visitor school_nurse gp"),
        ("2023-06-01", False, ("early_years",), "health_visitor early_years gp"),
        ("2009-06-01", False, (), "school_nurse school_lead gp"),
        ("2015-06-01", False, ("social_care",), "school_nurse school_lead gp social_worker"),
        ("2021", False, (), "health_visitor school_nurse school_lead gp"),
        ("", False, (), "health_visitor school_nurse school_lead gp"),
    ],
    ids=["unborn", "newborn", "day before five", "five", "reception", "reception, handed over",
         "reception, still held", "nursery", "sixteen", "allocated", "year only", "age not known"],
)  # fmt: skip
def test_roles_by_age_and_link(born: str, unborn: bool, kinds: tuple[str, ...], roles: str) -> None:
    assert {r.value for r in roles_for(child(born, *kinds, unborn=unborn), DAY)} == set(roles.split())


def asked(*children: AskedChild, decision: Decision = Decision.NONE, taken_by: Holder | None = None,
          facts: IncidentFacts = FACTS, sole: dict[str, Holder] | None = None,
          only: frozenset[TaskRole] | None = None) -> set[tuple[str, str]]:  # fmt: skip
    """What is asked, as (role, team)."""
    found = asks(
        children=children, facts=facts, decision=decision, taken_by=taken_by, front_door=DOOR, sole=sole or {}, day=DAY,
        only=only,
    )  # fmt: skip
    assert all(a.why and a.asked and a.due_on > DAY for a in found)
    return {(a.role.value, a.team) for a in found}


def test_a_role_that_nobody_holds_is_for_the_front_door_to_find() -> None:
    assert asked(child("2015-06-01")) == {
        ("find_school_nurse", "front-door"), ("find_school_lead", "front-door"), ("find_gp", "front-door"),
    }  # fmt: skip


def test_an_areas_only_service_is_asked_though_nobody_is_linked() -> None:
    sole = {"school_nursing": Holder("nurses", "school_nursing")}
    assert ("school_nurse", "nurses") in asked(child("2015-06-01"), sole=sole)


@pytest.mark.requirement("R40")
@pytest.mark.parametrize(
    ("decision", "role"),
    [(Decision.EARLY_HELP, "early_help"), (Decision.ASSESSMENT, "social_worker"), (Decision.STRATEGY, "social_worker")],
)
def test_what_is_decided_is_asked_of_the_team_that_takes_it(decision: Decision, role: str) -> None:
    team = Holder("assessment", "social_care")
    assert (role, "assessment") in asked(child("2015-06-01", "gp"), decision=decision, taken_by=team)
    assert (role, "assessment") not in asked(child("2015-06-01", "gp"), taken_by=team)


def test_an_allocated_team_that_takes_it_is_asked_once_to_do_what_was_decided() -> None:
    team = Holder("social_care-team", "social_care")
    found = asks(
        children=[child("2015-06-01", "social_care")], facts=FACTS, decision=Decision.STRATEGY, taken_by=team,
        front_door=DOOR, sole={}, day=DAY,
    )  # fmt: skip
    [task] = [a for a in found if a.role is TaskRole.SOCIAL_WORKER]
    assert "Hold the strategy discussion" in task.asked


def test_a_pregnant_victim_reaches_the_midwife() -> None:
    pregnant = replace(FACTS, pregnant=True)
    assert ("find_midwife", "front-door") in asked(child("2015-06-01"), facts=pregnant)
    assert ("midwife", "m") in asked(child("2015-06-01"), facts=pregnant, sole={"midwifery": Holder("m", "midwifery")})
    unborn = child("2026-06-01", "midwifery", unborn=True)
    assert asked(unborn, facts=pregnant) >= {("midwife", "midwifery-team"), ("find_health_visitor", "front-door")}


def test_schools_alone_are_told_at_once() -> None:
    only = frozenset({TaskRole.SCHOOL_LEAD})
    assert asked(child("2015-06-01", "school", "gp"), only=only) == {("school_lead", "school-team")}
    assert asked(child("2015-06-01", "gp"), only=only) == set()


def test_every_role_has_an_agency_a_day_and_words() -> None:
    for role in TaskRole:
        if role.finds is None:
            assert timescale(role.value, DAY) > 0
        assert role.label
    assert set(AGENCY_KIND) < set(TaskRole)
    assert {d.label for d in Decision if d.needs_team} == {"Early help", "Assessment", "Strategy discussion"}


@pytest.mark.requirement("R41")
@pytest.mark.parametrize(
    ("months", "ever", "words"),
    [(1, 1, "The first incident on record for this home."), (3, 3, "The third incident on record in 12 months."),
     (3, 9, "The third incident on record in 12 months; 9 ever."), (0, 4, "The only incident on record in 12 months; "
      "4 ever."), (12, 26, "The number 12 incident on record in 12 months; 26 ever.")],
)  # fmt: skip
def test_repeats_are_added_up(months: int, ever: int, words: str) -> None:
    assert repeats_words(months, ever) == words


def test_it_is_never_said_to_be_the_first_while_nobody_has_said_who_somebody_is() -> None:
    assert "not known" in repeats_words(1, 1, 2)
    assert repeats_words(2, 2, 1).startswith("The second incident on record in 12 months. There may be more")


def test_a_friday_evenings_notice_is_due_on_monday() -> None:
    assert due_on("screening", date(2026, 3, 6)) == date(2026, 3, 9)
    assert all(t.source and t.value > 0 for t in TIMESCALES)


REASONS = "Strangulation before two children, one of them never seen by anybody."


@pytest.mark.requirement("R39")
@pytest.mark.parametrize(
    ("decision", "reasons", "position", "team", "fields"),
    [
        (Decision.NONE, REASONS, "Saw it, and needs seeing alone.", "", []),
        (Decision.STRATEGY, REASONS, "Saw it, and needs seeing alone.", "north", []),
        (None, REASONS, "Saw it, and needs seeing alone.", "", ["decision"]),
        (Decision.NONE, "Low risk.", "Saw it, and needs seeing alone.", "", ["reasons"]),
        (Decision.NONE, f"{REASONS} Children safe and well.", "Saw it, and needs seeing alone.", "", ["reasons"]),
        (Decision.NONE, REASONS, "", "", ["position-c"]),
        (Decision.NONE, REASONS, "No concerns about this child.", "", ["position-c"]),
        (Decision.ASSESSMENT, REASONS, "Saw it, and needs seeing alone.", "", ["taken_by"]),
        (Decision.ASSESSMENT, REASONS, "Saw it, and needs seeing alone.", "nowhere", ["taken_by"]),
    ],
)
def test_a_decision_says_all_that_it_must(
    decision: Decision | None, reasons: str, position: str, team: str, fields: list[str]
) -> None:
    found = decision_problems(
        decision=decision, reasons=reasons, positions={"c": position}, children={"c": "Kasia"}, taken_by=team,
        teams=["north"],
    )  # fmt: skip
    assert [p.field for p in found] == fields


@pytest.mark.parametrize(
    ("decider", "sender", "decided", "code"),
    [
        ("a", "b", False, None),
        ("a", "a", False, "own-notice"),
        ("a", "b", True, "decided"),
        ("a", "a", True, "decided"),
    ],
)
def test_who_may_decide(decider: str, sender: str, decided: bool, code: str | None) -> None:
    refused = refusal_to_decide(decider=decider, sender=sender, decided=decided)
    assert (refused[0] if refused else None) == code


def test_nobody_reviews_their_own_decision() -> None:
    assert refusal_to_review(reviewer="a", decider="a") is not None
    assert refusal_to_review(reviewer="a", decider="b") is None


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "waiting"),
        (["opened"], "opened"),
        (["escalated", "opened"], "overdue"),
        (["opened", "answered"], "answered"),
    ],
)
def test_a_tasks_state_is_what_its_events_lead_to(events: list[str], state: str) -> None:
    assert state_after(TASK, events) == state


@pytest.mark.parametrize("events", [["answered", "answered"], ["answered", "escalated"]])
def test_an_answer_ends_it(events: list[str]) -> None:
    with pytest.raises(Refused, match="already"):
        state_after(TASK, events)


def test_the_tables_are_drawn() -> None:
    [(path, text)] = pages().items()
    assert path == "docs/reference/transitions.md"
    for table in (SCREENING, TASK):
        assert all(f"{a} --> {b}: {event}" in text for a, events in table.items() for event, b in events.items())
