"""The entries that a notice is: the incident on every child and adult, and each child's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from wholepicture.casework.notice.rules import stock_phrase_stands
from wholepicture.casework.notice.types import Notice, SeenChild
from wholepicture.foundation.authority import Actor
from wholepicture.foundation.when import When
from wholepicture.record.operations import NewEntry
from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent


def told_receipts(agency: str, now: datetime) -> tuple[Receipt, ...]:
    """Sent to the front door and received there in the same moment: no post, no batch (R7, R19)."""
    return tuple(Receipt(agency, event, When.at(now)) for event in (ReceiptEvent.SENT, ReceiptEvent.RECEIVED))


def incident_entry(
    notice: Notice,
    actor: Actor,
    adults: Sequence[UUID],
    children: Sequence[UUID],
    receipts: tuple[Receipt, ...],
    now: datetime,
) -> NewEntry:
    """The incident: each adult in their part, and each child of the home as affected, there or not (2021 Act s3)."""
    about: list[tuple[UUID, AboutRole]] = []
    for identity, adult in zip(adults, notice.adults, strict=True):
        about += [(identity, role) for role in (adult.part.roles if adult.part else (AboutRole.PRESENT,))]
    for identity, child in zip(children, notice.children, strict=True):
        about.append((identity, AboutRole.AFFECTED))
        if child.present and not child.unborn:
            about.append((identity, AboutRole.PRESENT))
    return NewEntry(
        kind="domestic_abuse_incident",
        occurred=notice.occurred or When.at(now),
        recorded=When.at(now),
        agency=actor.agency,
        author_role=actor.role.replace("_", " "),
        about=tuple(about),
        summary=notice.circumstances,
        details=incident_details(notice),
        receipts=receipts,
        source=f"Notice {notice.reference}",
        source_key=f"notice:{notice.token}",
    )


def incident_details(notice: Notice) -> dict[str, object]:
    """The facts as structured fields (R2); what nobody said is left out, never written as “no”."""
    born = [c for c in notice.children if not c.unborn]
    stated: dict[str, object | None] = {
        **notice.facts,
        "grade": notice.grade or None,
        "tool": notice.tool or None,
        "child_grade": notice.child_grade or None,
        "children_present": _any([c.present for c in born]),
        "children_seen": _all([c.seen for c in born]),
        "children_spoken_to": _all([c.spoken_to if c.seen else c.seen for c in born]),
        "phrase_safe_and_well": True if stock_phrase_stands(notice) else None,
        "reference": notice.reference,
    }
    return {name: value for name, value in stated.items() if value is not None}


def words_entries(
    notice: Notice, actor: Actor, children: Sequence[UUID], receipts: tuple[Receipt, ...], now: datetime
) -> Iterator[NewEntry]:
    """What each child said, as an entry of its own that shows wherever the child's voice is looked for (R94)."""
    for n, (identity, child) in enumerate(zip(children, notice.children, strict=True)):
        if child.words:
            yield NewEntry(
                kind="childs_words",
                occurred=notice.occurred or When.at(now),
                recorded=When.at(now),
                agency=actor.agency,
                author_role=actor.role.replace("_", " "),
                about=((identity, AboutRole.SUBJECT),),
                summary=f"Said at the incident, to {child.spoken_by or 'police'}: “{child.words}”",
                details=_words_details(child),
                receipts=receipts,
                source=f"Notice {notice.reference}",
                source_key=f"notice:{notice.token}:words:{n}",
            )


def _words_details(child: SeenChild) -> dict[str, object]:
    stated: dict[str, object | None] = {
        "words": child.words,
        "language": child.language or None,
        "alone": child.alone,
        "interpreter_used": True if child.interpreter == "professional" else None,
        "interpreter_was": child.interpreter if child.interpreter in ("professional", "relative", "child") else None,
    }
    return {name: value for name, value in stated.items() if value is not None}


def _any(flags: Sequence[bool | None]) -> bool | None:
    """True where one is; False only where all are known and none is."""
    return True if True in flags else False if flags and None not in flags else None


def _all(flags: Sequence[bool | None]) -> bool | None:
    """False where one is: a single child unseen makes “children seen” untrue (R36)."""
    return False if False in flags else True if flags and None not in flags else None
