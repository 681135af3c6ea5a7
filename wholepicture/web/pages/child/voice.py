"""The child's voice: when a professional last saw the child, alone, in which language, and the child's last words.

Only what the record says counts; what it leaves out is said to be left out (principle 7; R62, R83, R94). Working
Together asks that the child is seen and, where right for them, seen alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import AboutRole, Entry, agency_kind

_AS: Final = (AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.AFFECTED, AboutRole.PRESENT)
_EXAMINERS: Final = frozenset("hospital hospital_ae gp community_paediatrics health_visiting school_nursing".split())
_LOOKED: Final = frozenset(("accidental", "inflicted", "undetermined"))
_FIGURES: Final = ("weight_kg", "height_cm", "head_circumference_cm")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A professional saw the child in person: None for `alone` means that nobody said."""

    entry: str
    when: When
    agency: str
    role: str
    how: str
    alone: bool | None


@dataclass(frozen=True, slots=True)
class Words:
    """What the child said, who heard it, in which language and who interpreted; blanks were not written down."""

    entry: str
    when: When
    agency: str
    role: str
    words: str
    language: str
    alone: bool | None
    interpreter_used: bool | None
    interpreter_was: str


@dataclass(frozen=True, slots=True)
class Voice:
    """The strip at the top of a child's page; None where nothing of the kind was ever recorded."""

    seen: Sighting | None
    seen_alone: Sighting | None
    heard: Words | None
    spoken_in: Words | None
    times_seen: int
    times_alone: int

    @staticmethod
    def days(when: When, today: date) -> int:
        """Days since then: the fewest that it may be, since a window never proves lateness."""
        return max(0, (today - min(when.latest, today)).days)


def voice_of(record: FamilyRecord, child: str, today: date) -> Voice:
    """The child's voice on a day, from a record as it was known then."""
    own = [
        e
        for e in record.about(child)
        if e.id not in record.superseded and e.occurred.start <= today and child in e.in_role(*_AS)
    ]
    seen = [s for e in own if (s := sighting(record, e, child)) is not None]
    alone = [s for s in seen if s.alone]
    heard = [_words(e) for e in own if e.kind == "childs_words" and child in e.in_role(AboutRole.SUBJECT)]
    quoted = [w for w in heard if w.words]
    spoken = [w for w in heard if w.language]
    return Voice(
        seen=_latest(seen),
        seen_alone=_latest(alone),
        heard=quoted[-1] if quoted else None,
        spoken_in=spoken[-1] if spoken else None,
        times_seen=len(seen),
        times_alone=len(alone),
    )


def sighting(record: FamilyRecord, entry: Entry, child: str) -> Sighting | None:
    """The sighting that an entry records of this child, who is born by then; None where it records none."""
    person = record.people[child]
    if entry.kind != "birth" and person.born is not None and entry.occurred.latest < person.born.start:
        return None
    read = _READERS.get(entry.kind)
    how = read(entry) if read else ""
    if not how:
        return None
    alone = entry.flag("alone") if entry.kind == "childs_words" else entry.flag("child_seen_alone")
    return Sighting(entry.id, entry.occurred, entry.agency, entry.author_role, how, alone)


def _visit(entry: Entry) -> str:
    place = {"home": "at home", "school": "at school", "clinic": "at clinic"}.get(entry.text("place"), "on a visit")
    return place if entry.flag("child_seen") or entry.flag("child_seen_alone") else ""


def _assessment(entry: Entry) -> str:
    return "for an assessment" if entry.flag("child_seen") or entry.flag("child_seen_alone") else ""


def _incident(entry: Entry) -> str:
    return "at a domestic abuse incident" if entry.flag("children_seen") or entry.flag("children_spoken_to") else ""


def _measured(entry: Entry) -> str:
    return "to be measured" if any(entry.number(f) is not None for f in _FIGURES) else ""


def _appointment(entry: Entry) -> str:
    return "at an appointment" if entry.text("outcome") == "attended" else ""


def _hospital(entry: Entry) -> str:
    return "" if entry.flag("left_before_seen") else "at hospital"


def _injury(entry: Entry) -> str:
    examined = entry.text("opinion") in _LOOKED and agency_kind(entry.agency) in _EXAMINERS
    return "to examine an injury" if examined or entry.day("presented") is not None else ""


_READERS: Final[dict[str, Callable[[Entry], str]]] = {
    "visit": _visit,
    "assessment": _assessment,
    "domestic_abuse_incident": _incident,
    "measurement": _measured,
    "health_review": lambda entry: "for a health review",
    "appointment": _appointment,
    "hospital_attendance": _hospital,
    "medical_finding": lambda entry: "for an examination",
    "injury": _injury,
    "childs_words": lambda entry: "to talk with the child",
    "birth": lambda entry: "at birth",
}
SIGHTING_KINDS: Final = frozenset(_READERS)


def _words(entry: Entry) -> Words:
    return Words(
        entry=entry.id,
        when=entry.occurred,
        agency=entry.agency,
        role=entry.author_role,
        words=entry.text("words"),
        language=entry.text("language"),
        alone=entry.flag("alone"),
        interpreter_used=entry.flag("interpreter_used"),
        interpreter_was=entry.text("interpreter_was"),
    )


def _latest(found: list[Sighting]) -> Sighting | None:
    return max(found, key=lambda s: s.when.sort_key(), default=None)
