"""Reads people.csv, identities.csv and relationships.csv."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from wholepicture.exchange.bundles.cells import Cells, readable
from wholepicture.exchange.bundles.errors import Problem
from wholepicture.exchange.bundles.types import Row
from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem, upn_problem
from wholepicture.foundation.when import When
from wholepicture.people.types import UNBORN_DAYS, Identity, Person, PersonType, Relation, Relationship

SEXES: Final = ("female", "male", "indeterminate", "unknown")
INTERPRETER: Final = ("needed", "not_needed")
LIVES_WITH: Final = {"yes": True, "no": False, "": None}
A_PERSON: Final = "the key of a person in people.csv"

_MOST_WEEKS: Final = 50.0
_NUMBER_REMEDY: Final = "or blank here and the number as one agency had it in identities.csv"
_TYPES: Final = tuple(t.value for t in PersonType)
_RELATIONS: Final = tuple(r.value for r in Relation)


def read_people(rows: Iterable[Row], today: date | None, problems: list[Problem]) -> dict[str, Person]:
    """People by key. With `today`, nobody but an unborn child may be born after it."""
    people = [_person(cells, problems) for cells in readable(rows, problems)]
    for cells, person in zip(readable(rows, problems), people, strict=True):
        _check_life(cells, person, today)
    return {person.key: person for person in people}


def _person(cells: Cells, problems: list[Problem]) -> Person:
    kind = cells.choice("type", _TYPES, needed=True)
    return Person(
        key=cells.key("person", ";:"),
        type=PersonType(kind or PersonType.ADULT),
        sex=cells.choice("sex", SEXES) or "unknown",
        born=cells.when("born"),
        died=cells.when("died"),
        born_known=cells.when("born_known"),
        died_known=cells.when("died_known"),
        given_name=cells.text("given_name"),
        family_name=cells.text("family_name"),
        nhs_number=nhs_number(cells.checked("nhs_number", nhs_number_problem, _NUMBER_REMEDY)),
        upn=cells.checked("upn", upn_problem, _NUMBER_REMEDY),
        language=cells.language("language"),
        interpreter=cells.choice("interpreter", INTERPRETER),
        gestation_weeks=cells.number("gestation_weeks", _MOST_WEEKS),
    )


def _check_life(cells: Cells, person: Person, today: date | None) -> None:
    if today is not None and person.died is not None and person.died.certainly_after(today):
        cells.wrong("died", f"“{person.died.stated}” lies in the future; expected a day not after today")
    if person.born is None or person.type is PersonType.UNBORN:
        return
    if today is not None and person.born.certainly_after(today):
        remedy = "expected a day not after today, or type unborn with the expected date of delivery"
        cells.wrong("born", f"“{person.born.stated}” lies in the future; {remedy}")
    if person.died is not None and person.died.latest < person.born.earliest:
        message = f"“{person.died.stated}” lies before born “{person.born.stated}”; expected the same day or later"
        cells.wrong("died", message)


def read_identities(
    rows: Iterable[Row], people: Container[str], problems: list[Problem], notices: list[str]
) -> tuple[Identity, ...]:
    """The person as one agency knew them: kept as that agency had it, so a number that fails is noted, not refused."""
    return tuple(_identity(cells, people, notices) for cells in readable(rows, problems))


def _identity(cells: Cells, people: Container[str], notices: list[str]) -> Identity:
    start, end = cells.period("from", "to")
    identity = Identity(
        person=cells.known("person", people, A_PERSON),
        agency=cells.agency("agency"),
        given_name=cells.text("given_name"),
        family_name=cells.text("family_name"),
        born=cells.when("born"),
        sex=cells.choice("sex", SEXES),
        nhs_number=nhs_number(cells.text("nhs_number")),
        upn=cells.text("upn"),
        reference=cells.text("reference"),
        from_=start,
        to=end,
    )
    notices += _number_notices(cells, identity)
    return identity


def _number_notices(cells: Cells, identity: Identity) -> Iterator[str]:
    place = f"{cells.row.file}:{cells.row.line}"
    if identity.nhs_number and nhs_number_problem(identity.nhs_number):
        yield f"{place}: nhs_number: kept as the agency had it; it fails its check and is never matched on"
    if identity.upn and upn_problem(identity.upn):
        yield f"{place}: upn: kept as the agency had it; it fails its check and is never matched on"


def read_relationships(
    rows: Iterable[Row], keys: Container[str], people: Mapping[str, Person], problems: list[Problem]
) -> tuple[Relationship, ...]:
    """Relationships; one about a child may begin up to 300 days before birth."""
    return tuple(_relationship(cells, keys, people) for cells in readable(rows, problems))


def _relationship(cells: Cells, keys: Container[str], people: Mapping[str, Person]) -> Relationship:
    person = cells.known("person", keys, A_PERSON)
    relation = cells.choice("relation", _RELATIONS, needed=True)
    other = cells.known("other", keys, A_PERSON)
    if person and person == other:
        cells.wrong("other", f"“{other}” stands on both sides; expected two people")
    start, end = cells.period("from", "to")
    for key in dict.fromkeys((person, other)):
        check_unborn(cells, "from", start, key, people)
    return Relationship(
        person=person,
        relation=Relation(relation or Relation.OTHER),
        other=other,
        from_=start,
        to=end,
        lives_with=LIVES_WITH[cells.choice("lives_with", ("yes", "no"))],
        known_from=cells.when("known_from"),
        source=cells.text("source"),
    )


def check_unborn(cells: Cells, column: str, when: When | None, key: str, people: Mapping[str, Person]) -> None:
    """Nothing may be about a child more than 300 days before birth (spec: people.csv)."""
    child = people.get(key)
    if when is None or child is None or not child.is_child or child.born is None:
        return
    if when.certainly_before(child.born.earliest - timedelta(days=UNBORN_DAYS)):
        message = f"“{when.stated}” is more than {UNBORN_DAYS} days before {key} was born (“{child.born.stated}”)"
        cells.wrong(column, f"{message}; expected a later date, or not this child")
