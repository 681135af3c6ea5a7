"""A team's tasks, a family at a time: one notice is one thing to read, however many children it asks about (R21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wholepicture.casework.notice.words import age_words
from wholepicture.casework.queries import TaskCard
from wholepicture.people.types import PersonType


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with the child's age in words."""

    task: TaskCard
    age: str


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks of one notice for one team; due when the first of them is."""

    lines: tuple[TaskLine, ...]
    due_on: date
    late: bool

    @property
    def first(self) -> TaskCard:
        """The task to open first."""
        return self.lines[0].task


def grouped(cards: Sequence[TaskCard], today: date) -> list[Group]:
    """One group for each notice, the soonest due first."""
    by_entry: dict[object, list[TaskCard]] = {}
    for card in cards:
        by_entry.setdefault(card.entry, []).append(card)
    groups = [
        Group(
            lines=tuple(TaskLine(c, _age(c, today)) for c in rows),
            due_on=min(c.due_on for c in rows),
            late=any(c.late_on(today) for c in rows),
        )
        for rows in by_entry.values()
    ]
    return sorted(groups, key=lambda g: (g.due_on, str(g.first.id)))


def _age(card: TaskCard, today: date) -> str:
    if card.child is None or not card.child.is_child:
        return ""
    unborn = card.child.type is PersonType.UNBORN and (card.child.born is None or card.child.born.start > today)
    return age_words(card.child.born, unborn, today)
