"""Writes to the ledger: a draft that is searched before it leaves, its second approval, its sending and its receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from wholepicture.access.bulk import insert_all
from wholepicture.access.operations import acting
from wholepicture.access.roles import Permission, may
from wholepicture.casework.disclosure.entries import answered_entry, settled_entry, stopped_entry
from wholepicture.casework.disclosure.facts import commenced, digest_of, find, leaves_out, shields_named
from wholepicture.casework.disclosure.gateways import gateways_on
from wholepicture.casework.disclosure.loading import (
    alone,
    approved_stops,
    draft_of,
    events_of,
    file_digest,
    request_of,
    stops_found,
)
from wholepicture.casework.disclosure.models import (
    DisclosedDocumentRow,
    DisclosureEventRow,
    DisclosureItemRow,
    DisclosureRow,
    DisclosureSaidRow,
    DisclosureStopRow,
    DisclosureWordsRow,
)
from wholepicture.casework.disclosure.rules import (
    GONE,
    LIVE,
    SHORTEST,
    approver_of,
    faults,
    seal_of,
    state_of,
    stops,
    unsettled,
    why_may_not_approve,
)
from wholepicture.casework.disclosure.types import (
    Channel,
    Draft,
    Event,
    LeftOut,
    Made,
    Offered,
    Opens,
    Outcome,
    Recipient,
    Stop,
)
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.ids import new_id
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.documents import note_named, spend
from wholepicture.record.operations import author_of


def prepare(
    *, authority: Authority, child: UUID, recipient: Recipient, offered: Sequence[Offered]
) -> dict[UUID, LeftOut]:
    """Which of these entries do not go to this recipient, and why: by a professional's role, for family one by one."""
    with acting(replace(authority, act="disclosure:prepare"), person=child):
        return leaves_out(child, recipient, offered)


def make(
    *, authority: Authority, draft: Draft, made: Made, opens: Opens, now: datetime
) -> tuple[UUID, tuple[Stop, ...]]:
    """Put something to be shared on the ledger, searched: returns it and every reason why it may not leave yet.

    Raises Refused where the form is not whole, or it would go by a parent's hand (R24).
    """
    found = faults(draft, gateways_on(now.astimezone(ENGLAND).date(), commenced()))
    if found:
        raise Refused("draft", next(iter(found.values())))
    with acting(replace(authority, act="disclosure:make"), person=draft.child):
        _replace_earlier(authority, draft, now)
        asked = stops(draft, find(draft, made, opens, now=now, since=None))
        row = _store(authority, draft, made, now)
        note_named(document=row.id, shields=shields_named(draft, made, opens))
        note(authority, row, Event.MADE, now)
        if draft.by_hand:
            note(authority, row, Event.HELD_BACK, now, draft.left_words)
        if asked:
            _stopped(authority, row, asked, now)
    return row.id, asked


def send(*, authority: Authority, child: UUID, disclosure: UUID, opens: Opens, now: datetime) -> tuple[Stop, ...]:
    """Let it leave, searched again at this moment; returns what stops it, and nothing has left where anything does.

    Raises Refused unless the maker's own team sends it, once.
    """
    with acting(replace(authority, act="disclosure:send"), person=child):
        row = _live(child, disclosure, authority)
        draft, made = draft_of(row)
        asked = stops(draft, find(draft, made, opens, now=now, since=row.id))
        left = unsettled(asked, approved_stops(row.id))
        if left and (state_of(events_of(row.id)) != "stopped" or set(asked) != set(stops_found(row.id))):
            _stopped(authority, row, asked, now)
        if not left:
            note(authority, row, Event.SENT, now)
            spend(document=row.id, digest=digest_of(made), at=now)
            request = request_of(row.request_id, child)
            if request is not None:
                answered_entry(authority, child, request, now)
    return left


