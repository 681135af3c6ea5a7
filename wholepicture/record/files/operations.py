"""Writes about files: looked at and made anew first, outside any transaction; then kept beside an entry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from wholepicture.access.operations import acting
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.files.making import made_anew
from wholepicture.foundation.files.scanning import Verdict, scan
from wholepicture.foundation.files.sniff import too_big
from wholepicture.foundation.files.types import MOST_BYTES
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.record.files.rules import label_of
from wholepicture.record.files.types import CLAMAV, MOST_FILES, Offered, Ready
from wholepicture.record.models import EntryRow, FileRow, RefusedFileRow
from wholepicture.record.operations import author_of

SHORTEST_WORDS = 5  # characters: a word or two that somebody who cannot see it can use


def make_ready(*, authority: Authority, offered: Offered, now: datetime) -> Ready:
    """Look at a file for viruses, where there is a scanner, and make it anew; it is not kept yet.

    Refuses a file over the cap, of another sort, damaged or with a virus; of the file itself nothing is kept then.
    """
    if len(offered.data) > MOST_BYTES:
        raise too_big(len(offered.data))
    if len(offered.shows.strip()) < SHORTEST_WORDS:
        raise Refused("shows", "Say what the file shows, for whoever cannot see it.")
    by = look_for_viruses(authority=authority, data=offered.data, now=now)
    made = made_anew(offered.data)
    return Ready(made, label_of(offered.name, made.sort), offered.shows.strip(), offered.taken, by)


def look_for_viruses(*, authority: Authority, data: bytes, now: datetime) -> str:
    """Look at bytes from outside before anything reads them; who looked, blank where there is no scanner.

    Refuses a virus, once it is written down for the information governance lead, and anything at all while a scanner
    that is set up does not answer.
    """
    scanned = scan(data, settings.CLAMD)
    if scanned.verdict is Verdict.NO_ANSWER:
        raise Refused(
            "scanner", "The virus scanner does not answer, so the file was not kept. Try again in a few minutes."
        )
    if scanned.verdict is Verdict.FOUND:
        _tell(authority, data, scanned.name, now)
        raise Refused(
            "virus",
            "A virus was found in the file, so it was not kept. Do not open it again or send it on. "
            "The information governance lead has been told: ring your IT service desk.",
        )
    return CLAMAV if scanned.verdict is Verdict.CLEAN else ""


def keep_file(*, authority: Authority, person: UUID, entry: UUID, ready: Ready, now: datetime) -> UUID:
    """Keep a file beside an entry of the actor's own agency; returns the file.

    An entry is one agency's word, so nobody adds to another's. Refuses a file that stands there already, or one too
    many.
    """
    with acting(replace(authority, act="file:add"), person=person, entry=entry):
        if not EntryRow.objects.filter(id=entry, agency=authority.actor.agency).exists():
            raise Refused("absent", "There is no entry of your agency’s here.")
        digest = hashlib.sha256(ready.made.data).hexdigest()
        kept = FileRow.objects.filter(entry_id=entry)
        if kept.filter(digest=digest).exists():
            raise Refused("file-again", "This file stands beside the entry already. Nothing was added twice.")
        if kept.count() >= MOST_FILES:
            raise Refused("file-count", f"The entry has {MOST_FILES} files, the most it can have. Write a new entry.")
        row = _row(authority, entry, ready, digest, now)
        row.save(force_insert=True)
    return row.id


def _tell(authority: Authority, data: bytes, found: str, now: datetime) -> None:
    actor = authority.actor
    with acting(replace(authority, act="file:virus")):
        RefusedFileRow.objects.create(
            found=found, digest=hashlib.sha256(data).hexdigest(), size=len(data), agency=actor.agency, team=actor.team,
            by=author_of(authority), by_name=actor.name, at=now,
        )  # fmt: skip


def _row(authority: Authority, entry: UUID, ready: Ready, digest: str, now: datetime) -> FileRow:
    made = ready.made
    return FileRow(
        id=new_id(), entry_id=entry, sort=made.sort.value, label=ready.label, shows=ready.shows,
        taken=ready.taken.stated if ready.taken else "", data=made.data, thumbnail=made.thumbnail, digest=digest,
        size=len(made.data), pages=made.pages, removed=json.dumps(made.removed, ensure_ascii=False),
        words=json.dumps(made.words, ensure_ascii=False) if made.words else "",
        scanned_by=ready.scanned_by, agency=authority.actor.agency, by=author_of(authority),
        by_name=authority.actor.name, at=now,
    )  # fmt: skip
