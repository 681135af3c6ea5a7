"""Requests for information from outside, and refusals: each has a reviewer, a day, and what the review found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from wholepicture.access.operations import acting
from wholepicture.access.roles import ROLES
from wholepicture.agencies.queries import practitioners
from wholepicture.casework.disclosure.entries import asked_entry, refused_entry, reviewed_entry
from wholepicture.casework.disclosure.facts import commenced, shields_in, words_of
from wholepicture.casework.disclosure.gateways import gateways_on
from wholepicture.casework.disclosure.loading import events_of, request_of
from wholepicture.casework.disclosure.models import DisclosureRow, DisclosureWordsRow, InformationRequestRow
from wholepicture.casework.disclosure.operations import note
from wholepicture.casework.disclosure.rules import LEADS, SHORTEST, why_faults
from wholepicture.casework.disclosure.types import Asking, Event, Outcome, Refusal
from wholepicture.casework.timescales import due_on
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.documents import note_named
from wholepicture.record.operations import author_of


def record_request(*, authority: Authority, asking: Asking, now: datetime) -> UUID:
    """Write down that somebody outside asks for information, itself an entry; returns the request."""
    if len(asking.asked.strip()) < SHORTEST:
        raise Refused("asked", "Say in a sentence what they ask for.")
    if not asking.asker.name.strip():
        raise Refused("name", "Enter who asks.")
    today = now.astimezone(ENGLAND).date()
    due = asking.due_on or due_on("information_request", today)
    request = new_id()
    with acting(replace(authority, act="disclosure:request"), person=asking.child):
        asker = asking.asker
        # Not the organisation: a school or surgery that asks may be one that leads to a hidden home.
        who = ROLES[asker.role].name if asker.role in ROLES else asker.kind.words
        entry = asked_entry(authority, request, asking.child, who, f"{due:%-d %B %Y}", now)
        InformationRequestRow.objects.create(
            id=request, child=asking.child, entry_id=entry, asker_kind=asker.kind.value, asker_name=asker.name,
            asker_role=asker.role, asker_organisation=asker.organisation, asker_person=asker.person,
            asked=asking.asked.strip(), purpose=asking.purpose.strip(), at=now, due_on=due, by=author_of(authority),
            by_name=authority.actor.name, by_team=authority.actor.team, by_agency=authority.actor.agency,
        )  # fmt: skip
    return request


def refuse(*, authority: Authority, refusal: Refusal, now: datetime) -> UUID:
    """Refuse to share, with the reason, who reviews that and by when; returns its row on the ledger."""
    if len(refusal.reason.strip()) < SHORTEST:
        raise Refused("reason", "Say in a sentence why it is not shared.")
    today = now.astimezone(ENGLAND).date()
    wrong = why_faults(refusal.why, refusal.asker.kind, gateways_on(today, commenced()))
    if wrong:
        raise Refused("why", next(iter(wrong.values())))
    latest = due_on("refusal_review", today)
    by = refusal.review_by or latest
    if not today <= by <= latest:
        raise Refused("review_by", f"The review is due at the latest on {latest:%-d %B %Y}.")
    reviewer = next((p for p in practitioners(roles=LEADS) if p.id == refusal.reviewer), None)
    if reviewer is None or reviewer.id == author_of(authority):
        raise Refused("reviewer", "Choose a manager, a named nurse or the information governance lead: not yourself.")
    with acting(replace(authority, act="disclosure:refuse"), person=refusal.child):
        request = request_of(refusal.why.request, refusal.child)
        row = _stored(authority, refusal, reviewer.name, now)
        named = (refusal.asker.name, refusal.reason, *words_of(refusal.why))
        note_named(document=row.id, shields=shields_in(refusal.child, named))
        refused_entry(authority, row, request, now)
    return row.id


def review_refusal(
    *, authority: Authority, child: UUID, disclosure: UUID, upheld: bool, words: str, now: datetime
) -> None:
    """What the reviewer found of a refusal: upheld, or to be shared after all. The named reviewer, once."""
    if len(words.strip()) < SHORTEST:
        raise Refused("words", "Say in a sentence what you looked at, and what you found.")
    with acting(replace(authority, act="disclosure:review"), person=child):
        row = DisclosureRow.objects.filter(id=disclosure, child=child, outcome=Outcome.REFUSED.value).first()
        if row is None or row.reviewer != author_of(authority):
            raise Refused("absent", "There is no refusal here that you are to review.")
        if events_of(row.id):
            raise Refused("state", "This refusal has been reviewed.")
        note(authority, row, Event.REVIEWED_UPHELD if upheld else Event.REVIEWED_OVERTURNED, now, words)
        reviewed_entry(authority, row, upheld=upheld, now=now)


def _stored(authority: Authority, refusal: Refusal, reviewer: str, now: datetime) -> DisclosureRow:
    to, why = refusal.asker, refusal.why
    today = now.astimezone(ENGLAND).date()
    row = DisclosureRow(
        id=new_id(), child=refusal.child, outcome=Outcome.REFUSED.value, recipient_kind=to.kind.value,
        recipient_practitioner=to.practitioner, recipient_role=to.role, recipient_organisation=to.organisation,
        gateway=why.gateway, threshold=why.threshold.value, request_id=why.request, requested=why.request is not None,
        family_told=why.family_told, by=author_of(authority), by_name=authority.actor.name,
        by_role=authority.actor.role, by_team=authority.actor.team, by_agency=authority.actor.agency, at=now,
        reviewer=refusal.reviewer, reviewer_name=reviewer,
        review_by=refusal.review_by or due_on("refusal_review", today),
    )  # fmt: skip
    row.save(force_insert=True)
    DisclosureWordsRow.objects.create(
        disclosure=row, recipient_name=to.name, recipient_person=to.person, purpose=why.purpose, basis=why.basis,
        told_words=why.told_words, harm_words=why.harm_words, reason=refusal.reason.strip(),
    )  # fmt: skip
    return row
