"""Where an installation keeps its things: the checkout, the data folder, and the files only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path


def project_root() -> Path:
    """The folder that holds `run`, `test` and `wholepicture/`."""
    return Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """`$WHOLEPICTURE_DATA`, or `.data` in the checkout; absolute."""
    chosen = os.environ.get("WHOLEPICTURE_DATA")
    return Path(chosen).expanduser().resolve() if chosen else project_root() / ".data"


def read_private(path: Path) -> dict[str, str]:
    """The values of a private file; empty when there is none yet."""
    if not path.exists():
        return {}
    return {str(key): str(value) for key, value in json.loads(path.read_text(encoding="utf-8")).items()}


def write_private(path: Path, values: dict[str, str]) -> None:
    """Replace a private file whole, so that a crash leaves the old one or the new one and never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    # Created closed to others: a chmod afterwards would leave a moment in which anybody could read it.
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def secret(data: Path, name: str) -> str:
    """The installation's own random secret of that name, made the first time that it is asked for."""
    path = data / "secrets.json"
    kept = read_private(path)
    if name not in kept:
        kept[name] = secrets.token_urlsafe(32)
        write_private(path, kept)
    return kept[name]
