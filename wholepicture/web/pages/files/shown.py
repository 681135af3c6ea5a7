"""Files as a page shows them beside their entries: a small picture, what it shows, and what was done to it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from wholepicture.access.roles import Permission, may
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.when import ENGLAND
from wholepicture.record.files.queries import files_of
from wholepicture.record.files.types import FileCard
from wholepicture.web.pages.child.opened import Opened
from wholepicture.web.words import count, say_moment

NOT_SCANNED = "not scanned for viruses, since there is no scanner here; made anew instead"


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file in words, with the address that opens it."""

    href: str
    label: str
    what: str
    shows: str
    taken: str
    thumbnail: str
    added: str
    scanned: str
    removed: tuple[str, ...]
    opens: bool
    words_href: str

    @property
    def in_a_line(self) -> str:
        """For a table that goes out of the record: the file itself does not go with it."""
        return f"{self.label} ({self.what}): {self.shows}"


def files_beside(opened: Opened, viewer: Viewer) -> dict[str, Any]:
    """For each entry of the record, its files as they stood on the page's day; and the entries one may add to."""
    entries = opened.record.entries
    adds = may(viewer.actor.role, Permission.ADD_ENTRY) and not opened.standing.is_past
    return {
        "files": shown_of(opened, [UUID(e.id) for e in entries]),
        "may_add": adds,
        "own": {e.id for e in entries if adds and e.agency == viewer.actor.agency},
    }


def shown_of(opened: Opened, entries: Sequence[UUID]) -> dict[str, list[FileShown]]:
    """The files beside these entries, by the entry's key; call inside `reading`."""
    by = _night_after(opened) if opened.standing.is_past else None
    return {str(e): [_shown(opened.child, c) for c in cards] for e, cards in files_of(entries, by=by).items()}


def beside_entry(child: UUID, entry: UUID) -> list[FileShown]:
    """The files beside one entry, opened by way of a child whom it is about; call inside `reading`."""
    return [_shown(child, card) for card in files_of([entry]).get(entry, ())]


def _night_after(opened: Opened) -> datetime:
    return datetime.combine(opened.day + timedelta(days=1), time(), ENGLAND)


def _shown(child: UUID, card: FileCard) -> FileShown:
    picture = base64.b64encode(card.thumbnail).decode()
    return FileShown(
        href=f"/children/{child}/files/{card.id}",
        label=card.label,
        what=", ".join(_what(card)),
        shows=card.shows,
        taken=card.taken.in_words() if card.taken else "",
        thumbnail=f"data:image/jpeg;base64,{picture}" if picture else "",
        added=f"{say_moment(card.at)} by {card.by_name}",
        scanned="scanned for viruses by " + card.scanned_by if card.scanned_by else NOT_SCANNED,
        removed=card.removed,
        opens=card.sort.is_picture,
        words_href=f"/children/{child}/files/{card.id}/words" if card.readable else "",
    )


def _what(card: FileCard) -> list[str]:
    size = f"{card.size / 1_000_000:.1f} MB" if card.size >= 100_000 else f"{max(card.size // 1000, 1)} kB"
    return [card.sort.words, *([count(card.pages, "page")] if card.pages else []), size]
