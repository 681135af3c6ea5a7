"""Checkpoints: signed so that anybody can check them, and held against a chain that was cut off or written anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.worlds import NOW
from wholepicture.access.audit.chain import FIRST, Line, row_hash
from wholepicture.access.audit.checkpoints import Checkpoint, read_all, sign, write
from wholepicture.access.audit.verdict import verify
from wholepicture.foundation.refusals import Refused

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2))


def chain_of(*acts: str) -> list[Line]:
    """A chain of rows that differ in what was done."""
    lines: list[Line] = []
    previous = FIRST
    for number, act in enumerate(acts, start=1):
        n = str(number).encode()
        row = [n, b"North", b"0", b"0", b"", b"", b"", act.encode(), b"", b"", b"", b""]
        sealed = row_hash(row, n, previous)
        lines.append([b"North", n, previous, sealed, n, *row])
        previous = sealed
    return lines


def checkpoint(lines: list[Line], key: Ed25519PrivateKey = KEY) -> Checkpoint:
    return sign(key, chain="North", number=len(lines), sealed=(lines[-1][3] or b"").decode(), now=NOW)


def kinds(lines: list[Line], *kept: Checkpoint, key: str = "") -> list[tuple[str, int | None]]:
    return [(f.kind, f.number) for f in verify(lines, kept, key=key).findings]


def test_a_chain_that_has_grown_agrees_with_its_checkpoints() -> None:
    lines = chain_of("a", "b", "c", "d")
    assert kinds(lines, checkpoint(lines[:2]), checkpoint(lines)) == []


def test_a_chain_that_was_written_anew_does_not() -> None:
    kept = [checkpoint(chain_of("a", "b")), checkpoint(chain_of("a", "b", "c", "d"))]
    assert kinds(chain_of("a", "b", "c", "D"), *kept) == [("rewritten", 4)]
    [found] = verify(chain_of("a", "b", "C", "d"), kept).findings
    assert "rows number 3 to 4 were written anew" in found.sentence


def test_a_chain_whose_end_was_cut_off_does_not() -> None:
    assert kinds(chain_of("a"), checkpoint(chain_of("a", "b"))) == [("cut-off", 2)]
    assert kinds([], checkpoint(chain_of("a", "b"))) == [("cut-off", 1)]


def test_a_number_that_was_skipped_is_not_called_the_end() -> None:
    lines = chain_of("a", "b", "c")
    assert kinds([lines[0], lines[2]], checkpoint(lines[:2])) == [("missing", 2)]


def test_numbers_missing_or_twice_and_a_start_that_was_removed() -> None:
    lines = chain_of("a", "b", "c", "d")
    assert kinds([lines[0], lines[3]]) == [("missing", 2)]
    assert kinds([lines[0], lines[0]]) == [("twice", 1)]
    later: list[Line] = [[b"North", b"1", *lines[1][2:]], [b"North", b"2", *lines[2][2:]]]
    assert kinds(later)[0] == ("link", 1)


@pytest.mark.parametrize(
    "change",
    [{"number": 3}, {"hash": "0" * 64}, {"chain": "South"}, {"time": "2020-01-01T00:00:00+00:00"}, {"signature": "00"},
     {"signature": "no hex"}, {"public_key": "00" * 32}],
)  # fmt: skip
def test_a_checkpoint_that_was_changed_is_forged(change: dict[str, Any]) -> None:
    lines = chain_of("a", "b")
    genuine = checkpoint(lines)
    assert genuine.is_genuine()
    forged = replace(genuine, **change)
    assert not forged.is_genuine()
    assert kinds(lines, genuine, forged)[0][0] == "forged"


def test_a_checkpoint_by_another_key_is_not_believed() -> None:
    lines = chain_of("a", "b")
    theirs = checkpoint(lines, OTHER)
    assert kinds(lines, checkpoint(lines), theirs) == [("forged", 2)]
    assert kinds(lines, checkpoint(lines), theirs, key=theirs.public_key) == [("forged", 2)]
    assert kinds(lines, theirs, key=theirs.public_key) == []


def test_a_folder_of_checkpoints_is_read_by_time(tmp_path: Path) -> None:
    lines = chain_of("a", "b", "c")
    written = [checkpoint(lines[:1]), checkpoint(lines)]
    paths = [write(one, tmp_path / "kept") for one in written]
    assert paths[1].name.startswith("2026-03-02T100000Z-3-")
    assert write(written[0], tmp_path / "kept") == paths[0]
    assert read_all(tmp_path / "kept") == written


@pytest.mark.parametrize("text", ["{}", "[]", "not json", '{"chain": "a"}', "GOOD"])
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, text: str) -> None:
    good = write(checkpoint(chain_of("a")), tmp_path).read_text(encoding="utf-8")
    (tmp_path / "z.json").write_text(
        text.replace("GOOD", good.replace("checkpoint-1", "checkpoint-9")), encoding="utf-8"
    )
    with pytest.raises(Refused, match="z.json is not a checkpoint"):
        read_all(tmp_path)


def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds no checkpoint"):
        read_all(tmp_path)
    with pytest.raises(Refused, match="not a folder"):
        read_all(tmp_path / "nowhere")
