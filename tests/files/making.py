"""Pieces that hostile and honest files are made of."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from PIL import Image

MARK = b"Qzhostile"
"""Stands wherever something hidden, private or dangerous is: it may be in no byte of what is made."""
WORD_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""


def drawing(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A picture with something in it."""
    return Image.radial_gradient("L").resize(size).convert("RGB")


def encoded(picture: Image.Image, sort: str, **options: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, sort, **options)
    return out.getvalue()


def camera_notes() -> Image.Exif:
    """What a telephone writes: whose it is, and where it was."""
    notes = Image.Exif()
    notes[0x010F], notes[0x013B], notes[0x9286] = MARK.decode(), MARK.decode(), MARK.decode()
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (52.0, 24.0, 30.5), "W", (1.0, 30.0, 15.25)
    place[27] = MARK
    return notes


def png(chunks: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A PNG of these chunks, their checks right."""
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in chunks:
        out += struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))
    return out


def header(width: int, height: int, depth: int = 8, colour: int = 2) -> tuple[bytes, bytes]:
    """The first chunk of a PNG."""
    return b"IHDR", struct.pack("!IIBBBBB", width, height, depth, colour, 0, 0, 0)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str = "<w:p><w:r><w:t>Seen at home today.</w:t></w:r></w:p>", head: str = "",
         more: Mapping[str, bytes] | None = None) -> bytes:  # fmt: skip
    """A Word document with this body, and more parts besides."""
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD_MAIN}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": document.encode(), **(more or {})})


def pdf(objects: Sequence[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with its table of places right."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream of a PDF."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def page_of(catalog: bytes = b"", page: bytes = b"", content: bytes = b"BT /F 18 Tf 40 700 Td (Seen today) Tj ET",
            more: Sequence[bytes] = (), trailer: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:  # fmt: skip
    """A PDF of one page; `more` objects are numbered from 6."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
            + page + b">>",
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ],
        trailer=trailer,
    )  # fmt: skip
