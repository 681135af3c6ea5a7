"""A file that somebody offers, the same once it is made anew, and what a page says of one that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from wholepicture.foundation.files.types import Made, Sort
from wholepicture.foundation.when import When

MOST_FILES: Final = 20
"""Files beside one entry."""
LONGEST_LABEL: Final = 80
CLAMAV: Final = "ClamAV"


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as it came: its bytes and name, what the user says that it shows, and when they say that it was made."""

    data: bytes
    name: str
    shows: str
    taken: When | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A file made anew and looked at, that may be kept; `scanned_by` is blank where there is no virus scanner."""

    made: Made
    label: str
    shows: str
    taken: When | None
    scanned_by: str


@dataclass(frozen=True, slots=True)
class FileCard:
    """What a page says of a file, without its bytes."""

    id: UUID
    entry: UUID
    sort: Sort
    label: str
    shows: str
    taken: When | None
    thumbnail: bytes
    size: int
    pages: int
    removed: tuple[str, ...]
    scanned_by: str
    agency: str
    by_name: str
    at: datetime
    readable: bool
    """Whether words can be read in it, page by page."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """That a virus was found in a file, for the information governance lead: who sent it and what was found."""

    found: str
    digest: str
    size: int
    agency: str
    by_name: str
    at: datetime
