"""The words of a PDF: those that can be seen on its page come out, and of what is hidden not one letter does."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from tests.files.making import drawing, encoded, page_of, pdf, stream
from wholepicture.foundation.files.child import make_anew
from wholepicture.foundation.files.making import made_anew
from wholepicture.foundation.files.types import Garbled, Made, Sort, pack, unpack

_SEEN = b"BT /F 18 Tf 40 700 Td (Seen today) Tj ET "
_SECRET = b"BT /F 12 Tf 40 600 Td (Weir Street) Tj ET "
_BLACK = b"0 0 0 rg 30 590 300 30 re f "


def every_word(made: Made) -> str:
    """Whatever words anybody could get out of it: what we say, what PDFium reads and what pypdf reads."""
    mine, theirs = pypdfium2.PdfDocument(made.data), pypdf.PdfReader(io.BytesIO(made.data))
    said = [*made.words, *(p.extract_text() for p in theirs.pages), *made.removed]
    return "\n".join([*said, *(page.get_textpage().get_text_range() for page in mine)])


def test_words_that_are_seen_are_read_by_every_reader_and_stand_where_they_are_seen() -> None:
    made = made_anew(page_of(content=_SEEN + b"BT /F 10 Tf 40 650 Td (at home, with her \\(half\\) sister.) Tj ET"))
    assert made.words == ("Seen today\nat home, with her (half) sister.",)
    page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
    assert page.get_text_range().split() == made.words[0].split()
    read = pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert read.split() == made.words[0].split()
    left, bottom, right, top = page.get_charbox(0, loose=True)
    assert left == pytest.approx(41, abs=2) and 690 < bottom < 705 and 705 < top < 730 and right < 60


def test_letters_of_any_script_come_out_as_they_are() -> None:
    codes = "".join(f"{n:02X}" for n in range(1, 5))
    letters = ["Ł", "ж", "你", "é"]
    lines = "\n".join(f"<{n:02X}> <{c.encode('utf-16-be').hex()}>" for n, c in enumerate(letters, start=1))
    cmap = f"1 begincodespacerange<00><FF>endcodespacerange\n4 beginbfchar\n{lines}\nendbfchar"
    shape = stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1/LastChar 4"
        b"/Widths[500 500 500 500]/Encoding<</Differences[1/a/b/c/d]>>/CharProcs<</a 7 0 R/b 7 0 R/c 7 0 R/d 7 0 R>>"
        b"/ToUnicode 8 0 R/Resources<<>>>>"
    )
    content = f"BT /G 20 Tf 40 500 Td <{codes}> Tj ET".encode()
    made = make_anew(
        page_of(
            content=content, page=b"/Resources<</Font<</F 5 0 R/G 6 0 R>>>>", more=[font, shape, stream(cmap.encode())]
        )
    )
    assert made.words == ("Łж你é",)
    assert "Łж你é" in pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()


@pytest.mark.parametrize(
    "hidden",
    {
        "under a black box": _SECRET + _BLACK,
        "under most of a black box": _SECRET + b"0 0 0 rg 30 600.5 300 30 re f ",
        "under a black box and a label in white": _SECRET + _BLACK
        + b"1 1 1 rg BT /F 12 Tf 40 600 Td (REDACTED) Tj ET 0 0 0 rg ",
        "under a picture": _SECRET + b"q 300 0 0 60 30 590 cm /P Do Q ",
        "white on white": b"1 1 1 rg " + _SECRET + b"0 0 0 rg ",
        "nearly white": b".98 1 .98 rg " + _SECRET + b"0 0 0 rg ",
        "black on black": _BLACK + _SECRET,
        "unseen ink": b"BT 3 Tr /F 12 Tf 40 600 Td (Weir Street) Tj ET BT 0 Tr ET ",
        "beside the page": b"BT /F 12 Tf 4000 600 Td (Weir Street) Tj ET ",
        "cut off": b"q 0 0 10 10 re W n " + _SECRET + b"Q ",
        "cut off but for its feet": b"q 30 590 300 12.5 re W n " + _SECRET + b"Q ",
        "a layer turned off": b"/OC /L BDC " + _SECRET + b"EMC ",
        "clear as glass": b"/Clear gs " + _SECRET + b"/Solid gs ",
        "too small to see": b"BT /F .4 Tf 40 600 Td (Weir Street) Tj ET ",
        "said of other words": b"/Span <</ActualText(Weir Street)>> BDC BT /F 12 Tf 40 600 Td (Held) Tj ET EMC ",
        "said of a dot": b"BT /M 12 Tf 40 600 Td (.) Tj ET ",
        "in a drawing under a box": b"/X Do " + _BLACK,
    }.items(),
    ids=lambda case: case[0],
)  # fmt: skip
def test_of_words_that_are_hidden_nothing_goes_on(hidden: tuple[str, bytes]) -> None:
    cmap = b"1 begincodespacerange<00><FF>endcodespacerange\n1 beginbfchar\n<2E> <" + (
        "Weir Street".encode("utf-16-be").hex().encode() + b">\nendbfchar"
    )
    resources = (
        b"/Resources<</Font<</F 5 0 R/M 9 0 R>>/XObject<</P 7 0 R/X 8 0 R>>/Properties<</L 6 0 R>>"
        b"/ExtGState<</Clear<</ca .01/CA .01>>/Solid<</ca 1/CA 1>>>>>>"
    )
    jpeg = encoded(drawing(), "JPEG")
    picture = b"/Subtype/Image/Width 96/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    form = b"/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    made = make_anew(
        page_of(
            catalog=b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>", page=resources, content=hidden[1] + _SEEN,
            more=[b"<</Type/OCG/Name(L)>>", stream(jpeg, picture), stream(_SECRET, form),
                  b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>", stream(cmap)],
        )
    )  # fmt: skip
    said = every_word(made)
    assert "Seen today" in said, "what is seen is not lost with what is hidden"
    assert not any(part in said for part in ("Weir", "Street", "Wei", "eet"))


def test_where_a_word_is_left_out_the_sentence_says_so() -> None:
    line = b"BT /F 12 Tf 40 600 Td (He did ) Tj (not ) Tj (hurt her) Tj ET 0 0 0 rg 77 596 20 14 re f"
    made = make_anew(page_of(content=line))
    assert made.words == ("He did […] hurt her",)
    assert any(words.startswith("words that cannot be seen") for words in made.removed)


def test_an_annotation_drawn_over_words_hides_them_as_it_does_from_people() -> None:
    look = stream(b"0 0 0 rg 0 0 300 30 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 300 30]")
    note = b"/Annots[<</Type/Annot/Subtype/Square/Rect[30 590 330 620]/F 4/AP<</N 6 0 R>>>>]"
    made = make_anew(page_of(content=_SECRET + _SEEN, page=note, more=[look]))
    assert "Weir" not in every_word(made) and "Seen today" in every_word(made)


def test_a_page_that_is_turned_is_read_as_it_is_seen() -> None:
    made = make_anew(page_of(page=b"/Rotate 180"))
    assert "".join(made.words[0].split()).replace("[…]", "") in ("Seentoday", "yadotneeS")
    made = make_anew(page_of(page=b"/CropBox[20 300 595 842]"))
    assert made.words == ("Seen today",)


def test_a_picture_of_words_has_none_and_a_page_of_each_says_which() -> None:
    pages = pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
         b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
         b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
         stream(_SEEN), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    )  # fmt: skip
    assert make_anew(pages).words == ("", "Seen today")


def test_words_printed_twice_to_look_bold_are_never_read_twice() -> None:
    twice = b"BT /F 18 Tf 40 700 Td (Seen today) Tj ET BT /F 18 Tf 40 700 Td (Seen today) Tj ET"
    assert " ".join(make_anew(page_of(content=twice)).words).count("today") <= 1


def test_a_page_of_more_letters_than_anybody_reads_is_drawn_and_not_read() -> None:
    many = (
        b"BT /F 2 Tf 2 TL 10 830 Td "
        + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) ' " * 400
        + b"ET"
    )
    made = make_anew(page_of(content=many))
    assert (made.pages, made.words) == (1, ())


def test_words_of_a_making_that_was_taken_over_are_not_believed() -> None:
    sound = Made(Sort.PDF, b"%PDF-1.4\nabc", b"", 2, (), ("One", "Two"))
    assert unpack(pack(sound)) == sound
    for words in (("One",), ("One", "Two", "Three"), ("a" * 400_000, "b")):
        with pytest.raises(Garbled):
            unpack(pack(Made(Sort.PDF, b"%PDF-1.4\nabc", b"", 2, (), words)))
