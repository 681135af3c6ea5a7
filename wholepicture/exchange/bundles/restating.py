"""States a record's values as a bundle's cells, for what was written in the product and never came as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from wholepicture.exchange.bundles.reader import read_bundle_files
from wholepicture.exchange.bundles.types import (
    BUNDLE,
    BUNDLE_KEYS,
    CHRONOLOGY,
    EXPECT,
    IDENTITIES,
    PEOPLE,
    RELATIONSHIPS,
    Bundle,
)
from wholepicture.exchange.bundles.writer import csv_table
from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Identity, Person, Relationship
from wholepicture.record.types import Entry, ReceiptEvent
from wholepicture.signals.types import Expectation

_LIVES_WITH = {True: "yes", False: "no", None: ""}


def bundle_of(record: FamilyRecord, name: str, expectations: Iterable[Expectation] = ()) -> Bundle:
    """The record as a bundle that reads back as the same record.

    The format has no place for corrections: an entry that a later one supersedes is left out, and what answered it
    answers its correction. Nor has it for a receipt that was sent, opened or answered. Raises BundleErrors where the
    record holds what the format refuses.
    """
    return read_bundle_files(record_files(record, expectations), name)


def record_files(record: FamilyRecord, expectations: Iterable[Expectation] = ()) -> dict[str, bytes]:
    """The files of `bundle_of`; files that would hold no row are left out, but for the two that every bundle has."""
    live = [e for e in record.entries if e.id not in record.superseded]
    moved = {old: _latest(old, record) for old in record.superseded}
    meta = {"title": record.title, "area": record.area, **record.meta}
    rows: dict[str, list[dict[str, str]]] = {
        BUNDLE: [{"key": key, "value": meta[key]} for key in BUNDLE_KEYS if meta.get(key)],
        PEOPLE: [person_cells(person) for person in record.people.values()],
        IDENTITIES: [identity_cells(identity) for identity in record.identities],
        RELATIONSHIPS: [relationship_cells(relationship) for relationship in record.relationships],
        CHRONOLOGY: [entry_cells(entry, moved) for entry in live],
        EXPECT: [expectation_cells(expectation) for expectation in expectations],
    }
    return {file: csv_table(file, found) for file, found in rows.items() if found or file in (PEOPLE, CHRONOLOGY)}


def _latest(entry: str, record: FamilyRecord) -> str:
    """The correction that stands for a superseded entry."""
    by = {e.supersedes: e.id for e in record.entries if e.supersedes}
    while entry in by:
        entry = by[entry]
    return entry


def person_cells(person: Person) -> dict[str, str]:
    """A row of people.csv."""
    weeks = person.gestation_weeks
    return {
        "person": person.key,
        "type": person.type,
        "sex": person.sex,
        "born": _stated(person.born),
        "died": _stated(person.died),
        "born_known": _stated(person.born_known),
        "died_known": _stated(person.died_known),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "nhs_number": person.nhs_number,
        "upn": person.upn,
        "language": person.language,
        "interpreter": person.interpreter,
        "gestation_weeks": "" if weeks is None else str(weeks).removesuffix(".0"),
    }


def identity_cells(identity: Identity) -> dict[str, str]:
    """A row of identities.csv."""
    return {
        "person": identity.person,
        "agency": identity.agency,
        "given_name": identity.given_name,
        "family_name": identity.family_name,
        "born": _stated(identity.born),
        "sex": identity.sex,
        "nhs_number": identity.nhs_number,
        "upn": identity.upn,
        "reference": identity.reference,
        "from": _stated(identity.from_),
        "to": _stated(identity.to),
    }


def relationship_cells(relationship: Relationship) -> dict[str, str]:
    """A row of relationships.csv."""
    return {
        "person": relationship.person,
        "relation": relationship.relation,
        "other": relationship.other,
        "from": _stated(relationship.from_),
        "to": _stated(relationship.to),
        "lives_with": _LIVES_WITH[relationship.lives_with],
        "known_from": _stated(relationship.known_from),
        "source": relationship.source,
    }


def entry_cells(entry: Entry, moved: Mapping[str, str] | None = None) -> dict[str, str]:
    """A row of chronology.csv; `moved` gives the ids that stand in place of superseded ones."""
    received = [r for r in entry.receipts if r.event is ReceiptEvent.RECEIVED]
    return {
        "entry_id": entry.id,
        "occurred": entry.occurred.stated,
        "precision": entry.occurred.precision,
        "recorded": entry.recorded.stated if entry.recorded != entry.occurred else "",
        "agency": entry.agency,
        "author_role": entry.author_role,
        "kind": entry.kind,
        "about": ";".join(f"{a.person}:{a.role}" for a in entry.about),
        "summary": entry.summary,
        "details": _json(entry.details, moved or {}),
        "shared": ";".join(f"{r.agency}@{_stated(r.at)}" for r in received),
        "source": entry.source,
    }


def expectation_cells(expectation: Expectation) -> dict[str, str]:
    """A row of expect.csv."""
    return {
        "expect_id": expectation.id,
        "by": expectation.by.isoformat(),
        "person": expectation.person,
        "concern": expectation.concern,
        "must_not": "yes" if expectation.must_not else "",
        "why": expectation.why,
        "source": expectation.source,
        "from": _day(expectation.from_),
        "entries": ";".join(expectation.entries),
    }


def _stated(when: When | None) -> str:
    return "" if when is None else when.stated


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _json(details: Mapping[str, object], moved: Mapping[str, str]) -> str:
    """The details as JSON; blank where there are none."""
    if not details:
        return ""
    named = {name: _renamed(value, moved) if name in ("answers", "same_event_as") else value
             for name, value in details.items()}  # fmt: skip
    return json.dumps(named, ensure_ascii=False)


def _renamed(value: object, moved: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        return {**value, "value": _renamed(value.get("value"), moved)}
    return [moved.get(str(v), v) for v in value] if isinstance(value, list | tuple) else value
