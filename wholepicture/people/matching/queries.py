"""Looks up whom a described person may be, in the whole record: the engine sees more than the reader (principle 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from wholepicture.foundation.when import When
from wholepicture.people.linkage.model import Model
from wholepicture.people.linkage.types import Row
from wholepicture.people.matching.index import Indexed, look_up, rows_of_identities, rows_of_people
from wholepicture.people.matching.keeping import home_of, row_of
from wholepicture.people.matching.rules import decide_together, follows, likely_people
from wholepicture.people.matching.standing import standing
from wholepicture.people.matching.types import Asked, Described, Found, Held, Verdict
from wholepicture.people.models import BelongsRow, IdentityRow, RelationshipRow
from wholepicture.people.types import PARENTAL

_UNBORN = "unborn"


def match_together(described: Sequence[Described]) -> list[Verdict]:
    """Who each of these people named together may be. Only inside `acting`: it reads every identity.

    Whoever one of them may be has parents and children on record: the others are compared with those too, however
    their own names were spelt.
    """
    weigher, found = _look_up([_asked(one) for one in described])
    relatives = {near for one in found for person in likely_people([one]) for near in one.near.get(person, ())}
    return decide_together(_with_relatives(weigher, found, relatives), weigher.name)


def match_again(identities: Sequence[UUID], *, without: Iterable[UUID]) -> list[Verdict]:
    """Who else the people of these identities may be; only inside `acting`. `without` are themselves."""
    weigher, found = _look_up([Asked(one.row) for one in rows_of_identities(identities)], frozenset(without))
    return decide_together(found, weigher.name)


def follow(identities: Sequence[UUID], *, chosen: UUID, without: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who the people of these identities are, now that one named with them has been chosen: identity and person.

    Her child follows from a mother, and its father from the child. `without` are persons who exist only because
    nobody had been chosen yet: they would match themselves.
    """
    apart = frozenset(without)
    rows: dict[UUID, Row] = {}
    for indexed in rows_of_identities(identities):
        rows.setdefault(indexed.identity, indexed.row)
    _, found = _look_up([Asked(row) for row in rows.values()], apart)
    followed: dict[UUID, UUID] = {}
    while True:
        known = frozenset({chosen, *followed.values()})
        more = {
            identity: person
            for identity, one in zip(rows, found, strict=True)
            if identity not in followed
            for person in dict.fromkeys(held.person for held in one.held)
            if follows(one, person, known)
        }
        if not more:
            return followed
        followed |= more


@dataclass(frozen=True, slots=True)
class _Weigher:
    """The model that stands, and its name."""

    model: Model
    name: str

    def held(self, asked: Asked, rows: Iterable[Indexed]) -> tuple[Held, ...]:
        return tuple(Held(r.person, r.identity, r.row, self.model.weigh(asked.row, r.row, {})) for r in rows)


def _look_up(asked: Sequence[Asked], apart: frozenset[UUID] = frozenset()) -> tuple[_Weigher, list[Found]]:
    """Everybody beside each of these, by every row of theirs: what another identity says against them counts too."""
    answers = [look_up(one.row) for one in asked]
    people = {row.person for answer in answers for row in answer.rows} - apart
    rows: dict[UUID, list[Indexed]] = defaultdict(list)
    for row in rows_of_people(people):
        rows[row.person].append(row)
    near = _near(people)
    weigher = _Weigher(*standing(next((r.model for them in rows.values() for r in them), None)))
    found = []
    for one, answer in zip(asked, answers, strict=True):
        theirs = [p for p in dict.fromkeys(row.person for row in answer.rows) if p in people]
        held = weigher.held(one, (row for person in theirs for row in rows[person]))
        found.append(Found(one, held, {p: near[p] for p in theirs}, answer.cut))
    return weigher, found


def _with_relatives(weigher: _Weigher, found: Sequence[Found], relatives: set[UUID]) -> list[Found]:
    if not relatives:
        return list(found)
    rows = rows_of_people(relatives)
    unborn = _unborn(row.identity for row in rows)
    near = _near(relatives)
    widened = []
    for one in found:
        known = {held.person for held in one.held}
        more = weigher.held(one.asked, (row for row in rows if row.person not in known))
        held = tuple(replace(h, unborn=h.identity in unborn, expected=unborn.get(h.identity)) for h in one.held + more)
        widened.append(replace(one, held=held, near={**{p: near[p] for p in relatives}, **one.near}))
    return widened


def _asked(one: Described) -> Asked:
    row = row_of(
        given_name=one.given_name,
        family_name=one.family_name,
        born="" if one.unborn or one.born is None else one.born.stated[:10],
        sex=one.sex,
        nhs_number=one.nhs_number,
        upn=one.upn,
        home=home_of(one.address),
    )
    return Asked(row, one.unborn, one.born.start if one.unborn and one.born is not None else None)


def _unborn(identities: Iterable[UUID]) -> dict[UUID, date | None]:
    """Of these identities, those who were not born when they were written down, and when they were expected."""
    rows = IdentityRow.objects.filter(id__in=set(identities), type=_UNBORN).values_list("id", "born")
    return {identity: When.parse(born).start if born else None for identity, born in rows}


def _near(people: Iterable[UUID]) -> defaultdict[UUID, frozenset[UUID]]:
    """The parents and children of each of these people."""
    near: defaultdict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    own = list(BelongsRow.objects.filter(person__in=set(people)).values_list("identity", flat=True))
    ties = RelationshipRow.objects.filter(relation__in=[r.value for r in PARENTAL])
    rows = list(ties.filter(Q(identity__in=own) | Q(other__in=own)).values_list("identity", "other"))
    ends = {i for row in rows for i in row}
    person = dict(BelongsRow.objects.filter(identity__in=ends).values_list("identity", "person"))
    for one, other in rows:
        near[person[one]] |= {person[other]}
        near[person[other]] |= {person[one]}
    return near
