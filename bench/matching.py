"""Matching on a synthetic people: learnt weights beside Splink's own, who is wrongly linked, and what looking up costs.

    .venv/bin/python -m bench.matching --people 10000 --queries 4000

Learns from one people and is measured on another, of another seed. `--weights FILE` writes what was learnt.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from wholepicture.demo.population.cases import Asked, World, world
from wholepicture.people.linkage.index import Index, build
from wholepicture.people.linkage.learning import learn
from wholepicture.people.linkage.model import Model, read_model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.running import answers, matcher, measured
from wholepicture.people.linkage.splinking import train
from wholepicture.people.linkage.standard import settings
from wholepicture.people.linkage.types import Decision, Given, Row

STRANGERS = 4
"""Rows that blocking did not find, drawn for each question to learn from."""


@dataclass
class Judged:
    """One candidate of one question."""

    asked: Asked
    same: bool
    probability: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(prog="bench.matching", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=4_000)
    parser.add_argument("--learn-from", type=int, default=10_000, metavar="QUERIES", help="0 to learn nothing")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--no-splink", action="store_true", help="do not train a model on the file itself")
    options = parser.parse_args(arguments)
    made = world(options.people, options.queries, seed=2)
    models = {"standard": read_model(settings())}
    if options.learn_from:
        models["learnt"] = _learnt(options.learn_from, options.weights)
    if not options.no_splink:
        models["trained on the file"] = read_model(train([*_given(made.index), *_given_asked(made)], seed=1))
    print(f"{len(made.index)} people, {len(made.asked)} questions: {dict(Counter(a.kind for a in made.asked))}\n")
    print(
        "| model | blocking recall | best F1 | at p | twins above | siblings above | calibration error | wrong links |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, model in models.items():
        _report(name, model, made)
    return 0


def _given(rows: Sequence[dict[str, str]]) -> list[Given]:
    return [Given(row["id"], row, n) for n, row in enumerate(rows)]


def _given_asked(made: World) -> list[Given]:
    return _given([one.row for one in made.asked])


def _learnt(questions: int, weights: Path | None) -> Model:
    made = world(questions * 5 // 2, questions, seed=1)
    model = read_model(train([*_given(made.index), *_given_asked(made)], seed=1))
    index = build(model, _given(made.index))
    found = learn(model, _pairs(model, index, made))
    if weights:
        _keep(found, weights)
    return read_model(found)


def _pairs(model: Model, index: Index, made: World) -> Iterator[tuple[Row, Row, bool, float]]:
    """Every candidate of every question, and a few strangers that stand for all the others."""
    rng = Random(3)
    for one in made.asked:
        row = model.row(ready(one.row)[0])
        found = index.find(row).places
        for place in found:
            yield row, index.row(place), index.ids[place] == one.truth, 1.0
        strangers = [place for place in rng.sample(range(len(index)), STRANGERS) if place not in found]
        for place in strangers:
            yield row, index.row(place), index.ids[place] == one.truth, len(index) / len(strangers)


def _keep(found: dict[str, Any], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("comparison", "level", "m", "u"))
        for one in found["comparisons"]:
            for level in one["comparison_levels"]:
                if not level.get("is_null_level"):
                    shares = (f"{level[key]:.6g}" for key in ("m_probability", "u_probability"))
                    writer.writerow((one["output_column_name"], level["label_for_charts"], *shares))


def _report(name: str, model: Model, made: World) -> None:
    began = time.perf_counter()
    index = build(model, _given(made.index))
    indexed = time.perf_counter() - began
    queries = _given_asked(made)
    judged, links, reached = _judged(model, index, made)
    wanted = sum(1 for one in made.asked if one.truth)
    f1, at = _best(judged, wanted)
    top = {kind: _above(judged, kind, made) for kind in ("twin", "sibling")}
    wrong = [f"{one.kind}: {one.row['id']}" for one, linked in links if linked != one.truth]
    right = sum(1 for one, linked in links if linked == one.truth)
    print(f"| {name} | {reached / wanted:.4f} | {f1:.4f} | {at:.3f} | {top['twin']:.1%} | {top['sibling']:.2%} | "
          f"{_calibration(judged):.4f} | {len(wrong)} of {len(wrong) + right} |")  # fmt: skip
    if wrong:
        print(f"\nwrong: {wrong[:20]}\n")
    print(f"\n{name}: {dict(measured(matcher(model, index, queries), queries, indexed))}\n", file=sys.stderr)


def _judged(model: Model, index: Index, made: World) -> tuple[list[Judged], list[tuple[Asked, str]], int]:
    judged, links, reached = [], [], 0
    for one in made.asked:
        row = model.row(ready(one.row)[0])
        for place in index.find(row).places:
            same = index.ids[place] == one.truth
            reached += same
            judged.append(Judged(one, same, model.score(row, index.row(place), {}).probability))
    queries = _given_asked(made)
    for one, answer in zip(made.asked, answers(matcher(model, index, queries), queries), strict=True):
        links += [(one, link.index_id) for link in answer.links if link.decision is Decision.LINK]
    return judged, links, reached


def _best(judged: Sequence[Judged], wanted: int) -> tuple[float, float]:
    """The best F1 over every line that could be drawn, and where it is drawn."""
    best, right = (0.0, 1.0), 0
    for n, one in enumerate(sorted(judged, key=lambda one: -one.probability), 1):
        right += one.same
        best = max(best, (2 * right / (n + wanted), one.probability))
    return best


def _above(judged: Sequence[Judged], kind: str, made: World) -> float:
    """The share of questions of a kind in which somebody stands above one half; nobody should."""
    asked = [one for one in made.asked if one.kind == kind]
    over = {id(one.asked) for one in judged if one.probability >= 0.5 and one.asked.kind == kind}
    return len(over) / len(asked) if asked else 0.0


def _calibration(judged: Sequence[Judged]) -> float:
    """How far stated probabilities lie from what came true, in ten equal steps, weighed by how many are in each."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(int(one.probability * 10), 9), []).append(one)
    apart = (abs(statistics.fmean(o.probability for o in b) - statistics.fmean(o.same for o in b)) * len(b)
             for b in bins.values())  # fmt: skip
    return sum(apart) / len(judged) if judged else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
