"""Reads chronology.csv."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.exchange.bundles.cells import Cells, readable
from wholepicture.exchange.bundles.errors import Problem
from wholepicture.exchange.bundles.people_rows import A_PERSON, check_unborn
from wholepicture.exchange.bundles.types import Row
from wholepicture.foundation.when import BadDate, Precision, When
from wholepicture.people.types import Person
from wholepicture.record.kinds import KINDS, agency_problem
from wholepicture.record.kinds_fields import either
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent
from wholepicture.record.validation import BadDetails, check_details, parse_details

_PRECISIONS: Final = tuple(p.value for p in Precision)
_ROLES: Final = tuple(r.value for r in AboutRole)
_PAIR: Final = "expected person:role pairs joined by ; such as mother:victim;child_A:affected"
_SHARED: Final = "expected agency@date pairs joined by ; such as gp@2011-03-01;school@ (school@ where no date is known)"


@dataclass(frozen=True)
class Known:
    """What a row may name: keys of people and ids of entries, and the people that could be read."""

    keys: Container[str]
    entries: Container[str]
    people: Mapping[str, Person]
    today: date | None


def read_entries(rows: Iterable[Row], known: Known, problems: list[Problem]) -> tuple[Entry, ...]:
    """Entries in the order written; rows whose date or kind cannot be read are reported and left out."""
    found = [_entry(cells, known) for cells in readable(rows, problems)]
    return tuple(entry for entry in found if entry is not None)


def _entry(cells: Cells, known: Known) -> Entry | None:
    entry_id = cells.key("entry_id", ";")
    occurred = _occurred(cells)
    recorded = cells.when("recorded") or occurred
    agency = cells.agency("agency")
    kind = cells.choice("kind", KINDS, needed=True)
    about = _about(cells, known)
    details = _details(cells, kind, known)
    receipts = _shared(cells, occurred)
    if occurred is None or recorded is None:
        return None
    _check_clocks(cells, occurred, recorded, known.today)
    for person in dict.fromkeys(a.person for a in about):
        check_unborn(cells, "about", occurred, person, known.people)
    return Entry(
        id=entry_id,
        kind=kind,
        occurred=occurred,
        recorded=recorded,
        agency=agency,
        author_role=cells.text("author_role"),
        about=about,
        summary=cells.text("summary"),
        details=details,
        receipts=receipts,
        source=cells.text("source"),
    )


def _occurred(cells: Cells) -> When | None:
    precision = cells.choice("precision", _PRECISIONS)
    cells.needed("occurred", "the date on which it happened, as finely as it is known")
    when = cells.when("occurred")
    if when is None or not precision:
        return when
    try:
        return When.parse(when.stated, precision)
    except BadDate as error:
        cells.wrong("precision", f"{error}; expected {when.precision}, a coarser one, or about")
        return when


def _check_clocks(cells: Cells, occurred: When, recorded: When, today: date | None) -> None:
    if recorded.latest < occurred.earliest:
        message = f"“{recorded.stated}” lies before occurred “{occurred.stated}”; expected the same day or later"
        cells.wrong("recorded", message)
    if today is not None and recorded.certainly_after(today):
        column = "recorded" if cells.text("recorded") else "occurred"
        cells.wrong(column, f"“{recorded.stated}” lies in the future; expected a day not after today")


def _about(cells: Cells, known: Known) -> tuple[About, ...]:
    cell = cells.needed("about", f"at least one person; {_PAIR}")
    found: list[About] = []
    for pair in cell.split(";") if cell else ():
        about = _pair(cells, pair.strip(), known)
        if about is not None and about in found:
            cells.wrong("about", f"“{pair.strip()}” stands twice; expected each pair once")
        elif about is not None:
            found.append(about)
    return tuple(found)


def _pair(cells: Cells, pair: str, known: Known) -> About | None:
    person, colon, role = (part.strip() for part in pair.partition(":"))
    if not (person and colon and role):
        cells.wrong("about", f"“{pair}” is no person:role pair; {_PAIR}")
        return None
    if person not in known.keys:
        cells.wrong("about", f"unknown person “{person}”; expected {A_PERSON}")
    if role not in _ROLES:
        cells.wrong("about", f"unknown role “{role}”; expected {either(_ROLES)}")
        return None
    return About(person, AboutRole(role))


def _details(cells: Cells, kind: str, known: Known) -> Mapping[str, object]:
    try:
        details = parse_details(cells.text("details"))
    except BadDetails as error:
        cells.wrong("details", str(error))
        return {}
    for problem in check_details(kind, details, known.keys, known.entries) if kind else ():
        cells.wrong("details", str(problem))
    return details


def _shared(cells: Cells, occurred: When | None) -> tuple[Receipt, ...]:
    cell = cells.text("shared")
    found = [_receipt(cells, pair.strip(), occurred) for pair in cell.split(";")] if cell else []
    return tuple(receipt for receipt in found if receipt is not None)


def _receipt(cells: Cells, pair: str, occurred: When | None) -> Receipt | None:
    agency, at, stated = (part.strip() for part in pair.partition("@"))
    if not (agency and at):
        cells.wrong("shared", f"“{pair}” is no agency@date pair; {_SHARED}")
        return None
    problem = agency_problem(agency)
    if problem is not None:
        cells.wrong("shared", problem)
        return None
    try:
        received = When.parse(stated) if stated else None
    except BadDate as error:
        cells.wrong("shared", f"{agency}: {error}, or nothing after @ where no date is known")
        return None
    if received is not None and occurred is not None and received.latest < occurred.earliest:
        message = f"{agency} received it on “{stated}”, before occurred “{occurred.stated}”"
        cells.wrong("shared", f"{message}; expected the same day or later")
    return Receipt(agency, ReceiptEvent.RECEIVED, received)
