"""The child process: locks itself in, makes one file anew, says what it made, and ends.

It is started with the file as its input and a bounded file in memory as its output. From before the first byte of the
file is read it can use so much memory and no more, open nothing (neither a file nor a connection), start nothing, and
signal nobody.
"""

from __future__ import annotations

import io
import os
import resource
import sys
from typing import Final

from PIL import Image

from wholepicture.foundation.files.images import make_picture
from wholepicture.foundation.files.lock import lock_in
from wholepicture.foundation.files.pdf_out import Drawn, bound
from wholepicture.foundation.files.pdfs import make_pdf
from wholepicture.foundation.files.seen import SeenPage, SeenWord
from wholepicture.foundation.files.sniff import sort_of
from wholepicture.foundation.files.texts import make_text
from wholepicture.foundation.files.types import Made, pack, pack_refusal
from wholepicture.foundation.files.words_in import Paragraph, Run, Words
from wholepicture.foundation.files.words_out import make_words, written
from wholepicture.foundation.refusals import Refused

_MAKERS: Final = {
    "jpeg": make_picture,
    "png": make_picture,
    "webp": make_picture,
    "heic": make_picture,
    "pdf": make_pdf,
    "zip": make_words,
    "text": make_text,
}
_WITH_WORDS: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj"
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj 4 0 obj"
    b"<</Length 32>>stream\nBT/F 12 Tf 9 50 Td(one two)Tj ET \nendstream endobj 5 0 obj"
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>"
)
DAMAGED: Final = (
    "The file is damaged, or is not what it says it is. Open it, save it again or print it to PDF, and try."
)
TOO_MUCH: Final = "The file needs too much memory to be opened safely. Save it smaller, or print it to PDF, and try."


def make_anew(data: bytes) -> Made:
    """The file made anew from what can be decoded of it; raises Refused, and nothing else."""
    try:
        return _MAKERS[sort_of(data)](data)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused("file-too-large-to-open", TOO_MUCH) from error
    except Exception as error:  # whichever way a decoder fails, the file is not one that we can make
        raise Refused("file-damaged", DAMAGED) from error


def main() -> None:
    """Make the file of the standard input anew onto the standard output."""
    rehearse()
    lock_in()
    try:
        said = pack(make_anew(_whole_input()))
    except Refused as refused:
        said = pack_refusal(refused.code, refused.sentence)
    while said:
        said = said[os.write(1, said) :]
    os._exit(0)


def rehearse() -> None:
    """Make one small page: whatever a library opens or loads when it is first used, it has then."""
    page = Image.new("RGB", (2, 2), "white")
    make_picture(_as_bytes(page, "PNG"))
    make_picture(_as_bytes(page, "WEBP"))
    made = make_picture(_as_bytes(page, "JPEG"))
    make_pdf(bound([Drawn(made.data, (2, 2), (2, 2), SeenPage("é", (SeenWord("é", (0, 0, 2, 2)),)))]))
    make_pdf(_WITH_WORDS)
    words = Words([Paragraph([Run("é")])], ())
    make_words(written(words).data)
    make_text(b"a,b\n1,2\n")


def _as_bytes(page: Image.Image, sort: str) -> bytes:
    out = io.BytesIO()
    page.save(out, sort)
    return out.getvalue()


def _whole_input() -> bytes:
    parts = []
    while part := os.read(0, 2**20):
        parts.append(part)
    return b"".join(parts)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout = sys.stderr = open(os.devnull, "w")
    main()
