"""`wholepicture audit-report`: who looked at records in a way that somebody should ask about, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from wholepicture.cli.installation import installation
from wholepicture.foundation.refusals import Refused

if TYPE_CHECKING:
    from wholepicture.access.audit.snoops import Known, Look, Question
    from wholepicture.agencies.queries import PractitionerCard

NAME = "audit-report"
HELP = "list the looks at records that somebody should ask about, each with the reason to ask"


def configure(parser: argparse.ArgumentParser) -> None:
    """How far to look back."""
    parser.add_argument("--days", type=int, default=7, metavar="N", help="the last N days (default: 7)")


def run(arguments: argparse.Namespace) -> int:
    """Print every question; 0 whether or not there are any, for a question is nothing amiss."""
    if not 0 < arguments.days <= 3660:
        raise Refused("days", "Look back by 1 to 3660 days.")
    with installation():
        from wholepicture.access.audit.snoops import questions
        from wholepicture.access.clock import now
        from wholepicture.access.operations import acting, system_authority

        until = now()
        with acting(system_authority(act="audit:report", now=until)):
            cards, looks = _looks(until - timedelta(days=arguments.days), until)
            found = questions(looks, _known(cards, looks))
    for question in found:
        print(_words(question, cards))
    print(f"Looks at people: {len(looks):,}; days: {arguments.days}; to ask about: {len(found):,}.")
    return 0


def _looks(since: datetime, until: datetime) -> tuple[dict[UUID, PractitionerCard], list[Look]]:
    from wholepicture.access.audit.looks import looks_between
    from wholepicture.agencies.queries import practitioners, supervisors

    cards = {card.id: card for card in practitioners(leavers_too=True)}
    supervised: dict[str, set[str]] = {}
    for team, above in supervisors().items():
        for one in above:
            supervised.setdefault(one, set()).add(team)
    teams = {card.id: {card.team, *supervised.get(card.team, ())} for card in cards.values()}
    return cards, looks_between(since, until, teams)


def _known(cards: Mapping[UUID, PractitionerCard], looks: list[Look]) -> Known:
    from wholepicture.access.audit.looks import near
    from wholepicture.access.audit.snoops import Known, family_names
    from wholepicture.people.queries import family_names_of

    people = {look.person for look in looks}
    names = family_names_of(sorted(people))
    return Known(
        lookers={id_: card.name for id_, card in cards.items()},
        people={person: family_names(*theirs) for person, theirs in names.items()},
        near=near(people),
    )


def _words(question: Question, cards: Mapping[UUID, PractitionerCard]) -> str:
    from wholepicture.foundation.when import ENGLAND

    first = question.looks[0]
    card = cards.get(question.practitioner)
    who = f"{card.name}, {first.role}, {card.team}" if card else f"{question.practitioner}, {first.role}"
    rows = ", ".join(str(look.id) for look in question.looks[:10]) + (" …" if len(question.looks) > 10 else "")
    people = ", ".join(str(person) for person in question.people[:3]) + (" …" if len(question.people) > 3 else "")
    moment = first.at.astimezone(ENGLAND)
    return f"{moment:%-d %B %Y, %H:%M}  {who}\n  {question.why}\n  People: {people}\n  Audit rows: {rows}\n"
