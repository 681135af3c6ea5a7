"""Addresses in words: how they are split and folded, what leads to one, and where such words stand in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from wholepicture.foundation.names import fold_address
from wholepicture.people.addresses.types import Address, GuardedWord, WordSort

LONGEST_REVIEW: Final = timedelta(days=184)
"""Six months: a shield's review is due by then at the latest (Women's Aid; ASSURANCE §3, Shielding)."""
MOST_HOURS: Final = 24
"""A release lasts at most so long."""

_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d)([A-Z]{2})\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"^(?:(?:flat|apartment|apt|unit|room)\s*\w+[,\s]+)?\d+[a-z]?\s*[,/-]?\s*(?=\D)", re.IGNORECASE
)
_SPELT: Final = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
    "ct": "court", "cres": "crescent", "gdns": "gardens", "gdn": "garden", "pl": "place", "sq": "square",
    "ter": "terrace", "terr": "terrace", "apt": "apartment", "saint": "street", "mt": "mount", "pk": "park",
}  # fmt: skip
"""Short for long, in texts and words alike; that `St` is also a saint does no harm where both are read so."""
_LETTERS: Final = str.maketrans("łŁøØđĐßæœÆŒ", "lLoOdDsaoAO")
_GLUED: Final = frozenset({WordSort.POSTCODE, WordSort.SECTOR, WordSort.OUTWARD, WordSort.PHONE})
"""Sorts whose spacing nobody keeps: `AB1 2CD`, `AB12CD`; `01632 960 001`, `01632960001`."""


def parse_address(text: str) -> tuple[tuple[str, ...], str]:
    """Lines and postcode of an address that was written as one text; the postcode is blank where there is none."""
    found = _POSTCODE.search(text)
    postcode = f"{found[1]} {found[2]}{found[3]}".upper() if found else ""
    rest = text[: found.start()] + text[found.end() :] if found else text
    parts = (" ".join(part.split()) for part in re.split(r"[,\n\r]+", rest))
    return tuple(part for part in parts if part), postcode


def key_of(lines: Sequence[str], postcode: str) -> str:
    """The key by which two statements are one home: as `fold_address` makes it of the whole."""
    return fold_address(" ".join((*lines, postcode)))


def key_of_text(text: str) -> str:
    """The key of an address that was written as one text."""
    return key_of(*parse_address(text))


def words_of_text(text: str) -> str:
    """A text as single blanks between folded words, short forms spelt out: what is looked in, and looked for."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"[\u2019\u2018'`´]", "", plain)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(_SPELT.get(word, word) for word in words)


def found_in(text: str, words: Iterable[GuardedWord]) -> tuple[GuardedWord, ...]:
    """The guarded words that stand in a text, each once, in their own order.

    Case, punctuation, spacing, accents and the usual short forms (Rd, St) are no disguise; a postcode or telephone
    number is found with blanks or without. Nothing is found inside a longer word or number.
    """
    within = words_of_text(text)
    return tuple(word for word in dict.fromkeys(words) if _stands(within, word))


def _stands(within: str, word: GuardedWord) -> bool:
    return any(_pattern(form, word.sort).search(within) for form in word.forms)


@lru_cache(maxsize=4096)
def _pattern(form: str, sort: WordSort) -> re.Pattern[str]:
    if sort not in _GLUED:
        return re.compile(rf"(?<!\S){re.escape(form)}(?!\S)")
    glued = " ?".join(map(re.escape, form.replace(" ", "")))
    # The sector and the outward half are also found as the beginning of a whole postcode.
    rest = {WordSort.SECTOR: "(?: ?[a-z]{2})?", WordSort.OUTWARD: r"(?: ?\d ?[a-z]{2})?"}.get(sort, "")
    return re.compile(rf"(?<!\S){glued}{rest}(?!\S)")


@dataclass(frozen=True, slots=True)
class Leads:
    """Words that lead to an address: what they are, as written, and the foldings to look for."""

    sort: WordSort
    text: str
    forms: tuple[str, ...]


def leads_of(address: Address, *, known_area: str) -> tuple[Leads, ...]:
    """Every word of an address that leads to it. `known_area` is the authority's own name, which tells nothing."""
    found = [*_lines(address.lines, known_area), *_postcode(address.postcode)]
    if len(address.lines) > 1:
        whole = ", ".join(address.lines)
        found.append(Leads(WordSort.LINE, whole, (words_of_text(whole),)))
    found += phone_leads(address.phone)
    return tuple(dict.fromkeys(lead for lead in found if all(lead.forms)))


def named(sort: WordSort, *names: str) -> Iterator[Leads]:
    """Names and codes of a school, surgery or other place, each as a word to look for."""
    for name in names:
        if sum(map(str.isalnum, name)) > 2:
            yield Leads(sort, name, (words_of_text(name),))


def phone_leads(phone: str) -> Iterator[Leads]:
    """A telephone number, as it is written at home and from abroad."""
    digits = "".join(c for c in phone if c.isdigit())
    if len(digits) >= 6:
        local = "0" + digits[2:] if digits.startswith("44") else digits
        yield Leads(WordSort.PHONE, phone, (local, "44" + local[1:]) if local.startswith("0") else (local,))


def _lines(lines: Sequence[str], known_area: str) -> Iterator[Leads]:
    area = words_of_text(known_area)
    for place, line in enumerate(lines):
        form = words_of_text(line)
        if not form or form == area or form.isdigit():
            continue
        numbered = _NUMBERED.match(line)
        first = place == 0 or numbered is not None
        yield Leads(WordSort.LINE if first else WordSort.PLACE, line, (form,))
        street = words_of_text(line[numbered.end() :]) if numbered else ""
        if street and street != area:
            yield Leads(WordSort.STREET, line[numbered.end() :].strip() if numbered else line, (street,))


def _postcode(postcode: str) -> Iterator[Leads]:
    found = _POSTCODE.fullmatch(postcode.strip())
    if found is None:
        if postcode.strip():
            yield Leads(WordSort.POSTCODE, postcode, (words_of_text(postcode),))
        return
    outward, sector = found[1].lower(), f"{found[1]} {found[2]}".lower()
    yield Leads(WordSort.POSTCODE, postcode, (f"{sector}{found[3]}".lower(),))
    yield Leads(WordSort.SECTOR, sector.upper(), (sector,))
    yield Leads(WordSort.OUTWARD, outward.upper(), (outward,))


def review_by(asked: date | None, today: date) -> date | None:
    """When a shield's review is due: at most six months on, which is also the default; None where that is not kept."""
    latest = today + LONGEST_REVIEW
    if asked is None:
        return latest
    return asked if today <= asked <= latest else None


def covered(homes: Sequence[Address], *, shielded: UUID | None, covers_from: date) -> tuple[Address, ...]:
    """The statements that a shield covers: those of the address it lies on; or, of all whereabouts, of every address
    that was not, by each statement of it, certainly left by the shield's first day."""
    kept = {shielded} if shielded else {home.root for home in homes if home.to is None or home.to.latest > covers_from}
    return tuple(home for home in homes if home.root in kept)
