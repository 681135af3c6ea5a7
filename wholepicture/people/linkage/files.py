"""Files in and out: CSV (UTF-8, with a heading) or Parquet by their ending, checked row by row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import BadDate, When
from wholepicture.people.linkage.errors import FileErrors, Problem
from wholepicture.people.linkage.types import Given

_BORN: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_MOST_PROBLEMS: Final = 1_000
_BATCH: Final = 50_000

Cells = tuple[int, dict[str, str]]


def read(path: Path) -> Iterator[Given]:
    """Every row of the file, in its order.

    Raises FileErrors when the rows are through, naming all that is wrong; Refused where there is no such file.
    """
    seen: dict[str, int] = {}
    problems: list[Problem] = []
    for line, cells in _reader(path)(path):
        found = list(_problems(path.name, line, cells, seen))
        problems += found
        if len(problems) >= _MOST_PROBLEMS:
            break
        if not problems:
            yield Given(cells["id"], cells, line)
    if problems:
        raise FileErrors(problems)


def columns(path: Path) -> tuple[str, ...]:
    """The file's columns, in their order. Raises as `read` does."""
    if _reader(path) is _parquet_rows:
        return tuple(_parquet(path).schema_arrow.names)
    with _csv(path) as rows:
        return tuple(_heading(path, rows))


def _reader(path: Path) -> Callable[[Path], Iterator[Cells]]:
    readers = {".csv": _csv_rows, ".parquet": _parquet_rows}
    if path.suffix.lower() not in readers:
        raise Refused("file_kind", f"{path}: a file of this ending is not read; expected .csv or .parquet.")
    if not path.is_file():
        raise Refused("no_file", f"{path}: there is no such file; check the name and the folder.")
    return readers[path.suffix.lower()]


def _problems(file: str, line: int, cells: dict[str, str], seen: dict[str, int]) -> Iterator[Problem]:
    key, born = cells["id"], cells.get("born", "")
    if not key:
        yield Problem(file, line, "id", "is blank; expected an id that no other row of this file has")
    elif key in seen:
        yield Problem(file, line, "id", f"“{key}” stands on line {seen[key]} already; expected each id once")
    seen.setdefault(key, line)
    if born and not _readable(born):
        expected = "expected YYYY-MM-DD, YYYY-MM or YYYY, or nothing where it is not known"
        yield Problem(file, line, "born", f"“{born}” is not a date; {expected}")


def _readable(born: str) -> bool:
    if not _BORN.fullmatch(born):
        return False
    try:
        When.parse(born)
    except BadDate:
        return False
    return True


@contextmanager
def _csv(path: Path) -> Iterator[Iterator[tuple[int, list[str]]]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield _numbered(path, lines)


def _numbered(path: Path, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise FileErrors([Problem(path.name, line, "(row)", "is not UTF-8; save the file as “CSV UTF-8”")]) from error
    except csv.Error as error:
        raise FileErrors([Problem(path.name, line, "(row)", f"cannot be read as CSV: {error}")]) from error


def _heading(path: Path, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    line, heading = next(rows, (1, []))
    heading = [name.strip() for name in heading]
    return _checked(path, line, heading)


def _checked(path: Path, line: int, heading: list[str]) -> list[str]:
    twice = sorted({name for name in heading if heading.count(name) > 1})
    if "id" not in heading:
        raise FileErrors([Problem(path.name, line, "id", "is missing; expected a column of this name")])
    if twice:
        raise FileErrors([Problem(path.name, line, twice[0], "stands twice; expected each column once")])
    return heading


def _csv_rows(path: Path) -> Iterator[Cells]:
    with _csv(path) as rows:
        heading = _heading(path, rows)
        for line, row in rows:
            if len(row) != len(heading):
                told = f"has {len(row)} cells; expected {len(heading)}, as in the heading"
                raise FileErrors([Problem(path.name, line, "(row)", told)])
            yield line, {name: cell.strip() for name, cell in zip(heading, row, strict=True)}


def _parquet(path: Path) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise FileErrors([Problem(path.name, 1, "(file)", "is not Parquet; expected what its ending says")]) from error
    _checked(path, 1, list(file.schema_arrow.names))
    return file


def _parquet_rows(path: Path) -> Iterator[Cells]:
    line = 2
    for batch in _parquet(path).iter_batches(batch_size=_BATCH):
        for row in batch.to_pylist():
            yield line, {name: "" if cell is None else str(cell).strip() for name, cell in row.items()}
            line += 1


class Answers:
    """The file of answers, written as they come; nothing of it stands until all of it does."""

    def __init__(self, path: Path, names: Sequence[str], numbers: Sequence[str]) -> None:
        if path.suffix.lower() not in (".csv", ".parquet"):
            raise Refused("file_kind", f"{path}: a file of this ending is not written; expected .csv or .parquet.")
        if not path.parent.is_dir():
            raise Refused("no_folder", f"{path}: there is no folder {path.parent}; make it, or name another.")
        self._path, self._names, self._numbers = path, tuple(names), frozenset(numbers)

    def write(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write every row; how many there were."""
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            kind = self._path.suffix.lower()
            count = (self._as_csv if kind == ".csv" else self._as_parquet)(part, rows)
            part.replace(self._path)
        finally:
            part.unlink(missing_ok=True)
        return count

    def _as_csv(self, part: Path, rows: Iterable[Mapping[str, Any]]) -> int:
        count = 0
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self._names, lineterminator="\n")
            writer.writeheader()
            for row in rows:
                writer.writerow(row)
                count += 1
        return count

    def _as_parquet(self, part: Path, rows: Iterable[Mapping[str, Any]]) -> int:
        kinds = [(name, pa.float64() if name in self._numbers else pa.string()) for name in self._names]
        schema = pa.schema(kinds)
        count = 0
        with pq.ParquetWriter(part, schema) as writer:
            for batch in _batches(rows):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                count += len(batch)
        return count


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(dict(row))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def read_json(path: Path) -> dict[str, Any]:
    """A model's settings. Raises Refused where there is no such file, or it holds no JSON object."""
    if not path.is_file():
        raise Refused("no_file", f"{path}: there is no such file; make one with `wholepicture match train`.")
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refused("bad_model", f"{path}: is not JSON; expected a model written by `match train`.") from error
    if not isinstance(held, dict) or "comparisons" not in held:
        raise Refused("bad_model", f"{path}: holds no comparisons; expected Splink’s settings as JSON.")
    return held


def write_json(path: Path, held: Mapping[str, Any]) -> None:
    """Write a model's settings, sorted by nothing: Splink's own order."""
    text = io.StringIO()
    json.dump(held, text, indent=2, ensure_ascii=False)
    try:
        path.write_text(f"{text.getvalue()}\n", encoding="utf-8")
    except OSError as error:
        raise Refused("no_folder", f"{path}: cannot be written; name a file in a folder that is there.") from error
