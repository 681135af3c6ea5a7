"""What the record says about something on its way out, gathered as the engine; nothing of it is shown or logged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from wholepicture.access.queries import is_stopped
from wholepicture.access.roles import ROLES
from wholepicture.casework.disclosure.rules import left_out
from wholepicture.casework.disclosure.types import (
    Channel,
    Draft,
    Found,
    LeftOut,
    Made,
    Offered,
    Opens,
    Part,
    Recipient,
    RecipientKind,
    Why,
)
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.documents import let_out
from wholepicture.people.addresses.queries import current_address, guarded_words, linked_perpetrators, old_addresses
from wholepicture.people.addresses.rules import found_in, key_of, key_of_text
from wholepicture.people.addresses.types import Address, GuardedWord
from wholepicture.people.queries import PAGE_HOPS, family_of, within
from wholepicture.people.types import PARENTAL, FamilyRecord, Relation

LEDGER: Final = "Ledger of disclosures"
"""The source of entries that this process writes: what it did is no news for a document."""
_IN_THE_CARE_OF: Final = PARENTAL | {Relation.STEP_PARENT, Relation.CARER}


def words_kept_from(child: UUID, recipient: Recipient) -> tuple[GuardedWord, ...]:
    """Words that lead to a shielded address of the child or anybody near, but for those whom the recipient's own team
    keeps: the team that holds a shield knows what it holds. Only inside `acting`."""
    found = guarded_words(within([child], PAGE_HOPS))
    return tuple(word for word in found if not recipient.team or word.holder_team != recipient.team)


def leaves_out(child: UUID, recipient: Recipient, offered: Sequence[Offered]) -> dict[UUID, LeftOut]:
    """What does not go to this recipient, and why, entry by entry; only inside `acting`."""
    words = words_kept_from(child, recipient)
    own = _own(family_of([child]), recipient)
    judged = {o.id: left_out(o, recipient, guarded=bool(found_in(o.text, words)), own=own) for o in offered}
    return {key: reason for key, reason in judged.items() if reason is not None}


def shields_named(draft: Draft, made: Made, opens: Opens) -> frozenset[UUID]:
    """The shields whose places stand in a draft, whoever it is for; only inside `acting`."""
    texts = [part.text for part in (*(opened(made, opens) or ()), *_of_the_form(draft))]
    said = [draft.text, draft.address, draft.recipient.organisation, draft.left_words]
    return shields_in(draft.child, [*texts, *said, *words_of(draft.why)])


def shields_in(child: UUID, texts: Iterable[str]) -> frozenset[UUID]:
    """The shields on the child and those near whose places stand in these texts; only inside `acting`."""
    words = guarded_words(within([child], PAGE_HOPS))
    return frozenset(word.shield for text in texts for word in found_in(text, words))


def words_of(why: Why) -> tuple[str, ...]:
    """What somebody wrote of why something is shared or refused."""
    return (why.purpose, why.basis, why.told_words, why.harm_words, why.conditions)


def find(draft: Draft, made: Made, opens: Opens, *, now: datetime, since: UUID | None) -> Found:
    """What the record says about a draft and its file at this moment; only inside `acting`.

    `since` is the draft's own id, by which what was written later is told: ids are ordered by time. What a release for
    this very document lets out stops it no more, for as long as the release lasts.
    """
    record = family_of([draft.child])
    today = now.astimezone(ENGLAND).date()
    parts = opened(made, opens)
    free = let_out(document=since, digest=digest_of(made), at=now) if since is not None else frozenset()
    words = tuple(w for w in words_kept_from(draft.child, draft.recipient) if w.shield not in free)
    linked, household = _linked(draft, record, today)
    known, old, shielded = _address(draft, today, words)
    entries = [e for e in record.entries if str(draft.child) in e.people and e.source != LEDGER]
    return Found(
        linked=linked,
        shares_home_with_linked=household,
        guarded=tuple(_guarded((*(parts or ()), *_of_the_form(draft)), words, draft.kept)),
        address_known=known,
        address_old=old,
        address_shielded=shielded,
        role_known=_role_known(draft.recipient),
        kept_out=_kept_out(draft),
        newer=tuple(UUID(e.id) for e in entries if since is not None and UUID(e.id) > since),
        corrected=tuple(k for k in draft.kept if str(k) in record.superseded),
        unreadable=parts is None,
    )


def digest_of(made: Made) -> str:
    """What a file's bytes are known by (SHA-256, hexadecimal)."""
    return hashlib.sha256(made.data).hexdigest()


