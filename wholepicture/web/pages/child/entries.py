"""One entry as a chronology shows it: whose it is, what it says, its details in words and its four clocks in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wholepicture.people.types import FamilyRecord
from wholepicture.record.kinds import COMMON_FIELDS, KINDS, value_label
from wholepicture.record.kinds_fields import FieldSpec, FieldType
from wholepicture.record.types import NEVER, AboutRole, Entry, ReceiptEvent
from wholepicture.web.drawings.words import Group, agency_words, group_of, kind_words, name_words
from wholepicture.web.pages.child.chronology import ChronologyFilter, held_words, is_key
from wholepicture.web.pages.child.withheld import HeldRow
from wholepicture.web.words import count, label

_EVENTS = {
    ReceiptEvent.SENT: "sent to",
    ReceiptEvent.RECEIVED: "received by",
    ReceiptEvent.OPENED: "opened by",
    ReceiptEvent.ANSWERED: "answered by",
}
HELD = {
    "held": "Held then",
    "perhaps": "Perhaps held then: received, nobody wrote when",
    "not": "Not known to them then",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another entry of the page."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a page, a Word file or a spreadsheet shows it."""

    id: str
    when: str
    exact: bool
    year: int
    agency: str
    role: str
    kind: str
    group: Group
    people: str
    summary: str
    details: tuple[tuple[str, str], ...]
    recorded: str
    clocks: tuple[str, ...]
    late: bool
    source: str
    key: bool
    questions: tuple[int, ...]
    held: str
    corrects: Link | None
    corrected_by: Link | None
    linked: tuple[Link, ...]

    @property
    def held_words(self) -> str:
        """What the “who knew what, when” control says of it."""
        return HELD[self.held]


@dataclass(frozen=True, slots=True)
class Year:
    """A year's entries, under one heading."""

    year: int
    rows: tuple[EntryRow | HeldRow, ...]


def rows_of(
    record: FamilyRecord,
    entries: Sequence[Entry],
    wanted: ChronologyFilter,
    day: date,
    numbers: Mapping[str, Sequence[int]],
) -> list[EntryRow]:
    """The entries as rows; `numbers` gives, for an entry, the numbers of the questions that it stands behind."""
    replaced = {e.supersedes: e for e in record.entries if e.supersedes}
    evidence = frozenset(numbers)
    at = wanted.known_at or day
    found = []
    for entry in entries:
        held = held_words(entry, wanted, day)
        # What an agency held of an entry on a day is what had been written down by then.
        shown = entry.as_known(at) if held in ("held", "perhaps") else entry
        found.append(_row(record, shown, held, is_key(record, entry, evidence), numbers.get(entry.id, ()), replaced))
    return found


def by_year(entries: Sequence[Entry], rows: Sequence[EntryRow], held: Sequence[HeldRow]) -> list[Year]:
    """Rows, and what is held and not shown among them by day, under the years in which they happened."""
    dated: list[tuple[date, EntryRow | HeldRow]] = [(e.occurred.start, r) for e, r in zip(entries, rows, strict=True)]
    dated += [(h.day, h) for h in held]
    together = [row for _, row in sorted(dated, key=lambda pair: pair[0])]
    return [Year(year, tuple(group)) for year, group in groupby(together, key=lambda r: r.year)]


def _row(
    record: FamilyRecord,
    entry: Entry,
    held: str,
    key: bool,
    questions: Sequence[int],
    replaced: Mapping[str, Entry],
) -> EntryRow:
    earlier = record.entry.get(entry.supersedes) if entry.supersedes else None
    later = replaced.get(entry.id)
    lag = lag_words(entry)
    return EntryRow(
        id=entry.id,
        when=entry.occurred.in_words(),
        exact=entry.occurred.exact_day,
        year=entry.occurred.start.year,
        agency=agency_words(entry.agency),
        role=entry.author_role,
        kind=kind_words(entry.kind),
        group=group_of(entry),
        people=people_words(record, entry),
        summary=entry.summary,
        details=tuple(details_words(record, entry)),
        recorded=lag,
        clocks=tuple(clock_words(entry)),
        late=_days_late(entry) > 1,
        source=entry.source,
        key=key,
        questions=tuple(questions),
        held=held,
        corrects=Link(earlier.id, earlier.recorded.in_words()) if earlier else None,
        corrected_by=Link(later.id, later.recorded.in_words()) if later else None,
        linked=tuple(_links(record, entry)),
    )


