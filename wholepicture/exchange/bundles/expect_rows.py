"""Reads expect.csv: what a review says should have been noticed, and by when."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from wholepicture.exchange.bundles.cells import Cells, readable
from wholepicture.exchange.bundles.errors import Problem
from wholepicture.exchange.bundles.people_rows import A_PERSON
from wholepicture.exchange.bundles.types import Row
from wholepicture.signals.types import Expectation

CONCERNS: Final = (
    "cumulative_domestic_abuse information_late response_missing child_not_seen child_impact_unknown "
    "severe_domestic_abuse parental_risk_cluster abuse_in_pregnancy_or_infancy other_area_history injury_in_infancy "
    "repeated_injury injury_site unexplained_injury delayed_presentation undetermined_injury_open faltering_growth "
    "growth_not_measured hunger_and_food hunger_with_harm was_not_brought result_not_acted_on parental_crisis "
    "poor_attendance missing_from_sight concern_without_decision record_not_transferred childs_voice_missing "
    "language_barrier adult_not_known history_not_linked referral_without_outcome minutes_or_actions_overdue "
    "thin_assessment closure_against_evidence decision_overtaken start_again repeat_referral one_child_singled_out "
    "family_moved unsupervised_decision disclosure_risk board_overdue adult_with_history public_concern_repeated "
    "avoidance withdrawn_after_concern concern_dismissed step_not_begun parental_mental_illness"
).split()


def read_expectations(
    rows: Iterable[Row], people: Container[str], entries: Container[str], problems: list[Problem]
) -> tuple[Expectation, ...]:
    """Expectations in the order written; a row whose `by` cannot be read is reported and left out."""
    found = [_expectation(cells, people, entries) for cells in readable(rows, problems)]
    return tuple(expectation for expectation in found if expectation is not None)


def _expectation(cells: Cells, people: Container[str], entries: Container[str]) -> Expectation | None:
    key = cells.key("expect_id", ";")
    cells.needed("by", "the last day on which the signal may first stand")
    start, by = cells.period("from", "by")
    person = cells.known("person", people, A_PERSON)
    concern = cells.choice("concern", CONCERNS, needed=True)
    must_not = cells.choice("must_not", ("yes", "no")) == "yes"
    evidence = _evidence(cells, entries)
    if by is None:
        return None
    return Expectation(
        id=key,
        by=by.latest,
        person=person,
        concern=concern,
        must_not=must_not,
        why=cells.text("why"),
        source=cells.text("source"),
        from_=start.start if start is not None else None,
        entries=evidence,
    )


def _evidence(cells: Cells, entries: Container[str]) -> tuple[str, ...]:
    cell = cells.text("entries")
    ids = tuple(part.strip() for part in cell.split(";")) if cell else ()
    for entry in ids:
        if entry not in entries:
            cells.wrong("entries", f"unknown entry “{entry}”; expected ids of chronology.csv joined by ;")
    return ids
