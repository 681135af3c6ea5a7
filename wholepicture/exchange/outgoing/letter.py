"""A letter as a Word document, whose properties say nothing but that it is one."""

from __future__ import annotations

import io

from docx import Document
from docx.shared import Cm, Pt

from wholepicture.exchange.chronologies.word import clean
from wholepicture.foundation.letters import Letter


def write_letter(letter: Letter) -> bytes:
    """The document's bytes; characters that XML cannot hold are left out."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = clean(letter.foot)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(12)
    document.core_properties.title = "Letter"
    document.core_properties.author = "Whole Picture"
    for n, line in enumerate(letter.head):
        document.add_paragraph().add_run(clean(line)).bold = n == 0
    document.add_paragraph(clean(letter.day))
    document.add_paragraph(clean("\n".join(letter.to)))
    document.add_heading(clean(letter.title), level=1)
    for paragraph in letter.paragraphs:
        document.add_paragraph(clean(paragraph))
    document.add_paragraph(clean("\n".join(letter.signed)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
