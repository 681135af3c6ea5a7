"""A family’s addresses in words, as far as the reader may know them; of the rest, who holds the shield."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholepicture.agencies.queries import TeamCard, agency_names, teams
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.queries import Held, held_of, shields_of, statements_of
from wholepicture.people.addresses.types import Address, Shield
from wholepicture.people.loading import NOT_SHOWN
from wholepicture.people.queries import family_of
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.web.drawings.words import name_words
from wholepicture.web.words import say_date, say_moment


@dataclass(frozen=True, slots=True)
class HomeLine:
    """An address: what it is, where, between which days, who said so; and, corrected, how it stood before."""

    id: UUID
    sort: str
    lines: tuple[str, ...]
    phone: str
    when: str
    said: str
    current: bool
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShieldLine:
    """A shield as the team that holds it reads it."""

    id: UUID
    why: str
    words: str
    from_whom: str
    since: str
    due: str
    overdue: bool
    set_by: str
    ending: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldLine:
    """That an address is shielded, whom to ask, and where a release is asked for."""

    shield: UUID
    ask: str
    phone: str


@dataclass(frozen=True, slots=True)
class Homes:
    """Everything of one person."""

    key: str
    name: str
    homes: tuple[HomeLine, ...]
    held: tuple[HeldLine, ...]
    shields: tuple[ShieldLine, ...]


def household_of(child: UUID) -> FamilyRecord:
    """The child and whoever is related to them; refuses somebody who is no child here, as if there were nobody."""
    record = family_of([child], hops=1)
    person = record.people.get(str(child))
    if person is None or not person.is_child:
        raise Refused("absent", "There is no child’s record here that your team is involved with.")
    return record


def known(record: FamilyRecord, child: UUID) -> list[Person]:
    """Those of the family whom the reader sees: the child first, then adults, then other children."""
    found = [p for p in record.people.values() if p.family_name != NOT_SHOWN]
    return sorted(found, key=lambda p: (p.key != str(child), p.is_child, p.name))


def homes_of(record: FamilyRecord, child: UUID, today: date) -> list[Homes]:
    """Each person's addresses and shields; call inside `reading`."""
    people = known(record, child)
    ids = [UUID(p.key) for p in people]
    stated, directory, agencies = statements_of(ids), teams(), agency_names()
    shields = shields_of(ids)
    return [
        Homes(
            key=p.key,
            name=name_words(p, p.key),
            homes=home_lines(stated[UUID(p.key)], agencies, today),
            held=tuple(_held(h) for h in held_of(UUID(p.key)) if not h.open),
            shields=tuple(shield_line(s, directory, today) for s in shields if s.person == UUID(p.key)),
        )
        for p in people
    ]


def shield_line(shield: Shield, directory: Mapping[str, TeamCard], today: date) -> ShieldLine:
    """A shield in words."""
    team = directory.get(shield.holder_team)
    ending = f"{shield.end_asked_by_name} asked for it to end: {shield.end_asked_why}" if shield.end_asked_by else ""
    return ShieldLine(
        id=shield.id,
        why=shield.reason.words,
        words=shield.words,
        from_whom=shield.from_whom or "Those named on the record",
        since=say_date(shield.covers_from),
        due=say_date(shield.review_by),
        overdue=shield.overdue(today),
        set_by=f"{shield.set_by_name}, {say_moment(shield.set_at)}. Held by {team.name if team else 'your team'}",
        ending=ending,
        reviews=tuple(f"{say_moment(r.at)}, {r.by_name}: {r.words}" for r in shield.reviews),
    )


def home_lines(stated: Sequence[Address], agencies: Mapping[str, str], today: date) -> tuple[HomeLine, ...]:
    """Somebody's addresses as they stand, each with the statements that it corrects, the latest of those first."""
    standing: dict[UUID, list[Address]] = {}
    for address in sorted(stated, key=lambda a: (a.recorded_at, a.id), reverse=True):
        standing.setdefault(address.root, []).append(address)
    latest = {found[0].id: found for found in standing.values()}
    return tuple(_home(a, latest[a.id][1:], agencies, today) for a in stated if a.id in latest)


def _home(address: Address, before: Sequence[Address], agencies: Mapping[str, str], today: date) -> HomeLine:
    return HomeLine(
        id=address.id,
        sort=address.sort.words,
        lines=tuple(part for part in (*address.lines, address.postcode) if part),
        phone=address.phone,
        when=_between(address),
        said=_said(address, agencies),
        current=address.holds_on(today) and address.to is None,
        before=tuple(f"{b.in_one_line}. {_between(b)}. {_said(b, agencies)}" for b in before),
    )


def _between(address: Address) -> str:
    since = f"since {address.from_.in_words()}" if address.from_ else "since when is not known"
    when = f"{since}, until {address.to.in_words()}" if address.to else since
    return when[:1].upper() + when[1:]


def _said(address: Address, agencies: Mapping[str, str]) -> str:
    by = address.by_name or agencies.get(address.agency, address.agency)
    return ", ".join(part for part in (address.source, by, say_date(address.recorded_at.date())) if part)


def _held(held: Held) -> HeldLine:
    return HeldLine(held.shield, held.team_name or "the team that holds the shield", held.phone)
