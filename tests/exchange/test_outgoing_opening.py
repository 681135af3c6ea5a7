"""Every byte of a file that leaves is opened and searched: a marker planted in any part of it is found there."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as Written

from wholepicture.casework.disclosure.types import Made
from wholepicture.exchange.chronologies.comma import write_csv
from wholepicture.exchange.chronologies.word import write_word
from wholepicture.exchange.outgoing.letter import write_letter
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.letters import Letter
from wholepicture.foundation.sheets import Sheet

MARK = "14 Larch Close"


def word(change: Callable[[Written], object]) -> bytes:
    document = Document()
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def split_runs(document: Written) -> None:
    paragraph = document.add_paragraph()
    for piece in ("14 La", "rch ", "Clo", "se"):
        paragraph.add_run(piece).bold = True


def with_part(name: str, content: bytes) -> bytes:
    """A Word file with one more part in it."""
    out = io.BytesIO(word(lambda d: None))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def pdf(content: bytes, info: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"%PDF-1.7\n1 0 obj\n<< >>\nstream\n" + packed + b"\nendstream\n" + info


def picture(mark: bytes) -> bytes:
    return b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00" + mark + b"\x00\xff\xd9"


def nested(depth: int) -> bytes:
    data = MARK.encode()
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("inner.bin", data)
        data = out.getvalue()
    return data


SHEET = Sheet("T", ("note",), ("When", "What"), (("1 May", "one"), ("2 May", f"seen at {MARK}")))
LETTER = Letter(("Us",), "today", ("You",), "About", (f"She is at {MARK}.",), ("Me",), "foot")

FILES = {
    "body": ("a.docx", word(lambda d: d.add_paragraph(MARK)), "the body"),
    "split over runs": ("a.docx", word(split_runs), "the body"),
    "header": ("a.docx", word(lambda d: setattr(d.sections[0].header.paragraphs[0], "text", MARK)), "a header"),
    "footer": ("a.docx", word(lambda d: setattr(d.sections[0].footer.paragraphs[0], "text", MARK)), "a footer"),
    "title": ("a.docx", word(lambda d: setattr(d.core_properties, "title", MARK)), "the file’s properties"),
    "subject": ("a.docx", word(lambda d: setattr(d.core_properties, "keywords", MARK)), "the file’s properties"),
    "comment": ("a.docx", with_part("word/comments.xml", f"<w:t>{MARK}</w:t>".encode()), "a comment"),
    "attribute": ("a.docx", with_part("word/styles2.xml", f'<a b="{MARK}"/>'.encode()), "the file’s own settings"),
    "escaped": ("a.docx", with_part("word/footnotes.xml", b"<w:t>14 L&#97;rch Close</w:t>"), "a footnote"),
    "picture": ("a.docx", with_part("word/media/a.jpg", picture(MARK.encode())), "a picture"),
    "picture in sixteen bits": ("a.jpg", picture(MARK.encode("utf-16-le")), "the file"),
    "name of a part": ("a.docx", with_part("word/14 Larch Close.xml", b""), "the name of a part"),
    "embedded": ("a.docx", with_part("word/embeddings/b.docx", word(lambda d: d.add_paragraph(MARK))), "the body"),
    "word chronology": ("a.docx", write_word(SHEET), "row 2 of the table"),
    "csv chronology": ("a.csv", write_csv(SHEET), "row 2 of the table"),
    "csv note": ("a.csv", write_csv(Sheet("T", (MARK,), ("When",), ())), "a note above the table"),
    "csv heading": ("a.csv", write_csv(Sheet("T", (), (MARK,), ())), "the table’s headings"),
    "letter": ("a.docx", write_letter(LETTER), "the body"),
    "plain text": ("a.txt", MARK.encode(), "a note above the table"),
    "file name": ("14_Larch-Close.docx", write_letter(Letter((), "", (), "", (), (), "")), "the file’s name"),
    "pdf": ("a.pdf", pdf(b"BT (14 Larch) Tj ( Close) Tj ET"), "a page"),
    "pdf in hexadecimal": ("a.pdf", pdf(b"BT <" + MARK.encode().hex().encode() + b"> Tj <123> ET"), "a page"),
    "pdf information": ("a.pdf", pdf(b"", b"<< /Title (14 Larch Close) >>"), "the file"),
    "pdf that is not packed": ("a.pdf", b"%PDF-1.7\nstream\nBT (14 Larch Close) Tj ET\nendstream", "a page"),
    "two zips deep": ("a.zip", nested(2), "the file’s own settings, the file’s own settings, "),
}


@pytest.mark.parametrize("kind", list(FILES))
def test_a_marker_is_found_in_every_part_of_every_file(kind: str) -> None:
    name, data, place = FILES[kind]
    found = [p for p in parts_of(Made(name, "", data)) if MARK.casefold() in p.text.casefold()]
    assert found, kind
    assert any(p.place.startswith(place) for p in found), [p.place for p in found]
    assert {p.row for p in found if p.place.startswith("row")} <= {2}


@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", write_letter(LETTER)[:-60], nested(5)])
def test_what_cannot_be_opened_whole_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="archive|within"):
        parts_of(Made("a.docx", "", data))


def test_what_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", b"0" * (51 * 1024 * 1024))
    with pytest.raises(ValueError, match="too large"):
        parts_of(Made("a.zip", "", out.getvalue()))
