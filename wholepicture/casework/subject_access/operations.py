"""Writes about requests. Nothing of the record is ever changed by any of them: a decision is a row of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.operations import acting
from wholepicture.access.personal import lend, take_back
from wholepicture.agencies.queries import PractitionerCard, practitioners
from wholepicture.casework.models import SubjectDecisionRow, SubjectEventRow, SubjectRequestRow
from wholepicture.casework.subject_access.clock import clock_of, may_extend
from wholepicture.casework.subject_access.queries import beside, deciders, decisions_of, request_shown, state_of
from wholepicture.casework.subject_access.rules import (
    answer_of,
    check_decision,
    needs_harm_check,
    tidy,
    undecided,
    what_is_missing,
)
from wholepicture.casework.subject_access.suggestions import Beside
from wholepicture.casework.subject_access.types import Asker, Cut, Held, Item, Outcome, Pause, Release, Request
from wholepicture.casework.transitions import REQUEST, state_after
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.queries import persons_exactly

GROUND: Final = "subject access request"
LENT_FOR: Final = timedelta(days=120)  # longer than the longest clock; renewed by giving it to the reviewer again
REVIEWER: Final = "manager"


def receive(
    *,
    authority: Authority,
    asker: Asker,
    asker_name: str,
    given_name: str,
    family_name: str,
    born: date | None,
    scope: str,
    received_on: date,
    now: datetime,
) -> UUID:
    """Write down a request as it came; the clock runs from the day it was received, whoever it is about (Art 12(3)).

    Where exactly one person has that name and day of birth, theirs is the record.
    """
    if not asker_name.strip() or not family_name.strip():
        raise Refused("names", "Write down who asks, and whose record they ask for.")
    if received_on > now.astimezone(ENGLAND).date():
        raise Refused("received", "A request cannot have been received on a day to come.")
    with acting(authority):
        row = SubjectRequestRow(
            asker=asker.value, asker_name=asker_name.strip(), given_name=given_name.strip(),
            family_name=family_name.strip(), born=born, scope=scope.strip(), received_on=received_on,
            logged_by=UUID(authority.actor.practitioner), logged_by_name=authority.actor.name, logged_at=now,
        )  # fmt: skip
        row.save(force_insert=True)
        found = persons_exactly(given_name=given_name, family_name=family_name, born=born)
    if len(found) == 1:
        _write(authority, _request(authority, row.id), "identified", now, "By name and day of birth.", person=found[0])
    return row.id


def identify(
    *,
    authority: Authority,
    request: UUID,
    given_name: str,
    family_name: str,
    born: date | None,
    nhs_number: str,
    now: datetime,
) -> None:
    """Say whose record it is, by NHS number or by whole name and day of birth; refuses unless exactly one answers."""
    known = _request(authority, request)
    if known.reviewer is not None:
        raise Refused("assigned", "This is with a reviewer already. Close it and begin again for another person.")
    with acting(authority):
        found = persons_exactly(given_name=given_name, family_name=family_name, born=born, nhs_number=nhs_number)
    if len(found) != 1:
        raise Refused("not-one", "No one record answers to this. Check the name, the day of birth and the NHS number.")
    _write(authority, known, "identified", now, f"By {'NHS number' if nhs_number else 'name and day of birth'}.",
           person=found[0])  # fmt: skip


NOTED: Final = frozenset({"checked", "harm_checked", "extended", "returned", "released", "closed"})


def note(*, authority: Authority, request: UUID, event: str, words: str, now: datetime) -> None:
    """Write down a check, a harm check, an extension, a return, a delivery or a closing, with its words."""
    if event not in NOTED:  # anything else has conditions of its own, and an operation that holds them
        raise Refused("event", "That is not written down so. Use its own form.")
    known = _request(authority, request)
    if not words.strip():
        raise Refused("words", "Write down what was done and found.")
    if event == "extended" and not may_extend(known.received_on, now.astimezone(ENGLAND).date()):
        raise Refused("late", "An extension must be told within the first month (UK GDPR Article 12(3)).")
    if event == "extended" and known.latest("extended"):
        raise Refused("extended", "This has been extended already: the law allows it once.")
    if event == "harm_checked":
        _require_reviewer(authority, known)
    if event == "returned":
        _require_second(authority, known)
    _write(authority, known, event, now, words.strip())
    if event == "closed":
        _end(authority, known)


def pause(*, authority: Authority, request: UUID, reason: Pause, words: str, now: datetime) -> None:
    """Stop the clock because identity or clarification was asked for; refuses while it stands still already."""
    known = _request(authority, request)
    if not words.strip():
        raise Refused("words", "Write down what was asked, and when.")
    if clock_of(known.received_on, known.steps).paused is not None:
        raise Refused("paused", "The clock stands still already.")
    _write(authority, known, "paused", now, f"{reason.value}: {words.strip()}")


def resume(*, authority: Authority, request: UUID, words: str, now: datetime) -> None:
    """Start the clock again, once the answer has come."""
    known = _request(authority, request)
    last = known.latest("paused", "resumed")
    if last is None or last.event != "paused":
        raise Refused("running", "The clock is running.")
    _write(authority, known, "resumed", now, words.strip())


def assign(*, authority: Authority, request: UUID, practitioner: UUID, now: datetime) -> None:
    """Give it to a reviewer, a manager, who may read this person's record until it is closed or given to another."""
    known = _request(authority, request)
    person, card = _person(known), _other(authority, practitioner)
    if known.second_reader and known.second_reader.practitioner == practitioner:
        raise Refused("second", "This is the second reader. Somebody else must review.")
    _check_next(known, "assigned")
    before = known.reviewer
    if before is not None and before.practitioner is not None:
        take_back(authority=authority, practitioner=before.practitioner, person=person, ground=GROUND,
                  reason="given to another reviewer")  # fmt: skip
    _lend(authority, card, person, now)
    _write(authority, known, "assigned", now, "", practitioner=card)


