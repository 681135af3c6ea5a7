"""Shields past their review: in force, and on the list of the team that holds them until somebody has asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wholepicture.people.addresses.queries import overdue_shields
from wholepicture.people.lists import people_named
from wholepicture.web.drawings.words import name_words
from wholepicture.web.words import say_date


@dataclass(frozen=True, slots=True)
class Overdue:
    """One of them; `href` is blank where the reader opens no record of that person."""

    name: str
    due: str
    href: str


def overdue_lines(today: date) -> list[Overdue]:
    """Those that the reader's own and supervised teams hold, the longest overdue first; call inside `reading`."""
    found = overdue_shields(day=today)
    names = people_named([s.person for s in found]) if found else {}
    lines = []
    for shield in found:
        person = names.get(shield.person)
        href = reverse("shield", args=[shield.person, shield.id]) if person and person.is_child else ""
        name = name_words(person, "") if person else "Somebody whom your team no longer works with"
        lines.append(Overdue(name, say_date(shield.review_by), href))
    return lines
