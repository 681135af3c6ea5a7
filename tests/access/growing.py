"""Grows small worlds for the access proofs, stores them in bulk, and asks the database what a viewer sees."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from tests.access.reference import (
    Broken,
    Freed,
    Halt,
    Home,
    Kept,
    Paper,
    Passed,
    Raised,
    Reference,
    Task,
    Tie,
    Who,
    World,
    Written,
)
from wholepicture.access.bulk import insert_all
from wholepicture.access.models import (
    AuditRow,
    DemoClockRow,
    GlassReviewRow,
    GlassRow,
    InvolvementEndRow,
    InvolvementRow,
    SessionEndRow,
    SessionRow,
    StopEndRow,
    StopRow,
)
from wholepicture.access.operations import acting, system_authority
from wholepicture.access.policy import BY_AUTHOR, KINDS
from wholepicture.access.roles import ROLES
from wholepicture.agencies.models import Agency, Practitioner, Supervision, Team
from wholepicture.casework.models import TaskEventRow, TaskRow
from wholepicture.people.addresses.models import (
    AddressRow,
    DocumentReleaseDecisionRow,
    DocumentReleaseRow,
    DocumentReleaseShieldRow,
    DocumentReleaseUsedRow,
    DocumentShieldRow,
    HandEndRow,
    HandRow,
    ReleaseDecisionRow,
    ReleaseRow,
    ShieldEndAskRow,
    ShieldEndRow,
    ShieldFromRow,
    ShieldReviewRow,
    ShieldRow,
)
from wholepicture.people.models import GroupingRow, IdentityRow, PersonRow, RelationshipRow
from wholepicture.record.models import AboutRow, EntryRow, ReceiptRow
from wholepicture.signals.models import EvidenceRow, SignalEventRow, SignalRow

AGENCIES = ("social_care", "health_visiting", "school/oak", "school/ash", "police", "gp/market", "mental_health",
            "domestic_abuse_service", "housing")  # fmt: skip
PLACES = ("health_visiting", "school/oak", "school/ash", "gp/market", "school/oak")
TEAMS = {
    "north": "social_care", "south": "social_care", "visitors": "health_visiting", "oak": "school/oak",
    "ash": "school/ash", "protection": "police", "market": "gp/market", "minds": "mental_health",
    "closed": "health_visiting", "folded": "social_care",
}  # fmt: skip
EMPTY = ("closed", "folded")
"""Teams in which nobody is left. One of them may be supervised by a team in which somebody is."""
KIND_NAMES = [k for kinds in KINDS.values() for k in kinds] + list(BY_AUTHOR)
EVENTS = ("sent", "received", "opened", "answered")
DETAILS = (
    "{}",
    "{}",
    "{}",
    '{"area": "Brackenford"}',
    '{"reported_to": ["school/ash"]}',
    '{"words": "and/or"}',
    '{"words": "near school/ash"}',
)
DAYS = ("2025-06-01", "2026-01-15", "2026-02-10", "2999-01-01")
"""Days on which shields begin, and homes are left: among the entries, before them all, and after everything."""
_IDS = count(1)


def grow(
    rng: Random, *, people: int = 12, entries: int = 100, ties: int = 52, halts: int = 8, shields: int = 6
) -> World:
    """A world of every role and of every state that the policy tells apart, as the random numbers have it."""
    world = World(agency_of=dict(TEAMS), ahead=rng.choice((0, 0, 48)), today=str(datetime.now(UTC).date()))
    teams = [t for t in TEAMS if t not in EMPTY]
    world.supervises = {(rng.choice(teams), rng.choice(teams)) for _ in range(2)}
    world.supervises |= {(rng.choice(list(TEAMS)), rng.choice(EMPTY)) for _ in range(rng.choice((0, 1)))}
    world.who = [_who(rng, role, rng.choice(teams)) for role in ROLES]
    world.who += [_who(rng, rng.choice(("dsl", "practitioner", "gp", "ig_lead")), team) for team in teams]
    world.who += [_who(rng, "manager", team) for team in ("north", "protection")]
    world.who.append(Who(_id(), "social_worker", "folded", active=False))
    world.people = [_id() for _ in range(people)]
    cards = [(p, n) for p in world.people for n in range(rng.choice((1, 1, 2)))]
    world.decisions = [(_id(), person) for person, _ in cards]
    world.person_of = dict(world.decisions)
    for _ in range(rng.choice((0, 1, 2, 3))):
        _join(rng, world)
    identities = list(world.person_of)
    world.agency_of_identity = {i: rng.choice(("", "", "", *PLACES)) for i in identities}
    pairs = [rng.sample(identities, 2) for _ in range(6)]
    world.related = [(_id(), one, two) for one, two in pairs]
    world.ties = [_tie(rng, world) for _ in range(ties)]
    world.halts = [
        Halt(_id(), rng.choice(world.who).id, rng.choice(world.people), rng.choice((True, False, False)))
        for _ in range(halts)
    ]
    for _ in range(entries):
        world.entries.append(_entry(rng, world, identities))
    world.glass = [_glass(rng, world) for _ in range(6)]
    world.signals = [_raised(rng, world) for _ in range(10)]
    world.tasks = [_task(rng, world) for _ in range(8)]
    world.homes = _homes(rng, identities)
    world.shields = [_kept(rng, world) for _ in range(shields)]
    world.releases = [_freed(rng, world) for _ in range(4 * shields)] if shields else []
    world.hands = [_passed(rng, world) for _ in range(2 * shields)] if shields else []
    world.papers = [_paper(rng, world) for _ in range(shields)]
    world.looks = [(rng.choice(world.who).id, rng.choice((None, *world.people))) for _ in range(16)]
    return world


def _join(rng: Random, world: World) -> None:
    """Two people are found to be one; now and then they are told apart again."""
    person, other = rng.sample(sorted({*world.person_of.values()}, key=str), 2)
    back = [(i, other) for i, whose in world.person_of.items() if whose == other]
    apart = rng.choice((True, False, False)) and other not in world.stands.values()
    world.decisions += [(i, person) for i, _ in back] + (back if apart else [])
    world.person_of |= dict(world.decisions[-len(back) :])
    if not apart:
        world.stands |= {h: person for h, whose in world.stands.items() if whose == other} | {other: person}


def _id() -> UUID:
    # Not of the random numbers: an id decides nothing, and a world should shrink to what does.
    return UUID(int=next(_IDS) << 64, version=4)


def _who(rng: Random, role: str, team: str) -> Who:
    state = rng.choice(("live",) * 8 + ("inactive", "expired", "ended"))
    return Who(_id(), role, team, state != "inactive", -1 if state == "expired" else 8, state == "ended")


def _tie(rng: Random, world: World) -> Tie:
    holder = rng.choice(world.who)
    return Tie(
        id=_id(),
        team=holder.team,
        practitioner=rng.choice((None, holder.id)),
        person=rng.choice(world.people),
        since=rng.choice((-72, -72, -72, 24, 96)),
        until=rng.choice((None, None, None, -24, 24, 96)),
        ended=rng.choice((True, False, False, False)),
        personal=rng.choice((True, False, False)),
    )


def _entry(rng: Random, world: World, identities: list[UUID]) -> Written:
    corrected = rng.choice((None, None, None, *(e.id for e in world.entries[:2])))
    taken = {e.supersedes for e in world.entries}
    receipts = {(rng.choice(AGENCIES), rng.choice(EVENTS)) for _ in range(rng.choice((0, 1, 2)))}
    return Written(
        id=_id(),
        kind=rng.choice(KIND_NAMES),
        agency=rng.choice(AGENCIES),
        day=str(date(2026, 1, 1) + timedelta(days=rng.choice(range(60)))),
        about=tuple(rng.sample(identities, rng.choice((1, 1, 2, 3)))),
        receipts=tuple(sorted(receipts)),
        supersedes=None if corrected in taken else corrected,
        details=rng.choice(DETAILS),
    )


def _homes(rng: Random, identities: list[UUID]) -> list[Home]:
    """A few homes each, of which every third corrects the one before it of the same identity."""
    homes: list[Home] = []
    for identity in identities:
        for n in range(rng.choice((0, 1, 2, 3))):
            before = homes[-1] if n == 2 else None
            key = _id()
            left = rng.choice((None, *DAYS))
            homes.append(Home(key, before.root if before else key, identity, left, before.id if before else None))
    return homes


def _kept(rng: Random, world: World) -> Kept:
    person = rng.choice(world.people)
    own = [h.root for h in world.homes if person in world.alike([world.person_of[h.identity]])]
    address = rng.choice((None, None, *own[:1]))
    return Kept(
        _id(), person, address, rng.choice(list(TEAMS)), rng.choice(DAYS), rng.choice((True, False, False, False))
    )


def _freed(rng: Random, world: World) -> Freed:
    shield = rng.choice(world.shields)
    asker, reader = rng.choice(world.who).id, rng.choice(world.who).id
    near = [
        w.id
        for w in world.who
        if any(t.team == w.team and t.person in world.alike([shield.person]) for t in world.ties)
    ]
    if near and rng.random() < 0.7:
        reader = rng.choice(near)
    until = rng.choice((-4, 8, 8, 72))
    return Freed(_id(), shield.id, shield.person, reader, asker, rng.choice((True, True, False, False, None)), until)


def _passed(rng: Random, world: World) -> Passed:
    shield = rng.choice(world.shields)
    return Passed(_id(), shield.id, shield.person, rng.choice(list(TEAMS)), rng.choice((None, None, True, False)))


def _paper(rng: Random, world: World) -> Paper:
    shields = tuple(s.id for s in rng.sample(world.shields, min(2, len(world.shields))))
    granted = rng.choice((None, True, False))
    person = rng.choice(world.people)
    return Paper(_id(), person, shields, rng.choice(world.who).id, granted, bool(granted) and rng.random() < 0.5)


def _glass(rng: Random, world: World) -> Broken:
    by = rng.choice(world.who)
    lead = rng.choice(list(TEAMS))
    return Broken(_id(), by.id, by.team, rng.choice(world.people), lead, rng.choice((True, False)))


def _task(rng: Random, world: World) -> Task:
    answer = rng.choice((None, rng.choice(world.entries).id))
    return Task(_id(), rng.choice(list(TEAMS)), rng.choice(world.people), rng.choice(world.entries).id, answer)


def _raised(rng: Random, world: World) -> Raised:
    """A question rests on entries about the person, and now and then on one about somebody else of the family."""
    person = rng.choice(world.people)
    own = [e.id for e in world.entries if person in world.alike(world.person_of[i] for i in e.about)]
    behind = rng.sample(own, min(len(own), rng.choice((0, 1, 1, 2))))
    behind += [e for e in (rng.choice(world.entries).id,) if rng.random() < 0.2 and e not in behind]
    asks = rng.sample(
        ("social_care", "health_visiting", "school", "school/oak", "school/ash", "gp", "police"),
        rng.choice((0, 1, 1, 2)),
    )
    return Raised(_id(), person, tuple(behind), tuple(asks), rng.choice((True, True, False)))


def token_of(who: Who) -> str:
    """The session token that they hold."""
    return f"token-{who.id}"


def store_world(world: World) -> None:
    """Store it all, in bulk, as the engine does."""
    now = datetime.now(UTC)

    def at(hours: int) -> datetime:
        return now + timedelta(hours=hours)

    with acting(system_authority(act="test", now=now)):
        Agency.objects.bulk_create(Agency(code=code, name=code) for code in AGENCIES)
        Team.objects.bulk_create(Team(code=t, name=t, agency_id=a, phone="1") for t, a in world.agency_of.items())
        Supervision.objects.bulk_create(Supervision(team_id=a, supervised_id=b) for a, b in world.supervises)
        Practitioner.objects.bulk_create(
            Practitioner(id=w.id, username=str(w.id), name=w.role, role=w.role, team_id=w.team, is_active=w.active)
            for w in world.who
        )
        insert_all(
            SessionRow(token_hash=_hash(token_of(w)), practitioner=w.id, expires_at=at(w.ends), second_factor="passkey")
            for w in world.who
        )
        insert_all(SessionEndRow(token_hash=_hash(token_of(w))) for w in world.who if w.ended)
        if world.ahead:
            insert_all([DemoClockRow(days_ahead=world.ahead // 24)])
        _store_people(world, now)
        _store_entries(world)
        _store_access(world, now)
        _store_asked(world, now)
        _store_kept(world, now)
        _store_passed(world, now)


def _store_kept(world: World, now: datetime) -> None:
    by, other = _id(), _id()
    insert_all(
        AddressRow(
            id=h.id, root=h.root, identity=h.identity, sort="home", lines="1 Elm Row", key="1-elm-row",
            to_latest=h.left, recorded_at=now, source_system="grown", supersedes_id=h.supersedes,
        )
        for h in world.homes
    )  # fmt: skip
    insert_all(
        ShieldRow(
            id=s.id, person=s.person, address=s.address, reason="refuge", holder_team=s.team, covers_from=s.since,
            set_at=now + timedelta(seconds=n), set_on=now.date(), review_by=now.date(),
        )
        for n, s in enumerate(world.shields)
    )  # fmt: skip
    insert_all(ShieldFromRow(shield_id=s.id, person=s.person) for s in world.shields)
    insert_all(
        ShieldReviewRow(
            shield_id=s.id, words="x", by=by, by_name="x", at=now, on=now.date(), review_by=now.date()
        )
        for s in world.shields
    )  # fmt: skip
    ended = [s for s in world.shields if s.ended]
    insert_all(ShieldEndAskRow(id=s.id, shield_id=s.id, by=by, by_name="x", why="x", at=now) for s in ended)
    insert_all(
        ShieldEndRow(shield_id=s.id, ask_id=s.id, asked_by=by, by=other, by_name="x", why="x", at=now) for s in ended
    )
    insert_all(
        ReleaseRow(
            id=f.id, shield_id=f.shield, person=f.person, reader=f.reader, reader_name="x", why="x", hours=1,
            asked_by=f.asker, asked_by_name="x", asked_by_team="x", asked_at=now,
        )
        for f in world.releases
    )  # fmt: skip
    insert_all(
        ReleaseDecisionRow(
            release_id=f.id, granted=f.granted, asked_by=f.asker, reader=f.reader, by=other, by_name="x", why="x",
            at=now + timedelta(hours=f.until - 1), until=now + timedelta(hours=f.until),
        )
        for f in world.releases
        if f.granted is not None
    )  # fmt: skip


def _store_passed(world: World, now: datetime) -> None:
    by, other = _id(), _id()
    insert_all(
        HandRow(id=h.id, shield=h.shield, person=h.person, from_team="x", to_team=h.team, why="x", by=by, by_name="x",
                at=now)
        for h in world.hands
    )  # fmt: skip
    insert_all(
        HandEndRow(hand=h.id, taken=h.taken, asked_by=by, by=other, by_name="x", at=now)
        for h in world.hands
        if h.taken is not None
    )
    insert_all(DocumentShieldRow(document=p.id, shield=s) for p in world.papers for s in p.shields)
    insert_all(
        DocumentReleaseRow(id=p.id, person=p.person, document=p.id, digest="x", why="x", hours=1, asked_by=p.asker,
                           asked_by_name="x", asked_by_team="x", asked_at=now)
        for p in world.papers
    )  # fmt: skip
    insert_all(DocumentReleaseShieldRow(release=p.id, shield=s) for p in world.papers for s in p.shields)
    insert_all(
        DocumentReleaseDecisionRow(release=p.id, granted=p.granted, asked_by=p.asker, by=other, by_name="x", why="x",
                                   at=now, until=now)
        for p in world.papers
        if p.granted is not None
    )  # fmt: skip
    insert_all(DocumentReleaseUsedRow(release=p.id, at=now) for p in world.papers if p.used)


def _store_asked(world: World, now: datetime) -> None:
    today = now.date()
    insert_all(SignalRow(id=s.id, rule="S01", person=s.person, raised_on=today) for s in world.signals)
    insert_all(
        SignalEventRow(
            signal_id=s.id, event="raised" if s.waits else "answered", on=today, question="Who saw this child?",
            tell=json.dumps(s.asks),
        )
        for s in world.signals
    )  # fmt: skip
    insert_all(EvidenceRow(signal_id=s.id, entry_id=e) for s in world.signals for e in s.evidence)
    insert_all(
        TaskRow(id=t.id, entry_id=t.entry, person=t.person, role=f"r{n}", team=t.team, raised_at=now, due_on=today)
        for n, t in enumerate(world.tasks)
    )
    insert_all(
        TaskEventRow(task_id=t.id, event="answered", at=now, entry_id=t.answer, meaning=str(t.id))
        for t in world.tasks
        if t.answer
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _store_people(world: World, now: datetime) -> None:
    insert_all(PersonRow(id=p) for p in world.people)
    insert_all(
        IdentityRow(
            id=i,
            source_system="grown",
            source_key=str(i),
            type="child",
            given_name="A",
            agency=world.agency_of_identity[i],
        )
        for i in world.person_of
    )
    for i, p in world.decisions:
        insert_all([GroupingRow(identity_id=i, person_id=p, decided_at=now, ground="x")])
    insert_all(
        RelationshipRow(id=r, identity=one, other=two, relation="sibling", source_system="grown")
        for r, one, two in world.related
    )


def _store_entries(world: World) -> None:
    insert_all(_row(e) for e in world.entries)
    insert_all(
        AboutRow(entry_id=e.id, identity=i, role="subject", position=n)
        for e in world.entries
        for n, i in enumerate(e.about)
    )
    insert_all(
        ReceiptRow(
            entry_id=e.id, agency=a, event=event, at_start=date.fromisoformat(e.day) if event == "sent" else None
        )
        for e in world.entries
        for a, event in e.receipts
    )


def _row(entry: Written) -> EntryRow:
    day = date.fromisoformat(entry.day)
    return EntryRow(
        id=entry.id, kind=entry.kind, agency=entry.agency, summary="x", author_role="x", occurred=entry.day,
        occurred_precision="day", occurred_start=day, occurred_earliest=day, occurred_latest=day, recorded=entry.day,
        recorded_start=day, source_system="grown", source_key=str(entry.id), supersedes=entry.supersedes,
        details=entry.details,
    )  # fmt: skip


def _store_access(world: World, now: datetime) -> None:
    def at(hours: int) -> datetime:
        return now + timedelta(hours=hours)

    insert_all(
        InvolvementRow(
            id=t.id, team=t.team, practitioner=t.practitioner, person=t.person, ground="x", since=at(t.since),
            until=None if t.until is None else at(t.until), personal=t.personal,
        )
        for t in world.ties
    )  # fmt: skip
    insert_all(InvolvementEndRow(involvement_id=t.id, ended_at=now, reason="x") for t in world.ties if t.ended)
    insert_all(
        StopRow(id=h.id, practitioner=h.practitioner, person=h.person, ground="family", since=now) for h in world.halts
    )
    insert_all(StopEndRow(stop_id=h.id, ended_at=now, reason="x") for h in world.halts if h.lifted)
    insert_all(
        GlassRow(
            id=g.id, practitioner=g.practitioner, practitioner_name="x", role="x", agency="x", team=g.team,
            person=g.person, reason="x", opened_at=now, until=at(1), lead_team=g.lead_team,
        )
        for g in world.glass
    )  # fmt: skip
    insert_all(
        GlassReviewRow(glass_id=g.id, justified=True, comment="x", by=g.id, by_name="x", at=now)
        for g in world.glass
        if g.reviewed
    )
    insert_all(
        AuditRow(
            clock=now,
            practitioner=by,
            act="grown",
            purpose="protect",
            person=person,
            chain="Grown",
            agency=next(world.agency_of[w.team] for w in world.who if w.id == by),
        )
        for by, person in world.looks
    )


KEYS: dict[str, str] = {
    "people_person": "id::text",
    "people_identity": "id::text",
    "people_decided": "identity::text",
    "people_grouping": "identity_id::text",
    "people_stands": "handle::text",
    "people_relationship": "id::text",
    "record_entry": "id::text",
    "record_about": "entry_id || ' ' || identity",
    "record_receipt": "entry_id || ' ' || agency || ' ' || event",
    "access_involvement": "id::text",
    "access_involvement_end": "involvement_id::text",
    "access_stop": "id::text",
    "access_stop_end": "stop_id::text",
    "access_glass": "id::text",
    "access_glass_review": "glass_id::text",
    "signals_signal": "id::text",
    "signals_event": "signal_id::text",
    "signals_evidence": "signal_id || ' ' || entry_id",
    "casework_task": "id::text",
    "casework_task_event": "task_id::text",
    "people_address": "id::text",
    "people_shield": "id::text",
    "people_shield_from": "shield_id::text",
    "people_shield_review": "shield_id::text",
    "people_shield_end_ask": "shield_id::text",
    "people_shield_end": "shield_id::text",
    "people_release": "id::text",
    "people_release_decision": "release_id::text",
    "people_shield_hand": "id::text",
    "people_shield_hand_end": "hand::text",
    "people_document_release": "id::text",
    "people_document_release_shield": "release || ' ' || shield",
    "people_document_release_decision": "release::text",
    "people_document_release_used": "release::text",
    "access_audit": "practitioner || ' ' || coalesce(person::text, 'None')",
}
"""Every table that the differential asks, and how a row of it is named."""

_EVERYTHING = " UNION ALL ".join(
    f"SELECT '{table}', {key} FROM {table}" + (" WHERE act = 'grown'" if table == "access_audit" else "")
    for table, key in KEYS.items()
)
_WITHHELD = """ UNION ALL SELECT 'access_withheld',
  p || ' ' || w.agency || ' ' || coalesce(w.kind, '') || ' ' || w.day || ' ' || w.ask
