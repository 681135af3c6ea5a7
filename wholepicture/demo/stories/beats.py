"""How a story is written down, and how it is played into a family's record on real days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wholepicture.demo import sizes
from wholepicture.demo.household import Household, Member, Tie
from wholepicture.demo.pen import Pen
from wholepicture.people.types import PersonType, Relation

_CHOICE = re.compile(r"\[([^\[\]]+\|[^\[\]]*)\]")


@dataclass(frozen=True)
class Cast:
    """Somebody in a story: `age` in years at the story's end (unborn: minus the years until due), `home` or not."""

    key: str
    age: float
    sex: str = ""
    type: str = "child"
    home: bool = True
    track: float | None = None
    names_from: str = ""
    died: int | None = None  # days before the story's end
    joined: int | None = None  # the household, likewise


@dataclass(frozen=True)
class Bond:
    """A tie of the story; `from_` and `to` are days before its end, blank from the birth of the younger."""

    person: str
    relation: str
    other: str
    lives_with: bool | None = None
    from_: int | None = None
    to: int | None = None
    known_from: int | None = None


@dataclass(frozen=True)
class Held:
    """Which team holds somebody, between two days before the end; `assessment` is that of their side of town."""

    team: str
    role: str
    person: str
    reason: str
    from_: int
    to: int | None = None


@dataclass(frozen=True)
class Beat:
    """One entry of a story.

    `when` is `120 08:15` (days before the story's end) or `+2 09:00` (days after the beat before). `about` and
    `shared` are as the pen reads them; `[a|b]` in the summary is one or the other; a `weight_sds` or `height_sds` in
    the details becomes the child's size at that age; `chance` is how often the beat is in the story at all.
    """

    when: str
    agency: str
    author: str
    kind: str
    about: str
    summary: str
    details: Mapping[str, object] = field(default_factory=dict)
    shared: str = ""
    lag: int = 0
    tag: str = ""
    answers: str = ""
    same_as: str = ""
    supersedes: str = ""
    precision: str = ""
    chance: float = 1.0


@dataclass(frozen=True)
class Story:
    """An archetype: who is in it, what happens, how many families of 450 it is told of, and what is left out of the
    ordinary background (`skip`: growth, attendance, injury, appointments, worries, pregnancy, home)."""

    code: str
    title: str
    families: int
    cast: tuple[Cast, ...]
    bonds: tuple[Bond, ...]
    beats: tuple[Beat, ...]
    skip: frozenset[str] = frozenset()
    another_language: bool = False
    held: tuple[Held, ...] = ()


def cast_household(home: Household, story: Story, rng: Random) -> None:
    """Fill the household with the story's people, ages varied by some weeks, and their ties."""
    for part in story.cast:
        home.members[part.key] = _member(home, part, rng)
    for bond in story.bonds:
        for other in [c.key for c in home.children] if bond.other == "children" else [bond.other]:
            home.ties.append(_tie(home, bond, other))


def _member(home: Household, part: Cast, rng: Random) -> Member:
    vary = rng.randint(-20, 20) if part.age > 2 else 0
    if part.type == "adult":
        vary = rng.randint(-500, 500)
    born = home.today - timedelta(days=round(part.age * 365.25) + vary)
    sex = part.sex or ("unknown" if part.type == "unborn" else rng.choice(("female", "male")))
    track = part.track if part.track is not None else max(-1.6, min(1.6, rng.gauss(0, 0.7)))
    member = Member(
        part.key, PersonType(part.type), sex, born, part.home, rng.choice((38, 39, 40, 40)), round(track, 2)
    )
    member.height_track = round(track * 0.6, 2)
    member.names_from = part.names_from
    member.died = None if part.died is None else home.ago(part.died)
    member.joined = None if part.joined is None else home.ago(part.joined)
    return member


def _tie(home: Household, bond: Bond, other: str) -> Tie:
    def day(ago: int | None) -> date | None:
        return None if ago is None else home.ago(ago)

    begins = [m.begins for m in (home.members[bond.person], home.members[other]) if m.is_child]
    since = max(filter(None, [day(bond.from_), *begins]), default=None)
    return Tie(bond.person, Relation(bond.relation), other, bond.lives_with, since, day(bond.to), day(bond.known_from))


def play(pen: Pen, story: Story) -> None:
    """Write the story's beats into the family's record."""
    rng, previous = pen.rng, pen.household.today
    for beat in story.beats:
        if rng.random() > beat.chance:
            continue
        offset, _, clock = beat.when.partition(" ")
        if offset.startswith("+"):
            day = previous + timedelta(days=int(offset))
            day = _forward(pen, day, beat)
        else:
            day = pen.household.ago(int(offset))
        row = pen.write(
            beat.kind,
            day,
            beat.agency,
            beat.author,
            beat.about,
            _choose(beat.summary, rng),
            _sized(pen, beat, day),
            clock=clock,
            lag_days=beat.lag,
            shared=beat.shared,
            tag=beat.tag,
        )
        row.answers = tuple(beat.answers.split())
        row.same_as = tuple(beat.same_as.split())
        row.supersedes = beat.supersedes
        row.precision = beat.precision
        previous = row.occurred.date()


def _forward(pen: Pen, day: date, beat: Beat) -> date:
    """What follows something else never comes before it: the next day on which the agency works."""
    while pen.open_day(day, beat.agency, beat.kind) != day:
        day += timedelta(days=1)
    return day


def _choose(text: str, rng: Random) -> str:
    return _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)


def _sized(pen: Pen, beat: Beat, day: date) -> dict[str, object]:
    details = {k: _choose(v, pen.rng) if isinstance(v, str) else v for k, v in beat.details.items()}
    child = pen.household.members.get(beat.about.partition(";")[0].partition(":")[0].strip())
    for name, size, field_name in (
        ("weight_sds", sizes.weight, "weight_kg"),
        ("height_sds", sizes.height, "height_cm"),
    ):
        score = details.pop(name, None)
        if isinstance(score, int | float) and child is not None:
            details[field_name] = size(float(score), child.sex, child.age(day))
    return details
