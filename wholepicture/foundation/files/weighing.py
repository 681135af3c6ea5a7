"""Whether letters come through where they are said to stand, all those of a page at once: numbers only, no PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from wholepicture.foundation.files.letters import Letter

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels from the page's upper left corner."""
MOST_PIXELS: Final = 6_000_000
"""Pixels of all the letters of a page together, looked at to see whether they come through."""

_CONTRAST: Final = 20
"""Of 255: how much darker or lighter than their ground letters are."""
_SOLID: Final = frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghklmnopqrstuvwxyz0123456789")
"""Letters without a gap from top to bottom."""
_AROUND: Final = np.array([-2, -2, 2, 2])
"""Pixels of ground about each letter."""
_AT_ONCE: Final = 250

_Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page's shades as people see them and its texts' own colours, pixel after pixel."""

    wide: int
    shades: Any
    colours: Any


def come_through(letters: Sequence[Letter], pieces: Sequence[int], pixels: Image.Image, colours: bytes) -> list[bool]:
    """For each piece of letters, whether every letter's colour is in most rows and columns of its place, and whether
    the ink of all of them together stands out in `pixels`.

    `pieces` numbers the piece of each letter; `colours` is the page in its texts' own colours, four bytes a pixel.
    Where all the letters are too many pixels to look at, none is seen.
    """
    wide, high = pixels.size
    boxes = np.array([letter.box for letter in letters], dtype=np.int64)
    paints = np.array([letter.paint for letter in letters], dtype=np.int64)
    told = np.array([bool(letter.text) for letter in letters])
    of_piece = np.array(pieces, dtype=np.int64)
    left, top, right, bottom = boxes.T
    within = told & (paints >= 0) & (left >= 0) & (top >= 0) & (right <= wide) & (bottom <= high)
    whole = np.bincount(of_piece, weights=~within) == 0
    chosen = np.flatnonzero(whole[of_piece])
    if not len(chosen) or ((right - left) * (bottom - top))[chosen].sum() > MOST_PIXELS:
        return [False] * len(whole)
    drawn = _Drawn(wide, np.asarray(pixels.convert("L")).reshape(-1), np.frombuffer(colours, dtype="<u4") & 0xFFFFFF)
    through, shades = np.zeros(len(letters), dtype=bool), np.zeros((4, len(whole)))
    for some in np.array_split(chosen, len(chosen) // 1000 + 1):
        around = np.clip(boxes[some] + _AROUND, 0, [wide, high, wide, high])
        least = np.array([0.6 if letters[n].text in _SOLID else 0.3 for n in some])
        through[some], found = _seen(boxes[some], around, paints[some], least, drawn)
        for number, sums in enumerate(found):
            shades[number] += np.bincount(of_piece[some], weights=sums, minlength=len(whole))
    ink, inks, ground, grounds = shades
    stands = np.abs(ink / np.maximum(inks, 1) - ground / np.maximum(grounds, 1)) >= _CONTRAST
    missing = np.bincount(of_piece, weights=~through)
    return [bool(one) for one in stands & (inks > 0) & (grounds > 0) & (missing == 0)]


def _seen(
    boxes: _Numbers, around: _Numbers, paints: _Numbers, least: Any, drawn: _Drawn
) -> tuple[Any, tuple[Any, Any, Any, Any]]:
    """Whether each of these letters comes through; and the shades of its ink and its ground, summed and counted."""
    left, top, right, bottom = boxes.T
    of, x, y = _every_pixel(around)
    at = y * drawn.wide + x
    paint, last = paints[of], len(drawn.colours) - 1
    own = drawn.colours[at] == paint
    # Without smoothing a thin stroke may fall a pixel beside its place.
    inked = own | (drawn.colours[np.maximum(at - 1, 0)] == paint) | (drawn.colours[np.minimum(at + 1, last)] == paint)
    inner = np.flatnonzero(own & (y >= top[of]) & (y < bottom[of]) & (x >= left[of] - 1) & (x <= right[of]))
    rows = _marked(of[inner], y[inner] - around[of[inner], 1], around[:, 3] - around[:, 1])
    columns = _marked(of[inner], x[inner] - around[of[inner], 0], around[:, 2] - around[:, 0])
    across, down = right - left, bottom - top
    through = (rows >= least * down) & (columns >= np.minimum(least * across, np.maximum(across - 1, 1)))
    shades, count = drawn.shades[at].astype(np.float64), len(boxes)
    all_shades, all_pixels = np.bincount(of, weights=shades, minlength=count), np.bincount(of, minlength=count)
    ink, inks = (
        np.bincount(of, weights=shades * inked, minlength=count),
        np.bincount(of, weights=inked, minlength=count),
    )
    return through, (ink, inks, all_shades - ink, all_pixels - inks)


def _every_pixel(boxes: _Numbers) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Every pixel of every box: the box's number, the pixel's column and its row."""
    left, top, right, bottom = boxes.T
    rows_of = np.repeat(np.arange(len(boxes)), bottom - top)
    y = _counted(top, bottom - top)
    across = (right - left)[rows_of]
    return np.repeat(rows_of, across), _counted(left[rows_of], across), np.repeat(y, across)


def _counted(first: _Numbers, many: _Numbers) -> _Numbers:
    """`many` numbers from each `first` on, one run after another."""
    starts = np.cumsum(many) - many
    return np.arange(int(many.sum())) - np.repeat(starts - first, many)


def _marked(of: _Numbers, line: _Numbers, lines: _Numbers) -> _Numbers:
    """How many of each letter's `lines` are marked; `of` and `line` say which, as often as they like."""
    starts = np.cumsum(lines) - lines
    marks = np.zeros(int(lines.sum()), dtype=np.int64)
    marks[starts[of] + line] = 1
    return np.add.reduceat(marks, starts)


def in_one_place(boxes: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Pairs of boxes of which one covers more than three tenths of the other."""
    if not boxes:
        return
    left, top, right, bottom = np.array(boxes, dtype=np.int64).T
    area = (right - left) * (bottom - top)
    for start in range(0, len(boxes), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        across = np.minimum(right[some, None], right) - np.maximum(left[some, None], left)
        down = np.minimum(bottom[some, None], bottom) - np.maximum(top[some, None], top)
        both = np.maximum(across, 0) * np.maximum(down, 0)
        for one, other in np.argwhere(both > 0.3 * np.minimum(area[some, None], area)):
            if start + one < other:
                yield int(start + one), int(other)
