"""Hostile Word documents and what pretends to be one."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.files.making import MARK, drawing, encoded, word, zipped

_M = MARK.decode()
_SAID = "<w:p><w:r><w:t>Seen at home today.</w:t></w:r></w:p>"
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/></Relationships>'
)


def whole() -> list[tuple[str, bytes]]:
    """A sound document."""
    return [("a sound document", word())]


def files() -> Iterator[tuple[str, bytes]]:
    """Each with its name."""
    yield from _carrying()
    yield from _unseen()
    yield from _xml()
    yield from _packed()


def _carrying() -> Iterator[tuple[str, bytes]]:
    yield "document with macros", word(more={"word/vbaProject.bin": MARK, "word/vbaData.xml": MARK})
    for kind in ("attachedTemplate", "image", "hyperlink", "oleObject", "subDocument", "frame"):
        rels = {"word/_rels/document.xml.rels": _RELS.format(kind, f"http://127.0.0.1/{_M}").encode(),
                "word/_rels/settings.xml.rels": _RELS.format(kind, f"\\\\127.0.0.1\\{_M}").encode()}  # fmt: skip
        yield f"document that calls out by {kind}", word(more=rels)
    yield "document with a program inside", word(more={"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + MARK})
    yield "document with ActiveX", word(more={"word/activeX/activeX1.bin": MARK})
    yield (
        "document with a web page inside",
        word(f'{_SAID}<w:altChunk xmlns:r="r" r:id="r1"/>', more={"word/a.html": b"<script>" + MARK + b"</script>"}),
    )
    yield "document with custom XML", word(more={"customXml/item1.xml": b"<a>" + MARK + b"</a>"})
    yield "document with an author", word(more={"docProps/core.xml": b"<a>" + MARK + b"</a>", "docProps/app.xml": MARK})
    yield "document with a thumbnail", word(more={"docProps/thumbnail.jpeg": encoded(drawing(), "JPEG", comment=MARK)})
    yield (
        "document with a picture",
        word(
            f"<w:p><w:r><w:drawing/></w:r></w:p>{_SAID}",
            more={"word/media/a.jpg": encoded(drawing(), "JPEG", comment=MARK)},
        ),
    )
    yield "document with comments", word(more={"word/comments.xml": MARK, "word/people.xml": MARK})
    yield "document with variables", word(more={"word/settings.xml": b"<a>" + MARK + b"</a>"})


def _unseen() -> Iterator[tuple[str, bytes]]:
    for name, body in {
        "struck out": f"<w:p><w:del><w:r><w:delText>{_M}</w:delText><w:t>{_M}</w:t></w:r></w:del></w:p>",
        "moved away": f"<w:p><w:moveFrom><w:r><w:t>{_M}</w:t></w:r></w:moveFrom></w:p>",
        "hidden": f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{_M}</w:t></w:r></w:p>",
        "in a field": f"<w:p><w:r><w:instrText>DDEAUTO cmd {_M}</w:instrText></w:r></w:p>",
        "in a simple field": f'<w:p><w:fldSimple w:instr="INCLUDETEXT {_M}"/></w:p>',
        "in an attribute": f'<w:p w:rsidR="{_M}"><w:bookmarkStart w:name="{_M}"/></w:p>',
        "in another space": f'<w:p><a:t xmlns:a="urn:x">{_M}</a:t></w:p>',
        "outside any paragraph": _M,
        "in a comment": f"<!-- {_M} --><?{_M} x?>",
        "in what old readers see": '<w:p><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Fallback><w:r><w:t>{_M}</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>',
    }.items():
        yield f"document with words {name}", word(_SAID + body)


def _xml() -> Iterator[tuple[str, bytes]]:
    heads = {
        "a file of the machine": '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "an address": f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "http://127.0.0.1/{_M}">]>',
        "a parameter": f'<!DOCTYPE w:document [<!ENTITY % x SYSTEM "http://127.0.0.1/{_M}"> %x;]>',
        "a billion laughs": "<!DOCTYPE w:document [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {chr(n)} '{f'&{chr(n - 1)};' * 10}'>" for n in range(98, 108)) + "<!ENTITY x '&k;'>]>",
        "quadratic": f"<!DOCTYPE w:document [<!ENTITY x '{'a' * 100_000}'>]>",
    }  # fmt: skip
    for name, head in heads.items():
        yield f"document whose XML asks for {name}", word(f"<w:p><w:r><w:t>{'&x;' * 50}</w:t></w:r></w:p>", head)
    yield "document nested 20,000 deep", word("<w:p>" * 20_000)
    yield "document with a table in a table, 300 deep", word("<w:tbl><w:tr><w:tc><w:p>" * 300)
    yield "document with a million paragraphs", word("<w:p/>" * 1_000_000)
    yield "document with broken XML", word("<w:p><w:r></w:p>")
    yield "document in no encoding", zipped({"word/document.xml": b"\xff\xfe<\0a\0" + MARK})
    yield "document with characters that XML does not have", word("<w:p><w:r><w:t>\x01\x0b</w:t></w:r></w:p>")


def _packed() -> Iterator[tuple[str, bytes]]:
    yield "document that unpacks to 400 MB", zipped({"word/document.xml": b"<a>" + b" " * 400_000_000})
    yield "document with a header that unpacks to 300 MB", word(more={"word/header1.xml": b" " * 300_000_000})
    yield "document of 30,000 parts", word(more={f"word/a{n}.xml": b"" for n in range(30_000)})
    paths = {"../../../../etc/cron.d/x": MARK, "/etc/x": MARK, "..\\..\\x.exe": MARK, "word/../../x": MARK}
    yield "document with paths out of it", word(more=paths)
    sound = word(more={"word/media/a.bin": MARK * 40})
    for tenths in range(2, 10, 2):
        yield f"document cut off at {tenths} tenths", sound[: len(sound) * tenths // 10]
    at = sound.rindex(b"PK\x01\x02")
    yield "document that is locked", sound.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")
    yield "document with a wrong check", sound[:14] + b"\0\0\0\0" + sound[18:]
    yield "document that says it is 4 GB", sound[: at + 24] + struct.pack("<I", 0xFFFFFFFE) + sound[at + 28 :]
    yield "document behind a program", b"PK\x03\x04" + MARK + sound
    yield "spreadsheet with macros", zipped({"xl/workbook.xml": b"", "xl/vbaProject.bin": MARK})
    yield "slides", zipped({"ppt/presentation.xml": MARK})
    yield "Java archive", zipped({"META-INF/MANIFEST.MF": MARK, "A.class": MARK})
    yield "archive in an archive", zipped({"a.zip": zipped({"b.zip": zipped({"c": MARK})})})
    yield "archive of nothing", b"PK\x05\x06" + b"\0" * 18
