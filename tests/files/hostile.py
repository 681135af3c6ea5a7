"""Some 200 hostile files, made by code: each carries `MARK` where nobody may find it again, or breaks a decoder.

None comes from anybody else, and none does anything to a machine that runs the tests.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.files import hostile_heic, hostile_others, hostile_pdfs, hostile_pictures, hostile_words
from tests.files.making import MARK

__all__ = ["MARK", "Hostile", "corpus"]


@dataclass(frozen=True)
class Hostile:
    """A hostile file by a name that says what is wrong with it."""

    name: str
    data: bytes


def corpus() -> Iterator[Hostile]:
    """Every hostile file, always in the same order and always the same bytes."""
    for family in (hostile_pictures, hostile_heic, hostile_pdfs, hostile_words, hostile_others):
        for name, data in family.files():
            yield Hostile(name, data)
    yield from _gnawed()


def _gnawed() -> Iterator[Hostile]:
    """Whole files with bytes changed at random, from a fixed seed."""
    chance = random.Random(20_261_125)
    whole = [*hostile_pictures.whole(), *hostile_pdfs.whole(), *hostile_words.whole()]
    for number in range(30):
        name, data = whole[number % len(whole)]
        gnawed = bytearray(data)
        for _ in range(chance.randrange(1, 24)):
            gnawed[chance.randrange(12, len(gnawed))] = chance.randrange(256)
        yield Hostile(f"{name}, gnawed {number}", bytes(gnawed))
