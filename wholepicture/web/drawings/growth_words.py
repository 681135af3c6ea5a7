"""What the growth chart says: a fall in plain words, gaps, and what to ask for. It never diagnoses (PRACTICE 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from wholepicture.foundation.when import When
from wholepicture.growth.rules import centile_words, spaces_between
from wholepicture.growth.types import CORRECTED_TO_YEARS, JOINS, Measure, Measurement
from wholepicture.web.drawings.words import agency_words, day_words, month_words, span_words, when_short

TELLING_FALL = 1.0  # centile spaces; less is within what scales and clothing can do
GAP_UNDER_TWO = timedelta(days=183)
GAP_FROM_TWO = timedelta(days=365)
_NUMBERS = "no one two three four five six seven eight nine ten".split()
RECHECK = "Ask for a measured re-check, on known scales, and for who will do it and by when."


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch with no measurement held by anybody."""

    first: date
    last: date
    words: str


def plausible(found: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """Figures with a score that are not probable errors: those a trend may rest on."""
    return tuple(m for m in found if m.sds is not None and not m.probable_error)


def narrative(
    found: Sequence[Measurement], measure: Measure, name: str, until: date, died: bool = False
) -> tuple[str, ...]:
    """The chart in sentences up to a day, most telling first; nothing is asked for a child who has died."""
    if not found:
        return (f"No {measure.words} is held from any agency. Ask who has measured {name}, and when.",)
    said = []
    scored = plausible(found)
    if len(scored) > 1:
        said += _trend(scored, died)
    elif scored:
        only = scored[0]
        said.append(
            f"One {measure.words} is held: {only.value:g} {measure.unit}, {_about(only)}{centile_words(only.sds)} "
            f"in {month_words(only.on)}. One figure shows no trend."
        )
    errors = [m for m in found if m.probable_error]
    if errors:
        said.append(f"{_figures(len(errors))} so far from the lines as to be perhaps written down wrongly: check.")
    if not found[0].sex or found[0].sex not in ("female", "male"):
        said.append("The reference has lines only for a girl or a boy: with neither on record there is no centile.")
    if not died and until - found[-1].on >= _allowed(found[-1]):
        said.append(f"Last measured {span_words(found[-1].on, until)} ago, on {day_words(found[-1].on)}.")
    return tuple(said)


def _figures(count: int) -> str:
    return "One figure is" if count == 1 else f"{count} figures are"


def _about(m: Measurement) -> str:
    return "" if m.day_known else "about "


def _trend(scored: Sequence[Measurement], died: bool) -> list[str]:
    last = scored[-1]
    best = _baseline(scored[:-1])
    fall = spaces_between(_sds(best), _sds(last))
    first = f"{_about(best) or 'from '}{centile_words(best.sds)} in {month_words(best.on)}"
    first = first[:1].upper() + first[1:]
    second = f"{centile_words(last.sds)} in {month_words(last.on)}"
    if fall < TELLING_FALL:
        steady = "risen" if fall <= -TELLING_FALL else "kept close to its line"
        return [f"{first} to {second}: it has {steady}."]
    said = [f"{first} to {second}: fell {spaces_words(fall)} in {span_words(best.on, last.on)}."]
    said += [] if died else [RECHECK]
    crossed = [int(j) for j in JOINS if best.age < j <= last.age]
    if crossed:
        years = " and ".join(f"{j} years" for j in crossed)
        said.append(f"The reference changes at {years}: read a difference across it with care.")
    return said


def _baseline(earlier: Sequence[Measurement]) -> Measurement:
    """The best earlier place: of three or more, the best that two in a row held, so one odd figure sets nothing."""
    if len(earlier) < 3:
        return max(earlier, key=_sds)
    return max((min(pair, key=_sds) for pair in pairwise(earlier)), key=_sds)


def _sds(m: Measurement) -> float:
    return m.sds if m.sds is not None else 0.0


def fall_words(earlier: Measurement, later: Measurement) -> str:
    """How the line between two points is labelled; empty where there is no telling fall."""
    if earlier.sds is None or later.sds is None:
        return ""
    fall = spaces_between(earlier.sds, later.sds)
    if fall < TELLING_FALL:
        return ""
    return f"fell {spaces_words(fall)} in {span_words(earlier.on, later.on)}"


def spaces_words(spaces: float) -> str:
    """`nearly three centile spaces`, `two and a half centile spaces`: no finer than scales allow."""
    whole = round(spaces)
    over = spaces - whole
    noun = "centile space" if whole == 1 and over <= 0.25 else "centile spaces"
    if abs(over) < 0.03:
        return f"{_number(whole)} {noun}"
    if -0.25 <= over < 0:
        return f"nearly {_number(whole)} {noun}"
    if 0 < over <= 0.25:
        return f"just over {_number(whole)} {noun}"
    return f"about {_number(int(spaces))} and a half centile spaces"


def _number(whole: int) -> str:
    return _NUMBERS[whole] if 0 <= whole < len(_NUMBERS) else str(whole)


def gaps(found: Sequence[Measurement], measure: Measure, born: When, until: date) -> tuple[Gap, ...]:
    """Stretches longer than any child should go unmeasured, from birth to now; half a year under two, else a year."""
    days = [born.start, *(m.on for m in found), until]
    out = []
    for first, last in pairwise(days):
        allowed = GAP_UNDER_TWO if (first - born.start).days < CORRECTED_TO_YEARS * 365.25 else GAP_FROM_TWO
        if last - first >= allowed:
            out.append(Gap(first, last, f"no {measure.words} held for {span_words(first, last)}"))
    return tuple(out)


def _allowed(m: Measurement) -> timedelta:
    return GAP_UNDER_TWO if m.age < CORRECTED_TO_YEARS else GAP_FROM_TWO


def point_title(m: Measurement) -> str:
    """A point as it is read out."""
    note = "; the day is not known" if not m.day_known else ""
    error = "; so far from the lines that it may be written down wrongly" if m.probable_error else ""
    place = f", {centile_words(m.sds)}" if m.sds is not None else ""
    value = f"{m.value:g} {m.measure.unit}"
    return f"{when_short(m.when)}: {value}, {agency_words(m.agency)}{place}{note}{error}"
