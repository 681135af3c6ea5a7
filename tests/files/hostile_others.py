"""What is no photo, PDF, document or text, whatever its name; and text that hides something."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.files.making import MARK, drawing, encoded, zipped

_GIF = encoded(drawing(), "GIF")


def files() -> Iterator[tuple[str, bytes]]:
    """Each with its name."""
    yield from {
        "web page called photo.jpg": b"<!DOCTYPE html><script>" + MARK + b"</script>",
        "web page after blanks": b"\n\n   <HTML><BODY onload=" + MARK + b">",
        "web page after a comment": b"<!-- -->\n<svg/onload=" + MARK + b">",
        "drawing that runs (SVG)": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>' + MARK,
        "GIF that is a Java archive": _GIF + zipped({"A.class": MARK}),
        "GIF": _GIF + MARK,
        "bitmap": encoded(drawing(), "BMP") + MARK,
        "TIFF": encoded(drawing(), "TIFF") + MARK,
        "Windows program": b"MZ\x90\0" + MARK,
        "Linux program": b"\x7fELF\2\1\1\0" + MARK,
        "rich text": b"{\\rtf1{\\object\\objdata " + MARK + b"}}",
        "old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK,
        "RAR": b"Rar!\x1a\7\1\0" + MARK,
        "7z": b"7z\xbc\xaf\x27\x1c" + MARK,
        "gzip": gzip.compress(MARK * 1000, mtime=0),
        "film": b"\0\0\0\x18ftypmp42\0\0\0\0" + MARK,
        "telephone's photo": b"\0\0\0\x18ftypheic\0\0\0\0" + MARK,
        "AVIF": b"\0\0\0\x18ftypavif\0\0\0\0" + MARK,
        "recording": b"ID3\4\0\0\0\0\0\0" + MARK,
        "wave": b"RIFF\x24\0\0\0WAVEfmt " + MARK,
        "web film": b"\x1aE\xdf\xa3" + MARK,
        "nothing": b"",
        "one byte": b"\xff",
        "nulls": b"\0" * 5000,
        "noise": bytes(range(256)) * 90,
        "UTF-16": MARK.decode().encode("utf-16"),
        "UTF-32": MARK.decode().encode("utf-32"),
        "Latin-1": "Zoë".encode("latin-1") + MARK,
        "overlong UTF-8": b"\xc0\xae\xc0\xae/" + MARK,
        "half a surrogate": b"\xed\xa0\x80" + MARK,
        "text with nulls": b"abc\0" + MARK,
        "too much": b"a" * 25_000_001,
        "text turned round": "photo\u202egpj.exe and \u2066hidden\u2069 words \u200bhere".encode(),
        "text in tags": ("harmless" + "".join(chr(0xE0000 + c) for c in MARK)).encode(),
        "text that rings": b"a\x1b]0;title\x07b\x1b[2J\x08\x08",
        "table that reckons": b"name,sum\n=HYPERLINK(1),2\n+1+cmd|' /C calc'!A0,3\n@SUM(1),4\n-2+3,5\n",
        "table with a formula after a blank": b"a,b\n\t=1+1,2\n  @x,3\n",
        "table with 2 million cells": b"a,b\n" * 1_000_000,
        "one line of 20 MB": b"a" * 20_000_000,
        "quotes without end": b'"' * 3_000_001,
    }.items()  # fmt: skip
