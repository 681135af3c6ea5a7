"""Where everything of the Picture goes: one sheet for a desk, one for a phone, drawn from the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wholepicture.web.drawings.home import HomeAdult, Stay
from wholepicture.web.drawings.key_events import ROW, KeyMark, placed
from wholepicture.web.drawings.marks import STEP, Mark, Point, stacked
from wholepicture.web.drawings.picture_facts import Facts, Life, Weight
from wholepicture.web.drawings.scale import Tick, TimeScale, ValueScale, path, text_width, time_ticks, wrapped
from wholepicture.web.drawings.words import agency_words, day_words, name_words, short_month

GROWTH_LINES = ((2.0, "98th"), (0.0, "50th"), (-2.0, "2nd"))


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a sheet: `label` is the width kept at the left for names, nothing where they go above."""

    name: str
    width: float
    label: float
    rows: int
    key_rows: int

    @property
    def above(self) -> bool:
        """Whether lane names stand above their lanes."""
        return self.label == 0


WIDE = Frame("wide", 960, 140, 6, 7)
NARROW = Frame("narrow", 360, 0, 4, 8)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text at a place."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal stretch of time."""

    x: float
    width: float
    style: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A named row: bars behind, marks in front, a rule beneath."""

    style: str
    label: tuple[Words, ...]
    top: float
    base: float
    bottom: float
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A weight on the growth band."""

    x: float
    y: float
    title: str
    href: str
    label: Words | None


@dataclass(frozen=True, slots=True)
class GrowthBand:
    """Weight as centiles over time: three lines of the reference, the points, and the line between them."""

    label: tuple[Words, ...]
    top: float
    bottom: float
    lines: tuple[tuple[float, Words], ...]
    band: tuple[float, float]
    trend: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One complete drawing."""

    name: str
    width: float
    height: float
    left: float
    right: float
    axis: float
    foot: float
    ticks: tuple[Tick, ...]
    sections: tuple[Words, ...]
    keys: tuple[KeyMark, ...]
    key_base: float
    lanes: tuple[Lane, ...]
    growth: tuple[GrowthBand, ...]
    today: float | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A standing question to raise over the drawing."""

    point: Point
    number: int


class _Pen:
    """Goes down the page, placing one part after another."""

    def __init__(self, frame: Frame, scale: TimeScale) -> None:
        self.frame, self.scale = frame, scale
        self.y = 0.0
        self.lanes: list[Lane] = []
        self.sections: list[Words] = []
        self.growth: list[GrowthBand] = []

    def section(self, text: str) -> None:
        self.y += 30 if self.lanes or self.y > 60 else 22
        self.sections.append(Words(0, self.y - 8, text))

    def label(self, text: str, top: float, height: float) -> tuple[Words, ...]:
        """A lane's name: beside it in at most two lines, or above it on a phone."""
        if self.frame.above:
            return (Words(0, top - 4, text),)
        lines = wrapped(text, 14, self.frame.label - 12)
        first = top + height / 2 + 5 - (len(lines) - 1) * 8
        return tuple(Words(0, first + n * 16, line) for n, line in enumerate(lines))

    def lane(self, text: str, style: str, points: Sequence[Point], bars: tuple[Bar, ...] = ()) -> None:
        stack = stacked(points, self.scale, self.frame.rows)
        top = self.y + (18 if self.frame.above else 0)
        height = max(26 if self.frame.above else 34, stack.rows * STEP + 8)
        base = top + height - 4
        marks = tuple(replace(m, y=base + m.y) for m in stack.marks)
        self.lanes.append(Lane(style, self.label(text, top, height), self.y, base, top + height, bars, marks))
        self.y = top + height

    def home(self, adult: HomeAdult) -> None:
        height = 22.0
        top = self.y + (18 if self.frame.above else 0)
        bars = tuple(b for stay in adult.stays for b in _stay_bars(adult, stay, self.scale))
        label = self.label(_adult_label(adult, self.frame), top, height)
        self.lanes.append(Lane("home", label, self.y, top + height - 4, top + height, bars))
        self.y = top + height


def lay_out(facts: Facts, flags: Sequence[Flag], window: tuple[date, date], today: date, frame: Frame) -> Sheet:
    """One sheet of the facts that fall within the window."""
    scale = TimeScale(*window, left=frame.label or 4, right=frame.width - 8)
    pen = _Pen(frame, scale)
    pen.y = 24
    keys, key_base = _keys(facts, scale, frame, pen)
    if flags:
        pen.y += 8
        pen.lane("Questions raised", "flags", [f.point for f in flags])
    if facts.adults:
        pen.section("Adults in the home")
        for adult in facts.adults:
            pen.home(adult)
    pen.section("What each agency wrote down")
    for agency, points in facts.agencies:
        pen.lane(agency_words(agency), "agency", points)
    pen.section("Each child")
    for life in facts.lives:
        _draw_life(pen, life, facts)
    foot = pen.y + 4
    return Sheet(
        name=frame.name,
        width=frame.width,
        height=foot + 24,
        left=scale.left,
        right=scale.right,
        axis=24,
        foot=foot,
        ticks=time_ticks(scale),
        sections=tuple(pen.sections),
        keys=keys,
        key_base=key_base,
        lanes=tuple(pen.lanes),
        growth=tuple(pen.growth),
        today=scale.x(today) if scale.shows(today, today) and today < window[1] else None,
    )


