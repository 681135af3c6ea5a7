"""The reference page says everything that a rule says of itself."""

from __future__ import annotations

import inspect
import sys

from wholepicture.signals.reference import pages
from wholepicture.signals.registry import RULES
from wholepicture.signals.specs.book import CASES
from wholepicture.signals.transitions import diagram

PAGE = pages()["docs/reference/signals.md"]


def test_each_rule_with_its_words_numbers_and_cases() -> None:
    for rule in RULES:
        spec = rule.spec
        for words in (spec.title, spec.question, spec.why, spec.source, spec.false_alarms, spec.human_close):
            assert words in PAGE
        for row in spec.thresholds:
            assert f"{row.value} {row.unit} | {row.effective.isoformat()} | {row.source}" in PAGE
        for case in CASES[spec.id]:
            assert f"**{case.title}.** {case.why}" in PAGE


def test_both_kinds_of_examples_and_the_states() -> None:
    assert PAGE.count("### Asked\n") == PAGE.count("### Not asked\n") == len(RULES)
    assert diagram() in PAGE
    assert "nothing is asked." in PAGE


def test_every_number_on_the_page_is_one_that_its_rule_reads() -> None:
    for rule in RULES:
        text = inspect.getsource(sys.modules[rule.find.__module__])
        for row in rule.spec.thresholds:
            assert f'threshold("{row.name}"' in text
            assert text.count(f'"{row.name}"') > 1, f"{rule.spec.id} never reads {row.name}"
