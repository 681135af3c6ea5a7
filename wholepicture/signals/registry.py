"""Every rule that runs, in the order of its id. A new pattern is a new file and one line here."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.rules import (
    s01_cumulative_domestic_abuse,
    s02_escalating_domestic_abuse,
    s04_screening_late,
    s07_child_not_seen,
    s10_parental_risk_cluster,
    s15_repeated_injury,
    s18_delayed_presentation,
    s20_undetermined_injury,
    s21_faltering_growth,
    s25_hunger_and_food,
    s27_was_not_brought,
    s39_language_barrier,
    s56_disclosure_risk,
)
from wholepicture.signals.rules.base import Rule
from wholepicture.signals.types import RuleSpec

RULES: Final[tuple[Rule, ...]] = (
    s01_cumulative_domestic_abuse.RULE,
    s02_escalating_domestic_abuse.RULE,
    s04_screening_late.RULE,
    s07_child_not_seen.RULE,
    s10_parental_risk_cluster.RULE,
    s15_repeated_injury.RULE,
    s18_delayed_presentation.RULE,
    s20_undetermined_injury.RULE,
    s21_faltering_growth.RULE,
    s25_hunger_and_food.RULE,
    s27_was_not_brought.RULE,
    s39_language_barrier.RULE,
    s56_disclosure_risk.RULE,
)

SPECS: Final[dict[str, RuleSpec]] = {rule.spec.id: rule.spec for rule in RULES}
CARRIED: Final[frozenset[str]] = frozenset(spec.concern for spec in SPECS.values())
