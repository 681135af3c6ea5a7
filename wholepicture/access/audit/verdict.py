"""The verdict on an audit: everything amiss in its chains, read once from first line to last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wholepicture.access.audit.chain import Finding, Line, examine
from wholepicture.access.audit.checkpoints import Checkpoint, Witness


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is amiss, in the order in which it was found; and each chain's last number and hash."""

    findings: tuple[Finding, ...]
    ends: dict[str, tuple[int, str]]


def verify(lines: Iterable[Line], checkpoints: Sequence[Checkpoint] = (), *, key: str = "") -> Verdict:
    """Follow every chain, holding it against checkpoints that somebody kept.

    `key` is the public key (hex) that they must be signed with; without it, the first checkpoint's own.
    """
    witness = Witness(checkpoints, key=key)
    found = [*witness.findings, *examine(lines, witness.seen), *witness.missed()]
    return Verdict(tuple(found), {n: (c.number, c.hash.decode()) for n, c in witness.chains.items()})
