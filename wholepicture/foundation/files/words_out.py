"""Word documents going on: a new package of four small parts, written from words alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from wholepicture.foundation.files.texts import shown
from wholepicture.foundation.files.types import Made, Sort
from wholepicture.foundation.files.words_in import Block, Paragraph, Run, Words, read_words
from wholepicture.foundation.refusals import Refused

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_RELATION: Final = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
_HEADING: Final = (
    '<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:keepNext/>'
    '<w:outlineLvl w:val="{level}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
)
_STYLES: Final = (
    f"{_HEAD}<w:styles {_MAIN}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault>'
    '<w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + "".join(_HEADING.format(n=n, level=n - 1, size=size) for n, size in ((1, 32), (2, 26), (3, 24)))
    + "</w:styles>"
)
_EDGES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def make_words(data: bytes) -> Made:
    """A new Word document of the words of this one; raises Refused where it has none."""
    return written(read_words(data))


def written(words: Words) -> Made:
    """A new Word document of these words; raises Refused where there are none."""
    writer = _Writer()
    body = "".join(writer.block(block) for block in words.blocks)
    if not writer.said:
        raise Refused("file-empty", "The document has no words in it. If it holds pictures, add each as a file.")
    removed = [*words.removed]
    if writer.hidden:
        removed.append(f"{writer.hidden} hidden characters, now shown as [U+…]")
    document = f"{_HEAD}<w:document {_MAIN}><w:body>{body}</w:body></w:document>"
    return Made(Sort.WORD, _package(document), removed=tuple(removed))


class _Writer:
    def __init__(self) -> None:
        self.hidden = 0
        self.said = False

    def block(self, block: Block) -> str:
        """A block as Word's XML."""
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        rows = "".join(f"<w:tr>{''.join(self._cells(row))}</w:tr>" for row in block.rows if row)
        if not rows:
            return ""
        return f"<w:tbl><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr>{rows}</w:tbl><w:p/>"

    def _cells(self, row: Sequence[Sequence[Paragraph]]) -> Iterator[str]:
        for cell in row:
            yield f"<w:tc>{''.join(self._paragraph(p) for p in cell) or '<w:p/>'}</w:tc>"

    def _paragraph(self, paragraph: Paragraph) -> str:
        style = f'<w:pPr><w:pStyle w:val="Heading{paragraph.heading}"/></w:pPr>' if paragraph.heading else ""
        return f"<w:p>{style}{''.join(self._run(run) for run in paragraph.runs)}</w:p>"

    def _run(self, run: Run) -> str:
        said, hidden = shown(run.text)
        self.hidden += hidden
        self.said = self.said or bool(said.strip())
        lines = [
            "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
            for line in said.split("\n")
        ]
        return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if run.bold else ''}{'<w:br/>'.join(lines)}</w:r>"


def _package(document: str) -> bytes:
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATION.format("officeDocument", "word/document.xml"),
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _RELATION.format("styles", "styles.xml"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()
