"""What a reviewer should look at twice, by the words and by who asks. A person decides each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wholepicture.casework.subject_access.rules import places_of
from wholepicture.casework.subject_access.types import ADDRESS, PROTECTS, Asker, Cut, Item, Suggestion

_SHORTEST_NAME: Final = 3
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_ABUSE: Final = frozenset("domestic_abuse_incident police_investigation enquiry strategy_discussion marac".split())
_ADVICE: Final = re.compile(r"\b(legal advice|counsel|our solicitor|legal department)\b", re.IGNORECASE)
_OWN_NAMED: Final = frozenset({"written", "shared", "corrects", "corrected"})
"""Parts that name agencies and professionals in role, who are named by default (Sch 2 para 17)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Who else stands in the record, as the engine knows: names, each with who it is, and addresses as keys."""

    own: frozenset[str]
    names: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    guarded: tuple[tuple[str, str], ...] = ()
    perpetrator_linked: bool = False


def suggestions(item: Item, asker: Asker, beside: Beside) -> tuple[Suggestion, ...]:
    """Everything to look at twice in an item, each place once, in order."""
    places: dict[Cut, Suggestion] = {}
    for found in _places(item, asker, beside):
        if found.cut is not None:
            places.setdefault(found.cut, found)
    return (*_whole(item, asker, beside), *(places[cut] for cut in sorted(places)))


def _whole(item: Item, asker: Asker, beside: Beside) -> Iterator[Suggestion]:
    for_child = asker is not Asker.SELF
    if for_child and item.kind in _ABUSE:
        yield Suggestion("child_abuse", "It may be about the abuse of a child, and somebody else asks.")
    if for_child and beside.perpetrator_linked and item.kind in _ABUSE:
        yield Suggestion("serious_harm_social", "An alleged perpetrator is linked: who could be harmed by this?")
    if for_child and item.kind == ADDRESS:
        yield Suggestion("shielded_place", "It says where the person lives or is reached: may whoever asks know it?")
    if item.kind == PROTECTS:
        yield Suggestion("crime", "It was shared because somebody was in danger: would telling that harm anybody?")
    if item.kind == "police_investigation":
        yield Suggestion("crime", "It is about an investigation: ask the police whether giving it would harm it.")


def _places(item: Item, asker: Asker, beside: Beside) -> Iterator[Suggestion]:
    for part in item.parts:
        if part.name in _OWN_NAMED or item.kind == "looks":
            continue
        yield from _names(part.name, part.text, beside)
        if item.kind != ADDRESS:  # of which all of it is one
            yield from _addresses(part.name, part.text, beside.addresses)
        for words, sort in beside.guarded:
            for start, end in places_of(part.text, words):
                why = f"It leads to a place that is kept safe ({sort}): ask the team that keeps it."
                yield Suggestion("shielded_place", why, Cut(part.name, start, end, "shielded_place"))
        for match in _ADVICE.finditer(part.text):
            cut = Cut(part.name, *match.span(), "legal_privilege")
            yield Suggestion("legal_privilege", "It may be advice from a lawyer.", cut)
        if asker is not Asker.SELF and _is_childs_voice(item.kind, part.name):
            cut = Cut(part.name, 0, len(part.text), "childs_confidence")
            yield Suggestion(
                "childs_confidence", "These are the child’s words: did the child expect that they be told?", cut
            )


def _names(part: str, text: str, beside: Beside) -> Iterator[Suggestion]:
    for name, who in beside.names:
        if len(name) < _SHORTEST_NAME or name.casefold() in beside.own:
            continue
        for start, end in places_of(text, name):
            if _stands_alone(text, start, end):
                yield Suggestion("third_party", f"“{text[start:end]}” is the name of {who}.",
                                 Cut(part, start, end, "third_party"))  # fmt: skip


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum()


def _addresses(part: str, text: str, addresses: Iterable[str]) -> Iterator[Suggestion]:
    for match in _POSTCODE.finditer(text):
        yield _place(part, *match.span())
    for key in addresses:
        words = [re.escape(w) for w in key.split("-")[:3] if w]
        if len(words) > 1:
            for match in re.finditer(r"\W+".join(words), text, re.IGNORECASE):
                yield _place(part, *match.span())


def _place(part: str, start: int, end: int) -> Suggestion:
    return Suggestion("shielded_place", "It says where somebody lives: must anybody not be found there?",
                      Cut(part, start, end, "shielded_place"))  # fmt: skip


def _is_childs_voice(kind: str, part: str) -> bool:
    return (kind == "childs_words" and part in ("summary", "d-words")) or (kind == "screening" and part == "childs")
