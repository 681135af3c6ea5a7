"""Which role of the database the store is reached as: the viewer's, unless an operation acts or somebody signs in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from wholepicture.foundation.refusals import Refused

_acting: ContextVar[bool] = ContextVar("wholepicture_engine_acting", default=False)
_signing_in: ContextVar[bool] = ContextVar("wholepicture_signing_in", default=False)
_only_showing: ContextVar[bool] = ContextVar("wholepicture_only_showing", default=False)


def engine_is_acting() -> bool:
    """Whether reads and writes go to the engine's role."""
    return _acting.get()


def reads_from() -> str:
    """The alias that plain SQL reads with: the engine's while an operation is acting, else the viewer's."""
    return "engine" if _acting.get() else "default"


def somebody_signs_in() -> bool:
    """Whether reads and writes go to the role of sign-in, which knows passwords and second factors and no family."""
    return _signing_in.get()


@contextmanager
def as_engine() -> Iterator[None]:
    """Route the store to the engine's role. Only `access.operations` opens it, with an Authority in hand."""
    token = _acting.set(True)
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def as_sign_in() -> Iterator[None]:
    """Route the store to the role of sign-in, in one transaction of its own."""
    token = _signing_in.set(True)
    try:
        with transaction.atomic(using="sign_in"):
            yield
    finally:
        _signing_in.reset(token)


@contextmanager
def only_showing() -> Iterator[None]:
    """Let nothing be recorded: a form that was kept is shown again, and is sent only when somebody sends it."""
    token = _only_showing.set(True)
    try:
        yield
    finally:
        _only_showing.reset(token)


def is_only_showing() -> bool:
    """Whether a kept form is being shown again."""
    return _only_showing.get()


def refuse_to_act_while_showing() -> None:
    """Raise Refused where a kept form is only being shown again."""
    if _only_showing.get():
        raise Refused("only-showing", "This was kept while you signed in again. Look at it, then send it.")
