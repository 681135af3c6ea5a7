"""Whether an operation is acting: while it does, the store is reached as the engine's role, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_acting: ContextVar[bool] = ContextVar("wholepicture_engine_acting", default=False)


def engine_is_acting() -> bool:
    """Whether reads and writes go to the engine's role."""
    return _acting.get()


def reads_from() -> str:
    """The alias that plain SQL reads with: the engine's while an operation is acting, else the viewer's."""
    return "engine" if _acting.get() else "default"


@contextmanager
def as_engine() -> Iterator[None]:
    """Route the store to the engine's role. Only `access.operations` opens it, with an Authority in hand."""
    token = _acting.set(True)
    try:
        yield
    finally:
        _acting.reset(token)
