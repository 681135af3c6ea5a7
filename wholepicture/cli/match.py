"""`wholepicture match`: train a model, match one file against another, link two in bulk, measure, and adopt a model."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wholepicture.people.linkage.index import Index
    from wholepicture.people.linkage.model import Model
    from wholepicture.people.linkage.types import Given

NAME = "match"
HELP = "find who in one file is who in another; link only where that is safe, and say why"

_FILE = "CSV (UTF-8, with a heading) or Parquet, by its ending"


def configure(parser: argparse.ArgumentParser) -> None:
    """Six acts, each with its files."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True, dest="act")
    train = acts.add_parser(
        "train", help="estimate a model from a file that holds some people twice", allow_abbrev=False
    )
    _files(train, records=_FILE, model="where the model goes: Splink's settings, JSON")
    train.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="where Splink runs")
    train.add_argument("--seed", type=int, metavar="N", help="train alike each time")
    run = acts.add_parser("run", help="index one file, then look up each row of another", allow_abbrev=False)
    _files(run, index=_FILE, queries=_FILE, model="a trained model", out="where the links go")
    run.add_argument("--top", type=_positive, default=5, metavar="N", help="at most so many for each query (5)")
    run.add_argument("--jobs", type=_positive, default=1, metavar="N", help="so many processes (1)")
    link = acts.add_parser("link", help="link two whole files in bulk, by Splink itself", allow_abbrev=False)
    _files(link, left=_FILE, right=_FILE, model="a trained model", out="where the links go")
    link.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="where Splink runs")
    bench = acts.add_parser("serve-bench", help="print what looking up costs, as one JSON object", allow_abbrev=False)
    _files(bench, index=_FILE, queries=_FILE, model="a trained model")
    adopt = acts.add_parser("adopt", help="weigh by another model from now on, as the data steward decided",
                            allow_abbrev=False)  # fmt: skip
    _files(adopt, model="a trained model: its weights may differ from the shipped one's, and nothing else")
    adopt.add_argument("--by", required=True, metavar="WHO", help="who decided it: a name and role")
    adopt.add_argument("--reason", required=True, metavar="WORDS", help="what it was learnt from, and what was checked")
    standing = acts.add_parser("standing", help="write the model that weighs now, as Splink's settings, JSON",
                               allow_abbrev=False)  # fmt: skip
    _files(standing, out="where the model goes")


def _files(parser: argparse.ArgumentParser, **said: str) -> None:
    for name, words in said.items():
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE", help=words)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Do the act; a file that is not sound is refused whole, with each thing wrong in its place."""
    does = {"train": _train, "run": _run, "link": _link, "serve-bench": _bench, "adopt": _adopt, "standing": _standing}
    return does[arguments.act](arguments)


def _train(arguments: argparse.Namespace) -> int:
    from wholepicture.people.linkage.files import read, write_json
    from wholepicture.people.linkage.splinking import train

    write_json(arguments.model, train(read(arguments.records), arguments.engine, arguments.seed))
    return 0


def _run(arguments: argparse.Namespace) -> int:
    from wholepicture.people.linkage.running import answers, matcher

    model = _model(arguments.model)
    out, asked, held = _answers(arguments.out, arguments.queries, arguments.index)
    queries = _read(arguments.queries)
    index, _ = _indexed(model, arguments.index, held)
    cut = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal cut
        carried = dict(zip(index.ids, index.carried, strict=True)) if held else {}
        found = answers(matcher(model, index, queries, arguments.top), queries, arguments.jobs)
        for query, answer in zip(queries, found, strict=True):
            cut += answer.cut
            theirs = [query.cells[name] for name in asked]
            for link in answer.links:
                yield _row(link, asked, theirs, held, carried.get(link.index_id, ()))

    out.write(rows())
    if cut:
        told = f"{cut} queries share a key with more rows than are looked at; what they were not compared with may fit"
        sys.stderr.write(f"{told}: say more of them, such as a birth date or postcode.\n")
    return 0


def _link(arguments: argparse.Namespace) -> int:
    from wholepicture.people.linkage.splinking import link

    model = _model(arguments.model)
    out, asked, held = _answers(arguments.out, arguments.left, arguments.right)
    left, right = _read(arguments.left), _read(arguments.right)
    theirs = {one.id: [one.cells[name] for name in asked] for one in left}
    carried = {one.id: tuple(one.cells[name] for name in held) for one in right} if held else {}
    links = link(model, left, right, arguments.engine)
    out.write(_row(one, asked, theirs[one.query_id], held, carried.get(one.index_id, ())) for one in links)
    return 0


def _bench(arguments: argparse.Namespace) -> int:
    from wholepicture.people.linkage.running import matcher, measured

    model = _model(arguments.model)
    queries = _read(arguments.queries)
    index, took = _indexed(model, arguments.index, ())
    print(json.dumps(measured(matcher(model, index, queries), queries, took)))
    return 0


def _adopt(arguments: argparse.Namespace) -> int:
    from wholepicture.cli.installation import installation
    from wholepicture.people.linkage.files import read_json

    settings = read_json(arguments.model)
    with installation():
        from wholepicture.access.clock import now
        from wholepicture.access.operations import system_authority
        from wholepicture.people.matching.standing import adopt_model

        version = adopt_model(
            authority=system_authority(act="match:adopt", now=now()), settings=settings, reason=arguments.reason,
            now=now(), decided_by=arguments.by,
        )  # fmt: skip
    print(f"Version {version} weighs from now on. What was decided before keeps the model that it was decided by.")
    return 0


def _standing(arguments: argparse.Namespace) -> int:
    from wholepicture.cli.installation import installation
    from wholepicture.people.linkage.files import write_json

    with installation():
        from wholepicture.access.clock import now
        from wholepicture.access.operations import acting, system_authority
        from wholepicture.people.matching.standing import standing_settings

        with acting(system_authority(act="match:standing", now=now())):
            settings = standing_settings()
    write_json(arguments.out, settings)
    return 0


def _model(path: Path) -> Model:
    from wholepicture.people.linkage.files import read_json
    from wholepicture.people.linkage.model import read_model

    return read_model(read_json(path))


def _read(path: Path) -> list[Given]:
    from wholepicture.people.linkage.files import read

    return list(read(path))


def _indexed(model: Model, path: Path, carried: Sequence[str]) -> tuple[Index, float]:
    from wholepicture.people.linkage.files import read
    from wholepicture.people.linkage.index import build

    began = time.perf_counter()
    index = build(model, read(path), carried)
    return index, time.perf_counter() - began


def _answers(out: Path, asked: Path, held: Path) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """The file of answers, and the columns carried through from each side."""
    from wholepicture.people.linkage.files import Answers, columns
    from wholepicture.people.linkage.index import carried_columns
    from wholepicture.people.linkage.running import ANSWER, NUMBERS

    ours, theirs = carried_columns(columns(asked)), carried_columns(columns(held))
    names = (*ANSWER, *(f"query_{name}" for name in ours), *(f"index_{name}" for name in theirs))
    return Answers(out, names, NUMBERS), ours, theirs


def _row(link: Any, asked: Sequence[str], ours: Sequence[str], held: Sequence[str], theirs: Sequence[str]) -> Any:
    from wholepicture.people.linkage.running import line

    carried = {f"query_{name}": cell for name, cell in zip(asked, ours, strict=True)}
    if theirs:
        carried |= {f"index_{name}": cell for name, cell in zip(held, theirs, strict=True)}
    return line(link) | carried
