"""How an agency writes somebody down: misheard, shortened, turned round, half known, or not named yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from wholepicture.demo.names import misspelt
from wholepicture.demo.population.families import Someone, draw_home
from wholepicture.demo.population.names import draw_naming
from wholepicture.foundation.names import fold
from wholepicture.people.linkage.nicknames import pairs

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Habits:
    """How often each thing is done to what is written, of one."""

    forms: float = 0.06
    misspelt: float = 0.10
    changed_surname: float = 0.04
    part_surname: float = 0.30
    exchanged: float = 0.015
    initial: float = 0.01
    unnamed: float = 0.02
    no_middle: float = 0.45
    turned: float = 0.02
    wrong_figure: float = 0.02
    part_of_date: float = 0.02
    no_date: float = 0.02
    moved: float = 0.18
    no_home: float = 0.08
    other_address: float = 0.12
    no_number: float = 0.35
    wrong_number: float = 0.01
    no_upn: float = 0.6
    no_sex: float = 0.08
    other_middle: float = 0.02
    other_sex: float = 0.005
    other_given: float = 0.006
    other_born: float = 0.02
    heard_twice: float = 0.03


USUAL: Final = Habits()
NEAT: Final = Habits(forms=0.02, misspelt=0.02, changed_surname=0.005, exchanged=0.002, initial=0.002, unnamed=0,
                     no_middle=0.2, turned=0.004, wrong_figure=0.004, part_of_date=0.004, no_date=0.004, moved=0.03,
                     no_home=0.03, other_address=0.05, no_number=0.1, wrong_number=0.003, no_upn=0.3,
                     no_sex=0.02,
                     other_middle=0.005, other_sex=0.002,
                     other_given=0.003, other_born=0.003, heard_twice=0.003)  # fmt: skip


def plain(someone: Someone) -> Row:
    """A person as they are."""
    return {
        "given_name": someone.given_name,
        "middle_name": someone.middle_name,
        "family_name": someone.family_name,
        "born": someone.born.isoformat(),
        "sex": someone.sex,
        "postcode": someone.postcode,
        "address": someone.address,
        "nhs_number": someone.nhs_number,
        "upn": someone.upn,
    }


def written(someone: Someone, rng: Random, habits: Habits = USUAL) -> Row:
    """A person as an agency with these habits has them."""
    row = plain(someone)
    _write_names(row, someone, rng, habits)
    _write_born(row, someone, rng, habits)
    _write_home(row, rng, habits)
    _write_numbers(row, rng, habits)
    if rng.random() < habits.no_sex:
        row["sex"] = ""
    elif rng.random() < habits.other_sex:
        row["sex"] = "male" if row["sex"] == "female" else "female"
    return row


def _write_names(row: Row, someone: Someone, rng: Random, habits: Habits) -> None:
    _write_middle(row, rng, habits)
    if rng.random() < habits.other_given:
        # Known by another name altogether: an English one at school, the one before an adoption.
        row["given_name"] = draw_naming(rng).given(someone.sex, rng)
    elif rng.random() < habits.forms:
        row["given_name"] = _other_form(row["given_name"], rng)
    _write_surname(row, someone, rng, habits)
    for name in ("given_name", "family_name"):
        for often in (habits.misspelt, habits.heard_twice):
            if rng.random() < often:
                row[name] = misspelt(row[name], rng)
    if rng.random() < habits.initial:
        row["given_name"] = row["given_name"][0]
    if someone.child and rng.random() < habits.unnamed:
        row["given_name"] = rng.choice(("Baby", "", "Unborn of mother"))
    elif rng.random() < habits.exchanged:
        row["given_name"], row["family_name"] = row["family_name"], row["given_name"]


def _write_middle(row: Row, rng: Random, habits: Habits) -> None:
    if rng.random() < habits.no_middle:
        row["middle_name"] = ""
    elif row["middle_name"] and rng.random() < 0.15:
        row["middle_name"] = row["middle_name"][0]
    elif rng.random() < habits.other_middle:
        row["middle_name"] = draw_naming(rng).given(row["sex"], rng)


def _write_surname(row: Row, someone: Someone, rng: Random, habits: Habits) -> None:
    if "-" in row["family_name"] and rng.random() < habits.part_surname:
        row["family_name"] = rng.choice([part for part in row["family_name"].split("-") if part])
    if rng.random() < habits.changed_surname:
        name = someone.mother_family_name if someone.child else draw_naming(rng).surnames.draw(rng)
        row["family_name"] = name.partition("/")[0]


def _other_form(name: str, rng: Random) -> str:
    key = fold(name)
    forms = sorted(pair.partition("|")[2] for pair in pairs() if pair.startswith(f"{key}|"))
    return rng.choice(forms).title() if forms else name


def _write_born(row: Row, someone: Someone, rng: Random, habits: Habits) -> None:
    born, draw = someone.born, rng.random()
    if draw < habits.turned and born.day <= 12:
        row["born"] = f"{born.year}-{born.day:02}-{born.month:02}"
    elif draw < habits.turned + habits.wrong_figure:
        day = rng.randint(1, 28)
        row["born"] = rng.choice(
            (born.replace(day=day), born.replace(year=born.year + rng.choice((-1, 1)), day=min(born.day, 28)))
        ).isoformat()
    elif draw < habits.turned + habits.wrong_figure + habits.part_of_date:
        row["born"] = row["born"][: rng.choice((4, 7))]
    elif draw > 1 - habits.no_date - habits.other_born and draw < 1 - habits.no_date:
        row["born"] = (born + timedelta(days=rng.randint(-3000, 3000))).isoformat()
    elif draw > 1 - habits.no_date:
        row["born"] = ""


def _write_home(row: Row, rng: Random, habits: Habits) -> None:
    draw = rng.random()
    if draw < habits.no_home:
        row["postcode"] = row["address"] = ""
    elif draw < habits.no_home + habits.moved:
        home = draw_home(rng)
        row["postcode"], row["address"] = home.postcode, home.address
    elif draw < habits.no_home + habits.moved + habits.other_address:
        row["address"] = misspelt(row["address"], rng)


def _write_numbers(row: Row, rng: Random, habits: Habits) -> None:
    if rng.random() < habits.no_number:
        row["nhs_number"] = ""
    elif row["nhs_number"] and rng.random() < habits.wrong_number:
        at = rng.randrange(10)
        figure = str((int(row["nhs_number"][at]) + rng.randint(1, 9)) % 10)
        row["nhs_number"] = row["nhs_number"][:at] + figure + row["nhs_number"][at + 1 :]
    if rng.random() < habits.no_upn:
        row["upn"] = ""
