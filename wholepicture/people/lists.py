"""Reads for lists: many people at once, each as their page names them, in a few queries however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from wholepicture.people.loading import build_record
from wholepicture.people.models import BelongsRow, IdentityRow
from wholepicture.people.types import Person


def people_named(people: Sequence[UUID]) -> dict[UUID, Person]:
    """These people, as far as the viewer may see them; call inside `access.viewing`."""
    belongs = dict(BelongsRow.objects.filter(person__in=list(people)).values_list("identity", "person"))
    identities = list(IdentityRow.objects.filter(id__in=list(belongs)).order_by("stored_at", "id"))
    shown = {row.id: belongs[row.id] for row in identities}
    return {UUID(key): person for key, person in build_record(identities, shown, (), (), area="").people.items()}
