"""A sheet as a Word document: landscape A4, headings that repeat, and a footer that says what it is."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table

from wholepicture.foundation.sheets import Sheet

_SIZE = Pt(9)


def write_word(sheet: Sheet) -> bytes:
    """The document's bytes; characters that XML cannot hold are left out."""
    document = Document()
    _set_up(document, sheet)
    document.add_heading(clean(sheet.title), level=1)
    for note in sheet.notes:
        document.add_paragraph(clean(note))
    table = document.add_table(rows=1 + len(sheet.rows), cols=len(sheet.headings), style="Table Grid")
    _fill(table, sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Written, sheet: Sheet) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer.paragraphs[0].text = f"{clean(sheet.title)}. Confidential: about a child."
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.title = clean(sheet.title)
    document.core_properties.author = "Whole Picture"


def _fill(table: Table, sheet: Sheet) -> None:
    table.autofit = False
    for row, cells in zip(table.rows, (sheet.headings, *sheet.rows), strict=True):
        heading = cells is sheet.headings
        for n, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            if sheet.widths:
                cell.width = Cm(sheet.widths[n])
            run = cell.paragraphs[0].add_run(clean(text))
            run.font.size, run.bold = _SIZE, heading
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
