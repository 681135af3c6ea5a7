"""Writes of signals: raised, joined by new evidence, answered by name, ended; in the entry's own transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.working_days import months_after
from wholepicture.people.queries import family_of, within
from wholepicture.people.types import FamilyRecord
from wholepicture.record.operations import author_of
from wholepicture.signals.engine import findings, signal_of, stands
from wholepicture.signals.models import EvidenceRow, SignalEventRow, SignalRow, TickRow, WaitRow
from wholepicture.signals.queries import SignalCard, signals_about
from wholepicture.signals.transitions import START, check_answer, evidence_event, next_state
from wholepicture.signals.types import Finding, Signal
from wholepicture.signals.view import LIVE_MONTHS, View

# An entry about a mother, a sibling or a partner reaches the children within two relationships of them; each of
# those children is judged on a record as whole as the one their own page shows.
REACH, WHOLE = 2, 4

ANSWERED: Final = "An entry on the record answers it."
ASKED_TWICE: Final = "The same question is asked about this child already, who was written about as two."


def refresh(*, authority: Authority, people: Sequence[UUID], today: date, gone: str = ANSWERED) -> None:
    """Judge again every child whom these people's record touches, and write down what has changed.

    The engine reads everything, whoever acts (principle 9); call it in the transaction that recorded the entry, or
    decided who somebody is: then `gone` says why a question may no longer stand.
    """
    with acting(authority):
        reached = set(within(people, REACH))
        record = family_of(people, hops=WHOLE)
        children = [UUID(p.key) for p in record.children if UUID(p.key) in reached]
        standing, waits = judge(record, today)
        _write_changes(children, [s for s in standing if UUID(s.person) in reached], today, gone)
        store_waits(waits={(UUID(child), day) for child, day in waits if UUID(child) in reached})


def refresh_due(*, authority: Authority, today: date) -> int:
    """Judge again every child for whom a wait has run out since this was last done; returns how many."""
    with acting(authority):
        last = TickRow.objects.order_by("-id").values_list("on", flat=True).first()
        due = WaitRow.objects.filter(due_on__lte=today)
        if last is not None:
            due = due.filter(due_on__gt=last)
        children = sorted(set(due.values_list("person", flat=True)))
        for child in children:
            refresh(authority=authority, people=[child], today=today)
        if last is None or last < today:
            TickRow.objects.create(on=today)
    return len(children)


def judge(record: FamilyRecord, today: date) -> tuple[list[Signal], set[tuple[str, date]]]:
    """The questions that stand about a family's children, and the days on which each child must be judged again."""
    view = View(record.as_known(today), today)
    standing: list[Signal] = []
    waits: set[tuple[str, date]] = set()
    for key, rows in sorted(findings(view).items()):
        if open_now := stands(rows, today):
            standing.append(signal_of(view, key, open_now, today))
        waits |= {(key[1], day) for day in _turning_days(rows) if day > today}
    return standing, waits


def _turning_days(rows: Iterable[Finding]) -> Iterator[date]:
    """When a finding begins to stand, and the day after its six months."""
    for finding in rows:
        yield finding.since
        yield months_after(finding.since, LIVE_MONTHS) + timedelta(days=1)


def store_waits(*, waits: Collection[tuple[UUID, date]]) -> None:
    """Keep the days on which children must be judged again; only inside `acting`."""
    WaitRow.objects.bulk_create((WaitRow(person=p, due_on=d) for p, d in sorted(waits)), ignore_conflicts=True)


def raise_standing(*, signals: Iterable[Signal], people: Mapping[str, UUID], entries: Mapping[str, UUID]) -> None:
    """Write signals judged on a record whose keys are not yet ids (a first load); only inside `acting`."""
    rows, events, evidence = [], [], []
    for signal in signals:
        row = _signal(signal, people[signal.person])
        rows.append(row)
        events.append(_event(row, START, signal.raised, signal))
        evidence += [_evidence(row, entries[e], signal, e) for e in signal.entries]
    insert_all(rows)
    insert_all(events)
    insert_all(evidence)


def answer(*, authority: Authority, signal: UUID, reason: str, today: date) -> None:
    """Answer a signal's question with reasons and a name; new evidence opens it again (R54, principle 6)."""
    with acting(authority):
        row = SignalRow.objects.filter(id=signal).first()
        latest = SignalEventRow.objects.filter(signal_id=signal).order_by("-id").first()
        if row is None or latest is None:
            raise Refused("no-signal", "There is no such question.")
        SignalEventRow.objects.create(
            signal=row,
            event=check_answer(latest.event, reason, authority.actor.name),
            on=today,
            by=author_of(authority),
            by_name=authority.actor.name,
            by_role=authority.actor.role,
            reason=reason.strip(),
        )


def _write_changes(children: Sequence[UUID], standing: Sequence[Signal], today: date, gone: str) -> None:
    held: dict[tuple[str, UUID], SignalCard] = {}
    for card in sorted(signals_about(children), key=lambda c: (c.raised_on, c.id)):
        if card.status != "ended" and (card.rule, card.person) in held:
            _end(card, today, ASKED_TWICE)
        elif card.status != "ended":
            held[card.rule, card.person] = card
    for signal in standing:
        known = held.pop((signal.rule, UUID(signal.person)), None)
        if known is None and signal.live:
            _raise(signal, today)
        elif known is not None and signal.live:
            _add_evidence(known, signal, today)
        elif known is not None:
            _end(known, today, "No new entry for six months.")
    for card in held.values():
        _end(card, today, gone)


def _raise(signal: Signal, today: date) -> None:
    row = _signal(signal, UUID(signal.person))
    insert_all([row])
    insert_all([_event(row, START, today, signal)])
    insert_all(_evidence(row, UUID(e), signal, e) for e in signal.entries)


def _add_evidence(known: SignalCard, signal: Signal, today: date) -> None:
    """Entries that are news open the question again; a second record of the same event only joins the evidence."""
    row = SignalRow(id=known.id)
    new = [e for e in signal.entries if UUID(e) not in known.evidence]
    insert_all(_evidence(row, UUID(e), signal, e) for e in new)
    if signal.marks & set(new):
        event = evidence_event(known.status)
        insert_all([_event(row, next_state(known.status, event), today, signal)])


def _end(known: SignalCard, today: date, reason: str) -> None:
    SignalEventRow.objects.create(signal_id=known.id, event=next_state(known.status, "ended"), on=today, reason=reason)


def _signal(signal: Signal, person: UUID) -> SignalRow:
    return SignalRow(
        rule=signal.rule,
        concern=signal.concern,
        tier=signal.tier.value,
        person=person,
        raised_on=signal.raised,
    )


def _evidence(row: SignalRow, entry: UUID, signal: Signal, key: str) -> EvidenceRow:
    return EvidenceRow(signal_id=row.id, entry_id=entry, news=key in signal.marks)


def _event(row: SignalRow, event: str, on: date, signal: Signal) -> SignalEventRow:
    return SignalEventRow(
        signal_id=row.id, event=event, on=on, question=signal.question, tell=json.dumps(list(signal.tell))
    )
