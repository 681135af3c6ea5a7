"""Honest files are made anew and stay readable; the process that makes them is locked, watched and not believed."""

from __future__ import annotations

import io
import logging
import sys

import docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from tests.files.hostile_heic import heic
from tests.files.making import MARK, camera_notes, drawing, encoded, page_of, word
from wholepicture.foundation.files.child import make_anew
from wholepicture.foundation.files.making import made_anew
from wholepicture.foundation.files.types import MEMORY, Garbled, Made, Sort, pack, pack_refusal, unpack
from wholepicture.foundation.refusals import Refused


def opened(made: Made) -> Image.Image:
    """What was made, as a picture."""
    return Image.open(io.BytesIO(made.data))


def child(program: str) -> tuple[str, ...]:
    """A child process that runs this program in place of the making."""
    return (sys.executable, "-c", program)


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_a_photo_keeps_its_pixels_and_nothing_of_where_it_was_taken(sort: str) -> None:
    made = made_anew(encoded(drawing(), sort, exif=camera_notes()))
    assert made.sort is (Sort.PNG if sort == "PNG" else Sort.JPEG)
    assert opened(made).size == drawing().size
    assert opened(made).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert MARK not in made.data + made.thumbnail
    assert "the place where it was taken (GPS)" in made.removed
    assert made.thumbnail.startswith(b"\xff\xd8\xff")


def test_a_photo_of_an_iphone_is_read_and_keeps_nothing_of_where_it_was_taken() -> None:
    made = made_anew(heic(drawing((1200, 900)), exif=camera_notes().tobytes()))
    assert (made.sort, opened(made).size) == (Sort.JPEG, (1200, 900))
    assert opened(made).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    apart = ImageChops.difference(opened(made).convert("L"), drawing((1200, 900)).convert("L"))
    assert ImageStat.Stat(apart).mean[0] < 4, "it is the same picture"
    assert MARK not in made.data + made.thumbnail
    assert "the place where it was taken (GPS)" in made.removed


def test_a_photo_of_an_iphone_held_sideways_is_turned_upright_once() -> None:
    notes = camera_notes()
    notes[0x0112] = 6
    assert opened(made_anew(heic(drawing((90, 60)), exif=notes.tobytes()))).size == (60, 90)


def test_a_photo_of_an_iphone_that_is_too_large_says_what_to_do_on_it() -> None:
    with pytest.raises(Refused, match="5800 by 4400 pixels.*Most Compatible"):
        made_anew(heic(Image.new("RGB", (5_800, 4_400))))


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    notes = camera_notes()
    notes[0x0112] = 6
    assert opened(made_anew(encoded(drawing((90, 60)), "JPEG", exif=notes))).size == (60, 90)


def test_the_colours_are_put_right_before_their_profile_goes() -> None:
    grey = Image.new("RGB", (40, 40), (180, 90, 90))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = made_anew(encoded(grey, "PNG", icc_profile=lab))
    assert opened(made).getpixel((5, 5)) == (180, 90, 90)
    assert any("colour profile" in words for words in made.removed)


def test_what_was_see_through_is_white() -> None:
    clear = Image.new("RGBA", (20, 20), (200, 0, 0, 0))
    assert opened(made_anew(encoded(clear, "PNG"))).getpixel((3, 3)) == (255, 255, 255)


def test_a_picture_of_more_shades_stays_a_picture() -> None:
    made = made_anew(encoded(Image.new("I;16", (20, 20), 40_000), "PNG"))
    assert opened(made).getpixel((3, 3)) == (156, 156, 156)


def test_a_large_photo_is_made_smaller() -> None:
    assert max(opened(made_anew(encoded(Image.new("L", (9_000, 2_000)), "JPEG"))).size) <= 4096