FROM unnest(%(people)s::uuid[]) AS p, LATERAL access_withheld(p) AS w
UNION ALL SELECT 'access_read entries', (entry).id::text FROM access_read(%(entries)s::uuid[], '{}')
UNION ALL SELECT 'access_read about', (entry).id || ' ' || (a ->> 0)
  FROM access_read(%(entries)s::uuid[], '{}'), json_array_elements(about) AS a
UNION ALL SELECT 'access_read receipts', (entry).id || ' ' || (r ->> 0) || ' ' || (r ->> 1)
  FROM access_read(%(entries)s::uuid[], '{}'), json_array_elements(receipts) AS r
UNION ALL SELECT 'access_read of', (entry).id::text FROM access_read('{}', %(identities)s::uuid[])
UNION ALL SELECT 'access_signals_withheld',
  p || ' ' || array_to_string(ARRAY(SELECT jsonb_array_elements_text(w.tell::jsonb)), ' ')
  FROM unnest(%(people)s::uuid[]) AS p, LATERAL access_signals_withheld(p) AS w
UNION ALL SELECT 'access_signals_told',
  w.signal || ' ' || array_to_string(ARRAY(SELECT jsonb_array_elements_text(w.tell::jsonb)), ' ')
  FROM access_signals_told((%(signals)s::uuid[])[:8]) AS w
