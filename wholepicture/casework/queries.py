"""Casework's reads for other pages: what is asked about whom, what waits, what is late, who was told of silence."""

from wholepicture.casework.screening.queries import (
    NoticeItem,
    QueueItem,
    decided_screenings,
    notice_item,
    screening_item,
    waiting_screenings,
)
from wholepicture.casework.task.queries import (
    TaskCard,
    TaskStep,
    escalations_for,
    overdue,
    task_card,
    tasks_for_team,
    tasks_of,
    tasks_of_entry,
    unanswered_by_team,
)

__all__ = [
    "NoticeItem",
    "QueueItem",
    "TaskCard",
    "TaskStep",
    "decided_screenings",
    "escalations_for",
    "notice_item",
    "overdue",
    "screening_item",
    "task_card",
    "tasks_for_team",
    "tasks_of",
    "tasks_of_entry",
    "unanswered_by_team",
    "waiting_screenings",
]
