"""An index in memory: the rows packed tightly, and for each blocking rule its keys, sorted, to be found by halving."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from wholepicture.people.linkage.model import Model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.sql import Term
from wholepicture.people.linkage.types import FIELDS, Flag, Given, Row

MOST_OF_ONE_KEY: Final = 2_000
"""Rows looked at under one key; a key that more share tells too little, and the user is told that it was cut."""

_BETWEEN: Final = "\x1f"
_NO_KEY: Final = 0

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of the rows that a rule found, and whether a key was shared by more than are looked at."""

    places: tuple[int, ...]
    cut: bool


@dataclass
class Index:
    """Rows by place; made by `build`."""

    model: Model
    ids: list[str]
    flags: dict[int, tuple[Flag, ...]]
    carried: list[tuple[str, ...]]
    _packed: bytes
    _ends: array[int]
    _keys: list[tuple[Hashes, Places]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, place: int) -> Row:
        """The row at a place, made ready."""
        start = self._ends[place - 1] if place else 0
        cells = self._packed[start : self._ends[place]].decode().split(_BETWEEN)
        return tuple(cell or None for cell in cells)

    def rows(self) -> Iterator[Row]:
        """Every row, in the file's order."""
        return (self.row(place) for place in range(len(self)))

    def find(self, query: Row) -> Found:
        """The rows that any blocking rule of the model puts beside the query, each once, in the file's order."""
        places: set[int] = set()
        cut = False
        for rule, (hashes, at) in zip(self.model.rules, self._keys, strict=True):
            key = _key(rule.left, query, query)
            if key == _NO_KEY:
                continue
            wanted = np.uint64(key)
            first = int(np.searchsorted(hashes, wanted))
            last = int(np.searchsorted(hashes, wanted, side="right"))
            cut |= last - first > MOST_OF_ONE_KEY
            found = at[first : min(last, first + MOST_OF_ONE_KEY)].tolist()
            if rule.also:
                found = [n for n in found if all(term(query, self.row(n)) is True for term in rule.also)]
            places.update(found)
        return Found(tuple(sorted(places)), cut)

    @property
    def size(self) -> int:
        """Bytes held, beside what Python needs to hold the ids."""
        keys = sum(hashes.nbytes + at.nbytes for hashes, at in self._keys)
        return len(self._packed) + self._ends.itemsize * len(self._ends) + keys + sum(map(len, self.ids))


def build(model: Model, given: Iterable[Given], carried: Sequence[str] = ()) -> Index:
    """Index every row. Raises whatever reading the rows raises, and then nothing is indexed."""
    ids: list[str] = []
    flags: dict[int, tuple[Flag, ...]] = {}
    carry: list[tuple[str, ...]] = []
    packed = bytearray()
    ends = array("Q")
    hashes = [array("Q") for _ in model.rules]
    for place, one in enumerate(given):
        values, flagged = ready(one.cells)
        row = model.row(values)
        packed += _BETWEEN.join(cell or "" for cell in row).encode()
        ends.append(len(packed))
        ids.append(one.id)
        if flagged:
            flags[place] = flagged
        if carried:
            carry.append(tuple(one.cells[name] for name in carried))
        for rule, keys in zip(model.rules, hashes, strict=True):
            keys.append(_key(rule.right, row, row))
    return Index(model, ids, flags, carry, bytes(packed), ends, [_sorted(keys) for keys in hashes])


def carried_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """What a file has beside the contract's columns."""
    return tuple(name for name in columns if name != "id" and name not in FIELDS)


def _key(terms: Sequence[Term], left: Row, right: Row) -> int:
    """One number for the values of a rule's side; `_NO_KEY` where any is not known, since NULL equals nothing."""
    values: list[Any] = [term(left, right) for term in terms]
    if None in values:
        return _NO_KEY
    digest = blake2b(_BETWEEN.join(map(str, values)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _sorted(keys: array[int]) -> tuple[Hashes, Places]:
    hashes = np.frombuffer(keys, dtype=np.uint64) if keys else np.zeros(0, dtype=np.uint64)
    known = np.flatnonzero(hashes != _NO_KEY).astype(np.uint32)
    order = np.argsort(hashes[known], kind="stable")
    return hashes[known][order], known[order]
