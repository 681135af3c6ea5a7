"""Timing: run something many times and say its median, p95 and worst, in milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, over how many runs."""

    what: str
    runs: int
    median_ms: float
    p95_ms: float
    worst_ms: float

    def line(self) -> str:
        """One row of a Markdown table."""
        return f"| {self.what} | {self.runs} | {self.median_ms:.1f} | {self.p95_ms:.1f} | {self.worst_ms:.1f} |"


HEADER = "| what | runs | median ms | p95 ms | worst ms |\n| --- | --- | --- | --- | --- |"


def measure(what: str, act: Callable[[], object], *, runs: int, warm: int = 3) -> Figure:
    """Time `act`, after a few runs that are not counted."""
    for _ in range(warm):
        act()
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return Figure(what, runs, statistics.median(took), took[int(0.95 * (runs - 1))], took[-1])