def name_second(*, authority: Authority, request: UUID, practitioner: UUID, now: datetime) -> None:
    """Name who signs it off: a manager who is not the reviewer."""
    known = _request(authority, request)
    person, card = _person(known), _other(authority, practitioner)
    if known.reviewer and known.reviewer.practitioner == practitioner:
        raise Refused("same", "The reviewer cannot sign off their own decisions. Choose somebody else.")
    _check_next(known, "second_reader")
    before = known.second_reader
    if before is not None and before.practitioner is not None:
        take_back(authority=authority, practitioner=before.practitioner, person=person, ground=GROUND,
                  reason="another second reader was named")  # fmt: skip
    _lend(authority, card, person, now)
    _write(authority, known, "second_reader", now, "", practitioner=card)


def decide(
    *,
    authority: Authority,
    request: UUID,
    held: Held,
    item: UUID,
    digest: str,
    outcome: Outcome,
    cuts: Sequence[Cut],
    code: str,
    words: str,
    now: datetime,
) -> None:
    """Decide one of the items held, as it was shown; refuses where it has changed since, and all but the reviewer."""
    known = _request(authority, request)
    _require_reviewer(authority, known)
    if state_of(known) != "reviewing":
        raise Refused("state", "This is with the second reader, or done: it must be returned before it is changed.")
    person = _person(known)
    with acting(replace(authority, act="request:decide"), person=person):
        found = _item(held.items, item)
        if found.digest != digest:
            raise Refused("changed", "This item has changed since you opened it. Read it again.")
        kept = tidy(cuts) if outcome is Outcome.PART else ()
        check_decision(found, outcome, kept, code, words, now.astimezone(ENGLAND).date())
        SubjectDecisionRow.objects.create(
            request_id=request, item=item, digest=digest, outcome=outcome.value,
            cuts=json.dumps([asdict(c) for c in kept]), code=code if outcome is Outcome.WITHHOLD else "",
            note=words.strip(), by=UUID(authority.actor.practitioner), by_name=authority.actor.name, at=now,
        )  # fmt: skip


def look_beside(*, authority: Authority, request: Request) -> Beside:
    """Who else stands in the record, for suggestions; written down as a look of its own."""
    person = _person(request)
    with acting(replace(authority, act="request:beside"), person=person):
        return beside(person)


def submit(*, authority: Authority, request: UUID, held: Held, now: datetime) -> None:
    """Send it to the second reader; refuses with what is missing."""
    known = _request(authority, request)
    _require_reviewer(authority, known)
    person = _person(known)
    with acting(replace(authority, act="request:check"), person=person):
        left = len(undecided(held.items, decisions_of(request)))
        harm = needs_harm_check(known.asker, beside(person).perpetrator_linked)
    paused = clock_of(known.received_on, known.steps).paused is not None
    missing = what_is_missing(known, left=left, harm_needed=harm, paused=paused)
    if missing:
        raise Refused("missing", " ".join(missing))
    _write(authority, known, "submitted", now, "")


