"""The words of a PDF's page that can be seen on it, told letter by letter from the drawing itself.

Each piece of text is given a colour of its own and the page is drawn once more without smoothing: a letter is seen
where its colour comes through. What lies beneath a black box, off the page, in a layer turned off or in unseen ink has
no such pixels; what is white on white has them and no contrast in the drawing that people see (ADR 0072). Whatever is
in doubt is left out and shown as `[…]`, so that nobody is told half a sentence as if it were whole.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from wholepicture.foundation.files.letters import Letter, letters_of
from wholepicture.foundation.files.texts import shown
from wholepicture.foundation.files.weighing import Box, come_through, in_one_place

LEFT_OUT: Final = "[…]"
MOST_LETTERS: Final = 20_000
"""Letters of a page that are read: a page of small print has some 8,000."""
MOST_PIECES: Final = 6_000
MOST_DEPTH: Final = 6
"""Drawings within drawings that are looked into; what is deeper is not seen."""

_UNSEEN_MODES: Final = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FAINTEST: Final = 64
"""Of 255: paint that covers less than this is not read."""
_JOINED: Final = frozenset("ff fi fl ffi ffl ft tt ti tf tti fft st ct fj ffj th Th ij IJ".split())


@dataclass(slots=True)
class Piece:
    """Letters that follow one another on a line; whether a gap stands before them, and what became of them."""

    text: str
    box: Box
    spaced: bool
    seen: bool
    told: bool = True


@dataclass(frozen=True, slots=True)
class SeenWord:
    """Letters to lay over the drawing, and where."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What can be read of a page: as text, and as words with their places; and whether anything was left out."""

    text: str = ""
    words: tuple[SeenWord, ...] = ()
    left_out: bool = False


def seen_on(page: pypdfium2.PdfPage, pixels: Image.Image, scale: float) -> SeenPage:
    """The words that can be seen on a page that was drawn at this scale; the page is not to be drawn again after it."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        if not 0 < pdfium.FPDFText_CountChars(text) <= MOST_LETTERS:
            return SeenPage()
        letters = letters_of(page, text, _painted(page), pixels.size)
    finally:
        pdfium.FPDFText_ClosePage(text)
    if not any(letter.paint >= 0 for letter in letters):
        return SeenPage(left_out=bool(letters))
    runs = list(_runs(letters))
    if len(runs) > MOST_PIECES:
        return SeenPage(left_out=True)
    of_piece = [number for number, run in enumerate(runs) for _ in run]
    through = come_through(letters, of_piece, pixels, _colours(page, scale))
    pieces = [_piece(run, seen) for run, seen in zip(runs, through, strict=True)]
    for one, other in in_one_place([piece.box for piece in pieces]):
        _weigh(pieces[one], pieces[other])
    return _page_of(pieces)


def _painted(page: pypdfium2.PdfPage) -> dict[int, int]:
    """Give each text of the page a colour that no file can foresee; texts that are not to be seen get none."""
    first = int.from_bytes(os.urandom(3))
    paints: dict[int, int] = {}
    shade = [ctypes.c_uint() for _ in range(4)]
    for number, found in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=MOST_DEPTH)):
        if number >= MOST_LETTERS:
            return {}
        mode = pdfium.FPDFTextObj_GetTextRenderMode(found.raw)
        filled = pdfium.FPDFPageObj_GetFillColor(found.raw, *map(ctypes.byref, shade))
        if mode in _UNSEEN_MODES or mode < 0 or (filled and shade[3].value < _FAINTEST):
            continue
        colour = (first + number * 0x9E3779) & 0xFFFFFF  # an odd step: no two are alike
        parts = (colour >> 16, colour >> 8 & 255, colour & 255, 255)
        pdfium.FPDFPageObj_SetFillColor(found.raw, *parts)
        pdfium.FPDFPageObj_SetStrokeColor(found.raw, *parts)
        paints[ctypes.addressof(found.raw.contents)] = colour
    return paints


def _colours(page: pypdfium2.PdfPage, scale: float) -> bytes:
    """The page in its texts' own colours: four bytes a pixel, the last of no meaning."""
    bitmap = page.render(
        scale=scale, may_draw_forms=True, no_smoothtext=True, no_smoothpath=True, no_smoothimage=True,
        force_bitmap_format=pdfium.FPDFBitmap_BGRx,
    )  # fmt: skip
    data = bytes(bitmap.buffer)
    bitmap.close()
    return data


def _runs(letters: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    """Letters that follow one another: a gap, a line's end or a step backwards ends a run."""
    start = 0
    for at in range(1, len(letters) + 1):
        if at == len(letters) or letters[at].spaced or not _follows(letters[at - 1].box, letters[at].box):
            yield letters[start:at]
            start = at


def _piece(letters: Sequence[Letter], through: bool) -> Piece:
    lefts, tops, rights, bottoms = zip(*(letter.box for letter in letters), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    return Piece(
        "".join(letter.text for letter in letters), box, letters[0].spaced, through and _one_shape_each(letters)
    )


def _follows(last: Box, box: Box) -> bool:
    """Whether a letter stands to the right of the last, or in its very place, on the same line."""
    beside = box[0] >= last[0] - 1 and box[0] - last[2] < 2 * (last[3] - last[1]) + 8
    return beside and box[1] < last[3] + 8 and box[3] > last[1] - 8


def _one_shape_each(letters: Sequence[Letter]) -> bool:
    """Whether no two letters claim one shape, but those that printers join: a file may say what it likes of a shape."""
    at = 0
    while at < len(letters):
        end = at + 1
        while end < len(letters) and _same_place(letters[at].box, letters[end].box):
            end += 1
        if end - at > 1 and "".join(letter.text for letter in letters[at:end]) not in _JOINED:
            return False
        at = end
    return True


def _same_place(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0.6 * min(one[2] - one[0], other[2] - other[0])


def _weigh(piece: Piece, other: Piece) -> None:
    """Of pieces in one place neither is told, for one may hide the other; but the same words twice are told once."""
    if piece.text == other.text:
        best, rest = (other, piece) if other.seen and other.told else (piece, other)
        rest.told = rest.seen = False
        best.told = True
    elif piece.seen and other.seen:
        piece.seen = other.seen = False


def _page_of(pieces: Sequence[Piece]) -> SeenPage:
    told = [p for p in pieces if p.told]
    if not any(p.seen for p in told):
        return SeenPage(left_out=bool(told))
    said, words, last = "", [], told[0].box
    for piece in told:
        part = shown(piece.text)[0] if piece.seen else LEFT_OUT
        if piece.seen:
            words.append(SeenWord(part, piece.box))
        if part == LEFT_OUT and said.endswith(LEFT_OUT):
            continue
        newline = piece.box[1] >= last[3] or piece.box[3] <= last[1] or piece.box[0] < last[0]
        gap = "" if not said else "\n" if newline else " " if piece.spaced else ""
        said, last = said + gap + part, piece.box
    return SeenPage(said, tuple(words), any(not p.seen for p in told))
