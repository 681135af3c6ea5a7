"""Stores what a source states about families at once: people, aliases, relationships and entries, keys becoming ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from wholepicture.foundation.ids import new_id
from wholepicture.people.models import IdentityRow
from wholepicture.people.operations import NewIdentity, store_identities, store_relationships
from wholepicture.people.queries import persons_of
from wholepicture.people.types import Identity, Person, Relationship
from wholepicture.record.operations import NewEntry, store_entries
from wholepicture.record.types import Entry


@dataclass
class SourceKeys:
    """What a source's own keys mean in the store: a person's id and card, and the aliases that agencies wrote under."""

    source_system: str
    person: dict[str, UUID] = field(default_factory=dict)
    card: dict[str, UUID] = field(default_factory=dict)
    entry: dict[str, UUID] = field(default_factory=dict)
    aliases: dict[tuple[str, str], list[tuple[Identity, UUID]]] = field(default_factory=lambda: defaultdict(list))

    def identity(self, person: str, agency: str, day: date) -> UUID:
        """The identity under which that agency wrote about the person on that day, else the source's own card."""
        for alias, row in self.aliases.get((person, agency), ()):
            started = alias.from_ is None or alias.from_.start <= day
            if started and (alias.to is None or alias.to.latest >= day):
                return row
        return self.card[person]


def stored_keys(source_system: str) -> SourceKeys:
    """The keys of what this source has stored already; only inside `acting`."""
    keys = SourceKeys(source_system)
    rows = list(IdentityRow.objects.filter(source_system=source_system).order_by("id"))
    persons = persons_of([row.id for row in rows])
    for row in rows:
        keys.person[row.source_key] = persons[row.id]
        if row.agency:
            keys.aliases[row.source_key, row.agency].append((Identity(row.source_key, row.agency), row.id))
        else:
            keys.card[row.source_key] = row.id
    return keys


def store_people(*, keys: SourceKeys, people: Iterable[Person], decided: datetime, ground: str) -> None:
    """Store each person's card and make the person; only inside `acting`."""
    cards = [_card(p, keys.source_system) for p in people]
    stored = store_identities(identities=cards, known={}, decided=decided, ground=ground)
    for n, (identity, person) in stored.items():
        keys.card[cards[n].key], keys.person[cards[n].key] = identity, person


def store_aliases(*, keys: SourceKeys, aliases: Sequence[Identity], decided: datetime, ground: str) -> None:
    """Store the identities under which agencies knew people; only inside `acting`."""
    rows = [_alias(a, keys.source_system) for a in aliases]
    stored = store_identities(identities=rows, known=keys.person, decided=decided, ground=ground)
    for n, (identity, _) in stored.items():
        keys.aliases[aliases[n].person, aliases[n].agency].append((aliases[n], identity))


def store_ties(*, keys: SourceKeys, relationships: Iterable[Relationship]) -> None:
    """Store relationships between people of this source; only inside `acting`."""
    ties = [(keys.card[r.person], keys.card[r.other], r) for r in relationships]
    store_relationships(ties=ties, source_system=keys.source_system)


def store_chronology(*, keys: SourceKeys, entries: Sequence[Entry]) -> list[UUID]:
    """Store entries under the identities that their agencies knew; only inside `acting`."""
    keys.entry.update((e.id, new_id()) for e in entries)
    return store_entries(entries=[_new_entry(e, keys) for e in entries])


def _card(person: Person, source_system: str) -> NewIdentity:
    return NewIdentity(
        key=person.key,
        type=person.type.value,
        given_name=person.given_name,
        family_name=person.family_name,
        born=person.born,
        sex=person.sex,
        died=person.died,
        born_known=person.born_known,
        died_known=person.died_known,
        nhs_number=person.nhs_number,
        upn=person.upn,
        language=person.language,
        interpreter=person.interpreter,
        gestation_weeks=person.gestation_weeks,
        source_system=source_system,
    )


def _alias(alias: Identity, source_system: str) -> NewIdentity:
    return NewIdentity(
        key=alias.person,
        type="",
        agency=alias.agency,
        given_name=alias.given_name,
        family_name=alias.family_name,
        born=alias.born,
        sex=alias.sex,
        nhs_number=alias.nhs_number,
        upn=alias.upn,
        reference=alias.reference,
        from_=alias.from_,
        to=alias.to,
        source_system=source_system,
    )


def _new_entry(entry: Entry, keys: SourceKeys) -> NewEntry:
    day = entry.occurred.start
    return NewEntry(
        kind=entry.kind,
        occurred=entry.occurred,
        recorded=entry.recorded,
        agency=entry.agency,
        author_role=entry.author_role,
        about=tuple((keys.identity(a.person, entry.agency, day), a.role) for a in entry.about),
        summary=entry.summary,
        details=entry.details,
        receipts=entry.receipts,
        source=entry.source,
        source_system=keys.source_system,
        source_key=entry.id,
        supersedes=keys.entry[entry.supersedes] if entry.supersedes else None,
        id=keys.entry[entry.id],
    )


__all__ = ["SourceKeys", "store_aliases", "store_chronology", "store_people", "store_ties", "stored_keys"]
