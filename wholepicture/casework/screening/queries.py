"""Reads of the screening queue and of one notice beside its family's history. Row-level security decides what shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from wholepicture.agencies.queries import teams
from wholepicture.casework.models import (
    CandidateChoiceRow,
    CandidateRow,
    ScreeningDecisionRow,
    ScreeningEventRow,
    ScreeningRow,
)
from wholepicture.casework.notice.asking import SCREENED_STEPS, observations_of, unconfirmed_of
from wholepicture.casework.notice.types import SeenChild
from wholepicture.casework.screening.history import children_of, facts_of, incidents_with
from wholepicture.casework.task.types import AskedChild, Decision, IncidentFacts
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.queries import places_kept
from wholepicture.people.queries import family_of, persons_of
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.record.queries import entries_by_id
from wholepicture.record.types import Entry


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What a manager said of the decision."""

    by_name: str
    agrees: bool
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """What was decided, by whom, why, and each child's own position."""

    decision: Decision
    reasons: str
    by: UUID
    by_name: str
    decided_at: datetime
    taken_by: str
    entry: UUID
    positions: Mapping[str, str]
    reviews: tuple[ReviewCard, ...]


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of somebody named beside somebody on record: both as given, how they compare, what that speaks for.

    `said` and `held` are blank where nobody said, and always of a home, which may be one that is kept from somebody.
    """

    name: str
    said: str
    held: str
    level: str
    says: str


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """Somebody named, and whom they may be, side by side; `chosen` is the latest choice, None while it waits."""

    id: int
    named: Person
    given_name: str
    family_name: str
    born: str
    sex: str
    nhs_number: str
    language: str
    why: str
    compared: tuple[ComparedField, ...]
    more: bool
    chosen: bool | None
    chosen_by: str
    chosen_because: str


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice's own particulars, with its place in the queue."""

    screening: UUID
    entry: UUID
    reference: str
    sent_by: UUID
    sent_by_name: str
    sent_by_team: str
    sent_at: datetime
    received_at: datetime
    due_on: date
    team: str
    place: str
    relationship: str
    words_of: str
    safety_action: str
    safe_contact: str
    reply_by: date
    escalated_to: tuple[str, ...]
    decision: DecisionCard | None


PLACE_KEPT = "at a place that is shielded"
"""What stands for the place of a notice about somebody whose address is kept from the reader."""


@dataclass(frozen=True)
class QueueItem:
    """A notice in the queue: whom it is about, how grave, and how often before."""

    card: NoticeCard
    incident: Entry
    record: FamilyRecord
    children: tuple[AskedChild, ...]
    facts: IncidentFacts


@dataclass(frozen=True)
class NoticeItem(QueueItem):
    """A notice opened: what was seen of each child, every incident of the family, and people to confirm."""

    seen: Mapping[str, SeenChild]
    incidents: tuple[Entry, ...]
    candidates: tuple[CandidateCard, ...]


def waiting_screenings(today: date) -> list[QueueItem]:
    """Every notice that nobody has decided, the longest overdue first (R38)."""
    return _items(ScreeningRow.objects.filter(screeningdecisionrow__isnull=True), today)


def decided_screenings(today: date, *, most: int = 25) -> list[QueueItem]:
    """The latest decisions, newest first."""
    ids = ScreeningDecisionRow.objects.order_by("-decided_at").values_list("screening_id", flat=True)[:most]
    items = _items(ScreeningRow.objects.filter(id__in=list(ids)), today)
    return sorted(items, key=lambda i: i.card.decision.decided_at if i.card.decision else i.card.sent_at, reverse=True)


def notices_sent_by(team: str, today: date, *, most: int = 50) -> list[QueueItem]:
    """What a team has sent, newest first, with what became of it (R27)."""
    rows = ScreeningRow.objects.filter(notice__sent_by_team=team).order_by("-received_at").values_list("id", flat=True)
    items = _items(ScreeningRow.objects.filter(id__in=list(rows[:most])), today)
    return sorted(items, key=lambda i: i.card.sent_at, reverse=True)


def received_on(day: date, rows: Sequence[QueueItem]) -> int:
    """How many of these came in on a day: the volume of a meeting (R38)."""
    return sum(item.card.received_at.astimezone(ENGLAND).date() == day for item in rows)


def screening_item(screening: UUID, today: date) -> NoticeItem | None:
    """One notice by its place in the queue; None where the viewer may not see it or there is none."""
    return _opened(_items(ScreeningRow.objects.filter(id=screening), today), today)


def notice_item(entry: UUID, today: date) -> NoticeItem | None:
    """One notice by its entry."""
    return _opened(_items(ScreeningRow.objects.filter(notice_id=entry), today), today)


def _opened(items: Sequence[QueueItem], today: date) -> NoticeItem | None:
    if not items:
        return None
    [item] = items
    return NoticeItem(
        card=item.card,
        incident=item.incident,
        record=item.record,
        children=item.children,
        facts=item.facts,
        seen=_seen(item),
        incidents=incidents_with(item.record, item.incident),
        candidates=_candidates(item),
    )


def _seen(item: QueueItem) -> Mapping[str, SeenChild]:
    seen = observations_of(item.card.entry, item.record.people)
    if item.card.place != PLACE_KEPT:
        return seen
    return {key: replace(child, school="") for key, child in seen.items()}


