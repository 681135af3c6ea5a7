"""Where everybody of the family map goes: adults above, children in birth order below, the home drawn round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wholepicture.people.types import FamilyRecord
from wholepicture.web.drawings.family_facts import Member, Tie, hub_of, parents_of
from wholepicture.web.drawings.home import relation_words
from wholepicture.web.drawings.picture_sheet import Words
from wholepicture.web.drawings.scale import wrapped
from wholepicture.web.drawings.words import age_between, name_words, person_noun, short_month, when_short

SIZE = 46.0  # side of a square, breadth of a circle


@dataclass(frozen=True, slots=True)
class Frame:
    """The width given to each person, the text that fits it, and the least that they are squeezed to fit a room."""

    name: str
    column: float
    text: float
    gap: float
    least: float
    room: float


WIDE = Frame("wide", 156, 14, 18, 110, 950)
NARROW = Frame("narrow", 84, 12, 4, 68, 358)


@dataclass(frozen=True, slots=True)
class Figure:
    """A person's sign: a square for a man or boy, a circle for a woman or girl, a diamond where the sex is not held.

    A triangle is an unborn child. `state` are classes; `lines` say everything in words.
    """

    key: str
    x: float
    y: float
    shape: str
    state: str
    title: str
    name: tuple[Words, ...]
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line between people; `style` says what it is."""

    path: str
    style: str
    label: tuple[Words, ...] = ()
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The boundary of the home."""

    x: float
    y: float
    width: float
    height: float
    label: Words


@dataclass(frozen=True, slots=True)
class Map:
    """One complete map."""

    name: str
    width: float
    height: float
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    home: Home | None


def lay_out(record: FamilyRecord, people: Sequence[Member], ties: Sequence[Tie], day: date, frame: Frame) -> Map:
    """The family on a day: who lives in the home within its boundary, the others to either side of it."""
    adults = [m for m in people if not m.person.is_child]
    children = [m for m in people if m.person.is_child]
    zones = _zones(adults, children, hub_of(record, [m.person.key for m in adults]), ties)
    frame = _squeezed(frame, zones)
    x = _places(zones, frame)
    said = {m.person.key: _said(record, m, day, frame) for m in people}
    line = frame.text + 3
    above = max((len(said[m.person.key]) for m in adults), default=0) * line
    top_y = 40 + above + SIZE / 2
    drawn = [t for t in ties if t.left in x and t.right in x]
    level = top_y + SIZE / 2 + 26
    depths = _depths(drawn, x, level)
    deepest = max(depths.values(), default=level)
    bottom_y = deepest + 36 + SIZE / 2
    below = max((len(said[m.person.key]) for m in children), default=0) * line
    height = bottom_y + SIZE / 2 + below + 26
    figures = [_figure(m, x[m.person.key], top_y, said[m.person.key], record, day, frame, True) for m in adults]
    figures += [_figure(m, x[m.person.key], bottom_y, said[m.person.key], record, day, frame, False) for m in children]
    lines = [_couple(t, x, depths, top_y) for t in drawn]
    lines += [_descent(record, m, x, depths, top_y, bottom_y, deepest) for m in children]
    width = max(x.values(), default=0) + frame.column / 2 + 12
    return Map(frame.name, width, height, tuple(figures), tuple(lines), _home(people, x, frame, height))


@dataclass(frozen=True, slots=True)
class _Zone:
    """Columns side by side: adults above, children below."""

    adults: Sequence[Member]
    children: Sequence[Member]

    @property
    def columns(self) -> int:
        return max(len(self.adults), len(self.children))


def _zones(
    adults: Sequence[Member], children: Sequence[Member], hub: str | None, ties: Sequence[Tie]
) -> tuple[_Zone, _Zone, _Zone]:
    """Former partners outside on the left, the home in the middle, everybody else on the right."""
    former = {p for t in ties if not t.together for p in (t.left, t.right)} - {hub}
    current = {p for t in ties if t.together for p in (t.left, t.right)}
    away = [m for m in adults if not m.at_home]
    left = [m for m in away if m.person.key in former and m.person.key not in current]
    home = sorted((m for m in adults if m.at_home), key=lambda m: m.person.key != hub)
    # A child who has died keeps the place in the birth order among those at home.
    inside = [m for m in children if m.at_home or m.died]
    return (
        _Zone(left, ()),
        _Zone(home, inside),
        _Zone([m for m in away if m not in left], [m for m in children if m not in inside]),
    )


def _squeezed(frame: Frame, zones: Sequence[_Zone]) -> Frame:
    """Narrower columns where that lets everybody be seen without scrolling."""
    gaps = frame.gap * (sum(1 for z in zones if z.columns) - 1)
    columns = max(1, sum(z.columns for z in zones))
    column = max(frame.least, min(frame.column, (frame.room - 24 - gaps) / columns))
    return replace(frame, column=round(column, 1))


def _places(zones: Sequence[_Zone], frame: Frame) -> dict[str, float]:
    """Each person's x: zones left to right with a gap between, each row centred in its zone."""
    found: dict[str, float] = {}
    left = 12.0
    for zone in zones:
        width = zone.columns * frame.column
        for row in (zone.adults, zone.children):
            start = left + (width - len(row) * frame.column) / 2 + frame.column / 2
            found |= {m.person.key: round(start + n * frame.column, 1) for n, m in enumerate(row)}
        left += width + (frame.gap if width else 0)
    return found


