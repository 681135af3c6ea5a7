"""Word documents coming in: the words that a reader sees, paragraph by paragraph, and nothing else of the package.

The parts are read as XML without a document type, so no entity is ever expanded and nothing outside is fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from wholepicture.foundation.files.sniff import not_taken
from wholepicture.foundation.files.types import MOST_BYTES
from wholepicture.foundation.refusals import Refused

MOST_PARTS: Final = 2000
MOST_PART_BYTES: Final = 16_000_000
"""Of XML, unpacked: some 3,000 pages of text."""
MOST_DEPTH: Final = 256
_READ_TYPES: Final = ("header", "document", "footnotes", "endnotes", "footer")
_PART: Final = re.compile(r"word/(header|document|footnotes|endnotes|footer)(\d{0,3})\.xml")
_W: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_MC_FALLBACK: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
# Drawn or linked things, which are left out and said to be; and what a reader of the page does not see.
_LEFT_OUT: Final = frozenset({"drawing", "pict", "object"})
_UNSEEN: Final = frozenset({"del", "moveFrom", "instrText", "delText"})
PICTURE: Final = "[A picture stood here and was left out. Add it as a file of its own.]"


@dataclass
class Run:
    """Words of one appearance."""

    text: str
    bold: bool = False


@dataclass
class Paragraph:
    """A paragraph: its runs, and 1 to 3 where it is a heading."""

    runs: list[Run] = field(default_factory=list)
    heading: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass
class Table:
    """Rows of cells, each of paragraphs."""

    rows: list[list[list[Paragraph]]] = field(default_factory=list)


Block = Paragraph | Table


@dataclass
class Words:
    """What was read, in the order in which a reader meets it; and what was left out, in words."""

    blocks: list[Block]
    removed: tuple[str, ...]


class _TooDeep(ValueError):
    pass


def read_words(data: bytes) -> Words:
    """The words of a Word document; raises Refused for another sort of zip file or one that unpacks to too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {info.filename: info for info in archive.infolist()}
        _check_sort(names)
        reader = _Reader()
        for name in _parts(names):
            reader.read(_unpacked(archive, names[name]))
    return Words(reader.blocks, tuple(_left_out(names, reader)))


def _check_sort(names: dict[str, zipfile.ZipInfo]) -> None:
    if "word/document.xml" not in names:
        if any(name.startswith(("xl/", "ppt/")) for name in names):
            raise not_taken("a spreadsheet or slides", "Save it as PDF, and choose that.")
        raise not_taken("an archive", "Take the files out of it, and choose each by itself.")
    if len(names) > MOST_PARTS or any(info.flag_bits & 1 for info in names.values()):
        raise Refused("file-locked", "The document is locked or made of too many parts. Save it as PDF, and try that.")


def _parts(names: dict[str, zipfile.ZipInfo]) -> list[str]:
    found = [(match[1], int(match[2] or 0), name) for name in names if (match := _PART.fullmatch(name))]
    return [name for _, _, name in sorted(found, key=lambda part: (_READ_TYPES.index(part[0]), part[1]))]


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        part = stream.read(MOST_PART_BYTES + 1)
    if len(part) > MOST_PART_BYTES or info.file_size > MOST_BYTES * 4:
        raise Refused("file-too-large-to-open", "The document unpacks to too much. Save it as PDF, and choose that.")
    return part


