"""S21: weight that falls across centile spaces, or lies below the 2nd (NICE NG75; DA 4.5; R74)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from wholepicture.foundation.when import When
from wholepicture.foundation.working_days import months_after
from wholepicture.growth.rules import corrected_age, gestation, probable_error, sds, spaces_between
from wholepicture.growth.types import Measure
from wholepicture.people.types import Person
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.events import event_of, possible_days
from wholepicture.signals.rules.base import Rule, threshold
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import View, finding

NG75 = "NICE NG75 1.2"

SPEC = RuleSpec(
    id="S21",
    concern="faltering_growth",
    tier=Tier.INTERRUPT,
    title="Weight falling across the centiles",
    question=(
        "This child's weight has fallen by as much as the national guideline asks about, or is below the 2nd centile. "
        "Who will weigh and measure the child again, and which explanations, neglect and abuse among them, are open?"
    ),
    why="Weights taken in different places were never plotted together, and the fall was not seen.",
    source="NICE NG75; DA 4.5; R74",
    tell=("HV", "SN", "GP"),
    false_alarms="Different scales; a child born early; the joins between growth references at two and four years.",
    human_close="The child is measured again and has regained, or a doctor has considered abuse in writing.",
    thresholds=(
        threshold("spaces_small", 1, "centile spaces", f"{NG75}: born below the 9th centile"),
        threshold("spaces_middle", 2, "centile spaces", f"{NG75}: born from the 9th to the 91st centile"),
        threshold("spaces_large", 3, "centile spaces", f"{NG75}: born above the 91st centile"),
        threshold("spaces_older", 2, "centile spaces", "reading of the rules: from the fifth birthday on"),
        threshold("first_weeks", 21, "days", "NICE NG75 1.1: early loss is made good by three weeks"),
        threshold("baseline_birth", 12, "months", "reading of the rules: the baseline is birthweight to age one"),
        threshold("bands_to", 60, "months", "reading of the rules: NG75's bands to age five"),
        threshold("likely_error", 6, "standard deviations", "PRACTICE 4: beyond it a figure is probably an error"),
    ),
)

SPACE = 2 / 3  # of a standard deviation: the centile lines of the UK-WHO charts
NINTH, NINETY_FIRST, SECOND = -2 * SPACE, 2 * SPACE, -3 * SPACE
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight, the days it may have been taken, and the lowest and highest score that these allow."""

    entry: Entry
    first: date
    last: date
    lowest: float
    highest: float

    @property
    def at_birth(self) -> bool:
        """Whether it is the birthweight, which is a baseline and never a fall."""
        return self.entry.kind == "birth"


def find(view: View, child: Person) -> Iterable[Finding]:
    """Each weight that has certainly fallen by the guideline's measure, until the child has regained."""
    born = child.born
    if born is None:
        return
    weights = tuple(_weights(view, child, born))
    fallen = {w.entry.id: _fallen_from(view.today, born, w, weights) for w in weights}
    for weight in weights:
        earlier = fallen[weight.entry.id]
        if earlier is None:
            continue
        event = event_of([weight.entry], _known)
        events = [*(event_of([w.entry], _known) for w in earlier), event]
        regained = [_known(w.entry) for w in weights if w.first > weight.last and fallen[w.entry.id] is None]
        medical = view.closed(child.key, [event], _medical_view)
        until = min([*regained, *([medical] if medical else [])], default=None)
        yield finding(SPEC.id, child, events, [event], max(e.since for e in events), until)


def _weights(view: View, child: Person, born: When) -> Iterator[Weight]:
    """The child's weights in order of day, without those that are probably slips of unit or pen."""
    limit = SPEC.limit("likely_error", view.today)
    weeks = gestation(view.record, child.key)
    found = []
    for entry in view.of_kind("birth", "measurement"):
        value = entry.number("birth_weight_kg" if entry.kind == "birth" else "weight_kg")
        if value is None or _only_child(view, entry) != child.key:
            continue
        first, last = (born.earliest, born.latest) if entry.kind == "birth" else possible_days(entry)
        scores = _scores(child, born, value, {first, last}, weeks)
        if scores and max(abs(s) for s in scores) <= limit:
            found.append(Weight(entry, first, last, min(scores), max(scores)))
    yield from sorted(found, key=lambda w: (w.first, w.last, w.entry.id))


def _only_child(view: View, entry: Entry) -> str:
    """The one child that was weighed; nobody where one figure names two."""
    named = [p for p in entry.in_role(AboutRole.SUBJECT) if p in view.record.people and view.record.people[p].is_child]
    return named[0] if len(named) == 1 else ""


def _known(entry: Entry) -> date:
    return entry.known_since("birth_weight_kg", "weight_kg")


def _scores(child: Person, born: When, value: float, on: set[date], weeks: float | None) -> list[float]:
    """Scores at every extreme of the dates and, where the sex is not known, for either; none if one has none.

    None either for a figure many times too large: the scores of heavy older children flatten before they tell a slip.
    """
    sexes = (child.sex,) if child.sex in ("female", "male") else ("female", "male")
    births = {born.earliest, born.latest}
    # A weight is taken on or after the day of birth, whatever their imprecise dates would allow.
    pairs = {(b, max(b, day)) for b, day in product(births, on)}
    scores = []
    for sex, (b, day) in product(sexes, pairs):
        score = sds(Measure.WEIGHT, value, sex, b, day, weeks)
        age = corrected_age(b, day, weeks)
        if score is None or probable_error(Measure.WEIGHT, value, sex, age, score):
            return []
        scores.append(score)
    return scores


def _fallen_from(today: date, born: When, weight: Weight, weights: Sequence[Weight]) -> tuple[Weight, ...] | None:
    """The earlier weights that it has fallen from, none of them where it lies below the 2nd; None if it has not."""
    early = born.latest + timedelta(days=SPEC.limit("first_weeks", today))
    if weight.at_birth or weight.first <= early:
        return None
    in_bands = weight.last < months_after(born.earliest, SPEC.limit("bands_to", today))
    after_one = weight.first > months_after(born.latest, SPEC.limit("baseline_birth", today))
    earlier = [w for w in weights if w.at_birth or w.last < weight.first]
    baseline = max(_baselines(earlier, after_one), key=lambda b: b[0], default=None)
    if baseline is not None:
        level, rows = baseline
        if spaces_between(level, weight.highest) >= _spaces_needed(today, level, in_bands) - ROUNDING:
            return rows
    return () if in_bands and weight.highest < SECOND else None


def _spaces_needed(today: date, level: float, in_bands: bool) -> int:
    if not in_bands:
        return SPEC.limit("spaces_older", today)
    if level < NINTH:
        return SPEC.limit("spaces_small", today)
    return SPEC.limit("spaces_large" if level > NINETY_FIRST else "spaces_middle", today)


def _baselines(earlier: Sequence[Weight], after_one: bool) -> Iterator[tuple[float, tuple[Weight, ...]]]:
    """The birthweight; after age one also the best level at or above which two weights of different days lie."""
    yield from ((w.lowest, (w,)) for w in earlier if w.at_birth)
    by_day = {(w.first, w.last): w for w in earlier if not w.at_birth}
    held = sorted(by_day.values(), key=lambda w: -w.lowest)[:2]
    if after_one and len(held) == 2:
        yield held[1].lowest, tuple(held)


def _medical_view(entry: Entry) -> date | None:
    if entry.kind == "medical_finding" and entry.text("finding") and entry.flag("abuse_considered"):
        return entry.known_since("finding", "abuse_considered")
    return None


RULE = Rule(SPEC, find)
