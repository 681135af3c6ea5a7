"""Identifiers that look right and belong to nobody: NHS numbers of the test range, UPNs of no authority."""

from __future__ import annotations

from datetime import date

TEST_RANGE = "999"  # NHS numbers from 999 000 0000 are never issued to patients
NO_AUTHORITY = "999"  # no local authority has this number in the Department for Education's list
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(index: int) -> str:
    """The synthetic NHS number of the person with this index (0 to 499,999); different for every index.

    Scattered, so that a family's numbers are not neighbours. Every second number has a spare: of two neighbours at
    most one lacks a check digit (a remainder that would need ten).
    """
    if not 0 <= index < 500_000:
        raise ValueError("the test range holds 500,000 synthetic people")
    pair = index * 104_729 % 500_000 * 2
    for number in (pair, pair + 1):
        body = f"{TEST_RANGE}{number:06d}"
        digit = nhs_check_digit(body)
        if digit is not None:
            return f"{body}{digit}"
    raise ValueError("two neighbours without a check digit")


def nhs_check_digit(body: str) -> int | None:
    """Modulus 11 over the first nine digits, weights ten down to two; None where no digit would do."""
    total = sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True))
    digit = 11 - total % 11
    return {11: 0, 10: None}.get(digit, digit)


def upn(school: int, started: date, index: int) -> str:
    """A synthetic unique pupil number: check letter, authority, school, year of allocation, serial."""
    body = f"{NO_AUTHORITY}{school:04d}{started.year % 100:02d}{index % 1000:03d}"
    return f"{upn_check_letter(body)}{body}"


def upn_check_letter(body: str) -> str:
    """The Department for Education's check letter: weights two to thirteen, modulus 23, no I, O or S."""
    total = sum(int(digit) * weight for digit, weight in zip(body, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23]