def test_a_pdf_looks_as_it_did_and_its_words_are_drawn_and_can_be_read() -> None:
    made = made_anew(page_of())
    assert (made.sort, made.pages) == (Sort.PDF, 1)
    document = pypdfium2.PdfDocument(made.data)
    assert document[0].get_size() == (595, 842)
    assert document[0].get_textpage().get_text_range().strip() == "Seen today"
    assert made.words == ("Seen today",)
    pixels = document[0].render(scale=1).to_pil().convert("L").crop((30, 120, 140, 160))
    assert pixels.getextrema()[0] < 80, "the words are there to be seen"


def test_what_was_filled_in_on_a_form_is_drawn() -> None:
    field = b"<</FT/Tx/T(a)/V(FILLED)/DA(/Helv 24 Tf 0 g)/Rect[50 50 500 100]/Subtype/Widget/Type/Annot/F 4>>"
    form = b"/AcroForm<</Fields[6 0 R]/NeedAppearances true/DA(/Helv 12 Tf 0 g)/DR<</Font<</Helv 5 0 R>>>>>>"
    made = made_anew(page_of(catalog=form, page=b"/Annots[6 0 R]", more=[field]))
    drawn = pypdfium2.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    assert drawn.crop((50, 742, 500, 792)).getextrema()[0] < 80


def test_words_beneath_a_black_box_are_gone() -> None:
    black = b"BT /F 12 Tf 40 700 Td (12 Weir Street) Tj ET 0 0 0 rg 30 690 300 30 re f"
    made = made_anew(page_of(content=black))
    assert b"Weir" not in made.data
    assert "Weir" not in pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range()


def test_a_word_document_keeps_what_a_reader_sees() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Report</w:t></w:r></w:p>'
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Seen</w:t></w:r><w:r><w:t> at&#x202E; home</w:t><w:br/></w:r>"
        "<w:ins><w:r><w:t>and alone</w:t></w:r></w:ins><w:del><w:r><w:t>and well</w:t></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Weight</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>9.1 kg</w:t></w:r></w:p>"
        "</w:tc></w:tr></w:tbl><w:p><w:r><w:noBreakHyphen/><w:tab/><w:drawing/></w:r></w:p>"
    )
    header = word("<w:p><w:r><w:t>The Clinic</w:t></w:r></w:p>")
    letterhead = docx_part(header, "word/document.xml").replace(b"w:document", b"w:hdr")
    made = made_anew(word(body, more={"word/header1.xml": letterhead, "word/vbaProject.bin": b"x"}))
    document = docx.Document(io.BytesIO(made.data))
    said = [p.text for p in document.paragraphs]
    assert said[:3] == ["The Clinic", "Report", "Seen at[U+202E] home\nand alone"]
    assert document.paragraphs[1].style is not None
    assert document.paragraphs[1].style.name == "Heading 2"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Weight", "9.1 kg"]
    assert "A picture stood here" in said[-1]
    assert {"programs inside the file (macros)", "pictures and drawings", "words that tracked changes had struck out",
            "1 hidden characters, now shown as [U+…]"} <= set(made.removed)  # fmt: skip


def docx_part(data: bytes, name: str) -> bytes:
    """A part of a package."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_text_and_tables_go_on_as_they_are_and_run_nothing() -> None:
    assert made_anew("Zoë said “no”.\r\nThen she slept.".encode()).data.decode() == "Zoë said “no”.\nThen she slept."
    made = made_anew(b"name,score\n=1+1,-2.5\n@x,+44 1632\n")
    assert made.sort is Sort.CSV
    assert made.data.decode("utf-8-sig") == "name,score\r\n'=1+1,-2.5\r\n'@x,'+44 1632\r\n"
    assert made.removed == ("formulas, now text",)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"MZ\x90", "a Windows program"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "damaged"),
        (b"\xd0\xcf\x11\xe0", "without a password"),
        ("café".encode("latin-1"), "UTF-8"),
        (b"", "empty"),
        (b"a" * 25_000_001, "The most is 25 MB"),
        (b"%PDF-1.7\n", "damaged"),
    ],
)
def test_a_refusal_says_what_it_is_or_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        made_anew(data)


_TRIES = """
import os, socket, subprocess, signal
from wholepicture.foundation.files.lock import lock_in
lock_in()
def tries(act):
    try:
        act()
    except OSError as error:
        return error.errno
    return 0
