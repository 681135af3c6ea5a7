"""A sheet as CSV that a spreadsheet reads as text, whatever a cell begins with."""

from __future__ import annotations

import csv
import io
from typing import Final

from wholepicture.foundation.sheets import Sheet

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(cell: str) -> str:
    """The cell with an apostrophe before anything that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def write_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read accents; notes first, then the table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert(sheet.title)])
    writer.writerows([inert(note)] for note in sheet.notes)
    writer.writerow([])
    writer.writerow([inert(h) for h in sheet.headings])
    writer.writerows([inert(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")
