"""Splink's conditions, which are SQL, as Python: compiled once for a model, then run on a pair of rows.

A model stays one JSON file that DuckDB, Spark and this read alike. What this cannot run is refused by name when the
model is read, never guessed at. NULL is None, and propagates as SQL says it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, Final

import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, Jaro, JaroWinkler, Levenshtein
from sqlglot import exp

from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage.types import Row

Term = Callable[[Row, Row], Any]
"""What an expression is worth for a pair, the first row being SQL's `l`; None is NULL."""

Condition = exp.Expr


@lru_cache(maxsize=1_000)
def parse(text: str) -> Condition:
    """The condition as a tree. Raises Refused where it is no SQL."""
    try:
        return sqlglot.parse_one(text, read="duckdb")
    except sqlglot.ParseError as error:
        raise Refused("bad_model", f"The model’s condition “{text}” is not SQL that DuckDB reads.") from error


def columns_of(tree: Condition) -> Iterator[str]:
    """The columns that it reads, by the names that files have."""
    for column in tree.find_all(exp.Column):
        yield _side(column)[0]


def _side(column: exp.Column) -> tuple[str, bool]:
    """A column's name and whether it is the left row's: `l.born` of a blocking rule, `born_l` of a level."""
    if column.table in ("l", "r"):
        return column.name, column.table == "l"
    name, _, side = column.name.rpartition("_")
    if side not in ("l", "r") or not name:
        raise Refused("bad_model", f"The model’s column “{column.sql()}” is of neither row; expected …_l or …_r.")
    return name, side == "l"


def sides_of(tree: Condition) -> set[str]:
    """Which rows it reads: `l`, `r`, both or neither."""
    return {"l" if _side(column)[1] else "r" for column in tree.find_all(exp.Column)}


def conjuncts(tree: Condition) -> Iterator[Condition]:
    """The conditions that must all hold."""
    plain = tree.unnest()
    if isinstance(plain, exp.And):
        yield from conjuncts(plain.this)
        yield from conjuncts(plain.expression)
    else:
        yield plain


def equality(tree: Condition) -> tuple[Condition, Condition] | None:
    """The two sides of `f(l) = g(r)`, the left row's first; None where it is anything else."""
    if not isinstance(tree, exp.EQ):
        return None
    for one, other in ((tree.this, tree.expression), (tree.expression, tree.this)):
        if sides_of(one) == {"l"} and sides_of(other) == {"r"}:
            return one, other
    return None


def same_column(tree: Condition) -> str | None:
    """The column of a level that is exact agreement on one column, and nothing else."""
    plain = tree.unnest()
    if isinstance(plain, exp.EQ) and isinstance(plain.this, exp.Column) and isinstance(plain.expression, exp.Column):
        (one, left), (other, other_left) = _side(plain.this), _side(plain.expression)
        return one if one == other and left != other_left else None
    return None


def compiled(tree: Condition, position: Mapping[str, int]) -> Term:
    """The tree as a function of two rows, whose columns stand at these positions.

    Raises Refused naming the part of it that is not known here.
    """
    make = _MAKERS.get(type(tree))
    if make is not None:
        return make(tree, position)
    if isinstance(tree, exp.Column):
        name, left = _side(tree)
        return _left(position[name]) if left else _right(position[name])
    function, arguments = _call(tree)
    return _apply(function, [compiled(argument, position) for argument in arguments])


def _left(at: int) -> Term:
    return lambda left, right: left[at]


def _right(at: int) -> Term:
    return lambda left, right: right[at]


def _call(tree: Condition) -> tuple[Callable[..., Any], list[Condition]]:
    if isinstance(tree, exp.Anonymous):
        known = _NAMED.get(tree.name.lower())
        arguments = list(tree.expressions)
    elif isinstance(tree, _LISTS):
        known, arguments = _TYPED[type(tree)], [tree.this, *tree.expressions]
    else:
        known = _TYPED.get(type(tree))
        arguments = [tree.args[key] for key in _ARGUMENTS.get(type(tree), ("this", "expression")) if tree.args.get(key)]
    if known is None:
        raise Refused("bad_model", f"The model uses “{tree.sql('duckdb')}”, which is not known here.")
    return known, arguments


