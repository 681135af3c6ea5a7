"""Families of the synthetic people: parents and children of one home, among them twins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from wholepicture.demo.identifiers import NO_AUTHORITY, nhs_check_digit, upn_check_letter
from wholepicture.demo.names import surname_for
from wholepicture.demo.population.names import Naming, draw_naming

TODAY: Final = date(2026, 11, 25)
TWINS: Final = 0.03
"""Of births after which another follows at once: more than in life, since they are what is hard."""

_SCATTER, _SERIALS = 104_729, 1_000_000
_STREETS: Final = ("Weir", "Mill", "Chapel", "Station", "Church", "Victoria", "Albert", "Park", "Green", "Manor",
                   "King", "Queen", "School", "Bridge", "Spring", "North", "South", "York", "Windsor", "Grove",
                   "Holly", "Oak", "Elm", "Chestnut", "Cedar", "Poplar", "Meadow", "Brook", "Hill", "High",
                   "Market")  # fmt: skip
_KINDS: Final = ("Street", "Road", "Avenue", "Close", "Lane", "Drive", "Crescent", "Way")
_AREAS: Final = ("B", "CV", "LE", "NG", "DE", "LS", "BD", "M", "L", "S", "HU", "NE", "SR", "PE", "NN", "MK", "LU", "E",
                 "N", "SE", "SW", "W", "CR", "BR", "RM", "IG", "EN", "HA", "UB", "TW")  # fmt: skip
_LAST: Final = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Someone:
    """One synthetic person, as they truly are. `twin` and `child` say how they stand in their family."""

    key: str
    family: int
    given_name: str
    middle_name: str
    family_name: str
    born: date
    sex: str
    postcode: str
    address: str
    nhs_number: str
    upn: str
    twin: bool = False
    child: bool = False
    mother_family_name: str = ""


@dataclass
class Home:
    """Where a family lives."""

    postcode: str
    address: str


def draw_home(rng: Random) -> Home:
    """A home: some forty people share each postcode of a million."""
    postcode = (
        f"{rng.choice(_AREAS)}{rng.randint(1, 20)} {rng.randint(1, 9)}{rng.choice(_LAST[:9])}{rng.choice(_LAST[:5])}"
    )
    flat = f"Flat {rng.randint(1, 40)}, " if rng.random() < 0.2 else ""
    street = Random(postcode)  # a postcode is one street
    return Home(postcode, f"{flat}{rng.randint(1, 60)} {street.choice(_STREETS)} {street.choice(_KINDS)}")


def people(rng: Random) -> Iterator[list[Someone]]:
    """Family after family, for ever."""
    serial = family = 0
    while True:
        members = _family(rng, family, serial)
        serial += len(members)
        family += 1
        yield members


def _family(rng: Random, family: int, serial: int) -> list[Someone]:
    hers = draw_naming(rng)
    his = hers if rng.random() < 0.75 else draw_naming(rng)
    home = draw_home(rng)
    mother_name, father_name = hers.surnames.draw(rng), his.surnames.draw(rng)
    if rng.random() < 0.5:
        mother_name = father_name
    childrens = _childrens(mother_name, father_name, rng)
    mother_born = TODAY - timedelta(days=rng.randint(20 * 365, 50 * 365))
    maker = _Maker(rng, family, serial, home, surname_for(mother_name, "female"))
    members = [maker.make(hers, "female", mother_name, mother_born)]
    if rng.random() < 0.75:
        members.append(maker.make(his, "male", father_name, mother_born - timedelta(days=rng.randint(-1500, 3000))))
    return members + _children(maker, rng, hers, childrens, mother_born)


def _childrens(mother_name: str, father_name: str, rng: Random) -> str:
    plain = "-" not in mother_name + father_name and " " not in mother_name + father_name
    if rng.random() < 0.08 and plain and mother_name != father_name:
        return f"{surname_for(mother_name, 'male')}-{surname_for(father_name, 'male')}"
    return father_name if rng.random() < 0.75 else mother_name


def _children(maker: _Maker, rng: Random, naming: Naming, surname: str, mother_born: date) -> list[Someone]:
    born = mother_born + timedelta(days=rng.randint(18 * 365, 32 * 365))
    oldest = TODAY - timedelta(days=18 * 365)
    if born < oldest:
        # Those before are grown up. The first who is not is born on any day, not all of a town on one.
        born = oldest + timedelta(days=rng.randint(0, 1600))
    children: list[Someone] = []
    wanted = rng.choices((0, 1, 2, 3, 4, 5), (10, 25, 34, 18, 9, 4))[0]
    while len(children) < wanted and born <= TODAY:
        twins = rng.random() < TWINS
        sex = rng.choice(("female", "male"))
        for _ in range(2 if twins else 1):
            children.append(maker.make(naming, sex, surname, born, twin=twins, child=True))
            sex = rng.choice((sex, "female", "male"))
        born += timedelta(days=rng.randint(300, 1600))
    return children


@dataclass
class _Maker:
    rng: Random
    family: int
    serial: int
    home: Home
    mother_name: str

    def __post_init__(self) -> None:
        self._used: set[str] = set()

    def make(
        self, naming: Naming, sex: str, surname: str, born: date, *, twin: bool = False, child: bool = False
    ) -> Someone:
        serial = self.serial
        self.serial += 1
        given = naming.given(sex, self.rng)
        for _ in range(20):
            if given not in self._used:
                break
            given = naming.given(sex, self.rng)
        self._used.add(given)
        middle = naming.given(sex, self.rng) if self.rng.random() < 0.55 else ""
        family_name = surname_for(surname, sex)
        pupil = child and (TODAY - born).days > 5 * 365
        return Someone(f"p{serial}", self.family, given, middle, family_name, born, sex, self.home.postcode,
                       self.home.address, nhs(serial), pupil_number(serial) if pupil else "", twin, child,
                       self.mother_name)  # fmt: skip


def nhs(serial: int) -> str:
    """An NHS number of the test range for about nine in ten of the first million; blank for the others."""
    body = f"999{serial * _SCATTER % _SERIALS:06d}"
    digit = nhs_check_digit(body) if serial < _SERIALS else None
    return "" if digit is None else f"{body}{digit}"


def pupil_number(serial: int) -> str:
    """A unique pupil number of no authority; blank beyond the first ten million."""
    body = f"{NO_AUTHORITY}{serial:09d}"[:12]
    return f"{upn_check_letter(body)}{body}"
