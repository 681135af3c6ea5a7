"""A family's record as known on one day, with the questions that rules ask of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from wholepicture.foundation.working_days import months_after
from wholepicture.people.types import PARENTAL, SIBLINGS, FamilyRecord, Person, Relation
from wholepicture.people.types import ordered as in_order
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.events import Event, known_by, one_event_each, possible_days
from wholepicture.signals.types import Finding

PREGNANCY_DAYS = 280  # counted from the last period, as pregnancies are
LIVE_MONTHS = 6  # spec: reading-the-rules, Live
GROWN_MONTHS = 18 * 12

INVOLVED = frozenset({AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.AFFECTED, AboutRole.PRESENT, AboutRole.INFORMANT})
OWN = frozenset({AboutRole.SUBJECT, AboutRole.VICTIM, AboutRole.AFFECTED})
# Whose home an entry is about: the victim's and the subject's; the alleged perpetrator's where no other is named.
HOME_OF = (AboutRole.SUBJECT, AboutRole.VICTIM)

CARING = PARENTAL | {Relation.STEP_PARENT, Relation.CARER, Relation.GRANDPARENT}


Closes = Callable[[Entry], date | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule has asked of a view: kinds of entry, and which entries do what closes it."""

    kinds: set[str] = field(default_factory=set)
    closes: set[Closes] = field(default_factory=set)

    def about(self, entry: Entry) -> bool:
        """Whether the answers may change with this entry."""
        return entry.kind in self.kinds or any(does(entry) is not None for does in self.closes)


