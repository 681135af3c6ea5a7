"""Reads of signals: each with its status, its latest words, the entries behind it and what became of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections
from django.db.models import OuterRef, Subquery

from wholepicture.access.engine import engine_is_acting
from wholepicture.signals.models import EvidenceRow, SignalEventRow, SignalRow
from wholepicture.signals.transitions import WAITING


@dataclass(frozen=True, slots=True)
class SignalStep:
    """Something that happened to a signal: what, when, by whom and why."""

    event: str
    on: date
    by_name: str
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignalCard:
    """A signal as it stands. `status` is its latest event; `tell` are agencies, or roles where none stands for them."""

    id: UUID
    rule: str
    concern: str
    tier: str
    person: UUID
    raised_on: date
    status: str
    question: str
    tell: tuple[str, ...]
    evidence: tuple[UUID, ...]
    steps: tuple[SignalStep, ...]

    @property
    def waits(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.status in WAITING


def signals_about(people: Sequence[UUID]) -> list[SignalCard]:
    """Every signal about these children, those that wait first, then the latest raised."""
    rows = list(SignalRow.objects.filter(person__in=list(people)))
    ids = [row.id for row in rows]
    steps: dict[UUID, list[SignalEventRow]] = defaultdict(list)
    for event in SignalEventRow.objects.filter(signal_id__in=ids).defer("tell").order_by("id"):
        steps[event.signal_id].append(event)
    told = _told(ids)
    evidence: dict[UUID, list[UUID]] = defaultdict(list)
    for signal, entry in EvidenceRow.objects.filter(signal_id__in=ids).order_by("id").values_list("signal", "entry"):
        evidence[signal].append(entry)
    cards = [_card(row, steps[row.id], evidence[row.id], told) for row in rows]
    return sorted(cards, key=lambda c: (not c.waits, -c.raised_on.toordinal(), c.rule, str(c.id)))


def withheld_questions(people: Sequence[UUID]) -> list[tuple[str, ...]]:
    """For each waiting question about these children that is not for the viewer: whom it asks; call inside `viewing`.

    It is not for them where its rule does not ask their agency and they may not read every entry behind it: its words
    would say what the evidence is (principle 9).
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT w.tell FROM (SELECT DISTINCT access_stands_for(p) AS person FROM unnest(%s::uuid[]) AS p) AS who, "
            "access_signals_withheld(who.person) AS w",
            [list(people)],
        )
        return [tuple(json.loads(tell)) for (tell,) in cursor.fetchall()]


def waiting_counts(people: Sequence[UUID]) -> dict[UUID, int]:
    """How many questions that the viewer may read wait about each of these children; those with none are left out."""
    latest = SignalEventRow.objects.filter(signal=OuterRef("pk")).order_by("-id").values("event")[:1]
    rows = SignalRow.objects.filter(person__in=list(people)).annotate(status=Subquery(latest))
    counts: dict[UUID, int] = defaultdict(int)
    for person in rows.filter(status__in=list(WAITING)).values_list("person", flat=True):
        counts[person] += 1
    return dict(counts)


def _told(signals: Sequence[UUID]) -> dict[int, str]:
    """Whom each event asks: to the engine as it was written, to a reader without the names of places that are kept."""
    if engine_is_acting():
        return dict(SignalEventRow.objects.filter(signal_id__in=signals).values_list("id", "tell"))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT event, tell FROM access_signals_told(%s)", [list(signals)])
        return dict(cursor.fetchall())


def _card(
    row: SignalRow, events: Sequence[SignalEventRow], evidence: Sequence[UUID], told: Mapping[int, str]
) -> SignalCard:
    worded = next((e for e in reversed(events) if e.question), None)
    return SignalCard(
        id=row.id,
        rule=row.rule,
        concern=row.concern,
        tier=row.tier,
        person=row.person,
        raised_on=row.raised_on,
        status=events[-1].event,
        question=worded.question if worded else "",
        tell=tuple(json.loads(told.get(worded.id) or "[]")) if worded else (),
        evidence=tuple(evidence),
        steps=tuple(SignalStep(e.event, e.on, e.by_name, e.by_role, e.reason) for e in events),
    )
