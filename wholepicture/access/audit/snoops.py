"""Patterns of looking that an auditor should ask about, as pure rules over who looked at whom, when and on what ground.

Southport's 48 who had no business looking were found by routine audit. A finding is a question with its reasons,
never a score: most looks that seem odd have a plain explanation, and the auditor hears it first.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from wholepicture.foundation.names import fold
from wholepicture.foundation.when import ENGLAND
from wholepicture.foundation.working_days import is_working_day

_Key = TypeVar("_Key")

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
OPENS, CLOSES = 7, 19
"""Hours in England between which office roles work, on working days."""

MANY, MANY_FOR_WIDE_ROLES = 25, 60
"""Different people looked at within an hour: more than this is asked about."""

MANY_AFTER_HOURS = 5
MANY_REFUSALS = 3
COMMON = 100
"""A family name that more than one in so many of those looked at bear says nothing by itself."""

ROUND_THE_CLOCK = frozenset({"police_officer", "screening_worker", "ae_liaison", "midwife", "paediatrician"})
WIDE = frozenset({"screening_worker", "manager", "named_nurse", "ig_lead"})


class Claim(enum.Enum):
    """What the looker had to do with the person at that moment."""

    NONE = "no involvement"
    GLASS = "they broke the glass"
    TEAM = "their team was involved"
    OWN = "they held the person themselves"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one person, at a moment (UTC); `existence` where they were told only that the person is known."""

    id: int
    at: datetime
    practitioner: UUID
    role: str
    person: UUID
    claim: Claim
    refused: bool = False
    existence: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of those who looked and were looked at.

    `lookers` are practitioners' names as they sign; `people` the folded family names that a person goes by (see
    `family_names`); `near` the practitioners known to be a neighbour or colleague of the person, or related to them.
    """

    lookers: Mapping[UUID, str] = field(default_factory=dict)
    people: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    near: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a practitioner about: the pattern, why it is asked, and the looks behind it."""

    pattern: str
    practitioner: UUID
    why: str
    looks: tuple[Look, ...]

    @property
    def people(self) -> tuple[UUID, ...]:
        """Those who were looked at, once each."""
        return tuple(dict.fromkeys(look.person for look in self.looks))


def questions(looks: Iterable[Look], known: Known) -> list[Question]:
    """Every question that the looks raise, by time."""
    ordered = sorted(looks, key=lambda look: (look.at, look.id))
    found = [question for rule in RULES for question in rule(ordered, known)]
    return sorted(found, key=lambda question: (question.looks[0].at, question.pattern))


def family_names(*names: str) -> frozenset[str]:
    """Family names folded for comparing, with the parts of one that is double-barrelled."""
    parts = [part for name in names for part in fold(name).split() if len(part) > 2]
    return frozenset([*filter(None, map(fold, names)), *parts])


