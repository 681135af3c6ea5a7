"""What a file made anew is, the caps on what may come in, and how bytes stand for it between two processes."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 25_000_000
"""The largest file that is taken in."""
MOST_MADE_BYTES: Final = 40_000_000
"""The largest file that may come of it: a page of few bytes can show a picture of many."""
MOST_THUMBNAIL_BYTES: Final = 20_000
MOST_PAGES: Final = 60
"""Pages of a PDF, and pictures' worth of work: more than this takes longer than anybody should wait."""
MOST_WORDS: Final = 400_000
"""Characters that can be read on all the pages of a PDF together."""
SECONDS: Final = 10
"""How long the making may take before it is killed; of the processor, and by the clock."""
MEMORY: Final = 256 * 2**20
"""Bytes of memory for the making, its libraries included."""


class Sort(enum.StrEnum):
    """What a file made anew is. Its content decides, never its name or what a browser called it."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"
    WORD = "word"
    CSV = "csv"
    TEXT = "text"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _WORDS[self]

    @property
    def suffix(self) -> str:
        """How the name of the file ends."""
        return _SUFFIXES[self]

    @property
    def content_type(self) -> str:
        """What it is served as."""
        return _CONTENT_TYPES[self]

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it: nothing but pixels is in it."""
        return self in (Sort.JPEG, Sort.PNG)


_WORDS: Final = {
    Sort.JPEG: "picture", Sort.PNG: "picture", Sort.PDF: "PDF", Sort.WORD: "Word document", Sort.CSV: "table (CSV)",
    Sort.TEXT: "text",
}  # fmt: skip
_SUFFIXES: Final = {
    Sort.JPEG: "jpg", Sort.PNG: "png", Sort.PDF: "pdf", Sort.WORD: "docx", Sort.CSV: "csv", Sort.TEXT: "txt",
}  # fmt: skip
_CONTENT_TYPES: Final = {
    Sort.JPEG: "image/jpeg",
    Sort.PNG: "image/png",
    Sort.PDF: "application/pdf",
    Sort.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Sort.CSV: "text/csv; charset=utf-8",
    Sort.TEXT: "text/plain; charset=utf-8",
}
_BEGINS: Final = {
    Sort.JPEG: b"\xff\xd8\xff", Sort.PNG: b"\x89PNG\r\n\x1a\n", Sort.PDF: b"%PDF-1.4\n", Sort.WORD: b"PK\x03\x04",
    Sort.CSV: b"", Sort.TEXT: b"",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A file made anew: its bytes, a small JPEG of it where it can be seen, and what was left out, in words.

    `words` are those that can be seen on each page of a PDF, or those of a text; none where none can be read.
    """

    sort: Sort
    data: bytes
    thumbnail: bytes = b""
    pages: int = 0
    removed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Garbled(ValueError):
    """What the making said is not what a making says: whatever it was, nothing of it is used."""


def pack(made: Made) -> bytes:
    """A file made anew as one run of bytes: a line of JSON, then the file, then the thumbnail."""
    said = {"sort": made.sort.value, "pages": made.pages, "removed": made.removed, "sizes": _sizes(made),
            "words": made.words}  # fmt: skip
    return json.dumps(said).encode() + b"\n" + made.data + made.thumbnail


def pack_refusal(code: str, sentence: str) -> bytes:
    """A refusal as a line of JSON."""
    return json.dumps({"code": code, "sentence": sentence}).encode() + b"\n"


def unpack(said: bytes) -> Made | tuple[str, str]:
    """What `pack` or `pack_refusal` said: a file, or a refusal's code and sentence. Raises Garbled.

    Whoever took over the process that said it can say anything, so sort, sizes and first bytes must agree.
    """
    line, _, rest = said.partition(b"\n")
    try:
        head = json.loads(line)
        if "code" in head:
            return str(head["code"]), str(head["sentence"])
        sort, (size, small) = Sort(head["sort"]), (int(n) for n in head["sizes"])
        made = Made(sort, rest[:size], rest[size:], int(head["pages"]), tuple(str(r) for r in head["removed"]),
                    tuple(str(w) for w in head["words"]))  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled("no line that a making says") from error
    if _sizes(made) != [size, small] or size > MOST_MADE_BYTES or small > MOST_THUMBNAIL_BYTES:
        raise Garbled("sizes that do not agree")
    if not made.data.startswith(_BEGINS[sort]) or not made.thumbnail.startswith(_BEGINS[Sort.JPEG][: len(rest) - size]):
        raise Garbled("bytes that do not begin as they should")
    if len(made.words) not in (0, made.pages or 1) or sum(map(len, made.words)) > MOST_WORDS:
        raise Garbled("words that do not go with the pages")
    return made


def _sizes(made: Made) -> list[int]:
    return [len(made.data), len(made.thumbnail)]
