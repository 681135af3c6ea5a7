"""The online path over files: index once, then one query at a time, scored and explained as the application does it."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from wholepicture.people.linkage.index import Found, Index
from wholepicture.people.linkage.model import Frequencies, Model, count_frequencies
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.rules import decide
from wholepicture.people.linkage.types import Decision, Flag, Given, Link, Part, Row, Scored

ANSWER: Final = ("query_id", "index_id", "probability", "weight", "decision", "why")
NUMBERS: Final = ("probability", "weight")
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query came to: its links, best first; how many rows were looked at, and whether a key was cut."""

    links: tuple[Link, ...]
    looked_at: int
    cut: bool


@dataclass(frozen=True)
class Matcher:
    """An index with what its weights need, ready for queries."""

    index: Index
    frequencies: Frequencies
    top: int = 5

    def answer(self, query: Given) -> Answer:
        """Who this may be: at most `top` links, or one that names nobody."""
        values, flags = ready(query.cells)
        row = self.index.model.row(values)
        found = self.index.find(row)
        return Answer(self._links(query.id, row, flags, found), len(found.places), found.cut)

    def _links(self, key: str, row: Row, flags: tuple[Flag, ...], found: Found) -> tuple[Link, ...]:
        index = self.index
        others = [index.row(place) for place in found.places]
        scored = [
            index.model.score(row, other, self.frequencies, (*flags, *index.flags.get(place, ())))
            for place, other in zip(found.places, others, strict=True)
        ]
        ids = [index.ids[place] for place in found.places]
        return best_first(key, flags, row, list(zip(ids, others, scored, strict=True)), self.top)


def best_first(
    key: str, flags: tuple[Flag, ...], query: Row, candidates: Sequence[tuple[str, Row, Scored]], top: int | None
) -> tuple[Link, ...]:
    """The links of one query: decided together, likeliest first, then by id; or one that names nobody."""
    decisions = decide(query, [(row, scored.weight) for _, row, scored in candidates])
    links = [
        Link(key, other, scored, decision)
        for (other, _, scored), decision in zip(candidates, decisions, strict=True)
        if decision is not Decision.NONE
    ]
    # A link leads, whatever else weighs more: it is what will be acted on.
    links.sort(key=lambda link: (link.decision is not Decision.LINK, -(link.scored.weight if link.scored else 0),
                                 link.index_id))  # fmt: skip
    return tuple(links[:top]) or (Link(key, "", None, Decision.NONE, flags),)


def matcher(model: Model, index: Index, queries: Sequence[Given], top: int = 5) -> Matcher:
    """An index with the frequencies that Splink would count over these two files."""
    if not model.adjusted:
        return Matcher(index, {}, top)
    asked = (model.row(ready(query.cells)[0]) for query in queries)
    return Matcher(index, count_frequencies(chain(index.rows(), asked), model), top)


_shared: list[Matcher] = []


def answers(one: Matcher, queries: Sequence[Given], jobs: int = 1) -> Iterator[Answer]:
    """An answer for each query, in their order; `jobs` processes share one index."""
    if jobs <= 1 or len(queries) <= _AT_ONCE:
        yield from map(one.answer, queries)
        return
    _shared.append(one)
    try:
        # Forked, so that the index is there once, however many look things up in it.
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_answer, queries, chunksize=_AT_ONCE)
    finally:
        _shared.pop()


def _answer(query: Given) -> Answer:
    return _shared[-1].answer(query)


def line(link: Link) -> dict[str, Any]:
    """A link as a row of the answer's file."""
    scored = link.scored
    return {
        "query_id": link.query_id,
        "index_id": link.index_id,
        "probability": None if scored is None else scored.probability,
        "weight": None if scored is None else scored.weight,
        "decision": link.decision.value,
        "why": why(scored.parts if scored else _nobody(link.flags)),
    }


def _nobody(flags: Iterable[Flag]) -> tuple[Part, ...]:
    return tuple(Part(flag.field, (), flag.problem, 0.0, (flag.problem,)) for flag in flags)


def why(parts: Iterable[Part]) -> str:
    """The parts as the contract's JSON list; their weights sum with the prior to the link's."""
    told = []
    for part in parts:
        one: dict[str, Any] = {
            "field": part.field,
            "compared": {name: [query, index] for name, query, index in part.compared},
            "level": part.level,
            "weight": part.weight,
        }
        if part.flags:
            one["flags"] = list(part.flags)
        told.append(one)
    return json.dumps(told, ensure_ascii=False)


def measured(one: Matcher, queries: Sequence[Given], indexed_in: float) -> Mapping[str, float | int]:
    """The figures of `serve-bench`: each query timed from its cells to its explained links, on one core."""
    took, looked_at = [], []
    for query in queries:
        began = time.perf_counter()
        answer = one.answer(query)
        [line(link) for link in answer.links]
        took.append((time.perf_counter() - began) * 1000)
        looked_at.append(answer.looked_at)
    whole = sum(took) / 1000
    took.sort()
    looked_at.sort()
    records = len(one.index)
    return {
        "records": records,
        "index_seconds": round(indexed_in, 3),
        "index_bytes": one.index.size,
        "index_bytes_per_record": round(one.index.size / records, 1) if records else 0,
        "queries": len(queries),
        "p50_ms": _quantile(took, 0.5),
        "p95_ms": _quantile(took, 0.95),
        "p99_ms": _quantile(took, 0.99),
        "max_ms": _quantile(took, 1),
        "candidates_mean": round(sum(looked_at) / len(looked_at), 3) if looked_at else 0,
        "candidates_p99": _quantile(looked_at, 0.99),
        "queries_per_second": round(len(took) / whole, 1) if whole else 0,
    }


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of them lies; 0 of none."""
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 4) if ordered else 0
