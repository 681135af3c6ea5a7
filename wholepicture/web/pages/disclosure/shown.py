"""Rows of the ledger in words, for its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.casework.disclosure.queries import DisclosureCard
from wholepicture.casework.disclosure.rules import REMEDIES
from wholepicture.casework.disclosure.types import (
    Approver,
    Channel,
    DocumentKind,
    Event,
    Outcome,
    RecipientKind,
    Stop,
    Threshold,
)
from wholepicture.web.navigation import role_title
from wholepicture.web.words import say_date, say_moment

STATES: Final[Mapping[str, str]] = {
    "ready": "Ready, not sent",
    "stopped": "Stopped, not sent",
    "approved": "Approved, not sent",
    "withdrawn": "Taken back, not sent",
    "sent": "Sent",
    "received": "Sent, and received",
    "opened": "Sent, and opened",
    "refused": "Refused, review to come",
    "upheld": "Refused, and the review agreed",
    "overturned": "Refused, and the review says share it",
}
_EVENTS: Final[Mapping[Event, str]] = {
    Event.MADE: "made it",
    Event.STOPPED: "was told that it stopped",
    Event.APPROVED: "approved that it goes",
    Event.NOT_APPROVED: "did not approve it",
    Event.WITHDRAWN: "took it back",
    Event.SENT: "sent it",
    Event.RECEIVED: "wrote down that it arrived",
    Event.OPENED: "opened it",
    Event.HELD_BACK: "left entries out by hand",
    Event.CORRECTED: "put right the row of what had been sent",
    Event.REVIEWED_UPHELD: "reviewed the refusal and agreed",
    Event.REVIEWED_OVERTURNED: "reviewed the refusal: it should be shared",
}
_APPROVERS: Final[Mapping[Approver, str]] = {
    Approver.SECOND: "somebody else with permission to share",
    Approver.LEAD: "a manager or a named nurse who may read it",
    Approver.RELEASE: "somebody of another team, by a release for this document alone",
    Approver.NOBODY: "nobody: it must be put right first",
}
WAS: Final[Mapping[str, str]] = {"sent": "sent", "received": "sent", "opened": "sent"}


@dataclass(frozen=True, slots=True)
class StopWords:
    """A stop in words: what, where, and what to do."""

    what: str
    where: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the ledger as a page shows it."""

    card: DisclosureCard
    when: str
    what: str
    to: str
    role: str
    by: str
    law: str
    threshold: str
    told: str
    channel: str
    state: str
    stops: tuple[StopWords, ...]
    approver: str
    left_out: tuple[str, ...]
    history: tuple[tuple[str, str, str], ...]

    @property
    def tag(self) -> str:
        """The colour of the state's tag."""
        if self.card.gone and self.card.superseded_by:
            return "grey"
        return {"stopped": "red", "refused": "orange", "overturned": "orange", "ready": "blue", "approved": "blue",
                "withdrawn": "grey"}.get(self.card.state, "green")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which rows the reader chose."""

    outcome: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> LedgerFilter:
        """Read `outcome`, `to`, `from` and `until`; nonsense is ignored."""
        outcome = query.get("outcome", "")
        kind = query.get("to", "")
        return cls(
            outcome if outcome in OUTCOMES else "", kind if kind in {k.value for k in RecipientKind} else "",
            _day(query.get("from", "")), _day(query.get("until", "")),
        )  # fmt: skip

    def chosen(self, cards: Iterable[DisclosureCard]) -> list[DisclosureCard]:
        """The rows that it lets through."""
        return [c for c in cards if self._fits(c)]

    def _fits(self, card: DisclosureCard) -> bool:
        state = "refused" if card.outcome is Outcome.REFUSED else WAS.get(card.state, "held")
        day = card.at.date()
        return (
            self.outcome in ("", state)
            and self.kind in ("", card.recipient_kind.value)
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
        )


OUTCOMES: Final = {"sent": "Shared", "refused": "Refused", "held": "Not sent"}


def line_of(card: DisclosureCard) -> Line:
    """A row in words."""
    words = card.words
    hidden = "Not named to you" if card.recipient_kind.professional else card.recipient_kind.words
    name = words.recipient_name if words else hidden
    role = role_title(card.recipient_role) if card.recipient_kind.professional else card.recipient_role
    refused = card.outcome is Outcome.REFUSED
    return Line(
        card=card,
        when=say_moment(card.at),
        what="Information was refused" if refused else DocumentKind(card.document).words,
        to=name,
        role=", ".join(part for part in (role, card.recipient_organisation) if part),
        by=f"{card.by_name}, {role_title(card.by_role)}",
        law=card.gateway.law if card.gateway else "",
        threshold=Threshold(card.threshold).words,
        told="The family know" if card.family_told else "The family are not told",
        channel=Channel(card.channel).words if card.channel else "",
        state=f"{STATES[card.state]}; put right since" if card.gone and card.superseded_by else STATES[card.state],
        stops=tuple(stop_words(card.stops)),
        approver=_APPROVERS[card.approver] if card.approver else "",
        left_out=_left_out(card),
        history=tuple((say_moment(s.at), _did(s.event, s.by_name, s.by_role), s.words) for s in card.steps),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction put right: what it is, what the earlier row said, and what this one says."""

    label: str
    was: str
    now: str


def changes(earlier: DisclosureCard | None, card: DisclosureCard) -> list[Change]:
    """What a row that corrects an earlier one says otherwise, as far as the reader may read both."""
    if earlier is None or not card.corrects:
        return []
    was, now = line_of(earlier), line_of(card)
    found = [Change("Date", say_date(earlier.at), say_date(card.at)), Change("Law", was.law, now.law)]
    if earlier.words and card.words:
        found.append(Change("Recipient’s name", was.to, now.to))
    return [c for c in found if c.was != c.now]


def stop_words(stops: Iterable[Stop]) -> Iterable[StopWords]:
    """Each sort of stop once, with every place where it was found."""
    places: dict[str, dict[str, None]] = {}
    for stop in stops:
        places.setdefault(stop.code.value, {})[stop.place] = None
    for stop in {s.code.value: s for s in stops}.values():
        remedy = REMEDIES[stop.code]
        yield StopWords(remedy.words, tuple(places[stop.code.value]), remedy.remedy)


def _did(event: Event, name: str, role: str) -> str:
    return f"{name}{', ' + role_title(role) if role else ''}, {_EVENTS[event]}"


def _left_out(card: DisclosureCard) -> tuple[str, ...]:
    reasons = Counter(reason for _, reason in card.items if reason)
    said = [f"{number}: {reason.words}" for reason, number in sorted(reasons.items())]
    unread = card.left_altogether - sum(reasons.values())
    return (*said, *([f"{unread}: not for you to read"] if unread else []))


def review_words(card: DisclosureCard) -> str:
    """Who reviews a refusal, by when."""
    return f"{card.reviewer_name} reviews it by {say_date(card.review_by)}" if card.review_by else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
