"""Small worlds for tests, built through operations, so that no test stands on an impossible history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from wholepicture.access.operations import involve, system_authority
from wholepicture.agencies.operations import add_agency, add_practitioner, add_team, sign_in
from wholepicture.agencies.queries import viewer_of_session
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.when import When
from wholepicture.people.operations import NewIdentity, add_person, relate
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
HASH = make_password(PASSWORD)


@dataclass(frozen=True)
class World:
    """Two families: Ann's team is involved with the first, Bob's with the second."""

    ann: Viewer
    bob: Viewer
    child: UUID
    mother: UUID
    entry: UUID
    child_identity: UUID
    mother_identity: UUID
    other_child: UUID


def authority(act: str = "test") -> Authority:
    """The system's authority, for building."""
    return system_authority(act=act, now=NOW)


def practitioner(username: str, role: str, agency: str, team: str, name: str = "") -> Viewer:
    """Somebody of that role, signed in."""
    add_agency(authority=authority(), code=agency, name=agency.replace("_", " ").title())
    add_team(authority=authority(), code=team, name=team.replace(":", " "), agency=agency)
    add_practitioner(
        authority=authority(), username=username, name=name or username.title(), role=role, team=team,
        password_hash=HASH, demo=True,
    )  # fmt: skip
    token = sign_in(username=username, password=PASSWORD, now=datetime.now(UTC))
    assert token is not None
    viewer = viewer_of_session(token)
    assert viewer is not None
    return viewer


def person(given: str, family: str, kind: str = "adult", born: str = "") -> tuple[UUID, UUID]:
    """A person under one identity: (person, identity)."""
    identity = NewIdentity(
        key=f"{given}-{family}",
        type=kind,
        given_name=given,
        family_name=family,
        born=When.parse(born) if born else None,
    )
    return add_person(authority=authority(), identity=identity, now=NOW, ground="given by a test")


def build_world() -> World:
    """See `World`."""
    ann = practitioner("ann", "social_worker", "social_care", "social_care:north")
    bob = practitioner("bob", "dsl", "school/oak", "school/oak:staff")
    child, child_identity = person("Kasia", "Nowak", "child", "2021-05-04")
    mother, mother_identity = person("Ewa", "Nowak")
    other, other_identity = person("Tom", "Hill", "child", "2017-01-09")
    relate(
        authority=authority(), identity=mother_identity, other=child_identity,
        relationship=Relationship("", Relation.MOTHER, "", lives_with=True),
    )  # fmt: skip
    involve(authority=authority(), team=ann.actor.team, people=[child, mother], ground="allocated", since=NOW)
    involve(authority=authority(), team=bob.actor.team, people=[other], ground="school roll", since=NOW)
    entries = [
        add_entry(
            authority=authority(),
            entry=NewEntry(
                "note", When.on(date(2026, 2, 1)), When.on(date(2026, 2, 2)), "social_care", "social worker",
                ((identity, AboutRole.SUBJECT),), "A note.",
            ),
        )
        for identity in (child_identity, other_identity)
    ]  # fmt: skip
    return World(ann, bob, child, mother, entries[0], child_identity, mother_identity, other)
