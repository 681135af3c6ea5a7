"""The access policy in plain Python, over a small world: what the database must answer, said a second time and apart.

It shares with the application only the Caldicott table (`access/policy.py`), which another test holds against the
database word for word. A time is in hours from now, so that a world stands at any hour at which it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from wholepicture.access.policy import EVERYTHING, Level, class_of, is_place, level_of, readable, tells_place


@dataclass(frozen=True)
class Who:
    """A practitioner and the session they hold: `ends` in hours from now; `ended` by signing out."""

    id: UUID
    role: str
    team: str
    active: bool = True
    ends: int = 8
    ended: bool = False


@dataclass(frozen=True)
class Tie:
    """An involvement."""

    id: UUID
    team: str
    practitioner: UUID | None
    person: UUID
    since: int
    until: int | None
    ended: bool
    personal: bool


@dataclass(frozen=True)
class Halt:
    """A stop."""

    id: UUID
    practitioner: UUID
    person: UUID
    lifted: bool


@dataclass(frozen=True)
class Written:
    """An entry: whom it is about by identity, and which agencies' clocks are stamped with what."""

    id: UUID
    kind: str
    agency: str
    day: str
    about: tuple[UUID, ...]
    receipts: tuple[tuple[str, str], ...]
    supersedes: UUID | None
    details: str = "{}"


@dataclass(frozen=True)
class Broken:
    """A break-glass, reviewed or not."""

    id: UUID
    practitioner: UUID
    team: str
    person: UUID
    lead_team: str
    reviewed: bool


@dataclass(frozen=True)
class Raised:
    """A question about a person: the entries behind it, the agencies that it asks, and whether it waits."""

    id: UUID
    person: UUID
    evidence: tuple[UUID, ...]
    asks: tuple[str, ...]
    waits: bool


@dataclass(frozen=True)
class Task:
    """What a team was asked about a person because of an entry, and the entry that answered it."""

    id: UUID
    team: str
    person: UUID
    entry: UUID
    answer: UUID | None


@dataclass(frozen=True)
class Home:
    """An address of an identity: `left` is the last day there, None while they may be there still."""

    id: UUID
    root: UUID
    identity: UUID
    left: str | None
    supersedes: UUID | None


@dataclass(frozen=True)
class Kept:
    """A shield, on one address or on all whereabouts, from a day on; ended by two people or in force."""

    id: UUID
    person: UUID
    address: UUID | None
    team: str
    since: str
    ended: bool


@dataclass(frozen=True)
class Freed:
    """A release: asked for a reader, decided or not, and until when it lasts."""

    id: UUID
    shield: UUID
    person: UUID
    reader: UUID
    asker: UUID
    granted: bool | None
    until: int


@dataclass(frozen=True)
class Passed:
    """An offer of a shield to another team; `taken` is None while it stands."""

    id: UUID
    shield: UUID
    person: UUID
    team: str
    taken: bool | None


@dataclass(frozen=True)
class Paper:
    """A document that names what shields keep, and the asking for it to leave; `granted` is None while it waits."""

    id: UUID
    person: UUID
    shields: tuple[UUID, ...]
    asker: UUID
    granted: bool | None
    used: bool


