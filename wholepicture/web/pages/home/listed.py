"""My list: the children whom the reader’s team is involved with, what is due first, and when each was last seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.access.clock import now
from wholepicture.access.queries import own_people
from wholepicture.casework.queries import TaskCard, tasks_for_team
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.names import fold
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.lists import brief_record, people_named
from wholepicture.people.types import Person
from wholepicture.signals.queries import waiting_counts
from wholepicture.web.drawings.words import name_words
from wholepicture.web.pages.child.ages import age_words
from wholepicture.web.pages.child.voice import SIGHTING_KINDS, Voice, voice_of
from wholepicture.web.words import days_ago

PAGE: Final = 25
WAITING, MINE = "waiting", "mine"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the reader wants listed: words of a name, only what waits, only whom they hold themselves."""

    words: str = ""
    show: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> ListFilter:
        """Read `q`, `show` and `page`; nonsense is ignored."""
        number = query.get("page", "")
        show = query.get("show", "")
        return cls(
            words=query.get("q", "").strip()[:100],
            show=show if show in (WAITING, MINE) else "",
            page=max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1,
        )


@dataclass(frozen=True, slots=True)
class ListedChild:
    """One line of the list."""

    id: UUID
    name: str
    age: str
    died: bool
    held: bool
    questions: int
    tasks: int
    due: date | None
    late: bool
    seen: str = ""


@dataclass(frozen=True, slots=True)
class MyList:
    """A page of the list, with how many there are in all."""

    rows: tuple[ListedChild, ...]
    total: int
    matching: int
    waiting: int
    pages: int
    page: int


def my_list(viewer: Viewer, wanted: ListFilter) -> MyList:
    """The reader's list: a fixed number of queries, however many children there are; call inside `reading`."""
    today = now().astimezone(ENGLAND).date()
    own = {o.person: o.held for o in own_people(at=now())}
    people = people_named(list(own))
    children = {key: person for key, person in people.items() if person.is_child}
    questions = waiting_counts(list(children))
    tasks = _by_child(tasks_for_team(viewer.actor.team))
    rows = [_row(k, p, own[k], questions.get(k, 0), tasks.get(k, ()), today) for k, p in children.items()]
    found = sorted((r for r in rows if _wanted(r, wanted)), key=_urgency)
    pages = max(1, -(-len(found) // PAGE))
    page = min(wanted.page, pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return MyList(
        rows=tuple(_with_sightings(shown, children, today)),
        total=len(rows),
        matching=len(found),
        waiting=sum(1 for r in rows if r.questions or r.tasks),
        pages=pages,
        page=page,
    )


def _by_child(tasks: Iterable[TaskCard]) -> dict[UUID, list[TaskCard]]:
    found: dict[UUID, list[TaskCard]] = {}
    for task in tasks:
        found.setdefault(task.person, []).append(task)
    return found


def _row(key: UUID, person: Person, held: bool, questions: int, tasks: Sequence[TaskCard], today: date) -> ListedChild:
    due = min((t.due_on for t in tasks), default=None)
    return ListedChild(
        id=key,
        name=name_words(person, person.key),
        age=age_words(person, today),
        died=person.died is not None and person.died.start <= today,
        held=held,
        questions=questions,
        tasks=len(tasks),
        due=due,
        late=due is not None and due < today,
    )


def _wanted(row: ListedChild, wanted: ListFilter) -> bool:
    if wanted.show == WAITING and not (row.questions or row.tasks):
        return False
    if wanted.show == MINE and not row.held:
        return False
    name = fold(row.name)
    return all(word in name for word in fold(wanted.words).split())


def _urgency(row: ListedChild) -> tuple[bool, date, int, bool, str, str]:
    """Soonest due first, then the most questions, then by name: an order of work, never a score on a child."""
    return (row.due is None, row.due or date.max, -row.questions, row.died, row.name, str(row.id))


def _with_sightings(rows: Sequence[ListedChild], children: Mapping[UUID, Person], today: date) -> Iterable[ListedChild]:
    """When each child of this page of the list was last seen: one query for the whole page."""
    record = brief_record({r.id: children[r.id] for r in rows if not r.died}, SIGHTING_KINDS)
    for row in rows:
        if row.died:
            yield row
            continue
        seen = voice_of(record, str(row.id), today).seen
        yield replace(row, seen=days_ago(Voice.days(seen.when, today)) if seen else "never recorded")
