"""An answer as a Word document. It is built from what is given: what is withheld was never in it."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final

from docx import Document
from docx.document import Document as Written
from docx.shared import Cm, Pt

from wholepicture.casework.subject_access.types import GivenItem, Release, WithheldLine

_MARGIN: Final = Cm(2)
# Neither when it was made nor by whom is anybody's business: the notes say who answers.
_NO_DAY: Final = datetime(2000, 1, 1)


def write_answer(release: Release) -> bytes:
    """The document's bytes: notes, each item given, and the schedule of what is withheld."""
    document = Document()
    _set_up(document, release.title)
    document.add_heading(_clean(release.title), level=1)
    for note in release.notes:
        document.add_paragraph(_clean(note))
    for item in release.items:
        _write_item(document, item)
    document.add_heading("What is withheld, and why", level=2)
    _write_schedule(document, release.withheld)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Written, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    section.footer.paragraphs[0].text = f"{_clean(title)}. Confidential."
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = _clean(title), "Whole Picture", ""
    properties.comments = properties.keywords = properties.subject = ""
    properties.created = properties.modified = _NO_DAY


def _write_item(document: Written, item: GivenItem) -> None:
    when = f", {item.when}" if item.when else ""
    document.add_heading(_clean(f"{item.number}. {item.what}{when}"), level=2)
    for label, text in item.parts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{_clean(label)}: ").bold = True
        paragraph.add_run(_clean(text))


def _write_schedule(document: Written, lines: tuple[WithheldLine, ...]) -> None:
    if not lines:
        document.add_paragraph("Nothing is withheld.")
        return
    headings = ("Mark", "Reason", "Law", "Whole items", "Places in items")
    table = document.add_table(rows=1 + len(lines), cols=len(headings), style="Table Grid")
    cells = [(w.mark, f"{w.title}. {w.says}", w.law, str(w.items), str(w.places)) for w in lines]
    for row, texts in zip(table.rows, (headings, *cells), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(_clean(text)).bold = texts is headings


def _clean(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
