"""Writes about screening: the decision and all that it sets going, its review, who a candidate is, and lateness."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from wholepicture.access.operations import acting, involve
from wholepicture.access.persons import standing_for
from wholepicture.agencies.queries import supervisors
from wholepicture.casework.holders import SCREENING, Directory
from wholepicture.casework.models import (
    CandidateChoiceRow,
    CandidateRow,
    ScreeningDecisionRow,
    ScreeningEventRow,
    ScreeningPositionRow,
    ScreeningReviewRow,
    ScreeningRow,
)
from wholepicture.casework.notice.asking import SCREENED_STEPS, Asking, asking
from wholepicture.casework.notice.operations import tell_schools
from wholepicture.casework.screening.history import INCIDENT
from wholepicture.casework.screening.rules import decision_problems, refusal_to_decide, refusal_to_review
from wholepicture.casework.task.operations import raise_asks
from wholepicture.casework.task.rules import asks
from wholepicture.casework.task.types import Decision
from wholepicture.casework.timescales import timescale
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.joining.operations import join, part_again
from wholepicture.people.matching.queries import follow
from wholepicture.people.queries import family_of, identities_of
from wholepicture.record.operations import NewEntry, add_entry, author_of
from wholepicture.record.queries import StoredEntry, entries_about
from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent
from wholepicture.signals.operations import refresh

_FOLLOWS = "Follows from the parent or child named with them: their names and birth date are the same."


def decide(
    *,
    authority: Authority,
    screening: UUID,
    decision: Decision,
    reasons: str,
    positions: Mapping[UUID, str],
    taken_by: str,
    now: datetime,
) -> UUID:
    """Record a reasoned decision by a named person, and ask everybody who must act; returns the decision's entry.

    One transaction: the decision stands with its tasks, or neither does.
    """
    by = author_of(authority)
    if by is None:
        raise Refused("decider", "A screening decision is made by a named person.")
    with acting(authority):
        row = _screening(screening)
        _may_decide(row, by)
        directory = Directory()
        what = asking(row.notice_id, directory, now)
        _check(what, directory, decision, reasons, positions, taken_by)
        entry = _decision_entry(authority, what, decision, reasons, positions, now)
        _store(row, entry, decision, reasons, positions, taken_by, authority, now)
        _ask_everybody(authority, what, directory, decision, taken_by, now)
        refresh(authority=authority, people=[UUID(p) for p in what.notice.people], today=_day(now))
    return entry


def review_decision(*, authority: Authority, screening: UUID, agrees: bool, comment: str, now: datetime) -> None:
    """A manager's review of a decision that somebody else made (R39); a disagreement says what must change."""
    by = author_of(authority)
    if by is None or len(comment.strip()) < 10:
        raise Refused("comment", "Say what you read and why you agree or do not.")
    with acting(authority):
        decision = ScreeningDecisionRow.objects.filter(screening_id=screening).first()
        if decision is None:
            raise Refused("undecided", "This notice has not been decided yet.")
        refused = refusal_to_review(reviewer=str(by), decider=str(decision.by))
        if refused:
            raise Refused(*refused)
        ScreeningReviewRow.objects.create(
            decision=decision, by=by, by_name=authority.actor.name, agrees=agrees, comment=comment.strip(), at=now
        )


def choose_candidate(*, authority: Authority, candidate: int, same: bool, reason: str, now: datetime) -> None:
    """Say whether somebody named is a person the record knows; it may be chosen again, and nothing is lost (R17)."""
    by = author_of(authority)
    if by is None or len(reason.strip()) < 10:
        raise Refused("reason", "Say what makes you sure: what you compared, or whom you asked.")
    with acting(authority):
        row = CandidateRow.objects.filter(id=candidate).first()
        if row is None:
            raise Refused("absent", "There is no such suggestion.")
        _choose(authority, row, same, reason.strip(), now)
        if same:
            _choose_who_follows(authority, row, now)
            for named in _entries_naming(row.identity):
                tell_schools(authority=authority, entry=UUID(named.entry.id), directory=Directory(), now=now)


def _choose(authority: Authority, row: CandidateRow, same: bool, reason: str, now: datetime) -> None:
    CandidateChoiceRow.objects.create(
        candidate=row,
        same=same,
        by=UUID(authority.actor.practitioner),
        by_name=authority.actor.name,
        reason=reason,
        at=now,
    )
    stand = standing_for([row.person, row.own_person])
    known, own = stand[row.person], stand[row.own_person]
    if same == (known == own):
        return
    if same:
        join(authority=authority, person=known, other=own, ground=reason, now=now)
        _see_family_of(authority, known, now)
    else:
        part_again(authority=authority, person=known, other=row.own_person, ground=reason, now=now)
        _see_family_of(authority, row.own_person, now)
    refresh(authority=authority, people=[row.person, row.own_person], today=_day(now))


def _choose_who_follows(authority: Authority, chosen: CandidateRow, now: datetime) -> None:
    """Once somebody has said who a mother is, her child of the same names and birth date is not asked about again."""
    about = [i for entry in _entries_naming(chosen.identity) for i, _ in entry.about]
    open_rows = list(CandidateRow.objects.filter(identity__in=about, choices__isnull=True).order_by("id"))
    if not open_rows:
        return
    apart = {row.own_person for row in open_rows}
    followed = follow(list(dict.fromkeys(about)), chosen=chosen.person, without=apart)
    for row in open_rows:
        if followed.get(row.identity) == row.person:
            _choose(authority, row, True, _FOLLOWS, now)


