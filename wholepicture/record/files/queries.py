"""Reads of files. Row-level security shows the files of those entries that the viewer reads; inside `viewing`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from wholepicture.foundation.files.types import Sort
from wholepicture.foundation.when import When
from wholepicture.record.files.types import FileCard, RefusedFile
from wholepicture.record.models import FileRow, RefusedFileRow

_CARD = ("id", "entry_id", "sort", "label", "shows", "taken", "thumbnail", "size", "pages", "removed", "scanned_by",
         "agency", "by_name", "at", "readable")  # fmt: skip


def files_of(entries: Iterable[UUID], *, by: datetime | None = None) -> dict[UUID, list[FileCard]]:
    """The files beside each of these entries, the first added first; only those added `by` a moment, if one is given.

    Without their bytes: those are read one file at a time, each with an audit row of its own.
    """
    rows = _cards().filter(entry_id__in=list(entries))
    if by is not None:
        rows = rows.filter(at__lte=by)
    found: dict[UUID, list[FileCard]] = defaultdict(list)
    for row in rows.order_by("at", "id").values_list(*_CARD):
        card = _card(*row)
        found[card.entry].append(card)
    return dict(found)


def file_with_bytes(file: UUID) -> tuple[FileCard, bytes] | None:
    """A file and its bytes; None where the viewer may not read the entry that it stands beside, or there is none."""
    row = _cards().filter(id=file).values_list(*_CARD, "data").first()
    return (_card(*row[:-1]), bytes(row[-1])) if row else None


def file_with_words(file: UUID) -> tuple[FileCard, tuple[str, ...]] | None:
    """A file and the words that can be seen on each of its pages; None as for its bytes, or where none can be read."""
    row = _cards().filter(id=file).exclude(words="").values_list(*_CARD, "words").first()
    return (_card(*row[:-1]), tuple(json.loads(row[-1]))) if row else None


def _cards() -> QuerySet[FileRow]:
    return FileRow.objects.annotate(readable=~Q(words=""))


def refused_files(*, limit: int = 200) -> list[RefusedFile]:
    """Files in which a virus was found, the latest first; nothing but to the information governance lead."""
    rows = RefusedFileRow.objects.order_by("-at", "-id")[:limit]
    return [RefusedFile(*row) for row in rows.values_list("found", "digest", "size", "agency", "by_name", "at")]


def _card(
    key: UUID, entry: UUID, sort: str, label: str, shows: str, taken: str, thumbnail: bytes, size: int, pages: int,
    removed: str, scanned_by: str, agency: str, by_name: str, at: datetime, readable: bool,
) -> FileCard:  # fmt: skip
    return FileCard(
        id=key, entry=entry, sort=Sort(sort), label=label, shows=shows, taken=When.parse(taken) if taken else None,
        thumbnail=bytes(thumbnail), size=size, pages=pages, removed=tuple(json.loads(removed)), scanned_by=scanned_by,
        agency=agency, by_name=by_name, at=at, readable=readable,
    )  # fmt: skip
