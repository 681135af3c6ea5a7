"""The published reviews' own chronologies read without a fault and go out again as they came in."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from wholepicture.exchange.bundles.reader import read_bundle
from wholepicture.exchange.bundles.restating import bundle_of
from wholepicture.exchange.bundles.types import FILES
from wholepicture.exchange.bundles.writer import write_bundle
from wholepicture.people.types import Relation
from wholepicture.record.types import ReceiptEvent

ROOT = Path(__file__).parents[2]
COPIES = ROOT / "wholepicture" / "demo" / "bundles"
SHARED = ROOT.parent / "shared" / "data" / "replay"
NAMES = ("coventry-2012", "haringey-2000")


def check_there_and_back(source: Path, target: Path) -> None:
    bundle = read_bundle(source, today=date(2026, 1, 1))
    write_bundle(bundle, target)
    assert read_bundle(target) == bundle
    for name in FILES:
        assert (source / name).exists() == (target / name).exists()
        if (source / name).exists():
            assert (source / name).read_bytes() == (target / name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_export_of_an_imported_review_equals_it(name: str, tmp_path: Path) -> None:
    check_there_and_back(COPIES / name, tmp_path / name)


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_export_of_an_imported_shared_review_equals_it(name: str, tmp_path: Path) -> None:
    check_there_and_back(SHARED / name, tmp_path / name)


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_the_copies_are_the_shared_reviews(name: str) -> None:
    copies = {path.name: path.read_bytes() for path in (COPIES / name).iterdir()}
    assert copies == {path.name: path.read_bytes() for path in (SHARED / name).iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_review_is_read(name: str) -> None:
    bundle = read_bundle(COPIES / name)
    with (COPIES / name / "chronology.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(bundle.record.entry) == {row["entry_id"] for row in rows}
    for row in rows:
        entry = bundle.record.entry[row["entry_id"]]
        assert (entry.kind, entry.agency, entry.occurred.stated) == (row["kind"], row["agency"], row["occurred"])
        assert entry.details == json.loads(row["details"] or "{}")


@pytest.mark.parametrize("name", NAMES)
def test_a_review_restated_from_its_values_is_the_same_record(name: str) -> None:
    bundle = read_bundle(COPIES / name)
    again = bundle_of(bundle.record, name, bundle.expectations)
    assert again.record == bundle.record
    assert again.expectations == bundle.expectations


def test_what_the_coventry_review_says_of_the_family() -> None:
    bundle = read_bundle(COPIES / "coventry-2012")
    record = bundle.record
    assert (bundle.area, bundle.source_system) == ("Coventry", "replay-coventry-2012")
    assert [child.key for child in record.children] == ["sibling_1", "child_A", "sibling_2"]
    birth = record.entry["mw06"]
    assert [(r.agency, r.event, r.at.stated if r.at else None) for r in birth.receipts] == [
        ("gp", ReceiptEvent.RECEIVED, "2007-07")
    ]
    assert record.related("child_A", [Relation.MOTHER]) == ("mother",)
    assert record.entries[0].id == "gp01"
    expectation = bundle.expectations[0]
    assert (expectation.id, expectation.by, expectation.must_not) == ("n01", date(2006, 12, 31), True)
