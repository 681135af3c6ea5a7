"""What tables hold of addresses, shields and releases, as values. Others read it through `queries`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from wholepicture.access.engine import engine_is_acting
from wholepicture.people.addresses.models import (
    AddressRow,
    ReleaseRow,
    ShieldEndAskRow,
    ShieldReviewRow,
    ShieldRow,
)
from wholepicture.people.addresses.types import Address, AddressSort, Release, Review, Shield, ShieldReason
from wholepicture.people.loading import when
from wholepicture.people.models import BelongsRow


@dataclass(frozen=True, slots=True)
class Held:
    """That a shield lies on somebody: which team to ask. `open` where this viewer may read what it keeps."""

    shield: UUID
    team: str
    team_name: str
    phone: str
    open: bool


def statements_of(people: Sequence[UUID]) -> dict[UUID, list[Address]]:
    """Each person's addresses as ever stated, the latest first, with those that a later statement corrects."""
    return _stated(people, AddressRow.objects.all())


def addresses_of(people: Sequence[UUID]) -> dict[UUID, list[Address]]:
    """Each person's addresses, the latest first; what a later statement corrects is left out."""
    return _stated(people, AddressRow.objects.filter(addressrow__isnull=True))


def current_address(person: UUID, *, at: date) -> Address | None:
    """Where the person lives on that day, as last stated; None where nobody said, or this reader may not know it."""
    lived = [a for a in addresses_of([person])[person] if a.sort.lived_at]
    return next((a for a in lived if a.holds_on(at)), None)


def old_addresses(person: UUID, *, at: date) -> tuple[Address, ...]:
    """Where the person had certainly ceased to live by that day, or has lived since somewhere else; latest first.

    A letter to one of these must not go. The same home under an older statement is no old address.
    """
    lived = [a for a in addresses_of([person])[person] if a.sort.lived_at]
    now = next((a for a in lived if a.holds_on(at)), None)
    return tuple(a for a in lived if a.left_before(at) or (now is not None and a != now and a.from_before(now)))


def held_of(person: UUID) -> list[Held]:
    """The shields on a person whom the viewer sees, and the team to ask of each; call inside `viewing`."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT shield, team, team_name, phone, open FROM access_shields_of(%s)", [person])
        return [Held(*row) for row in cursor.fetchall()]


def places_kept(entries: Sequence[UUID]) -> set[UUID]:
    """Those of these entries whose places a shield keeps from the viewer; none inside `acting`.

    An entry of the viewer's own agency never is. Words beside the others that name a place are not to be shown.
    """
    if engine_is_acting() or not entries:
        return set()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM access_entries_kept(%s)", [list(entries)])
        return {row[0] for row in cursor.fetchall()}


def shields_of(people: Iterable[UUID]) -> list[Shield]:
    """The shields in force on these people that the reader's team holds, the first set first."""
    return _shields(ShieldRow.objects.filter(person__in=list(people), shieldendrow__isnull=True))


def shields_held(*, teams: Iterable[str] | None = None) -> list[Shield]:
    """The shields in force that the reader's teams hold (or, of those, these teams), the first due for review first."""
    rows = ShieldRow.objects.filter(shieldendrow__isnull=True)
    found = _shields(rows if teams is None else rows.filter(holder_team__in=list(teams)))
    return sorted(found, key=lambda s: (s.review_by, s.set_at))


def overdue_shields(*, day: date) -> list[Shield]:
    """Those that the reader's teams hold whose review was due before that day. They are in force (issue: silence)."""
    return [shield for shield in shields_held() if shield.overdue(day)]


def releases_of(person: UUID) -> list[Release]:
    """Every asking of a release upon a person and what was decided, the latest first."""
    return _releases(ReleaseRow.objects.filter(person=person))


def releases_to_decide() -> list[Release]:
    """Askings shown to the reader that nobody has decided, the latest first; call inside `viewing`."""
    return _releases(ReleaseRow.objects.filter(releasedecisionrow__isnull=True))


def _stated(people: Sequence[UUID], rows: QuerySet[AddressRow]) -> dict[UUID, list[Address]]:
    person_of = dict(BelongsRow.objects.filter(person__in=list(people)).values_list("identity", "person"))
    found: dict[UUID, list[Address]] = {person: [] for person in people}
    for row in rows.filter(identity__in=list(person_of)):
        found[person_of[row.identity]].append(address_of(row, person_of[row.identity]))
    return {person: sorted(theirs, key=latest_first) for person, theirs in found.items()}


def address_of(row: AddressRow, person: UUID) -> Address:
    """A row as a value."""
    return Address(
        id=row.id, root=row.root, person=person, sort=AddressSort(row.sort), lines=tuple(row.lines.split("\n")),
        postcode=row.postcode, phone=row.phone, from_=when(row.lived_from), to=when(row.lived_to),
        known_from=when(row.known_from), source=row.source, agency=row.agency, by_name=row.by_name,
        recorded_at=row.recorded_at,
    )  # fmt: skip


def latest_first(address: Address) -> tuple[int, float]:
    """Sorts by the day since when, the latest first, and what nobody dated last; then by when it was recorded."""
    begun = address.from_.start if address.from_ else date.min
    return (-begun.toordinal(), -address.recorded_at.timestamp())


def _shields(rows: Iterable[ShieldRow]) -> list[Shield]:
    found = sorted(rows, key=lambda row: (row.set_at, row.id))
    ids = [row.id for row in found]
    reviews: defaultdict[UUID, list[Review]] = defaultdict(list)
    for r in ShieldReviewRow.objects.filter(shield__in=ids).order_by("at", "id"):
        reviews[r.shield_id].append(Review(r.words, r.by_name, r.at, r.review_by))
    asked = {row.shield_id: row for row in ShieldEndAskRow.objects.filter(shield__in=ids).order_by("at", "id")}
    return [_shield(row, tuple(reviews[row.id]), asked.get(row.id)) for row in found]


def _shield(row: ShieldRow, reviews: tuple[Review, ...], asked: ShieldEndAskRow | None) -> Shield:
    return Shield(
        id=row.id, person=row.person, address=row.address, reason=ShieldReason(row.reason), words=row.words,
        from_whom=row.from_whom, holder_team=row.holder_team, covers_from=row.covers_from, set_by=row.set_by,
        set_by_name=row.set_by_name, set_at=row.set_at,
        review_by=reviews[-1].review_by if reviews else row.review_by, reviews=reviews,
        end_asked_by=asked.by if asked else None, end_asked_by_name=asked.by_name if asked else "",
        end_asked_why=asked.why if asked else "",
    )  # fmt: skip


def _releases(rows: Iterable[ReleaseRow]) -> list[Release]:
    found = sorted(rows, key=lambda row: (row.asked_at, row.id), reverse=True)
    return [_release(row) for row in found]


def _release(row: ReleaseRow) -> Release:
    decided = getattr(row, "releasedecisionrow", None)
    return Release(
        id=row.id, shield=row.shield_id, person=row.person, reader=row.reader, reader_name=row.reader_name,
        document=row.document, why=row.why, hours=row.hours, asked_by=row.asked_by, asked_by_name=row.asked_by_name,
        asked_by_team=row.asked_by_team, asked_at=row.asked_at,
        **({} if decided is None else {
            "granted": decided.granted, "decided_by_name": decided.by_name, "decided_why": decided.why,
            "decided_at": decided.at, "until": decided.until}),
    )  # fmt: skip
