"""Putting right a slip in the row of something that has left: a row of its own, beside the one that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting
from wholepicture.casework.disclosure.facts import commenced
from wholepicture.casework.disclosure.gateways import gateways_on
from wholepicture.casework.disclosure.loading import events_of
from wholepicture.casework.disclosure.models import DisclosureItemRow, DisclosureRow, DisclosureWordsRow
from wholepicture.casework.disclosure.operations import note, own_row, refuse_superseded
from wholepicture.casework.disclosure.rules import GONE, correction_faults, state_of
from wholepicture.casework.disclosure.types import Correction, Event, RecipientKind, Threshold
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.documents import note_named, noted_in
from wholepicture.record.operations import author_of


def correct(*, authority: Authority, child: UUID, disclosure: UUID, correction: Correction, now: datetime) -> UUID:
    """Put right the day, the spelling of a name or the law of something that has left; returns the row that stands.

    What was sent is sent: nothing leaves by this, and the file stays with the earlier row. Raises Refused unless the
    maker's own team corrects it, once, with a reason, and something is other than it was.
    """
    with acting(replace(authority, act="disclosure:correct"), person=child):
        row = own_row(child, disclosure, authority)
        if state_of(events_of(row.id)) not in GONE:
            raise Refused("state", "It has not been sent: put it right by making it again.")
        refuse_superseded(row.id)
        words = DisclosureWordsRow.objects.get(disclosure=row)
        _check(row, words, correction, now)
        made = _row(authority, row, correction)
        made.save(force_insert=True)
        _copy_words(made, words, correction)
        items = DisclosureItemRow.objects.filter(disclosure=row).order_by("id").values_list("entry", "left_out")
        insert_all(DisclosureItemRow(disclosure=made, entry=entry, left_out=reason) for entry, reason in items)
        note_named(document=made.id, shields=noted_in(row.id))
        note(authority, made, Event.CORRECTED, now, correction.reason)
    return made.id


def _check(row: DisclosureRow, words: DisclosureWordsRow, correction: Correction, now: datetime) -> None:
    day, to = correction.day or _day(row.at), RecipientKind(row.recipient_kind)
    in_force = gateways_on(day, commenced())
    found = correction_faults(correction, to, Threshold(row.threshold), in_force, _day(now))
    if found:
        raise Refused("correction", next(iter(found.values())))
    same = (
        day == _day(row.at)
        and (correction.name.strip() or words.recipient_name) == words.recipient_name
        and (correction.gateway or row.gateway) == row.gateway
    )
    if same:
        raise Refused("same", "Nothing here is other than it was: change what is wrong.")


def _row(authority: Authority, row: DisclosureRow, correction: Correction) -> DisclosureRow:
    kept = {f.attname: getattr(row, f.attname) for f in DisclosureRow._meta.concrete_fields if f.name != "stored_at"}
    at = row.at.astimezone(ENGLAND)
    day = correction.day or at.date()
    own = {
        "id": new_id(), "supersedes_id": row.id, "gateway": correction.gateway or row.gateway,
        "at": at.replace(year=day.year, month=day.month, day=day.day), "by": author_of(authority),
        "by_name": authority.actor.name, "by_role": authority.actor.role, "by_team": authority.actor.team,
        "by_agency": authority.actor.agency,
    }  # fmt: skip
    return DisclosureRow(**{**kept, **own})


def _copy_words(made: DisclosureRow, words: DisclosureWordsRow, correction: Correction) -> None:
    DisclosureWordsRow.objects.create(
        disclosure=made, recipient_name=correction.name.strip() or words.recipient_name,
        recipient_person=words.recipient_person, address=words.address, purpose=words.purpose, basis=words.basis,
        told_words=words.told_words, harm_words=words.harm_words, conditions=words.conditions, reason=words.reason,
        text=words.text,
    )  # fmt: skip


def _day(moment: datetime) -> date:
    return moment.astimezone(ENGLAND).date()
