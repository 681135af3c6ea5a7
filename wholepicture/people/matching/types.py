"""What matching is asked, what the index holds, and what it says: a link, a choice for a person, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wholepicture.foundation.when import When
from wholepicture.people.linkage.types import Row, Weighed


@dataclass(frozen=True, slots=True)
class Described:
    """A person as somebody has just described them; blank is not known, which never speaks against a match.

    Of an unborn child, `born` is when it is expected.
    """

    given_name: str
    family_name: str
    born: When | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    address: str = ""
    unborn: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Whoever is asked about, made ready for comparing. `expected` is an unborn child's day; None where nobody said."""

    row: Row
    unborn: bool = False
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One row of the index beside whoever is asked about: whose it is, and how the two compare."""

    person: UUID
    identity: UUID
    row: Row
    weighed: Weighed
    unborn: bool = False
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of a comparison in words: what agrees or does not, and how far that speaks for one person."""

    field: str
    level: str
    says: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the person described, with what agrees and what does not, in words."""

    person: UUID
    why: str
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`link` is who it is, where that is safe without a person; else `candidates`, likeliest first, to choose from.

    `cut` says that more people share what was said than were looked at. `model` names the weights.
    """

    link: UUID | None = None
    why: str = ""
    candidates: tuple[Candidate, ...] = ()
    cut: bool = False
    model: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that the index has beside one person asked about, and the parents and children of whoever that is."""

    asked: Asked
    held: tuple[Held, ...] = ()
    near: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    cut: bool = False
