"""An uploaded zip file is judged before it is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.files import encoded, sound, zipped
from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.reader import read_bundle, read_bundle_files, read_bundle_zip


def refusals(data: bytes) -> list[str]:
    with pytest.raises(BundleErrors) as caught:
        read_bundle_zip(data, "upload", today=date(2026, 3, 2))
    assert caught.value.code == "bad_bundle"
    return str(caught.value).splitlines()


@pytest.mark.parametrize(("folder", "name"), [("", "upload"), ("small-1/", "small-1")])
def test_files_may_lie_at_the_top_or_in_one_folder(folder: str, name: str) -> None:
    files = encoded(sound())
    del files["bundle.csv"]
    found = read_bundle_zip(zipped({**files, "README.md": b"hello"}, folder), "upload")
    assert found.source_system == name
    assert found == read_bundle_files(files, name)


def test_what_operating_systems_leave_behind_is_passed_over() -> None:
    files = encoded(sound())
    left = {"__MACOSX/small/._people.csv": b"\0", "small/.DS_Store": b"\0"}
    data = zipped({**{f"small/{name}": text for name, text in files.items()}, **left})
    assert read_bundle_zip(data, "upload") == read_bundle_files(files, "small")


def test_a_bundle_is_read_from_a_zip_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "small.zip"
    path.write_bytes(zipped(encoded(sound())))
    assert read_bundle(path) == read_bundle_files(encoded(sound()), "small")


@pytest.mark.parametrize(
    "name", ["../people.csv", "/etc/people.csv", "small\\people.csv", "C:people.csv", "a/../../people.csv"]
)
def test_names_that_point_outside_are_refused(name: str) -> None:
    expected = f"upload.zip:1: file: “{name}” points outside the zip file; expected plain file names"
    assert refusals(zipped({name: b""})) == [expected]


def test_links_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo("people.csv")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    expected = "upload.zip:1: file: “people.csv” is a link; expected a plain file"
    assert refusals(buffer.getvalue()) == [expected]


def test_encrypted_files_are_refused() -> None:
    data = bytearray(zipped({"people.csv": b"person,type\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    expected = "upload.zip:1: file: “people.csv” is encrypted; expected a zip file without a password"
    assert refusals(bytes(data)) == [expected]


def test_several_folders_are_refused() -> None:
    expected = (
        "upload.zip:1: file: the files are not in one folder; expected them together, at the top or in one folder"
    )
    assert refusals(zipped({"a/people.csv": b"", "b/chronology.csv": b""})) == [expected]
    assert refusals(zipped({"a/b/people.csv": b""})) == [expected]


def test_one_name_twice_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("people.csv", "")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("people.csv", "")
    assert refusals(buffer.getvalue()) == ["upload.zip:1: file: “people.csv” stands twice; expected each file once"]


def test_a_zip_bomb_is_refused_unopened() -> None:
    expected = "upload.zip:1: file: it unpacks to 200.0 MB; expected at most 20 MB"
    assert refusals(zipped({"people.csv": b"\0" * 200_000_000})) == [expected]


def test_a_declared_size_that_lies_stops_there() -> None:
    data = bytearray(zipped({"people.csv": b"\0" * 100_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    expected = "upload.zip:1: file: “people.csv” cannot be unpacked; expected a whole zip file"
    assert refusals(bytes(data)) == [expected]


def test_too_many_files_are_refused() -> None:
    data = zipped({f"{n}.csv": b"" for n in range(51)})
    assert refusals(data) == ["upload.zip:1: file: it holds 51 files; expected the files of one bundle"]


@pytest.mark.parametrize("data", [b"", b"not a zip file", zipped({"people.csv": b"x" * 99})[:-30]])
def test_what_is_no_zip_file_is_refused(data: bytes) -> None:
    expected = "upload.zip:1: file: the file is no zip file that can be read; expected a zip file of a folder"
    assert refusals(data) == [expected]


def test_a_zip_file_too_big_is_refused_unread() -> None:
    expected = "upload.zip:1: file: the file is 50.0 MB; expected at most 20 MB"
    assert refusals(b"\0" * 50_000_000) == [expected]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BundleErrors) as caught:
        read_bundle(tmp_path / "gone")
    expected = "1: folder: there is no such folder; expected a folder of CSV files, or a zip file of one"
    assert str(caught.value) == f"{tmp_path / 'gone'}:{expected}"


def test_folders_and_big_files_in_the_folder_are_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "people.csv").mkdir()
    (tmp_path / ".hidden").mkdir()
    with (tmp_path / "chronology.csv").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(BundleErrors) as caught:
        read_bundle(tmp_path)
    assert str(caught.value).splitlines() == [
        "chronology.csv:1: file: the file is 50.0 MB; expected at most 20 MB: one family’s history to a bundle",
        "people.csv:1: file: is no plain file; expected a CSV file",
    ]


def test_a_stray_folder_is_refused_by_name(tmp_path: Path) -> None:
    for name, data in encoded(sound()).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "letters").mkdir()
    with pytest.raises(BundleErrors, match="^letters:1: file: unknown file; expected bundle.csv"):
        read_bundle(tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "people.csv").write_text("person,type\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(BundleErrors, match="cannot be read \\(Permission denied\\); expected a file that you may read"):
        read_bundle(tmp_path)
