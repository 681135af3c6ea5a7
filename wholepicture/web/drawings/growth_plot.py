"""Where everything of the growth chart goes: lines, points, gaps and the words beside them."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from wholepicture.foundation.when import When
from wholepicture.growth.rules import age_years, centile_lines, centile_words
from wholepicture.growth.types import JOINS, CentileLine, Measure, Measurement
from wholepicture.web.drawings.growth_words import Gap, fall_words, gaps, plausible, point_title
from wholepicture.web.drawings.picture_sheet import Words
from wholepicture.web.drawings.scale import TimeScale, ValueScale, path, spread, text_width, value_ticks, wrapped
from wholepicture.web.drawings.words import agency_inline, when_short

# Where a label may stand beside its point, the first that is clear: which side, and how far down.
_PLACES = tuple((side, dy) for dy in (-8.0, 18.0, -26.0, 34.0, -44.0, 52.0, 70.0) for side in ("end", "start"))
LABELLED = 6  # up to so many points are each labelled; beyond, only the first, the best, the lowest and the last


_Box = tuple[float, float, float, float]


class Window(enum.StrEnum):
    """How much of the child's life the chart shows."""

    WHOLE = "whole-life"
    RECENT = "last-2-years"

    @property
    def words(self) -> str:
        """As the link says it."""
        return {Window.WHOLE: "Whole life", Window.RECENT: "Last 2 years"}[self]


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a chart."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


WIDE = Frame("wide", 960, 580, 44, 60, 34, 46)
NARROW = Frame("narrow", 360, 470, 30, 40, 30, 44)


