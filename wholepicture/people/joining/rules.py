"""What may be joined and parted, and how: a person's id always goes where the identity goes that it was made for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final
from uuid import UUID

from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem
from wholepicture.foundation.refusals import Refused
from wholepicture.people.joining.types import Belonging, Parting

LEAST_WORDS: Final = 10
"""Letters of the evidence at least: what was compared, or who was asked (R17)."""

_WHOLE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2})[ /.-](\d{1,2})[ /.-](\d{4})", re.ASCII)


def check_ground(ground: str) -> str:
    """The evidence as it is kept. Raises Refused where it says too little."""
    said = ground.strip()
    if len(said) < LEAST_WORDS:
        raise Refused("ground", "Say what makes you sure: what you compared, or whom you asked.")
    return said


def to_retype(known: Iterable[tuple[str, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Of each identity's NHS number and birth date, what may be typed again: numbers that are valid, and whole days."""
    rows = list(known)
    numbers = frozenset(number for number, _ in rows if number and nhs_number_problem(number) is None)
    return numbers, frozenset(born for _, born in rows if _WHOLE.fullmatch(born))


def retype_words(known: Iterable[tuple[str, str]]) -> str:
    """What is to be typed again, in words; blank where nothing is known that could be."""
    numbers, days = to_retype(known)
    return " or ".join(words for words, held in (("NHS number", numbers), ("date of birth", days)) if held)


def check_retyped(retyped: str, known: Sequence[tuple[str, str]]) -> None:
    """Refuse unless what was typed again is an NHS number or a day of birth of whoever is to be joined.

    A grave act needs a look at the record itself, and not at the button (issue "Who is this?"; hazard "wrong child").
    Where neither is known there is nothing to type, and the evidence has to carry it.
    """
    numbers, days = to_retype(known)
    typed = retyped.strip()
    day = _DAY.fullmatch(typed)
    said = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else ""
    if (numbers or days) and nhs_number(typed) not in numbers and said not in days:
        told = f"Type their {retype_words(known)} again, from the record: this does not agree with it."
        raise Refused("retyped", told)


def parting(person: UUID, held: Sequence[Belonging], chosen: Collection[UUID]) -> Parting:
    """How these identities are parted from the rest of a person's.

    The identity that the person was first known by stays: where it is among the chosen, the others leave instead. They
    go back to whoever was first known by one of them, or are somebody new. Raises Refused where nobody would be left.
    """
    leave = [b for b in held if b.identity in chosen]
    stay = [b for b in held if b.identity not in chosen]
    if not leave or not stay:
        raise Refused("chosen", "Choose some of these, and leave some: whoever is left is the other person.")
    if any(person in b.founds for b in leave):
        leave, stay = stay, leave
    own = sorted((b for b in leave if b.founds), key=lambda b: min(map(str, b.founds)))
    first = [b.identity for b in own]
    rest = [b.identity for b in leave if not b.founds]
    return Parting((*first, *rest), min(own[0].founds, key=str) if own else None)


def came_with(held: Sequence[Belonging], other: UUID) -> list[UUID]:
    """The identities that were the other person's when they were found to be this one; none where they never were."""
    first = next((b for b in held if other in b.founds), None)
    joined = _when_joined(first, other) if first else None
    return [b.identity for b in held if joined is not None and _whose(b, joined) == other]


def _when_joined(first: Belonging, other: UUID) -> int | None:
    """The number of the decision that took this identity, and with it the id, from the other person."""
    stayed = max(n for n, d in enumerate(first.decisions) if d.person == other)
    left = first.decisions[stayed + 1 :]
    return left[0].number if left else None


def _whose(belonging: Belonging, before: int) -> UUID | None:
    earlier = [d.person for d in belonging.decisions if d.number < before]
    return earlier[-1] if earlier else None
