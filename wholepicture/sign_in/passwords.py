"""Passwords of one's own: long, not among those that everybody tries, and otherwise as one likes (NCSC; ASVS 6.2)."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from wholepicture.access.engine import as_sign_in
from wholepicture.agencies.operations import choose_password
from wholepicture.sign_in.factors import user_of

SHORTEST: Final = 12
"""Characters: three random words are longer."""


def faults(user: Any, password: str) -> list[str]:
    """What is wrong with a new password, in sentences; nothing for a good one."""
    found = []
    if len(password) < SHORTEST:
        found.append(f"Enter a password of at least {SHORTEST} characters: three random words are a good one")
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        found.append("Enter another password: this one is among those that everybody tries first")
    folded = password.casefold()
    if any(len(part) > 2 and part.casefold() in folded for part in (user.username, *user.name.split())):
        found.append("Enter a password without your name or user name in it")
    if is_right(user.pk, password):
        found.append("Enter a password that you have not been given")
    return found


def is_right(practitioner: UUID, password: str) -> bool:
    """Whether this is their password now."""
    with as_sign_in():
        return check_password(password, user_of(practitioner).password)


def choose(practitioner: UUID, password: str) -> None:
    """Keep it, hashed."""
    choose_password(practitioner=practitioner, password_hash=make_password(password))
