"""The words of linkage: rows as given, rows made ready, what was compared, and what came of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final, NamedTuple

FIELDS: Final = (
    "given_name",
    "middle_name",
    "family_name",
    "born",
    "sex",
    "postcode",
    "address",
    "nhs_number",
    "upn",
)
"""The columns of a file beside `id`, in the order of the contract; any may be missing, and any cell blank."""

Row = tuple[str | None, ...]
"""A person's values made ready for comparing, in the order of a model's columns; None is not known."""


class Decision(enum.StrEnum):
    """What may follow from a comparison: a link without a person, a person's choice, or nothing."""

    LINK = "link"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Given:
    """One row of a file: its cells by column, blank where empty, and the line on which it begins."""

    id: str
    cells: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A number that is kept but never matched on, and why."""

    field: str
    value: str
    problem: str


class Part(NamedTuple):
    """One comparison of a pair: each column's values (the query's first), the level reached, its weight."""

    field: str
    compared: tuple[tuple[str, str | None, str | None], ...]
    level: str
    weight: float
    flags: tuple[str, ...] = ()


class Weighed(NamedTuple):
    """A pair weighed as `Scored`, told by each comparison's name, the label of the level reached, and its weight."""

    weight: float
    levels: tuple[tuple[str, str, float], ...]


class Scored(NamedTuple):
    """A pair weighed: log2 of how much likelier one person is than two, prior included; and its parts."""

    weight: float
    probability: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the answer; `index_id` is blank, and nothing weighed, where nobody stands."""

    query_id: str
    index_id: str
    scored: Scored | None
    decision: Decision
    flags: tuple[Flag, ...] = ()