@dataclass
class World:
    """Everything that a decision stands on. `ahead` is how many hours a demo's clock has been moved on.

    `decisions` are (identity, person) in order, `person_of` whose each identity is in the end, and `stands` whom the id
    of somebody stands for who was found to be somebody else.
    """

    agency_of: dict[str, str] = field(default_factory=dict)
    supervises: set[tuple[str, str]] = field(default_factory=set)
    who: list[Who] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    person_of: dict[UUID, UUID] = field(default_factory=dict)
    related: list[tuple[UUID, UUID, UUID]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    halts: list[Halt] = field(default_factory=list)
    entries: list[Written] = field(default_factory=list)
    glass: list[Broken] = field(default_factory=list)
    signals: list[Raised] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    looks: list[tuple[UUID, UUID | None]] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    shields: list[Kept] = field(default_factory=list)
    releases: list[Freed] = field(default_factory=list)
    hands: list[Passed] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    agency_of_identity: dict[UUID, str] = field(default_factory=dict)
    decisions: list[tuple[UUID, UUID]] = field(default_factory=list)
    stands: dict[UUID, UUID] = field(default_factory=dict)
    today: str = ""
    ahead: int = 0

    def alike(self, people: Iterable[UUID]) -> set[UUID]:
        """Every id under which these people are written about."""
        who = {self.stands.get(p, p) for p in people}
        return who | {handle for handle, person in self.stands.items() if person in who}

    def day(self, hours: int) -> str:
        """The day that so many hours from now fall on. No shield begins within a week of today, so about is enough."""
        return str(date.fromisoformat(self.today) + timedelta(hours=hours))


class Reference:
    """What one viewer may see of a world."""

    def __init__(self, world: World, who: Who) -> None:
        self.world = world
        self.signed_in = who.active and who.ends > 0 and not who.ended
        self.id = who.id if self.signed_in else None
        self.role = who.role if self.signed_in else ""
        self.agency = world.agency_of[who.team] if self.signed_in else ""
        below = {b for above, b in world.supervises if above == who.team}
        self.teams = {who.team, *below} if self.signed_in else set()
        self.stops = world.alike(h.person for h in world.halts if h.practitioner == self.id and not h.lifted)
        self.involved = world.alike(t.person for t in world.ties if self._counts(t))
        self.left = self._left() if self.role == "manager" and self.agency.partition("/")[0] == "social_care" else set()
        self.closed = [s for s in world.shields if not s.ended and not self.opened(s)]

    def opened(self, shield: Kept) -> bool:
        """A shield is open to the team that holds it, and to a reader while a release lasts that somebody granted."""
        freed = [f for f in self.world.releases if f.shield == shield.id and f.reader == self.id and f.granted]
        return shield.team in self.teams or any(f.until > self.world.ahead for f in freed)

    def kept(self, person: UUID, day: str | None) -> bool:
        """Whether a place of that person on that day (None: on no known day) is kept from this viewer."""
        own = self.world.alike([person])
        return any(s.person in own and (day is None or s.since <= day) for s in self.closed)

    def names(self, agency: str, person: UUID, day: str | None) -> bool:
        """Whether that agency had to do with that person may be told: not where it is a place that is kept."""
        return not is_place(agency) or agency == self.agency or not self.kept(person, day)

    def keeps(self, entry: Written) -> list[Kept]:
        """The shields that keep an entry which tells a place from this viewer; never from the agency that wrote it."""
        if entry.agency == self.agency or not tells_place(entry.kind, entry.agency, entry.details):
            return []
        people = self.world.alike(self.world.person_of[i] for i in entry.about)
        return [s for s in self.closed if s.person in people and s.since <= entry.day]

    def home(self, home: Home) -> bool:
        """An address is read by those who see the identity, where every shield that covers it is open to them."""
        return self.identity(home.identity) and not any(self.covers(s, home) for s in self.closed)

    def covers(self, shield: Kept, home: Home) -> bool:
        """Whether a shield lies on an address: its own; of all whereabouts, one that was not left by its first day."""
        if shield.person not in self.world.alike([self.world.person_of[home.identity]]):
            return False
        lasting = [h for h in self.world.homes if h.root == home.root]
        if shield.address:
            return home.root == shield.address
        return any(h.left is None or h.left > shield.since for h in lasting)

    def _left(self) -> set[str]:
        """Teams in which nobody is left, nor in any above: a manager of social care answers for those."""
        staffed = {w.team for w in self.world.who if w.active}
        above = {b for a, b in self.world.supervises if a in staffed}
        return set(self.world.agency_of) - staffed - above

    def shield(self, shield: Kept) -> bool:
        """A shield is read by the team that holds it, and by those to whom it falls where nobody is left there."""
        return shield.team in self.teams | self.left and shield.person not in self.stops

    def hand(self, hand: Passed) -> bool:
        """An offer is read by the team that it is made to and by those who read the shield."""
        [shield] = [s for s in self.world.shields if s.id == hand.shield]
        return (hand.team in self.teams or self.shield(shield)) and hand.person not in self.stops

    def paper(self, paper: Paper) -> bool:
        """An asking for a document is seen by its asker, those who see the child or hold a shield, and who governs."""
        held = any(self.shield(s) for s in self.world.shields if s.id in paper.shields)
        shown = held or self.person(paper.person) or self.role == "ig_lead" or (self.id == paper.asker)
        return shown and paper.person not in self.stops

    def _answered(self) -> Iterator[tuple[str, str]]:
        """Shields that one answers for or is offered, involved or not; and to the team that holds one what it keeps."""
        w = self.world
        for s in w.shields:
            offered = any(h.shield == s.id and h.taken is None and h.team in self.teams for h in w.hands)
            mine = s.team in self.teams | self.left
            if not s.ended and s.person not in self.stops and (mine or offered):
                yield ("access_shields_answered", f"{s.id} {s.person} {str(not mine).lower()}")
            if not s.ended and s.person not in self.stops and s.team in self.teams:
                homes = [h for h in w.homes if self.covers(s, h) and not any(self.covers(c, h) for c in self.closed)]
                yield from (("access_addresses_answered", f"{s.id} {h.id}") for h in homes)

    def _papers(self) -> Iterator[tuple[str, str]]:
        shown = {s.id for s in self.world.shields if self.shield(s)}
        for p in self.world.papers:
            yield from (("people_document_release_shield", f"{p.id} {s}") for s in p.shields if s in shown)
            if self.signed_in and any(s.id in p.shields for s in self.closed):
                yield ("access_document_kept", str(p.id))
            if self.paper(p):
                yield ("people_document_release", str(p.id))
                yield from (("people_document_release_decision", str(p.id)) for _ in range(p.granted is not None))
                yield from (("people_document_release_used", str(p.id)) for _ in range(p.used))

    def freed(self, freed: Freed) -> bool:
        """A release is seen by its asker and reader, the holding team, those who see the person, and who governs."""
        [shield] = [s for s in self.world.shields if s.id == freed.shield]
        claim = self.id in (freed.asker, freed.reader) and self.id is not None
        shown = claim or self.shield(shield) or self.person(freed.person) or self.role == "ig_lead"
        return shown and freed.person not in self.stops

    def _counts(self, tie: Tie) -> bool:
        begun = tie.since <= self.world.ahead
        live = begun and not tie.ended and (tie.until is None or tie.until > self.world.ahead)
        return live and tie.team in self.teams and (not tie.personal or tie.practitioner == self.id)

    def person(self, person: UUID) -> bool:
        """A person is seen by teams involved with them, and by nobody who is stopped from them."""
        return person in self.involved - self.stops

    def stands(self, person: UUID) -> bool:
        """That an id stands for a person is seen with the person, and by whoever governs information."""
        return (self.person(person) or self.role == "ig_lead") and person not in self.stops

    def identity(self, identity: UUID) -> bool:
        """As the person is."""
        return self.person(self.world.person_of[identity])

    def card(self, identity: UUID) -> bool:
        """An identity tells which agency knew them so: it is kept where that is a place and another card names them."""
        person, agencies = self.world.person_of[identity], self.world.agency_of_identity
        others = [agencies[i] for i, p in self.world.person_of.items() if p == person]
        named = self.names(agencies[identity], person, self.world.today)
        return self.identity(identity) and (named or all(map(is_place, others)))

    def of_entry(self, entry: Written) -> bool:
        """An entry exists for those involved with anybody in it, unless they are stopped from somebody in it."""
        people = {self.world.person_of[i] for i in entry.about}
        return bool(people & self.involved) and not people & self.stops

    def reads(self, entry: Written) -> bool:
        """An entry is read by those for whom it exists and whose role, agency or receipt gives them its content.

        No receipt opens one that tells a place which is kept.
        """
        given = self._own(entry) or class_of(entry.kind, entry.agency) in readable(self.role)
        return self.of_entry(entry) and given and not self.keeps(entry)

    def receipt(self, entry: Written, agency: str, event: str) -> bool:
        """A receipt is read with its entry, unless it names an agency that is a place kept from this viewer."""
        day = entry.day if event == "sent" else None
        people = {self.world.person_of[i] for i in entry.about}
        return self.reads(entry) and all(self.names(agency, p, day) for p in people)

    def _own(self, entry: Written) -> bool:
        told = {agency for agency, event in entry.receipts if event in {"sent", "received"}}
        return self.signed_in and (entry.agency == self.agency or self.agency in told)

    def withheld(self, person: UUID) -> list[tuple[str, str | None, str, str]]:
        """What is held about a person whom they see and not shown: kind and day, or only agency and day; whom to ask.

        Of what a shield keeps the agency is told without its own name, and the holding team is the one to ask.
        """
        found: list[tuple[str, str | None, str, str]] = []
        superseded = {e.supersedes for e in self.world.entries}
        for entry in self.world.entries:
            if person not in self.world.alike(self.world.person_of[i] for i in entry.about) or entry.id in superseded:
                continue
            level = level_of(self.role, class_of(entry.kind, entry.agency))
            if level is not None and self.person(person) and self.of_entry(entry) and not self.reads(entry):
                ask = next((s.team for s in self.keeps(entry)), "")
                agency = entry.agency.partition("/")[0] if ask else entry.agency
                found.append((agency, None if level is Level.EXISTENCE else entry.kind, entry.day, ask))
        return sorted(found, key=str)

    def relationship(self, one: UUID, other: UUID) -> bool:
        """A relationship is seen with either of its people, and never by somebody stopped from one."""
        people = {self.world.person_of[one], self.world.person_of[other]}
        return any(map(self.person, people)) and not people & self.stops

    def tie(self, tie: Tie) -> bool:
        """A team sees its own involvements (a personal one is its holder's), and those of whom it sees."""
        own = tie.team in self.teams and (not tie.personal or tie.practitioner == self.id)
        until = None if tie.until is None else self.world.day(tie.until)
        named = self.names(self.world.agency_of[tie.team], tie.person, until)
        return (own and tie.person not in self.stops) or (self.person(tie.person) and named)

    def halt(self, halt: Halt) -> bool:
        """A stop is seen by the information governance lead, unless it is upon them."""
        return self.role == "ig_lead" and halt.practitioner != self.id

    def broken(self, glass: Broken) -> bool:
        """A break-glass is seen by who broke it, who was told, who sees the child, and who governs information."""
        claim = glass.practitioner == self.id or glass.lead_team in self.teams or self.person(glass.person)
        return glass.person not in self.stops and (claim or self.role == "ig_lead")

    def look(self, person: UUID | None, agency: str) -> bool:
        """A look is seen by the information governance lead and by whoever sees the person, unless it names a place."""
        seen = person is not None and self.person(person) and self.names(agency, person, self.world.today)
        return (self.role == "ig_lead" or seen) and person not in self.stops

    def question(self, raised: Raised) -> bool:
        """A question is read by those whom it asks, by whoever decides, and by whoever reads all that is behind it."""
        decides = readable(self.role) == frozenset(EVERYTHING) and not self.stops
        asked = bool({self.agency, self.agency.partition("/")[0]} & set(raised.asks))
        return self.person(raised.person) and (decides or asked or self._reads_all(raised.evidence))

    def _reads_all(self, entries: tuple[UUID, ...]) -> bool:
        return all(self.reads(e) for e in self.world.entries if e.id in entries)

    def unread(self, raised: Raised) -> bool:
        """That a question waits is told to whoever sees the child and may not read it."""
        return raised.waits and self.person(raised.person) and not self.question(raised)

    def told(self, raised: Raised) -> tuple[str, ...]:
        """Whom it asks: an agency that is a place by its kind alone, where the child or anybody behind it is kept."""
        behind = {self.world.person_of[i] for e in self.world.entries if e.id in raised.evidence for i in e.about}
        kept = any(self.kept(p, None) for p in behind | {raised.person})
        names = [a.partition("/")[0] if kept and is_place(a) and a != self.agency else a for a in raised.asks]
        return tuple(dict.fromkeys(names))

    def task(self, task: Task) -> bool:
        """A task is seen by the team that is asked, and by those who see the child and may know which team that is."""
        named = self.names(self.world.agency_of[task.team], task.person, self.world.today)
        seen = self.person(task.person) and named
        return (task.team in self.teams or seen) and task.person not in self.stops

    def words(self, task: Task, entry: UUID) -> bool:
        """Its words are read by the team, and those of its asking or answer by whoever reads that entry."""
        own, seen = task.team in self.teams, self.person(task.person) and self._reads_all((entry,))
        return (own or seen) and task.person not in self.stops

    def _entries(self) -> Iterator[tuple[str, str]]:
        """Entries are read one by one through their policies, and many at once by functions: both answer alike."""
        half = set(list(self.world.person_of)[: len(self.world.person_of) // 2])
        for entry in filter(self.reads, self.world.entries):
            for table in ("record_entry", "access_read entries"):
                yield (table, str(entry.id))
            for table in ("record_about", "access_read about"):
                yield from ((table, f"{entry.id} {i}") for i in entry.about)
            for table in ("record_receipt", "access_read receipts"):
                yield from ((table, f"{entry.id} {a} {e}") for a, e in entry.receipts if self.receipt(entry, a, e))
            yield from (("access_read of", str(entry.id)) for _ in range(bool(half & set(entry.about))))

    def _questions(self) -> Iterator[tuple[str, str]]:
        """Questions and their words, and that there are others."""
        w = self.world
        for raised in w.signals:
            if self.question(raised):
                yield ("signals_signal", str(raised.id))
                yield ("signals_event", str(raised.id))
                if raised in self.world.signals[:8]:  # of the others nobody asks
                    yield ("access_signals_told", f"{raised.id} {' '.join(self.told(raised))}")
                yield from (("signals_evidence", f"{raised.id} {entry}") for entry in raised.evidence)
            elif self.unread(raised):
                for person in w.alike([raised.person]):
                    yield ("access_signals_withheld", f"{person} {' '.join(self.told(raised))}")

    def _asked(self) -> Iterator[tuple[str, str]]:
        """Tasks, and their words."""
        for task in self.world.tasks:
            if self.task(task):
                yield ("casework_task", str(task.id))
                yield from (("casework_task_event", str(task.id)) for _ in range(task.answer is not None))
        for task in self.world.tasks[::2]:  # of the others nobody asks for the words
            if self.words(task, task.entry):
                yield ("casework_task_words", str(task.id))
            if task.answer is not None and self.words(task, task.answer):
                yield ("casework_answer_words", str(task.id))

    def rows(self) -> Iterator[tuple[str, str]]:
        """Every row that they see, as (table, key), once for each time it is seen."""
        w = self.world
        yield from (("people_person", str(p)) for p in w.people if self.person(p))
        yield from (("people_identity", str(i)) for i in w.person_of if self.card(i))
        yield from (("people_decided", str(i)) for i in w.person_of if self.identity(i))
        yield from (("people_grouping", str(i)) for i, p in w.decisions if self.person(p))
        yield from (("people_stands", str(handle)) for handle, p in w.stands.items() if self.stands(p))
        yield from (("people_relationship", str(r)) for r, one, two in w.related if self.relationship(one, two))
        yield from self._entries()
        for tie in filter(self.tie, w.ties):
            yield ("access_involvement", str(tie.id))
            yield from (("access_involvement_end", str(tie.id)) for _ in range(tie.ended))
        for halt in filter(self.halt, w.halts):
            yield ("access_stop", str(halt.id))
            yield from (("access_stop_end", str(halt.id)) for _ in range(halt.lifted))
        for glass in filter(self.broken, w.glass):
            yield ("access_glass", str(glass.id))
            yield from (("access_glass_review", str(glass.id)) for _ in range(glass.reviewed))
        yield from self._questions()
        yield from self._asked()
        yield from (("access_audit", f"{by} {p}") for by, p in w.looks if self.look(p, self._of(by)))
        for person in w.people:
            for agency, kind, day, ask in self.withheld(person):
                yield ("access_withheld", f"{person} {agency} {kind or ''} {day} {ask}")
        yield from self._kept()

    def _of(self, practitioner: UUID) -> str:
        return next(self.world.agency_of[w.team] for w in self.world.who if w.id == practitioner)

    def _kept(self) -> Iterator[tuple[str, str]]:
        """Addresses, shields and releases, and that there is a shield, which all learn who see the person."""
        for entry in self.world.entries[:50]:  # of the others nobody asks
            people = {self.world.person_of[i] for i in entry.about}
            if entry.agency != self.agency and self.of_entry(entry) and any(self.kept(p, entry.day) for p in people):
                yield ("access_entries_kept", str(entry.id))
        yield from (("people_address", str(h.id)) for h in self.world.homes if self.home(h))
        for s in self.world.shields:
            tables = ("people_shield", "people_shield_from", "people_shield_review")
            ended = ("people_shield_end_ask", "people_shield_end") if s.ended else ()
            yield from ((table, str(s.id)) for table in (*tables, *ended) if self.shield(s))
            if not s.ended and self.person(s.person):
                for person in self.world.alike([s.person]):
                    yield ("access_shields_of", f"{person} {s.id} {s.team} {str(self.opened(s)).lower()}")
        yield from self._answered()
        yield from self._papers()
        for h in filter(self.hand, self.world.hands):
            yield ("people_shield_hand", str(h.id))
            yield from (("people_shield_hand_end", str(h.id)) for _ in range(h.taken is not None))
        for f in filter(self.freed, self.world.releases):
            yield ("people_release", str(f.id))
            yield from (("people_release_decision", str(f.id)) for _ in range(f.granted is not None))
