"""Recording an address, and setting a shield on it: one person's act, in force from the moment that it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting, authorise, use_session
from wholepicture.access.roles import ROLES, Permission
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.people.addresses.models import AddressRow, ShieldFromRow, ShieldRow
from wholepicture.people.addresses.rules import key_of, parse_address, review_by
from wholepicture.people.addresses.types import AddressSort, NewAddress, NewShield, ShieldReason
from wholepicture.people.matching.keeping import make_ready
from wholepicture.people.models import BelongsRow

OURS = "whole-picture"


def add_address(*, authority: Authority, person: UUID, identity: UUID, address: NewAddress, now: datetime) -> UUID:
    """Record where somebody lives or is reached, or correct what was recorded; returns the address.

    Refuses an address without a line, one that ends before it begins, and a correction of one that is not theirs or
    has been corrected.
    """
    _refuse_faults(address)
    with acting(authority, person=person):
        row = _row(identity, address, authority, now)
        if address.corrects is not None:
            _one_at_a_time(address.corrects)
            row.root = _corrected(identity, address.corrects)
            row.supersedes_id = address.corrects
        insert_all([row])
        make_ready([identity])
    return row.id


def store_stated(*, stated: Sequence[tuple[UUID, str, str, str]], now: datetime) -> None:
    """Keep addresses said in one text, as (identity, text, agency, source system); only inside `acting`.

    Whoever calls makes the identities ready for matching.
    """
    rows = []
    for identity, text, agency, system in stated:
        lines, postcode = parse_address(text)
        if lines or postcode:
            rows.append(_stated(identity, NewAddress(lines, postcode), agency, system, now))
    insert_all(rows)


def store_addresses(*, addresses: Iterable[tuple[UUID, NewAddress]], source_system: str, now: datetime) -> None:
    """Keep addresses that a source gives, by identity; only inside `acting`."""
    rows = [_stated(identity, address, "", source_system, now) for identity, address in addresses]
    insert_all(rows)
    make_ready(dict.fromkeys(row.identity for row in rows))


def shield(
    *, authority: Authority, people: Sequence[UUID], new: NewShield, holder_team: str, now: datetime
) -> list[UUID]:
    """Keep these people's address, or all their whereabouts, from somebody: at once, and by one person's act.

    From this transaction on the address is read by the holding team alone, and is matched on by nothing. Returns the
    shields in the order of the people. Refuses a reason of one's own without words, and a review later than in six
    months (ASSURANCE §3).
    """
    today = now.astimezone(ENGLAND).date()
    due = review_by(new.review_by, today)
    if due is None:
        raise Refused("review", "Enter a review date from today to six months from today.")
    if not new.from_whom.strip() and not new.people_from:
        raise Refused("from-whom", "Say from whom this must be kept.")
    if new.reason is ShieldReason.OTHER and not new.words.strip():
        raise Refused("words", "Say in your own words why this must be kept from them.")
    if set(people) & set(new.people_from):
        raise Refused("both", "Nobody’s address is kept from themselves: choose who is kept safe, and from whom.")
    made = []
    for person in dict.fromkeys(people):
        with acting(authority, person=person):
            row = _shield(person, new, due, holder_team, authority, now)
            row.save(force_insert=True)
            ShieldFromRow.objects.bulk_create(ShieldFromRow(shield=row, person=p) for p in new.people_from)
            # The database has taken every home of theirs out of the index; those that may still be matched on go back.
            make_ready(_identities_of(person))
        made.append(row.id)
    return made


def correct_address(*, viewer: Viewer, address: UUID, right: NewAddress, now: datetime) -> UUID:
    """Put a slip in an address right: a new statement in the place of the old, which is kept. Returns the new one.

    Whoever may write on the record and reads the address may: the database says whether they read it, so that an
    address which is kept from them is as one that there is not. What shields it goes on to shield it. On the ledger it
    stands as any address that is recorded.
    """
    purpose = ROLES[viewer.actor.role].purpose
    authorise(viewer, permission=Permission.ADD_ENTRY, purpose=purpose, now=now)
    with transaction.atomic(using="default"):
        use_session(viewer.session)
        row = AddressRow.objects.filter(id=address).first()
        belongs = BelongsRow.objects.filter(identity=row.identity).first() if row else None
    if row is None or belongs is None:
        raise Refused("absent", "There is no address here that you could correct.")
    person = belongs.person
    authority = authorise(viewer, permission=Permission.ADD_ENTRY, purpose=purpose, now=now, people=[person])
    corrected = replace(right, corrects=address)
    if _said(_row(row.identity, corrected, authority, now)) == _said(row):
        raise Refused("same", "Nothing is changed: put right what is wrong, or go back.")
    return add_address(authority=authority, person=person, identity=row.identity, address=corrected, now=now)


def _said(row: AddressRow) -> tuple[str, ...]:
    return (row.sort, row.lines, row.postcode, row.phone, row.lived_from, row.lived_to, row.known_from, row.source)


def _one_at_a_time(address: UUID) -> None:
    """Two people who correct one statement at the same moment: the second finds that it has been corrected."""
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"address {address}"])


def _refuse_faults(address: NewAddress) -> None:
    if not any(line.strip() for line in address.lines):
        raise Refused("lines", "Enter at least one line of the address.")
    if address.from_ and address.to and address.to.latest < address.from_.earliest:
        raise Refused("to", "The day they left is before the day they came.")


def _corrected(identity: UUID, corrects: UUID) -> UUID:
    row = AddressRow.objects.filter(id=corrects, identity=identity).first()
    if row is None or AddressRow.objects.filter(supersedes=row).exists():
        raise Refused("corrects", "There is no such address to correct, or it has been corrected already.")
    return row.root


def _row(identity: UUID, address: NewAddress, authority: Authority, now: datetime) -> AddressRow:
    row = _stated(identity, address, authority.actor.agency, OURS, now)
    row.by = UUID(authority.actor.practitioner) if authority.actor.practitioner else None
    row.by_name = authority.actor.name
    return row


def _stated(identity: UUID, address: NewAddress, agency: str, source_system: str, now: datetime) -> AddressRow:
    def said(when: When | None) -> str:
        return when.stated if when else ""

    lines = [" ".join(line.split()) for line in address.lines if line.strip()]
    key = new_id()
    return AddressRow(
        id=key, root=key, identity=identity, sort=AddressSort(address.sort).value, lines="\n".join(lines),
        postcode=address.postcode.strip(), phone=address.phone.strip(), key=key_of(lines, address.postcode),
        lived_from=said(address.from_), lived_to=said(address.to),
        to_latest=address.to.latest if address.to else None, known_from=said(address.known_from),
        source=address.source.strip(), agency=agency, recorded_at=now, source_system=source_system,
    )  # fmt: skip


def _shield(
    person: UUID, new: NewShield, due: date, holder_team: str, authority: Authority, now: datetime
) -> ShieldRow:
    if new.address is not None and not _is_theirs(new.address, person):
        raise Refused("address", "That is no address of this person.")
    return ShieldRow(
        person=person, address=new.address, reason=new.reason.value, words=new.words.strip(),
        from_whom=new.from_whom.strip(), holder_team=holder_team, covers_from=new.covers_from,
        set_by=UUID(authority.actor.practitioner) if authority.actor.practitioner else None,
        set_by_name=authority.actor.name, set_at=now, set_on=now.astimezone(ENGLAND).date(), review_by=due,
    )  # fmt: skip


def _is_theirs(address: UUID, person: UUID) -> bool:
    return AddressRow.objects.filter(root=address, identity__in=_identities_of(person)).exists()


def _identities_of(person: UUID) -> list[UUID]:
    return list(BelongsRow.objects.filter(person=person).values_list("identity", flat=True))
