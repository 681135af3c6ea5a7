"""A photo from a phone in one step, a refusal that loses nothing, a large file on its way, and what a reader opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.files.making import camera_notes, page_of
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import People, Town

pytestmark = pytest.mark.journey


def photo(path: Path, size: tuple[int, int] = (900, 700), noise: int = 0) -> Path:
    """A drawn forearm with three marks, and a place in its EXIF."""
    picture = Image.new("RGB", size, "#c9b59b")
    draw = ImageDraw.Draw(picture)
    wide, high = size
    draw.rounded_rectangle((0, high * 0.28, wide, high * 0.74), high // 5, fill="#e3b79a")
    for n in range(3):
        x = wide * (0.38 + n * 0.1)
        draw.ellipse((x, high * 0.46, x + wide * 0.055, high * 0.54), fill="#8d5a6b")
    picture = picture.filter(ImageFilter.GaussianBlur(4))
    if noise:
        picture = Image.blend(picture, Image.effect_noise(size, 90).convert("RGB"), 0.5)
    picture.save(path, "JPEG", quality=95, exif=camera_notes())
    return path


def test_a_school_adds_a_photo_from_a_phone(people: People, town: Town, tmp_path: Path) -> None:
    lead = people("dsl", PHONE)
    lead.open(f"/children/{town['filip']}/chronology")
    lead.press("Add a photo or document")
    page = lead.page
    page.get_by_label("A photo of an injury or mark").check()
    film = tmp_path / "IMG_0007.MOV"
    film.write_bytes(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ")
    page.locator("#file").set_input_files(film)
    page.get_by_label("What does it show?").fill("Left forearm, inside: three round marks in a row, each about 1 cm")
    page.get_by_label("What is it about?").fill(
        "Filip rolled up his sleeve at reading and said “I fell”. Alone with me."
    )
    lead.press("Add the file")
    lead.see("who holds the video")
    assert page.get_by_label("What is it about?").input_value().startswith("Filip rolled up his sleeve")
    assert page.get_by_label("A photo of an injury or mark").is_checked()
    page.locator("#file").set_input_files(photo(tmp_path / "arm.jpg"))
    lead.picture("file-add-phone", whole=True)
    lead.press("Add the file")
    lead.see("The file is added")
    lead.see("Left forearm, inside: three round marks")
    entry = page.locator(".wp-entry", has_text="Left forearm").first
    entry.scroll_into_view_if_needed()
    entry.get_by_text("Added ").click()
    lead.see("the place where it was taken")
    lead.check()


def test_a_reader_opens_the_photo_and_prints_its_label(people: People, town: Town, tmp_path: Path) -> None:
    lead = people("dsl")
    lead.open(f"/children/{town['filip']}/files/add")
    page = lead.page
    page.get_by_label("A letter, report or form").check()
    film = tmp_path / "too much.txt"
    film.write_bytes(b"word " * 5_200_000)
    page.locator("#file").set_input_files(film)
    page.get_by_label("What does it show?").fill("A letter in his mother’s hand, signed and dated")
    page.get_by_role("button", name="Add the file").click()
    lead.see("The file is 26.0 MB. The most is 25 MB")
    lead.check()
    page.locator("#file").set_input_files(photo(tmp_path / "letter from home.jpg", (3200, 2400), noise=1))
    assert page.get_by_label("What does it show?").input_value().startswith("A letter in his mother")
    page.get_by_label("What is it about?").fill("Given to me at the gate by Danuta, who asked us to keep it.")
    lead.press("Add the file")
    lead.see("The file is added")
    shown = page.locator(".wp-file", has_text="letter from home")
    with page.context.expect_page() as waiting:
        shown.get_by_role("link", name="letter from home").first.click()
    opened = waiting.value
    opened.wait_for_load_state()
    assert opened.evaluate("document.images[0].naturalWidth") == 3200
    opened.close()
    lead.picture("file-entry")
    page.emulate_media(media="print")
    assert shown.get_by_text("A letter in his mother’s hand").is_visible()
    assert not shown.get_by_text("Added ").is_visible()
    page.emulate_media(media="screen")
    lead.open(f"/children/{town['filip']}/ledger")
    lead.see("opened a file")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_words_of_a_letter_are_read_on_a_page(
    people: People, town: Town, tmp_path: Path, size: tuple[int, int] | None
) -> None:
    lead = people("dsl", size) if size else people("dsl")
    lead.open(f"/children/{town['filip']}/files/add")
    page, name = lead.page, f"Letter of the clinic {'phone' if size else 'desk'}"
    letter = tmp_path / f"{name}.pdf"
    lines = [b"BT /F 18 Tf 60 760 Td (Children's clinic, 3 March) Tj ET"] + [
        b"BT /F 11 Tf 60 %d Td (%s) Tj ET" % (730 - 16 * n, line)
        for n, line in enumerate((b"Filip was not brought on 12 February, nor on 26 February.",
                                  b"His weight was last taken in October. He lives at 12 Weir Street.",
                                  b"Please say who has seen him, and when."))
    ]  # fmt: skip
    letter.write_bytes(page_of(content=b"\n".join(lines) + b" 0 0 0 rg 300 710 110 14 re f"))
    page.get_by_label("A letter, report or form").check()
    page.locator("#file").set_input_files(letter)
    page.get_by_label("What does it show?").fill("A letter of the children’s clinic about missed appointments")
    page.get_by_label("What is it about?").fill("Came by post this morning.")
    lead.press("Add the file")
    lead.see("The file is added")
    shown = page.locator(".wp-file", has_text=name)
    with page.expect_navigation():
        shown.get_by_role("link", name="Read its words here").click()
    lead.see("Filip was not brought on 12 February")
    lead.see("Page 1 of 1")
    assert "Weir" not in page.content()
    lead.check()
    lead.picture(f"file-words-{'phone' if size else 'desk'}", whole=True)


def test_governance_sees_that_nothing_was_refused(people: People) -> None:
    lead = people("igl")
    lead.follow("Refused files")
    lead.see("None has been refused for a virus")
