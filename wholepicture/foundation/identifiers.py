"""NHS numbers and unique pupil numbers: their form and check digits.

A number that fails is never a ground to lose a record: whoever calls decides whether to refuse it or to keep and
flag it. Nothing may be matched on one that fails.
"""

from __future__ import annotations

import re
from typing import Final

_NHS_NUMBER: Final = re.compile(r"[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{4}")
_UPN: Final = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"  # A to Z without I, O and S
_FIRST_AUTHORITY: Final = 201  # the Department for Education numbers authorities from 201, City of London


def nhs_number(text: str) -> str:
    """The ten digits of an NHS number, however it was spaced; other text as it stands."""
    return re.sub(r"[ -]", "", text) if _NHS_NUMBER.fullmatch(text) else text


def nhs_number_problem(text: str) -> str | None:
    """Why the text is no NHS number; None where it is one (NHS Data Dictionary: weights 10 to 2, modulus 11)."""
    if not _NHS_NUMBER.fullmatch(text):
        return f"“{text}” is no NHS number; expected ten digits"
    digits = [int(c) for c in nhs_number(text)]
    check = (11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11) % 11
    if check != digits[9]:
        return f"“{text}” fails the NHS number check digit; expected the number as the NHS issued it"
    return None


def upn_problem(text: str) -> str | None:
    """Why the text is no unique pupil number; None where it is one.

    A check letter, an authority's number, nine more characters; a temporary number ends in a letter whose place joins
    the sum (Department for Education, UPN guide: weights 2 to 13, modulus 23).
    """
    if not _UPN.fullmatch(text) or (text[12].isalpha() and text[12] not in _UPN_LETTERS):
        return f"“{text}” is no UPN; expected a letter and twelve digits, or eleven digits and a letter"
    if int(text[1:4]) < _FIRST_AUTHORITY:
        return f"“{text}” has no local authority’s number after its letter; expected 201 or more there"
    values = [_UPN_LETTERS.index(c) if c.isalpha() else int(c) for c in text[1:]]
    check = _UPN_LETTERS[sum(v * w for v, w in zip(values, range(2, 14), strict=True)) % 23]
    if text[0] != check:
        return f"“{text}” fails the UPN check letter; expected the number as the school or authority issued it"
    return None
