"""What the clock does for the audit: it carries the second sink, and signs each hour how far each chain has come.

A checkpoint is worth what its keeper is: `$WHOLEPICTURE_CHECKPOINTS` names the folder that witnesses outside the
authority fetch from (how-to: verify the audit). Without it they are kept in the data folder.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wholepicture.access.audit.checkpoints import read_all, sign, write
from wholepicture.access.audit.operations import carry
from wholepicture.access.audit.queries import chain_ends
from wholepicture.access.audit.sink import FILE
from wholepicture.access.clock import now
from wholepicture.access.operations import second_sink, system_authority
from wholepicture.config.places import data_dir, read_private, write_private

KEY_FILE = "audit-key.json"
EVERY = timedelta(hours=1)


def signing_key() -> Ed25519PrivateKey:
    """The installation's own key, made the first time that it is asked for."""
    path = data_dir() / KEY_FILE
    kept = read_private(path)
    if not kept:
        kept = {"ed25519": Ed25519PrivateKey.generate().private_bytes_raw().hex()}
        write_private(path, kept)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["ed25519"]))


def checkpoints() -> Path:
    """The folder that the clock's checkpoints go into."""
    return Path(os.environ.get("WHOLEPICTURE_CHECKPOINTS", data_dir() / "checkpoints"))


def carry_sink(seen: int) -> int:
    """Carry the second sink into the chain if its file has grown beyond `seen` bytes; returns how many it has now."""
    path = second_sink() / FILE
    size = path.stat().st_size if path.exists() else 0
    if size > seen:
        carry(authority=system_authority(act="audit:carry", now=now()), folder=second_sink())
    return size


def checkpoint(folder: Path, at: datetime) -> list[Path]:
    """Sign the end of each chain that has grown since its last checkpoint, at most once in an hour (UTC)."""
    kept = read_all(folder) if any(folder.glob("*.json")) else []
    if any(datetime.fromisoformat(known.time) > at - EVERY for known in kept):
        return []
    signed, key = {known.hash for known in kept}, signing_key()
    return [
        write(sign(key, chain=chain, number=number, sealed=sealed, now=at), folder)
        for chain, number, sealed in chain_ends()
        if sealed not in signed
    ]
