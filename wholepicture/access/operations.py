"""Opening the record: to read it (`viewing`) or to act on it (`acting`), always with the audit row first."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from wholepicture.access.audit.sink import keep, look
from wholepicture.access.bulk import insert_all
from wholepicture.access.engine import as_engine, refuse_to_act_while_showing
from wholepicture.access.models import AuditRow, InvolvementEndRow, InvolvementRow, SessionEndRow, SessionRow
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.foundation import identifiers
from wholepicture.foundation.authority import Actor, Authority, Purpose, Viewer
from wholepicture.foundation.names import fold
from wholepicture.foundation.refusals import Refused

SESSION_LENGTH = timedelta(hours=12)
IDLE = timedelta(minutes=15)
"""Unused for so long, a session is over: the database says so (ASSURANCE 6; migration 0005)."""
SYSTEM = Actor("", "Whole Picture", "system", "other/whole-picture", "")

_CANNOT_WRITE = {"25006", "55P03", "58030"}
"""Read-only transaction, lock not available, input or output error; class 53 besides: disk full, out of memory."""

_logger = logging.getLogger(__name__)

_AUDIT = """INSERT INTO access_audit (clock, practitioner, agency, role, act, purpose, ground, person, entry, chain)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def token_hash(token: str) -> str:
    """What the database keeps of a session's token (SHA-256, hexadecimal)."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(
    *, practitioner: UUID, now: datetime, second_factor: str = "", length: timedelta = SESSION_LENGTH
) -> str:
    """Start a session of at most twelve hours and return its token; the database keeps only the hash.

    It refuses one without a second factor (`passkey`, `code`, ...) but for a practitioner of the demonstration.
    """
    token = secrets.token_urlsafe(32)
    with as_engine(), transaction.atomic(using="engine"):
        SessionRow.objects.create(
            token_hash=token_hash(token),
            practitioner=practitioner,
            expires_at=now + min(length, SESSION_LENGTH),
            second_factor=second_factor,
        )
    return token


def end_session(*, token: str) -> None:
    """End a session at once; ending it twice changes nothing."""
    with as_engine(), transaction.atomic(using="engine"):
        _end([token_hash(token)])


def end_sessions(*, authority: Authority, practitioner: UUID, but: str = "", only: str = "") -> int:
    """End a practitioner's sessions at once, by hash `only` that one or all `but` one; how many ended."""
    with acting(authority):
        ended = SessionEndRow.objects.values("token_hash")
        live = SessionRow.objects.filter(practitioner=practitioner, expires_at__gt=authority.decided)
        hashes = live.exclude(token_hash__in=ended).exclude(token_hash=but).values_list("token_hash", flat=True)
        found = [h for h in hashes if not only or h == only]
        _end(found)
    return len(found)


def end_personal_involvements(*, authority: Authority, practitioner: UUID, reason: str) -> int:
    """End what counts for this practitioner alone (break-glass), because they leave or move; how many ended."""
    with acting(authority):
        ended = InvolvementEndRow.objects.values("involvement")
        live = InvolvementRow.objects.filter(practitioner=practitioner, personal=True).exclude(id__in=ended)
        found = list(live.values_list("id", flat=True))
        insert_all(
            InvolvementEndRow(involvement_id=i, ended_at=authority.decided, by=None, reason=reason) for i in found
        )
    return len(found)


def _end(hashes: Sequence[str]) -> None:
    SessionEndRow.objects.bulk_create([SessionEndRow(token_hash=h) for h in hashes], ignore_conflicts=True)


def use_session(token: str) -> None:
    """Tell the database whose session this transaction is; it forgets at the transaction's end.

    The token is sent beside the statement. In it, every other connection of the same role could read it in
    pg_stat_activity, and a server that logs slow statements would write it down.
    """
    with connections["default"].cursor() as cursor, psycopg.Cursor(cursor.connection) as beside:
        beside.execute("SELECT set_config('wp.session', %s, true)", [token])


