"""Reads of retention: what is due and held (the engine), and holds, decisions and tombstones (row by row)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connections

from wholepicture.foundation.working_days import months_before
from wholepicture.record.models import HoldRow, RetentionDecisionRow, TombstoneRow

SHORTEST: Final = 15  # years: no line of the schedule is shorter after a birth

# Whoever is in the record of a child who cannot be due yet is left out before anybody's day is worked out.
_DUE = """
WITH young AS MATERIALIZED (
  SELECT DISTINCT b.person FROM people_decided b JOIN people_identity n ON n.id = b.identity
  WHERE n.type IN ('child', 'unborn') AND (n.born_start IS NULL OR n.born_start > %(young)s)),
near AS MATERIALIZED (
  SELECT person FROM young
  UNION SELECT o.person FROM young y JOIN people_decided b ON b.person = y.person
    JOIN people_relationship r ON b.identity IN (r.identity, r.other)
    JOIN people_decided o ON o.identity IN (r.identity, r.other))
SELECT p.id, d.day FROM people_person p CROSS JOIN LATERAL (SELECT record_due_on(p.id) AS day) AS d
WHERE p.id NOT IN (SELECT person FROM near) AND d.day <= %(today)s ORDER BY d.day, p.id"""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as pages show it; `lifted` says by whom and why, blank while it stands."""

    id: UUID
    person: UUID
    ground: str
    reason: str
    by_name: str
    at: datetime
    lifted: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was decided of a record that fell due; `confirmed_by` blank while nobody has."""

    id: UUID
    person: UUID
    line: str
    due_on: date
    destroy: bool
    keep_until: date | None
    reason: str
    by: UUID
    by_name: str
    at: datetime
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That something was destroyed, and how many rows of each kind."""

    id: UUID
    person: UUID
    line: str
    due_on: date
    decided_by: str
    confirmed_by: str
    digest: str
    at: datetime
    kinds: tuple[tuple[str, int], ...]


def due_on(person: UUID) -> date | None:
    """The day on which a record falls due, as the database works it out; only inside `acting`."""
    found = _asked("SELECT record_due_on(%s)", person)
    return found if isinstance(found, date) else None


def held(person: UUID) -> bool:
    """Whether anything holds a record, an open request for it among them; only inside `acting`."""
    return bool(_asked("SELECT record_held(%s)", person))


def busy(person: UUID) -> str:
    """`request` or `recent` where an open request or the last year holds a record by itself; only inside `acting`."""
    return str(_asked("SELECT record_busy(%s)", person))


def written_since(decision: Reviewed) -> bool:
    """Whether anything was written about a person after what was decided of them; only inside `acting`."""
    return bool(
        _asked(
            "SELECT record_written_since(person, stored_at) FROM record_retention_decision WHERE id = %s", decision.id
        )
    )


def due_people(today: date) -> list[tuple[UUID, date]]:
    """Everybody whose record is due by a day, the longest due first; only inside `acting`."""
    with connections["engine"].cursor() as cursor:
        cursor.execute(_DUE, {"young": months_before(today, 12 * SHORTEST), "today": today})
        return [(row[0], row[1]) for row in cursor.fetchall()]


def holds(person: UUID | None = None) -> list[Hold]:
    """Every hold, or those on one person, the latest first; inside `viewing` or `acting`."""
    rows = HoldRow.objects.select_related("holdendrow").order_by("-at", "id")
    if person is not None:
        rows = rows.filter(person=person)
    return [_hold(row) for row in rows]


def reviewed(person: UUID) -> list[Reviewed]:
    """What was decided of a person's record, the latest first; inside `viewing` or `acting`."""
    rows = RetentionDecisionRow.objects.filter(person=person).select_related("retentionconfirmrow")
    return [_reviewed(row) for row in rows.order_by("-stored_at", "-id")]


def tombstones() -> list[Tombstone]:
    """Everything that was destroyed, the latest first; inside `viewing` or `acting`."""
    rows = TombstoneRow.objects.select_related("decision__retentionconfirmrow").prefetch_related("items")
    return [_tombstone(row) for row in rows.order_by("-at", "id")]


def _asked(query: str, person: UUID) -> object:
    with connections["engine"].cursor() as cursor:
        cursor.execute(query, [person])
        [found] = cursor.fetchone() or (None,)
    return found


def _hold(row: HoldRow) -> Hold:
    end = getattr(row, "holdendrow", None)
    lifted = f"{end.by_name}: {end.reason}" if end else ""
    return Hold(row.id, row.person, row.ground, row.reason, row.by_name, row.at, lifted)


def _reviewed(row: RetentionDecisionRow) -> Reviewed:
    second = getattr(row, "retentionconfirmrow", None)
    return Reviewed(
        id=row.id, person=row.person, line=row.line, due_on=row.due_on, destroy=row.destroy, keep_until=row.keep_until,
        reason=row.reason, by=row.by, by_name=row.by_name, at=row.at, confirmed_by=second.by_name if second else "",
    )  # fmt: skip


def _tombstone(row: TombstoneRow) -> Tombstone:
    counts = Counter(item.kind for item in row.items.all())
    return Tombstone(
        id=row.id, person=row.person, line=row.line, due_on=row.due_on, decided_by=row.decision.by_name,
        confirmed_by=row.decision.retentionconfirmrow.by_name, digest=row.digest, at=row.at,
        kinds=tuple(sorted(counts.items())),
    )  # fmt: skip