UNION ALL SELECT 'access_shields_of', p || ' ' || h.shield || ' ' || h.team || ' ' || h.open
  FROM unnest(%(people)s::uuid[]) AS p, LATERAL access_shields_of(p) AS h
UNION ALL SELECT 'access_shields_answered', a.shield || ' ' || a.person || ' ' || a.offered
  FROM access_shields_answered() AS a
UNION ALL SELECT 'access_addresses_answered', s || ' ' || a.id
  FROM unnest(%(shields)s::uuid[]) AS s, LATERAL access_addresses_answered(s) AS a
UNION ALL SELECT 'access_document_kept', d::text FROM unnest(%(papers)s::uuid[]) AS d
  WHERE access_viewer() IS NOT NULL AND access_document_kept(d, access_viewer_teams())
UNION ALL SELECT 'access_entries_kept', e::text FROM access_entries_kept((%(entries)s::uuid[])[:50]) AS e
UNION ALL SELECT 'casework_task_words', task::text FROM casework_task_words(%(tasks)s::uuid[])
UNION ALL SELECT 'casework_answer_words', meaning FROM casework_answer_words(%(tasks)s::uuid[])"""

Rows = Counter[tuple[str, str]]


def seen_in_sql(connection: psycopg.Connection[Any], world: World, token: str) -> Rows:
    """Every row that the web's role is given under this token, in whatever role and transaction the connection is."""
    connection.execute("SELECT set_config('wp.session', %s, true)", [token])
    asked = {
        "people": world.people,
        "entries": [e.id for e in world.entries],
        "signals": [s.id for s in world.signals],
        "shields": [s.id for s in world.shields],
        "papers": [p.id for p in world.papers],
        "tasks": [t.id for t in world.tasks[::2]],
        "identities": list(world.person_of)[: len(world.person_of) // 2],
    }
    return Counter((str(t), str(k)) for t, k in connection.execute(_EVERYTHING + _WITHHELD, asked))


def rows_of(world: World) -> int:
    """How many rows a viewer is decided upon: every row of every table, and each person's and entry's withholding."""
    tables: list[int] = [
        len(world.people), 2 * len(world.person_of), len(world.decisions), len(world.stands), len(world.related),
        len(world.entries),
        sum(len(e.about) + len(e.receipts) for e in world.entries), len(world.ties), sum(t.ended for t in world.ties),
        len(world.halts), sum(h.lifted for h in world.halts), len(world.glass), sum(g.reviewed for g in world.glass),
        sum(2 + len(s.evidence) for s in world.signals), 2 * len(world.tasks), len(world.looks), len(world.homes),
        sum(5 if s.ended else 3 for s in world.shields), sum(1 + (f.granted is not None) for f in world.releases),
        sum(1 + (h.taken is not None) for h in world.hands), sum(4 + p.used for p in world.papers),
    ]  # fmt: skip
    return sum(tables)


def expected(world: World, who: Who) -> Rows:
    """Every row that the reference gives them."""
    return Counter(Reference(world, who).rows())
