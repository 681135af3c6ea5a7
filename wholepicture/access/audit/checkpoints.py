"""Checkpoints: how far a chain had come at a moment, signed, for witnesses outside the authority to keep.

A chain shows that a row in its middle was changed; only somebody else's checkpoint shows that its end was cut off, or
that the whole of it was written anew. The signature is Ed25519 (RFC 8032), so anybody can check it and nobody else
can make it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wholepicture.access.audit.chain import Chain, Finding, part
from wholepicture.foundation.refusals import Refused

FORMAT = "whole-picture-checkpoint-1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """That a chain's row of that number had that hash at that moment (UTC, ISO 8601); keys and signature in hex."""

    chain: str
    number: int
    hash: str
    time: str
    public_key: str
    signature: str = ""
    format: str = FORMAT

    def signed_part(self) -> bytes:
        """The bytes that are signed: every value but the signature, each after its length."""
        values = (self.format, self.chain, str(self.number), self.hash, self.time, self.public_key)
        return b"".join(part(value.encode()) for value in values)

    def is_genuine(self) -> bool:
        """Whether whoever holds the key that it names signed just this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), self.signed_part())
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(key: Ed25519PrivateKey, *, chain: str, number: int, sealed: str, now: datetime) -> Checkpoint:
    """A checkpoint of a chain at its present end."""
    public = key.public_key().public_bytes_raw().hex()
    unsigned = Checkpoint(chain, number, sealed, now.astimezone(UTC).isoformat(timespec="seconds"), public)
    return Checkpoint(chain, number, sealed, unsigned.time, public, key.sign(unsigned.signed_part()).hex())


def write(checkpoint: Checkpoint, folder: Path) -> Path:
    """Put a checkpoint into a folder of them, under a name that sorts by time and that no other checkpoint has."""
    folder.mkdir(parents=True, exist_ok=True)
    moment = checkpoint.time.replace(":", "").replace("+0000", "Z")
    path = folder / f"{moment}-{checkpoint.number}-{checkpoint.hash[:12]}.json"
    path.write_text(json.dumps(asdict(checkpoint), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_all(folder: Path) -> list[Checkpoint]:
    """Every checkpoint in a folder, by name; refuses a file that is not one, and a folder that holds none."""
    if not folder.is_dir():
        raise Refused("no-checkpoints", f"{folder} is not a folder of checkpoints.")
    found = [_read(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise Refused("no-checkpoints", f"{folder} holds no checkpoint.")
    return found


def _read(path: Path) -> Checkpoint:
    try:
        found = Checkpoint(**json.loads(path.read_text(encoding="utf-8")))
    except (TypeError, ValueError):
        found = None
    if found is None or found.format != FORMAT or type(found.number) is not int:
        raise Refused("not-a-checkpoint", f"{path} is not a checkpoint ({FORMAT}).")
    return found


class Witness:
    """Checkpoints from earlier, held against chains as they are followed: `seen` for each line, `missed` at the end."""

    def __init__(self, checkpoints: Sequence[Checkpoint], *, key: str = "") -> None:
        self._waiting: dict[tuple[str, int], list[Checkpoint]] = defaultdict(list)
        self._agreed: dict[str, int] = {}
        self.chains: dict[str, Chain] = {}
        self.findings: list[Finding] = []
        trusted = key or (checkpoints[0].public_key if checkpoints else "")
        for checkpoint in checkpoints:
            if not checkpoint.is_genuine() or checkpoint.public_key != trusted:
                self.findings.append(_forged(checkpoint))
            else:
                self._waiting[checkpoint.chain, checkpoint.number].append(checkpoint)

    def seen(self, chain: Chain) -> Sequence[Finding]:
        """What the checkpoints say of the line that the chain has just come to."""
        self.chains[chain.name] = chain
        known = self._waiting.pop((chain.name, chain.number), None)
        return () if known is None else tuple(self._compared(chain, known))

    def _compared(self, chain: Chain, known: Sequence[Checkpoint]) -> Iterator[Finding]:
        for checkpoint in known:
            if checkpoint.hash.encode() == chain.hash:
                self._agreed[chain.name] = chain.number
            else:
                yield self._rewritten(checkpoint)

    def _rewritten(self, checkpoint: Checkpoint) -> Finding:
        first = self._agreed.get(checkpoint.chain, 0) + 1
        where = f"rows number {first} to {checkpoint.number}"
        sentence = f"The checkpoint of {checkpoint.time} knew another hash: {where} were written anew since."
        return Finding("rewritten", checkpoint.chain, checkpoint.number, None, sentence)

    def missed(self) -> Iterator[Finding]:
        """The checkpoints whose row the chain does not have."""
        for (name, number), checkpoints in sorted(self._waiting.items()):
            last = self.chains[name].number if name in self.chains else 0
            if number > last:
                sentence = f"The chain ends at number {last}; the checkpoint of {checkpoints[0].time} knew {number}."
                yield Finding("cut-off", name, last + 1, None, f"{sentence} Rows were cut off its end.")


def _forged(checkpoint: Checkpoint) -> Finding:
    sentence = f"The checkpoint of {checkpoint.time} at number {checkpoint.number} is not signed by the key we trust."
    return Finding("forged", checkpoint.chain, checkpoint.number, None, sentence)