def _items(rows: QuerySet[ScreeningRow], today: date) -> list[QueueItem]:
    found = list(rows.select_related("notice__entry").order_by("due_on", "received_at", "id"))
    stored = {s.entry.id: s for s in entries_by_id([r.notice_id for r in found])}
    cards = _cards(found)
    named = {key: set(persons_of([i for i, _ in s.about]).values()) for key, s in stored.items()}
    record = family_of({p for people in named.values() for p in people}, hops=SCREENED_STEPS)
    waiting = unconfirmed_of(stored.values())
    items = []
    for row in found:
        incident = record.entry.get(str(row.notice_id))
        if incident is None:
            continue
        children = tuple(children_of(record, incident, today))
        facts = replace(facts_of(record, incident, today), unconfirmed=waiting[incident.id])
        items.append(QueueItem(cards[row.id], incident, record, children, facts))
    return items


def _cards(rows: Sequence[ScreeningRow]) -> dict[UUID, NoticeCard]:
    names = {code: card.name for code, card in teams().items()}
    told: dict[UUID, list[str]] = defaultdict(list)
    for event in ScreeningEventRow.objects.filter(screening__in=rows, event="escalated").order_by("id"):
        told[event.screening_id].append(names.get(event.to_team, event.to_team))
    decisions = _decisions(rows, names)
    kept = places_kept([r.notice_id for r in rows])
    cards = {r.id: _card(r, tuple(told[r.id]), decisions.get(r.id)) for r in rows}
    return {r.id: replace(cards[r.id], place=PLACE_KEPT) if r.notice_id in kept else cards[r.id] for r in rows}


def _card(row: ScreeningRow, told: tuple[str, ...], decision: DecisionCard | None) -> NoticeCard:
    notice = row.notice
    return NoticeCard(
        screening=row.id,
        entry=notice.entry_id,
        reference=notice.entry.source.removeprefix("Notice "),
        sent_by=notice.sent_by,
        sent_by_name=notice.sent_by_name,
        sent_by_team=notice.sent_by_team,
        sent_at=notice.sent_at,
        received_at=row.received_at,
        due_on=row.due_on,
        team=row.team,
        place=notice.place,
        relationship=notice.relationship_of_adults,
        words_of=notice.words_of,
        safety_action=notice.safety_action,
        safe_contact=notice.safe_contact,
        reply_by=notice.reply_by,
        escalated_to=told,
        decision=decision,
    )


def _decisions(rows: Sequence[ScreeningRow], names: Mapping[str, str]) -> dict[UUID, DecisionCard]:
    found = ScreeningDecisionRow.objects.filter(screening__in=rows).prefetch_related("positions", "reviews")
    return {
        d.screening_id: DecisionCard(
            decision=Decision(d.decision),
            reasons=d.reasons,
            by=d.by,
            by_name=d.by_name,
            decided_at=d.decided_at,
            taken_by=names.get(d.social_team, d.social_team),
            entry=d.entry_id,
            positions={str(p.person): p.position for p in d.positions.all()},
            reviews=tuple(ReviewCard(r.by_name, r.agrees, r.comment, r.at) for r in d.reviews.all()),
        )
        for d in found
    }


def _candidates(item: QueueItem) -> tuple[CandidateCard, ...]:
    [stored] = entries_by_id([item.card.entry])
    identities = {i for i, _ in stored.about}
    persons = persons_of(sorted(identities))
    latest: dict[int, CandidateChoiceRow] = {}
    rows = list(CandidateRow.objects.filter(identity__in=identities).order_by("id"))
    for choice in CandidateChoiceRow.objects.filter(candidate__in=rows).order_by("id"):
        latest[choice.candidate_id] = choice
    # Once it is said who somebody is, their other likenesses are asked about no more.
    known = {row.identity for row in rows if row.id in latest and latest[row.id].same}
    cards = []
    for row in rows:
        if row.identity in known and row.id not in latest:
            continue
        named = item.record.people.get(str(persons.get(row.identity)))
        if named is not None:
            cards.append(_candidate(row, named, latest.get(row.id)))
    return tuple(cards)


def _candidate(row: CandidateRow, named: Person, choice: CandidateChoiceRow | None) -> CandidateCard:
    known = json.loads(row.particulars)
    return CandidateCard(
        id=row.id,
        named=named,
        given_name=known.get("given_name", ""),
        family_name=known.get("family_name", ""),
        born=known.get("born", ""),
        sex=known.get("sex", ""),
        nhs_number=known.get("nhs_number", ""),
        language=known.get("language", ""),
        why=row.why,
        compared=_compared(row, named, known),
        more=row.more,
        chosen=choice.same if choice else None,
        chosen_by=choice.by_name if choice else "",
        chosen_because=choice.reason if choice else "",
    )


def _compared(row: CandidateRow, named: Person, known: Mapping[str, str]) -> tuple[ComparedField, ...]:
    """What was compared when the notice came in, beside the words that it was compared in."""
    said = {
        "Given name": (named.given_name, known.get("given_name", "")),
        "Family name": (named.family_name, known.get("family_name", "")),
        "Birth date": (named.born.stated if named.born else "", known.get("born", "")),
        "Sex": (named.sex if named.sex != "unknown" else "", known.get("sex", "")),
        "NHS number": (named.nhs_number, known.get("nhs_number", "")),
    }
    fields: list[list[str]] = json.loads(row.compared)
    return tuple(ComparedField(name, *said.get(name, ("", "")), level, says) for name, level, says in fields)
