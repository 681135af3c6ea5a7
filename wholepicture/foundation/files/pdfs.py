"""PDF: each page is drawn, and a new PDF made of the drawings. What cannot be seen on a page does not go on.

Text could be kept selectable, and would bring with it what a black box or white ink was meant to hide (ADR 0070).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from wholepicture.foundation.files.images import page_jpeg, thumbnail_of
from wholepicture.foundation.files.types import MOST_MADE_BYTES, MOST_PAGES, Made, Sort
from wholepicture.foundation.refusals import Refused

DOTS: Final = 150 / 72
"""Pixels for each point: 150 to the inch."""
LONGEST_SIDE: Final = 2400
_ALWAYS: Final = "everything but how its pages look: text to select, links, layers, form fields"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page drawn: its JPEG, its pixels across and down, and its size in points."""

    jpeg: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]


def make_pdf(data: bytes) -> Made:
    """A new PDF of drawings of the pages; raises Refused for one with a password, without pages or with too many."""
    document = _opened(data)
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise _too_many(count) if count else Refused("file-damaged", "The PDF has no pages. Save it again, and try.")
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()  # what was filled in is a part of how the page looks
    pages: list[Drawn] = []
    thumbnail, size = b"", 0
    for number in range(count):
        drawn, small = _draw(document, number, first=not pages)
        pages.append(drawn)
        thumbnail = thumbnail or small
        size += len(drawn.jpeg)
        if size > MOST_MADE_BYTES - 1_000_000:
            raise _too_many(count)
    return Made(Sort.PDF, bound(pages), thumbnail, count, tuple(_unseen(document)))


def bound(pages: Sequence[Drawn]) -> bytes:
    """A PDF of these drawings and nothing else: no date, no author, no program's name."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{3 * n + 3} 0 R" for n in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    for n, page in enumerate(pages):
        objects += _page_objects(page, 3 * n + 3)
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _page_objects(page: Drawn, number: int) -> list[bytes]:
    wide, high = page.points
    across, down = page.pixels
    drawing = f"{wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do".encode()
    head = f"<</Type/XObject/Subtype/Image/Width {across}/Height {down}/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return [
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.2f} {high:.2f}]/Contents {number + 1} 0 R"
        f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        head.encode() + b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (len(page.jpeg), page.jpeg),
    ]


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Refused(
                "file-locked", "The PDF has a password. Print it to a new PDF without one, and choose that."
            ) from error
        raise


def _draw(document: pypdfium2.PdfDocument, number: int, *, first: bool) -> tuple[Drawn, bytes]:
    page = document[number]
    wide, high = page.get_size()
    if not (wide >= 1 and high >= 1):
        raise Refused("file-damaged", f"Page {number + 1} has no size. Print it to a new PDF, and choose that.")
    scale = min(DOTS, LONGEST_SIDE / max(wide, high))
    bitmap = page.render(scale=scale, may_draw_forms=True)
    pixels = bitmap.to_pil().convert("RGB")
    small = thumbnail_of(pixels) if first else b""
    drawn = Drawn(page_jpeg(pixels), pixels.size, (wide, high))
    bitmap.close()
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
