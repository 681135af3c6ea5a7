"""Sending a notice: people matched, the incident on every child's record, the queue's clock started, at once or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections

from wholepicture.access.operations import acting, involve
from wholepicture.casework.holders import NOTICE, SCREENING, Directory
from wholepicture.casework.models import CandidateRow, ChildObservationRow, NoticeRow, ScreeningRow
from wholepicture.casework.notice.asking import SCREENED_STEPS, asking
from wholepicture.casework.notice.entries import incident_entry, told_receipts, words_entries
from wholepicture.casework.notice.rules import problems
from wholepicture.casework.notice.types import NamedAdult, NamedPerson, Notice, Part, SeenChild
from wholepicture.casework.task.operations import raise_asks
from wholepicture.casework.task.rules import asks
from wholepicture.casework.task.types import Decision, TaskRole
from wholepicture.casework.timescales import due_on, timescale
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.operations import shield
from wholepicture.people.addresses.types import NewShield, ShieldReason
from wholepicture.people.lists import people_named
from wholepicture.people.matching.queries import match_together
from wholepicture.people.matching.types import Described, Verdict
from wholepicture.people.operations import NewIdentity, add_identity, add_person, relate
from wholepicture.people.queries import family_of
from wholepicture.people.types import Person, Relation, Relationship
from wholepicture.record.operations import add_entry, author_of
from wholepicture.signals.operations import refresh

# Encompass: a school hears before its next day, whatever screening has still to decide.
TOLD_AT_ONCE = frozenset({TaskRole.SCHOOL_LEAD})


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody named, under the identity that the police gave, and the person it belongs to."""

    identity: UUID
    person: UUID
    verdict: Verdict


def send_notice(*, authority: Authority, notice: Notice, now: datetime) -> UUID:
    """Record a notice and everything that follows from it in one transaction; returns its entry.

    Sent twice with one form's token it is one notice. Refuses a notice that its own rules find fault with.
    """
    today = now.astimezone(ENGLAND).date()
    faults = problems(notice, now, today)
    if faults:
        raise Refused("notice", "; ".join(f.message for f in faults))
    with acting(authority):
        _one_at_a_time(notice)
        sent = NoticeRow.objects.filter(entry__source_key=_key(notice)).values_list("entry_id", flat=True).first()
        return sent or _send(authority, notice, now)


def _one_at_a_time(notice: Notice) -> None:
    """A form sent twice at the same moment waits for its twin, and then finds what that one stored."""
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_key(notice)])


def _refuse_sent_before(authority: Authority, notice: Notice) -> None:
    """One incident is one notice: sent again it would be counted twice (signal S01's own false alarm)."""
    same = NoticeRow.objects.filter(entry__source=f"Notice {notice.reference}", entry__agency=authority.actor.agency)
    before = same.values_list("sent_at", "sent_by_name").first()
    if before is not None:
        raise Refused(
            "reference-sent",
            f"A notice with this reference was sent on {before[0].astimezone(ENGLAND):%d %B %Y} by {before[1]}. See "
            "it under Notices; for another incident, enter its own reference",
        )


def _send(authority: Authority, notice: Notice, now: datetime) -> UUID:
    _refuse_sent_before(authority, notice)
    directory = Directory()
    front_door = directory.front_door()
    adults, children = _place_everybody(authority, notice, now)
    _relate(authority, notice, adults, children)
    _shield(authority, notice, adults, children, front_door.team, now)
    receipts = told_receipts(front_door.agency, now)
    entry = add_entry(
        authority=authority,
        entry=incident_entry(
            notice, authority.actor, [p.identity for p in adults], [p.identity for p in children], receipts, now
        ),
    )
    for words in words_entries(notice, authority.actor, [p.identity for p in children], receipts, now):
        add_entry(authority=authority, entry=words)
    _store_notice(authority, notice, entry, children, now)
    today = now.astimezone(ENGLAND).date()
    ScreeningRow.objects.create(
        notice_id=entry, received_at=now, due_on=due_on("screening", today), team=front_door.team
    )  # fmt: skip
    _involve(authority, front_door.team, [p.person for p in (*adults, *children)], now)
    tell_schools(authority=authority, entry=entry, directory=directory, now=now)
    refresh(authority=authority, people=[p.person for p in (*adults, *children)], today=today)
    return entry