found = [
    tries(lambda: open("/etc/passwd")), tries(lambda: open("/tmp/written", "w")), tries(socket.socket),
    tries(os.fork), tries(lambda: os.kill(os.getppid(), 0)), tries(lambda: os.execv("/bin/true", ["true"])),
    tries(os.pipe), tries(lambda: os.unlink("/nowhere")), tries(lambda: os.open("/proc/self/mem", os.O_RDWR)),
]
os.write(1, repr(found).encode())
os._exit(0)
"""


def test_a_locked_process_opens_starts_and_signals_nothing() -> None:
    import errno
    import subprocess

    done = subprocess.run(child(_TRIES), capture_output=True, check=True)
    assert set(eval(done.stdout)) <= {errno.EPERM, errno.EMFILE}  # our own nine numbers
    assert b", 0" not in done.stdout


def test_a_making_that_wants_more_memory_than_it_may_have_is_refused() -> None:
    hog = f"from wholepicture.foundation.files.lock import lock_in; lock_in(); b'x' * {MEMORY + 1}"
    with pytest.raises(Refused, match="could not be opened safely"):
        made_anew(b"text", command=child(hog))


@pytest.mark.parametrize(
    ("program", "code", "logged"),
    [
        ("import time; time.sleep(60)", "file-slow", "was killed"),
        ("import os; os.kill(os.getpid(), 11)", "file-damaged", "ended with -11"),
        ("import sys; sys.exit(3)", "file-damaged", "ended with 3"),
        ("print('hello')", "file-damaged", "no making says"),
        ("import sys; sys.stdout.buffer.write(b'x' * 60_000_000)", "file-damaged", ""),
    ],
)
def test_a_making_that_goes_wrong_is_refused_and_told(
    program: str, code: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with pytest.raises(Refused) as refused:
        made_anew(b"text", command=child(program), seconds=1.0)
    assert refused.value.code == code
    assert logged in caplog.text


def test_a_child_that_was_taken_over_is_not_believed() -> None:
    sound = Made(Sort.PNG, b"\x89PNG\r\n\x1a\nabc", b"\xff\xd8\xffx", 1, ("a",))
    assert unpack(pack(sound)) == sound
    assert unpack(pack_refusal("file-x", "No.")) == ("file-x", "No.")
    lies = [
        b"", b"[]\n", b'{"sort": "exe", "sizes": [1, 0], "pages": 0, "removed": []}\nM', pack(sound)[:-1],
        pack(sound) + b"more", pack(Made(Sort.PDF, b"<html>", b"", 1)),
        pack(Made(Sort.JPEG, b"\xff\xd8\xff", b"<html>")),
        pack(Made(Sort.TEXT, b"a" * 40_000_001)), pack(Made(Sort.TEXT, b"a", b"\xff\xd8\xff" * 9_000)),
        b'{"sort": "text", "sizes": [-1, 0], "pages": 0, "removed": []}\nM',
    ]  # fmt: skip
    for lie in lies:
        with pytest.raises(Garbled):
            unpack(lie)


_WHOLE = {"JPEG": encoded(drawing(), "JPEG", exif=camera_notes()), "PNG": encoded(drawing(), "PNG"),
          "WEBP": encoded(drawing(), "WEBP"), "PDF": page_of(), "word": word(), "text": b"a,b\n1,2\n"}  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    sort=st.sampled_from(sorted(_WHOLE)),
    changes=st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8),
    cut=st.integers(0, 40),
)
def test_no_damage_to_a_file_does_more_than_have_it_refused(
    sort: str, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray(_WHOLE[sort])
    for at, new in changes:
        place = at % len(data)
        data[place : place + len(new)] = new
    try:
        made = make_anew(bytes(data[: len(data) - cut] if cut else data))
    except Refused as refused:
        assert refused.sentence
    else:
        assert isinstance(unpack(pack(made)), Made)
