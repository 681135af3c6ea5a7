"""Words that stand in place of what was seen: each is answered with the questions that it skips (R35; DA 5.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ASKS_OF_CHILDREN: Final = (
    "Who was seen? Where were they, and were they awake? Who spoke to them, were they alone, and in what language?"
)


@dataclass(frozen=True, slots=True)
class StockPhrase:
    """A phrase and what to write instead. `refused` phrases stand only as somebody else's quoted words."""

    pattern: str
    asks: str
    refused: bool = False
    of_children: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A stock phrase found in a text: the words as written, what to ask, whether it stands in quotation marks."""

    words: str
    asks: str
    refused: bool
    of_children: bool
    quoted: bool


_CHILD = r"(?:child(?:ren)?|kids?|boys?|girls?|baby|babies|siblings?|they|both|all)"
_FINE = r"(?:fine|ok|okay|o\.k\.|all right|alright|well(?!\s+known)|unharmed|happy|asleep|in bed|sleeping)"

PHRASES: Final = (
    StockPhrase(r"\bsafe\s*(?:and|&|\+|/)\s*well\b", ASKS_OF_CHILDREN, refused=True, of_children=True),
    StockPhrase(r"\bsafe\s+and\s+sound\b", ASKS_OF_CHILDREN, refused=True, of_children=True),
    StockPhrase(
        rf"\b{_CHILD}\s+(?:(?:were|was|are|is|all|both|appeared|appear|seemed|seem|looked|to be|safely)\s+)*{_FINE}\b",
        ASKS_OF_CHILDREN,
        of_children=True,
    ),
    StockPhrase(
        r"\bno\s+(?:\w+\s+)?concerns?\b",
        "Say what was looked at, what was not, and by whom: then others can judge.",
        of_children=True,
    ),
    StockPhrase(
        r"\b(?:im)?plausible\b",
        "Say what was explained, by whom, and what fits and does not; if both are possible, say that both are.",
    ),
    StockPhrase(
        r"\b(?:in)?appropriate(?:ly)?\b",
        "Say what was done or said, so that the reader can judge whether it was right.",
    ),
    StockPhrase(
        r"\b(?:DNA(?:['’]?d|s)?|did not attend)\b",
        "A child does not fail to attend: say that the child was not brought, by whom, and what was done.",
    ),
)


def stock_phrases(text: str) -> tuple[Flag, ...]:
    """Every stock phrase in the text, in order, each phrase once."""
    found: dict[str, tuple[int, Flag]] = {}
    for phrase in PHRASES:
        # DNA is the abbreviation, never the molecule's everyday “dna” in a name: case matters for it alone.
        flags = 0 if "DNA" in phrase.pattern else re.IGNORECASE
        for match in re.finditer(phrase.pattern, text, flags):
            words = " ".join(match.group().split())
            quoted = _stands_in_quotation_marks(text, match.start())
            flag = Flag(words, phrase.asks, phrase.refused, phrase.of_children, quoted)
            found.setdefault(words.casefold(), (match.start(), flag))
    return tuple(flag for _, flag in sorted(found.values(), key=lambda pair: pair[0]))


def _stands_in_quotation_marks(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def refusal(flag: Flag) -> str:
    """The message for a phrase that may not stand."""
    return (
        f"“{flag.words}” says nothing that a reader can use. {flag.asks} Replace it, or put it in quotation marks "
        "and name whose words they are."
    )


def caution(flag: Flag) -> str:
    """The question for a phrase that may stand once the writer has thought about it."""
    return f"“{flag.words}”: {flag.asks}"
