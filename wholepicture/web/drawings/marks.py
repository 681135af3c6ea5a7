"""Marks on a lane: what each shows, and how those that would overlap are stacked or counted together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from wholepicture.web.drawings.scale import TimeScale, middle
from wholepicture.web.drawings.words import GROUP_ORDER, Group

MARK = 12.0  # width kept for one mark
STEP = 13.0  # height of one row of a stack
CLUSTER = 20.0  # width kept for a count
NAMED = 6  # entries that a count names; all of them are in the list beneath


@dataclass(frozen=True, slots=True)
class Point:
    """Something to mark: between two days, of a group, with the sentence that names it."""

    entry: str
    first: date
    last: date
    group: Group
    title: str
    held: str = ""  # "", "held", "perhaps" or "not": what the chosen agency had at the chosen moment

    @property
    def day(self) -> date:
        """The middle of the days that it may have been."""
        return middle(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn mark: a single entry, or several counted together where there is no room for each."""

    x: float
    y: float
    group: Group
    title: str
    entries: tuple[str, ...]
    held: str = ""
    span: tuple[float, float] | None = None  # left edge and width of the days it may have been, where not one day

    @property
    def href(self) -> str:
        """The first entry's row in the list beneath."""
        return f"#entry-{self.entries[0]}"

    @property
    def count(self) -> int:
        """How many entries it stands for."""
        return len(self.entries)

    @property
    def evidence(self) -> str:
        """Ids for the script that lights up a question's evidence."""
        return " ".join(self.entries)


@dataclass(frozen=True, slots=True)
class Stack:
    """The marks of a lane, measured from its baseline at y=0 upwards, and the height they need."""

    marks: tuple[Mark, ...]
    rows: int


@dataclass
class _Slot:
    x: float
    points: list[Point] = field(default_factory=list)

    @property
    def half(self) -> float:
        return (CLUSTER if len(self.points) > 1 else MARK) / 2


def stacked(points: Iterable[Point], scale: TimeScale, max_rows: int) -> Stack:
    """Points placed left to right in the lowest free row; where every row is taken they are counted together."""
    rows: list[list[_Slot]] = []
    shown = [p for p in points if scale.shows(p.first, p.last)]
    for point in sorted(shown, key=lambda p: (p.day, GROUP_ORDER[p.group], p.entry)):
        _place(point, scale.x(point.day), rows, max_rows)
    marks = (_mark(slot, row, scale) for row, slots in enumerate(rows) for slot in slots)
    return Stack(tuple(sorted(marks, key=lambda m: (m.x, -m.y))), max(1, len(rows)))


def _place(point: Point, x: float, rows: list[list[_Slot]], max_rows: int) -> None:
    for row in rows:
        if row[-1].x + row[-1].half + MARK / 2 <= x:
            row.append(_Slot(x, [point]))
            return
    if len(rows) < max_rows:
        rows.append([_Slot(x, [point])])
        return
    rows[-1][-1].points.append(point)


def _mark(slot: _Slot, row: int, scale: TimeScale) -> Mark:
    y = -(row * STEP + STEP / 2)
    first = slot.points[0]
    if len(slot.points) == 1:
        left, right = scale.x(first.first), scale.x(first.last)
        span = (left, round(right - left, 1)) if right - left > MARK else None
        return Mark(slot.x, y, first.group, first.title, (first.entry,), first.held, span)
    chief = min((p.group for p in slot.points), key=GROUP_ORDER.__getitem__)
    named = "; ".join(p.title for p in slot.points[:NAMED])
    more = f"; and {len(slot.points) - NAMED} more, in the list" if len(slot.points) > NAMED else ""
    title = f"{len(slot.points)} entries: {named}{more}"
    return Mark(slot.x, y, chief, title, tuple(p.entry for p in slot.points), _held(slot.points))


def _held(points: list[Point]) -> str:
    """A count is held if any of it is."""
    found = {p.held for p in points}
    return next((h for h in ("held", "perhaps", "not") if h in found), "")
