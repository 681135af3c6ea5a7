"""Names, numbers and languages for a family whose story is already written; and how agencies misheard them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from wholepicture.demo.household import Household, Member
from wholepicture.demo.identifiers import nhs_number, upn
from wholepicture.demo.names import BACKGROUNDS, Background, draw_background, misspelt, surname_for
from wholepicture.demo.places import SCHOOL_NUMBERS
from wholepicture.demo.terms import school_start
from wholepicture.foundation.when import When
from wholepicture.people.types import Identity, Person, PersonType

PEOPLE_PER_FAMILY = 24  # room for NHS numbers: no family has more members
_MISHEARD_BY = ("hospital_ae", "police", "gp", "housing", "school")


@dataclass(frozen=True)
class Named:
    """What naming a household gives: people and identities by whole-town keys, names for texts, the home language."""

    people: dict[str, Person]
    identities: tuple[Identity, ...]
    given: dict[str, str]
    language: str
    background: str


@dataclass
class _Surnames:
    """The surnames of a household: the mother's, the father's, and the one that their children carry."""

    mother: str
    father: str
    children: str
    others: dict[str, tuple[Background, str]]


def name_household(home: Household, rng: Random) -> Named:
    """Name everybody. Nothing that happens in the family is known here: only its language need, ages and sexes."""
    hers = draw_background(rng, another_language=home.another_language)
    his = hers if home.another_language or rng.random() < 0.78 else draw_background(rng, another_language=False)
    surnames = _surnames(home, hers, his, rng)
    given = {"family": f"{home.number:03d}"}
    people: dict[str, Person] = {}
    language = hers.language if home.another_language or rng.random() < 0.6 else "en"
    for n, member in enumerate(home.members.values()):
        background, surname = _background_of(member, hers, his, surnames)
        first = _unused(background, member.sex, rng, given)
        given[member.key] = first if member.type is not PersonType.UNBORN else "unborn baby"
        key = f"f{home.number:03d}_{member.key}"
        spoken = background.language if member.names_from else language
        people[key] = _person(home, member, key, n, first, surname_for(surname, member.sex), spoken)
    return Named(people, _misheard(home, people, rng), given, language, hers.code)


def _surnames(home: Household, hers: Background, his: Background, rng: Random) -> _Surnames:
    mother, father = hers.surname(rng), his.surname(rng)
    draw = rng.random()
    if draw < 0.5:
        mother = father  # one name for the household
    children = father if draw < 0.78 else mother
    single = "-" not in mother + father and " " not in mother + father
    if draw > 0.88 and single and mother != father:
        children = f"{surname_for(mother, 'male')}-{surname_for(father, 'male')}"
    others: dict[str, tuple[Background, str]] = {}
    for member in home.members.values():
        if member.names_from and member.names_from not in others:
            background = draw_background(rng, another_language=False)
            others[member.names_from] = (background, background.surname(rng))
    return _Surnames(mother, father, children, others)


def _background_of(member: Member, hers: Background, his: Background, surnames: _Surnames) -> tuple[Background, str]:
    if member.names_from:
        return surnames.others[member.names_from]
    if member.key in ("father", "step_father"):
        return his, surnames.father
    if member.is_child:
        return hers, surnames.children
    return hers, surnames.mother


def _unused(background: Background, sex: str, rng: Random, given: dict[str, str]) -> str:
    for _ in range(40):
        name = background.given(sex, rng)
        if name not in given.values():
            break
    return name


def _person(home: Household, member: Member, key: str, n: int, first: str, surname: str, language: str) -> Person:
    unborn = member.type is PersonType.UNBORN
    started = school_start(member.born)
    pupil = member.is_child and not unborn and started <= home.today and not member.names_from
    index = home.number * PEOPLE_PER_FAMILY + n
    school = SCHOOL_NUMBERS[home.primary]
    return Person(
        key=key,
        type=member.type,
        sex=member.sex,
        born=When.on(member.born),
        died=When.on(member.died) if member.died else None,
        given_name="" if unborn else first,
        family_name=surname,
        nhs_number="" if unborn or member.names_from else nhs_number(index),
        upn=upn(school, started, index) if pupil else "",
        language=language,
        interpreter="needed" if home.another_language else "not_needed",
        gestation_weeks=float(member.gestation) if member.is_child and not unborn else None,
    )


def _misheard(home: Household, people: dict[str, Person], rng: Random) -> tuple[Identity, ...]:
    found: list[Identity] = []
    for person in people.values():
        if not person.given_name or rng.random() > 0.12:
            continue
        agency = rng.choice(_MISHEARD_BY)
        born = person.born
        if agency == "gp":
            agency = home.practice
        elif agency == "school":
            if not person.upn:
                continue
            agency = home.setting(person.key.partition("_")[2], home.today)
        if born is not None and rng.random() < 0.2 and born.start.day <= 12:
            born = When.on(born.start.replace(month=born.start.day, day=born.start.month))
        found.append(
            Identity(
                person=person.key,
                agency=agency,
                given_name=misspelt(person.given_name, rng),
                family_name=misspelt(person.family_name, rng) if rng.random() < 0.5 else person.family_name,
                born=born,
                sex=person.sex,
                reference=f"{agency[:2].upper()}{rng.randint(10_000, 99_999)}",
            )
        )
    return tuple(found) + _borrowed(home, people)


def _borrowed(home: Household, people: dict[str, Person]) -> tuple[Identity, ...]:
    """A guest is registered everywhere under the family's name (private fostering, Children Act 1989 s66)."""
    guest = next((p for k, p in people.items() if k.endswith("_guest")), None)
    family = next((p for k, p in people.items() if k.endswith("_child_1")), None)
    if guest is None or family is None:
        return ()
    agencies = (home.practice, home.primary, "school_nursing")
    return tuple(
        Identity(guest.key, agency, guest.given_name, family.family_name, guest.born, guest.sex) for agency in agencies
    )


def background_codes() -> tuple[str, ...]:
    """The backgrounds from which names are drawn."""
    return tuple(b.code for b in BACKGROUNDS)
