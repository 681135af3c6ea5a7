"""What pages say of a request: its clock, its state, what happened to it and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from wholepicture.access.clock import now, today
from wholepicture.access.operations import authorise, viewing
from wholepicture.access.roles import Permission
from wholepicture.casework.subject_access.clock import Clock, clock_of
from wholepicture.casework.subject_access.codes import BY_CODE
from wholepicture.casework.subject_access.queries import request_shown, state_of
from wholepicture.casework.subject_access.types import Decision, Item, Outcome, Request, Step
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.words import count, say_date, say_moment

STATES: Final = {
    "waiting": "Not with a reviewer yet",
    "reviewing": "With the reviewer",
    "signing": "With the second reader",
    "ready": "Signed off: ready to give",
    "released": "Given",
    "closed": "Closed",
}
_EVENTS: Final = {
    "identified": "The record was found",
    "checked": "Identity and authority were checked",
    "assigned": "Given to a reviewer",
    "second_reader": "Second reader named",
    "paused": "The clock was stopped",
    "resumed": "The clock runs again",
    "extended": "Extended by two months",
    "harm_checked": "Harm check written down",
    "submitted": "Sent to the second reader",
    "returned": "Returned to the reviewer",
    "signed_off": "Signed off",
    "released": "Given to the asker",
    "closed": "Closed",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of what happened."""

    at: str
    what: str
    who: str
    words: str


@dataclass(frozen=True)
class Card:
    """A request as lists and its own page show it."""

    request: Request
    state: str
    state_words: str
    clock: Clock
    due: str
    late: bool
    reviewer: str
    second_reader: str

    @property
    def open(self) -> bool:
        """Whether the clock still matters."""
        return self.state not in ("released", "closed")


def card_of(request: Request) -> Card:
    """The request in words, today."""
    clock, state = clock_of(request.received_on, request.steps), state_of(request)
    done = state in ("released", "closed")
    return Card(
        request=request,
        state=state,
        state_words=STATES[state],
        clock=clock,
        due="" if done else _due(clock),
        late=not done and clock.due is not None and clock.due < today(),
        reviewer=request.reviewer.practitioner_name if request.reviewer else "",
        second_reader=request.second_reader.practitioner_name if request.second_reader else "",
    )


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """Something withheld, as the two readers see it: the item, whether all of it, each reason, and what was weighed."""

    item: Item
    whole: bool
    reasons: tuple[tuple[str, str], ...]
    note: str
    by: str


def withheld_lines(items: Sequence[Item], decisions: Mapping[UUID, Decision]) -> list[WithheldLine]:
    """Everything that is withheld of these items, in their order, by the reason that was chosen."""
    return [
        WithheldLine(i, d.outcome is Outcome.WITHHOLD, tuple(_reasons(i, d)), d.note, d.by_name)
        for i in items
        if (d := decisions[i.id]).outcome is not Outcome.GIVE
    ]


def _reasons(item: Item, decision: Decision) -> Iterator[tuple[str, str]]:
    """Each reason, with the words that are withheld for it; no words where all of it is."""
    if decision.outcome is Outcome.WITHHOLD:
        yield BY_CODE[decision.code].title, ""
    for cut in decision.cuts:
        part = item.part(cut.part)
        yield BY_CODE[cut.code].title, part.text[cut.start : cut.end] if part else ""


def _due(clock: Clock) -> str:
    if clock.due is None:
        return f"The clock has stood still since {say_date(clock.since)}"
    days = (clock.due - today()).days
    if days < 0:
        return f"Was due {say_date(clock.due)}, {count(-days, 'day')} ago"
    left = "today" if days == 0 else f"{count(days, 'day')} left"
    return f"Due {say_date(clock.due)}, {left}"


def happened(request: Request) -> list[Happened]:
    """What happened, the latest first."""
    return [Happened(say_moment(s.at), _what(s), s.by_name, _words(s)) for s in reversed(request.steps)]


def _what(step: Step) -> str:
    named = f": {step.practitioner_name}" if step.practitioner_name else ""
    return f"{_EVENTS.get(step.event, step.event)}{named}"


def _words(step: Step) -> str:
    # What was signed is known by its hash, which says nothing to a reader.
    return step.words.partition(" ")[2] if step.event == "signed_off" else step.words


@contextmanager
def handling(viewer: Viewer, request: UUID, act: str) -> Iterator[Request]:
    """Read a request and render as whoever handles it; hidden and absent are refused alike."""
    with viewing(viewer, permission=Permission.HANDLE_REQUEST, purpose=Purpose.RIGHTS, now=now(), act=act):
        found = request_shown(request)
        if found is None:
            raise Refused("absent", "There is no such request.")
        yield found


@contextmanager
def reviewing(viewer: Viewer, request: UUID, act: str) -> Iterator[tuple[Request, UUID]]:
    """Read the record that a request is about, as its reviewer or second reader: written on the person's ledger."""
    authorise(viewer, permission=Permission.REVIEW_REQUEST, purpose=Purpose.RIGHTS, now=now())
    with handling(viewer, request, "request.open") as found:
        person = found.person
    if person is None:
        raise Refused("absent", "There is no record to review yet.")
    with viewing(
        viewer, permission=Permission.REVIEW_REQUEST, purpose=Purpose.RIGHTS, now=now(), act=act, person=person
    ):
        yield found, person


def authority_for(viewer: Viewer, permission: Permission, *people: UUID) -> Authority:
    """The viewer's authority to act on a request."""
    return authorise(viewer, permission=permission, purpose=Purpose.RIGHTS, now=now(), people=people)
