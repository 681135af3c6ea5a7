"""Notices for the demonstration's front door, sent, decided and answered by its users as any are.

They are about families of the town, so that screening shows a history: one came today, one has waited too long, and one
is decided, with some of its answers in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from wholepicture.access.operations import acting, authorise, system_authority
from wholepicture.access.roles import ROLES, Permission
from wholepicture.agencies.operations import sign_in, sign_out
from wholepicture.agencies.queries import viewer_of_session
from wholepicture.casework.clock import escalate_overdue
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.notice.types import NamedAdult, NamedPerson, Notice, Part, SeenChild
from wholepicture.casework.screening.operations import decide
from wholepicture.casework.screening.queries import waiting_screenings
from wholepicture.casework.task.operations import answer_task, open_task
from wholepicture.casework.task.queries import tasks_of
from wholepicture.casework.task.types import Decision
from wholepicture.demo.disclosures import share_some
from wholepicture.demo.files import nursery_letter, photograph
from wholepicture.demo.types import DemoFamily, Town
from wholepicture.demo.users import DEMO_PASSWORD
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.queries import persons_of_source
from wholepicture.people.types import Person, PersonType, Relation

CHILD_YEARS = 18


def open_the_front_door(*, town: Town, source: str, now: datetime) -> None:
    """Send, decide and answer; every act through the operation and the role that it takes."""
    told = [f for f in town.families if f.story == "repeated_abuse"]
    expecting = [f for f in town.families if f.story == "unborn_sibling"]
    for family, sent in zip(told, (now - timedelta(hours=3), now - timedelta(days=5)), strict=False):
        _photograph(family, _send(family, sent), source, sent)
    for family in expecting[:1]:
        entry = _send(family, now - timedelta(days=9))
        _decide(entry, now - timedelta(days=8))
        _answer_one(family, source, now - timedelta(days=7))
        _share(family, source, now - timedelta(days=6))
        _letter(family, source, now - timedelta(days=6))
    escalate_overdue(now=now)


class _Signed:
    """A demo user, signed in for as long as it takes to act."""

    def __init__(self, username: str, now: datetime) -> None:
        token = sign_in(username=username, password=DEMO_PASSWORD, now=datetime.now(now.tzinfo))
        viewer = viewer_of_session(token) if token else None
        if token is None or viewer is None:
            raise Refused("demo-user", f"The demonstration has no user “{username}”.")
        self.viewer, self.token, self.now = viewer, token, now

    def may(self, permission: Permission, *people: UUID) -> Authority:
        """The authority for one act."""
        purpose = ROLES[self.viewer.actor.role].purpose
        return authorise(self.viewer, permission=permission, purpose=purpose, now=self.now, people=people)

    def leave(self) -> None:
        """Sign out."""
        sign_out(token=self.token)


def _send(family: DemoFamily, now: datetime) -> UUID:
    officer = _Signed("police2", now)
    entry = send_notice(authority=officer.may(Permission.SEND_NOTICE), notice=_notice(family, now), now=now)
    officer.leave()
    return entry


def _photograph(family: DemoFamily, notice: UUID, source: str, now: datetime) -> None:
    officer, child = _Signed("police2", now), _first_child(family, source, now)
    photograph(authority=officer.may(Permission.ADD_ENTRY, child), child=child, notice=notice, now=now)
    officer.leave()


def _letter(family: DemoFamily, source: str, now: datetime) -> None:
    nurse, child = _Signed("healthvisitor", now), _first_child(family, source, now)
    nursery_letter(authority=nurse.may(Permission.ADD_ENTRY, child), child=child, now=now)
    nurse.leave()


def _share(family: DemoFamily, source: str, now: datetime) -> None:
    worker, child = _Signed("socialworker", now), _first_child(family, source, now)
    record = family.record
    mother = next(iter(record.related(next(c.key for c in record.children), {Relation.MOTHER})))
    partner = next(iter(record.related(mother, {Relation.PARTNER, Relation.EX_PARTNER})), "")
    with acting(system_authority(act="demo:load", now=now)):
        persons = persons_of_source(source)
    him = (persons[partner], record.people[partner].name) if partner else None
    share_some(authority=worker.may(Permission.SHARE, child), child=child, partner=him, now=now)
    worker.leave()


def _first_child(family: DemoFamily, source: str, now: datetime) -> UUID:
    today = now.astimezone(ENGLAND).date()
    key = next(c.key for c in family.record.children if _still_child(c, today) and c.type is not PersonType.UNBORN)
    with acting(system_authority(act="demo:load", now=now)):
        return persons_of_source(source)[key]


def _notice(family: DemoFamily, now: datetime) -> Notice:
    record, today = family.record, now.astimezone(ENGLAND).date()
    children = [c for c in record.children if _still_child(c, today)]
    mother = next(iter(record.related(children[0].key, {Relation.MOTHER})))
    partner = next(iter(record.related(mother, {Relation.PARTNER, Relation.EX_PARTNER})), "")
    adults = [NamedAdult(_named(record.people[mother]), Part.VICTIM, Relation.MOTHER)]
    if partner:
        adults.append(NamedAdult(_named(record.people[partner]), Part.ALLEGED_PERPETRATOR))
    return Notice(
        reference=f"MP/{family.number:04d}/{today:%y}",
        occurred=When.at(now - timedelta(hours=2)),
        place="the family's home",
        circumstances=(
            "Neighbour rang at the sound of shouting. Mother had a swollen lip and said that he had pushed her against "
            "the door. He had been drinking and had left. The youngest was crying in the hall."
        ),
        adults=tuple(adults),
        # Police name those whom they see: that a child is expected, the record has to add.
        children=tuple(_seen(c, n) for n, c in enumerate(c for c in children if c.type is not PersonType.UNBORN)),
        adults_relation=Relation.PARTNER,
        facts={"alcohol": True, "injury": True, "weapon": False, "strangulation": None, "arrest": False},
        tool="dash",
        grade="medium",
        child_grade="high",
        safety_action="He was told not to come back tonight; a neighbour is with her.",
        safe_contact="Her own mobile, mornings, when he is at work. No letters.",
        token=f"demo-{family.number}",
    )


def _still_child(child: Person, today: date) -> bool:
    return child.born is not None and today.year - child.born.start.year < CHILD_YEARS


def _named(person: Person) -> NamedPerson:
    return NamedPerson(
        given_name=person.given_name,
        family_name=person.family_name,
        born=person.born,
        sex=person.sex,
        language=person.language,
        interpreter=person.interpreter,
        nhs_number=person.nhs_number,
    )


def _seen(child: Person, place: int) -> SeenChild:
    named = _named(child)
    if place == 0:
        return SeenChild(
            named, present=True, seen=True, where="in the hall, in pyjamas", awake=True, spoken_to=True,
            spoken_by="PC Rhian Bowen", alone=True, language=child.language or "en", interpreter="not_needed",
            words="They always shout. I put my hands on my ears.",
        )  # fmt: skip
    return SeenChild(named, present=True, seen=False, not_seen_reason="Mother said that the child was asleep upstairs.")


def _decide(entry: UUID, now: datetime) -> None:
    screener, today = _Signed("screening", now), now.astimezone(ENGLAND).date()
    with acting(screener.may(Permission.DECIDE_SCREENING)):
        [item] = [i for i in waiting_screenings(today) if i.card.entry == entry]
    position = "In the home at each incident; nobody has yet asked what it is like there."
    decide(
        authority=screener.may(Permission.DECIDE_SCREENING),
        screening=item.card.screening,
        decision=Decision.ASSESSMENT,
        reasons=(
            "A further incident with injury, drink again, and a baby expected. The earlier ones were each closed by "
            "themselves; read together they ask for an assessment before the birth."
        ),
        positions={UUID(c.person): position for c in item.children},
        taken_by="assessment-north",
        now=now,
    )
    screener.leave()


def _answer_one(family: DemoFamily, source: str, now: datetime) -> None:
    nurse = _Signed("healthvisitor", now)
    with acting(nurse.may(Permission.ANSWER_TASK)):
        people = persons_of_source(source)
        asked = tasks_of([people[c.key] for c in family.record.children])
    mine = [t for t in asked if t.team == nurse.viewer.actor.team]
    for task in mine[:1]:
        authority = nurse.may(Permission.ANSWER_TASK, task.person)
        open_task(authority=authority, task=task.id, now=now)
        answer_task(
            authority=authority,
            task=task.id,
            meaning="He wakes at night and has lost words since the summer; it fits with what was seen.",
            did="Rang her mobile this morning, visited with the midwife, and booked a joint visit for Thursday.",
            nothing_because="",
            on=now.astimezone(ENGLAND).date(),
            now=now,
        )
    nurse.leave()
