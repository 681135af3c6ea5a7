"""The chronology: which entries the reader chose and, on demand, which of them an agency held on a day (R1, R3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from wholepicture.foundation.when import BadDate, When
from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import Entry
from wholepicture.web.drawings.key_events import key_event
from wholepicture.web.drawings.picture_facts import held_by
from wholepicture.web.drawings.words import Group, agency_words, group_of, kind_words, name_words

KEY = "key"


@dataclass(frozen=True)
class ChronologyFilter:
    """The reader's choices, read from the address; blanks mean everything."""

    agencies: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()
    people: frozenset[str] = frozenset()
    only: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None
    known_to: str = ""
    known_at: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> ChronologyFilter:
        """Read `agency`, `group`, `person`, `only`, `q`, `from`, `to`, `known_to`, `known_at`; nonsense is ignored."""

        def one(name: str) -> str:
            return next(iter(query.get(name, ())), "").strip()

        first, last, at = _day(one("from")), _day(one("to")), _day(one("known_at"))
        return cls(
            agencies=frozenset(a for a in query.get("agency", ()) if a),
            groups=frozenset(Group(g) for g in query.get("group", ()) if g in set(Group)),
            people=frozenset(p for p in query.get("person", ()) if p),
            only=KEY if one("only") == KEY else "",
            words=one("q"),
            first=first.earliest if first else None,
            last=last.latest if last else None,
            known_to=one("known_to"),
            known_at=at.latest if at else None,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As query parameters, in a settled order."""
        found = [("agency", a) for a in sorted(self.agencies)]
        found += [("group", g.value) for g in sorted(self.groups)]
        found += [("person", p) for p in sorted(self.people)]
        single = {
            "only": self.only,
            "q": self.words,
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
            "known_to": self.known_to,
            "known_at": self.known_at.isoformat() if self.known_at else "",
        }
        return found + [(name, value) for name, value in single.items() if value]

    @property
    def query(self) -> str:
        """As the end of an address, with its ampersand, for a link that carries other parameters first."""
        return urlencode(self.pairs())

    @property
    def narrows(self) -> bool:
        """Whether it leaves any entry out."""
        return bool(self.agencies or self.groups or self.people or self.only or self.words or self.first or self.last)

    def in_words(self, record: FamilyRecord) -> list[str]:
        """What was chosen, for the top of a printed or exported chronology."""
        names = [name_words(record.people.get(p), p) for p in sorted(self.people)]
        parts = [
            ("Agency", ", ".join(agency_words(a) for a in sorted(self.agencies))),
            ("Kind", ", ".join(g.words for g in sorted(self.groups))),
            ("Person", ", ".join(names)),
            ("Significance", "key events and entries behind a question" if self.only else ""),
            ("Words", self.words),
            ("From", When.on(self.first).in_words() if self.first else ""),
            ("To", When.on(self.last).in_words() if self.last else ""),
        ]
        return [f"{label}: {value}" for label, value in parts if value]


def concerns(record: FamilyRecord, entry: Entry, child: str | None) -> bool:
    """A child's chronology leaves out only what is about other children and nobody else (R9)."""
    if child is None or child in entry.people:
        return True
    return any(p not in record.people or not record.people[p].is_child for p in entry.people)


def chosen(
    record: FamilyRecord, child: str | None, wanted: ChronologyFilter, evidence: frozenset[str]
) -> tuple[Entry, ...]:
    """The entries that the reader chose, in order of happening; corrected entries stay, both are readable."""
    return tuple(e for e in record.entries if concerns(record, e, child) and _passes(record, e, wanted, evidence))


def is_key(record: FamilyRecord, entry: Entry, evidence: frozenset[str]) -> bool:
    """Significant: behind a question that waits, or one of the events that carry the story."""
    return entry.id in evidence or key_event(record, entry) is not None


def held_words(entry: Entry, wanted: ChronologyFilter, day: date) -> str:
    """`held`, `perhaps` or `not`: whether the chosen agency had the entry by the chosen day; blank without a choice."""
    return held_by(entry, wanted.known_to, wanted.known_at or day) if wanted.known_to else ""


def agencies_of(entries: Iterable[Entry]) -> list[str]:
    """Every agency that wrote or received any of these entries."""
    return sorted({e.agency for e in entries} | {r.agency for e in entries for r in e.receipts})


def _passes(record: FamilyRecord, entry: Entry, wanted: ChronologyFilter, evidence: frozenset[str]) -> bool:
    return (
        (not wanted.agencies or entry.agency in wanted.agencies)
        and (not wanted.groups or group_of(entry) in wanted.groups)
        and (not wanted.people or bool(entry.people & wanted.people))
        and (wanted.first is None or entry.occurred.latest >= wanted.first)
        and (wanted.last is None or entry.occurred.earliest <= wanted.last)
        and (not wanted.words or _says(entry, wanted.words))
        and (not wanted.only or is_key(record, entry, evidence))
    )


def _says(entry: Entry, words: str) -> bool:
    """Every word stands somewhere in the entry's own text, whatever its case."""
    # The key of an address is for matching only: nobody finds an address by searching for it.
    details = [str(value) for name, value in entry.details.items() if name != "address_key"]
    said = (entry.summary, kind_words(entry.kind), agency_words(entry.agency), entry.author_role, entry.source)
    text = " ".join((*said, *details)).casefold()
    return all(word in text for word in words.casefold().split())


def _day(text: str) -> When | None:
    try:
        return When.parse(text) if text else None
    except BadDate:
        return None
