"""What was decided about who somebody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from wholepicture.people.joining.types import Belonging, Card, Decision
from wholepicture.people.models import BelongsRow, GroupingRow, IdentityRow, StandsRow

_MOST_NAMESAKES = 50  # beyond so many a warning warns of nobody


def belongings_of(person: UUID) -> list[Belonging]:
    """Every identity of the person with what was decided of it, the first known first."""
    identities = BelongsRow.objects.filter(person=person).values_list("identity", flat=True)
    decided: dict[UUID, list[Decision]] = defaultdict(list)
    for row in GroupingRow.objects.filter(identity__in=list(identities)).order_by("id"):
        decided[row.identity_id].append(Decision(row.pk, row.person_id, row.by, row.decided_at, row.ground))
    founds = _founded({d.person for rows in decided.values() for d in rows})
    found = [Belonging(i, tuple(rows), founds.get(i, ())) for i, rows in decided.items()]
    return sorted(found, key=lambda b: b.decisions[0].number)


def _founded(people: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    first = GroupingRow.objects.filter(person__in=people).order_by("person", "id").distinct("person")
    found: dict[UUID, tuple[UUID, ...]] = {}
    for identity, person in first.values_list("identity", "person"):
        found[identity] = (*found.get(identity, ()), person)
    return found


def stand_ins(person: UUID) -> list[UUID]:
    """The ids of others that stand for this person now: each was somebody apart once."""
    return sorted(StandsRow.objects.filter(person=person).values_list("handle", flat=True))


def cards_of(person: UUID) -> list[Card]:
    """Every identity of the person that the viewer may see, the first known first; inside `viewing` or `acting`."""
    held = belongings_of(person)
    rows = {row.id: row for row in IdentityRow.objects.filter(id__in=[b.identity for b in held])}
    return [_card(rows[b.identity], b, person) for b in held if b.identity in rows]


def _card(row: IdentityRow, belonging: Belonging, person: UUID) -> Card:
    return Card(
        identity=row.id,
        agency=row.agency,
        name=f"{row.given_name} {row.family_name}".strip(),
        born=row.born,
        sex=row.sex if row.sex != "unknown" else "",
        nhs_number=row.nhs_number,
        upn=row.upn,
        reference=row.reference,
        language=row.language,
        stored_at=row.stored_at,
        decided=belonging.decisions[-1],
        first=person in belonging.founds,
    )


def namesakes(person: UUID) -> list[UUID]:
    """Others whom the viewer may see and who bear a name that this person bears; inside `viewing`."""
    own = list(BelongsRow.objects.filter(person=person).values_list("identity", flat=True))
    names = IdentityRow.objects.filter(id__in=own).exclude(name_folded="").values_list("name_folded", flat=True)
    alike = list(IdentityRow.objects.filter(name_folded__in=set(names)).values_list("id", flat=True)[:_MOST_NAMESAKES])
    found = BelongsRow.objects.filter(identity__in=alike).exclude(person=person).values_list("person", flat=True)
    return sorted(set(found))
