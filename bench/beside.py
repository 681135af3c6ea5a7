"""What a family may add to a link, tried on the synthetic people: nobody is taken for another child of their mother.

    .venv/bin/python -m bench.beside --families 40000

Each child is asked about as a careless agency writes them down, beside a mother who is certain: once while on record,
and once taken off it, while the twin, the brothers and sisters and a namesake of theirs stay (ADR 0084).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.people.matching.beside import try_families


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(prog="bench.beside", description=__doc__)
    parser.add_argument("--families", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args(arguments)
    tried = try_families(options.families, options.seed)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tried.asked.items()))
    sys.stdout.write(
        f"Asked about beside a mother who is certain: {kinds}.\n"
        f"On record: {tried.followed:,} follow from a mother whom somebody chose, {tried.linked:,} are linked.\n"
        f"Somebody else taken for them: {len(tried.wrong)}.\n"
    )
    sys.stdout.writelines(f"{one}\n" for one in tried.wrong[:20])
    return 1 if tried.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