def _entries_naming(identity: UUID) -> list[StoredEntry]:
    return [e for e in entries_about([identity]) if e.entry.kind == INCIDENT]


def escalate_screenings(*, authority: Authority, now: datetime) -> int:
    """Tell the managers of every notice that waits past its day, each team once (S04; R38); returns how many."""
    with acting(authority):
        above = supervisors()
        late = list(
            ScreeningRow.objects.filter(due_on__lt=_day(now), screeningdecisionrow__isnull=True).order_by("due_on")
        )
        told = set(ScreeningEventRow.objects.filter(screening__in=late).values_list("screening_id", "to_team"))
        rows = [
            ScreeningEventRow(screening=row, event="escalated", at=now, to_team=team)
            for row in late
            for team in above.get(row.team, (row.team,))
            if (row.id, team) not in told
        ]
        ScreeningEventRow.objects.bulk_create(rows)
    return len(rows)


def _screening(screening: UUID) -> ScreeningRow:
    row = ScreeningRow.objects.select_related("notice").filter(id=screening).first()
    if row is None:
        raise Refused("absent", "There is no such notice.")
    return row


def _may_decide(row: ScreeningRow, by: UUID) -> None:
    decided = ScreeningDecisionRow.objects.filter(screening=row).exists()
    refused = refusal_to_decide(decider=str(by), sender=str(row.notice.sent_by), decided=decided)
    if refused:
        raise Refused(*refused)


def _check(
    what: Asking,
    directory: Directory,
    decision: Decision,
    reasons: str,
    positions: Mapping[UUID, str],
    taken_by: str,
) -> None:
    faults = decision_problems(
        decision=decision,
        reasons=reasons,
        positions={str(person): text for person, text in positions.items()},
        children={c.person: c.name for c in what.children},
        taken_by=taken_by,
        teams=[h.team for h in directory.taking_teams()],
    )
    if faults:
        raise Refused("decision", "; ".join(f.message for f in faults))


def _decision_entry(
    authority: Authority,
    what: Asking,
    decision: Decision,
    reasons: str,
    positions: Mapping[UUID, str],
    now: datetime,
) -> UUID:
    names = {c.person: c.name for c in what.children}
    each = " ".join(f"{names[str(p)]}: {text.strip()}" for p, text in positions.items() if str(p) in names)
    about = [(identities_of(UUID(c.person))[0], AboutRole.SUBJECT) for c in what.children]
    if not about:
        about = [(identities_of(UUID(p))[0], AboutRole.SUBJECT) for p in sorted(what.notice.people)]
    when = When.at(now)
    sender = what.notice.agency
    entry = NewEntry(
        kind="screening",
        occurred=when,
        recorded=when,
        agency=authority.actor.agency,
        author_role=authority.actor.role.replace("_", " "),
        about=tuple(about),
        summary=f"{decision.label}. {reasons.strip()} {each}".strip(),
        details={
            "stage": "decided",
            "decision": decision.value,
            "reasons": reasons.strip(),
            "answers": [what.notice.id],
        },
        receipts=(Receipt(sender, ReceiptEvent.SENT, when), Receipt(sender, ReceiptEvent.RECEIVED, when)),
    )
    return add_entry(authority=authority, entry=entry)


def _store(
    row: ScreeningRow,
    entry: UUID,
    decision: Decision,
    reasons: str,
    positions: Mapping[UUID, str],
    taken_by: str,
    authority: Authority,
    now: datetime,
) -> None:
    try:
        stored = ScreeningDecisionRow.objects.create(
            screening=row,
            entry_id=entry,
            decision=decision.value,
            reasons=reasons.strip(),
            by=UUID(authority.actor.practitioner),
            by_name=authority.actor.name,
            decided_at=now,
            social_team=taken_by if decision.needs_team else "",
        )
    except IntegrityError as error:  # two deciders pressed the button in one moment
        raise Refused("decided", "This notice has just been decided by a colleague.") from error
    ScreeningPositionRow.objects.bulk_create(
        ScreeningPositionRow(decision=stored, person=person, position=text.strip())
        for person, text in positions.items()
    )


def _ask_everybody(
    authority: Authority, what: Asking, directory: Directory, decision: Decision, taken_by: str, now: datetime
) -> None:
    found = asks(
        children=what.children,
        facts=what.facts,
        decision=decision,
        taken_by=directory.holder(taken_by) if decision.needs_team else None,
        front_door=directory.front_door(),
        sole=directory.sole_services(),
        day=_day(now),
    )
    entry = UUID(what.notice.id)
    raise_asks(authority=authority, entry=entry, asks=found, family=what.family, now=now)


def _see_family_of(authority: Authority, person: UUID, now: datetime) -> None:
    family = [UUID(key) for key in family_of([person], hops=SCREENED_STEPS).people]
    until = now + timedelta(days=timescale("front_door_sees", _day(now)))
    team = authority.actor.team
    involve(authority=authority, team=team, people=family, ground=SCREENING, since=now, until=until)


def _day(now: datetime) -> date:
    return now.astimezone(ENGLAND).date()
