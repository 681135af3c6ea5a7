"""Every item held about a person, as it stood on the day on which the request came in.

A viewer gets what they may see, the engine all of it, and both the same words: a decision is about the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from wholepicture.access.operations import reads_of
from wholepicture.access.queries import withheld
from wholepicture.agencies.queries import practitioners
from wholepicture.casework.disclosure.told import addresses_kept, kept_from_reader
from wholepicture.casework.models import ScreeningDecisionRow, ScreeningRow
from wholepicture.casework.notice.asking import observations_of
from wholepicture.casework.notice.languages import language_name
from wholepicture.casework.notice.words import seen_words
from wholepicture.casework.subject_access.entry_words import ANOTHER, Whose, date_words, entry_item
from wholepicture.casework.subject_access.home_items import address_items
from wholepicture.casework.subject_access.told_items import told_items
from wholepicture.casework.subject_access.types import Held, Item, Part
from wholepicture.casework.task.queries import TaskCard, tasks_of
from wholepicture.casework.task.types import Decision
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.queries import family_of, ties_of
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.record.files.queries import files_of
from wholepicture.record.files.types import FileCard
from wholepicture.record.kinds import agency_label, value_label
from wholepicture.signals.queries import SignalCard, signals_about

PROFILE, SIGNAL, TASK, SCREENING, LOOKS = "who", "question", "task", "screening", "looks"
_EVERY_LOOK: Final = 100_000


def items_about(person: UUID, day: date) -> list[Item]:
    """All that was held about a person on a day, in order of happening; inside `viewing` or `acting`."""
    record = family_of([person], hops=0)
    card = record.people.get(str(person))
    if card is None:
        return []
    whose = Whose(str(person), card.name)
    entries = [e for e in record.about(whose.key) if e.recorded.start <= day]
    corrected = {e.supersedes: e for e in entries if e.supersedes}
    files = files_of(UUID(e.id) for e in entries)
    found = [_with_files(entry_item(e, whose, corrected, day), files, day) for e in entries]
    found += [_question(card_, day) for card_ in signals_about([person]) if card_.raised_on <= day]
    found += [_task(task, day) for task in tasks_of([person]) if _day(task.raised_at) <= day]
    found += _screenings([UUID(e.id) for e in entries], record, whose, day)
    found += [*address_items(person, day), *told_items(person, day)]
    dated = sorted(found, key=lambda i: (i.on, i.what, str(i.id)))
    return [_profile(person, card, record), *dated, *_looks(person, day)]


def held_about(person: UUID, day: date) -> Held:
    """The items as a reader sees them, and how many things of that day or before a shield keeps from them: entries,
    addresses, and what went to somebody who would lead to one.

    Inside `viewing` alone: decisions are about what was shown, and nothing that was not shown can go out.
    """
    kept = sum(1 for entry in withheld(person) if entry.ask and entry.day <= day)
    kept += addresses_kept(person, day) + kept_from_reader(person, day)
    return Held(tuple(items_about(person, day)), kept)


def _with_files(item: Item, files: Mapping[UUID, Sequence[FileCard]], day: date) -> Item:
    """Each file beside an entry is a line of its own, to be given as a copy or withheld."""
    lines = tuple(
        Part(f"file-{n}", "File beside it", f"{card.label} ({card.shows})" if card.shows else card.label)
        for n, card in enumerate(files.get(item.id, ()))
        if _day(card.at) <= day
    )
    return replace(item, parts=(*item.parts, *lines))


def _profile(person: UUID, card: Person, record: FamilyRecord) -> Item:
    spoken = language_name(card.language) if card.language else ""
    said = [("name", "Name", card.name), ("born", "Born", card.born.in_words() if card.born else ""),
            ("died", "Died", card.died.in_words() if card.died else ""), ("sex", "Sex", value_label(card.sex)),
            ("nhs", "NHS number", card.nhs_number), ("upn", "Unique pupil number", card.upn),
            ("language", "Language", spoken), ("interpreter", "Interpreter", value_label(card.interpreter)),
            ("known", "Known to agencies as", "\n".join(_known_as(record))),
            ("ties", "Relationships held", "\n".join(_ties(person)))]  # fmt: skip
    parts = tuple(Part(*row) for row in said if row[2])
    return Item(uuid5(person, PROFILE), PROFILE, date.min, "", "Who the record says this person is", parts)


def _known_as(record: FamilyRecord) -> Iterator[str]:
    for one in sorted(record.identities, key=lambda i: (i.agency, i.family_name, i.given_name, i.reference)):
        name = f"{one.given_name} {one.family_name}".strip() or "no name"
        born = f", born {one.born.in_words()}" if one.born else ""
        reference = f", reference {one.reference}" if one.reference else ""
        yield f"{agency_label(one.agency)}: {name}{born}{reference}"


def _ties(person: UUID) -> Iterator[str]:
    for tie in ties_of(person):
        dates = [
            f"from {date_words(tie.starts)}" if tie.starts else "",
            f"to {date_words(tie.ends)}" if tie.ends else "",
        ]
        words = value_label(tie.relation.value).lower()
        said = f"This person is the {words} of {ANOTHER}" if tie.theirs else f"{ANOTHER.capitalize()} is the {words}"
        yield " ".join([said, *(d for d in dates if d)])


def _question(card: SignalCard, day: date) -> Item:
    steps = [s for s in card.steps if s.on <= day]
    said = "\n".join(
        f"{_plain(s.on)}: {value_label(s.event)}, {s.by_name or 'Whole Picture'}. {s.reason}".rstrip() for s in steps
    )
    parts = (Part("question", "The question", card.question), Part("steps", "What became of it", said))
    return Item(card.id, SIGNAL, card.raised_on, _plain(card.raised_on), "A question that a pattern raised",
                tuple(p for p in parts if p.text))  # fmt: skip


def _task(task: TaskCard, day: date) -> Item:
    steps = [
        f"{_moment(s.at)}: {value_label(s.event)}{f', {s.by_name}' if s.by_name else ''}."
        f"{f' {s.meaning} {s.said}' if s.event == 'answered' else ''}"
        for s in task.steps
        if _day(s.at) <= day
    ]
    parts = (Part("why", "Why it was asked", task.why), Part("asked", "What was asked", task.asked),
             Part("steps", "What became of it", "\n".join(steps)))  # fmt: skip
    on = _day(task.raised_at)
    what = f"Asked of {task.team_name} ({task.role.label})"
    return Item(task.id, TASK, on, _plain(on), what, tuple(p for p in parts if p.text))


def _screenings(entries: list[UUID], record: FamilyRecord, whose: Whose, day: date) -> list[Item]:
    rows = ScreeningRow.objects.filter(notice__in=entries).select_related("notice").order_by("received_at", "id")
    decided = {
        d.screening_id: d
        for d in ScreeningDecisionRow.objects.filter(screening__notice__in=entries).prefetch_related(
            "positions", "reviews"
        )
    }
    return [_screening(row, decided.get(row.id), record, whose, day) for row in rows if _day(row.received_at) <= day]


def _screening(
    row: ScreeningRow, decided: ScreeningDecisionRow | None, record: FamilyRecord, whose: Whose, day: date
) -> Item:
    notice, seen = row.notice, observations_of(row.notice_id, record.people).get(whose.key)
    parts = [
        Part("place", "Place", notice.place),
        Part("adults", "The adults’ relationship", value_label(notice.relationship_of_adults)),
        Part("words", "Words of the victim", notice.words_of),
        Part("safety", "What was done for safety", notice.safety_action),
        Part("contact", "Safe contact", notice.safe_contact),
        Part("seen", "What was seen of this person", seen_words(seen, name=whose.name) if seen else ""),
        Part("childs", "What this person said", seen.words if seen else ""),
    ]
    if decided is not None and _day(decided.decided_at) <= day:
        reviews = [r for r in decided.reviews.all() if _day(r.at) <= day]
        parts += [
            Part("decision", "Decision", f"{Decision(decided.decision).label}, by {decided.by_name}"),
            Part("reasons", "Reasons", decided.reasons),
            Part("position", "Position of this person",
                 "\n".join(p.position for p in decided.positions.all() if str(p.person) == whose.key)),
            Part("reviews", "Reviews", "\n".join(f"{r.by_name}: {r.comment}" for r in reviews)),
        ]  # fmt: skip
    on = _day(row.received_at)
    return Item(row.id, SCREENING, on, _plain(on), "A police notice and its screening",
                tuple(p for p in parts if p.text))  # fmt: skip


def _looks(person: UUID, day: date) -> list[Item]:
    """Who has looked: one line for each practitioner, so that it can be weighed line by line."""
    seen: dict[tuple[str, ...], list[date]] = defaultdict(list)
    names = {card.id: card.name for card in practitioners(leavers_too=True)}
    for row in reads_of(person, limit=_EVERY_LOOK):
        # Up to the day before: whoever answers looks on the day itself, and their own looks would never end.
        if row.practitioner and "." in row.act and _day(row.clock) < day:
            who = names.get(row.practitioner, "Somebody who has left")
            refused = "was refused" if row.act.endswith(".refused") else "opened"
            seen[who, value_label(row.role), agency_label(row.agency), refused].append(_day(row.clock))
    parts = tuple(
        Part(f"look-{n}", f"{who}, {role}, {agency}", _times(refused, days))
        for n, ((who, role, agency, refused), days) in enumerate(sorted(seen.items()))
    )
    return [Item(uuid5(person, LOOKS), LOOKS, day, "", "Who has looked at the record", parts)] if parts else []


def _times(refused: str, days: list[date]) -> str:
    count = f"{len(days)} time{'' if len(days) == 1 else 's'}"
    first, last = _plain(min(days)), _plain(max(days))
    between = f"on {first}" if first == last else f"between {first} and {last}"
    return f"{refused.capitalize()} {count}, {between}"


def _day(moment: datetime) -> date:
    return moment.astimezone(ENGLAND).date()


def _plain(day: date) -> str:
    return When.on(day).in_words()


def _moment(moment: datetime) -> str:
    return When.at(moment).in_words()
