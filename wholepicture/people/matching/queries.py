"""Looks up whom a described person may be, in the whole record: the engine sees more than the reader (principle 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem, upn_problem
from wholepicture.foundation.names import fold
from wholepicture.foundation.when import When
from wholepicture.people.addresses.keys import identities_at, keys_of
from wholepicture.people.matching.rules import decide_together, swapped_day
from wholepicture.people.matching.types import Described, KnownIdentity, Verdict
from wholepicture.people.models import BelongsRow, IdentityRow, RelationshipRow
from wholepicture.people.types import PARENTAL

# Namesakes beyond this many are no help to somebody choosing; identifiers and birth dates are looked up first.
_MOST_LOOKED_AT = 400


def match_together(described: Sequence[Described]) -> list[Verdict]:
    """Who each of these people named together may be. Only inside `acting`: it reads every identity.

    Whoever one of them may be has parents and children on record: the others are compared with those too, however
    their own names were spelt.
    """
    known = [_found(one) for one in described]
    first = decide_together(list(zip(described, known, strict=True)))
    likely = {v.link for v in first if v.link} | {c.person for v in first for c in v.candidates}
    relatives = {near for rows in known for k in rows if k.person in likely for near in k.near}
    more = _identities_of(relatives)
    return decide_together([(one, _once([*rows, *more])) for one, rows in zip(described, known, strict=True)])


def match_again(identities: Sequence[UUID], *, without: Iterable[UUID]) -> dict[UUID, Verdict]:
    """Who the people of these identities may be, now that more is known of those named with them.

    `without` are persons who exist only because nobody had been linked yet: they would match themselves.
    """
    rows = {row.id: row for row in IdentityRow.objects.filter(id__in=list(identities)).order_by("id")}
    apart = frozenset(without)
    keys = keys_of(list(rows))
    described = [_described(row, keys[row.id]) for row in rows.values()]
    known = [[k for k in _found(one) if k.person not in apart] for one in described]
    return dict(zip(rows, decide_together(list(zip(described, known, strict=True))), strict=True))


def _described(row: IdentityRow, keys: frozenset[str]) -> Described:
    born = When.parse(row.born) if row.born else None
    address = min(keys, default="")
    return Described(row.given_name, row.family_name, born, row.sex, row.nhs_number, row.upn, address)


def _found(one: Described) -> list[KnownIdentity]:
    wanted = _lookup(one)
    if wanted is None:
        return []
    found = IdentityRow.objects.filter(wanted).order_by("id").values_list("id", flat=True)[:_MOST_LOOKED_AT]
    return _identities_of(BelongsRow.objects.filter(identity__in=list(found)).values_list("person", flat=True))


def _once(rows: Iterable[KnownIdentity]) -> list[KnownIdentity]:
    return list(dict.fromkeys(rows))


def _identities_of(persons: Iterable[UUID]) -> list[KnownIdentity]:
    belongs = dict(BelongsRow.objects.filter(person__in=set(persons)).values_list("identity", "person"))
    near = _near(belongs)
    keys = keys_of(list(belongs))
    return [
        _known_identity(row, belongs[row.id], frozenset(near[belongs[row.id]]), keys[row.id])
        for row in IdentityRow.objects.filter(id__in=list(belongs)).order_by("id")
    ]


def _lookup(one: Described) -> Q | None:
    """Rows that could agree in enough to be worth a look; None where too little is said to look anybody up by."""
    given, family = fold(one.given_name), fold(one.family_name)
    parts = [Q(nhs_number=nhs_number(one.nhs_number))] if _valid(one.nhs_number, nhs_number_problem) else []
    if _valid(one.upn, upn_problem):
        parts.append(Q(upn=one.upn))
    if given and family:
        parts += [Q(name_folded=f"{family} {given}"), Q(name_folded=f"{given} {family}")]
    if one.born is not None and (given or family):
        parts += [Q(born_start=day) for day in _days(one.born)]
        if family:
            parts.append(Q(name_folded__startswith=f"{family} ", born_start__year=one.born.start.year))
    if one.address_key:
        # Looked up apart: an address that nobody has and one that is shielded are the same empty list.
        parts.append(Q(id__in=identities_at(one.address_key)))
    if not parts:
        return None
    wanted = parts[0]
    for part in parts[1:]:
        wanted |= part
    return wanted


def _valid(number: str, problem: Callable[[str], str | None]) -> bool:
    return bool(number) and problem(number) is None


def _days(born: When) -> list[date]:
    swapped = swapped_day(born)
    return [born.start, *([date(*swapped)] if swapped else [])]


def _near(belongs: dict[UUID, UUID]) -> dict[UUID, set[UUID]]:
    near: dict[UUID, set[UUID]] = defaultdict(set)
    ids = list(belongs)
    ties = RelationshipRow.objects.filter(relation__in=[r.value for r in PARENTAL])
    rows = list(ties.filter(Q(identity__in=ids) | Q(other__in=ids)).values_list("identity", "other"))
    ends = {i for row in rows for i in row}
    person = dict(BelongsRow.objects.filter(identity__in=ends).values_list("identity", "person"))
    for one, other in rows:
        near[person[one]].add(person[other])
        near[person[other]].add(person[one])
    return near


def _known_identity(row: IdentityRow, person: UUID, near: frozenset[UUID], keys: frozenset[str]) -> KnownIdentity:
    return KnownIdentity(
        person=person,
        given_name=row.given_name,
        family_name=row.family_name,
        born=When.parse(row.born) if row.born else None,
        sex=row.sex,
        nhs_number=row.nhs_number,
        upn=row.upn,
        address_keys=keys,
        near=near,
    )
