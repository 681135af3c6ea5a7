"""Text and tables: read as UTF-8, with every hidden character shown, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import Final

from wholepicture.foundation.files.types import MOST_WORDS, Made, Sort
from wholepicture.foundation.refusals import Refused

_KEPT: Final = "\t\n\r"
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
# They join letters in Persian, Hindi and many emoji, and hide nothing.
_JOINERS: Final = "\u200c\u200d"
_FORMULA: Final = ("=", "+", "-", "@")


def make_text(data: bytes) -> Made:
    """Text with its hidden characters shown; a table is written anew as CSV. Raises Refused for what is no UTF-8."""
    text = _decoded(data)
    said, hidden = shown(text.replace("\r\n", "\n").replace("\r", "\n"))
    removed = [f"{hidden} hidden characters, now shown as [U+…]"] if hidden else []
    rows = _table(said)
    if rows is None:
        words = (said,) if said.strip() and len(said) <= MOST_WORDS else ()
        return Made(Sort.TEXT, said.encode(), removed=tuple(removed), words=words)
    inert = [[_inert(cell) for cell in row] for row in rows]
    if inert != rows:
        removed.append("formulas, now text")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(inert)
    return Made(Sort.CSV, out.getvalue().encode("utf-8-sig"), removed=tuple(removed))


def shown(text: str) -> tuple[str, int]:
    """The text with each character that hides or turns others written as `[U+202E]`; and how many there were."""
    hidden = {c for c in set(text) if _hides(c)}
    if not hidden:
        return text, 0
    count = sum(text.count(c) for c in hidden)
    return text.translate({ord(c): f"[U+{ord(c):04X}]" for c in hidden}), count


def _hides(character: str) -> bool:
    return (
        character not in _KEPT and character not in _JOINERS and unicodedata.category(character) in _HIDDEN_CATEGORIES
    )


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            "file-sort",
            "This is not a sort of file that can be added, or it is text in an old encoding. "
            "Save text as “UTF-8” or “CSV UTF-8”, anything else as PDF, and choose that.",
        ) from error
    if "\0" in text:
        raise Refused("file-sort", "This is not a sort of file that can be added. Save it as PDF, and choose that.")
    return text


def _table(text: str) -> list[list[str]] | None:
    """The rows where every line has the same two or more cells: prose does not."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error:
        return None
    widths = {len(row) for row in rows}
    return rows if len(rows) > 1 and len(widths) == 1 and widths.pop() > 1 else None


def _inert(cell: str) -> str:
    bare = cell.lstrip()
    if not bare.startswith(_FORMULA):
        return cell
    try:
        float(bare)
    except ValueError:
        return f"'{cell}"
    return cell
