"""The replay's contract for injuries: S15, S18, S20."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.signals.contract import HOME, Family, Row, entry, lines, until, write
from tests.signals.test_contract_abuse import Case


def injury(name: str, occurred: str, child: str = "child_A", **cells: object) -> Row:
    return entry(name, occurred, "injury", f"{child}:subject", agency=cells.pop("agency", "school"), **cells)


def at(day: str, *names: str) -> list[str]:
    return [" ".join([day, child, *names]) for child in ("child_A", "child_B")]


APART = Family(
    HOME.people + "cousin,child,female,2014-01-01\naunt,adult,female,\n",
    HOME.relationships + "aunt,mother,cousin,,,,\n",
)
HALF = Family(HOME.people + "half,child,female,2014-01-01\n", HOME.relationships + "half,half_sibling,child_A,,,no,\n")

# fmt: off
# One row of a table is read as one sentence.
REPEATED = [
    Case("the ninetieth day", "S15", [injury("i1", "2020-01-01"), injury("i2", "2020-03-31")],
         ["2020-03-31 child_A i1 i2"]),
    Case("the ninety-first day", "S15", [injury("i1", "2020-01-01"), injury("i2", "2020-04-01")], []),
    Case("three in twelve months", "S15",
         [injury("i1", "2020-01-01"), injury("i2", "2020-06-01"), injury("i3", "2021-01-01", agency="gp")],
         ["2021-01-01 child_A i1 i2 i3"]),
    Case("three in a day more", "S15",
         [injury("i1", "2020-01-01"), injury("i2", "2020-06-01"), injury("i3", "2021-01-02")], []),
    Case("a sibling's", "S15", [injury("i1", "2020-01-01"), injury("i2", "2020-02-01", "child_B")],
         at("2020-02-01", "i1", "i2")),
    Case("a cousin's elsewhere", "S15", [injury("i1", "2020-01-01"), injury("i2", "2020-02-01", "cousin")], [], APART),
    Case("one, told by two agencies", "S15",
         [injury("i1", "2020-01-01"), injury("i2", "2020-01-01", agency="hospital_ae")], []),
    Case("one, said to be one", "S15",
         [injury("i1", "2020-01-01"), injury("i2", "2020-01-03", agency="gp", same_event_as=["i1"])], []),
    Case("two children on one day", "S15", [injury("i1", "2020-01-01"), injury("i2", "2020-01-01", "child_B")],
         at("2020-01-01", "i1", "i2")),
    Case("two at other times of one day", "S15",
         [injury("i1", "2020-01-01T08:00"), injury("i2", "2020-01-01T18:00")], []),
    Case("a date of ninety days of which some are too many", "S15",
         [injury("i1", "2020-01"), injury("i2", "2020-04-15")], []),
    Case("two within one month", "S15", [injury("i1", "2020-01"), injury("i2", "2020-01")],
         ["2020-01-01 child_A i1 i2"]),
    Case("seen then, written down years later", "S15",
         [injury("i1", "2020-01-01", recorded="2023-05-05"), injury("i2", "2020-02-01")],
         ["2023-05-05 child_A i1 i2"]),
    Case("a half-sibling's who lives elsewhere", "S15",
         [injury("i1", "2020-01-01"), injury("i2", "2020-02-01", "half")],
         ["2020-02-01 child_A i1 i2", "2020-02-01 half i1 i2"], HALF),
]

LATE = [
    Case("twelve hours", "S18", [injury("i1", "2020-01-10T08:00", presented="2020-01-10T20:00")], []),
    Case("twelve hours and a minute", "S18", [injury("i1", "2020-01-10T08:00", presented="2020-01-10T20:01")],
         ["2020-01-10 child_A i1"]),
    Case("a later day", "S18", [injury("i1", "2020-01-10", recorded="2020-01-11", presented="2020-01-11")],
         ["2020-01-11 child_A i1"]),
    Case("with a reason", "S18",
         [injury("i1", "2020-01-10", recorded="2020-01-11", presented="2020-01-11", delay_reason="No bus.")], []),
    Case("when it was shown is blank", "S18", [injury("i1", "2020-01-10", recorded="2020-01-20")], []),
    Case("the same day", "S18", [injury("i1", "2020-01-10", presented="2020-01-10")], []),
    Case("the same day, at an hour", "S18", [injury("i1", "2020-01-10", presented="2020-01-10T23:00")], []),
    Case("the day in England, not in Greenwich", "S18",
         [injury("i1", "2020-07-01T23:30Z", recorded="2020-07-02", presented="2020-07-02")], []),
    Case("a month that may be the same day", "S18",
         [injury("i1", "2020-01", recorded="2020-02-03", presented="2020-01-31")], []),
    Case("a month that is an earlier day whatever its day", "S18",
         [injury("i1", "2020-01", recorded="2020-02-03", presented="2020-02-01")], ["2020-02-03 child_A i1"]),
    Case("shown after it was written down", "S18",
         [injury("i1", "2020-01-10", presented="2020-01-14"), until("2020-02-01")], ["2020-01-14 child_A i1"]),
    Case("explained later, which ends it", "S18",
         [injury("i1", "2020-01-10", recorded="2020-01-11", presented="2020-01-11",
                 delay_reason={"value": "No bus.", "known": "2020-01-20"}), until("2020-08-01")],
         ["2020-01-11 child_A i1"]),
    Case("never shown", "S18", [injury("i1", "2020-01-10", presented="never"), until("2020-02-01")], []),
]


def finding(name: str, occurred: str, **details: object) -> Row:
    return entry(name, occurred, "medical_finding", "child_A:subject", agency="hospital", **details)


def strategy(name: str, occurred: str, **details: object) -> Row:
    return entry(name, occurred, "strategy_discussion", "child_A:subject", agency="social_care", **details)


def case(name: str, occurred: str, **details: object) -> Row:
    return entry(name, occurred, "case", "child_A:subject", agency="social_care", **details)


DOUBT = [
    Case("in an injury", "S20", [injury("i1", "2020-01-10", opinion="undetermined")], ["2020-01-10 child_A i1"]),
    Case("in a finding", "S20", [finding("m1", "2020-01-10", opinion="undetermined")], ["2020-01-10 child_A m1"]),
    Case("in a strategy discussion", "S20", [strategy("s1", "2020-01-10", medical_opinion="undetermined")],
         ["2020-01-10 child_A s1"]),
    Case("blank and not asked", "S20",
         [injury("i1", "2020-01-10"), injury("i2", "2020-03-10", opinion="not_asked"),
          finding("m1", "2020-03-11", opinion="accidental")], []),
    Case("learnt later", "S20",
         [injury("i1", "2020-01-10", opinion={"value": "undetermined", "known": "2020-01-15"}), until("2020-02-01")],
         ["2020-01-15 child_A i1"]),
    Case("closing raises it again", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"), case("c1", "2020-02-10", stage="closed")],
         ["2020-01-10 child_A i1", "2020-02-10 child_A i1 c1"]),
    Case("section 17 by the strategy discussion", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"), strategy("s1", "2020-01-12", decision="assessment")],
         ["2020-01-10 child_A i1", "2020-01-12 child_A i1 s1"]),
    Case("section 17 by the case", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"),
          case("c1", "2020-02-10", stage="opened", status="child_in_need")],
         ["2020-01-10 child_A i1", "2020-02-10 child_A i1 c1"]),
    Case("an enquiry is no section 17", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"), strategy("s1", "2020-01-12", decision="enquiry")],
         ["2020-01-10 child_A i1"]),
    Case("ended by a later finding, so closing is quiet", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"),
          finding("m1", "2020-01-20", finding="Metabolic bone disease.", opinion="accidental", abuse_considered=True),
          case("c1", "2020-02-10", stage="closed")], ["2020-01-10 child_A i1"]),
    Case("a later opinion that is undetermined too", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"),
          finding("m1", "2020-01-20", finding="Both are possible.", opinion="undetermined"),
          case("c1", "2020-02-10", stage="closed")],
         ["2020-01-10 child_A i1", "2020-01-20 child_A m1", "2020-02-10 child_A i1 m1 c1"]),
    Case("ended by an enquiry concluded", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"),
          entry("e1", "2020-01-30", "enquiry", "child_A:subject", agency="social_care", stage="concluded",
                outcome="unsubstantiated", summary="Bone disease was found; the account fits."),
          case("c1", "2020-02-10", stage="closed")], ["2020-01-10 child_A i1"]),
    Case("an enquiry concluded undetermined ends nothing", "S20",
         [injury("i1", "2020-01-10", opinion="undetermined"),
          entry("e1", "2020-01-30", "enquiry", "child_A:subject", agency="social_care", stage="concluded",
                outcome="undetermined"),
          case("c1", "2020-02-10", stage="closed")], ["2020-01-10 child_A i1", "2020-02-10 child_A i1 c1"]),
    Case("an opinion that came before", "S20",
         [finding("m1", "2020-01-09", finding="A fall.", opinion="accidental"),
          injury("i1", "2020-01-10", opinion="undetermined"), case("c1", "2020-02-10", stage="closed")],
         ["2020-01-10 child_A i1", "2020-02-10 child_A i1 c1"]),
]

# fmt: on


@pytest.mark.parametrize("case", [*REPEATED, *LATE, *DOUBT], ids=lambda case: f"{case.rule} {case.name}")
def test_rule(case: Case, tmp_path: Path) -> None:
    assert lines(write(tmp_path / "family", case.entries, case.family), case.rule) == case.raised
