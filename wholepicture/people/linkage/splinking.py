"""Splink, in its one home: it trains a model, and links two files in bulk, on DuckDB or on Spark."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa
import sqlglot
from splink import DuckDBAPI, Linker
from sqlglot import exp

from wholepicture.foundation.refusals import Refused
from wholepicture.people.linkage import sql
from wholepicture.people.linkage.model import Model, read_model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.running import best_first
from wholepicture.people.linkage.standard import settings as standard
from wholepicture.people.linkage.types import Flag, Given, Link, Row, Scored

ENGINES: Final = ("duckdb", "spark")
_NO_SPARK: Final = (
    "The Spark engine needs the package pyspark and Java 17 or newer: install locks/spark.lock and a Java runtime, "
    "or use --engine duckdb, which answers the same."
)
_PAIRS_FOR_U: Final = 500_000
_SURE: Final = ("l.nhs_number = r.nhs_number AND l.born = r.born",
                "l.given_name = r.given_name AND l.family_name = r.family_name AND l.born = r.born")  # fmt: skip
_SURE_RECALL: Final = 0.7
_LEARN_FROM: Final = ("l.born = r.born AND substr(l.given_name, 1, 1) = substr(r.given_name, 1, 1)",
                      "l.given_name = r.given_name AND l.family_name = r.family_name")  # fmt: skip


@contextmanager
def _engine(name: str, seed: int | None = None) -> Iterator[Any]:
    """Splink's way to an engine. Raises Refused where Spark or its Java is not there."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    if name == "spark":
        with _spark() as api:
            yield api
        return
    connection = duckdb.connect()
    if seed is not None:
        connection.execute("SET threads = 1")  # sums in one order, so that the same seed gives the same model
    try:
        yield DuckDBAPI(connection)
    finally:
        connection.close()


