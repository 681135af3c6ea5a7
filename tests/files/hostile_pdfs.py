"""Hostile PDFs: what runs, what is hidden, what calls out, and what never ends."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.files.making import MARK, drawing, encoded, page_of, pdf, stream, zipped

_JS = b"<</S/JavaScript/JS(app.alert('" + MARK + b"');)>>"


def whole() -> list[tuple[str, bytes]]:
    """A sound PDF."""
    return [("a sound PDF", page_of())]


def files() -> Iterator[tuple[str, bytes]]:
    """Each with its name."""
    yield from _running()
    yield from _hiding()
    yield from _endless()
    yield from _broken()


def _running() -> Iterator[tuple[str, bytes]]:
    actions = {
        "JavaScript": _JS,
        "launch": b"<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(" + MARK + b")>>>>",
        "link": b"<</S/URI/URI(http://127.0.0.1/" + MARK + b")>>",
        "form sent off": b"<</S/SubmitForm/F(http://127.0.0.1/" + MARK + b")>>",
        "other file": b"<</S/GoToR/F(\\\\\\\\127.0.0.1\\\\" + MARK + b")/D[0/Fit]>>",
        "data brought in": b"<</S/ImportData/F(" + MARK + b")>>",
        "rendition": b"<</S/Rendition/JS(" + MARK + b")>>",
    }
    for name, action in actions.items():
        yield f"PDF that does {name} when opened", page_of(catalog=b"/OpenAction " + action)
        yield f"PDF that does {name} when a page opens", page_of(page=b"/AA<</O " + action + b">>")
        box = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A " + action + b">>]"
        yield f"PDF that does {name} when pressed", page_of(page=box)
    named = b"/Names<</JavaScript<</Names[(a)" + _JS + b"]>>>>"
    yield "PDF with named programs", page_of(catalog=named)
    field = b"<</FT/Tx/T(a)/V(b)/Rect[1 1 9 9]/Subtype/Widget/Type/Annot/AA<</K " + _JS + b"/C " + _JS + b">>>>"
    yield (
        "PDF with a form that reckons",
        page_of(
            catalog=b"/AcroForm<</Fields[6 0 R]/CO[6 0 R]/NeedAppearances true>>", page=b"/Annots[6 0 R]", more=[field]
        ),
    )
    yield (
        "PDF with an XFA form",
        page_of(
            catalog=b"/AcroForm<</XFA 6 0 R/Fields[]>>", more=[stream(b"<xdp><script>" + MARK + b"</script></xdp>")]
        ),
    )


def _hiding() -> Iterator[tuple[str, bytes]]:
    inside = b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>"
    yield "PDF with a file inside", page_of(catalog=inside, more=[stream(b"MZ" + MARK, b"/Type/EmbeddedFile")])
    yield (
        "PDF with a file pinned on",
        page_of(
            page=b"/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(a)/EF<</F 6 0 R>>>>>>]", more=[stream(MARK)]
        ),
    )
    yield (
        "PDF with an author",
        page_of(more=[b"<</Author(" + MARK + b")/Title(" + MARK + b")>>"], trailer=b"/Info 6 0 R"),
    )
    yield "PDF with XMP", page_of(catalog=b"/Metadata 6 0 R", more=[stream(MARK, b"/Type/Metadata/Subtype/XML")])
    black = b"BT /F 12 Tf 40 700 Td (" + MARK + b") Tj ET 0 0 0 rg 30 690 300 30 re f"
    yield "PDF with an address under a black box", page_of(content=black)
    yield "PDF with white words", page_of(content=b"1 1 1 rg BT /F 12 Tf 40 700 Td (" + MARK + b") Tj ET")
    yield "PDF with words beside the page", page_of(content=b"BT /F 12 Tf 4000 700 Td (" + MARK + b") Tj ET")
    yield "PDF with unseen words", page_of(content=b"BT 3 Tr /F 12 Tf 40 700 Td (" + MARK + b") Tj ET")
    yield "PDF with a layer turned off", page_of(
        catalog=b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
        page=b"/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>>>",
        content=b"/OC /L BDC BT /F 12 Tf 40 700 Td (" + MARK + b") Tj ET EMC", more=[b"<</Type/OCG/Name(L)>>"],
    )  # fmt: skip
    yield "PDF with a comment", page_of(page=b"/Annots[<</Subtype/Text/Rect[9 9 9 9]/F 2/Contents(" + MARK + b")>>]")
    yield "PDF with an earlier version", page_of(content=MARK) + page_of()[9:]
    for name, tail in (("an archive", zipped({"a.class": MARK})), ("a web page", b"<script>" + MARK + b"</script>")):
        yield f"PDF with {name} behind it", page_of() + tail
    yield "PDF with a password", page_of(trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"a" * 32 + b")/U("
                                         + b"b" * 32 + b")/P -4>>/ID[(a)(a)]")  # fmt: skip


def _endless() -> Iterator[tuple[str, bytes]]:
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 10_003))
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"] * 10_000
    yield (
        "PDF of 10,000 pages",
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 10000/Kids[" + kids + b"]>>", *pages]),
    )
    yield (
        "PDF that says it has 2 billion pages",
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2147483647/Kids[2 0 R]>>"]),
    )
    yield (
        "PDF whose pages hold one another",
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 9/Kids[3 0 R]>>",
                b"<</Type/Pages/Count 9/Kids[2 0 R]>>",
            ]
        ),
    )
    boxes = {
        "huge": b"0 0 99999999 99999999", "empty": b"0 0 0 0", "upside down": b"600 800 0 0",
        "endless": b"0 0 1e38 1e38", "a thread": b"0 0 14400 1", "not numbers": b"/a/b/c/d",
    }  # fmt: skip
    for name, box in boxes.items():
        yield f"PDF with a page that is {name}", page_of(box=box)
    bomb = zlib.compress(b"q Q " * 20_000_000, 9)
    yield "PDF with a bomb for a page", pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
         b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>", stream(bomb, b"/Filter/FlateDecode")]
    )  # fmt: skip
    twice = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    packed = stream(twice, b"/Filter[/FlateDecode/FlateDecode]")
    yield "PDF with a bomb in a bomb", page_of(page=b"/Contents 6 0 R", more=[packed])
    yield "PDF that paints a million times", page_of(content=b"1 0 0 rg 0 0 595 842 re f " * 900_000)
    yield "PDF of patterns", page_of(content=b"0 0 m 595 842 l S " * 200_000 + b"0.1 w [0.001] 0 d 0 0 m 595 842 l S")
    form = b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    yield (
        "PDF with a form in itself",
        page_of(page=b"/Resources<</XObject<</X 6 0 R>>>>", content=b"/X Do", more=[stream(b"/X Do " * 50, form)]),
    )
    deep = [
        stream(b"/X Do " * 10, b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1))
        for n in range(6, 20)
    ]
    yield (
        "PDF with ten million forms",
        page_of(page=b"/Resources<</XObject<</X 6 0 R>>>>", content=b"/X Do", more=[*deep, stream(b"")]),
    )
    picture = stream(b"\0" * 100, b"/Subtype/Image/Width 90000/Height 90000/ColorSpace/DeviceRGB/BitsPerComponent 8")
    yield (
        "PDF with a picture of 8 billion pixels",
        page_of(page=b"/Resources<</XObject<</X 6 0 R>>>>", content=b"595 0 0 842 0 0 cm /X Do", more=[picture]),
    )
    yield "PDF of brackets", page_of(page=b"/A " + b"[" * 100_000)


def _broken() -> Iterator[tuple[str, bytes]]:
    sound = page_of()
    for tenths in range(1, 9):
        yield f"PDF cut off at {tenths} tenths", sound[: len(sound) * tenths // 10]
    yield "PDF of nothing", b"%PDF-1.7\n"
    yield "PDF without pages", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"])
    yield "PDF whose table points into nowhere", sound.replace(b"startxref\n", b"startxref\n9999")
    yield "PDF whose table points at itself", sound.replace(b"trailer<<", b"trailer<</Prev 9 ")
    jbig = stream(b"\x97JB2\r\n\x1a\n" + b"\xff" * 90, b"/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray"
                  b"/BitsPerComponent 1/Filter/JBIG2Decode")  # fmt: skip
    jp2 = stream(b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 90, b"/Subtype/Image/Width 64/Height 64/Filter/JPXDecode")
    jpeg = stream(encoded(drawing(), "JPEG")[:200] + MARK, b"/Subtype/Image/Width 9999/Height 9999"
                  b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode")  # fmt: skip
    for name, picture in (("JBIG2", jbig), ("JPEG 2000", jp2), ("JPEG", jpeg)):
        yield (
            f"PDF with a broken {name}",
            page_of(page=b"/Resources<</XObject<</X 6 0 R>>>>", content=b"595 0 0 842 0 0 cm /X Do", more=[picture]),
        )
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 0/LastChar 255/FontDescriptor<</FontFile2 7 0 R>>>>"
    yield (
        "PDF with a broken font",
        page_of(page=b"/Resources<</Font<</F 6 0 R>>>>", more=[font, stream(b"\0\1\0\0" + b"\xff" * 400 + MARK)]),
    )
