"""Writes an entry together with its file: a photo of an injury, a letter, anything else that somebody was given."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from wholepicture.access.operations import acting
from wholepicture.casework.wording import refusal, stock_phrases
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.queries import identities_of
from wholepicture.record.files.operations import keep_file
from wholepicture.record.files.types import Ready
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole
from wholepicture.signals.operations import refresh


class Filed(enum.StrEnum):
    """What a file is of, which is the kind of entry that it comes with."""

    INJURY = "injury"
    LETTER = "letter"
    NOTE = "note"

    @property
    def label(self) -> str:
        """What a form calls it."""
        return _LABELS[self]


_LABELS = {
    Filed.INJURY: "A photo of an injury or mark",
    Filed.LETTER: "A letter, report or form",
    Filed.NOTE: "Something else",
}


@dataclass(frozen=True, slots=True)
class FiledNote:
    """What is written beside the file; `token` is the form's own, so that sending it twice writes it once."""

    kind: Filed
    words: str
    on: date
    token: str


def check_note(note: FiledNote, now: datetime) -> None:
    """Refuse words that say too little, a stock phrase about a child (R35), or a day that has not come."""
    if len(note.words.strip()) < 10:
        raise Refused("words", "Say what it is about, in a sentence: what was seen or said, and by whom.")
    if note.on > now.astimezone(ENGLAND).date():
        raise Refused("on", "The day must be today or earlier.")
    for flag in stock_phrases(note.words):
        if flag.of_children and not flag.quoted:
            raise Refused("words", refusal(flag))


def file_note(*, authority: Authority, child: UUID, note: FiledNote, ready: Ready, now: datetime) -> UUID:
    """Write an entry about the child with its file, and judge the child's questions again; returns the entry.

    One transaction. Refuses what `check_note` and `keep_file` refuse, and a form that has been sent already.
    """
    check_note(note, now)
    with acting(authority, person=child):
        entry = _entry(authority, child, note, now)
        keep_file(authority=authority, person=child, entry=entry, ready=ready, now=now)
        refresh(authority=authority, people=[child], today=now.astimezone(ENGLAND).date())
    return entry


def _entry(authority: Authority, child: UUID, note: FiledNote, now: datetime) -> UUID:
    entry = NewEntry(
        kind=note.kind.value,
        occurred=When.on(note.on),
        recorded=When.at(now),
        agency=authority.actor.agency,
        author_role=authority.actor.role.replace("_", " "),
        about=((identities_of(child)[0], AboutRole.SUBJECT),),
        summary=note.words.strip(),
        source_key=f"filed:{authority.actor.practitioner}:{note.token}",
    )
    try:
        return add_entry(authority=authority, entry=entry)
    except IntegrityError as error:  # the button was pressed twice, or the form sent again
        raise Refused("sent-already", "This has been added already: see the chronology.") from error
