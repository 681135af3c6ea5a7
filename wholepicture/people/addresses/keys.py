"""The keys that addresses are matched on. A shielded address has none: the database takes it away with the shield."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from wholepicture.people.addresses.models import AddressKeyRow

# One home is at most so many identities' worth a look; a hostel or a barracks says nothing of who somebody is.
_MOST_AT_ONE_ADDRESS = 60


def identities_at(key: str) -> list[UUID]:
    """Identities whose address this is, as far as it may be matched on; only inside `acting`."""
    found = AddressKeyRow.objects.filter(key=key).order_by("identity").values_list("identity", flat=True)
    return list(found[:_MOST_AT_ONE_ADDRESS])


def keys_of(identities: Sequence[UUID]) -> defaultdict[UUID, frozenset[str]]:
    """The keys of each identity's addresses that may be matched on, in one query; only inside `acting`."""
    found: defaultdict[UUID, frozenset[str]] = defaultdict(frozenset)
    rows = AddressKeyRow.objects.filter(identity__in=list(identities)).values_list("identity", "key")
    for identity, key in rows:
        found[identity] |= {key}
    return found
