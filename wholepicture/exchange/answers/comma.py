"""An answer as a table: each part of each item given, then how much is withheld for each reason."""

from __future__ import annotations

from wholepicture.casework.subject_access.types import Release
from wholepicture.exchange.chronologies.comma import write_csv
from wholepicture.foundation.sheets import Sheet


def write_table(release: Release) -> bytes:
    """UTF-8 that a spreadsheet reads as text."""
    rows = [(str(i.number), i.when, i.what, label, text) for i in release.items for label, text in i.parts]
    rows += [
        ("withheld", w.mark, w.title, w.law, f"{w.items} whole items, {w.places} places within items")
        for w in release.withheld
    ]
    headings = ("Item", "When", "What", "Part", "What it says")
    return write_csv(Sheet(release.title, release.notes, headings, tuple(rows)))
