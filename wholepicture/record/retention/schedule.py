"""How long each thing is kept: dated configuration, with its source. All but the first two lines are local policy.

The database works out the same days by its own copy of this table (`record/0006_destruction`): to change a number,
change it here and write a migration; a test compares the two, so that neither can be shortened alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the schedule: what is kept, until how many years after what, and where that is stated."""

    code: str
    kept: str
    years: int
    after: str
    source: str
    effective: date
    local: bool = True


_FIRST: Final = date(2011, 4, 1)  # the Care Planning, Placement and Case Review Regulations 2010 came into force

SCHEDULE: Final = (
    Line("adoption", "A child for whom an adoption order was made", 100, "the order",
         "Disclosure of Adoption Information Regulations 2005, reg 6", _FIRST, local=False),
    Line("looked_after", "A child who was looked after", 75, "birth",
         "Care Planning, Placement and Case Review (England) Regulations 2010, reg 50", _FIRST, local=False),
    Line("looked_after_died", "A looked-after child who died under 18", 15, "death",
         "Care Planning, Placement and Case Review (England) Regulations 2010, reg 50", _FIRST, local=False),
    Line("child_protection", "A child who had a child protection plan or conference", 35, "the last of it",
         "local policy; R (C) v Northumberland County Council [2015] EWHC 2134 (Admin)", _FIRST),
    Line("allegation", "An allegation against somebody who works with children", 100, "birth of that adult",
         "local policy (designated officer); no entry tells it apart: put a hold on the record", _FIRST),
    Line("child", "Any other child, with the school file", 25, "birth",
         "local policy; a school file is kept to the 25th birthday", _FIRST),
    Line("with_child", "An adult in a child’s record", 0, "the last of those children is due", "local policy", _FIRST),
    Line("adult", "An adult in no child’s record", 10, "the last entry", "local policy", _FIRST),
)  # fmt: skip

BY_CODE: Final = {line.code: line for line in SCHEDULE}

ADOPTED: Final = "adoption"
LOOKED_AFTER: Final = r"care order|section 20|accommodat"
"""Words of a legal step, whatever their case, by which the schedule knows that a child was adopted or looked after."""


def pages() -> dict[str, str]:
    """The reference page of the schedule, for `wholepicture docs`."""
    lines = [
        "# How long the record is kept", "",
        "The longest line that fits a person stands. Nothing is destroyed because its day has come: it is then listed, "
        "somebody decides and somebody else confirms. An entry about several people is kept until all are due.", "",
        "| line | what is kept | years | after | source | set by |", "| --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    by = {True: "local policy", False: "law"}
    lines += [
        f"| `{n.code}` | {n.kept} | {n.years or '–'} | {n.after} | {n.source} | {by[n.local]} |" for n in SCHEDULE
    ]
    return {"docs/reference/retention.md": "\n".join(lines) + "\n"}