def same_family_name(looks: Sequence[Look], known: Known) -> Iterator[Question]:
    """A look at somebody of the looker's own family name whom they do not hold themselves."""
    bearers = Counter(name for names in known.people.values() for name in names)
    most = max(8, len(known.people) // COMMON)
    for (who, person), theirs in _grouped(looks, lambda look: (look.practitioner, look.person)).items():
        own = family_names(*known.lookers.get(who, "").split()[-1:])
        shared = {name for name in own & known.people.get(person, frozenset()) if bearers[name] <= most}
        unexplained = tuple(look for look in theirs if look.claim is not Claim.OWN)
        if shared and unexplained:
            yield Question(
                "same family name", who, "The person has the practitioner's own family name, and "
                f"{_claim(unexplained)}. Are they related, and if so was it agreed who works with this family?",
                unexplained,
            )  # fmt: skip


def somebody_near(looks: Sequence[Look], known: Known) -> Iterator[Question]:
    """A look at somebody who is known to be the looker's neighbour, colleague or relative."""
    for (who, person), theirs in _grouped(looks, lambda look: (look.practitioner, look.person)).items():
        if who in known.near.get(person, frozenset()):
            yield Question(
                "somebody near", who, "The person is known to be a neighbour, colleague or relative of the "
                f"practitioner, and {_claim(theirs)}. Who agreed that they should work with this family?", theirs,
            )  # fmt: skip


def without_a_claim(looks: Sequence[Look], known: Known) -> Iterator[Question]:
    """A look that was shown though the looker's teams had no involvement then, and no glass was broken."""
    bare = [look for look in looks if look.claim is Claim.NONE and not look.refused and not look.existence]
    for (who, _), theirs in _grouped(bare, lambda look: (look.practitioner, look.person)).items():
        yield Question(
            "no involvement", who, "No team of the practitioner's was involved with the person at that time, and "
            "the look was shown. What was it for, and how was it possible?", theirs,
        )  # fmt: skip


def many_in_an_hour(looks: Sequence[Look], known: Known) -> Iterator[Question]:
    """Many different people looked at within an hour, for a role that is not at a front door."""
    shown = [look for look in looks if not look.refused]
    for who, theirs in _grouped(shown, lambda look: look.practitioner).items():
        limit = MANY_FOR_WIDE_ROLES if theirs[0].role in WIDE else MANY
        for burst in _bursts(theirs, limit + 1):
            people = len({look.person for look in burst})
            yield Question(
                "many people", who, f"The practitioner opened {people} different people's records at a stretch, "
                f"more than {limit} within an hour. Was it a piece of work that somebody knows of?", burst,
            )  # fmt: skip


def refused_again_and_again(looks: Sequence[Look], known: Known) -> Iterator[Question]:
    """Refused several times, each within a day of the one before: somebody tries doors."""
    refused = [look for look in looks if look.refused]
    for who, theirs in _grouped(refused, lambda look: look.practitioner).items():
        for burst in _runs(theirs, A_DAY):
            if len(burst) >= MANY_REFUSALS:
                yield Question(
                    "refused again", who, f"The practitioner was refused {len(burst)} times, hardly a day apart. Does "
                    "a family need a worker whom it does not have, or was somebody looking for something?", burst,
                )  # fmt: skip


def after_hours(looks: Sequence[Look], known: Known) -> Iterator[Question]:
    """Several people looked at within an hour outside working hours, by a role that keeps them."""
    late = [
        look for look in looks if not look.refused and look.role not in ROUND_THE_CLOCK and _is_after_hours(look.at)
    ]
    for who, theirs in _grouped(late, lambda look: look.practitioner).items():
        for burst in _bursts(theirs, MANY_AFTER_HOURS):
            people = len({look.person for look in burst})
            began = burst[0].at.astimezone(ENGLAND)
            yield Question(
                "after hours", who, f"The practitioner opened {people} different people's records after "
                f"{began:%H:%M on %A %-d %B}, outside working hours. Was somebody on call, or catching up?", burst,
            )  # fmt: skip


RULES: tuple[Callable[[Sequence[Look], Known], Iterator[Question]], ...] = (
    same_family_name,
    somebody_near,
    without_a_claim,
    many_in_an_hour,
    refused_again_and_again,
    after_hours,
)


def _is_after_hours(moment: datetime) -> bool:
    there = moment.astimezone(ENGLAND)
    return not is_working_day(there.date()) or not OPENS <= there.hour < CLOSES


_CLAIMS = {
    Claim.OWN: "they hold the person themselves",
    Claim.TEAM: "their team was involved",
    Claim.GLASS: "they broke the glass",
    Claim.NONE: "their team was not involved",
}


def _claim(looks: Sequence[Look]) -> str:
    if all(look.refused for look in looks):
        return "the look was refused"
    had = {look.claim for look in looks}
    return next(words for claim, words in _CLAIMS.items() if claim in had)


def _grouped(looks: Iterable[Look], key: Callable[[Look], _Key]) -> dict[_Key, tuple[Look, ...]]:
    found: dict[_Key, list[Look]] = defaultdict(list)
    for look in looks:
        found[key(look)].append(look)
    return {group: tuple(theirs) for group, theirs in found.items()}


def _bursts(looks: Sequence[Look], least: int) -> Iterator[tuple[Look, ...]]:
    """Stretches of looks in which some hour holds at least so many different people; those that overlap are one."""
    times = [look.at for look in looks]
    covered: set[int] = set()
    for last, look in enumerate(looks):
        first = bisect_left(times, look.at - AN_HOUR)
        if len({one.person for one in looks[first : last + 1]}) >= least:
            covered.update(range(first, last + 1))
    yield from _runs([looks[index] for index in sorted(covered)], AN_HOUR)


def _runs(looks: Sequence[Look], gap: timedelta) -> Iterator[tuple[Look, ...]]:
    """Looks of which each follows the one before within the gap."""
    run: list[Look] = []
    for look in looks:
        if run and look.at - run[-1].at > gap:
            yield tuple(run)
            run = []
        run.append(look)
    if run:
        yield tuple(run)
