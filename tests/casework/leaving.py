"""A family whose mother has fled, for tests of what leaves the record: who is who, and how a test makes a draft.

Ewa and Kasia live at a refuge that is kept from Adam, who is recorded as an alleged perpetrator; Jan is on Oak's roll.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.casework.town import NOW, TODAY, CaseworkTown, acts, build_town
from tests.worlds import authority, person
from wholepicture.access.operations import acting, involve, viewing
from wholepicture.access.roles import ROLES, Permission
from wholepicture.casework.disclosure.operations import make
from wholepicture.casework.disclosure.types import (
    Channel,
    DocumentKind,
    Draft,
    Made,
    Recipient,
    RecipientKind,
    Stop,
    Threshold,
    Why,
)
from wholepicture.exchange.outgoing.letter import write_letter
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.letters import Letter
from wholepicture.foundation.when import When
from wholepicture.people.addresses.operations import add_address, shield
from wholepicture.people.addresses.types import AddressSort, NewAddress, NewShield, ShieldReason
from wholepicture.people.operations import relate
from wholepicture.people.queries import identities_of
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole


def sees(who: Viewer) -> AbstractContextManager[None]:
    """An audited read of the ledger as the viewer."""
    purpose = ROLES[who.actor.role].purpose
    return viewing(who, permission=Permission.SEE_DISCLOSURES, purpose=purpose, now=NOW, act="test")


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REFUGE = ("14 Larch Close", "Millbrook")
REFUGE_POST = "QX4 2LD"
OLD = ("8 Elder Road", "Aldermere")
DADS = ("90 Mill Lane", "Aldermere")
SENTENCE = "So that they can plan for Monday with the family."


@dataclass(frozen=True)
class Fled:
    """The family, and everybody who works with them."""

    town: CaseworkTown
    worker: Viewer
    adam: UUID
    friend: UUID

    @property
    def kasia(self) -> UUID:
        return self.town.kasia

    def may(self, who: Viewer | None = None, permission: Permission = Permission.SHARE) -> Authority:
        return acts(who or self.worker, permission, self.kasia)


def build_fled() -> Fled:
    """See the module."""
    town = build_town()
    adam, adam_row = person("Adam", "Lis")
    friend, friend_row = person("Zofia", "Lis")
    with acting(authority()):
        row = {p: identities_of(p)[0] for p in (town.kasia, town.jan, town.ewa)}
    for child in (town.kasia, town.jan):
        relate(authority=authority(), identity=adam_row, other=row[child],
               relationship=Relationship("", Relation.FATHER, ""))  # fmt: skip
    relate(authority=authority(), identity=friend_row, other=adam_row,
           relationship=Relationship("", Relation.PARTNER, "", lives_with=True))  # fmt: skip
    everybody = [town.kasia, town.jan, town.ewa, adam, friend]
    involve(authority=authority(), team="assessment", people=everybody, ground="allocated", since=NOW - timedelta(9))
    homes = (
        (town.ewa, row[town.ewa], OLD, "QX1 1AA", date(2020, 1, 1), date(2025, 6, 1), AddressSort.HOME),
        (town.ewa, row[town.ewa], REFUGE, REFUGE_POST, date(2025, 6, 2), None, AddressSort.REFUGE),
        (adam, adam_row, DADS, "QX1 9ZZ", date(2025, 6, 1), None, AddressSort.HOME),
    )
    for who, identity, lines, postcode, begun, ended, sort in homes:
        home = NewAddress(lines, postcode, sort, from_=When.on(begun), to=When.on(ended) if ended else None)
        add_address(authority=authority(), person=who, identity=identity, address=home, now=NOW)
    write(row[town.ewa], "domestic_abuse_incident", "police", "He hit her.", AboutRole.VICTIM,
          (adam_row, AboutRole.ALLEGED_PERPETRATOR))  # fmt: skip
    write(row[town.kasia], "visit", "social_care", "Kasia seen at home.", AboutRole.SUBJECT)
    kept = NewShield(ShieldReason.REFUGE, "", "Adam", TODAY - timedelta(days=200), people_from=(adam,))
    shield(authority=authority(), people=[town.ewa], new=kept, holder_team="assessment", now=NOW)
    return Fled(town, town.social_worker, adam, friend)


def write(
    identity: UUID, kind: str, agency: str, summary: str, role: AboutRole, *others: tuple[UUID, AboutRole]
) -> UUID:
    """An entry of two days ago."""
    day = When.on(TODAY - timedelta(days=2))
    entry = NewEntry(kind, day, day, agency, "worker", ((identity, role), *others), summary)
    return add_entry(authority=authority(), entry=entry)


def lead(fled: Fled) -> Recipient:
    """Jan's school lead, in the directory."""
    actor = fled.town.dsl.actor
    return Recipient(
        RecipientKind.PRACTITIONER, actor.name, actor.role, "Oak", actor.agency, actor.team, UUID(actor.practitioner)
    )


def father(fled: Fled) -> Recipient:
    """Adam, on the record."""
    return Recipient(RecipientKind.FAMILY, "Adam Lis", "father", person=fled.adam)


def letter_draft(fled: Fled, to: Recipient, text: str = SENTENCE, **changes: Any) -> tuple[Draft, Made]:
    """A letter to somebody, by a way that suits them, and its file."""
    family = to.kind is RecipientKind.FAMILY
    why = Why(
        SENTENCE, "working-with-family" if family else "ca1989-s17", Threshold.ABOVE, family_told=True,
        harm_words="Asked the mother and the school what might follow.",
    )  # fmt: skip
    by = Channel.IN_APP if to.kind is RecipientKind.PRACTITIONER else Channel.BY_HAND
    draft = replace(Draft(fled.kasia, to, DocumentKind.LETTER, by, why, text=text), **changes)
    return draft, file_of(draft.text, to.name)


def file_of(text: str, to: str = "You", name: str = "letter.docx") -> Made:
    """A Word file of a letter."""
    written = Letter(("Children’s social care",), "25 November 2026", (to,), "Kasia", (text,), ("Amira",), "Secret")
    return Made(name, WORD, write_letter(written))


def made(fled: Fled, drawn: tuple[Draft, Made], now: datetime = NOW) -> tuple[UUID, set[str]]:
    """It on the ledger, and the codes of what stops it."""
    draft, file = drawn
    disclosure, asked = make(authority=fled.may(), draft=draft, made=file, opens=parts_of, now=now)
    return disclosure, codes(asked)


def codes(asked: tuple[Stop, ...]) -> set[str]:
    """What stops it."""
    return {s.code.value for s in asked}
