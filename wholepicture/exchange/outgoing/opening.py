"""Every text in a file that is about to leave: its body, headers, comments, properties, pictures' metadata and name.

It reads what a reader of the file could find, by any program: text that is split over runs is joined again, packed
parts are unpacked, and what is in no known form is read as the characters that its bytes spell.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from wholepicture.casework.disclosure.types import Made, Part

LARGEST: Final = 50 * 1024 * 1024  # bytes, unpacked: what holds more is not searched and does not leave
DEEPEST: Final = 2  # files within files

_PLACES: Final = (
    ("header", "a header"), ("footer", "a footer"), ("comments", "a comment"), ("docProps/", "the file’s properties"),
    ("media/", "a picture"), ("footnotes", "a footnote"), ("endnotes", "an endnote"),
)  # fmt: skip
_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"</w:p>|</w:tc>|<w:br[^>]*/>|<w:tab[^>]*/>")
_VALUE: Final = re.compile(r'="([^"]*)"')
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PDF_TEXT: Final = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]{2,})>")


def parts_of(made: Made) -> tuple[Part, ...]:
    """Every text of a file by the part it stands in; raises ValueError where it cannot be opened whole."""
    name = Part("the file’s name", re.sub(r"[_.\-]+", " ", made.name))
    return (name, *_parts(made.data, "", 0))


def _parts(data: bytes, within: str, depth: int) -> Iterator[Part]:
    if data[:4] == b"PK\x03\x04":
        yield from _zipped(data, within, depth)
    elif data[:5] == b"%PDF-":
        yield from _pdf(data, within)
    elif _is_text(data):
        yield from _table(data.decode("utf-8-sig"), within)
    else:
        yield from _spelt(data, within.rstrip(", ") or "the file")


def _zipped(data: bytes, within: str, depth: int) -> Iterator[Part]:
    if depth > DEEPEST:
        raise ValueError("files within files within files")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(info.file_size for info in archive.infolist()) > LARGEST or any(
            info.flag_bits & 1 for info in archive.infolist()
        ):
            raise ValueError("too large, or locked with a password")
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ValueError("not a whole archive") from error
    for name, content in members:
        yield Part(f"{within}the name of a part", name)
        if name.endswith("/document.xml"):
            yield from _body(content.decode("utf-8", "replace"))
        elif name.endswith((".xml", ".rels")):
            yield Part(within + _place(name), _words(content.decode("utf-8", "replace")))
        else:
            yield from _parts(content, f"{within}{_place(name)}, ", depth + 1)


def _place(name: str) -> str:
    return next((words for mark, words in _PLACES if mark in name), "the file’s own settings")


def _body(xml: str) -> Iterator[Part]:
    """The body: what stands outside tables as one part, and each row of each table by its number."""
    number = -1
    for piece in re.split(r"(<w:tr[ >].*?</w:tr>)", xml, flags=re.DOTALL):
        if piece.startswith("<w:tr"):
            number += 1  # the headings are row 0
            yield Part(
                "the table’s headings" if number == 0 else f"row {number} of the table", _words(piece), number or None
            )
        else:
            yield Part("the body", _words(piece))


def _row_place(number: int) -> str:
    return f"row {number} of the table" if number else "the table’s headings"


def _words(xml: str) -> str:
    """Text with split runs joined and paragraphs parted; then every value of an attribute."""
    text = _TAG.sub("", _BREAK.sub("\n", xml))
    return html.unescape("\n".join((text, *_VALUE.findall(xml))))


def _table(text: str, within: str) -> Iterator[Part]:
    """Lines of plain text; after a blank line a table begins, whose rows are numbered beneath its headings."""
    number: int | None = None
    for line in text.splitlines():
        if not line.strip(", "):
            number = -1 if number is None else number
            continue
        number = None if number is None else number + 1
        place = (
            "a note above the table"
            if number is None
            else f"row {number} of the table"
            if number
            else "the table’s headings"
        )
        yield Part(within + place, line, number or None)


def _pdf(data: bytes, within: str) -> Iterator[Part]:
    yield from _spelt(data, within or "the file")
    for found in _STREAM.finditer(data):
        content = found[1]
        try:
            content = zlib.decompress(content)
        except zlib.error:
            content = found[1]  # not packed, or packed in a way that holds no text of ours
        said = b"".join(bytes.fromhex(h.decode()) if _even(h) else s for s, h in _PDF_TEXT.findall(content))
        yield from _spelt(said + b"\n" + content, f"{within}a page")


def _even(digits: bytes) -> bool:
    return bool(digits) and len(b"".join(digits.split())) % 2 == 0


def _spelt(data: bytes, place: str) -> Iterator[Part]:
    """What bytes spell, one or two to a character: the metadata of pictures is such text."""
    yield Part(place, data.decode("utf-8", "ignore"))
    yield Part(place, data.decode("latin-1"))
    for encoding in ("utf-16-le", "utf-16-be"):
        for start in (0, 1):
            yield Part(place, data[start:].decode(encoding, "ignore"))


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