def people_words(record: FamilyRecord, entry: Entry) -> str:
    """`Child A and mother; present: partner 1`: whom it is about first, then the others by their part."""
    parts: dict[AboutRole, list[str]] = {}
    for about in entry.about:
        parts.setdefault(about.role, []).append(name_words(record.people.get(about.person), about.person))
    subjects = parts.pop(AboutRole.SUBJECT, [])
    said = [", ".join(subjects)] if subjects else []
    return "; ".join(said + [f"{label(role.value)}: {', '.join(names)}" for role, names in parts.items()])


def details_words(record: FamilyRecord, entry: Entry) -> Iterator[tuple[str, str]]:
    """Each detail that is stated, under its label; entries that it answers are links elsewhere."""
    spec = KINDS.get(entry.kind)
    common = {f.name for f in COMMON_FIELDS}
    for name in entry.details:
        field = spec.field(name) if spec else None
        if name in common:
            continue
        said = _value_words(record, entry.value(name), field)
        if said:
            yield (field.label if field else value_label(name)), said


def _value_words(record: FamilyRecord, value: object, field: FieldSpec | None) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(_value_words(record, v, field) for v in value) or "None"
    if isinstance(value, int | float):
        return f"{value:g}"
    text = str(value or "")
    kind = field.type if field else FieldType.TEXT
    if kind is FieldType.CHOICE:
        return value_label(text)
    if kind in (FieldType.AGENCY, FieldType.AGENCIES):
        return agency_words(text)
    if kind in (FieldType.PERSON, FieldType.PERSONS):
        return name_words(record.people.get(text), text)
    if kind is FieldType.DATE:
        return "Never" if text == NEVER else _date_words(text)
    return "Held, not shown" if field is not None and field.name == "address_key" and text else text


def _date_words(text: str) -> str:
    from wholepicture.foundation.when import BadDate, When

    try:
        return When.parse(text).in_words()
    except BadDate:
        return text


def lag_words(entry: Entry) -> str:
    """The second clock against the first: when it was written down, and how long after it happened (R1)."""
    late = _days_late(entry)
    if entry.recorded == entry.occurred:
        return "Written down then"
    written = entry.recorded.in_words()
    if late <= 0:
        return "Written down the same day" if entry.occurred.exact_day else f"Written down {written}"
    return f"Written down {written}, {_at_least(entry)}{count(late, 'day')} later"


def clock_words(entry: Entry) -> Iterator[str]:
    """The third and fourth clocks: who received and opened it, and how long after it was written down (R1, R7)."""
    for receipt in entry.receipts:
        who = f"{_EVENTS[receipt.event]} {agency_words(receipt.agency)}"
        if receipt.at is None:
            yield f"{who}; nobody wrote when"
            continue
        days = (receipt.at.start - entry.recorded.start).days
        after = f", {count(days, 'day')} after it was written down" if days > 0 else ""
        yield f"{who} {receipt.at.in_words()}{after}"
    if not entry.receipts:
        yield "not shared with any agency"


def _days_late(entry: Entry) -> int:
    return (entry.recorded.start - entry.occurred.latest).days


def _at_least(entry: Entry) -> str:
    return "" if entry.occurred.exact_day else "at least "


def _links(record: FamilyRecord, entry: Entry) -> Iterator[Link]:
    for said, ids in (("Answers", entry.answers), ("Same event as", entry.same_event_as)):
        for other in (record.entry[i] for i in ids if i in record.entry):
            what = f"{kind_words(other.kind)}, {agency_words(other.agency)}, {other.occurred.in_words()}"
            yield Link(other.id, f"{said}: {what}")
