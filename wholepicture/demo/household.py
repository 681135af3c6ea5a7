"""Who a family is before anybody has a name: members, ties, where they live, learn and are looked after."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wholepicture.demo.places import NURSERY, PRACTICES, PRIMARIES, SECONDARY
from wholepicture.demo.terms import school_start
from wholepicture.people.types import PersonType, Relation

YEARS = timedelta(days=730)
EXPECTED = timedelta(days=200)  # the record speaks of an unborn child from about the third month
SECONDARY_YEAR = 7


@dataclass
class Member:
    """One person of the family by a short key (`child_1`, `mother`); `track` is where their weight runs, in SDS."""

    key: str
    type: PersonType
    sex: str
    born: date
    home: bool = True
    gestation: int = 40
    track: float = 0.0
    height_track: float = 0.0
    died: date | None = None
    joined: date | None = None  # the household, where not from the beginning
    names_from: str = ""  # whose surname it takes, where not the mother's household's

    @property
    def is_child(self) -> bool:
        """A child or an unborn child."""
        return self.type is not PersonType.ADULT

    @property
    def begins(self) -> date:
        """When ties to somebody can begin: at birth, of an unborn child when the pregnancy is known."""
        return self.born - EXPECTED if self.type is PersonType.UNBORN else self.born

    def age(self, day: date) -> float:
        """Age in years, corrected for a child born before 37 weeks until two."""
        years = (day - self.born).days / 365.25
        if self.gestation < 37 and years < 2:
            return years - (40 - self.gestation) * 7 / 365.25
        return years


@dataclass(frozen=True)
class Tie:
    """`person` is `relation` of `other`, between two days where they are known."""

    person: str
    relation: Relation
    other: str
    lives_with: bool | None = None
    from_: date | None = None
    to: date | None = None
    known_from: date | None = None


@dataclass
class Household:
    """A family as its story needs it, drawn before its names."""

    number: int
    today: date
    story: str = "ordinary"
    another_language: bool = False
    members: dict[str, Member] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    practice: str = PRACTICES[0]
    primary: str = PRIMARIES[0]
    north: bool = True
    address: str = ""
    moved: date | None = None
    shift: int = 0
    stretch: float = 1.0

    def ago(self, days: int) -> date:
        """A day of the family's story: earlier by the shift, its spaces wider or narrower by the stretch."""
        return self.today - timedelta(days=self.shift + round(days * self.stretch))

    @property
    def first_day(self) -> date:
        """The first of the two years that the demonstration tells in full."""
        return self.today - YEARS

    def since(self, member: Member) -> date:
        """The first day of the two years on which the member was in the household."""
        return max(self.first_day, member.joined or self.first_day)

    @property
    def children(self) -> list[Member]:
        """Children and unborn children at home, eldest first."""
        return [m for m in self.members.values() if m.is_child and m.home]

    @property
    def adults(self) -> list[Member]:
        """Adults at home."""
        return [m for m in self.members.values() if not m.is_child and m.home]

    @property
    def carer(self) -> str:
        """The adult who usually comes with the child."""
        return next((m.key for m in self.adults), "mother")

    def setting(self, child: str, day: date) -> str:
        """The nursery or school that the child attends on a day."""
        born = self.members[child].born
        started = school_start(born)
        if day < started:
            return NURSERY
        return SECONDARY if day >= started.replace(year=started.year + SECONDARY_YEAR) else self.primary

    def resolve(self, agency: str, child: str, day: date) -> str:
        """`gp`, `school` and `early_years` are this family's own; `school` of an adult is the eldest child's."""
        if agency == "gp":
            return self.practice
        if agency == "early_years":
            return NURSERY
        if agency != "school":
            return agency
        pupils = [m.key for m in self.children if day >= school_start(m.born)]
        if child in pupils:
            return self.setting(child, day)
        return self.setting(pupils[0], day) if pupils else self.primary


def settle(home: Household, rng: Random, streets: tuple[str, ...]) -> None:
    """Give the family its practice, primary school, side of town and address."""
    home.practice = rng.choice(PRACTICES)
    home.primary = rng.choice(PRIMARIES)
    home.north = rng.random() < 0.5
    home.address = f"aldermere-{rng.choice(streets)}-{rng.randint(1, 140)}"
    home.moved = home.today - timedelta(days=rng.randint(800, 3200))


def tie_siblings(home: Household) -> None:
    """Every pair of the household's children are siblings, unless a tie already says what they are."""
    children = home.children
    said = {frozenset((t.person, t.other)) for t in home.ties}
    for n, elder in enumerate(children):
        for younger in children[n + 1 :]:
            if frozenset((elder.key, younger.key)) not in said:
                home.ties.append(Tie(younger.key, Relation.SIBLING, elder.key, True, younger.begins))
