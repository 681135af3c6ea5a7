"""The replay's contract for domestic abuse, screening and sight of the child: S01, S02, S04, S07, S10."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.signals.contract import HOME, Family, Row, entry, lines, until, write

PAIR = "mother:victim;father:alleged_perpetrator"


class Case(NamedTuple):
    """A crafted family history, and the lines that one rule prints of it."""

    name: str
    rule: str
    entries: list[Row]
    raised: list[str]
    family: Family = HOME


def incident(name: str, occurred: str, about: str = PAIR, **cells: object) -> Row:
    return entry(name, occurred, "domestic_abuse_incident", about, **cells)


def screening(name: str, occurred: str, stage: str = "decided", **cells: object) -> Row:
    about = str(cells.pop("about", "child_A:subject"))
    return entry(name, occurred, "screening", about, agency="social_care", stage=stage, **cells)


def health(name: str, occurred: str, kind: str, about: str = "mother:subject", **cells: object) -> Row:
    return entry(name, occurred, "parental_health", about, agency="gp", type=kind, **cells)


def visit(name: str, occurred: str, about: str = "child_A:subject", **cells: object) -> Row:
    return entry(name, occurred, "visit", about, agency="health_visiting", **cells)


def both(day: str, *names: str) -> list[str]:
    """One line for each child of HOME."""
    return [" ".join([day, child, *names]) for child in ("child_A", "child_B")]


def family(relationships: str, people: str = "") -> Family:
    return Family(HOME.people + people, relationships)


BASE = HOME.relationships
LODGING = family(BASE + "lodger_1,lodger,mother,2019-06-01,,{},2020-05-01\n", "lodger_1,adult,male,\n")

# fmt: off
# One row of a table is read as one sentence.
CUMULATIVE = [
    Case("the last day of twelve months", "S01",
         [incident("d1", "2020-01-10"), incident("d2", "2021-01-10")], both("2021-01-10", "d1", "d2")),
    Case("a day after twelve months", "S01", [incident("d1", "2020-01-10"), incident("d2", "2021-01-11")], []),
    Case("leap day to the end of February", "S01",
         [incident("d1", "2020-02-29"), incident("d2", "2021-02-28")], both("2021-02-28", "d1", "d2")),
    Case("the window is of what occurred, the day of what is recorded", "S01",
         [incident("d1", "2020-01-10"), incident("d2", "2020-06-01", recorded="2021-09-01")],
         both("2021-09-01", "d1", "d2")),
    Case("recorded together, occurred too far apart", "S01",
         [incident("d1", "2018-01-10", recorded="2020-01-01"), incident("d2", "2020-01-02")], []),
    Case("a month that may lie outside", "S01", [incident("d1", "2020-01"), incident("d2", "2021-01-15")], []),
    Case("a month that lies inside whatever its day", "S01",
         [incident("d1", "2020-01"), incident("d2", "2020-12-31")], both("2020-12-31", "d1", "d2")),
    Case("about a month reaches to the months beside it", "S01",
         [incident("d1", "2020-03", precision="about"), incident("d2", "2021-02-15")], []),
    Case("about a day is seven days either way", "S01",
         [incident("d1", "2020-03-10", precision="about"), incident("d2", "2021-03-03")],
         both("2021-03-03", "d1", "d2")),
    Case("about a day, one day too far", "S01",
         [incident("d1", "2020-03-10", precision="about"), incident("d2", "2021-03-04")], []),
    Case("a year alone meets no window of twelve months unless all of it does", "S01",
         [incident("d1", "2020"), incident("d2", "2020-12-31")], both("2020-12-31", "d1", "d2")),
    Case("told by two agencies as one", "S01",
         [incident("d1", "2020-01-10"), incident("d2", "2020-01-12", agency="ambulance", same_event_as=["d1"])], []),
    Case("one reference", "S01",
         [incident("d1", "2020-01-10", reference="R1"), incident("d2", "2020-01-12", reference="R1")], []),
    Case("kind, people and day agree", "S01",
         [incident("d1", "2020-01-10"), incident("d2", "2020-01-10", agency="ambulance")], []),
    Case("kind and people agree, the day does not", "S01",
         [incident("d1", "2020-01-10"), incident("d2", "2020-01-11")], both("2020-01-11", "d1", "d2")),
    Case("printed again on a new entry", "S01",
         [incident("d1", "2020-01-10"), incident("d2", "2020-02-10"), incident("d3", "2020-03-10")],
         both("2020-02-10", "d1", "d2") + both("2020-03-10", "d1", "d2", "d3")),
    Case("a lodger's incidents before anybody knew of him", "S01",
         [incident("d1", "2020-02-01", "lodger_1:subject"), incident("d2", "2020-03-01", "lodger_1:subject"),
          until("2020-06-01")], both("2020-05-01", "d1", "d2"),
         family(LODGING.relationships.format("yes"), "lodger_1,adult,male,\n")),
    Case("a lodger of whom it is not known that he lives there", "S01",
         [incident("d1", "2020-02-01", "lodger_1:subject"), incident("d2", "2020-03-01", "lodger_1:subject"),
          until("2020-06-01")], [],
         family(LODGING.relationships.format(""), "lodger_1,adult,male,\n")),
    Case("a mother of whom it is known that she lives elsewhere", "S01",
         [incident("d1", "2020-01-10", "mother:victim"), incident("d2", "2020-02-10", "mother:victim")], [],
         Family("mother,adult,female,1990\nchild_A,child,male,2015-03-10\n", "mother,mother,child_A,,,no,\n")),
    Case("a child yet to be born is reached", "S01",
         [incident("d1", "2020-01-10", "mother:victim"), incident("d2", "2020-02-10", "mother:victim")],
         ["2020-02-10 child_A d1 d2"],
         Family("mother,adult,female,1990\nchild_A,child,male,2020-07-10\n", "mother,mother,child_A,2019-12-01,,,\n")),
    Case("an unborn child is reached", "S01",
         [incident("d1", "2020-01-10", "mother:victim"), incident("d2", "2020-02-10", "mother:victim")],
         ["2020-02-10 baby d1 d2"],
         Family("mother,adult,female,1990\nbaby,unborn,unknown,2020-07-10\n", "mother,mother,baby,2019-12-01,,,\n")),
    Case("twins are two children", "S01",
         [incident("d1", "2020-01-10", "mother:victim"), incident("d2", "2020-02-10", "mother:victim")],
         ["2020-02-10 twin_1 d1 d2", "2020-02-10 twin_2 d1 d2"],
         Family("mother,adult,female,1990\ntwin_1,child,male,2018-07-10\ntwin_2,child,male,2018-07-10\n",
                "mother,mother,twin_1,,,,\nmother,mother,twin_2,,,,\ntwin_1,sibling,twin_2,,,,\n")),
    Case("no longer a child", "S01", [incident("d1", "2030-05-01"), incident("d2", "2030-07-01")],
         ["2030-07-01 child_A d1 d2"]),
]

ESCALATING = [
    Case("three in twelve months", "S02",
         [incident("d1", "2020-01-10"), incident("d2", "2020-06-10"), incident("d3", "2021-01-10")],
         both("2021-01-10", "d1", "d2", "d3")),
    Case("three in a day more", "S02",
         [incident("d1", "2020-01-10"), incident("d2", "2020-06-10"), incident("d3", "2021-01-11")], []),
    Case("grade rises", "S02", [incident("d1", "2020-01-10", grade="standard"),
                                incident("d2", "2020-03-10", grade="medium")], both("2020-03-10", "d1", "d2")),
    Case("grade falls", "S02", [incident("d1", "2020-01-10", grade="high"),
                                incident("d2", "2020-03-10", grade="medium")], []),
    Case("grade unknown is no grade", "S02",
         [incident("d1", "2020-01-10"), incident("d2", "2020-03-10", grade="high")], []),
    Case("grade becomes known later", "S02",
         [incident("d1", "2020-01-10", grade="standard"),
          incident("d2", "2020-03-10", grade={"value": "high", "known": "2020-04-02"}), until("2020-05-01")],
         both("2020-04-02", "d1", "d2")),
    Case("ended by a referral to MARAC, stands anew on a fourth", "S02",
         [incident("d1", "2020-01-10"), incident("d2", "2020-02-10"), incident("d3", "2020-03-10"),
          entry("m1", "2020-03-20", "marac", "mother:victim", stage="referred"), incident("d4", "2020-05-10")],
         both("2020-03-10", "d1", "d2", "d3") + both("2020-05-10", "d1", "d2", "d3", "d4")),
]

SCREENING = [
    Case("Monday: Tuesday runs out, Wednesday it stands", "S04",
         [incident("d1", "2020-01-06"), until("2020-01-08")], both("2020-01-08", "d1")),
    Case("the day has not run out", "S04", [incident("d1", "2020-01-06"), until("2020-01-07")], []),
    Case("over a weekend", "S04", [incident("d1", "2020-01-10"), until("2020-01-20")], both("2020-01-14", "d1")),
    Case("on a Saturday", "S04", [incident("d1", "2020-01-11"), until("2020-01-20")], both("2020-01-14", "d1")),
    Case("over Easter", "S04", [incident("d1", "2020-04-09"), until("2020-05-20")], both("2020-04-15", "d1")),
    Case("over the moved May holiday of 2020", "S04",
         [incident("d1", "2020-05-07"), until("2020-05-20")], both("2020-05-12", "d1")),
    Case("screened in time", "S04", [incident("d1", "2020-01-06"), screening("s1", "2020-01-07"),
                                     until("2020-02-01")], []),
    Case("received is not screened", "S04",
         [incident("d1", "2020-01-06"), screening("s1", "2020-01-07", "received"), until("2020-02-01")],
         both("2020-01-08", "d1")),
    Case("a screening of before is no screening of it", "S04",
         [screening("s1", "2020-01-03"), incident("d1", "2020-01-06"), until("2020-02-01")],
         both("2020-01-08", "d1")),
    Case("a screening that answers another incident", "S04",
         [incident("d1", "2020-01-02"), incident("d2", "2020-01-06"),
          screening("s1", "2020-01-07", answers=["d1"]), until("2020-01-09")],
         both("2020-01-04", "d1") + both("2020-01-08", "d2")),
    Case("a screening of another family", "S04",
         [incident("d1", "2020-01-06"), screening("s1", "2020-01-07", about="other_child:subject"),
          until("2020-01-08")], both("2020-01-08", "d1"), family(BASE, "other_child,child,male,2016\n")),
    Case("an old event told late", "S04",
         [incident("d1", "2018-01-06", recorded="2020-01-06"), until("2020-02-01")], []),
    Case("known to the month, never late within it", "S04",
         [incident("d1", "2020-01"), until("2020-02-03")], []),
    Case("known to the month, late whatever the day", "S04",
         [incident("d1", "2020-01"), until("2020-03-03")], both("2020-02-04", "d1")),
]

SEEN = [
    Case("children not seen", "S07", [incident("d1", "2020-01-06", children_seen=False)], both("2020-01-06", "d1")),
    Case("blank is not no", "S07", [incident("d1", "2020-01-06"), incident("d2", "2020-01-07", children_present=True)],
         []),
    Case("the phrase", "S07", [incident("d1", "2020-01-06", children_seen=True, phrase_safe_and_well=True)],
         both("2020-01-06", "d1")),
    Case("seen, and no phrase", "S07", [incident("d1", "2020-01-06", children_seen=True, phrase_safe_and_well=False)],
         []),
    Case("a visit that did not see the child", "S07",
         [visit("v1", "2020-01-06", outcome="completed", child_seen=False)], ["2020-01-06 child_A v1"]),
    Case("a visit of which it is not known", "S07", [visit("v1", "2020-01-06", outcome="completed")], []),
    Case("a visit without access", "S07", [visit("v1", "2020-01-06", outcome="no_access")], ["2020-01-06 child_A v1"]),
    Case("a visit cancelled by the service", "S07", [visit("v1", "2020-01-06", outcome="cancelled_by_service")], []),
    Case("ended when seen, stands anew", "S07",
         [visit("v1", "2020-01-06", child_seen=False), visit("v2", "2020-01-09", child_seen=True),
          visit("v3", "2020-02-01", child_seen=False)], ["2020-01-06 child_A v1", "2020-02-01 child_A v3"]),
    Case("learnt later", "S07",
         [incident("d1", "2020-01-06", children_seen={"value": False, "known": "2020-01-20"}), until("2020-02-01")],
         both("2020-01-20", "d1")),
]

CLUSTER = [
    Case("three in three adults' entries", "S10",
         [incident("d1", "2020-01-10", alcohol=True), health("h1", "2021-01-10", "mental_health")],
         both("2021-01-10", "d1", "h1")),
    Case("a day too far", "S10",
         [incident("d1", "2020-01-10", alcohol=True), health("h1", "2021-01-11", "mental_health")], []),
    Case("different adults", "S10",
         [incident("d1", "2020-01-10"), health("h1", "2020-03-01", "drugs", "father:subject"),
          health("h2", "2020-04-01", "overdose")], both("2020-04-01", "d1", "h1", "h2")),
    Case("alcohol false and blank", "S10",
         [incident("d1", "2020-01-10", alcohol=False), incident("d2", "2020-01-20"),
          health("h1", "2020-04-01", "mental_health")], []),
    Case("no domestic abuse", "S10",
         [health("h1", "2020-03-01", "drugs"), health("h2", "2020-04-01", "mental_health")], []),
    Case("an adult of another household", "S10",
         [incident("d1", "2020-01-10", "mother:victim", alcohol=True),
          health("h1", "2020-04-01", "mental_health", "uncle:subject")], [],
         family(BASE + "uncle,other,mother,,,no,\n", "uncle,adult,male,\n")),
    Case("alcohol learnt later", "S10",
         [health("h1", "2020-01-05", "mental_health"),
          incident("d1", "2020-01-10", drugs={"value": True, "known": "2020-02-03"}), until("2020-03-01")],
         both("2020-02-03", "h1", "d1")),
]

# fmt: on


@pytest.mark.parametrize(
    "case", [*CUMULATIVE, *ESCALATING, *SCREENING, *SEEN, *CLUSTER], ids=lambda case: f"{case.rule} {case.name}"
)
def test_rule(case: Case, tmp_path: Path) -> None:
    assert lines(write(tmp_path / "family", case.entries, case.family), case.rule) == case.raised
