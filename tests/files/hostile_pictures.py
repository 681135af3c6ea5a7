"""Hostile pictures: what a camera wrote, what stands behind the picture, and what breaks a decoder."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

from tests.files.making import MARK, camera_notes, drawing, encoded, header, png, zipped

SORTS = ("JPEG", "PNG", "WEBP")
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + MARK + b"</a></x:xmpmeta>"
TAILS = {
    "an archive": zipped({"META-INF/MANIFEST.MF": MARK, "A.class": MARK}),
    "a web page": b"<html><script>alert('" + MARK + b"')</script></html>",
    "a program": b"\x7fELF" + MARK * 40,
    "a PHP page": b"<?php system('" + MARK + b"'); ?>",
    "a second picture": encoded(drawing(), "JPEG", comment=MARK),
}


def whole() -> list[tuple[str, bytes]]:
    """Sound pictures."""
    return [(f"a sound {sort}", encoded(drawing(), sort)) for sort in SORTS]


def files() -> Iterator[tuple[str, bytes]]:
    """Each with its name."""
    yield from _notes()
    for sort in SORTS:
        sound = encoded(drawing(), sort)
        for name, tail in TAILS.items():
            yield f"{sort} with {name} behind it", sound + tail
        for tenths in range(1, 9):
            yield f"{sort} cut off at {tenths} tenths", sound[: len(sound) * tenths // 10]
    yield from _sizes()
    yield from _chunks()
    yield from _frames()


def _notes() -> Iterator[tuple[str, bytes]]:
    notes = camera_notes()
    for sort in SORTS:
        yield f"{sort} with a place in its EXIF", encoded(drawing(), sort, exif=notes)
        extra: dict[str, object] = {"pnginfo": _xmp()} if sort == "PNG" else {"xmp": _XMP}
        yield f"{sort} with XMP", encoded(drawing(), sort, **extra)
        yield f"{sort} with a false profile", encoded(drawing(), sort, icc_profile=b"\0" * 36 + b"acsp" + MARK * 20)
        yield f"{sort} with broken EXIF", encoded(drawing(), sort, exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + MARK)
    yield "JPEG with a comment", encoded(drawing(), "JPEG", comment=MARK)
    yield "JPEG with a Photoshop block", _with_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20" + MARK * 4)
    yield "JPEG with an unknown block", _with_segment(0xE9, MARK * 100)
    yield (
        "JPEG with a thumbnail that shows more",
        _with_segment(0xE0, b"JFXX\0\x10" + encoded(drawing(), "JPEG") + MARK),
    )
    yield "JPEG with 60,000 comments", _with_segments(0xFE, MARK, 60_000)


def _xmp() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", _XMP.decode())
    info.add_text("Author", MARK.decode())
    return info


def _with_segment(kind: int, body: bytes) -> bytes:
    return _with_segments(kind, body, 1)


def _with_segments(kind: int, body: bytes, times: int) -> bytes:
    sound = encoded(drawing(), "JPEG")
    return sound[:2] + (struct.pack("!BBH", 0xFF, kind, len(body) + 2) + body) * times + sound[2:]


def _sizes() -> Iterator[tuple[str, bytes]]:
    for wide, high in (
        (100_000, 100_000),
        (2**31 - 1, 1),
        (1, 2**31 - 1),
        (60_000, 60_000),
        (0, 0),
        (0, 5),
        (30_000, 900),
    ):
        yield (
            f"PNG that says {wide} by {high}",
            png([header(wide, high), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")]),
        )
    rows = zlib.compress(b"\0" * (20_001 // 8 + 1) * 20_000, 9)
    yield "PNG bomb of 400 million pixels", png([header(20_000, 20_000, 1, 0), (b"IDAT", rows), (b"IEND", b"")])
    rows = zlib.compress(b"\0" * (1 + 5_000 * 3) * 5_000, 9)
    yield "PNG bomb of 25 million pixels", png([header(5_000, 5_000), (b"IDAT", rows), (b"IEND", b"")])
    rows = zlib.compress(b"\0" * (1 + 4_800 * 4) * 4_800, 9)
    yield "PNG just under what is opened", png([header(4_800, 4_800, 8, 6), (b"IDAT", rows), (b"IEND", b"")])
    for wide, high in ((65_535, 65_535), (65_500, 300), (0, 0), (13_000, 13_000)):
        sound = bytearray(encoded(drawing(), "JPEG"))
        at = sound.index(b"\xff\xc0")
        sound[at + 5 : at + 9] = struct.pack("!HH", high, wide)
        yield f"JPEG that says {wide} by {high}", bytes(sound)
    whole_picture = encoded(Image.new("L", (16_000, 12_000)), "JPEG", quality=1)
    yield "JPEG of 192 million pixels", whole_picture
    yield "JPEG of 100 million pixels, progressive", encoded(Image.new("L", (10_000, 10_000)), "JPEG", progressive=True)
    big = bytearray(encoded(drawing(), "WEBP", lossless=True))
    big[21:25] = b"\xff\xff\xff\x3f"
    yield "WebP that says 16,384 by 16,384", bytes(big)


def _chunks() -> Iterator[tuple[str, bytes]]:
    sound = encoded(drawing(), "PNG")
    for length in (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
        spoilt = bytearray(sound)
        spoilt[8:12] = struct.pack("!I", length)
        yield f"PNG whose header says {length} bytes", bytes(spoilt)
        at = sound.index(b"IDAT") - 4
        spoilt = bytearray(sound)
        spoilt[at : at + 4] = struct.pack("!I", length)
        yield f"PNG whose data says {length} bytes", bytes(spoilt)
    bomb = zlib.compress(b"\0" * 60_000_000, 9)
    rows = zlib.compress(b"\0" * (1 + 8 * 3) * 8)
    for kind, body in (
        (b"zTXt", b"Comment\0\0" + bomb), (b"iTXt", b"Comment\0\1\0\0\0" + bomb), (b"iCCP", b"p\0\0" + bomb),
        (b"tEXt", b"Author\0" + MARK), (b"eXIf", b"II*\0" + b"\xff" * 60 + MARK), (b"acTL", b"\xff" * 8),
    ):  # fmt: skip
        yield f"PNG with a hostile {kind.decode()}", png([header(8, 8), (kind, body), (b"IDAT", rows), (b"IEND", b"")])
    yield "PNG without a palette", png([header(8, 8, 8, 3), (b"IDAT", rows), (b"IEND", b"")])
    yield "PNG with 40,000 chunks", png([header(8, 8), *[(b"prVt", MARK)] * 40_000, (b"IDAT", rows), (b"IEND", b"")])


def _frames() -> Iterator[tuple[str, bytes]]:
    hidden = drawing().rotate(180)
    for sort in ("PNG", "WEBP"):
        yield f"{sort} of many frames", encoded(drawing(), sort, save_all=True, append_images=[hidden] * 40)
    yield "JPEG of two pictures (MPO)", encoded(drawing(), "MPO", save_all=True, append_images=[hidden])
    see_through = drawing().convert("RGBA")
    see_through.putalpha(0)
    yield "PNG with a picture that is see-through", encoded(see_through, "PNG")
    yield "JPEG in four inks with a false profile", encoded(drawing().convert("CMYK"), "JPEG", icc_profile=MARK * 30)
