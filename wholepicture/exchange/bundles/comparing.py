"""Compares a bundle with the rows of it that are stored: what is new, and what contradicts what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wholepicture.exchange.bundles.errors import BundleErrors, Problem
from wholepicture.exchange.bundles.types import Bundle, Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows of a bundle against stored ones: `new` are not stored yet, `same` counts those that are, word for word."""

    new: tuple[tuple[str, Row], ...]
    same: int


def compare_with_stored(bundle: Bundle, stored: Mapping[tuple[str, str], str]) -> Comparison:
    """Tell new rows from stored ones; `stored` maps a row's file and key to its digest, for this source system.

    Importing the same bundle twice finds nothing new. Raises BundleErrors naming every row that says something else
    under a key that is stored: what was stored is never overwritten.
    """
    new: list[tuple[str, Row]] = []
    problems: list[Problem] = []
    same = 0
    for key, row in bundle.keyed_rows():
        digest = stored.get((row.file, key))
        if digest is None:
            new.append((key, row))
        elif digest == row.digest:
            same += 1
        else:
            problems.append(_contradiction(bundle, key, row))
    if problems:
        raise BundleErrors(problems)
    return Comparison(tuple(new), same)


def _contradiction(bundle: Bundle, key: str, row: Row) -> Problem:
    column = next(iter(row.cells), "row")
    message = (
        f"“{key}” of {bundle.source_system} is stored with other contents; expected the row as it was stored, "
        "a new key, or a correction made in the record"
    )
    return Problem(row.file, row.line, column, message)
