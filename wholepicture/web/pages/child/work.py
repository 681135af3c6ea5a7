"""What is due about a child and from whom, as the record says: actions, requests and decisions without an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import Entry
from wholepicture.web.drawings.words import agency_words, kind_words
from wholepicture.web.pages.child.chronology import concerns
from wholepicture.web.words import count


@dataclass(frozen=True, slots=True)
class Due:
    """Something that an entry asks of an agency: by when, and how it stands on the page's day."""

    entry: str
    what: str
    summary: str
    owner: str
    asked: str
    due: str
    state: str
    late: bool
    done: bool


def due_of(record: FamilyRecord, child: str | None, day: date) -> list[Due]:
    """What is still open first, the longest waiting first; then what was done, the latest first."""
    found = [(e, d) for e in record.entries if concerns(record, e, child) and e.id not in record.superseded
             for d in _due(e, day)]  # fmt: skip
    found.sort(key=lambda pair: pair[0].occurred.sort_key())
    rows = [d for _, d in found]
    return [d for d in rows if not d.done] + [d for d in reversed(rows) if d.done]


def _due(entry: Entry, day: date) -> Iterator[Due]:
    if entry.kind == "action":
        yield _item(entry, day, owner=entry.text("owner") or entry.agency, closes="done", said="Done")
    elif entry.kind == "information_request":
        yield _item(entry, day, owner=entry.text("to"), closes="answered", said="Answered")
    elif entry.kind == "referral":
        decided = entry.text("outcome") not in ("", "pending", "not_recorded")
        yield _item(entry, day, owner=entry.text("to"), closes="decided", said="Decided", settled=decided)
    elif entry.kind in ("strategy_discussion", "meeting") and "minutes_sent" in entry.details:
        yield _item(entry, day, owner=entry.agency, closes="minutes_sent", said="Minutes sent")


def _item(entry: Entry, day: date, *, owner: str, closes: str, said: str, settled: bool = False) -> Due:
    closed, due = entry.day(closes), entry.day("due")
    done = closed is not None or settled
    late = not done and due is not None and due.certainly_before(day)
    waited = max(0, (day - entry.occurred.latest).days)
    if closed is not None:
        state = f"{said} {closed.in_words()}"
    elif settled:
        state = f"{said}; the day is not on record"
    elif entry.never(closes):
        state = "Never done, as the record has it"
    else:
        state = f"Nothing on record after {count(waited, 'day')}"
    return Due(
        entry=entry.id,
        what=kind_words(entry.kind),
        summary=entry.summary,
        owner=agency_words(owner) if owner else "nobody named",
        asked=f"{agency_words(entry.agency)}, {entry.occurred.in_words()}",
        due=due.in_words() if due else "",
        state=state,
        late=late,
        done=done,
    )
