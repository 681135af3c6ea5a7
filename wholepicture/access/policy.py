"""What of a record each role may read, as prose: read it aloud to a Caldicott Guardian.

Nothing here is about a child whom the reader has no live relationship to: of such a child nobody reads anything
(involvement decides, in the database). This table says how much of a child whom they are involved with a role may
read, by the kind of thing it is (Caldicott principles 2 to 4: use only what is needed, by those who need it).

Whatever the table says, three things are always read whole: what the reader's own agency wrote, what was sent to
that agency or received by it, and what that agency was asked about (asking stamps a receipt). And whoever is
stopped from a person (self, family, colleague, linked alleged perpetrator) reads nothing of them at all.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


class Level(enum.StrEnum):
    """How much of an entry is shown. Below content a page says whom to ask (principles 8 and 9)."""

    CONTENT = "content"  # the entry as written
    HEADLINE = "headline"  # its kind, its agency and its day
    EXISTENCE = "existence"  # that an agency holds something on that day, and no more


class FieldClass(enum.StrEnum):
    """What sort of thing an entry tells."""

    EVERYDAY = "everyday"  # school and nursery life, attendance, family support
    CHILD_HEALTH = "child_health"  # the child's own health, growth and attendances
    ADULT_HEALTH = "adult_health"  # a parent's or carer's health, pregnancy, substance use
    DOMESTIC_ABUSE = "domestic_abuse"  # incidents, risk grades, MARAC
    POLICE = "police"  # investigations, checks on adults, probation
    SOCIAL_CARE = "social_care"  # referrals, enquiries, assessments, plans, courts
    CHILDS_VOICE = "childs_voice"  # what the child said
    HOME = "home"  # housing, who lives there, fire safety


E, C, A, D, P, S, V, H = FieldClass
EVERYTHING: Final = tuple(FieldClass)

KINDS: Final[dict[FieldClass, tuple[str, ...]]] = {
    E: ("attendance", "school_move", "death"),
    C: ("measurement", "test_result", "registration", "hospital_attendance", "medical_finding", "health_review",
        "birth"),
    A: ("parental_health", "pregnancy"),
    D: ("domestic_abuse_incident", "marac"),
    P: ("police_contact", "police_investigation", "adult_check"),
    S: ("public_concern", "referral", "screening", "strategy_discussion", "enquiry", "assessment", "case",
        "conference", "plan", "legal"),
    V: ("childs_words",),
    H: ("housing", "household_change"),
}  # fmt: skip
"""Kinds of entry whose class is the same whoever writes them."""

BY_AUTHOR: Final = (
    "contact", "visit", "injury", "appointment", "call", "letter", "welfare_concern", "parent_account",
    "information_request", "meeting", "action", "supervision", "record_transfer", "disagreement", "note",
)  # fmt: skip
"""Kinds that tell what their author's work is about: a note by a mental health team is about an adult's health."""

AUTHORS: Final[dict[FieldClass, tuple[str, ...]]] = {
    E: ("school", "early_years", "education_welfare", "voluntary"),
    C: ("health_visiting", "school_nursing", "midwifery", "gp", "hospital_ae", "hospital", "community_paediatrics",
        "ambulance"),
    A: ("mental_health", "substance_misuse_service"),
    D: ("domestic_abuse_service",),
    P: ("police", "probation"),
    S: ("social_care", "court", "public", "other"),
    V: (),
    H: ("housing", "fire"),
}  # fmt: skip
"""The class of what an agency of that kind writes, for the kinds of `BY_AUTHOR`."""

UNKNOWN: Final = FieldClass.POLICE
"""The class of a kind or an author that this table does not know: the one that fewest roles read whole."""

_CLASS_OF_KIND: Final = {kind: found for found, kinds in KINDS.items() for kind in kinds}
_CLASS_OF_AUTHOR: Final = {agency: found for found, agencies in AUTHORS.items() for agency in agencies}


def class_of(kind: str, agency: str) -> FieldClass:
    """What sort of thing an entry of this kind, written by this agency (`school/st-marys`), tells."""
    if kind in BY_AUTHOR:
        return _CLASS_OF_AUTHOR.get(agency.partition("/")[0], UNKNOWN)
    return _CLASS_OF_KIND.get(kind, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Grant:
    """What holders of these roles may read of these classes, and why, in a sentence for the Caldicott Guardian."""

    roles: tuple[str, ...]
    level: Level
    classes: tuple[FieldClass, ...]
    why: str


CONTENT, HEADLINE, EXISTENCE = Level

_DECIDES = ("screening_worker", "social_worker", "chair", "manager")
_HEALTH = ("health_visitor", "school_nurse", "midwife", "gp", "paediatrician", "ae_liaison", "named_nurse")

GRANTS: Final = (
    Grant(_DECIDES, CONTENT, EVERYTHING,
          "Whoever decides about a child's protection weighs everything that is known (Children Act 1989 ss17, 47)."),
    Grant(_HEALTH, CONTENT, (C, A),
          "They treat the child and the parents, and a parent's illness changes what a child needs."),
    Grant(_HEALTH, CONTENT, (D, S, V, E, H),
          "What they find in a child means little without the home, the harm and the plan around it."),
    Grant(_HEALTH, HEADLINE, (P,),
          "That the police are involved changes a visit; the investigation itself is for the police to tell."),
    Grant(("dsl",), CONTENT, (E, V, D, S, H),
          "The school sees the child every day, and supports the plan (Keeping Children Safe in Education; "
          "Operation Encompass)."),
    Grant(("dsl",), HEADLINE, (C,),
          "A school plans for a child's health needs, and asks the school nurse for what they are."),
    Grant(("dsl",), EXISTENCE, (A, P),
          "A parent's illness or an investigation is not a school's to read; whom to ask is."),
    Grant(("police_officer",), CONTENT, (P, D, S, V, H),
          "They investigate and protect (s47), and must know the plan, the home and the child's own words."),
    Grant(("police_officer",), HEADLINE, (E, C),
          "When and where a child was seen is a line of enquiry; the record is asked for, with a reason."),
    Grant(("police_officer",), EXISTENCE, (A,),
          "A parent's health record is asked of its holder, who weighs the disclosure."),
    Grant(("practitioner",), CONTENT, (E, H),
          "Other agencies help with daily life and the home."),
    Grant(("practitioner",), HEADLINE, (D,),
          "Nobody should visit unaware of violence in the home; the particulars are for those who manage the risk."),
    Grant(("practitioner",), EXISTENCE, (C, A, P, S, V),
          "They are told that others hold something, and whom to ask."),
)  # fmt: skip

READS_NOTHING: Final = {
    "teacher": "A teacher logs worries; the designated lead sees the sequence.",
    "board_officer": "The board sees figures, not children's records.",
    "ig_lead": "The ledger says who looked; it does not need what they saw.",
}
"""Roles that read no entry at all, and why."""

_LEVELS: Final = {(r, c): g.level for g in GRANTS for r in g.roles for c in g.classes}


def level_of(role: str, found: FieldClass) -> Level | None:
    """How much of a class holders of a role may read; None is nothing, not even that it exists."""
    return _LEVELS.get((role, found))


def readable(role: str) -> frozenset[FieldClass]:
    """The classes that holders of a role read whole."""
    return frozenset(c for c in FieldClass if level_of(role, c) is CONTENT)


def grants_of(role: str) -> Iterator[Grant]:
    """What the policy says of a role, in its own order."""
    return (g for g in GRANTS if role in g.roles)


class Stop(enum.StrEnum):
    """Why a practitioner may never see a person, whatever their role, and break-glass or not."""

    SELF = "self"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    LINKED_PERPETRATOR = "linked_perpetrator"


MAY_REVIEW_GLASS: Final = ("ig_lead", "manager", "named_nurse")
"""Roles that review a break-glass: never the one who broke it, and never a member of their team."""


PLACE_KINDS: Final = ("housing", "household_change", "school_move", "registration")
"""Kinds of entry that tell where somebody is: a new school or surgery leads to the door as an address does."""

PLACE_DETAILS: Final = ("address_key", "area", "other_school")
"""Details of an entry of any kind that tell where somebody is."""

MAY_RELEASE: Final = ("manager", "named_nurse", "ig_lead")
"""Roles that decide whether a shielded address is released: never the asker, the reader, or either's team.

They answer for a service's sharing (Caldicott principle 6), and are not those who need the address that hour.
"""

_NAMED_AGENCY: Final = re.compile(f'"({"|".join(code for codes in AUTHORS.values() for code in codes)})/[^"]')


def is_place(agency: str) -> bool:
    """Whether an agency's code names a place (`school/oak`, `police/warwickshire`), and not an area’s only one."""
    return "/" in agency


def tells_place(kind: str, agency: str, details: str) -> bool:
    """Whether an entry tells where its people are: by its kind, by who wrote it, or in its details (as JSON)."""
    if kind in PLACE_KINDS or is_place(agency) or _NAMED_AGENCY.search(details):
        return True
    return any(f'"{name}":' in details for name in PLACE_DETAILS)
