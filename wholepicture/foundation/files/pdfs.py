"""PDF: each page is drawn, and a new PDF made of the drawings. What cannot be seen on a page does not go on.

The words that go on are those that the drawing itself shows to be seen: never what a black box or white ink was meant
to hide (ADR 0072).
"""

from __future__ import annotations

from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from wholepicture.foundation.files.images import page_jpeg, thumbnail_of
from wholepicture.foundation.files.pdf_out import Drawn, bound
from wholepicture.foundation.files.seen import SeenPage, seen_on
from wholepicture.foundation.files.types import MOST_MADE_BYTES, MOST_PAGES, Made, Sort
from wholepicture.foundation.refusals import Refused

DOTS: Final = 150 / 72
"""Pixels for each point: 150 to the inch."""
LONGEST_SIDE: Final = 2400
MOST_READ: Final = 150_000
"""Letters of a document that are read as words: some 60 pages of print. Later pages are drawn all the same."""
_UNREAD: Final = "words that cannot be seen, or not for certain: hidden, covered or of one colour with their ground"
_ALWAYS: Final = "everything but how its pages look and the words that can be seen on them: links, layers, form fields"


def make_pdf(data: bytes) -> Made:
    """A new PDF of drawings of the pages; raises Refused for one with a password, without pages or with too many."""
    document = _opened(data)
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise _too_many(count) if count else Refused("file-damaged", "The PDF has no pages. Save it again, and try.")
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()  # what was filled in is a part of how the page looks
    pages: list[Drawn] = []
    thumbnail, size, letters = b"", 0, 0
    for number in range(count):
        drawn, small = _draw(document, number, first=not pages, reads=letters < MOST_READ)
        pages.append(drawn)
        letters += len(drawn.seen.text)
        thumbnail = thumbnail or small
        size += len(drawn.jpeg)
        if size > MOST_MADE_BYTES - 1_000_000:
            raise _too_many(count)
    removed = [*_unseen(document), *([_UNREAD] if any(page.seen.left_out for page in pages) else [])]
    if letters >= MOST_READ:
        removed.append(f"words after the first {MOST_READ // 1000},000 letters: their pages can be seen and not copied")
    words = tuple(page.seen.text for page in pages)
    return Made(Sort.PDF, bound(pages), thumbnail, count, tuple(removed), words if any(words) else ())


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Refused(
                "file-locked", "The PDF has a password. Print it to a new PDF without one, and choose that."
            ) from error
        raise


def _draw(document: pypdfium2.PdfDocument, number: int, *, first: bool, reads: bool) -> tuple[Drawn, bytes]:
    page = document[number]
    wide, high = page.get_size()
    if not (wide >= 1 and high >= 1):
        raise Refused("file-damaged", f"Page {number + 1} has no size. Print it to a new PDF, and choose that.")
    scale = min(DOTS, LONGEST_SIDE / max(wide, high))
    bitmap = page.render(scale=scale, may_draw_forms=True)
    pixels = bitmap.to_pil().convert("RGB")
    small = thumbnail_of(pixels) if first else b""
    bitmap.close()
    jpeg, size = page_jpeg(pixels), pixels.size
    drawn = Drawn(jpeg, size, (wide, high), seen_on(page, pixels, scale) if reads else SeenPage())
    page.close()
    return drawn, small


def _unseen(document: pypdfium2.PdfDocument) -> list[str]:
    found = [_ALWAYS]
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        found.append("programs inside the file (JavaScript)")
    if document.count_attachments() > 0:
        found.append("files attached inside the file")
    if any(document.get_metadata_dict(skip_empty=True).values()):
        found.append("its title, author and dates")
    return found


def _too_many(count: int) -> Refused:
    return Refused(
        "file-too-long",
        f"The PDF has {count} pages, more than can be opened safely. Send at most {MOST_PAGES} pages at a time.",
    )
