"""Every case of every rule: what it must ask, on which evidence, from which day, and what it must not ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wholepicture.people.types import FamilyRecord
from wholepicture.signals.engine import evaluate
from wholepicture.signals.registry import RULES
from wholepicture.signals.rules.base import Rule
from wholepicture.signals.specs.book import CASES
from wholepicture.signals.specs.case import Case

ALL = [pytest.param(rule, case, id=f"{rule} {case.title}") for rule, cases in CASES.items() for case in cases]


def _asked(rule: str, record: FamilyRecord, case: Case, days_earlier: int = 0) -> dict[str, tuple[str, ...]]:
    signals = evaluate(record, case.day - timedelta(days=days_earlier))
    return {s.person: s.entries for s in signals if s.rule == rule}


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_case(rule: str, case: Case) -> None:
    assert _asked(rule, case.record, case) == case.evidence, case.why
    if case.from_day:
        assert case.from_day == case.today
        assert not _asked(rule, case.record, case, days_earlier=1), "it stood a day too early"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.spec.id)
def test_each_rule_has_cases_that_ask_and_cases_that_do_not(rule: Rule) -> None:
    cases = CASES[rule.spec.id]
    assert any(case.raised for case in cases)
    assert any(not case.raised for case in cases)
