"""A notice as its sender states it: adults, children as seen, facts of violence; blank is not known, never "no"."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wholepicture.foundation.when import When
from wholepicture.people.types import Relation
from wholepicture.record.types import AboutRole


class Part(enum.StrEnum):
    """The part an adult played. Violence may go both ways, and the record says so (R2)."""

    VICTIM = "victim"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    BOTH = "both"
    PRESENT = "present"

    @property
    def roles(self) -> tuple[AboutRole, ...]:
        """The roles of an entry that say so."""
        return {
            Part.VICTIM: (AboutRole.VICTIM,),
            Part.ALLEGED_PERPETRATOR: (AboutRole.ALLEGED_PERPETRATOR,),
            Part.BOTH: (AboutRole.VICTIM, AboutRole.ALLEGED_PERPETRATOR),
            Part.PRESENT: (AboutRole.PRESENT,),
        }[self]


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody named in the notice, as the police were given their particulars."""

    given_name: str
    family_name: str
    born: When | None = None
    sex: str = ""
    language: str = ""
    interpreter: str = ""
    address: str = ""
    nhs_number: str = ""

    @property
    def name(self) -> str:
        """The name as a page shows it."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class NamedAdult:
    """An adult and their part; `relation` is what they are to every child named, None where nobody said."""

    person: NamedPerson
    part: Part | None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class SeenChild:
    """A child and what was seen of them. None means that nobody said."""

    person: NamedPerson
    unborn: bool = False
    present: bool | None = None
    seen: bool | None = None
    where: str = ""
    awake: bool | None = None
    spoken_to: bool | None = None
    spoken_by: str = ""
    alone: bool | None = None
    language: str = ""
    interpreter: str = ""
    words: str = ""
    not_seen_reason: str = ""
    school: str = ""


@dataclass(frozen=True)
class Notice:
    """One incident. `facts` are flags of the entry's own details; grades of the adult and the children stand apart."""

    reference: str
    occurred: When | None
    place: str
    circumstances: str
    adults: tuple[NamedAdult, ...]
    children: tuple[SeenChild, ...]
    ended: When | None = None
    adults_relation: Relation | None = None
    facts: Mapping[str, bool | None] = field(default_factory=dict)
    tool: str = ""
    grade: str = ""
    child_grade: str = ""
    words_of: str = ""
    words_kept: bool = False
    safety_action: str = ""
    safe_contact: str = ""
    keep_address: bool = False
    keep_from: str = ""
    reply_by: date | None = None
    no_children_confirmed: bool = False
    token: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: a field of the notice, of `adult-0`, or of `child-0`; blank is the whole notice."""

    part: str
    field: str
    message: str