def _apply(function: Callable[..., Any], terms: list[Term]) -> Term:
    """Strict functions: NULL where any argument is."""
    if len(terms) == 2:
        first, second = terms

        def of_two(left: Row, right: Row) -> Any:
            one, other = first(left, right), second(left, right)
            return None if one is None or other is None else function(one, other)

        return of_two

    def of_many(left: Row, right: Row) -> Any:
        values = [term(left, right) for term in terms]
        return None if None in values else function(*values)

    return of_many


def _and(tree: Condition, position: Mapping[str, int]) -> Term:
    first, second = compiled(tree.this, position), compiled(tree.expression, position)

    def both(left: Row, right: Row) -> bool | None:
        one = first(left, right)
        if one is False:
            return False
        other = second(left, right)
        return False if other is False else (None if one is None or other is None else True)

    return both


def _or(tree: Condition, position: Mapping[str, int]) -> Term:
    first, second = compiled(tree.this, position), compiled(tree.expression, position)

    def either(left: Row, right: Row) -> bool | None:
        one = first(left, right)
        if one is True:
            return True
        other = second(left, right)
        return True if other is True else (None if one is None or other is None else False)

    return either


def _not(tree: Condition, position: Mapping[str, int]) -> Term:
    inner = compiled(tree.this, position)

    def negated(left: Row, right: Row) -> bool | None:
        value = inner(left, right)
        return None if value is None else not value

    return negated


def _is_null(tree: Condition, position: Mapping[str, int]) -> Term:
    if not isinstance(tree.expression, exp.Null):
        raise Refused("bad_model", f"The model uses “{tree.sql('duckdb')}”, which is not known here.")
    inner = compiled(tree.this, position)
    return lambda left, right: inner(left, right) is None


def _in(tree: Condition, position: Mapping[str, int]) -> Term:
    inner = compiled(tree.this, position)
    listed = frozenset(_constant(item) for item in tree.expressions)

    def among(left: Row, right: Row) -> bool | None:
        value = inner(left, right)
        return None if value is None else value in listed

    return among


def _literal(tree: Condition, position: Mapping[str, int]) -> Term:
    value = _constant(tree)
    return lambda left, right: value


def _constant(tree: Condition) -> Any:
    if isinstance(tree, exp.Null):
        return None
    if isinstance(tree, exp.Boolean):
        return bool(tree.this)
    if not isinstance(tree, exp.Literal):
        raise Refused("bad_model", f"The model uses “{tree.sql('duckdb')}” where a constant is expected.")
    return tree.this if tree.is_string else (float(tree.this) if "." in tree.this or "e" in tree.this.lower()
                                             else int(tree.this))  # fmt: skip


def _coalesce(tree: Condition, position: Mapping[str, int]) -> Term:
    terms = [compiled(part, position) for part in (tree.this, *tree.expressions)]
    return lambda left, right: next((v for v in (term(left, right) for term in terms) if v is not None), None)


def _paren(tree: Condition, position: Mapping[str, int]) -> Term:
    return compiled(tree.this, position)


def _regexp_extract(tree: Condition, position: Mapping[str, int]) -> Term:
    pattern = re.compile(str(_constant(tree.expression)))
    group = int(_constant(tree.args["group"])) if tree.args.get("group") else 0

    def found(text: str) -> str:
        match = pattern.search(text)
        return (match.group(group) or "") if match else ""

    return _apply(found, [compiled(tree.this, position)])


def _cast(tree: Condition, position: Mapping[str, int]) -> Term:
    kind = tree.args["to"].this
    if kind not in _CASTS:
        raise Refused("bad_model", f"The model uses “{tree.sql('duckdb')}”, which is not known here.")
    return _apply(_CASTS[kind], [compiled(tree.this, position)])


def _case(tree: Condition, position: Mapping[str, int]) -> Term:
    whens = [(compiled(one.this, position), compiled(one.args["true"], position)) for one in tree.args["ifs"]]
    default = tree.args.get("default")
    otherwise: Term = compiled(default, position) if default else (lambda left, right: None)

    def chosen(left: Row, right: Row) -> Any:
        for when, then in whens:
            if when(left, right) is True:
                return then(left, right)
        return otherwise(left, right)

    return chosen


