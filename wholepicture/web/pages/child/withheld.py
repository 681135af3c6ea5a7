"""What is held about a child and not for this reader: that it is held, by whom, of which day, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholepicture.access.clock import now
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


def withheld_from(record: FamilyRecord, child: str | None, on: date) -> tuple[HeldRow, ...]:
    """What is held about the child and the adults (the family, for None) up to a day; call inside `reading`.

    An entry about two of them is one line: lines of one agency, kind and day are as many as about any one person.
    Whoever decides reads all but what leads to a shielded address, of which the team that holds the shield is asked.
    """
    held: Counter[Withheld] = Counter()
    for key in _people(record, child):
        held |= Counter(w for w in withheld(UUID(key)) if w.day <= on)
    if not held:
        return ()
    directory = teams()
    asked = _asked(child or next(c.key for c in record.children), directory)
    rows = [_row(w, asked, directory) for w in held.elements()]
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


def _asked(child: str, directory: Mapping[str, TeamCard]) -> Mapping[str, TeamCard]:
    """For each agency that has a team involved with the child, that team: the first that came."""
    found: dict[str, TeamCard] = {}
    for involvement in involved_with(UUID(child), at=now()):
        team = directory.get(involvement.team)
        if team is not None:
            found.setdefault(team.agency, team)
    return found


def _row(held: Withheld, asked: Mapping[str, TeamCard], directory: Mapping[str, TeamCard]) -> HeldRow:
    agency, team = agency_words(held.agency), asked.get(held.agency)
    ask = _reach(team) or agency
    if held.ask:
        return _kept_row(held, agency, directory.get(held.ask))
    day = say_date(held.day)
    if held.kind is None:
        return HeldRow(held.day, held.agency, f"{agency} holds something on {day}", f"ask {ask}")
    said = f"{agency}: {_lower(kind_words(held.kind))}, {day}. You may not read it"
    return HeldRow(held.day, held.agency, said, f"ask {ask}")


def _kept_row(held: Withheld, agency: str, team: TeamCard | None) -> HeldRow:
    """What leads to a shielded address: of no agency by its own name, and to be asked of whoever holds the shield."""
    what = f"{agency}: {_lower(kind_words(held.kind))}" if held.kind else f"{agency} holds something"
    said = f"{what}, {say_date(held.day)}. It would lead to an address that is shielded"
    return HeldRow(held.day, held.agency, said, f"ask {_reach(team) or 'the team that holds the shield'}")


def _reach(team: TeamCard | None) -> str:
    if team is None:
        return ""
    return f"{team.name}, {team.phone}" if team.phone else team.name


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
