"""To whom somebody’s information went, where it went as part of what was sent about another; and what a shield keeps.

Call inside `access.viewing`; inside `acting` nothing is kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections

from wholepicture.access.engine import engine_is_acting
from wholepicture.casework.disclosure.gateways import Gateway, gateway
from wholepicture.casework.disclosure.models import DisclosureEventRow, DisclosureItemRow
from wholepicture.casework.disclosure.types import Event, RecipientKind
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.queries import identities_of
from wholepicture.record.queries import entries_about


@dataclass(frozen=True, slots=True)
class Beside:
    """Entries about somebody that went in what was sent about another: to what sort of recipient, and by which law.

    Neither the recipient nor whom it was about is named: a school to which it went may lead to a hidden child.
    """

    disclosure: UUID
    day: date
    kind: RecipientKind
    role: str
    gateway: Gateway | None
    entries: int


def told_beside(person: UUID, until: date) -> list[Beside]:
    """What went of a person beside somebody else, up to a day; of nobody from whom the viewer is kept."""
    return [
        Beside(disclosure, day, RecipientKind(kind), role, gateway(law), number)
        for disclosure, day, kind, role, law, number in (
            _as_engine(person, until) if engine_is_acting() else _as_viewer(person, until)
        )
    ]


def kept_from_reader(child: UUID, until: date | None = None) -> int:
    """How many rows of the ledger of a child, whom the viewer sees, a shield keeps from the viewer: of what went to
    somebody, or was asked by somebody, who could lead to the place."""
    return _number("SELECT casework_disclosures_kept(%s, %s)", child, until)


def addresses_kept(person: UUID, until: date) -> int:
    """How many addresses of a person, whom the viewer sees, a shield keeps from the viewer."""
    return _number("SELECT casework_addresses_kept(%s, %s)", person, until)


def _number(query: str, person: UUID, until: date | None) -> int:
    if engine_is_acting():
        return 0
    with connections["default"].cursor() as cursor:
        cursor.execute(query, [person, until])
        return int(cursor.fetchone()[0])


_Row = tuple[UUID, date, str, str, str, int]


def _as_viewer(person: UUID, until: date) -> list[_Row]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM casework_told_beside(%s, %s)", [person, until])
        return list(cursor.fetchall())


def _as_engine(person: UUID, until: date) -> list[_Row]:
    about = [UUID(s.entry.id) for s in entries_about(identities_of(person))]
    rows = DisclosureItemRow.objects.filter(entry__in=about, left_out="").exclude(disclosure__child=person)
    went: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        went[row.disclosure_id].add(row.entry)
    sent = DisclosureEventRow.objects.filter(disclosure__in=list(went), event=Event.SENT.value).order_by(
        "at", "disclosure"
    )
    found = [(e.disclosure, e.at.astimezone(ENGLAND).date()) for e in sent.select_related("disclosure")]
    return [
        (d.id, day, d.recipient_kind, d.recipient_role, d.gateway, len(went[d.id])) for d, day in found if day <= until
    ]