def opened(made: Made, opens: Opens) -> tuple[Part, ...] | None:
    """The parts of a file; None where it cannot be opened, for then nobody knows what is in it."""
    try:
        return opens(made)
    except ValueError:
        return None


def _of_the_form(draft: Draft) -> tuple[Part, ...]:
    return (Part("the recipient’s name", draft.recipient.name), Part("the conditions", draft.why.conditions))


def _guarded(
    parts: Iterable[Part], words: Sequence[GuardedWord], kept: Sequence[UUID]
) -> Iterator[tuple[str, UUID | None]]:
    """Where guarded words stand: the part, the sort of word and, in a row of a chronology, its entry."""
    for part in parts:
        entry = kept[part.row - 1] if part.row and part.row <= len(kept) else None
        for sort in dict.fromkeys(word.sort for word in found_in(part.text, words)):
            yield f"{part.place}: {sort.value.replace('_', ' ')}", entry


def _linked(draft: Draft, record: FamilyRecord, today: date) -> tuple[bool, bool]:
    """Whether the recipient is linked as an alleged perpetrator, and whether they live with somebody who is."""
    person = draft.recipient.person
    if person is None:
        return False, False
    children = [UUID(c.key) for c in record.children] or [draft.child]
    linked = {p.person for p in linked_perpetrators(children)}
    home = {UUID(key) for key in record.household(str(person), today)} - {person}
    return person in linked, bool(home & linked)


def _address(draft: Draft, today: date, words: Sequence[GuardedWord]) -> tuple[bool, bool, bool]:
    """Whether a posting address is on record as the recipient's, is an old one of theirs, and is a shielded one."""
    if draft.channel is not Channel.POST:
        return True, False, False
    shielded = bool(found_in(draft.address, words))
    person = draft.recipient.person
    if person is None:
        # A professional's or court's own place of work is not on a family's record, and no stop by itself.
        return draft.recipient.kind is not RecipientKind.FAMILY, False, shielded
    key, now = key_of_text(draft.address), current_address(person, at=today)
    old = {_key(a) for a in old_addresses(person, at=today)}
    current = now is not None and _key(now) == key
    return current, key in old and not current, shielded


def _key(address: Address) -> str:
    return key_of(address.lines, address.postcode)


def _role_known(recipient: Recipient) -> bool:
    if recipient.kind is RecipientKind.COURT:
        return True
    return recipient.person is not None if recipient.kind is RecipientKind.FAMILY else recipient.role in ROLES


def _kept_out(draft: Draft) -> bool:
    """Whether the practitioner is stopped from the child: themselves, family, colleague, linked perpetrator."""
    who = draft.recipient.practitioner
    return who is not None and is_stopped(draft.child, practitioner=who)


def _own(record: FamilyRecord, recipient: Recipient) -> frozenset[UUID]:
    """The recipient and the children whose parent or carer they are."""
    if recipient.person is None:
        return frozenset()
    key = str(recipient.person)
    ties: Mapping[str, None] = {
        r.other: None for r in record.relationships if r.person == key and r.relation in _IN_THE_CARE_OF
    }
    return frozenset(UUID(one) for one in (key, *ties))


def commenced() -> Mapping[str, date]:
    """The days on which duties came into force that the table does not know (settings)."""
    found: Mapping[str, date] = settings.COMMENCED
    return found
