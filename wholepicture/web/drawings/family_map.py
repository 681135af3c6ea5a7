"""Family: a map of people and households on any day, with a slider through the days when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wholepicture.people.types import FamilyRecord, Relationship
from wholepicture.web.drawings.family_facts import Moment, members, moments, ties_on
from wholepicture.web.drawings.family_layout import NARROW, WIDE, Map, lay_out
from wholepicture.web.drawings.home import relation_noun
from wholepicture.web.drawings.words import day_words, name_words, when_short


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the slider."""

    number: int
    value: str
    words: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TieRow:
    """One relationship of the list beneath."""

    who: str
    relation: str
    other: str
    from_: str
    to: str
    lives_with: str
    known: str
    source: str
    holds: bool


@dataclass(frozen=True, slots=True)
class FamilyView:
    """Everything that the macro draws."""

    on: str
    on_words: str
    said: str
    home: str
    maps: tuple[Map, ...]
    steps: tuple[Step, ...]
    at: int
    earlier: str
    later: str
    kept: tuple[tuple[str, str], ...]
    rows: tuple[TieRow, ...]


def draw_family(
    record: FamilyRecord,
    today: date,
    on: date | None = None,
    moment: int | None = None,
    kept: Sequence[tuple[str, str]] = (),
) -> FamilyView:
    """The family as it was on a day, today by default; `moment` picks the day by its place on the slider (from 1).

    `kept` are the page's own query parameters, carried along by the slider and its links.
    """
    every = moments(record, today)
    day = min(on, today) if on is not None else today
    if moment is not None and 1 <= moment <= len(every):
        day = every[moment - 1].day
    at = max((n for n, m in enumerate(every) if m.day <= day), default=0)
    people, ties = members(record, day), ties_on(record, day)
    steps = tuple(_step(n, m, n == at, kept) for n, m in enumerate(every))
    names = [name_words(m.person, m.person.key) for m in people if m.at_home and not m.unborn]
    return FamilyView(
        on=day.isoformat(),
        on_words=day_words(day) if day != every[at].day else every[at].when,
        said=every[at].words,
        home=f"In the home: {_listed(names)}." if names else "Nobody is recorded as living with the children.",
        maps=tuple(lay_out(record, people, ties, day, frame) for frame in (WIDE, NARROW)),
        steps=steps,
        at=at + 1,
        earlier=steps[at - 1].href if at > 0 else "",
        later=steps[at + 1].href if at + 1 < len(steps) else "",
        kept=tuple(kept),
        rows=tuple(_row(record, r, day) for r in sorted(record.relationships, key=lambda r: _row_order(r, day))),
    )


def _step(number: int, moment: Moment, chosen: bool, kept: Sequence[tuple[str, str]]) -> Step:
    query = "&".join(f"{name}={value}" for name, value in (*kept, ("on", moment.day.isoformat())))
    when = moment.when[:1].upper() + moment.when[1:]
    words = f"{when}: {moment.words}"
    return Step(number + 1, moment.day.isoformat(), words, f"?{query}#family", chosen)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _row_order(r: Relationship, day: date) -> tuple[bool, date, str, str]:
    """What holds on the day first, then what has ended or is still to come."""
    return (not r.holds_on(day), r.from_.start if r.from_ is not None else date.min, r.person, r.other)


def _row(record: FamilyRecord, r: Relationship, day: date) -> TieRow:
    known = r.known_from or r.from_
    return TieRow(
        who=name_words(record.people.get(r.person), r.person),
        relation=relation_noun(r.relation),
        other=name_words(record.people.get(r.other), r.other),
        from_=when_short(r.from_) if r.from_ is not None else "not known",
        to=when_short(r.to) if r.to is not None else "",
        lives_with={True: "yes", False: "no", None: "not said"}[r.lives_with],
        known=when_short(known) if known is not None else "not known",
        source=r.source,
        holds=r.holds_on(day),
    )
