"""Growth: every measurement from every agency on the UK-WHO nine-centile chart (R74; PRACTICE 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wholepicture.growth.rules import centile_words, measurements
from wholepicture.growth.types import Measure, Measurement
from wholepicture.people.types import FamilyRecord
from wholepicture.web.drawings.growth_plot import NARROW, WIDE, Plot, Window, plot
from wholepicture.web.drawings.growth_words import narrative
from wholepicture.web.drawings.picture_filter import Choice
from wholepicture.web.drawings.words import age_words, agency_words, name_words, when_short


@dataclass(frozen=True, slots=True)
class MeasurementRow:
    """One line of the table beneath the chart; `key` is the id that the point leads to."""

    key: str
    entry: str
    when: str
    age: str
    corrected: str
    agency: str
    value: str
    centile: str
    sds: str
    note: str


@dataclass(frozen=True, slots=True)
class GrowthView:
    """Everything that the macro draws."""

    anchor: str
    whose: str
    measure: str
    heading: str
    narrative: tuple[str, ...]
    measures: tuple[Choice, ...]
    windows: tuple[Choice, ...]
    plots: tuple[Plot, ...]
    rows: tuple[MeasurementRow, ...]
    corrected: bool
    reference: str


def draw_growth(
    record: FamilyRecord,
    child: str,
    today: date,
    measure: Measure | str | None = None,
    window: Window | str | None = None,
    keep: str = "",
) -> GrowthView:
    """One child's chart of one measure; without a choice the first of which anything is held, whole life.

    `keep` is the page's own query string (`tab=growth`), put before the chart's parameters `measure` and `window`.
    """
    every = tuple(m for m in measurements(record, child) if m.on <= today)
    chosen = _measure(measure, every)
    span = Window(window) if window in set(Window) else Window.WHOLE
    found = tuple(m for m in every if m.measure is chosen)
    person = record.people[child]
    name = name_words(person, child)
    died = person.died is not None and person.died.start <= today
    until = person.died.start if died and person.died is not None else today
    plots: tuple[Plot, ...] = ()
    if person.born is not None and found:
        plots = tuple(plot(found, chosen, person.born, until, span, frame) for frame in (WIDE, NARROW))
    anchor = f"growth-{child}"
    return GrowthView(
        anchor=anchor,
        whose=name,
        measure=chosen,
        heading=f"{name}’s {chosen.words}",
        narrative=narrative(found, chosen, person.name, until, died) if person.born else (_no_birth(name),),
        measures=_choices(every, chosen, span, (keep, anchor)),
        windows=_windows(chosen, span, (keep, anchor)),
        plots=plots,
        rows=tuple(_row(m) for m in reversed(found)),
        corrected=any(m.corrected_age != m.age for m in found),
        reference="UK-WHO reference, Royal College of Paediatrics and Child Health",
    )


def _no_birth(name: str) -> str:
    return f"{name}’s date of birth is not held: without it nothing can be plotted. Ask whoever registered the birth."


def _measure(wanted: Measure | str | None, every: Sequence[Measurement]) -> Measure:
    if wanted in set(Measure):
        return Measure(wanted)
    held = {m.measure for m in every}
    return next((m for m in Measure if m in held), Measure.WEIGHT)


def _choices(every: Sequence[Measurement], chosen: Measure, span: Window, place: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            words=m.words[:1].upper() + m.words[1:],
            value=m,
            href=_href(m, span, place),
            chosen=m is chosen,
            count=sum(1 for f in every if f.measure is m),
        )
        for m in Measure
    )


def _windows(chosen: Measure, span: Window, place: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(w.words, w, _href(chosen, w, place), w is span) for w in Window)


def _href(measure: Measure, span: Window, place: tuple[str, str]) -> str:
    """The same chart with another choice; `place` is the page's own query string and the chart's anchor."""
    keep, anchor = place
    before = f"{keep}&" if keep else ""
    return f"?{before}measure={measure}&window={span}#{anchor}"


def _row(m: Measurement) -> MeasurementRow:
    notes = []
    if m.at_birth:
        notes.append("at birth")
    if not m.day_known:
        notes.append("day not known: plotted at the earliest")
    if m.probable_error:
        notes.append("may be written down wrongly: check it")
    if m.measure is Measure.BMI:
        notes.append("worked out from weight and height of that day")
    return MeasurementRow(
        key=f"measured-{m.measure}-{m.entry}",
        entry=m.entry,
        when=when_short(m.when),
        age="birth" if m.at_birth else age_words(m.age),
        corrected=age_words(m.corrected_age) if m.corrected_age != m.age else "",
        agency=agency_words(m.agency),
        value=f"{m.value:g} {m.measure.unit}",
        centile=centile_words(m.sds).removeprefix("the ") or "none for this age or sex",
        sds=_score(m.sds),
        note="; ".join(notes),
    )


def _score(sds: float | None) -> str:
    if sds is None:
        return ""
    return "0.00" if abs(sds) < 0.005 else f"{sds:+.2f}".replace("-", "−")