def _keys(facts: Facts, scale: TimeScale, frame: Frame, pen: _Pen) -> tuple[tuple[KeyMark, ...], float]:
    keys, used = placed(facts.events, scale, frame.key_rows)
    if not keys:
        return (), pen.y
    pen.section("Key events")
    base = pen.y + used * ROW + 8
    pen.y = base + 8
    return tuple(replace(k, y=base + k.y) for k in keys), base


def _adult_label(adult: HomeAdult, frame: Frame) -> str:
    if adult.name.lower() == adult.relation:
        return adult.name
    return f"{adult.name}, {adult.relation}" if frame.above else adult.name


def _stay_bars(adult: HomeAdult, stay: Stay, scale: TimeScale) -> list[Bar]:
    """Pale where the edge is uncertain, open (outlined) while no agency knew, solid from when one did."""
    if not scale.shows(stay.first, stay.last):
        return []
    cuts = (
        (stay.first, min(stay.first_latest, stay.last_earliest), "unsure", "arrival not known to the day"),
        (stay.first_latest, stay.last_earliest, "sure", ""),
        (max(stay.last_earliest, stay.first_latest), stay.last, "unsure", "leaving not known to the day"),
    )
    title = f"{adult.name}, {adult.relation}: in the home {short_month(stay.first)} to "
    title += "the end of what is drawn" if stay.open_end else short_month(stay.last)
    if stay.known > stay.first:
        title += f"; no agency knew until {short_month(stay.known)}"
    bars = []
    for first, last, style, note in cuts:
        for a, b, known in _split(first, last, stay.known):
            x, right = scale.x(a), scale.x(b)
            if right - x > 0.5:
                said = f"{title}; {note}" if note else title
                bars.append(Bar(x, round(right - x, 1), f"{style} {'known' if known else 'unknown'}", said))
    return bars


def _split(first: date, last: date, known: date) -> list[tuple[date, date, bool]]:
    if known <= first:
        return [(first, last, True)]
    if known >= last:
        return [(first, last, False)]
    return [(first, known, False), (known, last, True)]


def _draw_life(pen: _Pen, life: Life, facts: Facts) -> None:
    scale = pen.scale
    end = life.died or facts.today
    bars = []
    if life.carried_from is not None:
        carried_to = life.born or facts.today
        x, right = scale.x(life.carried_from), scale.x(carried_to)
        if right - x > 0.5:
            bars.append(Bar(x, round(right - x, 1), "carried", "not yet born"))
    if life.born is not None:
        x, right = scale.x(life.born), scale.x(end)
        if right - x > 0.5:
            bars.append(Bar(x, round(right - x, 1), "living", ""))
    if life.died is not None and scale.shows(life.died, life.died):
        bars.append(Bar(scale.x(life.died) - 1.5, 3, "died", f"died {day_words(life.died)}"))
    pen.lane(name_words(life.child, life.child.key), "life", life.points, tuple(bars))
    weights = next((w for c, w in facts.growth if c.key == life.child.key), ())
    shown = [w for w in weights if scale.shows(w.day, w.day)]
    if shown:
        pen.growth.append(_growth(pen, life, shown))


def _growth(pen: _Pen, life: Life, weights: Sequence[Weight]) -> GrowthBand:
    top = pen.y + (36 if pen.frame.above else 12)
    bottom = top + 92
    pen.y = bottom + 10
    low = max(-5.5, min(-3.0, min(w.sds for w in weights) - 0.4))
    values = ValueScale(low, 2.8, top, bottom)
    dots = _dots(weights, pen.scale, values)
    lines = tuple((values.y(sds), Words(pen.scale.left + 4, values.y(sds) - 3, words)) for sds, words in GROWTH_LINES)
    name = name_words(life.child, life.child.key)
    label = pen.label(f"{name}’s weight, by centile" if pen.frame.above else "Weight, by centile", top, bottom - top)
    trend = path((d.x, d.y) for d in dots) if len(dots) > 1 else ""
    return GrowthBand(label, top, bottom, lines, (values.y(2.0), values.y(-2.0)), trend, dots)


def _dots(weights: Sequence[Weight], scale: TimeScale, values: ValueScale) -> tuple[Dot, ...]:
    low = min(range(len(weights)), key=lambda n: weights[n].sds)
    named = {0, low, len(weights) - 1}
    dots: list[Dot] = []
    for n, weight in enumerate(weights):
        x, y = scale.x(weight.day), values.y(min(values.high - 0.2, max(values.low + 0.2, weight.sds)))
        words = weight.words if n in named else ""
        clear = all(d.label is None or abs(d.y - y) > 14 or x - text_width(words, 13) > d.x for d in dots)
        left = x - text_width(words, 13) > scale.left
        label = Words(x - 8 if left else x + 8, y + 4, words, "end" if left else "start") if words and clear else None
        dots.append(Dot(x, y, weight.title, f"#entry-{weight.entry}", label))
    return tuple(dots)
