"""A small town for casework's tests: one family, everybody who holds them, and a notice about them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tests.worlds import authority as system
from tests.worlds import practitioner
from wholepicture.access.operations import authorise, involve, viewing
from wholepicture.access.roles import ROLES, Permission
from wholepicture.agencies.operations import supervise
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.notice.types import NamedAdult, NamedPerson, Notice, Part, SeenChild
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.when import When
from wholepicture.people.operations import NewIdentity, add_person, relate
from wholepicture.people.types import Relation, Relationship

NOW = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0)
TODAY = NOW.date()
HOME = "3 Weir Street, Aldermere"
NUMBERS = {"Kasia": "9000000009", "Jan": "9434765870", "Ewa": "9876543210"}
"""NHS numbers of the family, of the ranges that nobody has."""


def years_ago(years: int, month: int = 1, day: int = 5) -> date:
    """A birth date that makes somebody that many years old today, or turning it this year."""
    return date(TODAY.year - years - 1, month, day) if (month, day) > (TODAY.month, TODAY.day) else date(
        TODAY.year - years, month, day
    )  # fmt: skip


KASIA_BORN, JAN_BORN, EWA_BORN = years_ago(4), years_ago(8), years_ago(31)


@dataclass(frozen=True)
class CaseworkTown:
    """Who is who."""

    police: Viewer
    screener: Viewer
    manager: Viewer
    health_visitor: Viewer
    school_nurse: Viewer
    dsl: Viewer
    other_dsl: Viewer
    gp: Viewer
    social_worker: Viewer
    kasia: UUID
    jan: UUID
    ewa: UUID


def acts(viewer: Viewer, permission: Permission, *people: UUID) -> Authority:
    """The viewer's authority for an act, as a page would get it."""
    purpose = ROLES[viewer.actor.role].purpose
    return authorise(viewer, permission=permission, purpose=purpose, now=NOW, people=people)


def look(viewer: Viewer, now: datetime = NOW) -> AbstractContextManager[None]:
    """An audited read as the viewer."""
    purpose = ROLES[viewer.actor.role].purpose
    return viewing(viewer, permission=Permission.VIEW_CHILD, purpose=purpose, now=now, act="test")


def _family() -> tuple[UUID, UUID, UUID]:
    rows = []
    for given, kind, born, language in (
        ("Kasia", "child", KASIA_BORN, ""),
        ("Jan", "child", JAN_BORN, ""),
        ("Ewa", "adult", EWA_BORN, "pl"),
    ):
        identity = NewIdentity(
            key=given, type=kind, given_name=given, family_name="Nowak", born=When.on(born), language=language,
            sex="male" if given == "Jan" else "female", address=HOME, nhs_number=NUMBERS[given],
        )  # fmt: skip
        rows.append(add_person(authority=system(), identity=identity, now=NOW, ground="given by a test"))
    (kasia, kasia_row), (jan, jan_row), (ewa, ewa_row) = rows
    for child in (kasia_row, jan_row):
        tie = Relationship("", Relation.MOTHER, "", lives_with=True)
        relate(authority=system(), identity=ewa_row, other=child, relationship=tie)
    return kasia, jan, ewa


def build_town() -> CaseworkTown:
    """Kasia (4, nursery age) and Jan (8, on Oak's roll) with Ewa, and everybody who holds them."""
    staff = {
        "police": practitioner("pc", "police_officer", "police", "response"),
        "screener": practitioner("marta", "screening_worker", "social_care", "front-door", "Marta"),
        "manager": practitioner("precious", "manager", "social_care", "managers", "Precious"),
        "health_visitor": practitioner("sian", "health_visitor", "health_visiting", "hv-north", "Siân"),
        "school_nurse": practitioner("kevin", "school_nurse", "school_nursing", "school-nurses", "Kevin"),
        "dsl": practitioner("ruth", "dsl", "school/oak", "oak", "Ruth"),
        "other_dsl": practitioner("imran", "dsl", "school/elm", "elm", "Imran"),
        "gp": practitioner("raman", "gp", "gp/market", "market", "Dr Raman"),
        "social_worker": practitioner("amira", "social_worker", "social_care", "assessment", "Amira"),
    }
    for team in ("front-door", "hv-north", "school-nurses", "oak", "market", "assessment"):
        supervise(authority=system(), team="managers", supervised=team)
    kasia, jan, ewa = _family()
    for team, people, ground in (
        ("hv-north", [kasia], "health visiting caseload"),
        ("school-nurses", [jan], "child of school age"),
        ("oak", [jan], "on the school roll"),
        ("market", [kasia, jan, ewa], "registered patient"),
    ):
        involve(authority=system(), team=team, people=people, ground=ground, since=NOW.replace(year=NOW.year - 1))
    return CaseworkTown(**staff, kasia=kasia, jan=jan, ewa=ewa)


def notice(token: str = "t1") -> Notice:
    """Ewa strangled by Adam; Kasia seen and not spoken to, Jan not seen."""
    return Notice(
        reference="MP/1042",
        occurred=When.on(TODAY),
        place=HOME,
        circumstances="Adam put his hands round Ewa’s neck in the kitchen. She could not breathe.",
        adults=(
            NamedAdult(
                NamedPerson("Ewa", "Nowak", When.on(EWA_BORN), "female", "pl", "needed", HOME, NUMBERS["Ewa"]),
                Part.VICTIM, Relation.MOTHER,
            ),
            NamedAdult(NamedPerson("Adam", "Lis", sex="male"), Part.ALLEGED_PERPETRATOR),
        ),
        children=(
            SeenChild(
                NamedPerson("Kasia", "Nowak", When.on(KASIA_BORN), "female", address=HOME, nhs_number=NUMBERS["Kasia"]),
                present=True, seen=True,
                where="on the stairs with her mother", awake=True, spoken_to=False,
            ),
            SeenChild(
                NamedPerson("Jan", "Nowak", When.on(JAN_BORN), "male", address=HOME, nhs_number=NUMBERS["Jan"]),
                present=False, seen=False,
                not_seen_reason="at his grandmother’s; not visited",
            ),
        ),
        facts={"strangulation": True, "weapon": False, "injury": True, "alcohol": None},
        tool="dash", grade="high", child_grade="medium", adults_relation=Relation.PARTNER, token=token,
    )  # fmt: skip


def sent(town: CaseworkTown, token: str = "t1", **changes: Any) -> UUID:
    """The notice sent by the police user; returns its entry."""
    given = replace(notice(token), **changes)
    return send_notice(authority=acts(town.police, Permission.SEND_NOTICE), notice=given, now=NOW)
