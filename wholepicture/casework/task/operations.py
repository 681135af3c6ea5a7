"""Writes about tasks: raised, opened, answered, passed to the holder found, and escalated when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from wholepicture.access.operations import acting, involve
from wholepicture.access.queries import involved_with
from wholepicture.agencies.queries import supervisors
from wholepicture.casework.holders import NOTICE, Directory
from wholepicture.casework.models import TaskEventRow, TaskRow
from wholepicture.casework.notice.asking import asking
from wholepicture.casework.task.types import AGENCY_KIND, Ask, AskedChild, Holder, TaskRole
from wholepicture.casework.task.words import asked_of, why_for
from wholepicture.casework.timescales import due_on, timescale
from wholepicture.casework.transitions import TASK, state_after
from wholepicture.casework.wording import refusal, stock_phrases
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.foundation.working_days import add_working_days
from wholepicture.people.queries import identities_of
from wholepicture.record.operations import NewEntry, add_entry, add_receipt, author_of
from wholepicture.record.queries import entries_by_id
from wholepicture.record.types import AboutRole, ReceiptEvent
from wholepicture.signals.operations import refresh


def raise_asks(
    *, authority: Authority, entry: UUID, asks: Sequence[Ask], family: Iterable[UUID], now: datetime
) -> list[UUID]:
    """Ask each team once: a task, sight of the family for as long as a response takes, and the entry's receipts."""
    people = list(family)
    with acting(authority, entry=entry):
        asked = set(TaskRow.objects.filter(entry_id=entry).values_list("person", "role", "team"))
        new = [a for a in asks if (UUID(a.person), a.role.value, a.team) not in asked]
        rows = [_row(a, entry, authority, now) for a in new]
        TaskRow.objects.bulk_create(rows)
        _show_the_family(authority, {a.team for a in new}, people, now)
        _stamp_receipts(authority, entry, {a.agency for a in new}, now)
    return [row.id for row in rows]


def open_task(*, authority: Authority, task: UUID, now: datetime) -> None:
    """Note that somebody of the team asked has opened it: the fourth clock (R19). Opening again changes nothing."""
    with acting(authority):
        row = _task(task)
        if authority.actor.team != row.team:
            return
        if TaskEventRow.objects.filter(task=row, event="opened", by=author_of(authority)).exists():
            return
        TaskEventRow.objects.create(
            task=row, event="opened", at=now, by=author_of(authority), by_name=authority.actor.name
        )
        agency = authority.actor.agency
        [stored] = entries_by_id([row.entry_id])
        if not any(r.event is ReceiptEvent.OPENED and r.agency == agency for r in stored.entry.receipts):
            add_receipt(authority=authority, entry=row.entry_id, agency=agency, event=ReceiptEvent.OPENED, at=now)


def answer_task(
    *,
    authority: Authority,
    task: UUID,
    meaning: str,
    did: str,
    nothing_because: str,
    on: date,
    now: datetime,
) -> UUID:
    """Answer with what it means for the child and what was done, or why nothing; the answer is an entry (R22)."""
    _check_answer(meaning, did, nothing_because, on, now)
    with acting(authority):
        row = _answerable(authority, task)
        did_words = f"Done: {did.strip()}" if did.strip() else f"Nothing done, because: {nothing_because.strip()}"
        entry = _answer_entry(authority, row, f"{meaning.strip()} {did_words}", on, now)
        _answered(authority, row, now, meaning, did, nothing_because, entry)
        refresh(authority=authority, people=[row.person], today=_england(now))
    return entry


def pass_on(*, authority: Authority, task: UUID, team: str, how_found: str, now: datetime) -> UUID:
    """Pass a notice to the holder who was found (R25); returns the new task. The finding is an entry."""
    if len(how_found.strip()) < 10:
        raise Refused("how_found", "Say how you know that this team holds the child: a record, a call, a parent.")
    with acting(authority):
        row = _answerable(authority, task)
        role = TaskRole(row.role).finds
        if role is None:
            raise Refused("not-to-find", "This is yours to answer: it does not ask you to find anybody.")
        directory = Directory()
        holder = directory.holder(team)
        if team not in {h.team for h in directory.teams_for(AGENCY_KIND[role])}:
            raise Refused("team", f"That team cannot be the {role.label}.")
        new = _ask_found_holder(authority, row, role, holder, now)
        entry = _answer_entry(
            authority, row, f"Passed to {directory.teams[team].name}. {how_found.strip()}", _england(now), now
        )
        _answered(authority, row, now, "", f"Passed to {directory.teams[team].name}: {how_found.strip()}", "", entry)
    return new


def escalate_tasks(*, authority: Authority, now: datetime) -> int:
    """Tell the supervising teams of every task left unanswered after its day, each team once; returns how many.

    After a further wait the teams above them are told; where nobody supervises a team, the front door is.
    """
    today = _england(now)
    with acting(authority):
        directory = Directory()
        above = supervisors()
        late = TaskRow.objects.filter(due_on__lt=today).exclude(events__event="answered").order_by("due_on", "id")
        told = set(TaskEventRow.objects.filter(event="escalated", task__in=late).values_list("task_id", "to_team"))
        rows = [
            TaskEventRow(task=row, event="escalated", at=now, to_team=team)
            for row in late
            for team in _above(row, above, directory.front_door().team, today)
            if (row.id, team) not in told
        ]
        TaskEventRow.objects.bulk_create(rows)
    return len(rows)


