"""Given names that are one name: short forms, spellings and other languages' forms, from `nicknames.csv`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from itertools import permutations


@lru_cache(maxsize=1)
def pairs() -> frozenset[str]:
    """Every two folded names that may be one name, both ways round, as `one|other`."""
    text = files(__package__).joinpath("nicknames.csv").read_text(encoding="utf-8")
    alike = (set(line.split(",")) for line in text.splitlines())
    return frozenset(f"{one}|{other}" for names in alike for one, other in permutations(sorted(names), 2))