@dataclass(frozen=True, slots=True)
class Curve:
    """One centile line with its name at the right edge."""

    paths: tuple[str, ...]
    dashed: bool
    label: Words | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A measurement: hollow where it may be an error; its label in lines, empty where there is no room."""

    x: float
    y: float
    hollow: bool
    title: str
    href: str
    label: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A stretch with no measurement, with its words."""

    x: float
    width: float
    title: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """One complete chart."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    unit: str
    curves: tuple[Curve, ...]
    x_ticks: tuple[Words, ...]
    date_ticks: tuple[Words, ...]
    y_ticks: tuple[Words, ...]
    joins: tuple[Words, ...]
    shades: tuple[Shade, ...]
    trend: str
    falls: tuple[Words, ...]
    dots: tuple[Dot, ...]
    ended: float | None


def plot(found: Sequence[Measurement], measure: Measure, born: When, until: date, span: Window, frame: Frame) -> Plot:
    """The chart of measurements from birth, or over the last two years, to a day."""
    first, last = _days(found, born, until, span)
    scale = TimeScale(first, last, frame.left, frame.width - frame.right)
    shown = [m for m in found if first <= m.on <= last]
    lines = centile_lines(measure, found[0].sex, age_years(born.start, first), age_years(born.start, last))
    zero = "due date" if any(m.corrected_age != m.age for m in found) else "birth"
    values = _values(shown, lines, frame)
    trend = plausible(shown)
    shades = tuple(_shade(g, scale, values) for g in gaps(found, measure, born, until) if _wide_enough(g, scale))
    taken = [_words_box(words, 13) for shade in shades for words in shade.words]
    taken += _line_boxes([(_x(m, scale), values.y(m.value)) for m in trend])
    dots = _dots(shown, scale, values, frame, taken)
    return Plot(
        name=frame.name,
        width=frame.width,
        height=frame.height,
        left=scale.left,
        right=scale.right,
        top=values.top,
        bottom=values.bottom,
        unit=measure.unit,
        curves=_curves(lines, born, scale, values),
        x_ticks=_age_ticks(born, scale, values, frame, zero),
        date_ticks=_date_ticks(scale, values, frame),
        y_ticks=tuple(Words(scale.left - 6, values.y(v) + 4, f"{v:g}", "end") for v in _y_ticks(values)),
        joins=_joins(born, scale, values, frame),
        shades=shades,
        trend=path((_x(m, scale), values.y(m.value)) for m in trend) if len(trend) > 1 else "",
        falls=_falls(trend, scale, values, frame, taken),
        dots=dots,
        ended=scale.x(until) if until < last else None,
    )


def _days(found: Sequence[Measurement], born: When, until: date, span: Window) -> tuple[date, date]:
    last = max(until, found[-1].on)
    if span is Window.RECENT:
        first = max(born.start, last - timedelta(days=731))
        return first, last + timedelta(days=30)
    room = max(7, (last - born.start).days // 30)
    return min(born.start, *(_plotted(m) for m in found)), last + timedelta(days=room)


def _plotted(m: Measurement) -> date:
    """The day of the corrected age while there is a correction, so that point and line are of one age."""
    return m.born + timedelta(days=round(m.plotted_age * 365.25))


def _x(m: Measurement, scale: TimeScale) -> float:
    return scale.x(_plotted(m))


def _values(shown: Sequence[Measurement], lines: Sequence[CentileLine], frame: Frame) -> ValueScale:
    values = [m.value for m in shown if not m.probable_error] or [m.value for m in shown]
    values += [y for line in lines for piece in line.pieces for _, y in piece]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low) * 0.04 or 1.0
    return ValueScale(max(0.0, low - room), high + room, frame.top, frame.height - frame.bottom)


def _y_ticks(values: ValueScale) -> tuple[float, ...]:
    return value_ticks(values.low, values.high, 7)


def _curves(lines: Sequence[CentileLine], born: When, scale: TimeScale, values: ValueScale) -> tuple[Curve, ...]:
    ends = [line.pieces[-1][-1] for line in lines if line.pieces]
    ys = spread([values.y(y) + 4 for _, y in reversed(ends)], 12, values.top, values.bottom + 4)
    places = dict(zip((line.centile for line in reversed(lines) if line.pieces), ys, strict=True))

    def x(age: float) -> float:
        return scale.x(born.start + timedelta(days=round(age * 365.25)))

    return tuple(
        Curve(
            paths=tuple(path((x(age), values.y(y)) for age, y in piece) for piece in line.pieces),
            dashed=line.dashed,
            label=Words(scale.right + 5, places[line.centile], line.label) if line.centile in places else None,
        )
        for line in lines
    )


def _age_ticks(born: When, scale: TimeScale, values: ValueScale, frame: Frame, zero: str) -> tuple[Words, ...]:
    years = (scale.last - scale.first).days / 365.25
    step = 0.25 if years < 1.2 else 0.5 if years < 3 else 1.0 if years < 9 else 2.0
    ticks = []
    count = int(age_years(born.start, scale.last) / step)
    for n in range(count + 1):
        day = born.start + timedelta(days=round(n * step * 365.25))
        if scale.first <= day <= scale.last:
            ticks.append(Words(scale.x(day), values.bottom + 20, _age_tick(n * step, frame) if n else zero, "middle"))
    return tuple(ticks)


def _age_tick(age: float, frame: Frame) -> str:
    if age < 2 and age != 1:
        return f"{round(age * 12)}m" if frame.name == "narrow" else f"{round(age * 12)} months"
    half = "½" if age % 1 == 0.5 else ""
    if age % 1 not in (0, 0.5):
        return ""
    noun = "" if frame.name == "narrow" else " year" if age == 1 else " years"
    return f"{int(age)}{half}{noun}"


def _date_ticks(scale: TimeScale, values: ValueScale, frame: Frame) -> tuple[Words, ...]:
    years = [date(y, 1, 1) for y in range(scale.first.year, scale.last.year + 1)]
    shown = [d for d in years if scale.first <= d <= scale.last]
    skip = max(1, round(len(shown) * 34 / (scale.right - scale.left)) + (len(shown) > 12))
    return tuple(Words(scale.x(d), values.top - 10, str(d.year), "middle") for d in shown[::skip])


def _joins(born: When, scale: TimeScale, values: ValueScale, frame: Frame) -> tuple[Words, ...]:
    # A phone has no room for these words; the caption says what the dotted lines are.
    said = {2.0: "lying, then standing", 4.0: "WHO, then UK90"} if frame.name == "wide" else dict.fromkeys(JOINS, "")
    days = {join: born.start + timedelta(days=round(join * 365.25)) for join in JOINS}
    shown = {join: day for join, day in days.items() if scale.first < day < scale.last}
    return tuple(Words(scale.x(day), values.bottom - 6, said[join], "middle") for join, day in shown.items())


def _wide_enough(gap: Gap, scale: TimeScale) -> bool:
    return scale.shows(gap.first, gap.last) and scale.x(gap.last) - scale.x(gap.first) > 6


def _shade(gap: Gap, scale: TimeScale, values: ValueScale) -> Shade:
    x, right = scale.x(gap.first), scale.x(gap.last)
    inner = right - x - 10
    lines = wrapped(gap.words, 13, inner, 4) if inner > 44 else ()
    if any(line.endswith("…") for line in lines):
        lines = ()
    top = values.top + 17
    words = tuple(Words((x + right) / 2, top + n * 16, line, "middle") for n, line in enumerate(lines))
    return Shade(x + 1.5, round(max(1.0, right - x - 3), 1), gap.words, words)


def _line_boxes(points: Sequence[tuple[float, float]]) -> list[_Box]:
    """Small boxes along the line between the points, for words to keep clear of."""
    boxes = []
    for (x1, y1), (x2, y2) in pairwise(points):
        count = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / 8))
        for n in range(count + 1):
            x, y = x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count
            boxes.append((x - 3, y - 3, x + 3, y + 3))
    return boxes


def _words_box(words: Words, size: float) -> _Box:
    half = text_width(words.text, size) / 2
    return (words.x - half, words.y - size, words.x + half, words.y + 4)


def _falls(
    trend: Sequence[Measurement], scale: TimeScale, values: ValueScale, frame: Frame, taken: list[_Box]
) -> tuple[Words, ...]:
    """The telling falls between neighbouring points, written near the line between them where there is room."""
    out = []
    for earlier, later in pairwise(trend):
        words = fall_words(earlier, later) if frame.name == "wide" else ""
        if not words or _x(later, scale) - _x(earlier, scale) < 40:
            continue
        width = text_width(words, 14, bold=True)
        x = (_x(earlier, scale) + _x(later, scale) - width) / 2
        y = (values.y(earlier.value) + values.y(later.value)) / 2
        for dy in (24, -18, 44, -38, 64, -58):
            box = (x, y + dy - 12, x + width, y + dy + 4)
            if x > frame.left and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                out.append(Words(round(x, 1), round(y + dy, 1), words))
                break
    return tuple(out)


def _dots(
    shown: Sequence[Measurement], scale: TimeScale, values: ValueScale, frame: Frame, taken: list[_Box]
) -> tuple[Dot, ...]:
    named = _named(shown)
    places = [(_x(m, scale), max(values.top, min(values.bottom, values.y(m.value)))) for m in shown]
    taken += [(x - 7, y - 7, x + 7, y + 7) for x, y in places]
    dots = []
    for m, (x, y) in zip(shown, places, strict=True):
        label = _label(m, x, y, frame, taken) if m.entry in named else ()
        dots.append(Dot(x, y, m.probable_error, point_title(m), f"#measured-{m.measure}-{m.entry}", label))
    return tuple(dots)


def _named(shown: Sequence[Measurement]) -> frozenset[str]:
    """The entries whose points are labelled."""
    scored = plausible(shown)
    if len(shown) <= LABELLED or not scored:
        return frozenset(m.entry for m in shown[:LABELLED])
    best = max(scored, key=lambda m: m.sds or 0.0)
    least = min(scored, key=lambda m: m.sds or 0.0)
    return frozenset({scored[0].entry, best.entry, least.entry, scored[-1].entry})


def _label(m: Measurement, x: float, y: float, frame: Frame, taken: list[_Box]) -> tuple[Words, ...]:
    """Value and centile, then date and agency, where they cover nothing already placed; else nothing."""
    place = centile_words(m.sds).removeprefix("the ").removesuffix(" centile")
    head = f"{m.value:g} {m.measure.unit}" + (f", {place}" if place else "")
    lines = (head, when_short(m.when)) if frame.name == "narrow" else (
        head, f"{when_short(m.when)}, {agency_inline(m.agency)}",
    )  # fmt: skip
    width = max(text_width(head, 15, bold=True), text_width(lines[1], 13))
    for side, dy in _PLACES:
        left = x - 12 - width if side == "end" else x + 12
        box = (left, y + dy - 13, left + width, y + dy + 19)
        inside = left > frame.left and left + width < frame.width - 4
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            at = x - 12 if side == "end" else x + 12
            return tuple(Words(round(at, 1), round(y + dy + n * 16, 1), line, side) for n, line in enumerate(lines))
    return ()


def _overlap(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
