"""An entry as an item: every field that the record holds of it, in words, naming nobody but the person themself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.casework.subject_access.types import Item, Part
from wholepicture.foundation.when import BadDate, When
from wholepicture.record.kinds import COMMON_FIELDS, KINDS, agency_label, kind_label, value_label
from wholepicture.record.kinds_fields import FieldSpec, FieldType
from wholepicture.record.types import NEVER, AboutRole, Entry, ReceiptEvent

ANOTHER: Final = "another person"
_EVENTS: Final = {
    ReceiptEvent.SENT: "Sent to",
    ReceiptEvent.RECEIVED: "Received by",
    ReceiptEvent.OPENED: "Opened by",
    ReceiptEvent.ANSWERED: "Answered by",
}
_LINKS: Final = {f.name for f in COMMON_FIELDS}


@dataclass(frozen=True, slots=True)
class Whose:
    """The person whose record is asked for: the only one whom the words name."""

    key: str
    name: str

    def named(self, person: str) -> str:
        """Their name; anybody else is another person."""
        return self.name if person == self.key else ANOTHER


def entry_item(entry: Entry, whose: Whose, corrected: Mapping[str, Entry], day: date) -> Item:
    """The entry as it stood on a day; `corrected` has, for an entry, the one that corrects it."""
    known = entry.as_known(day)
    return Item(
        id=UUID(entry.id),
        kind=entry.kind,
        on=entry.occurred.start,
        when=entry.occurred.in_words(),
        what=f"{kind_label(entry.kind)}, {agency_label(entry.agency)}",
        parts=tuple(p for p in _parts(known, whose, corrected.get(entry.id)) if p.text),
    )


def _parts(entry: Entry, whose: Whose, later: Entry | None) -> Iterator[Part]:
    yield Part("about", "About", _about(entry, whose))
    yield Part("summary", "What was written", entry.summary)
    spec = KINDS.get(entry.kind)
    for name in entry.details:
        if name not in _LINKS:
            field = spec.field(name) if spec else None
            yield Part(
                f"d-{name}", field.label if field else value_label(name), _value(entry.value(name), field, whose)
            )
    yield Part("written", "Written by", _written(entry))
    yield Part("shared", "Shared", "\n".join(_clocks(entry)))
    yield Part("source", "Source", entry.source)
    if entry.supersedes:
        yield Part("corrects", "Correction", "This corrects an earlier entry.")
    if later is not None:
        yield Part(
            "corrected", "Correction", f"A later entry, written down {later.recorded.in_words()}, corrects this."
        )


def _about(entry: Entry, whose: Whose) -> str:
    parts: dict[str, list[str]] = {}
    for about in entry.about:
        role = "" if about.role is AboutRole.SUBJECT else value_label(about.role.value)
        parts.setdefault(role, []).append(whose.named(about.person))
    return "; ".join(f"{role}: {', '.join(names)}" if role else ", ".join(names) for role, names in parts.items())


def _written(entry: Entry) -> str:
    role = f", {entry.author_role}" if entry.author_role else ""
    return f"{agency_label(entry.agency)}{role}; written down {entry.recorded.in_words()}"


def _clocks(entry: Entry) -> Iterator[str]:
    for receipt in entry.receipts:
        when = receipt.at.in_words() if receipt.at else "nobody wrote when"
        yield f"{_EVENTS[receipt.event]} {agency_label(receipt.agency)}: {when}"


def _value(value: object, field: FieldSpec | None, whose: Whose) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(_value(v, field, whose) for v in value) or "None"
    if isinstance(value, int | float):
        return f"{value:g}"
    return _text(str(value or ""), field, whose)


def _text(text: str, field: FieldSpec | None, whose: Whose) -> str:
    kind = field.type if field else FieldType.TEXT
    if kind in (FieldType.AGENCY, FieldType.AGENCIES):
        return agency_label(text)
    if kind in (FieldType.PERSON, FieldType.PERSONS):
        return whose.named(text)
    if kind is FieldType.CHOICE:
        return value_label(text)
    if kind is FieldType.DATE:
        return "Never" if text == NEVER else date_words(text)
    # An address is never given by way of an entry: it may be somebody's safe place (ADR 0061).
    return "Held" if field is not None and field.name == "address_key" and text else text


def date_words(text: str) -> str:
    """A date as written, in words; as it stands where it is none."""
    try:
        return When.parse(text).in_words()
    except BadDate:
        return text
