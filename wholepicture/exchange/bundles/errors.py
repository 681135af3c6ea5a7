"""What is wrong with a bundle: every problem at once, each with its place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wholepicture.foundation.refusals import Refused


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: `line` is the line of the file on which the row starts; `column` names the column."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


class BundleErrors(Refused):
    """A bundle of which nothing may be kept; `problems` holds everything wrong with it, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("bad_bundle", "\n".join(str(p) for p in self.problems))
