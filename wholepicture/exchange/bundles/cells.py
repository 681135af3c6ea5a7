"""Reads single cells into typed values, adding a problem for each that is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from typing import Final

from wholepicture.exchange.bundles.errors import Problem
from wholepicture.exchange.bundles.types import Row
from wholepicture.foundation.when import BadDate, When
from wholepicture.record.kinds import agency_problem
from wholepicture.record.kinds_fields import either

# BCP 47: a language of two or three letters, then subtags; or a private tag.
_LANGUAGE: Final = re.compile(r"(?:[A-Za-z]{2,3}|x)(?:-[A-Za-z0-9]{1,8})*")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Anything:
    """Holds every key: stands for a file that could not be read whole, so that one fault is not reported as many."""

    def __contains__(self, key: object) -> bool:
        return True


class Cells:
    """One row's cells, read by column; `problems` gathers what is wrong."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row = row
        self._problems = problems

    def wrong(self, column: str, message: str) -> None:
        """Add a problem at that column."""
        self._problems.append(Problem(self.row.file, self.row.line, column, message))

    def text(self, column: str) -> str:
        """Free text; blank where it is not known."""
        return self.row.stated(column)

    def needed(self, column: str, expected: str) -> str:
        """A cell that may not be blank. Where the whole column is missing the header has been reported already."""
        cell = self.row.stated(column)
        if not cell and column in self.row.cells:
            self.wrong(column, f"is blank; expected {expected}")
        return cell

    def key(self, column: str, forbidden: str) -> str:
        """A row's own id: not blank, printable, without the characters that part lists of ids."""
        cell = self.needed(column, "a key unique in the file")
        bad = sorted(set(cell) & set(forbidden))
        if bad or not cell.isprintable():
            shown = " ".join(bad) or "a hidden character"
            self.wrong(
                column, f"“{cell}” has {shown}; expected a key without {' '.join(forbidden)} or hidden characters"
            )
        return cell

    def choice(self, column: str, values: Collection[str], *, needed: bool = False) -> str:
        """One of the values, or blank."""
        expected = either(tuple(values))
        cell = self.needed(column, expected) if needed else self.row.stated(column)
        if cell and cell not in values:
            self.wrong(column, f"“{cell}” is unknown; expected {expected}{'' if needed else ', or blank'}")
            return ""
        return cell

    def known(self, column: str, keys: Container[str], expected: str) -> str:
        """A key that stands elsewhere in the bundle."""
        cell = self.needed(column, expected)
        if cell and cell not in keys:
            self.wrong(column, f"“{cell}” is unknown; expected {expected}")
        return cell

    def when(self, column: str) -> When | None:
        """A date of any precision, or blank."""
        cell = self.row.stated(column)
        try:
            return When.parse(cell) if cell else None
        except BadDate as error:
            self.wrong(column, str(error))
            return None

    def agency(self, column: str) -> str:
        """An agency code, with or without a name."""
        cell = self.needed(column, "an agency code such as school or school/st-marys")
        problem = agency_problem(cell) if cell else None
        if problem is not None:
            self.wrong(column, problem)
        return cell

    def language(self, column: str) -> str:
        """A BCP 47 tag, or blank."""
        cell = self.row.stated(column)
        if cell and not _LANGUAGE.fullmatch(cell):
            self.wrong(column, f"“{cell}” is no language tag; expected a BCP 47 tag such as pl or pt-BR, or blank")
        return cell

    def number(self, column: str, greatest: float) -> float | None:
        """A number above nought, or blank."""
        cell = self.row.stated(column)
        if not cell:
            return None
        if not _NUMBER.fullmatch(cell) or not 0 < float(cell) <= greatest:
            self.wrong(column, f"“{cell}” is no such number; expected a number above 0, at most {greatest:g}, or blank")
            return None
        return float(cell)

    def checked(self, column: str, problem_of: Callable[[str], str | None], remedy: str) -> str:
        """A number with a check digit, or blank."""
        cell = self.row.stated(column)
        problem = problem_of(cell) if cell else None
        if problem is not None:
            self.wrong(column, f"{problem}, {remedy}")
        return cell

    def period(self, first: str, last: str) -> tuple[When | None, When | None]:
        """Two dates of which the second may not certainly lie before the first."""
        start, end = self.when(first), self.when(last)
        if start is not None and end is not None and end.latest < start.earliest:
            message = f"“{end.stated}” lies before {first} “{start.stated}”; expected the same day or later"
            self.wrong(last, message)
        return start, end


def readable(rows: Iterable[Row], problems: list[Problem]) -> Iterator[Cells]:
    """Rows to be checked: a ragged row has been reported already and its cells may have slipped sideways."""
    return (Cells(row, problems) for row in rows if not row.ragged)
