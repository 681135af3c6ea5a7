"""What the screening room says beside a notice: counts of the queue, and the family's story so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wholepicture.casework.notice.words import age_words, seen_words
from wholepicture.casework.queries import NoticeItem, QueueItem
from wholepicture.casework.screening.history import decisions_in, violence_in
from wholepicture.casework.task.types import AskedChild
from wholepicture.casework.task.words import repeats_words
from wholepicture.casework.timescales import timescale
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.types import Person
from wholepicture.record.kinds import kind_label
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.queries import SignalCard
from wholepicture.web.words import count

_MOST = 12


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The queue in four numbers about work, none about a child (R38)."""

    waiting: int
    overdue: int
    received_today: int
    oldest_hours: int
    at_one_meeting: int

    @property
    def too_many(self) -> bool:
        """Whether there are more than one meeting can read with care."""
        return self.waiting > self.at_one_meeting


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child of the notice: age, what was seen, words, school; `named` False where only the record knows them."""

    child: AskedChild
    age: str
    seen: str
    unseen: bool
    words: str
    school: str
    named: bool


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident of the family: when, the violence stated, who was victim and alleged perpetrator."""

    entry: Entry
    violence: tuple[str, ...]
    parties: str
    this: bool


@dataclass(frozen=True, slots=True)
class History:
    """The family's story so far, beside the notice."""

    children: tuple[ChildLine, ...]
    adults: tuple[tuple[Person, str], ...]
    incidents: tuple[IncidentLine, ...]
    repeats: str
    decisions: tuple[tuple[Entry, str], ...]
    latest: tuple[tuple[Entry, str], ...]
    lag: str


def queue_counts(items: Sequence[QueueItem], now: datetime, today: date) -> QueueCounts:
    """The numbers of the queue at a moment."""
    waiting = [i.card for i in items if i.card.decision is None]
    oldest = max((int((now - c.received_at).total_seconds() // 3600) for c in waiting), default=0)
    return QueueCounts(
        waiting=len(waiting),
        overdue=sum(c.due_on < today for c in waiting),
        received_today=sum(i.card.received_at.astimezone(ENGLAND).date() == today for i in items),
        oldest_hours=oldest,
        at_one_meeting=timescale("screening_volume", today),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """An open question, asked once for all the children whom it is about."""

    question: str
    raised_on: date
    names: tuple[str, ...]


def questions_of(signals: Sequence[SignalCard], item: NoticeItem) -> list[Question]:
    """The questions that wait, each once, in the order given."""
    names = {c.person: c.name for c in item.children}
    asked: dict[str, list[SignalCard]] = {}
    for signal in signals:
        asked.setdefault(signal.question, []).append(signal)
    return [
        Question(words, min(s.raised_on for s in rows), tuple(names.get(str(s.person), "") for s in rows))
        for words, rows in asked.items()
    ]


def history_of(item: NoticeItem, today: date) -> History:
    """Everything read from the family's record, as the viewer may see it."""
    record = item.record
    family = {c.person for c in item.children} | set(item.incident.people)
    this = {item.incident.id, *(e.id for e in record.entries if item.incident.id in e.answers)}
    others = [e for e in reversed(record.entries) if e.people & family and e.id not in this]
    earlier = [e for e in decisions_in(record, family) if e.id not in this]
    return History(
        children=tuple(_child(item, c, today) for c in item.children),
        adults=tuple(_adults(item)),
        incidents=tuple(_incident(item, e) for e in reversed(item.incidents)),
        repeats=repeats_words(item.facts.count_12_months, item.facts.count_ever, item.facts.unconfirmed),
        decisions=tuple((e, _decision_words(e)) for e in earlier[:_MOST]),
        latest=tuple((e, kind_label(e.kind)) for e in others[:_MOST]),
        lag=lag_words(item),
    )


def lag_words(item: NoticeItem) -> str:
    """How long it took to arrive and to be decided: each wait by itself, so that it shows where time went (R1, R19)."""
    card, occurred = item.card, item.incident.occurred
    if occurred.moment is not None:
        arrived = f"It arrived {_span((card.received_at - occurred.moment).total_seconds())} after it happened"
    else:
        days = (card.received_at.astimezone(ENGLAND).date() - occurred.latest).days
        arrived = f"It arrived {count(max(0, days), 'day')} after it happened"
    if card.decision is None:
        return f"{arrived}."
    waited = _span((card.decision.decided_at - card.received_at).total_seconds())
    return f"{arrived}, and was decided {waited} after that."


def _span(seconds: float) -> str:
    hours = int(seconds // 3600)
    if hours >= 48:
        return count(hours // 24, "day")
    return count(hours, "hour") if hours else count(int(seconds // 60), "minute")


def _child(item: NoticeItem, child: AskedChild, today: date) -> ChildLine:
    seen = item.seen.get(child.person)
    if seen is None:
        words = "Not named in the notice, but the record says this child lives here: nobody says where they were."
        return ChildLine(child, age_words(child.born, child.unborn, today), words, True, "", "", False)
    unseen = not seen.seen or not seen.spoken_to
    age = age_words(child.born, child.unborn, today)
    return ChildLine(child, age, seen_words(seen, name=child.name), unseen, seen.words, seen.school, True)


def _adults(item: NoticeItem) -> list[tuple[Person, str]]:
    found = []
    for key in dict.fromkeys(a.person for a in item.incident.about):
        person = item.record.people.get(key)
        if person is not None and not person.is_child:
            found.append((person, _part(item.incident, key)))
    return found


def _part(entry: Entry, person: str) -> str:
    roles = {a.role for a in entry.about if a.person == person}
    if {AboutRole.VICTIM, AboutRole.ALLEGED_PERPETRATOR} <= roles:
        return "victim and alleged perpetrator"
    return " and ".join(role.value.replace("_", " ") for role in AboutRole if role in roles)


def _incident(item: NoticeItem, entry: Entry) -> IncidentLine:
    names = {key: person.name for key, person in item.record.people.items()}
    victims = [names.get(p, "") for p in entry.in_role(AboutRole.VICTIM)]
    others = [names.get(p, "") for p in entry.in_role(AboutRole.ALLEGED_PERPETRATOR) if names.get(p) not in victims]
    parties = f"Victim: {', '.join(v for v in victims if v) or 'not stated'}"
    if any(others):
        parties += f". Alleged perpetrator: {', '.join(o for o in others if o)}"
    return IncidentLine(entry, violence_in(entry), parties, entry.id == item.incident.id)


def _decision_words(entry: Entry) -> str:
    stated = [entry.text(name) for name in ("type", "stage", "decision", "outcome", "status") if entry.text(name)]
    return (
        f"{kind_label(entry.kind)}: {', '.join(s.replace('_', ' ') for s in stated)}"
        if stated
        else kind_label(entry.kind)
    )
