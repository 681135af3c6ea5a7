"""Two hundred hostile files: each is refused with a remedy, or what is made of it holds only what can be seen."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pypdf
import pytest

from tests.files.hostile import MARK, Hostile, corpus
from wholepicture.foundation.files.child import make_anew
from wholepicture.foundation.files.making import AT_ONCE, made_anew
from wholepicture.foundation.files.types import Made, Sort
from wholepicture.foundation.refusals import Refused

pytestmark = pytest.mark.slow

_ACTIVE = {
    Sort.PDF: rb"/(JS|JavaScript|AA|OpenAction|Launch|URI|EmbeddedFile|AcroForm|XFA|Annots|Metadata|Info|Names)\b",
    Sort.WORD: rb"vbaProject|TargetMode|http://127|instrText|altChunk|oleObject|<!DOCTYPE|w:fld",
    Sort.JPEG: rb"Exif\0|http://ns\.adobe|Photoshop|ICC_PROFILE|<script",
    Sort.PNG: rb"eXIf|iTXt|tEXt|zTXt|iCCP|acTL|prVt|<script",
    Sort.CSV: rb"(^|,)\s*[=@]",
    Sort.TEXT: rb"[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80[\x8b\xaa-\xae]",
}
"""What would run, call out or hide, by the sort of what was made."""
_PARTS_OF_A_DOCUMENT = {
    "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels",
}  # fmt: skip


def every_byte(made: Made) -> bytes:
    """The file, its thumbnail and words; of a zip file each part, and of a PDF whatever a reader gets out of it."""
    parts = [made.data, made.thumbnail, *(page.encode() for page in made.words)]
    if made.sort is Sort.PDF:
        parts += [page.extract_text().encode() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages]
    if made.sort is Sort.WORD:
        with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
            assert set(archive.namelist()) == _PARTS_OF_A_DOCUMENT
            parts += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(parts)


def outcome(hostile: Hostile) -> str:
    """`refused`, or the sort of what was made; fails where anything hostile is left."""
    try:
        made = made_anew(hostile.data)
    except Refused as refused:
        assert refused.code.startswith("file-"), hostile.name
        assert len(refused.sentence) > 40, hostile.name
        return "refused"
    said = every_byte(made)
    assert MARK not in said, hostile.name
    assert not re.search(_ACTIVE[made.sort], said, re.MULTILINE), hostile.name
    again = make_anew(made.data)
    assert again.sort is made.sort, f"{hostile.name}: what was made is itself a sound file"
    return made.sort


@cache
def hostile_files() -> tuple[Hostile, ...]:
    """All of them, made once."""
    return tuple(corpus())


def test_two_hundred_hostile_files_are_neutralised(record_property: Callable[[str, object], None]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = dict(zip([h.name for h in hostile_files()], pool.map(outcome, hostile_files()), strict=True))
    assert len(seen) >= 200
    ends = Counter(seen.values())
    # Not by refusing whatever comes: what is sound in a hostile file is saved from it.
    assert ends["jpeg"] + ends["png"] > 40
    assert min(ends["pdf"], ends["word"]) > 20
    assert seen["document with macros"] == "word"
    assert seen["PDF that does JavaScript when opened"] == "pdf"
    assert seen["JPEG with a place in its EXIF"] == "jpeg"
    said = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    record_property("figure", f"Hostile files: {len(seen)}, nothing left of any: {said}.")


def test_no_two_hostile_files_are_one() -> None:
    assert len({h.name for h in hostile_files()}) == len(hostile_files())
    assert len({h.data for h in hostile_files()}) == len(hostile_files())
