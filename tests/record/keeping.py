"""A family whose record is due, for tests of destruction: two siblings, their mother, and somebody who is not due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tests.worlds import authority as system
from tests.worlds import practitioner
from wholepicture.access.operations import authorise
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.when import When
from wholepicture.people.operations import NewIdentity, add_person, relate
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.retention import operations
from wholepicture.record.types import AboutRole

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Keepers:
    """Who decides, and who confirms."""

    lead: Viewer
    manager: Viewer

    def acts(self, viewer: Viewer) -> Authority:
        """Authority to decide how long something is kept."""
        return authorise(viewer, permission=Permission.DECIDE_RETENTION, purpose=Purpose.RETAIN, now=NOW)

    def decide(self, person: UUID, by: Viewer | None = None) -> UUID:
        """The lead decides that a record is destroyed."""
        return operations.decide(
            authority=self.acts(by or self.lead), person=person, line="child", destroy=True, reason="Read.",
            keep_until=None, now=NOW,
        )  # fmt: skip

    def confirm(self, person: UUID, decision: UUID, by: Viewer | None = None) -> UUID:
        """The manager confirms it."""
        return operations.confirm(authority=self.acts(by or self.manager), person=person, decision=decision, now=NOW)

    def destroy(self, person: UUID) -> UUID:
        """Both of them, one after the other."""
        return self.confirm(person, self.decide(person))


def keepers() -> Keepers:
    """An information governance lead and a manager of another team."""
    return Keepers(
        practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy Lead"),
        practitioner("mona", "manager", "social_care", "managers", "Mona Manager"),
    )


def somebody(given: str, born: str, kind: str = "child", **more: str) -> tuple[UUID, UUID]:
    """A person under one identity: (person, identity)."""
    when = When.parse(born) if born else None
    identity = NewIdentity(
        key=f"{given}-{born}", type=kind, given_name=given, family_name="Qzfamily", born=when,
        died=When.parse(more["died"]) if more.get("died") else None, nhs_number=more.get("nhs_number", ""),
        reference=more.get("reference", ""),
    )  # fmt: skip
    return add_person(authority=system(), identity=identity, now=NOW, ground="given by a test")


def tie(mother: UUID, child: UUID) -> None:
    """A mother of a child, by their identities."""
    relate(authority=system(), identity=mother, other=child, relationship=Relationship("", Relation.MOTHER, ""))


def write(
    *identities: UUID, kind: str = "note", on: str = "2005-03-01", summary: str = "Qzsummary", **details: object
) -> UUID:
    """An entry of long ago about everybody given."""
    day = When.parse(on)
    about = tuple((i, AboutRole.SUBJECT) for i in identities)
    return add_entry(
        authority=system(), entry=NewEntry(kind, day, day, "social_care", "social worker", about, summary, details)
    )
