"""Hostile HEIC: what a telephone wrote, what breaks the decoder, and what says that it is larger than it is."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import pillow_heif
from PIL import Image

from tests.files.making import MARK, camera_notes, drawing

_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + MARK + b"</a></x:xmpmeta>"


def heic(picture: Image.Image, *more: Image.Image, **options: object) -> bytes:
    """Pictures as a telephone of Apple's keeps them."""
    made = pillow_heif.from_pillow(picture)
    for other in more:
        made.add_from_pillow(other)
    out = io.BytesIO()
    made.save(out, quality=60, **options)
    return out.getvalue()


def whole() -> list[tuple[str, bytes]]:
    """A sound picture."""
    return [("a sound HEIC", heic(drawing()))]


def files() -> Iterator[tuple[str, bytes]]:
    """Each with its name."""
    sound = heic(drawing())
    yield "HEIC with a place in its EXIF", heic(drawing(), exif=camera_notes().tobytes())
    yield "HEIC with XMP", heic(drawing(), xmp=_XMP)
    yield "HEIC with broken EXIF", heic(drawing(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + MARK)
    yield "HEIC of many pictures", heic(drawing(), *[drawing().rotate(90 * n) for n in range(1, 12)])
    for name, tail in (("a web page", b"<script>" + MARK + b"</script>"), ("a box", _box(b"uuid", MARK * 40))):
        yield f"HEIC with {name} behind it", sound + tail
    for tenths in range(1, 10):
        yield f"HEIC cut off at {tenths} tenths", sound[: len(sound) * tenths // 10]
    at = sound.index(b"ispe") + 8
    for wide, high in ((2**31 - 1, 2**31 - 1), (65_535, 65_535), (0, 0), (1, 2**31 - 1), (20_000, 700), (5_000, 3_000)):
        yield f"HEIC that says {wide} by {high}", sound[:at] + struct.pack("!II", wide, high) + sound[at + 8 :]
    for kind in (b"meta", b"iloc", b"iinf", b"hvcC", b"ipco", b"ipma", b"mdat", b"hdlr", b"pitm"):
        at = sound.index(kind) - 4
        for length in (0, 1, 7, 0x7FFFFFFF, 0xFFFFFFFF):
            yield (
                f"HEIC whose {kind.decode()} says {length} bytes",
                sound[:at] + struct.pack("!I", length) + sound[at + 4 :],
            )
    pixels = sound.index(b"mdat") + 4
    for step in (3, 7, 31, 97):
        spoilt = bytearray(sound)
        for place in range(pixels, len(spoilt), step):
            spoilt[place] ^= 0xA5
        yield f"HEIC with every {step}th byte of its pixels wrong", bytes(spoilt)
    yield "HEIC of 200 boxes in one another", sound[:32] + _nested(200) + sound[32:]
    yield "HEIC of nothing", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    yield "HEIC that holds a JPEG", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\xff\xd8\xff" + MARK
    yield "HEIC of 25 million pixels", heic(Image.new("RGB", (5_800, 4_400)))


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body) + 8) + kind + body


def _nested(depth: int) -> bytes:
    body = b""
    for _ in range(depth):
        body = _box(b"moov", body)
    return body
