"""How long it takes to replay a published review, and to judge its family once: prints both in seconds.

.venv/bin/python bench/replay.py [BUNDLE]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from wholepicture.exchange.bundles.reader import read_bundle
from wholepicture.signals.engine import evaluate
from wholepicture.signals.replay import play, replay

DEFAULT = Path(__file__).parents[1] / "wholepicture" / "demo" / "bundles" / "coventry-2012"
TIMES = 5


def best(act: Callable[[], object]) -> float:
    """The least of a few runs, in seconds."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def main(arguments: list[str]) -> None:
    """Replay the bundle that is named, or the demonstration's own."""
    folder = Path(arguments[0]) if arguments else DEFAULT
    began = time.perf_counter()
    bundle = read_bundle(folder)
    played = replay(bundle.record, bundle.expectations, bundle.source_system)
    first = time.perf_counter() - began
    record, last = bundle.record, played.last
    if played.first is None or last is None:
        sys.exit(f"{bundle.source_system} holds no entries")
    print(f"{bundle.source_system}: {len(record.entries)} entries, {(last - played.first).days} days")
    print(f"read and replayed, growth reference loaded: {first:.2f} s (at most 2 s)")
    print(f"replayed again: {best(lambda: list(play(record))):.2f} s")
    print(
        f"every rule over the whole family once: {best(lambda: evaluate(record, last)) * 1000:.1f} ms (at most 20 ms)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
