"""The letters that a PDF's page claims to hold: each with its place on the drawing and the text that it belongs to."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium

from wholepicture.foundation.files.weighing import Box

_AS_WRITTEN: Final = {0x02: "-", 0xAD: "-", 0xFFFE: "-", 0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "✓"}
"""A hyphen at a line's end, as PDFium says it; and the bullets and the tick of Word's own fonts."""
_FINE: Final = 64  # parts of a pixel, to place letters by


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, blank where the file does not say which; its place; its text's colour, or -1 for unseen text."""

    text: str
    box: Box
    paint: int
    spaced: bool


def letters_of(page: Any, text: Any, paints: Mapping[int, int], size: tuple[int, int]) -> list[Letter]:
    """The letters of a page in the order in which PDFium reads them; `size` is of its drawing, in pixels."""
    place = _placing(page, size)
    edges = [ctypes.c_double() for _ in range(4)]
    refs = [ctypes.byref(edge) for edge in edges]
    found: list[Letter] = []
    spaced, high = True, ""
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        letter = _AS_WRITTEN.get(code) or (chr(code) if 0 < code < 0x110000 else "")
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text, at) == 1:
            spaced = True
        elif "\ud800" <= letter < "\udc00":
            high = letter
        elif pdfium.FPDFText_GetCharBox(text, at, *refs):
            owner = pdfium.FPDFText_GetTextObject(text, at)
            paint = paints.get(ctypes.addressof(owner.contents), -1) if owner else -1
            box = place(*(edge.value for edge in edges))
            found.append(Letter(_paired(high, letter), box, paint, spaced))
            spaced, high = False, ""
    return found


def _paired(high: str, letter: str) -> str:
    """A letter that comes in two halves, whole; blank for half of one."""
    if "\udc00" <= letter < "\ue000":
        return (high + letter).encode("utf-16", "surrogatepass").decode("utf-16") if high else ""
    return "" if high else letter


def _placing(page: Any, size: tuple[int, int]) -> Callable[[float, float, float, float], Box]:
    """From points of the page to pixels of its drawing, however the page is turned or cut."""
    wide, high = size[0] * _FINE, size[1] * _FINE
    x, y = ctypes.c_int(), ctypes.c_int()

    def pixel(across: float, up: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, wide, high, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        return x.value / _FINE, y.value / _FINE

    (x0, y0), (x1, y1), (x2, y2) = pixel(0, 0), pixel(100, 0), pixel(0, 100)
    ax, ay, bx, by = (x1 - x0) / 100, (y1 - y0) / 100, (x2 - x0) / 100, (y2 - y0) / 100

    def place(left: float, right: float, bottom: float, top: float) -> Box:
        # A page is turned by quarters, so two corners hold the box.
        xa, xb = x0 + ax * left + bx * bottom, x0 + ax * right + bx * top
        ya, yb = y0 + ay * left + by * bottom, y0 + ay * right + by * top
        left_, top_ = round(min(xa, xb)), round(min(ya, yb))
        return left_, top_, max(round(max(xa, xb)), left_ + 1), max(round(max(ya, yb)), top_ + 1)

    return place
