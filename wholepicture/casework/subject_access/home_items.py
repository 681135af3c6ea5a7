"""The addresses held of a person, each as an item (UK GDPR Article 15(1)): what a shield keeps is counted elsewhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from wholepicture.casework.subject_access.types import ADDRESS, Item, Part
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.addresses.reading import statements_of
from wholepicture.people.addresses.types import Address
from wholepicture.record.kinds import agency_label


def address_items(person: UUID, day: date) -> list[Item]:
    """Every statement of an address of the person that was held on a day and that the reader may see."""
    held = [a for a in statements_of([person])[person] if _recorded(a) <= day]
    later = {a.root: a for a in sorted(held, key=lambda a: a.recorded_at)}
    return [_item(a, corrected=later[a.root] != a) for a in held]


def _item(address: Address, *, corrected: bool) -> Item:
    recorded = When.on(_recorded(address)).in_words()
    written = ", ".join(p for p in (agency_label(address.agency) if address.agency else "", address.by_name) if p)
    said = [
        ("address", "Address", address.in_one_line),
        ("sort", "What it is", address.sort.words),
        ("phone", "Telephone", address.phone),
        ("from", "From", _when(address.from_)),
        ("to", "To", _when(address.to)),
        ("known", "Known since", _when(address.known_from)),
        ("written", "Written by", f"{written}; written down {recorded}" if written else f"Written down {recorded}"),
        ("source", "Source", address.source),
        ("corrected", "Correction", "A later statement corrects this." if corrected else ""),
    ]
    on = address.from_.start if address.from_ else _recorded(address)
    parts = tuple(Part(*row) for row in said if row[2])
    return Item(address.id, ADDRESS, on, f"from {_when(address.from_)}" if address.from_ else "", "An address", parts)


def _when(when: When | None) -> str:
    return when.in_words() if when else ""


def _recorded(address: Address) -> date:
    return address.recorded_at.astimezone(ENGLAND).date()