@contextmanager
def viewing(
    viewer: Viewer,
    *,
    permission: Permission,
    purpose: Purpose,
    now: datetime,
    act: str,
    person: UUID | None = None,
    entry: UUID | None = None,
    ledger: bool = False,
) -> Iterator[None]:
    """Read as the viewer, once a row that says who looked, at what and why is committed: before anything is read.

    Refuses a role that may not look, and a person whom the viewer's team is not involved with: hidden and absent
    are refused alike. The refusal itself is audited. Where the database cannot take the row, the second sink must.
    A `ledger` is read without involvement: row-level security still shows nothing there of the person.
    """
    _require(viewer.actor, permission)
    if not _look_written_down(viewer, purpose, now, act, person, entry, ledger=ledger):
        raise Refused("no-claim", "There is no record here that your team is involved with.")
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        yield


def _look_written_down(
    viewer: Viewer,
    purpose: Purpose,
    now: datetime,
    act: str,
    person: UUID | None,
    entry: UUID | None,
    *,
    ledger: bool,
) -> bool:
    """Whether the viewer may look; either way it is written down, here or in the second sink, when this returns."""
    allowed: bool | None = None
    try:
        with transaction.atomic(using="default"):
            use_session(viewer.session)
            allowed = ledger or person is None or _sees(person)
            shown = act if allowed else f"{act}.refused"
            _audit("default", viewer.actor, shown, purpose, "", now, person, entry)
    except DatabaseError as error:
        if allowed is None or not cannot_write(error):
            raise
        _keep_in_second_sink(viewer.actor, act if allowed else f"{act}.refused", purpose, now, person, entry)
    return allowed


def authorise(
    viewer: Viewer, *, permission: Permission, purpose: Purpose, now: datetime, people: Sequence[UUID] = ()
) -> Authority:
    """Decide whether the viewer may do an act about these people, now; raises Refused with the reason."""
    _require(viewer.actor, permission)
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        if not all(_sees(person) for person in people):
            raise Refused("no-claim", "There is no record here that your team is involved with.")
    ground = "involved team" if people else "role"
    return Authority(viewer.actor, permission.value, purpose, now, ground)


def system_authority(*, act: str, now: datetime, ground: str = "system") -> Authority:
    """The authority of the clock, of loading and of commands: no person acts, and the audit says so."""
    return Authority(SYSTEM, act, Purpose.PROTECT, now, ground)


def own_authority(actor: Actor, *, act: str, ground: str, now: datetime) -> Authority:
    """The authority of somebody over their own sign-in and sessions, and over nothing else."""
    return Authority(actor, act, Purpose.RECORD, now, ground)


@contextmanager
def acting(authority: Authority, *, person: UUID | None = None, entry: UUID | None = None) -> Iterator[None]:
    """Write as the engine in one transaction whose first row says who acted, and on what authority."""
    refuse_to_act_while_showing()
    with as_engine(), transaction.atomic(using="engine"):
        _audit(
            "engine",
            authority.actor,
            authority.act,
            authority.purpose,
            authority.ground,
            authority.decided,
            person,
            entry,
        )
        yield


def involve(
    *,
    authority: Authority,
    team: str,
    people: Sequence[UUID],
    ground: str,
    since: datetime,
    until: datetime | None = None,
    practitioner: UUID | None = None,
) -> None:
    """Record that a team is involved with these people, from when, until when and why."""
    by = UUID(authority.actor.practitioner) if authority.actor.practitioner else None
    with acting(authority):
        insert_all(
            InvolvementRow(
                team=team, person=p, ground=ground, since=since, until=until, practitioner=practitioner, given_by=by
            )
            for p in dict.fromkeys(people)
        )


