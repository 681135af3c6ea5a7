"""Who looked at records in a way to ask about: the patterns of access, with what `people` knows of names.

For an auditor, who reads no record: people are ids here, and a look is a row of the audit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wholepicture.access.audit.looks import looks_between, near
from wholepicture.access.audit.snoops import Known, Look, Question, family_names, questions
from wholepicture.access.operations import acting
from wholepicture.agencies.queries import PractitionerCard, practitioners, supervisors
from wholepicture.foundation.authority import Authority
from wholepicture.people.queries import family_names_of


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Something to ask a practitioner about: who they are, since when, why, about whom, and the audit's rows."""

    who: str
    role: str
    team: str
    first: datetime
    why: str
    people: tuple[UUID, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What is to be asked of a span of time, and over how many looks at people that was judged."""

    to_ask: tuple[ToAsk, ...]
    looks: int


def audit_report(*, authority: Authority, since: datetime, until: datetime) -> AuditReport:
    """Judge every look between two moments (UTC); the engine reads them, whoever asks, and the audit says who asked."""
    with acting(authority):
        cards = {card.id: card for card in practitioners(leavers_too=True)}
        looks = looks_between(since, until, _teams_of(cards))
        found = questions(looks, _known(cards, looks))
    return AuditReport(tuple(_to_ask(question, cards) for question in found), len(looks))


def _teams_of(cards: Mapping[UUID, PractitionerCard]) -> dict[UUID, set[str]]:
    supervised: dict[str, set[str]] = {}
    for team, above in supervisors().items():
        for one in above:
            supervised.setdefault(one, set()).add(team)
    return {card.id: {card.team, *supervised.get(card.team, ())} for card in cards.values()}


def _known(cards: Mapping[UUID, PractitionerCard], looks: Sequence[Look]) -> Known:
    people = {look.person for look in looks}
    return Known(
        lookers={id_: card.name for id_, card in cards.items()},
        people={person: family_names(*theirs) for person, theirs in family_names_of(sorted(people)).items()},
        near=near(people),
    )


def _to_ask(question: Question, cards: Mapping[UUID, PractitionerCard]) -> ToAsk:
    first, card = question.looks[0], cards.get(question.practitioner)
    return ToAsk(
        who=card.name if card else str(question.practitioner),
        role=first.role,
        team=card.team if card else "",
        first=first.at,
        why=question.why,
        people=question.people,
        rows=tuple(look.id for look in question.looks),
    )
