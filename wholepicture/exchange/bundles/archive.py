"""Opens an uploaded zip file of a bundle without trusting a word of it."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from wholepicture.exchange.bundles.errors import BundleErrors, Problem
from wholepicture.exchange.bundles.lexing import MAX_BYTES

_MOST_FILES: Final = 50
_ENCRYPTED: Final = 0x1
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)


def unpack(data: bytes, name: str) -> tuple[str, dict[str, bytes]]:
    """The name of the one folder that holds the files (blank where there is none), and the files' bytes.

    Sizes, names and kinds are judged before anything is unpacked, and unpacking stops at the size that was declared.
    Raises BundleErrors.
    """
    if len(data) > MAX_BYTES:
        raise _refusal(name, f"the file is {len(data) / 1_000_000:.1f} MB; expected at most {_most()}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise _refusal(name, "the file is no zip file that can be read; expected a zip file of a folder") from error
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not _dropping(m.filename)]
        problems = _size_problems(members) + [p for m in members for p in _member_problems(m)]
        folders = {str(PurePosixPath(m.filename).parent) for m in members}
        names = [PurePosixPath(m.filename).name for m in members]
        if not problems and (len(folders) > 1 or any("/" in folder for folder in folders)):
            problems.append("the files are not in one folder; expected them together, at the top or in one folder")
        problems += [f"“{n}” stands twice; expected each file once" for n in sorted(set(names)) if names.count(n) > 1]
        if problems:
            raise BundleErrors(Problem(name, 1, "file", problem) for problem in problems)
        files = {n: _unpacked(archive, m, name) for n, m in zip(names, members, strict=True)}
    folder = next(iter(folders), "")
    return ("" if folder == "." else folder), files


def _most() -> str:
    return f"{MAX_BYTES // 1_000_000} MB"


def _refusal(name: str, message: str) -> BundleErrors:
    return BundleErrors([Problem(name, 1, "file", message)])


def _dropping(name: str) -> bool:
    """What operating systems leave in zip files: hidden files, and macOS's own folder."""
    path = PurePosixPath(name)
    return path.parts[:1] == ("__MACOSX",) or (path.name.startswith(".") and ".." not in path.parts)


def _size_problems(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    size = sum(m.file_size for m in members)
    found: list[str] = []
    if len(members) > _MOST_FILES:
        found.append(f"it holds {len(members)} files; expected the files of one bundle")
    if size > MAX_BYTES:
        found.append(f"it unpacks to {size / 1_000_000:.1f} MB; expected at most {_most()}")
    return found


def _member_problems(member: zipfile.ZipInfo) -> list[str]:
    path = PurePosixPath(member.filename)
    found: list[str] = []
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
        found.append(f"“{member.filename}” points outside the zip file; expected plain file names")
    if stat.S_ISLNK(member.external_attr >> 16):
        found.append(f"“{member.filename}” is a link; expected a plain file")
    if member.flag_bits & _ENCRYPTED:
        found.append(f"“{member.filename}” is encrypted; expected a zip file without a password")
    return found


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(MAX_BYTES + 1)
    except _UNREADABLE as error:
        raise _refusal(name, f"“{member.filename}” cannot be unpacked; expected a whole zip file") from error
