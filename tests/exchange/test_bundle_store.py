"""A bundle through the store: in once, never twice, and out as it came."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Store
from tests.exchange.files import encoded, sound, zipped
from tests.files.clamd import FINDS, speaking
from wholepicture.access.operations import acting, system_authority
from wholepicture.cli import bundle_import
from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.operations import Imported, bundle_of_source, export_source, import_bundle
from wholepicture.exchange.bundles.reader import read_bundle, read_bundle_files
from wholepicture.exchange.bundles.types import Bundle
from wholepicture.exchange.bundles.writer import bundle_files

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
REVIEWS = Path(__file__).parents[2] / "wholepicture" / "demo" / "bundles"

pytestmark = pytest.mark.usefixtures("store")


def bring_in(bundle: Bundle) -> Imported:
    return import_bundle(authority=system_authority(act="bundle:import", now=NOW), bundle=bundle, now=NOW)


def take_out(source_system: str) -> tuple[Mapping[str, bytes], Bundle]:
    with acting(system_authority(act="record:export", now=NOW)):
        return export_source(source_system), bundle_of_source(source_system)


def rows_in(store: Store) -> int:
    with store.as_superuser() as connection:
        counted = connection.execute(
            "SELECT (SELECT count(*) FROM record_entry) + (SELECT count(*) FROM record_source_row)"
        ).fetchone()
    assert counted is not None
    return int(str(counted[0]))


@pytest.mark.parametrize("name", ["coventry-2012", "haringey-2000"])
def test_export_of_an_imported_review_equals_it_byte_for_byte(name: str) -> None:
    bundle = read_bundle(REVIEWS / name)
    bring_in(bundle)
    files, again = take_out(f"replay-{name}")
    assert files == {path.name: path.read_bytes() for path in (REVIEWS / name).glob("*.csv")}
    assert again == bundle


def test_a_source_system_that_only_the_folder_named_comes_out_again() -> None:
    files = sound()
    del files["bundle.csv"]
    bundle = read_bundle_files(encoded(files), "the-folder")
    bring_in(bundle)
    _, again = take_out("the-folder")
    assert read_bundle_files(bundle_files(again, "another-folder"), "another-folder") == bundle


def test_the_same_bundle_twice_stores_nothing_twice(store: Store) -> None:
    bundle = read_bundle_files(encoded(sound()), "small")
    first = bring_in(bundle)
    held = rows_in(store)
    second = bring_in(bundle)
    assert rows_in(store) == held
    assert (second.stored, second.people) == (0, first.people)


def test_a_contradiction_stores_nothing_of_the_bundle(store: Store) -> None:
    bring_in(read_bundle_files(encoded(sound()), "small"))
    held = rows_in(store)
    files = sound()
    added = "e3,2024-11-01,day,,gp,GP,note,mother:subject,New.,,,\n"
    files["chronology.csv"] = files["chronology.csv"].replace("Bruise.", "Graze.") + added
    with pytest.raises(
        BundleErrors, match="^chronology.csv:2: entry_id: “e1” of small-1 is stored with other contents"
    ):
        bring_in(read_bundle_files(encoded(files), "small"))
    assert rows_in(store) == held


def test_rows_and_columns_added_later_come_out_after_the_others() -> None:
    bring_in(read_bundle_files(encoded(sound()), "small"))
    files = sound()
    lines = files["people.csv"].splitlines()
    longer = [f"{lines[0]},given_name", *(f"{line}," for line in lines[1:]), "father,adult,male,,,,,,,,Jan"]
    files["people.csv"] = "\n".join(longer) + "\n"
    imported = bring_in(read_bundle_files(encoded(files), "small"))
    assert set(imported.people) == {"child_A", "baby", "mother", "father"}
    written, again = take_out("small-1")
    assert written["people.csv"].decode() == files["people.csv"]
    assert again.record.people["father"].given_name == "Jan"


@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    ("answers", "says"),
    [(None, "A virus was found"), (b"", "The virus scanner does not answer")],
    ids=["virus", "down"],
)
def test_the_command_line_reads_no_bundle_before_the_scanner_has_seen_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    as_zip: bool, answers: bytes | None, says: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("wholepicture.cli.installation.installation", nullcontext)
    folder = tmp_path / "small"
    folder.mkdir()
    for name, data in encoded(sound()).items():
        (folder / name).write_bytes(data)
    path = folder
    if as_zip:
        path = tmp_path / "small.zip"
        path.write_bytes(zipped(encoded(sound()), "small/"))
    sound_one = Namespace(bundle=[path], team=[], check=False)
    with speaking(answers) as daemon:
        monkeypatch.setattr("django.conf.settings.CLAMD", daemon)
        if answers is None:
            with (path if as_zip else folder / "chronology.csv").open("ab") as out:
                out.write(FINDS)
        assert bundle_import.run(sound_one) == 1
    said = capsys.readouterr().err
    assert f"{path}: refused, and nothing of it is stored\n{says}" in said
    assert rows_in(store) == 0


def test_a_bundle_that_the_scanner_finds_clean_is_brought_in_by_the_command_line(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wholepicture.cli.installation.installation", nullcontext)
    path = tmp_path / "small.zip"
    path.write_bytes(zipped(encoded(sound()), "small/"))
    with speaking() as daemon:
        monkeypatch.setattr("django.conf.settings.CLAMD", daemon)
        assert bundle_import.run(Namespace(bundle=[path], team=[], check=False)) == 0
    assert rows_in(store) > 0