def _between(tree: Condition, position: Mapping[str, int]) -> Term:
    terms = [compiled(tree.args[key], position) for key in ("this", "low", "high")]
    return _apply(lambda value, low, high: low <= value <= high, terms)


def _substring(text: str, start: int, length: int | None = None) -> str:
    """SQL counts from one, and what stands before the first character uses up the length (DuckDB, Spark)."""
    first = start - 1 if start > 0 else (len(text) + start if start < 0 else -1)
    last = len(text) if length is None else first + length
    return text[max(first, 0) : max(last, 0)]


def _jaccard(one: str, other: str) -> float:
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _strptime(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _split_part(text: str, mark: str, at: int) -> str:
    parts = text.split(mark)
    return parts[at - 1] if 0 < at <= len(parts) else ""


_MAKERS: Final[Mapping[type, Callable[[Any, Mapping[str, int]], Term]]] = {
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.Is: _is_null,
    exp.In: _in,
    exp.Paren: _paren,
    exp.Literal: _literal,
    exp.Boolean: _literal,
    exp.Null: _literal,
    exp.Coalesce: _coalesce,
    exp.RegexpExtract: _regexp_extract,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Case: _case,
    exp.Between: _between,
}
_CASTS: Final[Mapping[Any, Callable[[Any], Any]]] = {exp.DType.TEXT: str, exp.DType.VARCHAR: str}
_ARGUMENTS: Final[Mapping[type, tuple[str, ...]]] = {
    exp.Substring: ("this", "start", "length"),
    exp.StrPosition: ("this", "substr"),
    exp.SplitPart: ("this", "delimiter", "part_index"),
}
_LISTS: Final = (exp.Least, exp.Greatest)
_TYPED: Final[Mapping[type, Callable[..., Any]]] = {
    exp.EQ: lambda one, other: one == other,
    exp.NEQ: lambda one, other: one != other,
    exp.GT: lambda one, other: one > other,
    exp.GTE: lambda one, other: one >= other,
    exp.LT: lambda one, other: one < other,
    exp.LTE: lambda one, other: one <= other,
    exp.Add: lambda one, other: one + other,
    exp.Sub: lambda one, other: one - other,
    exp.Mul: lambda one, other: one * other,
    exp.Neg: lambda value: -value,
    exp.Abs: abs,
    exp.Length: len,
    exp.Least: min,
    exp.Greatest: max,
    exp.Lower: str.lower,
    exp.Upper: str.upper,
    exp.Left: lambda text, length: _substring(text, 1, length),
    exp.Right: lambda text, length: text[max(len(text) - length, 0) :],
    exp.DPipe: lambda one, other: str(one) + str(other),
    exp.Substring: _substring,
    exp.StrPosition: lambda text, part: text.find(part) + 1,
    exp.SplitPart: _split_part,
    exp.Nullif: lambda one, other: None if one == other else one,
    exp.TimeToUnix: lambda moment: moment.timestamp(),
    exp.JarowinklerSimilarity: JaroWinkler.similarity,
    exp.Levenshtein: Levenshtein.distance,
}
_NAMED: Final[Mapping[str, Callable[..., Any]]] = {
    "jaro_winkler_similarity": JaroWinkler.similarity,
    "jaro_similarity": Jaro.similarity,
    "damerau_levenshtein": DamerauLevenshtein.distance,
    "jaccard": _jaccard,
    "try_strptime": _strptime,
}


def distance(name: str, one: str | None, other: str | None) -> float | None:
    """A string distance by DuckDB's name for it; None where either is. Found by name, so that it can be sent afar."""
    return None if one is None or other is None else float(_NAMED[name](one, other))


DISTANCES: Final[Mapping[str, Callable[[str | None, str | None], float | None]]] = {
    name: partial(distance, name)
    for name in ("jaro_winkler_similarity", "jaro_similarity", "damerau_levenshtein", "jaccard")
}
"""The string distances by DuckDB's names, for an engine that has none, or has others."""
