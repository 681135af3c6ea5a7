"""PDF going on: a new file of drawings, one to a page, with the words that can be seen on each laid unseen over it.

The words are letters alone: their font is ours, has no shapes, and says of each letter only which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wholepicture.foundation.files.seen import SeenPage, SeenWord

_EM: Final = 1000
_WIDE: Final = 500
"""Of a letter, in thousandths of its height; each word is then drawn out to the width that it has."""
_IN_A_FONT: Final = 256
_IN_A_BLOCK: Final = 100
_EMPTY_SHAPE: Final = b"%d 0 d0" % _WIDE
_CMAP: Final = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/W def/CMapType 2 def\n"
    "1 begincodespacerange<00><FF>endcodespacerange\n{}endcmap CMapName currentdict/CMap defineresource pop end end"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page drawn: its JPEG, its pixels across and down, its size in points, and the words seen on it."""

    jpeg: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]
    seen: SeenPage = SeenPage()


def bound(pages: Sequence[Drawn]) -> bytes:
    """A PDF of these drawings and their words, and nothing else: no date, no author, no program's name."""
    places = _letters(pages)
    first_font = 3 * len(pages) + 3
    fonts = _fonts(places, first_font)
    named = "".join(f"/F{n} {first_font + 1 + 2 * n} 0 R" for n in range(len(fonts) // 2))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{3 * n + 3} 0 R" for n in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    for n, page in enumerate(pages):
        objects += _page_objects(page, 3 * n + 3, places, named)
    return _file([*objects, *([_stream("", _EMPTY_SHAPE), *fonts] if fonts else [])])


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _stream(head: str, data: bytes) -> bytes:
    return f"<<{head}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _page_objects(page: Drawn, number: int, places: dict[str, int], fonts: str) -> list[bytes]:
    wide, high = page.points
    across, down = page.pixels
    drawing = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q\n" + "".join(_laid_over(page, places))
    head = f"/Type/XObject/Subtype/Image/Width {across}/Height {down}/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return [
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.2f} {high:.2f}]/Contents {number + 1} 0 R"
        f"/Resources<</XObject<</P {number + 2} 0 R>>/Font<<{fonts}>>>>>>".encode(),
        _stream("", drawing.encode()),
        _stream(f"{head}/Filter/DCTDecode", page.jpeg),
    ]


def _laid_over(page: Drawn, places: dict[str, int]) -> Iterator[str]:
    if page.seen.words:
        yield "BT 3 Tr\n"
        for word in page.seen.words:
            yield _laid(word, page, places)
        yield "ET\n"


def _laid(word: SeenWord, page: Drawn, places: dict[str, int]) -> str:
    """A word at its place, drawn out to its width; the space after it keeps it apart from the next."""
    left, top, right, bottom = word.box
    across, down = page.points[0] / page.pixels[0], page.points[1] / page.pixels[1]
    high, wide = (bottom - top) * down, (right - left) * across
    stretched = 100 * wide * _EM / (len(word.text) * _WIDE * high)
    shows, font = "", -1
    for letter in [*word.text, " "]:
        found, code = divmod(places[letter], _IN_A_FONT)
        if found != font:
            shows += f"{'>Tj ' if shows else ''}/F{found} {high:.2f} Tf <"
            font = found
        shows += f"{code:02X}"
    at = f"1 0 0 1 {left * across:.2f} {page.points[1] - bottom * down:.2f} Tm"
    return f"{stretched:.2f} Tz {at} {shows}>Tj\n"


def _letters(pages: Sequence[Drawn]) -> dict[str, int]:
    """A number for each letter of the words of all pages; none where there are no words."""
    found = dict.fromkeys(letter for page in pages for word in page.seen.words for letter in word.text)
    return {letter: number for number, letter in enumerate([" ", *(c for c in found if c != " ")])} if found else {}


def _fonts(places: dict[str, int], shape: int) -> list[bytes]:
    """Fonts without shapes, 256 letters in each, and what each letter of them is."""
    letters, objects = list(places), []
    for number, at in enumerate(range(0, len(letters), _IN_A_FONT)):
        some = letters[at : at + _IN_A_FONT]
        names = "".join(f"/l{code}" for code in range(len(some)))
        shapes = "".join(f"/l{code} {shape} 0 R" for code in range(len(some)))
        widths = " ".join([str(_WIDE)] * len(some))
        objects.append(
            f"<</Type/Font/Subtype/Type3/FontBBox[0 0 {_WIDE} {_EM}]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>"
            f"/FirstChar 0/LastChar {len(some) - 1}/Widths[{widths}]/Encoding<</Differences[0{names}]>>"
            f"/CharProcs<<{shapes}>>/ToUnicode {shape + 2 + 2 * number} 0 R>>".encode()
        )
        objects.append(_stream("", _CMAP.format("".join(_blocks(some))).encode()))
    return objects


def _blocks(letters: Sequence[str]) -> Iterator[str]:
    for at in range(0, len(letters), _IN_A_BLOCK):
        some = letters[at : at + _IN_A_BLOCK]
        lines = "".join(f"<{at + n:02X}><{c.encode('utf-16-be').hex().upper()}>\n" for n, c in enumerate(some))
        yield f"{len(some)} beginbfchar\n{lines}endbfchar\n"
