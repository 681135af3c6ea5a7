"""From a filled form to a file: which entries may go to this recipient, what is left out, and the letter or table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from wholepicture.casework.disclosure.facts import LEDGER
from wholepicture.casework.disclosure.operations import prepare
from wholepicture.casework.disclosure.rules import told_of
from wholepicture.casework.disclosure.types import (
    Block,
    Channel,
    DocumentKind,
    Draft,
    LeftOut,
    Made,
    Offered,
    Recipient,
    RecipientKind,
    Threshold,
    Why,
)
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.letters import Letter
from wholepicture.foundation.sheets import Sheet
from wholepicture.people.types import FamilyRecord
from wholepicture.record.kinds import agency_label
from wholepicture.record.types import Entry, agency_kind
from wholepicture.web.navigation import role_title
from wholepicture.web.pages.child.chronology import ChronologyFilter, chosen
from wholepicture.web.pages.child.entries import EntryRow, rows_of
from wholepicture.web.pages.child.exports import HEADINGS, WIDTHS, cells_of
from wholepicture.web.pages.child.opened import Opened
from wholepicture.web.words import count, say_date

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Files:
    """Who writes which file, and who opens one to search it: wired in `config.urls`."""

    word: Callable[[Sheet], bytes]
    comma: Callable[[Sheet], bytes]
    letter: Callable[[Letter], bytes]
    opens: Callable[[Made], Any]
    shows: Callable[[Made], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Filled:
    """The form, as far as a draft is made of it."""

    document: DocumentKind
    recipient: Recipient
    channel: Channel
    address: str
    why: Why
    text: str = ""
    conditions: str = ""
    first: date | None = None
    last: date | None = None
    supersedes: UUID | None = None
    left_words: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry that a chronology might hold: its row, and why it does not go to this recipient, where it does not."""

    entry: Entry
    row: EntryRow
    reason: LeftOut | None

    @property
    def id(self) -> UUID:
        """Which entry."""
        return UUID(self.entry.id)


def filled(data: Mapping[str, Any], document: DocumentKind, to: Recipient, request: UUID | None,
           supersedes: UUID | None) -> Filled:  # fmt: skip
    """The cleaned fields as values."""
    told = data["told"] == "yes"
    why = Why(
        data["purpose"], data["gateway"], Threshold(data["threshold"]), data["basis"], told,
        "" if told else data["told_words"], data["harm_words"], data.get("conditions", ""), request,
    )  # fmt: skip
    spoken = document is DocumentKind.SPOKEN
    channel = Channel.TOLD if spoken else Channel(data["channel"])
    return Filled(
        document, to, channel, data.get("address", "") if channel is Channel.POST else "", why, data.get("text", ""),
        data.get("conditions", ""), data.get("first"), data.get("last"), supersedes,
        data.get("left_words", ""),
    )  # fmt: skip


def offers(opened: Opened, form: Filled, authority: Authority) -> list[Offer]:
    """The entries of the days that were chosen, each with why it does not go; call inside `reading`."""
    rows = _rows(opened, form)
    offered = [_offered(opened.record, entry, row) for entry, row in rows]
    out = prepare(authority=authority, child=opened.child, recipient=form.recipient, offered=offered)
    return [Offer(entry, row, out.get(UUID(entry.id))) for entry, row in rows]


def drawn(
    opened: Opened, form: Filled, viewer: Viewer, files: Files, offered: Sequence[Offer], by_hand: frozenset[UUID]
) -> tuple[Draft, Made]:
    """The draft and its file, without the entries that were left out by hand.

    Call inside `reading`, since it holds what the sender may read, and no more.
    """
    draft = Draft(
        opened.child, form.recipient, form.document, form.channel, form.why, form.address, form.text,
        supersedes=form.supersedes,
    )  # fmt: skip
    short = str(opened.child)[-6:]
    if form.document.written_here:
        return draft, Made(f"letter-{short}.docx", WORD, files.letter(_letter(opened, form, viewer)))
    out = {o.id: o.reason or LeftOut.SENDER for o in offered if o.reason or o.id in by_hand}
    kept = [o for o in offered if o.id not in out]
    sheet = _sheet(opened, form, viewer, [o.row for o in kept], out)
    word = form.document is DocumentKind.CHRONOLOGY_WORD
    made = Made(
        f"chronology-{short}.{'docx' if word else 'csv'}", WORD if word else CSV,
        files.word(sheet) if word else files.comma(sheet),
    )  # fmt: skip
    held = replace(draft, kept=tuple(o.id for o in kept), left_out=tuple(out.items()), left_words=form.left_words)
    return held, made