def _key(notice: Notice) -> str:
    return f"notice:{notice.token}"


def _place_everybody(authority: Authority, notice: Notice, now: datetime) -> tuple[list[Placed], list[Placed]]:
    people = [a.person for a in notice.adults] + [c.person for c in notice.children]
    kinds = ["adult"] * len(notice.adults) + ["unborn" if c.unborn else "child" for c in notice.children]
    # An address that is to be kept is matched on no more than one that is kept already.
    verdicts = match_together(
        [
            _described(replace(p, address="") if notice.keep_address else p, kind)
            for p, kind in zip(people, kinds, strict=True)
        ]
    )
    placed = [
        _place(authority, notice, n, person, kind, verdict, now)
        for n, (person, kind, verdict) in enumerate(zip(people, kinds, verdicts, strict=True))
    ]
    return placed[: len(notice.adults)], placed[len(notice.adults) :]


def _described(person: NamedPerson, kind: str) -> Described:
    return Described(
        given_name=person.given_name,
        family_name=person.family_name,
        born=person.born,
        sex=person.sex,
        nhs_number=person.nhs_number,
        address=person.address,
        unborn=kind == "unborn",
    )


def _place(
    authority: Authority, notice: Notice, n: int, person: NamedPerson, kind: str, verdict: Verdict, now: datetime
) -> Placed:
    identity = NewIdentity(
        key=f"{_key(notice)}:{n}",
        type=kind,
        agency=authority.actor.agency,
        given_name=person.given_name,
        family_name=person.family_name,
        born=person.born,
        sex=person.sex,
        nhs_number=person.nhs_number,
        reference=notice.reference,
        language=person.language,
        interpreter=person.interpreter,
        address=person.address,
    )
    if verdict.link is not None:
        row = add_identity(
            authority=authority, identity=identity, person=verdict.link, now=now, ground=f"Matched: {verdict.why}"
        )
        return Placed(row, verdict.link, verdict)
    own, row = add_person(authority=authority, identity=identity, now=now, ground="Named in a notice; nobody linked.")
    _keep_candidates(row, own, verdict)
    return Placed(row, own, verdict)


def _keep_candidates(identity: UUID, own: UUID, verdict: Verdict) -> None:
    known = people_named([c.person for c in verdict.candidates])
    CandidateRow.objects.bulk_create(
        CandidateRow(
            identity=identity,
            person=c.person,
            own_person=own,
            why=c.why,
            particulars=json.dumps(_particulars(known[c.person]), ensure_ascii=False),
            compared=json.dumps([(one.field, one.level, one.says) for one in c.compared], ensure_ascii=False),
            more=verdict.cut,
            model=verdict.model,
        )
        for c in verdict.candidates
        if c.person in known
    )


def _particulars(person: Person) -> dict[str, str]:
    """Enough to choose by; never an address, which may be one that is kept from somebody (principle 8)."""
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "born": person.born.stated if person.born else "",
        "sex": person.sex if person.sex != "unknown" else "",
        "nhs_number": person.nhs_number,
        "language": person.language,
    }


def _shield(
    authority: Authority,
    notice: Notice,
    adults: Sequence[Placed],
    children: Sequence[Placed],
    team: str,
    now: datetime,
) -> None:
    """Keep where the victim and the children are, from this transaction on: the front door holds it."""
    if not notice.keep_address:
        return
    parts = list(zip(adults, notice.adults, strict=True))
    safe = [p.person for p, a in parts if a.part is Part.VICTIM] + [c.person for c in children]
    against = tuple(p.person for p, a in parts if a.part is Part.ALLEGED_PERPETRATOR)
    today = now.astimezone(ENGLAND).date()
    since = min(notice.occurred.earliest, today) if notice.occurred else today
    new = NewShield(ShieldReason.FLEEING, "", notice.keep_from, since, people_from=against)
    shield(authority=authority, people=safe, new=new, holder_team=team, now=now)