class _Reader:
    """Turns parts into blocks. It keeps where it stands: in what is unseen, in a run, in a table's cell."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pictures = self.changes = self.hidden = 0
        self._depth = self._unseen = self._in_text = self._tables = 0
        self._paragraph: list[Paragraph] = []
        self._bold = self._vanished = False

    def read(self, part: bytes) -> None:
        """Read one part, after whatever was read before."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._depth = self._unseen = self._in_text = self._tables = 0
        self._paragraph = []
        parser.Parse(part, True)

    def _doctype(self, *_: object) -> None:
        raise Refused("file-damaged", "The document is not as Word writes one. Save it as PDF, and choose that.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _TooDeep("a document nested as Word nests none")
        local = _local(name)
        if self._unseen or name == _MC_FALLBACK or local in _UNSEEN:
            self._unseen += 1
            self.changes += local in ("del", "moveFrom") and self._unseen == 1
            return
        if local in _LEFT_OUT:
            self.pictures += 1
            self._say(PICTURE)
        starts = getattr(self, f"_start_{local}", None) if local in _STARTS else None
        if starts is not None:
            starts(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._unseen:
            self._unseen -= 1
            return
        local = _local(name)
        if local == "t":
            self._in_text -= 1
        elif local == "p" and self._paragraph:
            self._paragraph.pop()
        elif local == "tbl":
            self._tables -= 1

    def _characters(self, text: str) -> None:
        if self._in_text and not self._unseen:
            if self._vanished:
                self.hidden += 1
            else:
                self._say(text)

    def _say(self, text: str) -> None:
        if self._paragraph:
            runs = self._paragraph[-1].runs
            if runs and runs[-1].bold == self._bold:
                runs[-1].text += text
            else:
                runs.append(Run(text, self._bold))

    def _start_p(self, _: dict[str, str]) -> None:
        paragraph = Paragraph()
        self._paragraph.append(paragraph)
        table = self.blocks[-1] if self._tables and self.blocks else None
        if isinstance(table, Table) and table.rows and table.rows[-1]:
            table.rows[-1][-1].append(paragraph)
        else:
            self.blocks.append(paragraph)

    def _start_tbl(self, _: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            self.blocks.append(Table())

    def _start_tr(self, _: dict[str, str]) -> None:
        if self._tables == 1 and isinstance(self.blocks[-1], Table):
            self.blocks[-1].rows.append([])

    def _start_tc(self, _: dict[str, str]) -> None:
        # A table within a cell is read into that cell.
        if self._tables == 1 and isinstance(self.blocks[-1], Table) and self.blocks[-1].rows:
            self.blocks[-1].rows[-1].append([])

    def _start_r(self, _: dict[str, str]) -> None:
        self._bold = self._vanished = False

    def _start_b(self, attributes: dict[str, str]) -> None:
        self._bold = _on(attributes)

    def _start_vanish(self, attributes: dict[str, str]) -> None:
        self._vanished = _on(attributes)

    def _start_pStyle(self, attributes: dict[str, str]) -> None:
        style = re.fullmatch(r"(?:Heading|Title)([1-9]?)", _value(attributes))
        if style and self._paragraph:
            self._paragraph[-1].heading = min(int(style[1] or 1), 3)

    def _start_t(self, _: dict[str, str]) -> None:
        self._in_text += 1

    def _start_tab(self, _: dict[str, str]) -> None:
        self._say("\t")

    def _start_br(self, _: dict[str, str]) -> None:
        self._say("\n")

    _start_cr = _start_br

    def _start_noBreakHyphen(self, _: dict[str, str]) -> None:
        self._say("-")


_STARTS: Final = frozenset("p tbl tr tc r b vanish pStyle t tab br cr noBreakHyphen".split())


def _local(name: str) -> str:
    """The name of an element of Word's own; blank for anything else's."""
    return next((name[len(space) :] for space in _W if name.startswith(space)), "")


def _value(attributes: dict[str, str]) -> str:
    return next((attributes[space + "val"] for space in _W if space + "val" in attributes), "")


def _on(attributes: dict[str, str]) -> bool:
    return _value(attributes) not in ("0", "false", "off", "none")


def _left_out(names: dict[str, zipfile.ZipInfo], reader: _Reader) -> Iterator[str]:
    yield "everything but its words: layout, links, fields, author and dates"
    lowered = [name.lower() for name in names]
    if any("vbaproject" in name or "vbadata" in name for name in lowered):
        yield "programs inside the file (macros)"
    if any("/embeddings/" in name or "/activex/" in name for name in lowered):
        yield "files embedded inside the file"
    if any("/comments" in name for name in lowered):
        yield "comments"
    if reader.changes:
        yield "words that tracked changes had struck out"
    if reader.hidden:
        yield "hidden words"
    if reader.pictures:
        yield "pictures and drawings"
