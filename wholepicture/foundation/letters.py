"""A letter on its way out of the record, before it becomes a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text of a letter. `head` names the service and no place: a letterhead's address can be a shielded one."""

    head: tuple[str, ...]
    day: str
    to: tuple[str, ...]
    title: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]
    foot: str
