"""Cells made ready for comparing: folded to ASCII, so that every engine's string distances agree; blank is None.

DuckDB's distances count bytes and ours code points: on folded text they are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem, upn_problem
from wholepicture.foundation.names import fold, fold_address
from wholepicture.people.linkage.types import Flag

# Written where a name was not yet given. They name nobody, so they are as good as blank.
_NO_NAME: Final = frozenset(
    "baby infant newborn unborn unknown unnamed child male female boy girl twin triplet one two three of mother mum "
    "nk na not known tba tbc mr mrs miss ms master".split()
)
_STREETS: Final = {"st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "cl": "close", "ln": "lane",
                   "dr": "drive", "ct": "court", "cres": "crescent", "gdns": "gardens", "pl": "place", "sq": "square",
                   "tce": "terrace", "ter": "terrace", "apt": "flat", "apartment": "flat"}  # fmt: skip
_SEXES: Final = {"f": "female", "female": "female", "m": "male", "male": "male", "girl": "female", "boy": "male",
                 "woman": "female", "man": "male", "2": "female", "1": "male"}  # fmt: skip
_FAILS: Final = "kept, and not matched on: "


def ready(cells: Mapping[str, str]) -> tuple[dict[str, str | None], tuple[Flag, ...]]:
    """A row's values for comparing, and the numbers in it that may not be matched on.

    Columns that the contract does not name are taken as they stand.
    """
    flags: list[Flag] = []
    values: dict[str, str | None] = {}
    for column, text in cells.items():
        if column in _NUMBERS:
            values[column] = _number(column, text, flags)
        else:
            values[column] = _READY.get(column, str)(text) or None
    return values, tuple(flags)


def _name(text: str) -> str:
    folded = fold(text)
    return "" if _NO_NAME.issuperset(folded.split()) else folded


def _address(text: str) -> str:
    words = fold_address(text).split("-")
    return " ".join(_STREETS.get(word, word) if n else word for n, word in enumerate(words))


def _postcode(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _sex(text: str) -> str:
    return _SEXES.get(text.casefold(), "")


def _number(column: str, text: str, flags: list[Flag]) -> str | None:
    if not text:
        return None
    tidy, problem = _NUMBERS[column](text)
    if problem is None:
        return tidy
    flags.append(Flag(column, text, _FAILS + problem))
    return None


def _nhs(text: str) -> tuple[str, str | None]:
    number = nhs_number(text)
    problem = nhs_number_problem(text)
    if problem is None and len(set(number)) == 1:
        # Ten equal digits pass the check, and are what is typed where a form insists on a number.
        problem = f"“{text}” repeats one digit, which fills a form and is nobody’s number"
    return number, problem


def _upn(text: str) -> tuple[str, str | None]:
    number = text.upper()
    return number, upn_problem(number)


_NUMBERS: Final[Mapping[str, Callable[[str], tuple[str, str | None]]]] = {"nhs_number": _nhs, "upn": _upn}
_READY: Final[Mapping[str, Callable[[str], str]]] = {
    "given_name": _name,
    "middle_name": _name,
    "family_name": _name,
    "postcode": _postcode,
    "address": _address,
    "sex": _sex,
}
