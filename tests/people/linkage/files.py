"""Small files of people for the tests of linkage, and the command as a user runs it."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wholepicture import cli

NHS = ("9434765919", "9434765870", "9000000009")
WRONG_NHS = "9434765918"
UPN = "B801200005001"

MAJA = {"given_name": "Maja", "middle_name": "Ewa", "family_name": "Wójcik", "born": "2016-03-04", "sex": "female",
        "postcode": "CV1 2AB", "address": "4 Weir St", "nhs_number": "943 476 5919", "upn": UPN}  # fmt: skip


def write(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] = ()) -> Path:
    """A CSV file of these rows, with the columns of the first unless others are named."""
    names = list(columns) or list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def match(act: str, **options: object) -> int:
    """Run the command; its exit code."""
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return cli.main(["match", act, *words])


def standard_model(path: Path) -> Path:
    """The standard model, untrained, as a file."""
    from wholepicture.people.linkage.standard import settings

    path.write_text(json.dumps(settings()), encoding="utf-8")
    return path


_GIVEN = (
    "Olivia Amelia Isla Jakub Łukasz Zuzanna Mohammed Fatima Ștefan Ioana Siân Priya Arjun Chidinma Tunde Wei".split()
)
_FAMILY = (
    "Carter Holt Wójcik Nowak Munteanu Țurcanu Khan Hussain Patel Sandhu Okonkwo Pugh Shaw-Bennett Chen Beck".split()
)


def people(count: int, seed: int = 1) -> list[dict[str, str]]:
    """So many different people, one row each."""
    rng = random.Random(seed)
    return [
        {
            "id": f"p{n}",
            "given_name": rng.choice(_GIVEN),
            "middle_name": rng.choice(["", "", rng.choice(_GIVEN)]),
            "family_name": rng.choice(_FAMILY),
            "born": f"{rng.randint(2005, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "sex": rng.choice(["female", "male", ""]),
            "postcode": f"CV{rng.randint(1, 9)} {rng.randint(1, 9)}{rng.choice('ABDEF')}{rng.choice('GHJLN')}",
            "address": f"{rng.randint(1, 90)} {rng.choice(['Weir', 'Mill', 'Chapel', 'Station'])} Street",
            "nhs_number": "",
            "upn": "",
        }
        for n in range(count)
    ]


def spoilt(rows: Sequence[Mapping[str, str]], seed: int = 2) -> list[dict[str, str]]:
    """The same people as another agency wrote them: letters lost and turned, parts missing, homes moved."""
    rng = random.Random(seed)
    return [_spoilt(dict(row), rng) | {"id": f"q{n}"} for n, row in enumerate(rows)]


def _spoilt(row: dict[str, str], rng: random.Random) -> dict[str, str]:
    for column in rng.sample(["given_name", "family_name", "born", "postcode", "address", "sex"], rng.randint(0, 3)):
        text = row[column]
        at = rng.randrange(len(text)) if text else 0
        if column == "born":
            year, month, day = text.split("-")
            row[column] = rng.choice(["", year, f"{year}-{month}", f"{year}-{month}-{rng.randint(1, 28):02}",
                                      f"{year}-{day}-{month}" if int(day) < 13 else text])  # fmt: skip
        else:
            row[column] = rng.choice(["", text[:at] + text[at + 1 :], text[:at] + text[at : at + 1] + text[at:]])
    if rng.random() < 0.05:
        row["given_name"], row["family_name"] = row["family_name"], row["given_name"]
    return row


def plain(links: Sequence[Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """Of each link, whom it joins and how."""
    return [(link["query_id"], link["index_id"], link["decision"]) for link in links]


def why(link: Mapping[str, str]) -> list[dict[str, Any]]:
    """A link's reasons."""
    found: list[dict[str, Any]] = json.loads(link["why"])
    return found