def left_out_words(out: Mapping[LeftOut, int], to: RecipientKind) -> tuple[str, ...]:
    """What a document says of what it leaves out. Family are not told which: that a place is kept is itself a lead."""
    if not out:
        return ()
    total = count(sum(out.values()), "entry is", "entries are")
    if to is RecipientKind.FAMILY:
        return (f"{total} left out: about other people, said in confidence, or held back by law.",)
    said = "; ".join(f"{number}: {reason.words}" for reason, number in sorted(out.items()))
    return (f"{total} left out ({said}).",)


def _rows(opened: Opened, form: Filled) -> list[tuple[Entry, EntryRow]]:
    wanted = ChronologyFilter(first=form.first, last=form.last)
    found = chosen(opened.record, opened.focus, wanted, frozenset())
    # That a letter to a father was stopped is not for the next file to tell him; a court is told what the record holds.
    told = form.recipient.kind is RecipientKind.COURT
    entries = [e for e in found if e.id not in opened.record.superseded and (told or e.source != LEDGER)]
    return list(zip(entries, rows_of(opened.record, entries, wanted, opened.day, {}), strict=True))


def _offered(record: FamilyRecord, entry: Entry, row: EntryRow) -> Offered:
    about = tuple((UUID(a.person), a.role.value) for a in entry.about)
    return Offered(UUID(entry.id), entry.kind, entry.agency, about, "\n".join(cells_of(row)), entry.shared_with)


def _sheet(
    opened: Opened, form: Filled, viewer: Viewer, rows: Sequence[EntryRow], out: Mapping[UUID, LeftOut]
) -> Sheet:
    to = form.recipient
    return Sheet(
        title=f"Chronology of {opened.person.name}",
        notes=(
            f"For {', '.join(part for part in (to.name, _role(to), to.organisation) if part)}, and for nobody else.",
            f"From {viewer.actor.name}, {role_title(viewer.actor.role)}, {say_date(opened.day)}.",
            f"{count(len(rows), 'entry', 'entries')}, as known on {say_date(opened.day)}.",
            *left_out_words(Counter(told_of(out.values(), to.kind, form.why.gateway)), to.kind),
            *([f"Conditions: {form.conditions}"] if form.conditions else []),
            "It holds what the sender may read and the recipient may be told; other agencies may hold more.",
        ),
        headings=HEADINGS,
        rows=tuple(cells_of(row) for row in rows),
        widths=WIDTHS,
    )


def _letter(opened: Opened, form: Filled, viewer: Viewer) -> Letter:
    to, actor = form.recipient, viewer.actor
    foot = "Confidential: about a child. If this is not for you, ring the sender and do not read on."
    return Letter(
        # The kind of agency and not its place or number: a letterhead has given safe addresses away.
        head=(agency_label(agency_kind(actor.agency)), settings.AREA),
        day=say_date(opened.day),
        to=tuple(part for part in (to.name, _role(to), to.organisation, *form.address.splitlines()) if part.strip()),
        title=f"About {opened.person.name}",
        paragraphs=tuple(p.strip() for p in form.text.split("\n") if p.strip())
        + ((f"Conditions: {form.conditions}",) if form.conditions else ()),
        signed=(actor.name, role_title(actor.role)),
        foot=foot,
    )


def _role(to: Recipient) -> str:
    return role_title(to.role) if to.kind.professional else ""
