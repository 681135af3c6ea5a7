"""Keeping pages even: what a process holds for good is not searched for rubbish while somebody waits."""

from __future__ import annotations

import gc

YOUNG = 20_000
"""New objects before a look for rubbish: a page makes some tens of thousands, nearly all gone when it is sent."""


def settle() -> None:
    """Set aside everything loaded so far, and look for rubbish less often; memory use stays level (bench.scale)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
