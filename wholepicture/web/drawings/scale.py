"""Scales, ticks and the width of words: geometry that every drawing shares. Units are SVG user units (CSS pixels)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wholepicture.foundation.working_days import months_after
from wholepicture.web.drawings.words import MONTHS


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days to x, linear between two days."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day is drawn, kept within the frame."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)

    def shows(self, first: date, last: date) -> bool:
        """Whether any day of a span lies within the frame."""
        return first <= self.last and last >= self.first

    @property
    def days_per_unit(self) -> float:
        """Days that one unit of width stands for."""
        return max(1, (self.last - self.first).days) / (self.right - self.left)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Numbers to y, larger values higher."""

    low: float
    high: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Where a value is drawn; values outside run out of the frame."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis with its words; `major` ticks begin a year."""

    at: float
    words: str
    major: bool = True
    anchor: str = "start"


def time_ticks(scale: TimeScale) -> tuple[Tick, ...]:
    """Years over a long span, quarters over about two years, months over less; words where they have room."""
    months = (scale.last - scale.first).days / 30.4
    step = 12 if months > 40 else 3 if months > 14 else 1
    room = (scale.right - scale.left) / max(1.0, months / step)
    day = date(scale.first.year, 1, 1)
    ticks = []
    while day <= scale.last:
        if day >= scale.first:
            ticks.append(_time_tick(scale, day, step, room))
        day = months_after(day, step)
    return tuple(ticks)


def _time_tick(scale: TimeScale, day: date, step: int, room: float) -> Tick:
    major = day.month == 1
    if step == 12:
        words = str(day.year) if room > 34 else f"’{day.year % 100:02}" if room > 18 else ""
    elif major:
        words = str(day.year) if room < 60 else f"Jan {day.year}"
    else:
        words = MONTHS[day.month - 1][:3] if room > 26 else ""
    if scale.right - scale.x(day) < text_width(words, 14):
        words = ""
    return Tick(scale.x(day), words, major)


def value_ticks(low: float, high: float, about: int = 6) -> tuple[float, ...]:
    """Round numbers between two values, about as many as asked."""
    raw = (high - low) / max(1, about)
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= raw)
    first = math.ceil(low / step)
    return tuple(round(n * step, 6) for n in range(first, math.floor(high / step + 1e-9) + 1))


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide words are: enough to keep labels apart without a font engine."""
    narrow = sum(c in "iljtf.,:;’'|1I ()" for c in text)
    wide = sum(c in "mwMWGOQ%—" for c in text)
    ems = 0.56 * (len(text) - narrow - wide) + 0.3 * narrow + 0.86 * wide
    return ems * size * (1.07 if bold else 1.0)


def wrapped(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """Words broken into at most so many lines of a width; the last is cut with an ellipsis where it must be."""
    out = [""]
    for word in text.split():
        longer = f"{out[-1]} {word}".strip()
        if text_width(longer, size) <= width or not out[-1]:
            out[-1] = longer
        else:
            out.append(word)
    if len(out) > lines:
        out = [*out[: lines - 1], " ".join(out[lines - 1 :])]
    return tuple(_cut(line, size, width) for line in out)


def _cut(line: str, size: float, width: float) -> str:
    if text_width(line, size) <= width:
        return line
    while len(line) > 1 and text_width(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def path(points: Iterable[tuple[float, float]]) -> str:
    """The `d` of an open polyline."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Positions as near as can be to those wanted (ascending), at least `gap` apart, within the limits."""
    placed: list[float] = []
    for want in wanted:
        placed.append(max(want, placed[-1] + gap if placed else low))
    limit = high
    for n in range(len(placed) - 1, -1, -1):
        placed[n] = max(low, min(placed[n], limit))
        limit = placed[n] - gap
    return tuple(round(p, 1) for p in placed)


def middle(first: date, last: date) -> date:
    """The day half-way between two days."""
    return first + timedelta(days=(last - first).days // 2)
