"""How often a password or a code may be tried. Counted in the database, alike for names that exist and that do not."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from wholepicture.access.limits import Limit, Try, give_back, take
from wholepicture.sign_in.sessions import real_now

PAIR: Final = Limit("password", 5, timedelta(minutes=5))
NAME: Final = Limit("password:name", 30, timedelta(hours=1))
ADDRESS: Final = Limit("password:address", 100, timedelta(minutes=15))
CODE: Final = Limit("code", 5, timedelta(minutes=5))
CODE_LONG: Final = Limit("code:day", 50, timedelta(days=1))
CODE_ONCE: Final = Limit("code:once", 1, timedelta(minutes=3))
PASSKEY: Final = Limit("passkey:address", 60, timedelta(minutes=5))


def _password(name: str, address: str) -> tuple[Try, ...]:
    folded = name.strip().casefold()
    return Try(PAIR, (folded, address)), Try(NAME, (folded,)), Try(ADDRESS, (address,))


def may_try_password(name: str, address: str) -> bool:
    """Count an attempt at a password: five in five minutes for a name from an address, and slower caps for each."""
    return take(_password(name, address), now=real_now())


def password_was_right(name: str, address: str) -> None:
    """Forget the attempts at this name. The address keeps its own: others may be guessing from there."""
    give_back(_password(name, address)[:2])


def may_try_code(practitioner: UUID) -> bool:
    """Count an attempt at a second factor's code."""
    return take((Try(CODE, (str(practitioner),)), Try(CODE_LONG, (str(practitioner),))), now=real_now())


def code_was_right(practitioner: UUID) -> None:
    """Forget the attempts."""
    give_back((Try(CODE, (str(practitioner),)), Try(CODE_LONG, (str(practitioner),))))


def use_once(practitioner: UUID, code: str) -> bool:
    """Whether this code was not used yet: one that was watched over a shoulder opens nothing again (RFC 6238 5.2).

    A code is its letters and figures: allauth takes “123 456” and “123-456” for the same, and so must this.
    """
    plain = "".join(c for c in code.casefold() if c.isascii() and c.isalnum())
    return take((Try(CODE_ONCE, (str(practitioner), plain)),), now=real_now())


def may_try_passkey(address: str) -> bool:
    """Count a passkey's attempt: there is nothing to guess, so this only spares the server."""
    return take((Try(PASSKEY, (address,)),), now=real_now())
