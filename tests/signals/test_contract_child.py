"""The replay's contract for weight, food, appointments and language: S21, S25, S27, S39.

Weights were worked out with the College's own code for a boy born at term on 10 March 2015: each stands a little to
one side of a centile line, or of a fall of so many spaces.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.signals.contract import HOME, Family, Row, entry, lines, until, write
from tests.signals.test_contract_abuse import Case, incident


def born(weight: float | None = None, **details: object) -> Row:
    more = details if weight is None else {**details, "birth_weight_kg": weight}
    return entry("b0", "2015-03-10", "birth", "child_A:subject;mother:subject", agency="midwifery", **more)


def weighed(name: str, occurred: str, weight: float, **cells: object) -> Row:
    return entry(
        name,
        occurred,
        "measurement",
        "child_A:subject",
        agency=cells.pop("agency", "health_visiting"),
        weight_kg=weight,
        **cells,
    )


# fmt: off
# One row of a table is read as one sentence.
EARLY = HOME._replace(
    people_columns="person,type,sex,born,gestation_weeks",
    people=HOME.people.replace("1990\n", "1990,\n").replace("1988\n", "1988,\n")
    .replace("2015-03-10\n", "2015-03-10,30\n").replace("2012-06-01\n", "2012-06-01,\n"),
)

GROWTH = [
    Case("born between the lines, two spaces", "S21", [born(3.555), weighed("w1", "2015-09-10", 6.834)],
         ["2015-09-10 child_A b0 w1"]),
    Case("born between the lines, a little less than two spaces", "S21",
         [born(3.555), weighed("w1", "2015-09-10", 6.887)], []),
    Case("born below the ninth, one space", "S21", [born(2.942), weighed("w1", "2015-09-10", 6.3)],
         ["2015-09-10 child_A b0 w1"]),
    Case("born just above the ninth, one space is not enough", "S21",
         [born(2.972), weighed("w1", "2015-09-10", 6.382)], []),
    Case("born above the ninety-first, two spaces are not enough", "S21",
         [born(4.193), weighed("w1", "2015-09-10", 7.952)], []),
    Case("born above the ninety-first, three spaces", "S21",
         [born(4.193), weighed("w1", "2015-09-10", 7.362)], ["2015-09-10 child_A b0 w1"]),
    Case("below the second, nothing before", "S21", [weighed("w1", "2016-09-10", 8.744)], ["2016-09-10 child_A w1"]),
    Case("just above the second, nothing before", "S21", [weighed("w1", "2016-09-10", 8.784)], []),
    Case("before the first birthday only the birthweight is the baseline", "S21",
         [weighed("w1", "2015-06-10", 6.376), weighed("w2", "2015-09-10", 7.952), weighed("w3", "2016-03-09", 8.299)],
         []),
    Case("after it the centile that two measurements held", "S21",
         [weighed("w1", "2015-09-10", 7.952), weighed("w2", "2016-03-09", 9.646), weighed("w3", "2016-12-10", 9.907)],
         ["2016-12-10 child_A w1 w2 w3"]),
    Case("a centile that one measurement reached is not held", "S21",
         [weighed("w1", "2015-09-10", 7.952), weighed("w3", "2016-12-10", 9.907)], []),
    Case("weights of other agencies are joined", "S21",
         [weighed("w1", "2015-09-10", 7.952, agency="gp"), weighed("w2", "2016-03-09", 9.646, agency="hospital"),
          weighed("w3", "2016-12-10", 9.907, agency="school_nursing")], ["2016-12-10 child_A w1 w2 w3"]),
    Case("grams for kilograms", "S21", [born(3.555), weighed("w1", "2015-09-10", 7952), until("2016-01-01")], []),
    Case("a slip of the pen is no baseline", "S21",
         [born(3555), weighed("w1", "2015-09-10", 6.834)], []),
    Case("grams twice at nine and ten, where scores flatten", "S21",
         [weighed("w1", "2024-03-10", 29000), weighed("w2", "2025-03-10", 32000), weighed("w3", "2026-03-10", 35)], []),
    Case("from five years two spaces, from the held centile", "S21",
         [weighed("w1", "2018-03-10", 14.344), weighed("w2", "2020-03-09", 18.631),
          weighed("w3", "2021-03-10", 17.628)],
         ["2021-03-10 child_A w1 w2 w3"]),
    Case("from five years less than two spaces", "S21",
         [weighed("w1", "2018-03-10", 14.344), weighed("w2", "2020-03-09", 18.631),
          weighed("w3", "2021-03-10", 17.768)],
         []),
    Case("from five years three spaces are not asked of a large baby", "S21",
         [born(4.254), weighed("w3", "2021-03-10", 20.77)], ["2021-03-10 child_A b0 w3"]),
    Case("born ten weeks early: light for the day, not for the age", "S21",
         [weighed("w1", "2015-09-10", 6.1), until("2016-01-01")], [], EARLY),
    Case("born at term with that weight", "S21",
         [weighed("w1", "2015-09-10", 6.1), until("2016-01-01")], ["2015-09-10 child_A w1"]),
    Case("weighed again and regained ends it, a second fall stands anew", "S21",
         [born(3.555), weighed("w1", "2015-09-10", 6.8), weighed("w2", "2015-10-20", 8.4),
          weighed("w3", "2016-03-09", 8.2)], ["2015-09-10 child_A b0 w1", "2016-03-09 child_A b0 w3"]),
    Case("a weight learnt later", "S21",
         [born(3.555), weighed("w1", "2015-09-10", 6.834, recorded="2015-12-01")], ["2015-12-01 child_A b0 w1"]),
    Case("a month whose first day would be a fall and whose last would not", "S21",
         [born(3.555), weighed("w1", "2015-09", 6.83, precision="month")], []),
]


def concern(name: str, occurred: str, theme: str = "food_seeking", child: str = "child_A", **cells: object) -> Row:
    return entry(name, occurred, "welfare_concern", f"{child}:subject",
                 agency=cells.pop("agency", "school"), theme=theme, **cells)


FOOD = [
    Case("the thirtieth day", "S25", [concern("f1", "2020-01-06"), concern("f2", "2020-02-05")],
         ["2020-02-05 child_A f1 f2"]),
    Case("the thirty-first day", "S25", [concern("f1", "2020-01-06"), concern("f2", "2020-02-06")], []),
    Case("hunger alone", "S25",
         [concern("f1", "2020-01-06", "hunger", summary="Said that he was hungry."),
          concern("f2", "2020-01-08", "hunger", summary="Hungry again; no breakfast.")], []),
    Case("one that tells of several", "S25", [concern("f1", "2020-01-06", repeated=True)], ["2020-01-06 child_A f1"]),
    Case("one that does not", "S25", [concern("f1", "2020-01-06", repeated=False)], []),
    Case("several occasions of hunger alone", "S25",
         [concern("f1", "2020-01-06", "hunger", repeated=True, summary="Often says that he is hungry.")], []),
    Case("known to be several later", "S25",
         [concern("f1", "2020-01-06", repeated={"value": True, "known": "2020-03-02"}), until("2020-04-01")],
         ["2020-03-02 child_A f1"]),
    Case("one of each child", "S25", [concern("f1", "2020-01-06"), concern("f2", "2020-01-08", child="child_B")], []),
    Case("two agencies", "S25", [concern("f1", "2020-01-06"), concern("f2", "2020-01-08", agency="early_years")],
         ["2020-01-08 child_A f1 f2"]),
    Case("one day, one event", "S25", [concern("f1", "2020-01-06"), concern("f2", "2020-01-06", agency="early_years")],
         []),
    Case("a month and a day that may be too far apart", "S25",
         [concern("f1", "2020-01"), concern("f2", "2020-02-05")], []),
]


def appointment(name: str, occurred: str, outcome: str = "was_not_brought", **cells: object) -> Row:
    return entry(name, occurred, "appointment", str(cells.pop("about", "child_A:subject")),
                 agency="hospital", outcome=outcome, **({"service": "paediatrics"} | cells))


BROUGHT = [
    Case("the last day of six months", "S27", [appointment("a1", "2020-01-06"), appointment("a2", "2020-07-06")],
         ["2020-07-06 child_A a1 a2"]),
    Case("a day more", "S27", [appointment("a1", "2020-01-06"), appointment("a2", "2020-07-07")], []),
    Case("six months from the end of August", "S27",
         [appointment("a1", "2019-08-31"), appointment("a2", "2020-02-29")], ["2020-02-29 child_A a1 a2"]),
    Case("cancelled by the parent", "S27",
         [appointment("a1", "2020-01-06"), appointment("a2", "2020-02-06", "cancelled_by_parent")],
         ["2020-02-06 child_A a1 a2"]),
    Case("missed or cancelled", "S27",
         [appointment("a1", "2020-01-06"), appointment("a2", "2020-02-06", "missed_or_cancelled")],
         ["2020-02-06 child_A a1 a2"]),
    Case("cancelled by the service, moved, kept", "S27",
         [appointment("a1", "2020-01-06"), appointment("a2", "2020-02-06", "cancelled_by_service"),
          appointment("a3", "2020-03-06", "rearranged"), appointment("a4", "2020-04-06", "attended")], []),
    Case("an adult's own", "S27",
         [appointment("a1", "2020-01-06"),
          appointment("a2", "2020-02-06", "adult_did_not_attend", about="mother:subject")], []),
    Case("kept on the fourteenth day", "S27",
         [appointment("a1", "2020-01-06"), appointment("a2", "2020-01-20", "attended"),
          appointment("a3", "2020-02-06")], []),
    Case("kept on the fifteenth day", "S27",
         [appointment("a1", "2020-01-06"), appointment("a2", "2020-01-21", "attended"),
          appointment("a3", "2020-02-06")], ["2020-02-06 child_A a1 a3"]),
    Case("one, with a plan", "S27",
         [entry("p1", "2020-01-02", "plan", "child_A:subject", agency="social_care", type="child_protection",
                stage="started"), appointment("a1", "2020-01-06")], ["2020-01-06 child_A a1"]),
    Case("one, with a plan that has ended", "S27",
         [entry("p1", "2020-01-02", "plan", "child_A:subject", agency="social_care", type="child_protection",
                stage="started"),
          entry("p2", "2020-01-04", "plan", "child_A:subject", agency="social_care", type="child_protection",
                stage="ended"), appointment("a1", "2020-01-06")], []),
    Case("one, with a plan of the sibling", "S27",
         [entry("p1", "2020-01-02", "plan", "child_B:subject", agency="social_care", type="child_protection",
                stage="started"), appointment("a1", "2020-01-06")], []),
    Case("one, with a live signal", "S27",
         [incident("d1", "2019-12-02"), incident("d2", "2020-01-02"), appointment("a1", "2020-01-06")],
         ["2020-01-06 child_A a1"]),
    Case("one, six months after the last news", "S27",
         [incident("d1", "2019-05-02"), incident("d2", "2019-06-03"),
          entry("s1", "2019-06-03", "screening", "mother:subject;child_A:subject;child_B:subject",
                agency="social_care", stage="decided"), appointment("a1", "2019-12-04")], []),
    Case("one, on the last day of six months", "S27",
         [incident("d1", "2019-05-02"), incident("d2", "2019-06-03"),
          entry("s1", "2019-06-03", "screening", "mother:subject;child_A:subject;child_B:subject",
                agency="social_care", stage="decided"), appointment("a1", "2019-12-03")], ["2019-12-03 child_A a1"]),
    Case("two children, one each", "S27",
         [appointment("a1", "2020-01-06"), appointment("a2", "2020-02-06", about="child_B:subject")], []),
]

COLUMNS = "person,type,sex,born,language,interpreter"


def speaking(mother: str, child: str = "pl,") -> Family:
    return Family(f"mother,adult,female,1990,{mother}\nchild_A,child,male,2015-03-10,{child}\n",
                  "mother,mother,child_A,,,,\n", COLUMNS)


POLISH = speaking("pl,needed")


def said(name: str, occurred: str = "2020-01-06", **cells: object) -> Row:
    return entry(name, occurred, "childs_words", "child_A:subject", agency="school", words="…", **cells)


def letter(name: str, about: str = "mother:subject", occurred: str = "2020-01-06", **details: object) -> Row:
    return entry(name, occurred, "letter", f"{about};child_A:mentioned", agency="hospital", **details)


def met(name: str, kind: str, about: str, **cells: object) -> Row:
    return entry(name, "2020-01-06", kind, about, agency="social_care", **cells)


ONE = ["2020-01-06 child_A x1"]
LANGUAGE = [
    Case("a visit without an interpreter", "S39",
         [met("x1", "visit", "child_A:subject;mother:subject", interpreter_used=False)], ONE, POLISH),
    Case("a visit with one", "S39",
         [met("x1", "visit", "child_A:subject;mother:subject", interpreter_used=True)], [], POLISH),
    Case("a visit of which it is not known", "S39", [met("x1", "visit", "child_A:subject;mother:subject")], [], POLISH),
    Case("an assessment", "S39",
         [met("x1", "assessment", "child_A:subject;mother:informant", type="single", stage="completed",
              interpreter_used=False)], ONE, POLISH),
    Case("an incident", "S39", [incident("x1", "2020-01-06", "mother:victim", interpreter_used=False)], ONE, POLISH),
    Case("the child's words through a brother or sister", "S39",
         [said("x1", interpreter_used=True, interpreter_was="child")], ONE, POLISH),
    Case("the child's words through a relative", "S39", [said("x1", interpreter_was="relative")], ONE, POLISH),
    Case("the child's words through a professional", "S39",
         [said("x1", interpreter_used=True, interpreter_was="professional")], [], POLISH),
    Case("a booking that the father translated", "S39",
         [entry("x1", "2020-01-06", "pregnancy", "mother:subject;child_A:affected", agency="midwifery",
                stage="booked", interpreter_was="relative")], ONE, POLISH),
    Case("an English letter", "S39", [letter("x1", to="parent", language="en")], ONE, POLISH),
    Case("an English letter, with its region", "S39", [letter("x1", to="parent", language="en-GB")], ONE, POLISH),
    Case("a Polish letter", "S39", [letter("x1", to="parent", language="pl")], [], POLISH),
    Case("a letter in a language not stated", "S39", [letter("x1", to="parent")], [], POLISH),
    Case("a letter between agencies", "S39", [letter("x1", to="agency", language="en")], [], POLISH),
    Case("an appointment's English letter", "S39",
         [met("x1", "appointment", "child_A:subject", letter_language="en", outcome="attended")], ONE, POLISH),
    Case("language not known", "S39", [letter("x1", to="parent", language="en"),
                                       said("x2", interpreter_used=False)], [], speaking(",", ",")),
    Case("an English speaker", "S39", [letter("x1", to="parent", language="en")], [], speaking("en,", "en,")),
    Case("fluent, asked", "S39",
         [letter("x1", to="parent", language="en"), said("x2", interpreter_used=False)], [],
         speaking("pl,not_needed", "pl,not_needed")),
    Case("an interpreter needed, the language not known", "S39",
         [met("x1", "visit", "child_A:subject;mother:subject", interpreter_used=False)], ONE, speaking(",needed", ",")),
    Case("a language, the need not stated", "S39",
         [met("x1", "visit", "child_A:subject;mother:subject", interpreter_used=False)], ONE, speaking("pl,", ",")),
    Case("done again with one, and again without", "S39",
         [said("x1", interpreter_used=False), said("x2", "2020-02-03", interpreter_used=True,
                                                   interpreter_was="professional"),
          said("x3", "2020-03-02", interpreter_used=False)], [*ONE, "2020-03-02 child_A x3"], POLISH),
]

# fmt: on


@pytest.mark.parametrize("case", [*GROWTH, *FOOD, *BROUGHT, *LANGUAGE], ids=lambda case: f"{case.rule} {case.name}")
def test_rule(case: Case, tmp_path: Path) -> None:
    assert lines(write(tmp_path / "family", case.entries, case.family), case.rule) == case.raised
