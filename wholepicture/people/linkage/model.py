"""A trained model: Splink's settings JSON read once, then scoring any pair with every level evaluated here.

The weight is Splink's: log2 of the prior odds, and for each comparison log2(m/u) of the first level that holds, with
its term-frequency adjustment where the model has one (Fellegi and Sunter, 1969; Splink, “The Fellegi-Sunter model”).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage import sql
from wholepicture.people.linkage.types import FIELDS, Flag, Part, Row, Scored, Weighed

DECIMALS: Final = 9
"""Of a weight: finer than anybody reads, and the same from each engine, whose sums differ in the last bits."""

_LEAST: Final = 1e-300  # Splink's own floor under m and u
_NOT_OBSERVED: Final = "level not observed in training dataset"

Frequencies = Mapping[str, Mapping[str, float]]
"""For each adjusted column, each value's share of the rows that have one."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """By how much a level's weight grows with the rarity of the value agreed on."""

    column: str
    log2_u: float
    weight: float
    least: float

    def bits(self, left: str | None, right: str | None, frequencies: Mapping[str, float]) -> float:
        """The adjustment in bits; nothing where neither value was counted."""
        known = [frequencies[v] for v in (left, right) if v is not None and v in frequencies]
        return self.weight * (self.log2_u - math.log2(max(*known, self.least))) if known else 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison; `holds` is None for the last, which takes all that is left."""

    label: str
    holds: sql.Term | None
    weight: float
    adjustment: Adjustment | None = None
    blank: bool = False
    """Whether it is reached where nothing can be compared; it then weighs nothing, always."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: its name in the model, the columns that it looks at, and its levels in order."""

    field: str
    columns: tuple[int, ...]
    levels: tuple[Level, ...]

    def part(self, left: Row, right: Row, frequencies: Frequencies, position: Mapping[str, int]) -> tuple[Level, float]:
        """The level that the pair reaches, and its weight with any adjustment."""
        for level in self.levels:
            if level.holds is None or level.holds(left, right) is True:
                if level.adjustment is None:
                    return level, level.weight
                at = position[level.adjustment.column]
                counted = frequencies.get(level.adjustment.column, {})
                return level, level.weight + level.adjustment.bits(left[at], right[at], counted)
        raise Refused("bad_model", f"The model’s comparison “{self.field}” has no level for all that is left.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A blocking rule: pairs are looked at whose keys agree; `also` must hold besides."""

    left: tuple[sql.Term, ...]
    right: tuple[sql.Term, ...]
    also: tuple[sql.Term, ...]


@dataclass(frozen=True)
class Model:
    """A model ready to score; `columns` is the order of the values in every row handed to it."""

    id_column: str
    columns: tuple[str, ...]
    prior: float
    comparisons: tuple[Comparison, ...]
    rules: tuple[Rule, ...]
    settings: Mapping[str, Any] = field(repr=False)

    @cached_property
    def adjusted(self) -> frozenset[str]:
        """The columns whose values' frequencies matter."""
        levels = (level for comparison in self.comparisons for level in comparison.levels)
        return frozenset(level.adjustment.column for level in levels if level.adjustment)

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.columns)}

    @cached_property
    def _compares(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Each comparison's name, and the names and places of its columns."""
        return tuple((one.field, tuple((self.columns[at], at) for at in one.columns)) for one in self.comparisons)

    def row(self, values: Mapping[str, str | None]) -> Row:
        """Values by column as a row of this model; a column that the file lacks is not known."""
        return tuple(values.get(name) for name in self.columns)

    def score(self, left: Row, right: Row, frequencies: Frequencies, flags: Iterable[Flag] = ()) -> Scored:
        """Weigh a pair; `flags` are the numbers of either that were not matched on."""
        levels = self.weigh(left, right, frequencies).levels
        return self.scored(left, right, [(label, bits) for _, label, bits in levels], flags)

    def weigh(self, left: Row, right: Row, frequencies: Frequencies) -> Weighed:
        """Weigh a pair as `score` does, without what was compared: most pairs looked at are shown to nobody."""
        position = self._position if self.adjusted else {}
        levels = []
        for one in self.comparisons:
            level, bits = one.part(left, right, frequencies, position)
            levels.append((one.field, level.label, bits))
        return Weighed(self._sum([bits for _, _, bits in levels]), tuple(levels))

    def _sum(self, weights: Sequence[float]) -> float:
        return round(self.prior + math.fsum(weights), DECIMALS)

    def scored(self, left: Row, right: Row, reached: Sequence[tuple[str, float]], flags: Iterable[Flag] = ()) -> Scored:
        """A pair weighed from the level and weight of each comparison, in the model's order."""
        flagged = list(flags)
        weight = self._sum([bits for _, bits in reached])
        parts = [
            Part(
                name,
                tuple([(column, left[at], right[at]) for column, at in columns]),
                label,
                round(bits, DECIMALS),
                tuple([flag.problem for flag in flagged if flag.field == name]) if flagged else (),
            )
            for (name, columns), (label, bits) in zip(self._compares, reached, strict=True)
        ]
        if flagged:
            compared = {one.field for one in self.comparisons}
            parts += [Part(f.field, (), f.problem, 0.0, (f.problem,)) for f in flagged if f.field not in compared]
        return Scored(weight, probability(weight), tuple(parts))


def probability(weight: float) -> float:
    """The probability that a weight in bits stands for."""
    if weight >= 0:
        return 1.0 / (1.0 + math.pow(2.0, -weight))
    return math.pow(2.0, weight) / (1.0 + math.pow(2.0, weight))


def read_model(settings: Mapping[str, Any]) -> Model:
    """Compile Splink's settings. Raises Refused naming what is not known here."""
    comparisons = settings["comparisons"]
    trees = {text: sql.parse(text) for text in _conditions(comparisons)}
    rules = [_rule_tree(rule) for rule in settings.get("blocking_rules_to_generate_predictions", [])]
    used = {name for tree in [*trees.values(), *rules] for name in sql.columns_of(tree)}
    used |= {level["tf_adjustment_column"] for one in comparisons for level in one["comparison_levels"]
             if level.get("tf_adjustment_column")}  # fmt: skip
    # All that the contract names, used or not: what may be linked without a person is judged from them.
    columns = (*FIELDS, *sorted(used - set(FIELDS)))
    position = {name: at for at, name in enumerate(columns)}
    prior = settings["probability_two_random_records_match"]
    return Model(
        id_column=settings.get("unique_id_column_name", "unique_id"),
        columns=columns,
        prior=math.log2(prior / (1 - prior)),
        comparisons=tuple(_comparison(one, trees, position) for one in comparisons),
        rules=tuple(_rule(tree, position) for tree in rules),
        settings=settings,
    )


def _conditions(comparisons: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for comparison in comparisons:
        for level in comparison["comparison_levels"]:
            if not _takes_the_rest(level):
                yield level["sql_condition"]


def _takes_the_rest(level: Mapping[str, Any]) -> bool:
    return str(level["sql_condition"]).strip().upper() == "ELSE"


def _comparison(one: Mapping[str, Any], trees: Mapping[str, sql.Condition], position: Mapping[str, int]) -> Comparison:
    levels = one["comparison_levels"]
    used = {name for level in levels if not _takes_the_rest(level)
            for name in sql.columns_of(trees[level["sql_condition"]])}  # fmt: skip
    name = one.get("output_column_name") or "_".join(sorted(used))
    weighed = [level for level in levels if not level.get("is_null_level")]
    return Comparison(
        field=name,
        columns=tuple(at for column, at in position.items() if column in used),
        levels=tuple(_level(level, n, levels, weighed, trees, position, name) for n, level in enumerate(levels)),
    )


def _level(
    level: Mapping[str, Any],
    n: int,
    levels: Sequence[Mapping[str, Any]],
    weighed: Sequence[Mapping[str, Any]],
    trees: Mapping[str, sql.Condition],
    position: Mapping[str, int],
    name: str,
) -> Level:
    label = level.get("label_for_charts") or str(len(levels) - 1 - n)
    holds = None if _takes_the_rest(level) else sql.compiled(trees[level["sql_condition"]], position)
    if level.get("is_null_level"):
        return Level(label, holds, 0.0, blank=True)
    m, u = (_share(level, key, name, label) for key in ("m_probability", "u_probability"))
    adjustment = None if holds is None else _adjustment(level, weighed, trees, name)
    return Level(label, holds, math.log2(m / u), adjustment)


def _share(level: Mapping[str, Any], key: str, name: str, label: str) -> float:
    value = level.get(key)
    if value == _NOT_OBSERVED:
        return 1e-6  # as Splink takes it
    if not isinstance(value, int | float):
        raise Refused("bad_model", f"The model’s level “{label}” of “{name}” has no {key}; train it again.")
    return max(float(value), _LEAST)


def _adjustment(
    level: Mapping[str, Any], weighed: Sequence[Mapping[str, Any]], trees: Mapping[str, sql.Condition], name: str
) -> Adjustment | None:
    column = level.get("tf_adjustment_column")
    weight = float(level.get("tf_adjustment_weight", 1.0))
    if not column or weight == 0:
        return None
    exact = [
        other
        for other in weighed
        if not _takes_the_rest(other) and sql.same_column(trees[other["sql_condition"]]) == column
    ]
    if level.get("disable_tf_exact_match_detection"):
        exact = [level]
    if not exact:
        told = f"The model adjusts “{name}” by “{column}”, but has no level of exact agreement on it."
        raise Refused("bad_model", told)
    u = _share(exact[0], "u_probability", name, str(column))
    return Adjustment(column, math.log2(u), weight, float(level.get("tf_minimum_u_value", 0.0)))


def _rule_tree(rule: Mapping[str, Any] | str) -> sql.Condition:
    return sql.parse(rule if isinstance(rule, str) else rule["blocking_rule"])


def _rule(tree: sql.Condition, position: Mapping[str, int]) -> Rule:
    keys, also = [], []
    for condition in sql.conjuncts(tree):
        sides = sql.equality(condition)
        if sides is None:
            also.append(sql.compiled(condition, position))
        else:
            keys.append(sides)
    if not keys:
        raise Refused("bad_model", f"The model’s blocking rule “{tree.sql('duckdb')}” has no equality to look up by.")
    left = tuple(sql.compiled(one, position) for one, _ in keys)
    right = tuple(sql.compiled(other, position) for _, other in keys)
    return Rule(left, right, tuple(also))


def count_frequencies(rows: Iterable[Row], model: Model) -> Frequencies:
    """Each adjusted value's share of the rows that have one, as Splink counts it over all that it is given."""
    at = {name: model.columns.index(name) for name in model.adjusted}
    counts: dict[str, dict[str, int]] = {name: {} for name in at}
    for row in rows:
        for name, n in at.items():
            value = row[n]
            if value is not None:
                counts[name][value] = counts[name].get(value, 0) + 1
    return {name: _shares(counted) for name, counted in counts.items()}


def _shares(counted: Mapping[str, int]) -> dict[str, float]:
    total = sum(counted.values())
    return {value: count / total for value, count in counted.items()}
