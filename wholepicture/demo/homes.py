"""Where the town's families live, and three of whom the mother fled: her address is shielded, the father's is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.operations import involve
from wholepicture.demo.household import Household
from wholepicture.demo.types import DemoFamily, DemoHome
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.addresses.operations import shield, store_addresses
from wholepicture.people.addresses.types import AddressSort, NewAddress, NewShield, ShieldReason
from wholepicture.people.storing import SourceKeys
from wholepicture.people.types import Relation

FLED_STORIES: Final = ("repeated_abuse", "new_partner")
MOST_FLED: Final = 3
HOLDER: Final = "advocates"
FLED_DAYS: Final = 30
# No postcode begins with Q, so none of these is anybody's.
_REFUGES: Final = (("Rowan House", "4 Mill Yard", "Brackenford"), ("9a Cross Lane", "Brackenford"),
                   ("Flat 2, 31 Castle Hill", "Brackenford"))  # fmt: skip


def home_of(home: Household, prefix: str) -> DemoHome:
    """The household's address, as a letter would bear it, and who lives there by their keys in the record."""
    place, _, rest = home.address.partition("-")
    street, _, number = rest.rpartition("-")
    line = f"{number} {street.replace('-', ' ').title()}"
    sector = 1 + sum(map(ord, street)) % 9
    return DemoHome(
        lines=(line, place.title()),
        postcode=f"QA{sector} {int(number) % 9 + 1}{street[0].upper()}{street[-1].upper()}",
        since=home.moved,
        people=tuple(prefix + m.key for m in home.members.values() if m.home),
    )


def store_homes(families: Sequence[DemoFamily], keys: SourceKeys, source: str, now: datetime) -> None:
    """Keep where everybody lives; only inside `acting`."""
    fled = {person for family in families if family.fled for person in _safe(family)}
    store_addresses(addresses=_lived(families, keys, fled, now), source_system=source, now=now)


def fled_of(families: Sequence[DemoFamily]) -> set[int]:
    """The numbers of the families whose mother fled: the last few of the stories that lead there."""
    found = [f.number for f in families if f.story in FLED_STORIES and _against(f)]
    return set(found[1:][-MOST_FLED:] or found)


def keep_who_fled(
    families: Sequence[DemoFamily], keys: SourceKeys, authority: Authority, source: str, now: datetime
) -> None:
    """The new address of each mother who fled and of her children, and the shield on it; only inside `acting`."""
    day = now.astimezone(ENGLAND).date() - timedelta(days=FLED_DAYS)
    for family, lines in zip((f for f in families if f.fled), _refuge(), strict=False):
        safe = [p for p in _safe(family) if p in keys.person]
        refuge = NewAddress(lines, "QB7 3RH", AddressSort.REFUGE, from_=When.on(day), source="mother")
        store_addresses(addresses=[(keys.card[p], refuge) for p in safe], source_system=source, now=now)
        people = [keys.person[p] for p in safe]
        involve(authority=authority, team=HOLDER, people=people, ground="safety plan", since=now)
        against: tuple[UUID, ...] = tuple(keys.person[p] for p in _against(family))
        new = NewShield(ShieldReason.FLEEING, "Ring the advocates before anything is posted.", "her former partner",
                        day, people_from=against)  # fmt: skip
        shield(authority=authority, people=people, new=new, holder_team=HOLDER, now=now)


def _refuge() -> Iterator[tuple[str, ...]]:
    while True:
        yield from _REFUGES


def _lived(
    families: Sequence[DemoFamily], keys: SourceKeys, fled: set[str], now: datetime
) -> Iterator[tuple[UUID, NewAddress]]:
    left = When.on(now.astimezone(ENGLAND).date() - timedelta(days=FLED_DAYS))
    for family in families:
        home = family.home
        since = When.on(home.since) if home.since else None
        for person in home.people:
            yield (
                keys.card[person],
                NewAddress(
                    home.lines, home.postcode, from_=since, to=left if person in fled else None, source="housing"
                ),
            )


def _safe(family: DemoFamily) -> list[str]:
    """The mother and the children who live with her."""
    record, home = family.record, set(family.home.people)
    children = [c.key for c in record.children if c.key in home]
    mothers = [m for c in children[:1] for m in record.related(c, (Relation.MOTHER,)) if m in home]
    return [*mothers, *children] if mothers else []


def _against(family: DemoFamily) -> list[str]:
    record = family.record
    children = [c.key for c in record.children]
    mothers = [m for c in children for m in record.related(c, (Relation.MOTHER,))]
    partners = [p for m in mothers[:1] for p in record.related(m, (Relation.PARTNER, Relation.EX_PARTNER))]
    fathers = [p for c in children[:1] for p in record.related(c, (Relation.FATHER,))]
    return list(dict.fromkeys(partners or fathers))