def sign_off(*, authority: Authority, request: UUID, held: Held, digest: str, words: str, now: datetime) -> None:
    """Sign off what goes out, word for word: the second reader alone, who decided none of it.

    `digest` is that of the document which they were shown; where it would be another now nothing is signed.
    """
    known = _request(authority, request)
    _require_second(authority, known)
    _check_next(known, "signed_off")
    person = _person(known)
    with acting(replace(authority, act="request:check"), person=person):
        if UUID(authority.actor.practitioner) in deciders(request):
            raise Refused("same", "You decided an item of this. Somebody else must sign it off.")
        release = answer_of(known, held, decisions_of(request))
    if release.digest != digest:
        raise Refused("changed", "What goes out has changed since you opened it. Read it again, as it is now.")
    _write(authority, known, "signed_off", now, f"{release.digest} {words.strip()}")


def check_signed(request: Request, release: Release) -> None:
    """Refuse to give out anything but what was signed off, to the letter."""
    signed = request.latest("signed_off", "returned", "submitted")
    if signed is None or signed.event != "signed_off":
        raise Refused("not-signed", "This has not been signed off. Nothing may go out yet.")
    if signed.words.partition(" ")[0] != release.digest:
        raise Refused(
            "changed",
            "This is not what was signed off: something has changed since, or a shield keeps other things from you "
            "than from the second reader, who takes the file or returns it to the reviewer.",
        )


def _request(authority: Authority, request: UUID) -> Request:
    with acting(replace(authority, act="request:open")):
        found = request_shown(request)
    if found is None:
        raise Refused("absent", "There is no such request.")
    return found


def _write(
    authority: Authority,
    request: Request,
    event: str,
    now: datetime,
    words: str,
    *,
    person: UUID | None = None,
    practitioner: PractitionerCard | None = None,
) -> None:
    _check_next(request, event)
    with acting(replace(authority, act=f"request:{event}"), person=person or request.person):
        SubjectEventRow.objects.create(
            request_id=request.id, event=event, at=now, by=UUID(authority.actor.practitioner),
            by_name=authority.actor.name, words=words, person=person,
            practitioner=practitioner.id if practitioner else None,
            practitioner_name=practitioner.name if practitioner else "",
        )  # fmt: skip


def _check_next(request: Request, event: str) -> None:
    try:
        state_after(REQUEST, [*(s.event for s in request.steps), event])
    except Refused as refusal:
        raise Refused("state", "Somebody has moved this request on. Look at it again.") from refusal


def _person(request: Request) -> UUID:
    if request.person is None:
        raise Refused("nobody", "First say whose record it is.")
    return request.person


def _other(authority: Authority, practitioner: UUID) -> PractitionerCard:
    # Or a manager could open anybody's record by writing down a request for it.
    if str(practitioner) == authority.actor.practitioner:
        raise Refused("yourself", "Nobody gives a record to themselves. Ask the information governance lead.")
    card = next((c for c in practitioners(roles=(REVIEWER,)) if c.id == practitioner), None)
    if card is None:
        raise Refused("reviewer", "Choose a manager: they read the whole record, so that nothing is missed.")
    return card


def _lend(authority: Authority, card: PractitionerCard, person: UUID, now: datetime) -> None:
    lend(authority=replace(authority, act="request:lend"), team=card.team, practitioner=card.id, person=person,
         ground=GROUND, since=now, until=now + LENT_FOR)  # fmt: skip


def _end(authority: Authority, request: Request) -> None:
    if request.person is None:
        return
    for step in (request.reviewer, request.second_reader):
        if step is not None and step.practitioner is not None:
            take_back(authority=replace(authority, act="request:closed"), practitioner=step.practitioner,
                      person=request.person, ground=GROUND, reason="the request was closed")  # fmt: skip


def _item(items: Sequence[Item], item: UUID) -> Item:
    found = next((i for i in items if i.id == item), None)
    if found is None:
        raise Refused("absent", "There is no such item.")
    return found


def _require_reviewer(authority: Authority, request: Request) -> None:
    step = request.reviewer
    if step is None or str(step.practitioner) != authority.actor.practitioner:
        raise Refused("not-yours", "Only the reviewer whom this was given to may do this.")


def _require_second(authority: Authority, request: Request) -> None:
    step = request.second_reader
    if step is None or str(step.practitioner) != authority.actor.practitioner:
        raise Refused("not-yours", "Only the second reader may do this.")
