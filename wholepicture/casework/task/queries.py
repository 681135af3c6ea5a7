"""Reads of tasks. Row-level security shows a team its own tasks, and those about people it may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections
from django.db.models import Q, QuerySet

from wholepicture.access.engine import reads_from
from wholepicture.agencies.queries import teams
from wholepicture.casework.models import TaskEventRow, TaskRow
from wholepicture.casework.task.types import TaskRole
from wholepicture.casework.transitions import TASK, state_after
from wholepicture.people.lists import people_named
from wholepicture.people.types import Person


@dataclass(frozen=True, slots=True)
class TaskStep:
    """Something that happened to a task: what, when, by whom, in what words, told to which team."""

    event: str
    at: datetime
    by_name: str
    meaning: str
    did: str
    nothing_because: str
    to_team: str
    entry: UUID | None
    told: bool = True  # False: the viewer may know that it was answered, and not in what words

    @property
    def said(self) -> str:
        """What was done, or why nothing was, in words; that they are not for this reader where they are not."""
        if not self.told:
            return "the words are not shown to you"
        return self.did or f"Nothing done: {self.nothing_because}"


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task as pages show it; `child` is None where the viewer may not see them."""

    id: UUID
    entry: UUID
    person: UUID
    child: Person | None
    role: TaskRole
    team: str
    team_name: str
    team_phone: str
    practitioner: UUID | None
    why: str
    asked: str
    raised_at: datetime
    raised_by_name: str
    due_on: date
    steps: tuple[TaskStep, ...]
    told: bool = True  # False: the viewer may know that it was asked, and not what

    @property
    def name(self) -> str:
        """Whom it is about, as far as the viewer may know."""
        return self.child.name if self.child else "a child not shown to you"

    @property
    def state(self) -> str:
        """Waiting, opened, overdue or answered (casework.transitions)."""
        return state_after(TASK, [s.event for s in self.steps])

    @property
    def answer(self) -> TaskStep | None:
        """The answer; None while there is silence."""
        return next((s for s in self.steps if s.event == "answered"), None)

    @property
    def opened_at(self) -> datetime | None:
        """When somebody of the team first opened it."""
        return next((s.at for s in self.steps if s.event == "opened"), None)

    @property
    def escalated_to(self) -> tuple[str, ...]:
        """The names of the teams that were told of the silence, in order."""
        return tuple(s.to_team for s in self.steps if s.event == "escalated")

    def late_on(self, day: date) -> bool:
        """Whether it is unanswered after its day."""
        return self.answer is None and self.due_on < day


def task_card(task: UUID) -> TaskCard | None:
    """One task; None where the viewer may not see it or there is none."""
    return next(iter(_cards(TaskRow.objects.filter(id=task))), None)


def tasks_of(people: Sequence[UUID]) -> list[TaskCard]:
    """What is asked about these people: the unanswered first, soonest due first."""
    return _ordered(_cards(TaskRow.objects.filter(person__in=list(people))))


def tasks_for_team(team: str, *, answered_since: datetime | None = None) -> list[TaskCard]:
    """What waits for a team, and what it has answered since a moment."""
    rows = TaskRow.objects.filter(team=team)
    waiting = Q(id__in=rows.exclude(events__event="answered").values("id"))
    if answered_since is None:
        return _ordered(_cards(rows.filter(waiting)))
    recent = rows.filter(events__event="answered", events__at__gte=answered_since).values("id")
    return _ordered(_cards(rows.filter(waiting | Q(id__in=recent))))


def tasks_of_entry(entry: UUID) -> list[TaskCard]:
    """Everything that was asked because of one notice, as far as the viewer may see it."""
    return _ordered(_cards(TaskRow.objects.filter(entry_id=entry)))


def overdue(today: date, teams_asked: Iterable[str] | None = None) -> list[TaskCard]:
    """Unanswered after their day, the longest silence first; of these teams, or of all the viewer may see."""
    rows = TaskRow.objects.filter(due_on__lt=today).exclude(events__event="answered")
    if teams_asked is not None:
        rows = rows.filter(team__in=list(teams_asked))
    return _ordered(_cards(rows))


def unanswered_by_team() -> dict[str, int]:
    """How many tasks wait at each team that the viewer may see, by team code."""
    counts: dict[str, int] = defaultdict(int)
    for team in TaskRow.objects.exclude(events__event="answered").values_list("team", flat=True):
        counts[team] += 1
    return dict(counts)


def escalations_for(teams_told: Iterable[str]) -> list[TaskCard]:
    """Silences that these teams were told of and that nobody has ended yet, the longest first."""
    told = TaskEventRow.objects.filter(event="escalated", to_team__in=list(teams_told)).values("task")
    return _ordered(_cards(TaskRow.objects.filter(id__in=told).exclude(events__event="answered")))


def _cards(rows: QuerySet[TaskRow]) -> list[TaskCard]:
    found = list(rows.defer("why", "asked"))
    ids = [r.id for r in found]
    steps, words, names = _steps(ids), _words("casework_task_words", ids), teams()
    people = people_named([r.person for r in found])
    return [
        TaskCard(
            id=r.id,
            entry=r.entry_id,
            person=r.person,
            child=people.get(r.person),
            role=TaskRole(r.role),
            team=r.team,
            team_name=names[r.team].name if r.team in names else r.team,
            team_phone=names[r.team].phone if r.team in names else "",
            practitioner=r.practitioner,
            why=words[r.id][0] if r.id in words else "",
            asked=words[r.id][1] if r.id in words else "",
            raised_at=r.raised_at,
            raised_by_name=r.raised_by_name,
            due_on=r.due_on,
            steps=tuple(steps[r.id]),
            told=r.id in words,
        )
        for r in found
    ]


def _steps(tasks: Sequence[UUID]) -> dict[UUID, list[TaskStep]]:
    found: dict[UUID, list[TaskStep]] = defaultdict(list)
    names, words = teams(), _words("casework_answer_words", tasks)
    rows = TaskEventRow.objects.filter(task_id__in=tasks).defer("meaning", "did", "nothing_because").order_by("id")
    for row in rows:
        to_team = names[row.to_team].name if row.to_team in names else row.to_team
        meaning, did, nothing = words.get(row.id, ("", "", ""))
        told = row.event != "answered" or row.id in words
        found[row.task_id].append(
            TaskStep(row.event, row.at, row.by_name, meaning, did, nothing, to_team, row.entry_id, told)
        )
    return found


def _words(function: str, tasks: Sequence[UUID]) -> dict[object, tuple[str, ...]]:
    """The words that the viewer may read, by what they belong to: the database leaves the others out."""
    if not tasks:
        return {}
    with connections[reads_from()].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}(%s)", [list(tasks)])
        return {key: tuple(words) for key, *words in cursor.fetchall()}


def _ordered(cards: list[TaskCard]) -> list[TaskCard]:
    return sorted(cards, key=lambda c: (c.answer is not None, c.due_on, c.name, c.role.value, str(c.id)))