def approve(
    *, authority: Authority, child: UUID, disclosure: UUID, approve: bool, seal: str, reason: str, now: datetime
) -> None:
    """Let go, or not, what is stopped: somebody else who has read it, with a reason; for the gravest stops a manager or
    a named nurse. Both names stay on the ledger.

    `seal` is `rules.seal_of` the file and the stops as they were read: who was not shown the file cannot know it.
    Raises Refused where either is another now.
    """
    if len(reason.strip()) < SHORTEST:
        raise Refused("reason", "Say in a sentence what you checked, and why it may or may not go.")
    with acting(replace(authority, act="disclosure:approve"), person=child):
        row = _row(child, disclosure)
        if state_of(events_of(row.id)) != "stopped":
            raise Refused("state", "Nothing here waits for a second person.")
        shares = may(authority.actor.role, Permission.SHARE)
        why_not = why_may_not_approve(
            authority.actor.role, own=author_of(authority) in (row.by, row.recipient_practitioner), shares=shares,
            needed=approver_of(stops_found(row.id)),
        )  # fmt: skip
        if why_not:
            raise Refused("approver", why_not)
        if seal != seal_of(file_digest(row.id), stops_found(row.id)):
            raise Refused("changed", "What stops it has changed since you read it. Read it again, then decide.")
        note(authority, row, Event.APPROVED if approve else Event.NOT_APPROVED, now, reason)
        settled_entry(authority, row, "approved" if approve else "not approved", now)


def withdraw(*, authority: Authority, child: UUID, disclosure: UUID, reason: str, now: datetime) -> None:
    """Take back what has not left, and say why: it was put right in another, or is not needed."""
    if len(reason.strip()) < SHORTEST:
        raise Refused("reason", "Say in a sentence why it is not sent.")
    with acting(replace(authority, act="disclosure:withdraw"), person=child):
        row = _live(child, disclosure, authority)
        stopped = Event.STOPPED in events_of(row.id)
        note(authority, row, Event.WITHDRAWN, now, reason)
        if stopped:
            settled_entry(authority, row, "withdrawn", now)


def receive(*, authority: Authority, child: UUID, disclosure: UUID, words: str, now: datetime) -> None:
    """Write down how it is known that it arrived: who said so, when it was handed over (R6, R7)."""
    if len(words.strip()) < 5:
        raise Refused("words", "Say how you know that it arrived.")
    with acting(replace(authority, act="disclosure:receipt"), person=child):
        row = own_row(child, disclosure, authority)
        if state_of(events_of(row.id)) not in GONE:
            raise Refused("state", "It has not been sent.")
        refuse_superseded(row.id)
        note(authority, row, Event.RECEIVED, now, words)


def hand_over(*, authority: Authority, child: UUID, disclosure: UUID, now: datetime) -> None:
    """Note that somebody takes the file: its recipient opens it here, or its sender carries it by the way they chose.

    Raises Refused where it has not been sent, or is for somebody else.
    """
    with acting(replace(authority, act="disclosure:take"), person=child):
        row = _row(child, disclosure)
        events = events_of(row.id)
        if state_of(events) not in GONE:
            raise Refused("state", "It has not been sent: nothing leaves before that.")
        if row.recipient_practitioner == author_of(authority) and row.channel == Channel.IN_APP:
            if Event.OPENED not in events:
                note(authority, row, Event.OPENED, now)
        elif row.by_team != authority.actor.team:
            raise Refused("absent", "There is nothing here for you.")


def note(authority: Authority, row: DisclosureRow, event: Event, now: datetime, words: str = "") -> DisclosureEventRow:
    """Add what happened, by whom; only inside `acting`."""
    made = DisclosureEventRow(
        disclosure=row, event=event.value, at=now, by=author_of(authority), by_name=authority.actor.name,
        by_role=authority.actor.role,
    )  # fmt: skip
    made.save(force_insert=True)
    if words.strip():
        DisclosureSaidRow.objects.create(event=made, words=words.strip())
    return made


def searched_again(
    *, authority: Authority, child: UUID, disclosure: UUID, opens: Opens, why: str, now: datetime
) -> None:
    """Search it anew, since a release was granted: where nothing stops it any longer it may be sent."""
    row = _row(child, disclosure)
    if state_of(events_of(row.id)) not in LIVE:
        return
    draft, made = draft_of(row)
    left = unsettled(stops(draft, find(draft, made, opens, now=now, since=row.id)), approved_stops(row.id))
    if left:
        _stopped(authority, row, left, now)
    else:
        note(authority, row, Event.APPROVED, now, why)
        settled_entry(authority, row, "approved", now)


