"""What the Picture draws, before anything has a place on the page: points, key events, lives and growth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wholepicture.growth.rules import centile_words, measurements
from wholepicture.growth.types import Measure
from wholepicture.people.types import UNBORN_DAYS, FamilyRecord, Person, PersonType
from wholepicture.record.types import AboutRole, Entry, ReceiptEvent
from wholepicture.web.drawings.home import HomeAdult, home_adults
from wholepicture.web.drawings.key_events import KeyEvent, key_event
from wholepicture.web.drawings.marks import Point
from wholepicture.web.drawings.picture_filter import PictureFilter
from wholepicture.web.drawings.words import (
    Group,
    agency_key,
    agency_words,
    clipped,
    group_of,
    kind_words,
    name_words,
    was_seen,
    when_short,
)

_CHILD_KINDS = frozenset("birth death injury childs_words measurement medical_finding".split())
_CHILD_ROLES = (AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.INFORMANT)


@dataclass(frozen=True, slots=True)
class Life:
    """A child's own lane: from conception or the first day shown, through birth, to death or today."""

    child: Person
    points: tuple[Point, ...]
    born: date | None
    died: date | None
    carried_from: date | None


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight on the growth band."""

    day: date
    sds: float
    words: str
    title: str
    entry: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the drawing will place."""

    first: date
    last: date
    today: date
    entries: tuple[Entry, ...]
    agencies: tuple[tuple[str, tuple[Point, ...]], ...]
    lives: tuple[Life, ...]
    events: tuple[KeyEvent, ...]
    adults: tuple[HomeAdult, ...]
    growth: tuple[tuple[Person, tuple[Weight, ...]], ...]


def gather(record: FamilyRecord, child: str | None, today: date, chosen: PictureFilter) -> Facts:
    """The facts of one child's picture, or of the family's where `child` is None."""
    relevant = tuple(e for e in record.entries if _concerns(record, e, child) and e.id not in record.superseded)
    shown = tuple(e for e in relevant if _passes(e, chosen) and e.occurred.start <= today)
    first, last = _span(relevant, today)
    children = _children(record, child, today)
    points = {e.id: _point(record, e, today, chosen) for e in shown}
    return Facts(
        first=first,
        last=last,
        today=today,
        entries=shown,
        agencies=_agency_lanes(shown, points),
        lives=tuple(_life(c, shown, points, today) for c in children),
        events=tuple(k for e in shown if (k := key_event(record, e)) is not None),
        adults=home_adults(record, [c.key for c in children], first, today),
        growth=tuple((c, w) for c in children if (w := _weights(record, c, today))),
    )


def held_by(entry: Entry, agency: str, day: date) -> str:
    """Whether an agency had an entry by the end of a day: `held`, `perhaps` (received, nobody wrote when) or `not`."""
    if entry.agency == agency:
        return "held" if entry.recorded.start <= day else "not"
    receipts = [r for r in entry.receipts if r.agency == agency and r.event is not ReceiptEvent.SENT]
    if any(r.at is not None and r.at.latest <= day for r in receipts):
        return "held"
    if any(r.at is None or r.at.start <= day for r in receipts) and entry.recorded.start <= day:
        return "perhaps"
    return "not"


def title_of(entry: Entry) -> str:
    """One sentence that names an entry wherever its mark is read out."""
    who = f"{agency_words(entry.agency)}, {kind_words(entry.kind)}"
    return f"{when_short(entry.occurred)}, {who}: {clipped(entry.summary, 90)}"


def _concerns(record: FamilyRecord, entry: Entry, child: str | None) -> bool:
    """A child's picture leaves out only what is about other children and nobody else."""
    if child is None or child in entry.people or not entry.people:
        return True
    return any(p not in record.people or not record.people[p].is_child for p in entry.people)


def _passes(entry: Entry, chosen: PictureFilter) -> bool:
    return (
        (not chosen.agencies or entry.agency in chosen.agencies)
        and (not chosen.groups or group_of(entry) in chosen.groups)
        and (not chosen.people or bool(entry.people & chosen.people))
    )


def _span(entries: Iterable[Entry], today: date) -> tuple[date, date]:
    first = min((e.occurred.start for e in entries), default=today - timedelta(days=365))
    first = min(first, today - timedelta(days=90)) - timedelta(days=14)
    # A little of the time to come, so that the latest marks and their words have room.
    return first, today + timedelta(days=max(7, (today - first).days // 25))


def _children(record: FamilyRecord, child: str | None, today: date) -> tuple[Person, ...]:
    """The child first, then the others, eldest first; none who was not yet on the way."""
    begun = [c for c in record.children if c.born is None or c.born.start - timedelta(days=UNBORN_DAYS) <= today]
    return tuple(sorted(begun, key=lambda c: c.key != child))


def _point(record: FamilyRecord, entry: Entry, today: date, chosen: PictureFilter) -> Point:
    held = held_by(entry, chosen.known_to, chosen.known_at or today) if chosen.known_to else ""
    when = entry.occurred
    return Point(entry.id, when.earliest, min(when.latest, today), group_of(entry), title_of(entry), held)


def _agency_lanes(shown: Iterable[Entry], points: dict[str, Point]) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    lanes: dict[str, list[Point]] = {}
    for entry in shown:
        lanes.setdefault(entry.agency, []).append(points[entry.id])
    return tuple((agency, tuple(lanes[agency])) for agency in sorted(lanes, key=agency_key))


def _life(child: Person, shown: Iterable[Entry], points: dict[str, Point], today: date) -> Life:
    own = (e for e in shown if child.key in e.in_role(*_CHILD_ROLES) and (e.kind in _CHILD_KINDS or was_seen(e)))
    born = child.born.start if child.born is not None and child.type is not PersonType.UNBORN else None
    due = child.born.start if child.born is not None else None
    return Life(
        child=child,
        points=tuple(_own_point(points[e.id], e) for e in own),
        born=born if born is not None and born <= today else None,
        died=child.died.start if child.died is not None and child.died.start <= today else None,
        carried_from=due - timedelta(days=280) if due is not None else None,
    )


def _own_point(point: Point, entry: Entry) -> Point:
    """On a child's own lane being seen outweighs why: the mark shows it."""
    if entry.kind == "childs_words" or was_seen(entry):
        return Point(point.entry, point.first, point.last, Group.SEEN, point.title, point.held)
    return point


def _weights(record: FamilyRecord, child: Person, today: date) -> tuple[Weight, ...]:
    found = (m for m in measurements(record, child.key) if m.measure is Measure.WEIGHT and m.on <= today)
    return tuple(
        Weight(
            day=m.on,
            sds=m.sds,
            words=centile_words(m.sds).removeprefix("the ").removesuffix(" centile"),
            title=f"{name_words(child, child.key)}: {m.value:g} kg, {when_short(m.when)}, {agency_words(m.agency)}, "
            f"{centile_words(m.sds)}",
            entry=m.entry,
        )
        for m in found
        if m.sds is not None and not m.probable_error
    )
