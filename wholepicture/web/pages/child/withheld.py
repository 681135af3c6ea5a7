"""What is held about a child and not for this reader: that it is held, by whom, of which day, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholepicture.access.clock import now
from wholepicture.access.policy import EVERYTHING, readable
from wholepicture.access.queries import Withheld, involved_with, withheld
from wholepicture.agencies.queries import TeamCard, teams
from wholepicture.people.types import FamilyRecord
from wholepicture.web.drawings.words import agency_words, kind_words
from wholepicture.web.pages.child.chronology import ChronologyFilter
from wholepicture.web.words import count, say_date


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One entry that is held and not shown; `code` is its agency's code."""

    day: date
    code: str
    words: str
    ask: str

    @property
    def year(self) -> int:
        """The year under which a chronology shows it."""
        return self.day.year


def withheld_from(role: str, record: FamilyRecord, child: str | None, on: date) -> tuple[HeldRow, ...]:
    """What is held about the child and the adults (the family, for None) up to a day; call inside `reading`.

    An entry about two of them is one line: lines of one agency, kind and day are as many as about any one person.
    """
    if readable(role) == frozenset(EVERYTHING):
        return ()
    held: Counter[Withheld] = Counter()
    for key in _people(record, child):
        held |= Counter(w for w in withheld(UUID(key)) if w.day <= on)
    if not held:
        return ()
    asked = _asked(child or next(c.key for c in record.children))
    rows = [_row(w, asked) for w in held.elements()]
    return tuple(sorted(rows, key=lambda r: (r.day, r.code, r.words)))


def held_words(rows: Sequence[HeldRow]) -> str:
    """How many are held that the reader may not read, in words; blank for none."""
    if not rows:
        return ""
    held = count(len(rows), "entry is", "entries are")
    return f"{held} held that you may not read"


def matching(rows: Iterable[HeldRow], wanted: ChronologyFilter) -> list[HeldRow]:
    """Those that stand in the chronology which the reader chose: what they say is not known, so words find none."""
    if wanted.groups or wanted.people or wanted.only or wanted.words or wanted.known_to:
        return []
    return [
        r
        for r in rows
        if (not wanted.agencies or r.code in wanted.agencies)
        and (wanted.first is None or r.day >= wanted.first)
        and (wanted.last is None or r.day <= wanted.last)
    ]


def _people(record: FamilyRecord, child: str | None) -> list[str]:
    return [p.key for p in record.people.values() if child is None or p.key == child or not p.is_child]


def _asked(child: str) -> Mapping[str, TeamCard]:
    """For each agency that has a team involved with the child, that team: the first that came."""
    directory = teams()
    found: dict[str, TeamCard] = {}
    for involvement in involved_with(UUID(child), at=now()):
        team = directory.get(involvement.team)
        if team is not None:
            found.setdefault(team.agency, team)
    return found


def _row(held: Withheld, asked: Mapping[str, TeamCard]) -> HeldRow:
    agency, team = agency_words(held.agency), asked.get(held.agency)
    ask = f"{team.name}, {team.phone}" if team and team.phone else team.name if team else agency
    day = say_date(held.day)
    if held.kind is None:
        return HeldRow(held.day, held.agency, f"{agency} holds something on {day}", f"ask {ask}")
    kind = kind_words(held.kind)
    kind = kind if kind[:2].isupper() else kind[:1].lower() + kind[1:]
    said = f"{agency}: {kind}, {day}. You may not read it"
    return HeldRow(held.day, held.agency, said, f"ask {ask}")
