"""What matching is asked, what it knows, and what it says: a link, a choice for a person, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from wholepicture.foundation.when import When


@dataclass(frozen=True, slots=True)
class Described:
    """A person as somebody has just described them; blank is not known, which never speaks against a match."""

    given_name: str
    family_name: str
    born: When | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    address_key: str = ""


@dataclass(frozen=True, slots=True)
class KnownIdentity:
    """One identity that the record holds, whose it is, and the parents and children of that person."""

    person: UUID
    given_name: str
    family_name: str
    born: When | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    address_keys: frozenset[str] = frozenset()
    near: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the person described, with what agrees and what does not, in words."""

    person: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`link` is who it is, where that is safe without a person; else `candidates`, likeliest first, to choose from."""

    link: UUID | None = None
    why: str = ""
    candidates: tuple[Candidate, ...] = ()
