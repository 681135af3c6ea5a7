"""A case of a rule, written as plain tables, and the record that the tables describe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Person, PersonType, Relation, Relationship, ordered
from wholepicture.record.types import About, AboutRole, Entry

PEOPLE: Final = """
person  | type  | sex    | born
child   | child | female | 2014-03-10
sibling | child | male   | 2017-06-01
mother  | adult | female |
partner | adult | male   |
"""

TIES: Final = """
person  | relation     | other   | from       | lives_with
mother  | mother       | child   | 2014-03-10 | yes
mother  | mother       | sibling | 2017-06-01 | yes
partner | partner      | mother  | 2013-01    | yes
sibling | half_sibling | child   | 2017-06-01 | yes
"""

YES_NO: Final = {"yes": True, "no": False}


@dataclass(frozen=True)
class Case:
    """Entries of a family, what a rule must ask on a day, and why.

    `raised` gives for each child the evidence of the question (ids in order of happening); a child who is not named
    must not be asked about. `from_day` is the first day on which the question stands, where the case is about it.
    """

    title: str
    why: str
    entries: str
    today: str
    raised: Mapping[str, str] = field(default_factory=dict)
    from_day: str = ""
    people: str = PEOPLE
    ties: str = TIES

    @property
    def day(self) -> date:
        """The day on which the case asks."""
        return date.fromisoformat(self.today)

    @property
    def evidence(self) -> dict[str, tuple[str, ...]]:
        """The expected evidence by child."""
        return {child: tuple(ids.split()) for child, ids in self.raised.items()}

    @property
    def record(self) -> FamilyRecord:
        """The family that the tables describe."""
        people = {row["person"]: _person(row) for row in rows(self.people)}
        ties = tuple(_tie(row) for row in rows(self.ties))
        return FamilyRecord(people, ordered(_entry(row) for row in rows(self.entries)), ties)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table whose cells stand between upright strokes; blank cells are left out.

    A line after a row that begins with `>` goes on with it: its details, or, after `> says`, its summary.
    """
    lines = [line.strip() for line in table.splitlines() if line.strip()]
    header = _cells(lines[0])
    found: list[dict[str, str]] = []
    for line in lines[1:]:
        if line.startswith(">"):
            text = line.removeprefix(">").strip()
            name = "summary" if text.startswith("says ") else "details"
            found[-1][name] = text.removeprefix("says ")
        else:
            found.append({name: cell for name, cell in zip(header, _cells(line), strict=False) if cell})
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _when(cell: str | None) -> When | None:
    """A date as a cell states it: `about` before it makes it imprecise by one unit."""
    if not cell:
        return None
    return When.parse(cell.removeprefix("about "), "about" if cell.startswith("about ") else None)


def _person(row: Mapping[str, str]) -> Person:
    weeks = row.get("gestation_weeks")
    return Person(
        key=row["person"],
        type=PersonType(row["type"]),
        sex=row.get("sex", "unknown"),
        born=_when(row.get("born")),
        died=_when(row.get("died")),
        language=row.get("language", ""),
        interpreter=row.get("interpreter", ""),
        gestation_weeks=float(weeks) if weeks else None,
    )


def _tie(row: Mapping[str, str]) -> Relationship:
    return Relationship(
        person=row["person"],
        relation=Relation(row["relation"]),
        other=row["other"],
        from_=_when(row.get("from")),
        to=_when(row.get("to")),
        lives_with=YES_NO.get(row.get("lives_with", "")),
        known_from=_when(row.get("known_from")),
    )


def _entry(row: Mapping[str, str]) -> Entry:
    occurred = When.parse(
        row["occurred"].removeprefix("about "), "about" if row["occurred"].startswith("about ") else None
    )
    about = (pair.split(":") for pair in row["about"].split())
    return Entry(
        id=row["id"],
        kind=row["kind"],
        occurred=occurred,
        recorded=_when(row.get("recorded")) or occurred,
        agency=row["agency"],
        author_role="",
        about=tuple(About(person, AboutRole(role)) for person, role in about),
        summary=row.get("summary", ""),
        details=dict(_details(row.get("details", ""))),
        supersedes=row.get("supersedes"),
    )


def _details(cell: str) -> Iterator[tuple[str, object]]:
    """`name=value` parts with a semicolon between; `value @ day` became known only on that day."""
    for part in filter(None, (p.strip() for p in cell.split(";"))):
        name, _, text = part.partition("=")
        value, _, known = text.partition(" @ ")
        yield name, {"value": _value(value), "known": known} if known else _value(value)


def _value(text: str) -> object:
    if text in YES_NO:
        return YES_NO[text]
    if text.startswith("["):
        return text.strip("[]").split()
    try:
        return float(text)
    except ValueError:
        return text
