"""Picture: one timeline of everything that any agency wrote down, on one axis (issue: the child's page)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import Entry
from wholepicture.web.drawings.home import HomeAdult
from wholepicture.web.drawings.marks import Point
from wholepicture.web.drawings.picture_facts import Facts, gather, held_by
from wholepicture.web.drawings.picture_filter import Choice, PictureFilter, Steps, steps, zoom_choices
from wholepicture.web.drawings.picture_sheet import NARROW, WIDE, Flag, Sheet, lay_out
from wholepicture.web.drawings.words import (
    Group,
    agency_key,
    agency_words,
    day_words,
    group_of,
    kind_words,
    month_words,
    name_words,
    short_month,
)

HELD_WORDS = {"held": "yes", "perhaps": "perhaps: received, nobody wrote when", "not": "no", "": ""}


@dataclass(frozen=True, slots=True)
class Question:
    """A standing signal as the drawing needs it: never a score, always a question with its evidence."""

    rule: str
    person: str
    raised: date
    question: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list beneath the drawing; `key` is the id that the marks point to."""

    key: str
    when: str
    agency: str
    group: Group
    kind: str
    people: str
    summary: str
    held: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One standing question of the list beneath."""

    number: int
    rule: str
    person: str
    raised: str
    question: str
    evidence: tuple[tuple[str, str], ...]
    ids: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """Everything that the macro draws."""

    whose: str
    summary: str
    sheets: tuple[Sheet, ...]
    zooms: tuple[Choice, ...]
    steps: Steps
    groups: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    people: tuple[Choice, ...]
    known_to: tuple[Choice, ...]
    known_at: str
    known_words: str
    kept: tuple[tuple[str, str], ...]
    reset: str
    filtered: bool
    home: tuple[str, ...]
    questions: tuple[QuestionRow, ...]
    rows: tuple[Row, ...]


def draw_picture(
    record: FamilyRecord,
    child: str | None,
    today: date,
    signals: Sequence[Question] = (),
    chosen: PictureFilter | None = None,
) -> PictureView:
    """The picture of one child, or of the whole family where `child` is None, as the reader chose to see it.

    `record` holds what the reader may see; `signals` are the questions standing today.
    """
    chosen = chosen or PictureFilter()
    facts = gather(record, child, today, chosen)
    window = chosen.window(facts.first, facts.last)
    flags = _flags(signals)
    whose = name_words(record.people.get(child), child) if child else "The family"
    everything = gather(record, child, today, PictureFilter()) if chosen.narrows else facts
    return PictureView(
        whose=whose,
        summary=_summary(facts, window, today),
        sheets=tuple(lay_out(facts, flags, window, today, frame) for frame in (WIDE, NARROW)),
        zooms=zoom_choices(chosen),
        steps=steps(chosen, facts.first, facts.last),
        groups=_group_choices(everything, chosen),
        agencies=_agency_choices(everything, chosen),
        people=_people_choices(record, everything, chosen),
        known_to=_known_choices(record, chosen),
        known_at=(chosen.known_at or today).isoformat(),
        known_words=_known_words(chosen, today),
        kept=(*chosen.keep, ("zoom", str(chosen.zoom)), *((("end", chosen.end.isoformat()),) if chosen.end else ())),
        reset=PictureFilter(keep=chosen.keep).link(),
        filtered=chosen.narrows or bool(chosen.known_to),
        home=tuple(s for adult in facts.adults for s in _stay_sentences(adult)),
        questions=tuple(_question_row(record, n + 1, q) for n, q in enumerate(signals)),
        rows=tuple(_row(record, e, chosen, today) for e in _within(facts.entries, window)),
    )


def _within(entries: Iterable[Entry], window: tuple[date, date]) -> Iterable[Entry]:
    return (e for e in entries if e.occurred.possibly_within(*window))


def _flags(signals: Sequence[Question]) -> list[Flag]:
    return [
        Flag(Point(f"question-{n + 1}", q.raised, q.raised, Group.OTHER, f"Question {n + 1}: {q.question}"), n + 1)
        for n, q in enumerate(signals)
    ]


def _summary(facts: Facts, window: tuple[date, date], today: date) -> str:
    shown = sum(1 for _ in _within(facts.entries, window))
    entries = "1 entry" if shown == 1 else f"{shown} entries"
    agencies = "1 agency" if len(facts.agencies) == 1 else f"{len(facts.agencies)} agencies"
    return f"{entries} from {agencies}, {month_words(window[0])} to {month_words(min(window[1], today))}"


def _group_choices(everything: Facts, chosen: PictureFilter) -> tuple[Choice, ...]:
    counts = {group: 0 for group in Group}
    for entry in everything.entries:
        counts[group_of(entry)] += 1
    return tuple(Choice(g.words, g, "", g in chosen.groups, n) for g, n in counts.items() if n)


def _agency_choices(everything: Facts, chosen: PictureFilter) -> tuple[Choice, ...]:
    return tuple(
        Choice(agency_words(agency), agency, "", agency in chosen.agencies, len(points))
        for agency, points in everything.agencies
    )


def _people_choices(record: FamilyRecord, everything: Facts, chosen: PictureFilter) -> tuple[Choice, ...]:
    counts = dict.fromkeys(record.people, 0)
    for entry in everything.entries:
        for person in entry.people & counts.keys():
            counts[person] += 1
    return tuple(Choice(name_words(record.people[p], p), p, "", p in chosen.people, n) for p, n in counts.items() if n)


def _known_choices(record: FamilyRecord, chosen: PictureFilter) -> tuple[Choice, ...]:
    agencies = {e.agency for e in record.entries} | {r.agency for e in record.entries for r in e.receipts}
    return tuple(Choice(agency_words(a), a, "", a == chosen.known_to) for a in sorted(agencies, key=agency_key))


def _known_words(chosen: PictureFilter, today: date) -> str:
    if not chosen.known_to:
        return ""
    return f"Strong marks: what {agency_words(chosen.known_to)} held on {day_words(chosen.known_at or today)}"


def _stay_sentences(adult: HomeAdult) -> Iterable[str]:
    relation = "" if adult.name.lower() == adult.relation else f" ({adult.relation})"
    for stay in adult.stays:
        end = "on: no end is recorded" if stay.open_end else f"to {short_month(stay.last)}"
        known = f"; no agency knew until {short_month(stay.known)}" if stay.known > stay.first else ""
        yield f"{adult.name}{relation}: from {short_month(stay.first)} {end}{known}"


def _question_row(record: FamilyRecord, number: int, question: Question) -> QuestionRow:
    evidence = tuple((i, _evidence_words(record, i)) for i in question.evidence if i in record.entry)
    return QuestionRow(
        number=number,
        rule=question.rule,
        person=name_words(record.people.get(question.person), question.person),
        raised=day_words(question.raised),
        question=question.question,
        evidence=evidence,
        ids=" ".join(i for i, _ in evidence),
    )


def _evidence_words(record: FamilyRecord, key: str) -> str:
    entry = record.entry[key]
    return f"{kind_words(entry.kind)}, {entry.occurred.in_words()}"


def _row(record: FamilyRecord, entry: Entry, chosen: PictureFilter, today: date) -> Row:
    held = held_by(entry, chosen.known_to, chosen.known_at or today) if chosen.known_to else ""
    return Row(
        key=entry.id,
        when=entry.occurred.in_words(),
        agency=agency_words(entry.agency),
        group=group_of(entry),
        kind=kind_words(entry.kind),
        people=", ".join(dict.fromkeys(name_words(record.people.get(a.person), a.person) for a in entry.about)),
        summary=entry.summary,
        held=HELD_WORDS[held],
    )