@contextmanager
def _spark() -> Iterator[Any]:
    try:
        from pyspark.errors import PySparkException, PySparkRuntimeError
        from pyspark.sql import SparkSession
        from pyspark.sql.types import DoubleType
        from splink import SparkAPI
    except ImportError as error:
        raise Refused("no_spark", _NO_SPARK) from error
    # Its workers run our distances, so they need the Python that has us.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = (
        SparkSession.builder.appName("wholepicture")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.log.level", "ERROR")
    )
    try:
        session = builder.getOrCreate()
    except (PySparkException, PySparkRuntimeError, OSError) as error:
        raise Refused("no_spark", _NO_SPARK) from error
    try:
        # Not the functions that Splink brings for Spark: their Jaro looks further for a letter, and one pair in five
        # hundred then weighed something else than on DuckDB.
        for name, distance in sql.DISTANCES.items():
            session.udf.register(name, distance, DoubleType())
        make: Any = SparkAPI  # it ships no types for this
        yield make(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
    finally:
        session.stop()


def train(given: Iterable[Given], engine: str = "duckdb", seed: int | None = None) -> dict[str, Any]:
    """Estimate a model from one file: Splink's settings, trained. The same seed on the same file gives the same.

    What pairs of strangers share is counted on a random sample; how often one person's rows agree is learnt by
    expectation and maximisation over pairs that share a birth date and initial, then over pairs that share their names.
    A level that the file cannot show keeps its standard value, so that a small file gives a sound model.
    """
    begun = standard()
    model = read_model(begun)
    rows = [(one.id, model.row(ready(one.cells)[0])) for one in given]
    if len(rows) < 2:
        raise Refused("too_few", "A model is trained on pairs of rows, and this file has fewer than two.")
    with _engine(engine, seed) as api, _quietly():
        frame = api.register(_table(model, rows), dataset_display_name="records")
        linker = Linker(frame, _for_engine(begun, engine) | {"link_type": "dedupe_only"}, log_level=None)
        learnt = _estimate(linker, seed)
    return _kept_sound(begun, learnt, len(rows))


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _estimate(linker: Linker, seed: int | None) -> dict[str, Any]:
    training = linker.training
    try:
        training.estimate_probability_two_random_records_match(list(_SURE), recall=_SURE_RECALL)
    except ValueError:
        pass  # more rows agree than a file of so few pairs should show: the standard prior stays
    training.estimate_u_using_random_sampling(_PAIRS_FOR_U, seed, min_count_per_level=None, num_chunks=1)
    for rule in _LEARN_FROM:
        try:
            training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as error:  # Splink has no narrower class for “no pairs under this rule”
            if "no record pairs" not in str(error).lower() and "comparison vectors" not in str(error).lower():
                raise
    return dict(linker.misc.save_model_to_json())


def _table(model: Model, rows: Sequence[tuple[str, Row]]) -> pa.Table:
    columns = {model.id_column: pa.array([key for key, _ in rows], pa.string())}
    for at, name in enumerate(model.columns):
        columns[name] = pa.array([row[at] for _, row in rows], pa.string())
    return pa.table(columns)


_STRAY_M: Final = 1.5
"""By how much one file may move a standard m: EM that mistakes twins for one person would move it further."""

_STRAY_U: Final = 8.0
"""By how much less strangers may share in one file than in the standard people; a small sample shows nothing rare."""


def _kept_sound(begun: Mapping[str, Any], learnt: dict[str, Any], rows: int) -> dict[str, Any]:
    """What was learnt, with what the file could not show kept at its standard value."""
    prior = learnt["probability_two_random_records_match"]
    # As if at least every second person asked about stood in the index once.
    prior = min(max(prior, 0.5 / rows), 0.5)
    for one, was in zip(learnt["comparisons"], begun["comparisons"], strict=True):
        for level, standard_level in zip(one["comparison_levels"], was["comparison_levels"], strict=True):
            if not level.get("is_null_level"):
                level.update(_sound(level, standard_level, prior))
    learnt |= {"link_type": begun["link_type"], "probability_two_random_records_match": prior, "linker_uid": "trained"}
    return learnt


def _sound(level: Mapping[str, Any], was: Mapping[str, Any], prior: float) -> dict[str, float]:
    m, u = level.get("m_probability"), level.get("u_probability")
    m_was, u_was = was["m_probability"], was["u_probability"]
    m = m_was if not isinstance(m, float) else min(max(m, m_was / _STRAY_M), m_was * _STRAY_M, 1.0)
    if not isinstance(u, float):
        return {"m_probability": m, "u_probability": u_was}
    # A random sample of pairs holds some that are one person; in a small file of many duplicates, most that agree.
    strangers = (u - prior * m) / (1 - prior)
    return {"m_probability": m, "u_probability": min(max(strangers, u_was / _STRAY_U, 1e-9), 1.0)}


def _for_engine(settings: Mapping[str, Any], engine: str) -> dict[str, Any]:
    """The settings as the engine's Splink takes them; Spark has its own names for the string distances."""
    taken = deepcopy(dict(settings))
    taken.pop("sql_dialect", None)
    taken |= {"retain_matching_columns": True, "retain_intermediate_calculation_columns": True}
    for one in taken["comparisons"]:
        for level in one["comparison_levels"]:
            if level["sql_condition"].strip().upper() != "ELSE":
                level["sql_condition"] = _dialect(level["sql_condition"], engine)
    rules = taken["blocking_rules_to_generate_predictions"]
    taken["blocking_rules_to_generate_predictions"] = [
        {"blocking_rule": _dialect(rule if isinstance(rule, str) else rule["blocking_rule"], engine)} for rule in rules
    ]
    return taken


def _dialect(condition: str, engine: str) -> str:
    if engine == "duckdb":
        return condition
    return sqlglot.parse_one(condition, read="duckdb").transform(_by_our_names).sql("spark")


def _by_our_names(node: exp.Expr) -> exp.Expr:
    """Call our own distances by name, so that no engine puts one of its own in their place."""
    if isinstance(node, exp.JarowinklerSimilarity):
        return exp.Anonymous(this="jaro_winkler_similarity", expressions=[node.this, node.expression])
    return node


@dataclass(frozen=True)
class _Side:
    """One file made ready for bulk linkage: rows and flags by id, in the file's order."""

    rows: dict[str, Row]
    flags: dict[str, tuple[Flag, ...]]


def _side(model: Model, given: Iterable[Given]) -> _Side:
    rows: dict[str, Row] = {}
    flags: dict[str, tuple[Flag, ...]] = {}
    for one in given:
        values, flagged = ready(one.cells)
        rows[one.id] = model.row(values)
        if flagged:
            flags[one.id] = flagged
    return _Side(rows, flags)


def link(model: Model, left: Iterable[Given], right: Iterable[Given], engine: str = "duckdb") -> Iterator[Link]:
    """Link two files by Splink's own bulk prediction: for each row of the left, whoever of the right stands.

    The same model answers the same on each engine; the decisions are those of the online path.
    """
    one, other = _side(model, left), _side(model, right)
    pairs: dict[str, list[tuple[str, Row, Scored]]] = {}
    if one.rows and other.rows:
        for query, candidate, reached in _predicted(model, one, other, engine):
            flags = (*one.flags.get(query, ()), *other.flags.get(candidate, ()))
            row = other.rows[candidate]
            scored = model.scored(one.rows[query], row, reached, flags)
            pairs.setdefault(query, []).append((candidate, row, scored))
    for query, row in one.rows.items():
        found = sorted(pairs.get(query, []), key=lambda pair: pair[0])
        yield from best_first(query, one.flags.get(query, ()), row, found, None)


def _predicted(
    model: Model, left: _Side, right: _Side, engine: str
) -> Iterator[tuple[str, str, list[tuple[str, float]]]]:
    """Each pair that Splink predicts: the left id, the right id, and the level and weight of each comparison."""
    with _engine(engine) as api, _quietly():
        frames = [
            api.register(_table(model, list(side.rows.items())), dataset_display_name=name)
            for name, side in (("asked", left), ("held", right))
        ]
        linker = Linker(frames, _for_engine(model.settings, engine) | {"link_type": "link_only"}, log_level=None)
        predicted: Any = linker.inference.predict(warning_mode="never")
        labels = [_labels(one) for one in model.settings["comparisons"]]
        for batch in predicted.as_pyarrow_table().to_batches():
            for pair in batch.to_pylist():
                yield _pair(model, labels, pair)


def _labels(comparison: Mapping[str, Any]) -> dict[int, str]:
    """Splink numbers the levels from the last, 0; NULL is -1."""
    levels = comparison["comparison_levels"]
    weighed = [level for level in levels if not level.get("is_null_level")]
    named = {len(weighed) - 1 - n: level.get("label_for_charts") or "" for n, level in enumerate(weighed)}
    blank = [level.get("label_for_charts") or "" for level in levels if level.get("is_null_level")]
    return named | {-1: blank[0] if blank else ""}


def _pair(
    model: Model, labels: Sequence[Mapping[int, str]], pair: Mapping[str, Any]
) -> tuple[str, str, list[tuple[str, float]]]:
    key = model.id_column
    ends = {pair[f"source_dataset_{side}"]: pair[f"{key}_{side}"] for side in "lr"}
    reached = []
    for one, named in zip(model.comparisons, labels, strict=True):
        bits = pair[f"mw_{one.field}"] + (pair.get(f"mw_tf_adj_{one.field}") or 0.0)
        reached.append((named[pair[f"gamma_{one.field}"]], bits))
    return ends["asked"], ends["held"], reached
