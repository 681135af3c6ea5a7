"""What holds of every family, not only of those in the cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.signals.families import family
from tests.signals.test_replay import every_day
from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Person, PersonType, ordered
from wholepicture.record.types import About, AboutRole, Entry
from wholepicture.signals.engine import evaluate
from wholepicture.signals.replay import play

START = date(2019, 1, 1)
SPAN = 120

YES_NO = st.booleans()
DETAILS: Mapping[str, Mapping[str, st.SearchStrategy[object]]] = {
    "domestic_abuse_incident": {
        "alcohol": YES_NO,
        "grade": st.sampled_from(["standard", "medium", "high"]),
        "children_seen": YES_NO,
        "weapon": YES_NO,
        "reference": st.sampled_from(["r1", "r2"]),
    },
    "parental_health": {"type": st.sampled_from(["mental_health", "drugs", "physical"])},
    "screening": {"stage": st.sampled_from(["received", "decided"])},
    "visit": {"child_seen": YES_NO, "outcome": st.sampled_from(["completed", "no_access"]), "interpreter_used": YES_NO},
    "injury": {
        "opinion": st.sampled_from(["undetermined", "accidental", {"value": "undetermined", "known": "2019-04-01"}])
    },
    "medical_finding": {"opinion": st.just("accidental"), "finding": st.just("fall"), "abuse_considered": YES_NO},
    "strategy_discussion": {"decision": st.sampled_from(["assessment", "enquiry"]), "history_shared": YES_NO},
    "welfare_concern": {"theme": st.sampled_from(["food_seeking", "hunger"]), "repeated": YES_NO},
    "appointment": {
        "outcome": st.sampled_from(["was_not_brought", "attended", "cancelled_by_parent", "cancelled_by_service"]),
        "letter_language": st.sampled_from(["en", "pl"]),
    },
    "measurement": {"weight_kg": st.floats(7, 14)},
    "case": {"stage": st.sampled_from(["opened", "closed"]), "status": st.just("child_in_need")},
    "marac": {"stage": st.just("referred")},
}
ABOUT = st.lists(
    st.builds(
        About,
        st.sampled_from(["child", "sibling", "mother", "partner"]),
        st.sampled_from([AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.PRESENT, AboutRole.MENTIONED]),
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
FAMILY = family("id | occurred | agency | kind | about")


@st.composite
def entries(draw: st.DrawFn, number: int, kinds: tuple[str, ...] = tuple(DETAILS)) -> Entry:
    """One entry of the family, on any day of the span, known at once or later."""
    kind = draw(st.sampled_from(kinds))
    day = START + timedelta(days=draw(st.integers(0, SPAN)))
    stated = draw(st.sampled_from([day.isoformat(), day.isoformat()[:7]]))
    occurred = When.parse(stated, draw(st.sampled_from(["", "about"])) or None)
    told = draw(st.sampled_from([0, 0, 1, 40]))
    recorded = When.on(max(day, occurred.start) + timedelta(days=told)) if told else occurred
    details = {name: draw(values) for name, values in DETAILS[kind].items() if draw(YES_NO)}
    if earlier := draw(st.lists(st.integers(0, number), max_size=1)):
        details[draw(st.sampled_from(["answers", "same_event_as"]))] = [f"e{earlier[0]}"]
    return Entry(f"e{number}", kind, occurred, recorded, "hospital", "", tuple(draw(ABOUT)), "", details)


@st.composite
def families(draw: st.DrawFn) -> FamilyRecord:
    """A family with up to a dozen entries."""
    count = draw(st.integers(1, 12))
    return replace(FAMILY, entries=ordered(draw(entries(number)) for number in range(count)))


DAY = st.integers(0, SPAN + 200).map(lambda n: START + timedelta(days=n))
CHECKED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CHECKED
@given(families(), DAY, st.randoms(use_true_random=False))
def test_the_order_of_entries_makes_no_difference(record: FamilyRecord, day: date, chance: Random) -> None:
    shuffled = list(record.entries)
    chance.shuffle(shuffled)
    assert evaluate(replace(record, entries=tuple(shuffled)), day) == evaluate(record, day)


@CHECKED
@given(families(), DAY, st.integers(0, 400))
def test_what_became_known_later_makes_no_difference(record: FamilyRecord, day: date, later: int) -> None:
    assert evaluate(record.as_known(day + timedelta(days=later)), day) == evaluate(record, day)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(families())
def test_looking_only_when_something_changes_is_looking_every_day(record: FamilyRecord) -> None:
    assert list(play(record)) == list(every_day(record))


@CHECKED
@given(families(), DAY, st.data())
def test_an_entry_about_another_family_changes_nothing_here(
    record: FamilyRecord, day: date, data: st.DataObject
) -> None:
    drawn = data.draw(entries(99))
    about = (About("stranger", AboutRole.SUBJECT), About("their_mother", AboutRole.MENTIONED))
    details = {k: v for k, v in drawn.details.items() if k not in ("answers", "same_event_as", "reference")}
    people = {
        **record.people,
        "stranger": Person("stranger", PersonType.CHILD, born=When.parse("2015-05-05")),
        "their_mother": Person("their_mother", PersonType.ADULT),
    }
    theirs = replace(drawn, about=about, details=details)
    more = replace(record, people=people, entries=ordered([*record.entries, theirs]))
    here = [s for s in evaluate(more, day) if s.person != "stranger"]
    assert here == list(evaluate(record, day))


@pytest.mark.requirement("R101")
@CHECKED
@given(families(), DAY, st.data())
def test_a_thriving_sibling_never_quiets_a_question_about_a_child(
    record: FamilyRecord, day: date, data: st.DataObject
) -> None:
    kinds = ("medical_finding", "measurement", "visit", "strategy_discussion")
    drawn = data.draw(entries(99, kinds))
    details = {k: v for k, v in drawn.details.items() if k not in ("answers", "same_event_as")}
    calm = replace(drawn, about=(About("sibling", AboutRole.SUBJECT),), details=details)
    more = replace(record, entries=ordered([*record.entries, calm]))
    before, after = ({s.rule for s in evaluate(r, day) if s.person == "child"} for r in (record, more))
    assert before - {"S04"} <= after
