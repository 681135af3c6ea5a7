"""From stored rows to the family record: identities become persons, keys inside details become ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from wholepicture.foundation.names import fold
from wholepicture.foundation.when import When
from wholepicture.people.models import IdentityRow, RelationshipRow
from wholepicture.people.types import FamilyRecord, Identity, Person, PersonType, Relation, Relationship, ordered
from wholepicture.record.queries import StoredEntry
from wholepicture.record.types import About, Entry

# Details that name people or entries by the keys of the bundle that they came in.
_PERSON_DETAILS = ("joined", "left", "adult", "household_adults_assessed")
_ENTRY_DETAILS = ("answers", "same_event_as")
_MERGED = ("sex", "given_name", "family_name", "nhs_number", "upn", "language", "interpreter")
NOT_SHOWN = "a person not shown to you"


def build_record(
    identities: Sequence[IdentityRow],
    belongs: Mapping[UUID, UUID],
    relationships: Iterable[RelationshipRow],
    stored: Sequence[StoredEntry],
    *,
    area: str,
) -> FamilyRecord:
    """The family record that these rows make; whoever is named in an entry but not shown stays unnamed."""
    cards: dict[UUID, list[IdentityRow]] = defaultdict(list)
    for row in identities:
        cards[belongs[row.id]].append(row)
    people = {str(person): _person(person, rows) for person, rows in cards.items()}
    keys = _Keys(identities, belongs, stored)
    entries = [_entry(s, belongs, keys) for s in stored]
    for entry in entries:
        for key in entry.people - people.keys():
            people[key] = Person(key, PersonType.ADULT, family_name=NOT_SHOWN)
    ties = tuple(_relationship(r, belongs) for r in relationships)
    aliases = tuple(_identity(r, belongs) for r in identities if r.agency)
    return FamilyRecord(people, ordered(entries), ties, aliases, area)


class _Keys:
    """What a bundle's own keys mean here."""

    def __init__(
        self, identities: Iterable[IdentityRow], belongs: Mapping[UUID, UUID], stored: Iterable[StoredEntry]
    ) -> None:
        self.people = {(r.source_system, r.source_key): str(belongs[r.id]) for r in identities}
        self.entries = {(s.source_system, s.source_key): s.entry.id for s in stored}

    def translate(self, entry: Entry, system: str) -> Entry:
        """The entry with ids in place of keys in its details."""
        changed: dict[str, object] = {}
        for names, known in ((_PERSON_DETAILS, self.people), (_ENTRY_DETAILS, self.entries)):
            for name in names:
                if name in entry.details:
                    changed[name] = _mapped(entry.details[name], known, system)
        return replace(entry, details={**entry.details, **changed}) if changed else entry


def _mapped(value: object, known: Mapping[tuple[str, str], str], system: str) -> object:
    if isinstance(value, Mapping):
        return {**value, "value": _mapped(value.get("value"), known, system)}
    if isinstance(value, list):
        return [_mapped(v, known, system) for v in value]
    return known.get((system, str(value)), value)


def _entry(stored: StoredEntry, belongs: Mapping[UUID, UUID], keys: _Keys) -> Entry:
    about = tuple(About(str(belongs.get(identity, identity)), role) for identity, role in stored.about)
    return keys.translate(replace(stored.entry, about=about), stored.source_system)


def when(text: str) -> When | None:
    """A date as it is stored; None for blank, which is not known."""
    return When.parse(text) if text else None


def _person(person: UUID, rows: list[IdentityRow]) -> Person:
    # A source's own card speaks before an agency's alias; of equals, the latest that says anything.
    rows = sorted(rows, key=lambda r: (r.agency == "", r.stored_at, r.position), reverse=True)

    def said(name: str) -> str:
        return next((value for value in (str(getattr(r, name)) for r in rows) if value), "")

    merged = {name: said(name) for name in _MERGED}
    weeks = next((r.gestation_weeks for r in rows if r.gestation_weeks is not None), None)
    return Person(
        key=str(person),
        type=PersonType(rows[0].type),
        born=when(said("born")),
        died=when(said("died")),
        born_known=when(said("born_known")),
        died_known=when(said("died_known")),
        gestation_weeks=weeks,
        also_known_as=_other_names(rows, f"{merged['given_name']} {merged['family_name']}"),
        # A person without names is shown by the key that their source gave them.
        **(merged if merged["given_name"] or merged["family_name"] else {**merged, "given_name": _shown(rows[0])}),
    )


def _other_names(rows: Iterable[IdentityRow], shown: str) -> tuple[str, ...]:
    """Whole names that are not the one shown, the latest first, each once however it is spelt."""
    names = {fold(name): name for row in rows if row.given_name and (name := f"{row.given_name} {row.family_name}")}
    return tuple(name.strip() for key, name in names.items() if key != fold(shown))


def _shown(row: IdentityRow) -> str:
    return row.source_key.replace("_", " ") if row.source_key and "-" not in row.source_key else "name not known"


def _identity(row: IdentityRow, belongs: Mapping[UUID, UUID]) -> Identity:
    return Identity(
        person=str(belongs[row.id]),
        agency=row.agency,
        given_name=row.given_name,
        family_name=row.family_name,
        born=when(row.born),
        sex=row.sex,
        nhs_number=row.nhs_number,
        upn=row.upn,
        reference=row.reference,
        from_=when(row.valid_from),
        to=when(row.valid_to),
    )


def _relationship(row: RelationshipRow, belongs: Mapping[UUID, UUID]) -> Relationship:
    return Relationship(
        person=str(belongs[row.identity]),
        relation=Relation(row.relation),
        other=str(belongs[row.other]),
        from_=when(row.starts),
        to=when(row.ends),
        lives_with=row.lives_with,
        known_from=when(row.known_from),
        source=row.source,
    )