def _relate(authority: Authority, notice: Notice, adults: Sequence[Placed], children: Sequence[Placed]) -> None:
    """What the notice says of who is whose, where the record does not say it already."""
    record = family_of([p.person for p in (*adults, *children)], hops=1)
    known = {(r.person, r.relation, r.other) for r in record.relationships if r.to is None}
    ties = [
        (one, adult.relation, other)
        for one, adult in zip(adults, notice.adults, strict=True)
        if adult.relation is not None
        for other in children
    ]
    if notice.adults_relation is not None:
        ties += [(other, notice.adults_relation, adults[0]) for other in _parties(notice.adults, adults)[1:]]
    for one, relation, other in ties:
        if (str(one.person), relation, str(other.person)) in known or one.person == other.person:
            continue
        if (
            relation in (Relation.PARTNER, Relation.EX_PARTNER)
            and (str(other.person), relation, str(one.person)) in known
        ):
            continue
        tie = Relationship("", relation, "", source=f"Notice {notice.reference}")
        relate(authority=authority, identity=one.identity, other=other.identity, relationship=tie)


def _parties(adults: Sequence[NamedAdult], placed: Sequence[Placed]) -> list[Placed]:
    return [p for a, p in zip(adults, placed, strict=True) if a.part is not None and a.part.value != "present"]


def _store_notice(authority: Authority, notice: Notice, entry: UUID, children: Sequence[Placed], now: datetime) -> None:
    sender = author_of(authority)
    if sender is None:
        raise Refused("sender", "A notice is sent by a named officer.")
    today = now.astimezone(ENGLAND).date()
    row = NoticeRow.objects.create(
        entry_id=entry,
        sent_by=sender,
        sent_by_name=authority.actor.name,
        sent_by_team=authority.actor.team,
        sent_at=now,
        place=notice.place,
        relationship_of_adults=notice.adults_relation.value if notice.adults_relation else "",
        words_of=notice.words_of,
        safety_action=notice.safety_action,
        safe_contact=notice.safe_contact,
        reply_by=notice.reply_by or due_on("health_visitor", today),
    )
    ChildObservationRow.objects.bulk_create(
        _observation(row, n, placed.identity, child)
        for n, (placed, child) in enumerate(zip(children, notice.children, strict=True))
    )


def _observation(row: NoticeRow, n: int, identity: UUID, child: SeenChild) -> ChildObservationRow:
    return ChildObservationRow(
        notice=row,
        identity=identity,
        unborn=child.unborn,
        present=child.present,
        seen=child.seen,
        where=child.where,
        awake=child.awake,
        spoken_to=child.spoken_to,
        spoken_by=child.spoken_by,
        alone=child.alone,
        language=child.language,
        interpreter=child.interpreter,
        words=child.words,
        not_seen_reason=child.not_seen_reason,
        school=child.school,
        position=n,
    )


def _involve(authority: Authority, front_door: str, named: Sequence[UUID], now: datetime) -> None:
    """The sender follows what becomes of the notice; the front door sees the family for as long as it screens."""
    today = now.astimezone(ENGLAND).date()
    family = [UUID(key) for key in family_of(named, hops=SCREENED_STEPS).people]
    for team, people, ground, step in (
        (authority.actor.team, list(named), NOTICE, "sender_sees"),
        (front_door, family, SCREENING, "front_door_sees"),
    ):
        until = now + timedelta(days=timescale(step, today))
        involve(authority=authority, team=team, people=people, ground=ground, since=now, until=until)


def tell_schools(*, authority: Authority, entry: UUID, directory: Directory, now: datetime) -> None:
    """Tell each school of a notice's children, once, as soon as it is known which school that is (R33)."""
    what = asking(entry, directory, now)
    found = asks(
        children=what.children,
        facts=what.facts,
        decision=Decision.NONE,
        taken_by=None,
        front_door=directory.front_door(),
        sole={},
        day=now.astimezone(ENGLAND).date(),
        only=TOLD_AT_ONCE,
    )
    raise_asks(authority=authority, entry=entry, asks=found, family=what.family, now=now)
