"""What is wrong with a file: every problem with its place, so that it can be mended in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wholepicture.foundation.refusals import Refused

_MOST_TOLD: Final = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, by file, line (1 is the heading; of Parquet, rows are counted alike) and column."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


class FileErrors(Refused):
    """A file of which no row may be used, because a row left out is a child left out."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:_MOST_TOLD]]
        if len(self.problems) > _MOST_TOLD:
            told.append(f"and {len(self.problems) - _MOST_TOLD} more")
        super().__init__("bad_file", "\n".join(told))
