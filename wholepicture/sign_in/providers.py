"""Identity providers, as the administrator's file names them."""

from __future__ import annotations

from typing import Any


def apps() -> list[Any]:
    """Each provider as allauth takes it."""
    return []
