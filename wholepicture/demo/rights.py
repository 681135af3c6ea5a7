"""What the demonstration has of people's rights: a request that waits, records that are due, and one that is held."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.operations import acting, authorise, system_authority
from wholepicture.access.roles import Permission
from wholepicture.agencies.operations import sign_in, sign_out
from wholepicture.agencies.queries import practitioners, viewer_of_session
from wholepicture.casework.subject_access.operations import assign, identify, name_second, note, receive
from wholepicture.casework.subject_access.types import Asker
from wholepicture.demo.users import DEMO_PASSWORD, PRACTITIONERS
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.operations import NewIdentity, add_person, relate
from wholepicture.people.queries import family_of, persons_of_source
from wholepicture.people.types import PersonType, Relation, Relationship
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.retention.operations import set_hold
from wholepicture.record.retention.types import Ground
from wholepicture.record.types import AboutRole

_LEAD, _REVIEWER, _SECOND = "igl", "manager2", "manager3"
_GROWN: Final = (
    # Given name, family name, type, born, entries: years after birth, agency, kind, what was written.
    ("Callum", "Ridgway", "child", "1994-05-02", (
        (7, "school/st-oswalds", "welfare_concern", "Callum came without lunch three days running."),
        (8, "social_care", "assessment", "Seen at home. Help with routines agreed; closed after two months."))),
    ("Stacey", "Ridgway", "child", "1996-09-17", (
        (5, "school/st-oswalds", "note", "Stacey settled well after the move."),)),
    ("Wayne", "Tolley", "child", "1997-02-11", (
        (9, "health_visiting", "visit", "Seen with his grandmother. Growth steady."),)),
    ("Lorraine", "Ridgway", "adult", "1970-03-08", ()),
)  # fmt: skip


def exercise_rights(*, source: str, now: datetime) -> None:
    """Write it all down through the operations, and by the users, that it takes."""
    grown = _grow_up(now)
    token, lead = _lead(now)
    rights = _may(lead, Permission.HANDLE_REQUEST, Purpose.RIGHTS, now)
    retain = _may(lead, Permission.DECIDE_RETENTION, Purpose.RETAIN, now)
    reason = "Asked for by the inquiry into care in the 2000s; letter of last week."
    set_hold(authority=retain, person=grown["Wayne"], ground=Ground.INQUIRY, reason=reason, now=now)
    _ask(rights, source, now)
    sign_out(token=token)


def _lead(now: datetime) -> tuple[str, Viewer]:
    token = sign_in(username=_LEAD, password=DEMO_PASSWORD, now=datetime.now(now.tzinfo))
    viewer = viewer_of_session(token) if token else None
    if token is None or viewer is None:
        raise Refused("demo-user", f"The demonstration has no user “{_LEAD}”.")
    return token, viewer


def _may(viewer: Viewer, permission: Permission, purpose: Purpose, now: datetime) -> Authority:
    return authorise(viewer, permission=permission, purpose=purpose, now=now)


def _grow_up(now: datetime) -> dict[str, UUID]:
    """People whose childhood was long ago: their persons by given name."""
    authority = system_authority(act="demo:load", now=now)
    persons: dict[str, UUID] = {}
    cards: dict[str, UUID] = {}
    with acting(authority):
        for given, family, kind, born, entries in _GROWN:
            identity = NewIdentity(
                key=f"grown-{given.lower()}", type=kind, given_name=given, family_name=family, born=When.parse(born),
                source_system="demo-grown-up",
            )  # fmt: skip
            ground = "invented for the demonstration"
            persons[given], cards[given] = add_person(authority=authority, identity=identity, now=now, ground=ground)
            for years, agency, sort, summary in entries:
                day = When.parse(f"{int(born[:4]) + years}-11-06")
                about = ((cards[given], AboutRole.SUBJECT),)
                entry = NewEntry(sort, day, day, agency, "worker", about, summary, source="demonstration")
                add_entry(authority=authority, entry=entry)
        mother = Relationship("", Relation.MOTHER, "", lives_with=True)
        for child in ("Callum", "Stacey"):
            relate(authority=authority, identity=cards["Lorraine"], other=cards[child], relationship=mother)
    return persons


def _ask(authority: Authority, source: str, now: datetime) -> None:
    """A father asks what is held about his child, three weeks ago; a reviewer has begun."""
    with acting(authority):
        people = persons_of_source(source)
        cards = (
            family_of([people[key]], hops=0).people[str(people[key])] for key in sorted(people) if "_child_" in key
        )
        # Whoever has a number is found by it, however many share a name.
        card = next(c for c in cards if c.nhs_number and c.type is PersonType.CHILD)
    asked = now - timedelta(days=20)
    born = card.born.start if card.born else None
    request = receive(
        authority=authority, asker=Asker.PARENT, asker_name="Their father, by letter", given_name=card.given_name,
        family_name=card.family_name, born=born, scope="Everything since the child was born.",
        received_on=asked.astimezone(ENGLAND).date(), now=asked,
    )  # fmt: skip
    identify(authority=authority, request=request, given_name="", family_name="", born=None,
             nhs_number=card.nhs_number, now=asked)  # fmt: skip
    words = "Passport and birth certificate seen at the civic centre."
    note(authority=authority, request=request, event="checked", words=words, now=asked + timedelta(days=1))
    named = {p.name: p.username for p in PRACTITIONERS}
    managers = {named.get(card.name, ""): card.id for card in practitioners(roles=("manager",))}
    assign(authority=authority, request=request, practitioner=managers[_REVIEWER], now=now)
    name_second(authority=authority, request=request, practitioner=managers[_SECOND], now=now)
