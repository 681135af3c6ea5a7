"""Pure decisions about a request: what a cut leaves, what may be withheld and why, what is still to be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.casework.subject_access.codes import BY_CODE, RESTRICTED, codes_on
from wholepicture.casework.subject_access.types import (
    Asker,
    Cut,
    Decision,
    GivenItem,
    Held,
    Item,
    Outcome,
    Release,
    Request,
    WithheldLine,
)
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When

SENTENCE_ENDS: Final = ".?!\n"


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text starts and ends, so that one can be withheld without scripts."""
    found, start = [], 0
    for place, sign in enumerate(text):
        ends = sign == "\n" or (sign in SENTENCE_ENDS and text[place + 1 : place + 2] in ("", " ", "\n"))
        if ends:
            found.append((start, place + 1))
            start = place + 1
    if start < len(text):
        found.append((start, len(text)))
    return [span for span in map(lambda s: _bare(text, *s), found) if span[0] < span[1]]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Every place at which these words stand in a text, whatever their case."""
    found, wanted, within = [], words.casefold(), text.casefold()
    if len(within) != len(text):  # a letter that folds into two: only its own case is looked for
        wanted, within = words, text
    place = within.find(wanted) if wanted else -1
    while place >= 0:
        found.append((place, place + len(wanted)))
        place = within.find(wanted, place + len(wanted))
    return found


def tidy(cuts: Iterable[Cut]) -> tuple[Cut, ...]:
    """Cuts in order, those that overlap made one under the code of the first: no scrap of a withheld word is left."""
    found: list[Cut] = []
    for cut in sorted(cuts):
        last = found[-1] if found else None
        if last is not None and last.part == cut.part and cut.start < last.end:
            found[-1] = Cut(last.part, last.start, max(last.end, cut.end), last.code)
        else:
            found.append(cut)
    return tuple(found)


def left_of(text: str, cuts: Sequence[Cut]) -> str:
    """The text without what is withheld, each place marked alike whatever its length."""
    parts, place = [], 0
    for cut in sorted(cuts):
        parts += [text[place : cut.start], f"[withheld: {BY_CODE[cut.code].told.mark}]"]
        place = cut.end
    return "".join([*parts, text[place:]])


def check_decision(item: Item, outcome: Outcome, cuts: Sequence[Cut], code: str, note: str, day: date) -> None:
    """Refuse a decision that withholds without a reason, or something that is not there; the sentence says which."""
    in_force = {c.code for c in codes_on(day)}
    used = {code} if outcome is Outcome.WITHHOLD else {c.code for c in cuts} if outcome is Outcome.PART else set()
    if outcome is Outcome.WITHHOLD and not code:
        raise Refused("code", "Choose the reason for which all of it is withheld.")
    if outcome is Outcome.PART and not cuts:
        raise Refused("cuts", "Choose what to withhold, or give the whole item.")
    if not used <= in_force:
        raise Refused("code", "Choose a reason from the list for each thing that is withheld.")
    if any(BY_CODE[c].needs_note for c in used) and not note.strip():
        titles = ", ".join(sorted(BY_CODE[c].title for c in used if BY_CODE[c].needs_note))
        raise Refused("note", f"Write down what you weighed, and whose opinion you took: {titles}.")
    for cut in cuts:
        part = item.part(cut.part)
        if part is None or not 0 <= cut.start < cut.end <= len(part.text):
            raise Refused("cuts", "What you chose to withhold is not in this item. Choose it again.")


def standing(items: Sequence[Item], decisions: Mapping[UUID, Decision]) -> dict[UUID, Decision]:
    """The decisions that stand: about an item that still says what it said when it was decided."""
    return {i.id: d for i in items if (d := decisions.get(i.id)) is not None and d.digest == i.digest}


def undecided(items: Sequence[Item], decisions: Mapping[UUID, Decision]) -> list[Item]:
    """Items that nobody has decided, or that have changed since."""
    stand = standing(items, decisions)
    return [i for i in items if i.id not in stand]


def needs_harm_check(asker: Asker, perpetrator_linked: bool) -> bool:
    """Whether the harm check must be written down: somebody else asks, and an alleged perpetrator is linked."""
    return asker is not Asker.SELF and perpetrator_linked


def what_is_missing(request: Request, *, left: int, harm_needed: bool, paused: bool) -> list[str]:
    """What stands between a request and its second reader, each in a sentence; nothing where it may go."""
    missing = []
    if request.latest("checked") is None:
        missing.append("Write down how it was checked who asks and that they may.")
    if request.second_reader is None:
        missing.append("Name a second reader.")
    if harm_needed and request.latest("harm_checked") is None:
        missing.append("Write down the harm check: an alleged perpetrator is linked to this record.")
    if left:
        missing.append(f"Decide {'the last item' if left == 1 else f'the {left} items that are left'}.")
    if paused:
        missing.append("The clock stands still: write down the answer first.")
    return missing


def given(items: Sequence[Item], decisions: Mapping[UUID, Decision]) -> tuple[GivenItem, ...]:
    """The items as the asker gets them, numbered; what is withheld whole leaves no trace but in the counts."""
    found: list[GivenItem] = []
    for item in items:
        decision = decisions[item.id]
        if decision.outcome is Outcome.WITHHOLD:
            continue
        cuts = decision.cuts if decision.outcome is Outcome.PART else ()
        parts = tuple((p.label, left_of(p.text, [c for c in cuts if c.part == p.name])) for p in item.parts)
        found.append(GivenItem(len(found) + 1, item.when, item.what, parts))
    return tuple(found)


def withheld(items: Sequence[Item], decisions: Mapping[UUID, Decision], kept: int = 0) -> tuple[WithheldLine, ...]:
    """How much is withheld, by the reasons that the asker is told; `kept` are whole items that a shield keeps from the
    readers as well."""
    whole: Counter[str] = Counter({BY_CODE["shielded_place"].told.code: kept})
    places: Counter[str] = Counter()
    for item in items:
        decision = decisions[item.id]
        if decision.outcome is Outcome.WITHHOLD:
            whole[BY_CODE[decision.code].told.code] += 1
        elif decision.outcome is Outcome.PART:
            places.update(BY_CODE[c.code].told.code for c in decision.cuts)
    used = [c for c in (*BY_CODE.values(), RESTRICTED) if whole[c.code] or places[c.code]]
    return tuple(WithheldLine(c.mark, c.title, c.law, c.says, whole[c.code], places[c.code]) for c in used)


def release_of(
    title: str, notes: tuple[str, ...], items: Sequence[Item], decisions: Mapping[UUID, Decision], kept: int = 0
) -> Release:
    """What goes out; refuses while anything is undecided."""
    left = undecided(items, decisions)
    if left:
        raise Refused("undecided", "Something is not decided yet, or has changed since it was. Decide it first.")
    return Release(title, notes, given(items, decisions), withheld(items, decisions, kept))


def answer_of(known: Request, held: Held, decisions: Mapping[UUID, Decision]) -> Release:
    """The whole document that the asker gets, with what stands above it; refuses while anything is undecided."""
    notes = (
        f"Asked for by {known.asker_name}, received {When.on(known.received_on).in_words()}.",
        "This is what was held about the person on that day, as it was written, and to whom it has been given. Where a "
        "mark stands in square brackets something is withheld; the schedule at the end says how much, and under which "
        "law.",
        "You may ask for this to be looked at again, ask for what is wrong to be put right, and complain to the "
        "Information Commissioner’s Office (ico.org.uk).",
    )
    return release_of(f"What is held about {known.about}", notes, held.items, decisions, held.kept)
