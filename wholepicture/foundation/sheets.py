"""A table on its way out of the record: what a page showed, before it becomes Word or CSV."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled table of plain text; `notes` stand above it: who took it out, when, and what was left out."""

    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()  # of the columns, in centimetres
