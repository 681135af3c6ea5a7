"""What a second person reads is the file itself: every text that a reader of it could find, in its order."""

from __future__ import annotations

import io

import pytest
from docx import Document

from wholepicture.casework.disclosure.types import Made
from wholepicture.exchange.chronologies.comma import write_csv
from wholepicture.exchange.chronologies.word import write_word
from wholepicture.exchange.outgoing.letter import write_letter
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.exchange.outgoing.showing import blocks_of
from wholepicture.foundation.letters import Letter
from wholepicture.foundation.sheets import Sheet

SHEET = Sheet(
    "Chronology", ("For Dr Brown.",), ("When", "What"), (("1 May", "Seen, “well”\nat home."), ("2 May", "=1+1"))
)


def said(data: bytes, name: str = "file") -> list[tuple[str, str]]:
    found = []
    for block in blocks_of(Made(name, "", data)):
        found.append((block.sort, block.text or " | ".join("/".join(row) for row in block.rows)))
    return found


def test_a_chronology_is_read_row_by_row_with_its_notes_and_margins() -> None:
    table = "When/What | 1 May/Seen, “well”\nat home. | 2 May/=1+1"
    assert said(write_word(SHEET))[:3] == [("heading", "Chronology"), ("text", "For Dr Brown."), ("table", table)]
    assert any(text.startswith("At the foot of each page: Chronology") for _, text in said(write_word(SHEET)))
    inert = table.replace("=1+1", "'=1+1")
    assert said(write_csv(SHEET)) == [("heading", "Chronology"), ("text", "For Dr Brown."), ("table", inert)]


def test_a_letter_is_read_from_its_head_to_its_foot() -> None:
    letter = Letter(
        ("Social care",), "25 November", ("Adam",), "About Kasia", ("First.", "Last."), ("Amira",), "Secret"
    )
    texts = [text for _, text in said(write_letter(letter))]
    assert texts[:7] == ["Social care", "25 November", "Adam", "About Kasia", "First.", "Last.", "Amira"]
    assert "At the foot of each page: Secret" in texts


def test_what_stands_in_a_margin_or_the_properties_is_read_too() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Larch Close"
    document.core_properties.keywords = "Millbrook"
    document.add_paragraph("Hello.")
    out = io.BytesIO()
    document.save(out)
    texts = "\n".join(text for _, text in said(out.getvalue()))
    found = "\n".join(p.text for p in parts_of(Made("letter.docx", "", out.getvalue())))
    for words in ("Larch Close", "Millbrook", "Hello."):
        assert words in texts and words in found, words


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\xff\xfe\x00\x01", write_word(SHEET)[:900]])
def test_what_cannot_be_shown_whole_is_not_shown_in_part(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a whole document|neither"):
        blocks_of(Made("file", "", data))


def test_a_table_without_rows_and_notes_without_a_table_are_read() -> None:
    assert said(b"Only this\r\n") == [("heading", "Only this")]
    assert said(b"") == []
