"""Growth as pure decisions: scores, centiles, spaces fallen, and what was ever measured (PRACTICE 4; R74)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from wholepicture.foundation.when import When
from wholepicture.growth.types import (
    CORRECTED_TO_YEARS,
    PROBABLE_ERROR_SDS,
    PROBABLE_ERROR_TIMES,
    SPACES_PER_SDS,
    TERM_WEEKS,
    CentileLine,
    Measure,
    Measurement,
    ordinal,
)
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.record.types import AboutRole, Entry

YEAR_DAYS = 365.25  # as the reference counts years
FULL_TERM_DAYS = 280

_FIELDS = {
    ("measurement", "weight_kg"): Measure.WEIGHT,
    ("measurement", "height_cm"): Measure.HEIGHT,
    ("measurement", "head_circumference_cm"): Measure.HEAD,
    ("birth", "birth_weight_kg"): Measure.WEIGHT,
}


def age_years(born: date, on: date) -> float:
    """Age in years of 365.25 days."""
    return (on - born).days / YEAR_DAYS


def corrected_age(born: date, on: date, gestation_weeks: float | None) -> float:
    """Age in years counted from the due date for a child born before 37 weeks, until the second birthday."""
    age = age_years(born, on)
    if gestation_weeks is None or not 0 < gestation_weeks < TERM_WEEKS or age >= CORRECTED_TO_YEARS:
        return age
    return age - (FULL_TERM_DAYS - round(gestation_weeks * 7)) / YEAR_DAYS


@lru_cache(maxsize=8192)
def sds(
    measure: Measure, value: float, sex: str, born: date, on: date, gestation_weeks: float | None = None
) -> float | None:
    """The UK-WHO standard deviation score of a value in kg, cm or kg/m².

    None before birth, for a sex that is not female or male, and where the reference has no such value at that age.
    """
    if on < born:
        return None
    # The library takes a second to import: nobody waits for it until a child has been measured.
    from wholepicture.growth import references

    return references.sds_at(measure, value, sex, corrected_age(born, on, gestation_weeks))


def probable_error(measure: Measure, value: float, sex: str, age: float, score: float | None) -> bool:
    """Whether a figure was more likely written down wrongly than measured: beyond 6 SDS, or five times the median.

    Without a score nothing can be said, and it is not called an error.
    """
    if score is None:
        return False
    from wholepicture.growth import references

    median = references.value_at(measure, 0.0, sex, age)
    far = median is not None and not median / PROBABLE_ERROR_TIMES < value < median * PROBABLE_ERROR_TIMES
    return far or abs(score) > PROBABLE_ERROR_SDS


def centile(score: float) -> float:
    """The percentage of children of the same age and sex who have a lower score."""
    return 50 * (1 + math.erf(score / math.sqrt(2)))


def centile_words(score: float | None) -> str:
    """A centile as it is said: `the 38th centile`, `below the 0.4th centile`; empty where there is no score."""
    if score is None:
        return ""
    place = centile(score)
    if place < 0.4:
        return "below the 0.4th centile"
    if place > 99.6:
        return "above the 99.6th centile"
    return f"the {ordinal(min(99, max(1, round(place)))) if place >= 0.5 else '0.4th'} centile"


def spaces_between(earlier: float, later: float) -> float:
    """Centile spaces fallen from one score to another (one space is two thirds of a standard deviation)."""
    return (earlier - later) * SPACES_PER_SDS


def gestation(record: FamilyRecord, child: str) -> float | None:
    """Weeks of gestation at birth: as the person is held, otherwise as the birth entry says."""
    person = record.people[child]
    if person.gestation_weeks is not None:
        return person.gestation_weeks
    births = (e for e in _standing(record, "birth") if _only_child(record, e) == child)
    weeks = (e.number("gestation_weeks") for e in births)
    return next((w for w in weeks if w is not None), None)


def measurements(record: FamilyRecord, child: str) -> tuple[Measurement, ...]:
    """Every figure that any agency measured of the child, oldest first, with a BMI for each day that has both parts.

    A figure that a correction superseded is left out. Nothing where the child's birth date is not held.
    """
    person = record.people[child]
    if person.born is None:
        return ()
    weeks = gestation(record, child)
    found = [
        m
        for entry in _standing(record, "birth", "measurement")
        if _only_child(record, entry) == child
        for m in _of_entry(entry, person, person.born, weeks)
    ]
    found += _bmis(found, person, person.born, weeks)
    return tuple(sorted(found, key=lambda m: (m.when.sort_key(), m.measure, m.agency, m.entry)))


def centile_lines(measure: Measure, sex: str, from_age: float, to_age: float) -> tuple[CentileLine, ...]:
    """The nine UK-WHO centile lines between two ages in years; none for a sex that is not female or male."""
    from wholepicture.growth import references

    return tuple(references.clipped(line, from_age, to_age) for line in references.lines(measure, sex))


def warm_up() -> None:
    """Load the reference and its weight lines (about two seconds), so that no reader of a chart has to wait."""
    for sex in ("female", "male"):
        centile_lines(Measure.WEIGHT, sex, 0, 1)


def _standing(record: FamilyRecord, *kinds: str) -> Iterator[Entry]:
    return (e for e in record.entries if e.kind in kinds and e.id not in record.superseded)


def _only_child(record: FamilyRecord, entry: Entry) -> str | None:
    """The one child whose figure it must be; None where the entry leaves a doubt (one weight, twins)."""
    children = [p for p in entry.in_role(AboutRole.SUBJECT) if p in record.people and record.people[p].is_child]
    return children[0] if len(children) == 1 else None


def _of_entry(entry: Entry, person: Person, born: When, weeks: float | None) -> Iterator[Measurement]:
    for (kind, name), measure in _FIELDS.items():
        value = entry.number(name) if entry.kind == kind else None
        if value is not None:
            yield _measurement(measure, value, entry, person, born, weeks)


def _measurement(
    measure: Measure, value: float, entry: Entry, person: Person, born: When, weeks: float | None
) -> Measurement:
    at_birth = entry.kind == "birth"
    when = born if at_birth else entry.occurred
    # A month that holds both the birth and the weighing must not put the weighing before the birth.
    on = max(when.start, born.start) if when.latest >= born.start else when.start
    age = corrected_age(born.start, on, weeks)
    score = sds(measure, value, person.sex, born.start, on, weeks)
    return Measurement(
        measure=measure,
        value=value,
        when=when,
        agency=entry.agency,
        entry=entry.id,
        born=born.start,
        sex=person.sex,
        sds=score,
        age=age_years(born.start, on),
        corrected_age=age,
        day_known=born.exact_day and when.exact_day,
        at_birth=at_birth,
        probable_error=probable_error(measure, value, person.sex, age, score),
    )


def _bmis(found: Iterable[Measurement], person: Person, born: When, weeks: float | None) -> list[Measurement]:
    days: dict[date, dict[Measure, Measurement]] = {}
    for m in found:
        if m.when.exact_day:
            days.setdefault(m.on, {}).setdefault(m.measure, m)
    pairs = [
        (d[Measure.WEIGHT], d[Measure.HEIGHT]) for d in days.values() if {Measure.WEIGHT, Measure.HEIGHT} <= set(d)
    ]
    return [_bmi(weight, height, person, born, weeks) for weight, height in pairs if height.value > 0]


def _bmi(weight: Measurement, height: Measurement, person: Person, born: When, weeks: float | None) -> Measurement:
    value = round(weight.value / (height.value / 100) ** 2, 2)
    score = sds(Measure.BMI, value, person.sex, born.start, weight.on, weeks)
    return Measurement(
        measure=Measure.BMI,
        value=value,
        when=weight.when,
        agency=weight.agency,
        entry=weight.entry,
        born=born.start,
        sex=person.sex,
        sds=score,
        age=weight.age,
        corrected_age=weight.corrected_age,
        day_known=weight.day_known,
        probable_error=probable_error(Measure.BMI, value, person.sex, weight.corrected_age, score),
    )