class View:
    """The record as it was known on `today`; corrections have replaced what they correct.

    Rules read it and nothing else: they know no clock, no names and no addresses.
    """

    def __init__(self, known: FamilyRecord, today: date, before: View | None = None) -> None:
        """`before` is a view of an earlier day of the same record: who lived with whom is not worked out twice."""
        self.record = known
        self.today = today
        self.entries = in_order(e for e in known.entries if e.id not in known.superseded)
        self.asked = Asked()
        self._live: Mapping[str, Sequence[Finding]] = {}
        self._homes: dict[tuple[str, date], frozenset[str]] = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._named: dict[str, frozenset[str]] = {}
        self._concerned: dict[str, frozenset[str]] = {}
        if before is not None and self.same_family(before):
            self._homes, self._reached = before._homes, before._reached
            self._named, self._concerned = before._named, before._concerned
        self._touching: dict[str, tuple[Entry, ...]] = {}
        self._events: dict[object, tuple[Event, ...]] = {}
        self._closers: dict[tuple[str, Closes], list[tuple[Entry, date]]] = {}

    def same_family(self, other: View) -> bool:
        """Whether as much was known then of who belongs to whom."""
        mine, theirs = self.record, other.record
        return mine.people == theirs.people and mine.relationships == theirs.relationships

    def news_since(self, before: View) -> list[Entry]:
        """Entries that are new, changed or gone since an earlier view: as they are and as they were."""
        now, then = ({e.id: e for e in view.entries} for view in (self, before))
        return [e for mine, other in ((now, then), (then, now)) for e in mine.values() if other.get(e.id) is not e]

    def with_live(self, findings: Mapping[str, Sequence[Finding]]) -> View:
        """The same view, which also knows the findings of the rules that ran first, by child."""
        self._live = findings
        return self

    @cached_property
    def children(self) -> tuple[Person, ...]:
        """Children and unborn children that anybody knows of by today."""
        return self.record.children

    @cached_property
    def _child_keys(self) -> frozenset[str]:
        return frozenset(c.key for c in self.children)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.kind].append(entry)
        return {kind: tuple(rows) for kind, rows in found.items()}

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """Entries of these kinds, kind by kind."""
        self.asked.kinds.update(kinds)
        return tuple(e for kind in kinds for e in self._by_kind.get(kind, ()))

    # Who

    def home(self, person: str, day: date) -> frozenset[str]:
        """The household of a person on a day, themselves included."""
        key = (person, day)
        if key not in self._homes:
            members = self.record.household(person, day)
            self._homes |= {(m, day): members for m in members}
        return self._homes[key]

    def adults_at_home(self, child: str, day: date) -> frozenset[str]:
        """The adults who live with a child, or with the mother of an unborn child, on a day."""
        home = self.home(child, day)
        if self.unborn(child, day):
            home = home.union(*(self.home(m, day) for m in self._mothers(child)))
        return frozenset(p for p in home if p in self.record.people and not self.record.people[p].is_child)

    def unborn(self, child: str, day: date) -> bool:
        """Whether the mother was carrying the child on that day, by the stated birth or expected date."""
        born = self.record.people[child].born
        return born is not None and born.latest - timedelta(days=PREGNANCY_DAYS) <= day < born.earliest

    def is_child_on(self, child: str, day: date) -> bool:
        """Whether somebody was an unborn child or a child, and alive, on that day."""
        person = self.record.people[child]
        if person.died is not None and day > person.died.latest:
            return False
        if person.born is None or self.unborn(child, day):
            return True
        return person.born.earliest <= day < months_after(person.born.earliest, GROWN_MONTHS)

    def _mothers(self, child: str) -> tuple[str, ...]:
        return self.record.related(child, {Relation.MOTHER})

    def lives_with(self, child: str, person: str, days: Iterable[date]) -> bool:
        """Whether a child certainly lived in the person's household on all of those days."""
        return all(self.is_child_on(child, day) and self._shares_home(child, person, day) for day in days)

    def _shares_home(self, child: str, person: str, day: date) -> bool:
        home = self.home(person, day)
        return child in home or (self.unborn(child, day) and any(m in home for m in self._mothers(child)))

    def siblings(self, child: str, day: date) -> frozenset[str]:
        """Other children who are siblings, share a parent, or live in the same household on that day."""
        parents = set(self.record.related(child, PARENTAL))
        found = set(self.record.related(child, SIBLINGS)) | (self.home(child, day) & self._child_keys)
        found |= {c for c in self._child_keys if parents & set(self.record.related(c, PARENTAL))}
        return frozenset(found & self._child_keys - {child})

    def carers(self, child: str, day: date) -> frozenset[str]:
        """Parents, and others who have care of the child or live with them as adults, on that day."""
        return self.adults_at_home(child, day) | frozenset(self.record.related(child, CARING, day))

    # Which entries touch a child

    def reached(self, entry: Entry) -> frozenset[str]:
        """Children whom a household's entry touches: those it involves, and those who live there, named or not."""
        if entry.id not in self._reached:
            homes = entry.in_role(*HOME_OF) or entry.in_role(AboutRole.ALLEGED_PERPETRATOR)
            days = frozenset(possible_days(entry))
            living = {c for c in self._child_keys if any(self.lives_with(c, p, days) for p in homes)}
            self._reached[entry.id] = frozenset(living | (set(entry.in_role(*INVOLVED)) & self._child_keys))
        return self._reached[entry.id]

    def named(self, entry: Entry) -> frozenset[str]:
        """Children whom an entry is about by name: not those who were only there, told of it or are mentioned."""
        if entry.id not in self._named:
            self._named[entry.id] = frozenset(entry.in_role(*OWN)) & self._child_keys
        return self._named[entry.id]

    def own(self, entry: Entry) -> frozenset[str]:
        """Children whom an entry is about; where it names none of them so, those who live with the adults it names.

        An incident of domestic abuse, or a risk assessment conference about it, is about every child of the household.
        """
        if entry.kind in ("domestic_abuse_incident", "marac"):
            return self.reached(entry)
        return self.named(entry) or self.reached(entry)

    def touching(self, child: str, *kinds: str) -> tuple[Entry, ...]:
        """Entries of these kinds that involve the child, are about the whole household, or answer others and name them.

        What was done for one child is not done for a brother or sister (R101).
        """
        self.asked.kinds.update(kinds)
        return tuple(e for e in self._all_touching(child) if e.kind in kinds)

    def _all_touching(self, child: str) -> tuple[Entry, ...]:
        if child not in self._touching:
            self._touching[child] = tuple(
                e for e in self.entries if child in self._concerns(e) or (e.answers and child in e.people)
            )
        return self._touching[child]

    def _concerns(self, entry: Entry) -> frozenset[str]:
        if entry.id not in self._concerned:
            self._concerned[entry.id] = self.own(entry) | frozenset(entry.in_role(*INVOLVED))
        return self._concerned[entry.id]

    def incidents(self, child: str) -> tuple[Event, ...]:
        """Domestic abuse incidents in the child's household, or that the child was part of: one event each."""
        rows = [e for e in self.of_kind("domestic_abuse_incident") if child in self.reached(e)]
        return self.events(rows)

    def events(self, rows: Sequence[Entry], *fields: str) -> tuple[Event, ...]:
        """The events that the rows record, each known once the named details are; worked out once per set of rows."""
        key = (fields, tuple(e.id for e in rows))
        if key not in self._events:
            self._events[key] = one_event_each(rows, known_by(*fields))
        return self._events[key]

    # What came after

    def closed(
        self, child: str, events: Sequence[Event], does: Closes, also: Callable[[Entry], bool] | None = None
    ) -> date | None:
        """The first day on which an entry was known that does it, about the child, after all of the events.

        `does` gives the day on which an entry was known to do it, or None; `also` is asked of those that do.
        """
        latest_first = sorted(events, key=lambda event: event.latest, reverse=True)
        for entry, day in self._closing(child, does):
            after = possible_days(entry)[0] > latest_first[0].latest or _after_each(entry, latest_first)
            if after and not any(entry.id in event.ids for event in events) and (also is None or also(entry)):
                return day
        return None

    def _closing(self, child: str, does: Closes) -> Sequence[tuple[Entry, date]]:
        """Entries about the child that do it, first known first."""
        self.asked.closes.add(does)
        key = (child, does)
        if key not in self._closers:
            days = ((e, does(e)) for e in self._all_touching(child))
            self._closers[key] = sorted(((e, day) for e, day in days if day is not None), key=lambda found: found[1])
        return self._closers[key]

    def live_on(self, child: str, day: date, besides: Event) -> bool:
        """Whether a signal about the child, on more than this event, was live on that day.

        It is while it is open, until six months after its last new evidence.
        """
        own = set(besides.ids)
        return any(
            f.stands_on(day) and day <= months_after(f.since, LIVE_MONTHS) and not own.issuperset(f.entries)
            for f in self._live.get(child, ())
        )


def _after_each(entry: Entry, events: Sequence[Event]) -> bool:
    return all(answers(entry, event) or came_after(entry, event) for event in events)


def answers(entry: Entry, event: Event) -> bool:
    """Whether an entry says that it answers the event."""
    return any(i in entry.answers for i in event.ids)


def came_after(entry: Entry, event: Event) -> bool:
    """Whether an entry certainly happened after an event: on a later day, or at a later time where both are stated."""
    if possible_days(entry)[0] > event.latest:
        return True
    moment, other = entry.occurred.moment, event.entries[0].occurred.moment
    exact = entry.occurred.exact_day and event.entries[0].occurred.exact_day
    return exact and moment is not None and other is not None and moment > other


def finding(
    rule: str, child: Person, events: Sequence[Event], marks: Sequence[Event], since: date, until: date | None = None
) -> Finding:
    """A finding on these events, of which `marks` are the news."""
    entries = tuple(dict.fromkeys(i for event in events for i in event.ids))
    return Finding(rule, child.key, entries, tuple(event.mark for event in marks), since, until)
