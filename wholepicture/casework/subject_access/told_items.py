"""To whom a person’s information was given or refused, and who asked, each an item (UK GDPR Article 15(1)(c))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from wholepicture.access.roles import ROLES
from wholepicture.casework.disclosure.queries import DisclosureCard, RequestCard, Step, disclosures_of, requests_of
from wholepicture.casework.disclosure.rules import GONE, state_of
from wholepicture.casework.disclosure.told import Beside, told_beside
from wholepicture.casework.disclosure.types import Channel, DocumentKind, Event, RecipientKind
from wholepicture.casework.subject_access.types import DISCLOSURE, PROTECTS, Item, Part
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.record.kinds import value_label

_PROTECTING: Final = frozenset({"marac", "crime", "ca1989-s47"})
"""Laws by which something is shared because somebody is in danger: that it was shared may itself be what harms."""


def told_items(person: UUID, day: date) -> list[Item]:
    """Every share, refusal and asking about the person that was on the ledger by a day, and what went beside others."""
    cards = [c for c in disclosures_of(person) if _day(_recorded(c)) <= day]
    corrected = {c.supersedes for c in cards if c.supersedes}
    found = [_item(card, person, day, corrected=card.id in corrected) for card in cards]
    found += [_asked(one, person) for one in requests_of(person) if _day(one.at) <= day]
    return [*found, *(_beside(one, person) for one in told_beside(person, day))]


def _item(card: DisclosureCard, person: UUID, day: date, *, corrected: bool) -> Item:
    state = state_of(s.event for s in card.steps if _day(s.at) <= day)
    gone, refused = state in GONE, card.outcome.value == "refused"
    what = "Shared with somebody" if gone else "Refused to somebody" if refused else "Made to be shared, and not sent"
    parts = tuple(Part(*row) for row in _said(card, person, day, corrected=corrected) if row[2])
    kind, on = _kind(card.gateway.code if card.gateway else ""), _day(card.at)
    return Item(card.id, kind, on, When.on(on).in_words(), what, parts)


def _said(card: DisclosureCard, person: UUID, day: date, *, corrected: bool) -> Iterator[tuple[str, str, str]]:
    words = card.words
    yield "to", "To whom", _to(card, person)
    yield "what", "What", _what(card)
    yield "how", "How", Channel(card.channel).words if card.channel else ""
    yield "law", "By which law", f"{card.gateway.law}: {card.gateway.words}" if card.gateway else ""
    yield "asked", "Asked for", "Yes" if card.requested else "No: it was offered unasked"
    if words is not None:
        yield "reason", "Why it was refused", words.reason
        yield "purpose", "What for", words.purpose
        yield "basis", "On what basis", words.basis
        yield "told", "Why the family were not told", words.told_words
        yield "harm", "Harm that was weighed", words.harm_words
        yield "conditions", "On what conditions", words.conditions
        # An address is never given by way of what was posted to it: it may be somebody's safe place (ADR 0061).
        yield "address", "Address that it was posted to", "Held" if words.address else ""
        yield "text", "What was written or told", words.text
    steps = [s for s in card.steps if _day(s.at) <= day]
    yield "steps", "What became of it", "\n".join(map(_step, steps))
    corrects = any(s.event is Event.CORRECTED for s in steps)
    yield "corrects", "Correction", "This corrects an earlier row of the ledger." if corrects else ""
    yield "corrected", "Correction", "A later row of the ledger corrects this." if corrected else ""


def _step(step: Step) -> str:
    did = value_label(step.event.value).lower()
    return f"{When.at(step.at).in_words()}: {did}, {step.by_name}. {step.words}".strip()


def _to(card: DisclosureCard, person: UUID) -> str:
    """Whom it went to. A professional is named, as anybody acting in role; of the family only the person themself."""
    kind, words = card.recipient_kind, card.words
    if kind is RecipientKind.FAMILY:
        if words is not None and words.recipient_person == person:
            return "This person"
        return ", ".join(p for p in ("A member of the family", card.recipient_role) if p)
    role = ROLES[card.recipient_role].name if card.recipient_role in ROLES else card.recipient_role
    named = [words.recipient_name if words else "", role, card.recipient_organisation]
    return ", ".join(p for p in named if p) or kind.words


def _what(card: DisclosureCard) -> str:
    kind = DocumentKind(card.document).words if card.document else ""
    return f"{kind}, {card.kept} {'entry' if card.kept == 1 else 'entries'}" if kind and card.kept else kind


def _asked(one: RequestCard, person: UUID) -> Item:
    asker, on = one.asker, _day(one.at)
    role = ROLES[asker.role].name if asker.role in ROLES else asker.role
    who = ", ".join(p for p in (asker.name, role, asker.organisation) if p)
    if asker.kind is RecipientKind.FAMILY:
        who = "This person" if asker.person == person else "A member of the family"
    said = [("from", "Who asked", who), ("asked", "What for", one.asked), ("purpose", "Why", one.purpose),
            ("written", "Written by", one.by_name)]  # fmt: skip
    parts = tuple(Part(*row) for row in said if row[2])
    return Item(one.id, DISCLOSURE, on, When.on(on).in_words(), "Somebody asked for information", parts)


def _beside(one: Beside, person: UUID) -> Item:
    role = ROLES[one.role].name if one.kind.professional and one.role in ROLES else one.kind.words
    law = f"{one.gateway.law}: {one.gateway.words}" if one.gateway else ""
    number = f"{one.entries} {'entry' if one.entries == 1 else 'entries'} about this person"
    parts = (Part("to", "To whom", role), Part("what", "What", f"{number}, in what was sent about another person"),
             Part("law", "By which law", law))  # fmt: skip
    code = one.gateway.code if one.gateway else ""
    return Item(uuid5(person, str(one.disclosure)), _kind(code), one.day, When.on(one.day).in_words(),
                "Shared with somebody", tuple(p for p in parts if p.text))  # fmt: skip


def _kind(gateway: str) -> str:
    return PROTECTS if gateway in _PROTECTING else DISCLOSURE


def _recorded(card: DisclosureCard) -> datetime:
    """When it was put on the ledger, which for a correction is later than the day it speaks of."""
    return next((s.at for s in card.steps if s.event in (Event.MADE, Event.CORRECTED)), card.at)


def _day(moment: datetime) -> date:
    return moment.astimezone(ENGLAND).date()
