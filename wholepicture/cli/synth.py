"""`wholepicture synth`: make a synthetic people, questions about them, and the truth."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

NAME = "synth"
HELP = "make files of synthetic people to measure matching on: an index, queries, and labels that say the truth"

_MOST = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """How many, from which seed, and where to."""
    parser.add_argument("--people", type=_count, required=True, metavar="N", help="people in the index, to a million")
    parser.add_argument("--queries", type=_count, default=1_000, metavar="N", help="questions about them (1000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed makes the same people (1)")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where the files go")
    parser.add_argument("--parquet", action="store_true", help="write Parquet rather than CSV")


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MOST:
        raise argparse.ArgumentTypeError(f"expected 1 to {_MOST}")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Write index, queries and labels."""
    from wholepicture.demo.population.cases import labels, world

    made = world(arguments.people, arguments.queries, arguments.seed)
    arguments.into.mkdir(parents=True, exist_ok=True)
    ending = ".parquet" if arguments.parquet else ".csv"
    for name, rows in (("index", made.index), ("queries", [one.row for one in made.asked]),
                       ("labels", list(labels(made.asked)))):  # fmt: skip
        _write((arguments.into / name).with_suffix(ending), rows)
    print(f"{len(made.index)} people and {len(made.asked)} questions in {arguments.into}")
    return 0


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    from wholepicture.people.linkage.files import Answers

    blank: Iterable[Mapping[str, str | None]] = ({k: v or None for k, v in row.items()} for row in rows)
    Answers(path, list(rows[0]) if rows else ["id"], ()).write(blank)