def involve_alike(*, authority: Authority, person: UUID, like: UUID, ground: str) -> None:
    """Give everybody who is involved with `like` now the same involvement with `person`, who was one with them.

    Nobody who works with somebody loses them because a decision says that they were two; each may be ended.
    """
    with acting(authority, person=person):
        ended = InvolvementEndRow.objects.values("involvement")
        live = InvolvementRow.objects.filter(person=like, personal=False).exclude(id__in=ended).order_by("since", "id")
        at = authority.decided
        insert_all(
            InvolvementRow(
                team=i.team, person=person, ground=ground, since=at, until=i.until, practitioner=i.practitioner,
                given_by=UUID(authority.actor.practitioner) if authority.actor.practitioner else None,
            )
            for i in live
            if i.until is None or i.until > at
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Existence:
    """That a child is known, and whom to ask: the team that leads, or blank where no team is involved now."""

    person: UUID
    team: str
    team_name: str
    phone: str


def find_existence(
    viewer: Viewer,
    *,
    nhs_number: str = "",
    family_name: str = "",
    given_name: str = "",
    born: date | None = None,
    now: datetime,
) -> Existence | None:
    """Whether a child is known, by NHS number, or else by whole name and exact day of birth, and whom to ask.

    Needs no relationship, so it says no more than that, and every asking is written down. None where nobody fits,
    where two do, or where the viewer is stopped: the three are told apart by nobody.
    """
    purpose = ROLES[viewer.actor.role].purpose if viewer.actor.role in ROLES else Purpose.PROTECT
    with viewing(viewer, permission=Permission.FIND_CHILD, purpose=purpose, now=now, act="child.exists"):
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT person, team, team_name, phone FROM access_find_existence(%s, %s, %s, %s)",
                [identifiers.nhs_number(nhs_number.strip()), fold(family_name), fold(given_name), born],
            )
            row = cursor.fetchone()
        if row is None:
            return None
        _audit("default", viewer.actor, "child.exists.told", purpose, "", now, row[0], None)
    return Existence(*row)


def end_involvement(*, authority: Authority, involvement: UUID, reason: str, now: datetime) -> None:
    """End an involvement early, by whom and why; it stays readable."""
    by = UUID(authority.actor.practitioner) if authority.actor.practitioner else None
    with acting(authority):
        InvolvementEndRow.objects.create(involvement_id=involvement, ended_at=now, by=by, reason=reason)


def _require(actor: Actor, permission: Permission) -> None:
    if not may(actor.role, permission):
        raise Refused("role", f"Your role does not allow this ({permission.value}).")


def _sees(person: UUID) -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT access_may_see_person(%s, access_viewer_teams())", [person])
        row = cursor.fetchone()
    return bool(row and row[0])


def _audit(
    alias: str,
    actor: Actor,
    act: str,
    purpose: Purpose,
    ground: str,
    now: datetime,
    person: UUID | None,
    entry: UUID | None,
) -> None:
    # Plain SQL, not the ORM: reading the row back would need a right to see it, and the looker may have none.
    who = actor.practitioner or None
    with connections[alias].cursor() as cursor:
        cursor.execute(
            _AUDIT, [now, who, actor.agency, actor.role, act, purpose.value, ground, person, entry, settings.AREA]
        )


def cannot_write(error: DatabaseError) -> bool:
    """Whether the database failed at writing (full, read only, or its chain held for too long) and not at a refusal."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return state in _CANNOT_WRITE or state.startswith("53")


def second_sink() -> Path:
    """The second sink's folder: best on another disk than the database's, which may be the one that is full."""
    return Path(os.environ.get("WHOLEPICTURE_SECOND_SINK", settings.DATA / "second-sink"))


def _keep_in_second_sink(
    actor: Actor, act: str, purpose: Purpose, now: datetime, person: UUID | None, entry: UUID | None
) -> None:
    seen = look(
        chain=settings.AREA, clock=now, practitioner=actor.practitioner, agency=actor.agency, role=actor.role,
        act=act, purpose=purpose.value, person=person, entry=entry,
    )  # fmt: skip
    try:
        kept = keep(second_sink(), seen)
    except OSError as error:
        raise Refused("not-audited", "This cannot be shown: nowhere can be written down that you looked.") from error
    _logger.error("audit: the database took no row; the second sink has it as number %d", kept.number)


def reads_of(person: UUID, *, limit: int = 200) -> list[AuditRow]:
    """Who looked at this person's record or acted on it, latest first; call inside `viewing`."""
    return list(AuditRow.objects.filter(person=person).order_by("-clock", "-id")[:limit])
