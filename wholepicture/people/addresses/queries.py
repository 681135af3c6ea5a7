"""Reads of addresses and shields; the words that lead to a shielded address; and who is recorded as a perpetrator.

Inside `access.viewing` reads give what the viewer may see, inside `acting` all. `guarded_words` and
`linked_perpetrators` are for the engine alone: what they return may not be shown or logged as it stands.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings

from wholepicture.access.policy import AUTHORS, PLACE_KINDS, is_place
from wholepicture.access.queries import teams_since
from wholepicture.agencies.queries import TeamCard, agency_names, teams
from wholepicture.people.addresses.models import ShieldFromRow
from wholepicture.people.addresses.reading import (
    Held,
    addresses_of,
    current_address,
    held_of,
    old_addresses,
    overdue_shields,
    places_kept,
    releases_of,
    releases_to_decide,
    shields_held,
    shields_of,
    statements_of,
)
from wholepicture.people.addresses.rules import Leads, covered, leads_of, named, phone_leads, words_of_text
from wholepicture.people.addresses.types import Address, GuardedWord, LinkedPerpetrator, Shield, WordSort
from wholepicture.people.queries import family_of, identities_of
from wholepicture.record.queries import entries_about
from wholepicture.record.types import AboutRole, Entry, agency_kind

_SORTS: Final = {
    "school": WordSort.SCHOOL, "early_years": WordSort.NURSERY, "gp": WordSort.GP,
    "health_visiting": WordSort.HEALTH_VISITING, "school_nursing": WordSort.HEALTH_VISITING,
}  # fmt: skip


def guarded_words(people: Sequence[UUID]) -> tuple[GuardedWord, ...]:
    """Every word that leads to an address which a live shield on these people keeps.

    Lines, street, postcode, sector and outward half, telephone numbers; and of what the shielded person has had to
    do with since the shield's first day, the names, codes and telephone numbers of schools, surgeries and teams.
    """
    shields = shields_of(people)
    homes = statements_of([s.person for s in shields]) if shields else {}
    directory = _Directory() if shields else None
    found: dict[GuardedWord, None] = {}
    for shield in shields:
        for lead, derives in _leads(shield, homes[shield.person], directory):
            found[_word(shield, lead, derives)] = None
    return tuple(found)


def linked_perpetrators(children: Sequence[UUID]) -> tuple[LinkedPerpetrator, ...]:
    """People recorded as an alleged perpetrator in an entry about these children or those near them, or by a shield.

    Near is a parent, sibling or whoever else is related to the child directly: an assault on a mother names her, and
    the child only perhaps. A child is never one.
    """
    because: dict[str, dict[str, None]] = defaultdict(dict)
    of: dict[str, set[UUID]] = defaultdict(set)
    for child in children:
        record = family_of([child], hops=1)
        near = {key for tie in record.relationships for key in (tie.person, tie.other)} | {str(child)}
        for key, entry in _accused(record.entries, near):
            if key != str(child) and not _is_child(record.people.get(key)):
                of[key].add(child)
                because[key][f"{entry.agency}: {entry.kind}, {entry.occurred.in_words()}"] = None
        for key in _kept_from([UUID(k) for k in near]):
            of[key].add(child)
            because[key]["An address is kept from them."] = None
    return tuple(LinkedPerpetrator(UUID(k), frozenset(of[k]), tuple(because[k])) for k in sorted(of))


class _Directory:
    """Names of agencies and teams, read once."""

    def __init__(self) -> None:
        self.names = agency_names()
        self.teams = teams()


def _word(shield: Shield, lead: Leads, derives: str) -> GuardedWord:
    return GuardedWord(
        person=shield.person, shield=shield.id, sort=lead.sort, text=lead.text, forms=lead.forms,
        why=shield.reason.words, derives_from=derives, holder_team=shield.holder_team,
    )  # fmt: skip


def _leads(shield: Shield, homes: Sequence[Address], directory: _Directory | None) -> Iterator[tuple[Leads, str]]:
    for home in covered(homes, shielded=shield.address, covers_from=shield.covers_from):
        yield from ((lead, f"address {home.id}") for lead in leads_of(home, known_area=settings.AREA))
    if directory is None:
        return
    since = [e for e in _entries(shield.person) if e.occurred.latest >= shield.covers_from]
    for entry in since:
        yield from ((lead, f"entry {entry.id}") for lead in _of_entry(entry, shield.covers_from, directory))
    for team in _teams_since(shield.person, shield.covers_from, directory):
        yield from ((lead, f"team {team.code}") for lead in _of_team(team, directory))


def _entries(person: UUID) -> list[Entry]:
    return [stored.entry for stored in entries_about(identities_of(person))]


def _of_entry(entry: Entry, since: date, directory: _Directory) -> Iterator[Leads]:
    received = [r.agency for r in entry.receipts if r.at is None or r.at.latest >= since]
    for agency in dict.fromkeys([entry.agency, *received, *_agencies_in(entry.details.values())]):
        yield from _of_agency(agency, directory)
    key, area, school = (entry.text(name) for name in ("address_key", "area", "other_school"))
    if entry.kind in PLACE_KINDS and key:
        yield Leads(WordSort.LINE, key, (words_of_text(key),))
    if area and words_of_text(area) != words_of_text(settings.AREA):
        yield from named(WordSort.PLACE, area)
    if school:
        yield from named(WordSort.SCHOOL, school)


def _agencies_in(values: Iterable[object]) -> list[str]:
    """Codes with a name of their own among the details, however deep: `school/oak` in a list of those consulted."""
    texts = json.loads(json.dumps(list(values), default=str))
    found, waiting = [], list(texts)
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and is_place(one) and one.partition("/")[0] in _KINDS:
            found.append(one)
        waiting += one if isinstance(one, list) else list(one.values()) if isinstance(one, dict) else []
    return found


_KINDS: Final = frozenset(code for codes in AUTHORS.values() for code in codes)


def _of_agency(agency: str, directory: _Directory) -> Iterator[Leads]:
    if not is_place(agency):
        return
    sort = _SORTS.get(agency_kind(agency), WordSort.AGENCY)
    yield from named(sort, agency, agency.partition("/")[2], directory.names.get(agency, ""))
    for team in directory.teams.values():
        if team.agency == agency:
            yield from _phones(team)


def _of_team(team: TeamCard, directory: _Directory) -> Iterator[Leads]:
    yield from _of_agency(team.agency, directory)
    if agency_kind(team.agency) in _SORTS:
        yield from named(_SORTS[agency_kind(team.agency)], team.name)
        yield from _phones(team)


def _phones(team: TeamCard) -> Iterator[Leads]:
    yield from phone_leads(team.phone)


def _teams_since(person: UUID, since: date, directory: _Directory) -> Iterator[TeamCard]:
    return (directory.teams[team] for team in teams_since(person, since) if team in directory.teams)


def _accused(entries: Iterable[Entry], near: set[str]) -> Iterator[tuple[str, Entry]]:
    for entry in entries:
        if near & entry.people:
            yield from ((a.person, entry) for a in entry.about if a.role is AboutRole.ALLEGED_PERPETRATOR)


def _is_child(person: object) -> bool:
    return bool(getattr(person, "is_child", False))


def _kept_from(people: Sequence[UUID]) -> list[str]:
    rows = ShieldFromRow.objects.filter(shield__person__in=list(people), shield__shieldendrow__isnull=True)
    return [str(p) for p in rows.values_list("person", flat=True).distinct()]


__all__ = [
    "Held", "addresses_of", "current_address", "guarded_words", "held_of", "linked_perpetrators", "old_addresses",
    "overdue_shields", "places_kept", "releases_of", "releases_to_decide", "shields_held", "shields_of",
    "statements_of",
]  # fmt: skip