def _depths(ties: Sequence[Tie], x: Mapping[str, float], level: float) -> dict[frozenset[str], float]:
    """Each couple's line at its own depth, the nearest pair highest, so that no two lie on one another."""
    pairs = sorted(ties, key=lambda t: abs(x[t.left] - x[t.right]))
    return {frozenset({t.left, t.right}): level + 24 * n for n, t in enumerate(pairs)}


def _couple(tie: Tie, x: Mapping[str, float], depths: Mapping[frozenset[str], float], top: float) -> Line:
    a, b = sorted((x[tie.left], x[tie.right]))
    y = depths[frozenset({tie.left, tie.right})]
    middle = (a + b) / 2
    path = f"M{a} {top + SIZE / 2}V{y}H{b}V{top + SIZE / 2}"
    cut = "" if tie.together else f"M{b - 26} {y + 7}l6 -14M{b - 20} {y + 7}l6 -14"
    label = (Words(round(middle, 1), y - 6, tie.words, "middle"),)
    return Line(path, "together" if tie.together else "apart", label, cut)


def _descent(
    record: FamilyRecord,
    child: Member,
    x: Mapping[str, float],
    depths: Mapping[frozenset[str], float],
    top: float,
    bottom: float,
    deepest: float,
) -> Line:
    """From the parents' line, or from the one parent known, down to the child."""
    parents = [p for p in parents_of(record, child.person.key) if p in x]
    at = x[child.person.key]
    end = bottom - SIZE / 2
    for pair, y in depths.items():
        if len(parents) >= 2 and pair == frozenset(parents[:2]):
            a, b = sorted(x[p] for p in pair)
            start = min(max(at, a + 14), b - 14)
            bend = deepest + 10
            return Line(f"M{start} {y}V{bend}H{at}V{end}", "descent")
    if parents:
        start = x[parents[0]]
        return Line(f"M{start} {top + SIZE / 2}V{deepest + 18}H{at}V{end}", "descent")
    return Line(f"M{at} {end - 16}V{end}", "descent")


def _home(people: Sequence[Member], x: Mapping[str, float], frame: Frame, height: float) -> Home | None:
    inside = [x[m.person.key] for m in people if m.at_home]
    if not inside:
        return None
    inside += [x[m.person.key] for m in people if m.died and m.person.is_child]
    half = frame.column / 2 - 2
    left, right = min(inside) - half, max(inside) + half
    label = Words(round(left + 12, 1), 26, "In the home")
    return Home(round(left, 1), 6, round(right - left, 1), height - 12, label)


def _said(record: FamilyRecord, member: Member, day: date, frame: Frame) -> tuple[str, ...]:
    """The name, then the facts, as short lines."""
    name = wrapped(name_words(member.person, member.person.key), frame.text + 0.5, frame.column - 8)
    facts = [f for fact in _facts(record, member, day) for f in wrapped(fact, frame.text - 1, frame.column - 8, 3)]
    return (*name, *facts)


def _figure(
    member: Member,
    x: float,
    y: float,
    said: Sequence[str],
    record: FamilyRecord,
    day: date,
    frame: Frame,
    above: bool,
) -> Figure:
    person = member.person
    name = name_words(person, person.key)
    step = frame.text + 3
    first = y - SIZE / 2 - 8 - (len(said) - 1) * step if above else y + SIZE / 2 + frame.text + 4
    words = tuple(Words(x, round(first + n * step, 1), line, "middle") for n, line in enumerate(said))
    names = len(wrapped(name, frame.text + 0.5, frame.column - 8))
    state = " ".join(s for s, on in _states(member) if on)
    title = f"{name}: {'; '.join(_facts(record, member, day))}"
    return Figure(person.key, x, y, _shape(member), state, title, words[:names], words[names:])


def _states(member: Member) -> tuple[tuple[str, bool], ...]:
    return (
        ("home", member.at_home),
        ("away", not member.at_home and not member.died),
        ("died", member.died),
        ("unknown", member.unknown_until is not None),
    )


def _shape(member: Member) -> str:
    if member.unborn:
        return "triangle"
    return {"male": "square", "female": "circle"}.get(member.person.sex, "diamond")


def _facts(record: FamilyRecord, member: Member, day: date) -> list[str]:
    person = member.person
    if person.is_child:
        facts = [_child_fact(member, day)]
    else:
        born = [c.key for c in record.children if c.born is None or c.born.start <= day]
        relation = relation_words(record, person.key, born)
        facts = [relation] if relation.lower() != person.name.lower() else []
    if member.died and person.died is not None:
        facts.append(f"died {when_short(person.died)}")
    elif member.unknown_until is not None:
        facts.append(f"no agency knew until {short_month(member.unknown_until)}")
    elif not member.at_home:
        facts.append("not in the home")
    return facts


def _child_fact(member: Member, day: date) -> str:
    person = member.person
    if person.born is None:
        return "birth date not held"
    if member.unborn:
        return f"expected {when_short(person.born)}"
    last = min(day, person.died.start) if person.died is not None else day
    return f"{person_noun(person)}, {age_between(person.born.start, last)}"
