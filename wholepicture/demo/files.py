"""Files for the demonstration: a photo drawn here, and a letter written here, added by its users as any are."""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter

from wholepicture.casework.filing.operations import Filed, FiledNote, file_note
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.files.words_in import Paragraph, Run, Words
from wholepicture.foundation.files.words_out import written
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.record.files.operations import keep_file, make_ready
from wholepicture.record.files.types import Offered

_MAKER, _PLACE = 0x010F, 0x8825  # of EXIF
_LETTER = (
    "Little Acorns Nursery",
    "To the health visitor, Northside team",
    "We are writing at the end of the half-term. He has been in on 21 of 34 sessions. When he is brought he is often "
    "hungry and asks for second helpings; twice he had no coat.",
    "He used to name the animals in the book. Since the summer he points, and does not say them. He is wary of men who "
    "come into the room, the postman among them, and goes to the same corner.",
    "His key person would be glad to be there when he is seen. We have told his mother that we are writing.",
    "Jodie Parr, designated safeguarding lead",
)


def photograph(*, authority: Authority, child: UUID, notice: UUID, now: datetime) -> None:
    """A photo of the hall beside the notice, as the officer took it."""
    shows = "Hall of the flat: the bottom panel of the inner door is broken inwards, splinters on the floor"
    offered = Offered(broken_door(), "Hall.jpg", shows, When.on(now.astimezone(ENGLAND).date()))
    ready = make_ready(authority=authority, offered=offered, now=now)
    keep_file(authority=authority, person=child, entry=notice, ready=ready, now=now)


def nursery_letter(*, authority: Authority, child: UUID, now: datetime) -> None:
    """A letter that a health visitor was given, as an entry of its own."""
    shows = "Letter from the nursery, one page: attendance, hunger, words lost, wary of men"
    ready = make_ready(authority=authority, offered=Offered(letter(), "Nursery letter.docx", shows), now=now)
    words = "Letter from the nursery, given to me by its safeguarding lead when I rang to ask how he is there."
    note = FiledNote(Filed.LETTER, words, now.astimezone(ENGLAND).date(), "demo-letter")
    file_note(authority=authority, child=child, note=note, ready=ready, now=now)


def letter() -> bytes:
    """The letter as a Word document."""
    head, *rest = _LETTER
    return written(Words([Paragraph([Run(head, bold=True)], heading=1), *(Paragraph([Run(p)]) for p in rest)], ())).data


def broken_door() -> bytes:
    """A drawn photo: nobody's hall."""
    picture = Image.new("RGB", (1200, 1600), "#8f8a80")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1250, 1200, 1600), fill="#6d5a45")
    draw.rectangle((290, 120, 910, 1300), fill="#d8d2c2", outline="#b7b0a0", width=24)
    for box in ((370, 210, 570, 660), (630, 210, 830, 660), (370, 760, 570, 1200)):
        draw.rectangle(box, fill="#cbc4b2", outline="#a9a291", width=10)
    draw.polygon(
        [(630, 760), (830, 760), (830, 1200), (740, 1090), (700, 1180), (655, 1010), (630, 1200)], fill="#2d2a26"
    )
    for x, y in ((560, 1380), (690, 1340), (800, 1430), (900, 1360)):
        draw.polygon([(x, y), (x + 90, y + 16), (x + 84, y + 34)], fill="#d8d2c2")
    draw.ellipse((835, 690, 875, 730), fill="#8a7a4a")
    notes = Image.Exif()
    notes[_MAKER] = "Invented telephone"
    # In the Irish Sea: the page says that a place was left out, and this one is nobody's.
    notes.get_ifd(_PLACE).update({1: "N", 2: (54.0, 0.0, 0.0), 3: "W", 4: (4.0, 0.0, 0.0)})
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(3)).save(out, "JPEG", quality=85, exif=notes)
    return out.getvalue()