def _ask_found_holder(authority: Authority, row: TaskRow, role: TaskRole, holder: Holder, now: datetime) -> UUID:
    today = _england(now)
    what = asking(row.entry_id, Directory(), now)
    mother = AskedChild(what.facts.victim, what.facts.victim_name)
    child = next((c for c in what.children if c.person == str(row.person)), mother)
    ask = Ask(
        role=role,
        person=str(row.person),
        team=holder.team,
        agency=holder.agency,
        why=why_for(role, child, what.facts, today),
        asked=asked_of(role, child, what.facts),
        due_on=due_on(role.value, today),
    )
    new = raise_asks(authority=authority, entry=row.entry_id, asks=[ask], family=what.family, now=now)
    if not new:
        raise Refused("asked-already", "That team has been asked already.")
    return new[0]


def _above(row: TaskRow, supervisors_of: dict[str, tuple[str, ...]], front_door: str, today: date) -> list[str]:
    first = supervisors_of.get(row.team) or (front_door,)
    if today <= add_working_days(row.due_on, timescale("second_escalation", row.due_on)):
        return list(first)
    second = [team for one in first for team in supervisors_of.get(one, ())]
    return list(dict.fromkeys([*first, *second]))


def _row(ask: Ask, entry: UUID, authority: Authority, now: datetime) -> TaskRow:
    return TaskRow(
        entry_id=entry,
        person=UUID(ask.person),
        role=ask.role.value,
        team=ask.team,
        practitioner=UUID(ask.practitioner) if ask.practitioner else None,
        why=ask.why,
        asked=ask.asked,
        raised_at=now,
        due_on=ask.due_on,
        raised_by=author_of(authority),
        raised_by_name=authority.actor.name,
    )


def _show_the_family(authority: Authority, teams: set[str], people: list[UUID], now: datetime) -> None:
    until = now + timedelta(days=timescale("recipient_sees", _england(now)))
    seen_by = {person: {i.team for i in involved_with(person, at=now)} for person in people}
    for team in sorted(teams):
        unseen = [p for p in people if team not in seen_by[p]]
        if unseen:
            involve(authority=authority, team=team, people=unseen, ground=NOTICE, since=now, until=until)


def _stamp_receipts(authority: Authority, entry: UUID, agencies: set[str], now: datetime) -> None:
    [stored] = entries_by_id([entry])
    for agency in sorted(agencies - set(stored.entry.shared_with) - {stored.entry.agency}):
        for event in (ReceiptEvent.SENT, ReceiptEvent.RECEIVED):
            add_receipt(authority=authority, entry=entry, agency=agency, event=event, at=now)


def _task(task: UUID) -> TaskRow:
    row = TaskRow.objects.filter(id=task).first()
    if row is None:
        raise Refused("absent", "There is no such task.")
    return row


def _answerable(authority: Authority, task: UUID) -> TaskRow:
    row = _task(task)
    if row.team != authority.actor.team:
        raise Refused("other-team", "Another team was asked this: only they can answer it.")
    state_after(TASK, [*row.events.order_by("id").values_list("event", flat=True), "answered"])
    return row


def _check_answer(meaning: str, did: str, nothing_because: str, on: date, now: datetime) -> None:
    if len(meaning.strip()) < 10:
        raise Refused("meaning", "Say what this means for the child, in a sentence.")
    if bool(did.strip()) == bool(nothing_because.strip()):
        raise Refused("did", "Say what you did, or why you did nothing: one of the two.")
    if on > _england(now):
        raise Refused("on", "The day on which you acted must be today or earlier.")
    for name, text in (("meaning", meaning), ("did", did), ("nothing_because", nothing_because)):
        for flag in stock_phrases(text):
            if flag.of_children and not flag.quoted:
                raise Refused(name, refusal(flag))


def _answer_entry(authority: Authority, row: TaskRow, words: str, on: date, now: datetime) -> UUID:
    role = TaskRole(row.role)
    entry = NewEntry(
        kind="note",
        occurred=When.on(on),
        recorded=When.at(now),
        agency=authority.actor.agency,
        author_role=authority.actor.role.replace("_", " "),
        about=((identities_of(row.person)[0], AboutRole.SUBJECT),),
        summary=f"Answer to the notice ({role.label}): {words}",
        details={"answers": [str(row.entry_id)]},
    )
    return add_entry(authority=authority, entry=entry)


def _answered(
    authority: Authority, row: TaskRow, now: datetime, meaning: str, did: str, nothing: str, entry: UUID
) -> None:
    event = TaskEventRow(
        task=row,
        event="answered",
        at=now,
        by=author_of(authority),
        by_name=authority.actor.name,
        meaning=meaning.strip(),
        did=did.strip(),
        nothing_because=nothing.strip(),
        entry_id=entry,
    )
    try:
        event.save(force_insert=True)
    except IntegrityError as error:  # a colleague pressed the button in the same moment
        raise Refused("transition", "A colleague has just answered this.") from error
    add_receipt(
        authority=authority, entry=row.entry_id, agency=authority.actor.agency, event=ReceiptEvent.ANSWERED, at=now
    )


def _england(now: datetime) -> date:
    return now.astimezone(ENGLAND).date()
