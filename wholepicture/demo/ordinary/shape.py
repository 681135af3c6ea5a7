"""Ordinary families: who lives with whom, in the proportions of an English town."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wholepicture.demo.household import Household, Member, Tie, tie_siblings
from wholepicture.people.types import PersonType, Relation

SHAPES = ("couple", "lone_mother", "separated", "step", "grandparent", "lone_father", "three_generations")
_SHARES = (58, 15, 11, 7, 2, 2, 5)


def ordinary_household(home: Household, rng: Random) -> None:
    """Fill a household with one to five children and the adults of one of the town's usual shapes."""
    shape = rng.choices(SHAPES, _SHARES)[0]
    _children(home, rng)
    eldest = min(c.born for c in home.children)
    mother_age = rng.randint(19, 34)
    _adult(home, rng, "mother", "female", eldest, mother_age, at_home=shape not in ("grandparent", "lone_father"))
    _adult(
        home,
        rng,
        "father",
        "male",
        eldest,
        mother_age + rng.randint(-2, 7),
        at_home=shape in ("couple", "lone_father", "three_generations"),
    )
    _parents(home, shape)
    if shape == "step":
        _step_father(home, rng, eldest)
    if shape in ("grandparent", "three_generations"):
        _grandmother(home, rng, eldest, shape)
    tie_siblings(home)


def _children(home: Household, rng: Random) -> None:
    count = rng.choices((1, 2, 3, 4, 5), (26, 40, 22, 9, 3))[0]
    born = home.today - timedelta(days=rng.randint(20, 17 * 365))
    births: list[date] = []
    for _ in range(count):
        births.append(born)
        gap = 0 if rng.random() < 0.02 else rng.randint(430, 1500)
        # The next is younger where there is room, otherwise older.
        younger = max(births) + timedelta(days=gap)
        born = younger if younger <= home.today - timedelta(days=10) else min(births) - timedelta(days=gap)
    births = [b for b in births if b > home.today - timedelta(days=17 * 365 + 300)]
    for n, day in enumerate(sorted(births), start=1):
        add_child(home, rng, f"child_{n}", day)
    if rng.random() < 0.03 and max(births) < home.today - timedelta(days=500):
        due = home.today + timedelta(days=rng.randint(20, 160))
        add_child(home, rng, "unborn", due, PersonType.UNBORN)


def add_child(
    home: Household, rng: Random, key: str, born: date, type_: PersonType = PersonType.CHILD, sex: str = ""
) -> Member:
    """Add a child whose size runs along a track of its own."""
    track = max(-1.6, min(1.6, rng.gauss(0.0, 0.75)))
    gestation = rng.choices((35, 36, 38, 39, 40, 41), (2, 3, 12, 27, 36, 20))[0]
    sex = sex or rng.choice(("female", "male"))
    if type_ is PersonType.UNBORN:
        sex = "unknown"
    height = max(-1.9, min(1.9, track * 0.6 + rng.gauss(0.0, 0.45)))
    home.members[key] = Member(key, type_, sex, born, True, gestation, round(track, 2), round(height, 2))
    return home.members[key]


def _adult(home: Household, rng: Random, key: str, sex: str, eldest: date, age: int, at_home: bool = True) -> None:
    born = eldest - timedelta(days=age * 365 + rng.randint(0, 364))
    home.members[key] = Member(key, PersonType.ADULT, sex, born, at_home)


def _parents(home: Household, shape: str) -> None:
    members = home.members
    apart = None
    if shape in ("separated", "step"):
        youngest = max(c.born for c in home.children)
        apart = max(youngest, home.first_day - timedelta(days=900)) + timedelta(days=40)
        apart = min(apart, home.today - timedelta(days=60))
    for child in home.children:
        home.ties.append(Tie("mother", Relation.MOTHER, child.key, members["mother"].home, child.begins))
        together = apart is not None and child.begins < apart
        if together:
            home.ties.append(Tie("father", Relation.FATHER, child.key, True, child.begins, apart))
        since = apart if together else child.begins
        home.ties.append(Tie("father", Relation.FATHER, child.key, members["father"].home, since))
    eldest = home.children[0].born
    if apart is not None:
        home.ties.append(Tie("father", Relation.PARTNER, "mother", True, min(eldest, apart), apart))
        home.ties.append(Tie("father", Relation.EX_PARTNER, "mother", False, apart))
    elif members["father"].home and members["mother"].home:
        home.ties.append(Tie("father", Relation.PARTNER, "mother", True, eldest))


def _step_father(home: Household, rng: Random, eldest: date) -> None:
    joined = home.today - timedelta(days=rng.randint(800, 1500))
    _adult(home, rng, "step_father", "male", eldest, rng.randint(22, 38))
    home.members["step_father"].joined = joined
    home.ties.append(Tie("step_father", Relation.PARTNER, "mother", True, joined))
    for child in home.children:
        home.ties.append(Tie("step_father", Relation.STEP_PARENT, child.key, True, max(joined, child.begins)))


def _grandmother(home: Household, rng: Random, eldest: date, shape: str) -> None:
    _adult(home, rng, "grandmother", "female", eldest, rng.randint(46, 62))
    home.ties.append(Tie("grandmother", Relation.PARENT, "mother", shape != "grandparent"))
    for child in home.children:
        home.ties.append(Tie("grandmother", Relation.GRANDPARENT, child.key, True, child.begins))
        if shape == "grandparent":
            home.ties.append(Tie("grandmother", Relation.CARER, child.key, True, child.begins))
