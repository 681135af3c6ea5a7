"""What waits where a manager can do something about it: notices, tasks that nobody answered, questions that age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.access.clock import now
from wholepicture.access.queries import own_people
from wholepicture.casework.disclosure.queries import DisclosureCard, overdue_reviews
from wholepicture.casework.queries import QueueItem, TaskCard, overdue, waiting_screenings
from wholepicture.foundation.working_days import working_days_between
from wholepicture.people.lists import people_named
from wholepicture.people.types import Person
from wholepicture.signals.queries import SignalCard, signals_about
from wholepicture.signals.registry import SPECS
from wholepicture.web.drawings.words import name_words
from wholepicture.web.pages.child.questions import asked_words

# Working days after which an unanswered question is for the manager (PRACTICE 10: one if urgent, else five).
AGES_AFTER: Final[Mapping[str, int]] = {"interrupt": 1, "list": 5}
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class AgedQuestion:
    """A question that nobody has answered for longer than it should wait."""

    id: UUID
    person: UUID
    child: str
    title: str
    raised: date
    working_days: int
    urgent: bool
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits, each list with the longest wait first."""

    notices: tuple[QueueItem, ...]
    notices_late: int
    tasks: tuple[TaskCard, ...]
    questions: tuple[AgedQuestion, ...]
    questions_waiting: int
    refusals: tuple[DisclosureCard, ...] = ()


def what_waits(today: date, *, screens: bool) -> Waiting:
    """What the viewer's own and supervised teams have waiting; call inside `reading`.

    `screens` says whether the viewer's role decides screenings: only then is the queue theirs to see.
    """
    notices = waiting_screenings(today) if screens else []
    people = people_named([o.person for o in own_people(at=now())])
    children = {key: person for key, person in people.items() if person.is_child}
    cards = [c for c in signals_about(list(children)) if c.waits]
    aged = sorted(_aged(cards, children, today), key=lambda q: (-q.working_days, q.child, q.title))
    return Waiting(
        notices=tuple(notices),
        notices_late=sum(1 for n in notices if n.card.due_on < today),
        tasks=tuple(overdue(today)),
        questions=tuple(aged[:MOST]),
        questions_waiting=len(cards),
        refusals=tuple(overdue_reviews(today)),
    )


def _aged(cards: Iterable[SignalCard], children: Mapping[UUID, Person], today: date) -> Iterable[AgedQuestion]:
    for card in cards:
        limit = AGES_AFTER.get(card.tier)
        days = working_days_between(card.raised_on, today)
        if limit is None or days <= limit:
            continue
        yield AgedQuestion(
            id=card.id,
            person=card.person,
            child=name_words(children.get(card.person), str(card.person)),
            title=SPECS[card.rule].title if card.rule in SPECS else card.rule,
            raised=card.raised_on,
            working_days=days,
            urgent=card.tier == "interrupt",
            asked=tuple(dict.fromkeys(asked_words(code) for code in card.tell)),
        )
