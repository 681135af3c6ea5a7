"""Any record goes out as a bundle and comes back the same; any bundle goes out as it came in."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.files import encoded, sound
from wholepicture.exchange.bundles.comparing import compare_with_stored
from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.reader import read_bundle, read_bundle_files
from wholepicture.exchange.bundles.restating import bundle_of
from wholepicture.exchange.bundles.types import Bundle, row_digest
from wholepicture.exchange.bundles.writer import bundle_files, write_bundle
from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Identity, Person, PersonType, Relation, Relationship, ordered
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent

SAMPLES = [
    'Said "no", twice; =1+1',
    "Zażółć gęślą jaźń",
    "قال الطفل إنه جائع",
    "\u202eright to left\u202c",
    "line one\nline two\r\nline three",
    "@home, -1, +2",
    "e\u0301 and é",
]
WORDS = st.one_of(
    st.sampled_from(SAMPLES), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(str.strip)
)
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
DAYS = st.dates(date(2010, 1, 1), date(2020, 12, 31))
AGENCIES = st.sampled_from(["police", "gp", "school/st-marys", "school/Święta Rodzina", "social_care/early-help"])
WEIGHTS = st.floats(min_value=0.5, max_value=200, allow_nan=False)


@st.composite
def whens(draw: st.DrawFn) -> When:
    day = draw(DAYS)
    forms = ["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT09:30", "%Y-%m-%d 23:59:59", "%Y-%m-%dT00:30+01:00"]
    text = day.strftime(draw(st.sampled_from(forms)))
    return When.parse(text, draw(st.sampled_from([None, "about", "year"])))


PLAIN_WHENS = whens().map(lambda when: When.parse(when.stated))
MAYBE_WHENS = st.none() | PLAIN_WHENS


@st.composite
def people(draw: st.DrawFn, key: str) -> Person:
    return Person(
        key=key,
        type=draw(st.sampled_from(PersonType)),
        sex=draw(st.sampled_from(["female", "male", "indeterminate", "unknown"])),
        born=draw(st.none() | DAYS.map(lambda day: When.parse(str(day.year - 60)))),
        died_known=draw(MAYBE_WHENS),
        given_name=draw(WORDS),
        family_name=draw(WORDS),
        nhs_number=draw(st.sampled_from(["", "9434765870"])),
        language=draw(st.sampled_from(["", "pl", "pt-BR"])),
        interpreter=draw(st.sampled_from(["", "needed", "not_needed"])),
        gestation_weeks=draw(st.none() | st.floats(min_value=22, max_value=44)),
    )


@st.composite
def entries(draw: st.DrawFn, key: str, keys: list[str]) -> Entry:
    occurred = draw(whens())
    details = {"weight_kg": draw(WEIGHTS), "height_cm": {"value": draw(WEIGHTS), "known": "2021-01-02"}}
    received = When.parse("2021-05")
    pairs = st.builds(About, st.sampled_from(keys), st.sampled_from(AboutRole))
    return Entry(
        id=key,
        kind="measurement",
        occurred=occurred,
        recorded=draw(st.sampled_from([occurred, When.parse("2021-03-28T01:30")])),
        agency=draw(AGENCIES),
        author_role=draw(WORDS),
        about=tuple(draw(st.lists(pairs, min_size=1, max_size=3, unique=True))),
        summary=draw(WORDS),
        details=details | draw(st.sampled_from([{}, {"answers": [key]}])),
        receipts=tuple(
            Receipt(agency, ReceiptEvent.RECEIVED, draw(st.sampled_from([None, received])))
            for agency in draw(st.lists(AGENCIES, max_size=2))
        ),
        source=draw(WORDS),
    )


@st.composite
def records(draw: st.DrawFn) -> FamilyRecord:
    keys = draw(st.lists(KEYS, min_size=2, max_size=4, unique=True))
    ids = draw(st.lists(KEYS, max_size=4, unique=True))
    meta = {"source_system": "made-up"}
    ties = st.builds(
        Relationship,
        person=st.just(keys[0]),
        relation=st.sampled_from(Relation),
        other=st.just(keys[1]),
        from_=MAYBE_WHENS,
        lives_with=st.sampled_from([True, False, None]),
        known_from=MAYBE_WHENS,
        source=WORDS,
    )
    aliases = st.builds(
        Identity, person=st.just(keys[0]), agency=AGENCIES, given_name=WORDS, born=MAYBE_WHENS, nhs_number=WORDS
    )
    return FamilyRecord(
        people={key: draw(people(key)) for key in keys},
        entries=ordered([draw(entries(key, keys)) for key in ids]),
        relationships=tuple(draw(st.lists(ties, max_size=3))),
        identities=tuple(draw(st.lists(aliases, max_size=2))),
        meta=meta,
    )


@settings(deadline=None, max_examples=60)
@given(records())
def test_a_record_restated_reads_back_the_same(record: FamilyRecord) -> None:
    bundle = bundle_of(record, "anything")
    assert bundle.record == record
    assert read_bundle_files(bundle_files(bundle, "elsewhere"), "elsewhere") == bundle


@pytest.mark.parametrize("text", SAMPLES)
def test_text_is_kept_as_it_was_stated(text: str) -> None:
    record = FamilyRecord({"a": Person("a", PersonType.CHILD, given_name=text)}, ())
    found = bundle_of(record, "names").record.people["a"].given_name
    assert found == text
    assert unicodedata.is_normalized("NFC", found) == unicodedata.is_normalized("NFC", text)


def small(**replaced: str) -> Bundle:
    files = sound() | {name.replace("_", "."): text for name, text in replaced.items()}
    return read_bundle_files(encoded(files), "small-1")


def test_columns_in_another_order_go_out_as_they_came_in() -> None:
    text = "source,other,relation,person\nregister,child_A,mother,mother\n"
    bundle = small(relationships_csv=text)
    assert bundle_files(bundle, "small-1")["relationships.csv"].decode() == text


def test_details_keep_the_order_and_forms_of_their_numbers() -> None:
    stated = '"{""height_cm"": 1.0e2,  ""weight_kg"": 13.80}"'
    header = "entry_id,occurred,agency,kind,about,details"
    bundle = small(
        chronology_csv=f"{header}\ne1,2024,gp,measurement,child_A:subject,{stated}\ne2,2024,gp,note,mother:subject,\n"
    )
    assert bundle.record.entry["e1"].number("height_cm") == 100
    assert stated in bundle_files(bundle, "small-1")["chronology.csv"].decode()


@pytest.mark.parametrize("stated", [None, "key,value\ntitle,A family\n", "key,value\nsource_system,\ntitle,A family\n"])
def test_a_source_system_that_was_the_folders_name_is_stated_in_another_folder(stated: str | None) -> None:
    files = sound()
    del files["bundle.csv"]
    bundle = read_bundle_files(encoded(files | ({"bundle.csv": stated} if stated else {})), "first")
    written = bundle_files(bundle, "second")
    assert b"\nsource_system,first\n" in written["bundle.csv"]
    assert read_bundle_files(written, "second") == bundle
    assert ("bundle.csv" in bundle_files(bundle, "first")) == (stated is not None)


def test_a_bundle_is_written_into_an_empty_folder_only(tmp_path: Path) -> None:
    write_bundle(small(), tmp_path / "new" / "folder")
    assert read_bundle(tmp_path / "new" / "folder") == small()
    with pytest.raises(FileExistsError, match="is not empty; choose a new folder"):
        write_bundle(small(), tmp_path / "new")


def test_corrections_stand_in_for_what_they_supersede() -> None:
    def entry(key: str, supersedes: str | None = None, **details: object) -> Entry:
        day = When.parse("2024-01-01")
        about = (About("a", AboutRole.SUBJECT),)
        return Entry(key, "note", day, day, "gp", "", about, "", details, supersedes=supersedes)

    known_later = {"value": ["e1"], "known": "2024-02"}
    entries = (
        entry("e1"),
        entry("e2", "e1"),
        entry("e3", "e2"),
        entry("e4", answers=["e1"], same_event_as=known_later),
    )
    found = bundle_of(FamilyRecord({"a": Person("a", PersonType.CHILD)}, entries), "x").record
    assert list(found.entry) == ["e3", "e4"]
    assert found.entry["e4"].answers == ("e3",)
    assert found.entry["e4"].same_event_as == ("e3",)


def stored(bundle: Bundle) -> dict[tuple[str, str], str]:
    return {(row.file, key): row.digest for key, row in bundle.keyed_rows()}


def test_the_same_bundle_twice_brings_nothing_new() -> None:
    comparison = compare_with_stored(small(), stored(small()))
    assert (comparison.new, comparison.same) == ((), 12)


def test_new_rows_are_told_from_stored_ones() -> None:
    longer = small(bundle_csv=sound()["bundle.csv"] + "licence,CC0-1.0\n")
    comparison = compare_with_stored(longer, stored(small()))
    assert [(key, row.file) for key, row in comparison.new] == [("licence", "bundle.csv")]


def test_a_bundle_that_contradicts_a_stored_one_is_named_row_by_row() -> None:
    files = sound()
    changed = small(
        chronology_csv=files["chronology.csv"].replace("Bruise.", "Graze."),
        relationships_csv=files["relationships.csv"].replace(",yes,", ",no,"),
    )
    with pytest.raises(BundleErrors) as caught:
        compare_with_stored(changed, stored(small()))
    remedy = "expected the row as it was stored, a new key, or a correction made in the record"
    told = f"of small-1 is stored with other contents; {remedy}"
    assert str(caught.value).splitlines() == [
        f"relationships.csv:2: person: “mother | mother | child_A | 2019-11” {told}",
        f"chronology.csv:2: entry_id: “e1” {told}",
    ]


def test_rows_that_state_the_same_have_the_same_digest() -> None:
    assert row_digest({"a": "1", "b": ""}) == row_digest({"a": "1"})
    assert row_digest({"b": "2", "a": "1"}) == row_digest({"a": "1", "b": "2"})
    assert row_digest({"a": "1"}) != row_digest({"b": "1"})


def test_a_relationship_stated_twice_is_two_rows() -> None:
    text = "person,relation,other\nmother,mother,baby\nmother,mother,baby\n"
    keys = [key for key, row in small(relationships_csv=text).keyed_rows() if row.file == "relationships.csv"]
    assert keys == ["mother | mother | baby | ", "mother | mother | baby |  #2"]


def test_an_identitys_failing_number_is_kept_and_noted() -> None:
    bundle = small(identities_csv="person,agency,nhs_number,upn\nchild_A,gp,9434765871,X1\nchild_A,police,,\n")
    assert bundle.record.identities[0].nhs_number == "9434765871"
    assert bundle.notices == (
        "identities.csv:2: nhs_number: kept as the agency had it; it fails its check and is never matched on",
        "identities.csv:2: upn: kept as the agency had it; it fails its check and is never matched on",
    )


def test_the_numbers_and_receipts_of_the_small_bundle() -> None:
    bundle = small()
    assert (bundle.area, bundle.meta["title"], bundle.record.title) == ("Coventry", "A family", "A family")
    record = bundle.record
    child = record.people["child_A"]
    assert (child.nhs_number, child.gestation_weeks, child.interpreter) == ("9434765870", 38.5, "needed")
    assert [e.id for e in record.entries] == ["e1", "e2"]
    receipts = [(r.agency, r.event, r.at and r.at.stated) for r in record.entry["e1"].receipts]
    assert receipts == [("gp", ReceiptEvent.RECEIVED, "2024-10-02"), ("police", ReceiptEvent.RECEIVED, None)]
    assert [r.lives_with for r in record.relationships] == [True, None]
    assert record.entry["e2"].recorded.moment is not None
    assert record.entry["e2"].answers == ("e1",)
