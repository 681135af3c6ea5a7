"""Small crafted bundles, written as their CSV files and replayed through the command line, as an outsider would.

Nothing here uses the project's own types: the files and the printed JSON are the contract.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from wholepicture.cli import main

Row = dict[str, str]
PRECISIONS = {4: "year", 7: "month", 10: "day"}
PEOPLE = "person,type,sex,born"
RELATIONSHIPS = "person,relation,other,from,to,lives_with,known_from"


def entry(name: str, occurred: str, kind: str, about: str, **cells: Any) -> Row:
    """A row of chronology.csv; a word that is no column is a field of `details`."""
    columns = ("precision", "recorded", "agency", "author_role", "summary", "shared", "source")
    row = {column: str(cells.pop(column)) for column in columns if column in cells}
    row.setdefault("precision", PRECISIONS.get(len(occurred), "minute"))
    row.setdefault("agency", "police")
    row.setdefault("summary", "As it was told.")
    details = json.dumps(cells) if cells else ""
    return {"entry_id": name, "occurred": occurred, "kind": kind, "about": about, "details": details} | row


def until(day: str) -> Row:
    """An entry that says nothing, so that the replay runs on to that day."""
    return entry("zz", day, "note", "mother:subject", agency="other")


class Family(NamedTuple):
    """Rows of people.csv and relationships.csv, as text without their headings."""

    people: str
    relationships: str
    people_columns: str = PEOPLE


HOME = Family(
    """mother,adult,female,1990
father,adult,male,1988
child_A,child,male,2015-03-10
child_B,child,female,2012-06-01
""",
    """mother,mother,child_A,,,,
mother,mother,child_B,,,,
father,father,child_A,2015-03-10,,yes,
father,partner,mother,2010,,yes,
""",
)


def table(rows: Sequence[Row]) -> str:
    """The rows as CSV with the columns that any of them uses."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, entries: Iterable[Row], family: Family = HOME, **files: str) -> Path:
    """The bundle in its folder; `files` are further files by name without the ending."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "people.csv").write_text(f"{family.people_columns}\n{family.people}", "utf-8")
    (folder / "relationships.csv").write_text(f"{RELATIONSHIPS}\n{family.relationships}", "utf-8")
    (folder / "chronology.csv").write_text(table(list(entries)), "utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


class Ran(NamedTuple):
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


def command(*words: str) -> Ran:
    """One run of `wholepicture` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(words))
    return Ran(code, out.getvalue(), err.getvalue())


def played(folder: Path) -> dict[str, Any]:
    """The printed JSON of a replay of a sound bundle."""
    ran = command("replay", str(folder), "--json")
    assert not ran.err, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def lines(folder: Path, rule: str) -> list[str]:
    """The signals of one rule in order, each as `2020-01-31 child_A d1 d2`."""
    return [
        " ".join([signal["raised"], signal["person"], *signal["entries"]])
        for signal in played(folder)["signals"]
        if signal["id"] == rule
    ]