def _stopped(authority: Authority, row: DisclosureRow, asked: Iterable[Stop], now: datetime) -> None:
    event = note(authority, row, Event.STOPPED, now)
    insert_all(
        DisclosureStopRow(event=event, disclosure=row, code=s.code.value, place=s.place, entry=s.entry) for s in asked
    )
    stopped_entry(authority, row, now)


def _store(authority: Authority, draft: Draft, made: Made, now: datetime) -> DisclosureRow:
    to, why = draft.recipient, draft.why
    row = DisclosureRow(
        id=new_id(), child=draft.child, outcome=Outcome.SHARED.value, document=draft.document.value,
        recipient_kind=to.kind.value, recipient_practitioner=to.practitioner,
        recipient_role=to.role, recipient_organisation=to.organisation, channel=draft.channel.value,
        gateway=why.gateway, threshold=why.threshold.value, request_id=why.request, requested=why.request is not None,
        family_told=why.family_told, kept=len(draft.kept),
        left_out=len(draft.left_out) - len(draft.by_hand), by=author_of(authority),
        by_name=authority.actor.name, by_role=authority.actor.role, by_team=authority.actor.team,
        by_agency=authority.actor.agency, at=now, supersedes_id=draft.supersedes,
    )  # fmt: skip
    row.save(force_insert=True)
    DisclosureWordsRow.objects.create(
        disclosure=row, recipient_name=to.name, recipient_person=to.person, address=draft.address,
        purpose=why.purpose, basis=why.basis, told_words=why.told_words, harm_words=why.harm_words,
        conditions=why.conditions, text=draft.text,
    )  # fmt: skip
    insert_all(DisclosureItemRow(disclosure=row, entry=entry) for entry in draft.kept)
    insert_all(DisclosureItemRow(disclosure=row, entry=e, left_out=reason.value) for e, reason in draft.left_out)
    DisclosedDocumentRow.objects.create(
        disclosure=row, name=made.name, content_type=made.content_type, data=made.data, digest=digest_of(made)
    )
    return row


def _replace_earlier(authority: Authority, draft: Draft, now: datetime) -> None:
    """A row that supersedes is about the same child, and each is superseded once; what had not left does not leave."""
    if draft.supersedes is None:
        return
    row = own_row(draft.child, draft.supersedes, authority)
    refuse_superseded(row.id)
    events = events_of(row.id)
    if state_of(events) in LIVE:
        note(authority, row, Event.WITHDRAWN, now, "Made again, and put right in a later one.")
        if Event.STOPPED in events:
            settled_entry(authority, row, "put right and made again", now)


def refuse_superseded(disclosure: UUID) -> None:
    """Refuse to go on with a row that a later one replaces; only inside `acting`."""
    if DisclosureRow.objects.filter(supersedes=disclosure).exists():
        raise Refused("superseded", "That row of the ledger has been corrected already: correct the later one.")


def _row(child: UUID, disclosure: UUID) -> DisclosureRow:
    alone(disclosure)
    found = DisclosureRow.objects.filter(id=disclosure, child=child).first()
    if found is None:
        raise Refused("absent", "There is nothing here of that.")
    return found


def own_row(child: UUID, disclosure: UUID, authority: Authority) -> DisclosureRow:
    """A row that the actor's own team made, which nobody else moves on meanwhile; only inside `acting`."""
    row = _row(child, disclosure)
    if row.by_team != authority.actor.team:
        raise Refused("other-team", "Another team made this: only they can go on with it.")
    return row


def _live(child: UUID, disclosure: UUID, authority: Authority) -> DisclosureRow:
    row = own_row(child, disclosure, authority)
    if state_of(events_of(row.id)) not in LIVE:
        raise Refused("state", "This has been sent or withdrawn already.")
    return row
