"""The family on one day: who there was, who lived together, what was known, and the moments when it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wholepicture.people.types import PARENTAL, UNBORN_DAYS, FamilyRecord, Person, PersonType, Relation, Relationship
from wholepicture.web.drawings.home import relation_noun
from wholepicture.web.drawings.words import day_words, name_words, when_short

COUPLE = frozenset({Relation.PARTNER, Relation.EX_PARTNER})


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which the family changed, said no finer than it is known, with what changed."""

    day: date
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person as they stood on the day drawn."""

    person: Person
    unborn: bool
    died: bool
    at_home: bool
    unknown_until: date | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A couple on the day drawn: together, or no longer."""

    left: str
    right: str
    together: bool
    words: str


def moments(record: FamilyRecord, today: date) -> tuple[Moment, ...]:
    """Every day on which somebody came, left, was born or died, oldest first, ending with today."""
    said: dict[tuple[date, str], list[str]] = {}
    for person in record.people.values():
        name = name_words(person, person.key)
        if person.is_child and person.born is not None and person.type is not PersonType.UNBORN:
            said.setdefault((person.born.start, person.born.in_words()), []).append(f"{name} born")
        if person.died is not None:
            said.setdefault((person.died.start, person.died.in_words()), []).append(f"{name} died")
    for tie in record.relationships:
        if tie.relation in (*COUPLE, Relation.LODGER, Relation.CARER, Relation.STEP_PARENT, Relation.GRANDPARENT):
            _tie_moments(record, tie, said)
    found = [
        Moment(day, when, "; ".join(dict.fromkeys(words))) for (day, when), words in sorted(said.items()) if day < today
    ]
    return (*found, Moment(today, day_words(today), "As last known"))


def _tie_moments(record: FamilyRecord, tie: Relationship, said: dict[tuple[date, str], list[str]]) -> None:
    name = name_words(record.people.get(tie.person), tie.person)
    if tie.from_ is not None and tie.relation is not Relation.EX_PARTNER:
        other = name_words(record.people.get(tie.other), tie.other)
        come = "lives in the home" if tie.lives_with else f"is {relation_noun(tie.relation)} of {other}"
        said.setdefault((tie.from_.start, tie.from_.in_words()), []).append(f"{name} {come}")
    if tie.to is not None and tie.lives_with:
        left = (tie.to.latest + timedelta(days=1), f"after {tie.to.in_words()}")
        said.setdefault(left, []).append(f"{name} no longer lives in the home")


def members(record: FamilyRecord, day: date) -> tuple[Member, ...]:
    """Everybody who was of the family by that day, adults by arrival, then children in birth order."""
    home = _home(record, day)
    found = [m for p in record.people.values() if (m := _member(record, p, day, home)) is not None]
    return tuple(sorted(found, key=lambda m: _order(record, m)))


def _home(record: FamilyRecord, day: date) -> frozenset[str]:
    """Everybody who shares a home with any of the children that day."""
    living = [c for c in record.children if _begun(c, day) and not _gone(c, day)]
    homes = [record.household(c.key, day) for c in living]
    return frozenset().union(*homes)


def _member(record: FamilyRecord, person: Person, day: date, home: frozenset[str]) -> Member | None:
    ties = [r for r in record.relationships if person.key in (r.person, r.other)]
    if person.is_child:
        if not _begun(person, day):
            return None
        known = person.born_known.start if person.born_known is not None else None
    else:
        started = [r for r in ties if r.from_ is None or r.from_.start <= day]
        if ties and not started:
            return None
        days = [r.known_from or r.from_ for r in started]
        known = min((d.start if d is not None else record.first_day for d in days), default=None)
    return Member(
        person=person,
        unborn=person.is_child and person.born is not None and day < person.born.start,
        died=_gone(person, day),
        at_home=person.key in home and not _gone(person, day),
        unknown_until=known if known is not None and known > day else None,
    )


def _begun(child: Person, day: date) -> bool:
    return child.born is None or child.born.start - timedelta(days=UNBORN_DAYS) <= day


def _gone(person: Person, day: date) -> bool:
    return person.died is not None and person.died.start <= day


def _order(record: FamilyRecord, member: Member) -> tuple[bool, date, str]:
    person = member.person
    if person.is_child:
        return (True, person.born.start if person.born is not None else date.max, person.key)
    starts = [r.from_.start for r in record.relationships if r.person == person.key and r.from_ is not None]
    return (False, min(starts, default=date.max), person.key)


def ties_on(record: FamilyRecord, day: date) -> tuple[Tie, ...]:
    """Couples up to that day, each once, with the years that they were together."""
    found: dict[frozenset[str], Tie] = {}
    for r in record.relationships:
        if r.relation not in COUPLE or (r.from_ is not None and r.from_.start > day):
            continue
        pair = frozenset({r.person, r.other})
        if r.relation is Relation.EX_PARTNER:
            found.setdefault(pair, Tie(r.person, r.other, False, "apart"))
            continue
        together = r.holds_on(day)
        earlier = found.get(pair)
        if earlier is None or together or not earlier.together:
            found[pair] = Tie(r.person, r.other, together, _couple_words(record, r, pair))
    return tuple(found.values())


def _couple_words(record: FamilyRecord, tie: Relationship, pair: frozenset[str]) -> str:
    spells = [
        r for r in record.relationships if r.relation is Relation.PARTNER and frozenset({r.person, r.other}) == pair
    ]
    first = min(spells, key=lambda r: r.from_.start if r.from_ else date.min)
    begun = when_short(first.from_) if first.from_ is not None else ""
    ended = when_short(tie.to) if tie.to is not None else ""
    if begun and ended:
        return f"{begun} to {ended}"
    return f"from {begun}" if begun else f"to {ended}" if ended else "dates not known"


def parents_of(record: FamilyRecord, child: str) -> tuple[str, ...]:
    """The child's mother, father or parents, as the record has them."""
    found = (r.person for r in record.relationships if r.relation in PARENTAL and r.other == child)
    return tuple(dict.fromkeys(found))


def hub_of(record: FamilyRecord, adults: Iterable[str]) -> str | None:
    """The adult around whom the map is drawn: parent of most children, mothers first."""
    adults = tuple(adults)

    def weight(person: str) -> tuple[int, bool]:
        children = {r.other for r in record.relationships if r.person == person and r.relation in PARENTAL}
        mother = any(r.person == person and r.relation is Relation.MOTHER for r in record.relationships)
        return (len(children), mother)

    return max(adults, key=weight, default=None)
