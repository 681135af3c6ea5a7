"""What a shield keeps is kept of whomever an identity turns out to be: a person who was new when the shield was set."""

from __future__ import annotations

from uuid import UUID

from django.forms.models import model_to_dict

from wholepicture.foundation.ids import new_id
from wholepicture.people.addresses.models import AddressRow, ShieldFromRow, ShieldRow

_LIVE = {"shieldendrow__isnull": True}
_SAME = ("address", "reason", "from_whom", "holder_team", "covers_from", "set_at")


def shield_whoever_is_joined(*, identity: UUID, before: UUID, after: UUID) -> None:
    """Carry the shields on `before`, and those against them, to `after`, whose this identity is about to be.

    Only inside `acting`, and before the identity is joined: at no moment is its address to be read or matched on. The
    shields on `before` stand, for the joining may be undone.
    """
    roots = set(AddressRow.objects.filter(identity=identity).values_list("root", flat=True))
    for row in ShieldRow.objects.filter(person=before, **_LIVE).order_by("set_at", "id"):
        if row.address is None or row.address in roots:
            _carry(row, after)
    against = ShieldFromRow.objects.filter(person=before, shield__shieldendrow__isnull=True).exclude(
        shield__person=after
    )
    for shield in list(dict.fromkeys(against.order_by("id").values_list("shield_id", flat=True))):
        if not ShieldFromRow.objects.filter(shield_id=shield, person=after).exists():
            ShieldFromRow.objects.create(shield_id=shield, person=after)


def _carry(row: ShieldRow, after: UUID) -> None:
    same = {name: getattr(row, name) for name in _SAME}
    if ShieldRow.objects.filter(person=after, **same, **_LIVE).exists():
        return
    fields = model_to_dict(row, exclude=["id", "person"])
    carried = ShieldRow(**fields | {"id": new_id(), "person": after})
    carried.save(force_insert=True)
    kept_from = ShieldFromRow.objects.filter(shield=row).exclude(person=after).values_list("person", flat=True)
    ShieldFromRow.objects.bulk_create(ShieldFromRow(shield=carried, person=person) for person in kept_from)
