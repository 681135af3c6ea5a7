"""A file on its way out as somebody reads it, made from the very bytes that go: what stands in it, in its order."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as Written
from docx.table import Table

from wholepicture.casework.disclosure.types import Block, Made

HEADING, TEXT, TABLE, MARGIN = "heading", "text", "table", "margin"


def blocks_of(made: Made) -> tuple[Block, ...]:
    """Everything in a file that its recipient can read, margins and properties too; raises ValueError where it is of no
    form that can be shown whole: nobody approves what nobody can read."""
    if made.data[:4] == b"PK\x03\x04":
        return tuple(_word(_opened(made.data)))
    try:
        text = made.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("neither a document nor a table") from error
    return tuple(_sheet(text))


def _opened(data: bytes) -> Written:
    try:
        return Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ValueError("not a whole document") from error


def _word(document: Written) -> Iterator[Block]:
    for section in document.sections:
        yield from _margin("At the head of each page", "\n".join(p.text for p in section.header.paragraphs))
    for piece in document.iter_inner_content():
        if isinstance(piece, Table):
            yield Block(TABLE, rows=tuple(tuple(cell.text for cell in row.cells) for row in piece.rows))
        elif piece.text.strip():
            style = piece.style.name if piece.style is not None else ""
            yield Block(HEADING if (style or "").startswith("Heading") else TEXT, piece.text)
    for section in document.sections:
        yield from _margin("At the foot of each page", "\n".join(p.text for p in section.footer.paragraphs))
    said = document.core_properties
    kept = (said.title, said.author, said.subject, said.keywords, said.comments, said.category, said.last_modified_by)
    yield from _margin("In the file’s properties", ", ".join(text for text in kept if text))


def _margin(where: str, text: str) -> Iterator[Block]:
    if text.strip():
        yield Block(MARGIN, f"{where}: {text}")


def _sheet(text: str) -> Iterator[Block]:
    """Notes a line each, then, after a blank line, the table."""
    rows = list(csv.reader(io.StringIO(text)))
    ends = next((n for n, row in enumerate(rows) if not any(row)), len(rows))
    for n, row in enumerate(rows[:ends]):
        yield Block(HEADING if n == 0 else TEXT, ", ".join(row))
    table = tuple(tuple(row) for row in rows[ends + 1 :])
    if table:
        yield Block(TABLE, rows=table)
