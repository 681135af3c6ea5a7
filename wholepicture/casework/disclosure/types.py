"""Shares, refusals and documents on their way out, as frozen values (PRACTICE §7, Disclosure log)."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


class Worded(enum.StrEnum):
    """A coded choice that says itself in words."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Worded:
        """Keep the code as the value and the words beside it."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.words = words
        return made


class Outcome(Worded):
    """What became of it."""

    SHARED = "shared", "Shared"
    REFUSED = "refused", "Refused"


class RecipientKind(Worded):
    """Whom something is for."""

    PRACTITIONER = "practitioner", "A professional in the directory"
    PROFESSIONAL = "professional", "Another named professional"
    FAMILY = "family", "A member of the family on this record"
    COURT = "court", "A court"

    @property
    def professional(self) -> bool:
        """Whether it goes from professional to professional (R24)."""
        return self in (RecipientKind.PRACTITIONER, RecipientKind.PROFESSIONAL)


class DocumentKind(Worded):
    """What goes out."""

    CHRONOLOGY_WORD = "chronology_word", "The chronology, as a Word file"
    CHRONOLOGY_CSV = "chronology_csv", "The chronology, as CSV"
    LETTER = "letter", "A letter, written here"
    SPOKEN = "spoken", "What you will tell them, by telephone or face to face"

    @property
    def written_here(self) -> bool:
        """Whether somebody types it, and it is not made from entries."""
        return self in (DocumentKind.LETTER, DocumentKind.SPOKEN)


class Channel(Worded):
    """By which way it goes."""

    IN_APP = "in_app", "In Whole Picture: they open it here"
    SECURE_EMAIL = "secure_email", "Secure email, which you send"
    POST = "post", "Post"
    BY_HAND = "by_hand", "By hand, to them in person"
    COURT_PORTAL = "court_portal", "The court’s own portal"
    TOLD = "told", "Told by telephone or face to face"
    HAND_OF_PARENT = "hand_of_parent", "By the hand of a parent or carer"


class Threshold(Worded):
    """Where what is shared stands to the thresholds of the Children Act 1989."""

    ABOVE = "above", "At or above section 17 or 47"
    BELOW = "below", "Below section 17 and 47"


class LeftOut(Worded):
    """Why an entry does not go to this recipient. It stays on the record, whole (subject access: never in place)."""

    ROLE = "role", "not for this recipient’s role to read"
    SHIELDED = "shielded", "names a place that is kept from somebody"
    THIRD_PARTY = "third_party", "is about somebody else of whom the recipient is not the parent or carer"
    CONFIDENCE = "confidence", "is what a child said in confidence"
    INFORMANT = "informant", "would show who told us"
    ENQUIRY = "enquiry", "is police work that telling might harm"
    SENDER = "sender", "left out by the sender: not needed for the purpose, or harmful"


class StopCode(enum.StrEnum):
    """Why a document stops before it leaves."""

    LINKED = "linked_perpetrator"
    HOUSEHOLD = "household_of_perpetrator"
    SHIELDED = "shielded_place"
    SHIELDED_ADDRESS = "shielded_address"
    OLD_ADDRESS = "old_address"
    UNKNOWN_ADDRESS = "unknown_address"
    NO_ROLE = "no_role"
    KEPT_OUT = "kept_out"
    HAND_OF_PARENT = "hand_of_parent"
    STALE = "stale"
    CORRECTED = "corrected"
    UNREADABLE = "unreadable"


class Approver(enum.IntEnum):
    """Who may let it go all the same."""

    SECOND = 1
    LEAD = 2
    RELEASE = 3
    """No approval lets it go: only a release for this document, which somebody of another team grants."""
    NOBODY = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason to stop: what, in which part of the document or form, and about which entry."""

    code: StopCode
    place: str
    entry: UUID | None = None


class Event(enum.StrEnum):
    """What happened to it, in order; the state is what the events lead to."""

    MADE = "made"
    STOPPED = "stopped"
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    RECEIVED = "received"
    OPENED = "opened"
    HELD_BACK = "held_back"
    CORRECTED = "corrected"
    REVIEWED_UPHELD = "upheld"
    REVIEWED_OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom it is for. `role` is a slug of `access.roles` for a professional, and a relation in words for family."""

    kind: RecipientKind
    name: str
    role: str = ""
    organisation: str = ""
    agency: str = ""
    team: str = ""
    practitioner: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry that a document might hold: what the rules judge it by, and the text as it would stand there."""

    id: UUID
    kind: str
    agency: str
    about: tuple[tuple[UUID, str], ...]
    text: str
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: where it stands, in words, and what it says; `row` of its table, from 1, where it is one."""

    place: str
    text: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A file as made, and its name."""

    name: str
    content_type: str
    data: bytes


Opens = Callable[[Made], tuple[Part, ...]]
"""Opens a file and gives every text in it, its properties and its name; raises ValueError where it cannot."""


@dataclass(frozen=True, slots=True)
class Why:
    """On what ground something is shared or refused, as the ledger keeps it."""

    purpose: str
    gateway: str
    threshold: Threshold
    basis: str = ""
    family_told: bool = False
    told_words: str = ""
    harm_words: str = ""
    conditions: str = ""
    request: UUID | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to be shared: with whom, what, by which way, and why."""

    child: UUID
    recipient: Recipient
    document: DocumentKind
    channel: Channel
    why: Why
    address: str = ""
    text: str = ""
    kept: tuple[UUID, ...] = ()
    left_out: tuple[tuple[UUID, LeftOut], ...] = ()
    supersedes: UUID | None = None
    left_words: str = ""

    @property
    def by_hand(self) -> tuple[UUID, ...]:
        """Entries that the sender left out by hand; `left_words` says why."""
        return tuple(entry for entry, reason in self.left_out if reason is LeftOut.SENDER)


@dataclass(frozen=True, slots=True)
class Found:
    """What the record says about a draft: gathered by the engine, judged by `rules.stops`."""

    linked: bool = False
    shares_home_with_linked: bool = False
    guarded: tuple[tuple[str, UUID | None], ...] = ()
    address_known: bool = True
    address_old: bool = False
    address_shielded: bool = False
    role_known: bool = True
    kept_out: bool = False
    newer: tuple[UUID, ...] = ()
    corrected: tuple[UUID, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What the ledger should say of something that has left, where its row has a slip: blank is as it was.

    `day` is the day on which it was really shared, `name` how the recipient is spelt, `gateway` the law it went by.
    """

    reason: str
    day: date | None = None
    name: str = ""
    gateway: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a file as somebody reads it: a heading, a text, the rows of a table, or what stands in a margin."""

    sort: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not shared: who asked, why not, and who reviews that by when."""

    child: UUID
    asker: Recipient
    why: Why
    reason: str
    reviewer: UUID
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for information from outside: who asks, what for, by when."""

    child: UUID
    asker: Recipient
    asked: str
    purpose: str
    due_on: date | None = field(default=None)
