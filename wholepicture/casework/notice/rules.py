"""What a notice must say before it is sent: every problem at once, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from wholepicture.casework.notice.types import NamedAdult, Notice, Part, Problem, SeenChild
from wholepicture.casework.wording import Flag, caution, refusal, stock_phrases
from wholepicture.foundation.identifiers import nhs_number_problem
from wholepicture.foundation.when import When
from wholepicture.foundation.working_days import add_working_days, months_before

FACTS: Final = (
    "weapon strangulation injury threat_to_kill controlling pregnant_victim alcohol drugs arrest interpreter_used"
).split()
ADULT_AT: Final = 16  # Domestic Abuse Act 2021 s1: both are 16 or over
CHILD_UNTIL: Final = 18
_LONGEST_REPLY: Final = 10  # working days


def problems(notice: Notice, now: datetime, today: date) -> list[Problem]:
    """Everything that keeps the notice from being sent; an empty list lets it go."""
    found = [*_of_the_incident(notice, now, today), *_of_people(notice, today), *_of_words(notice)]
    found += (p for n, a in enumerate(notice.adults) for p in _of_adult(f"adult-{n}", a, today))
    found += (p for n, c in enumerate(notice.children) for p in _of_child(f"child-{n}", c, today))
    return found


def cautions(notice: Notice) -> list[str]:
    """What the sender is asked to think about, and may then leave as it stands."""
    flags = [f for f in stock_phrases(notice.circumstances) if not f.refused and not f.quoted]
    return [caution(f) for f in flags]


def stock_phrase_stands(notice: Notice) -> bool:
    """Whether a stock phrase about children was kept where something seen should stand (signal S07 reads it)."""
    return any(f.of_children and not f.quoted for f in stock_phrases(notice.circumstances))


def _of_the_incident(notice: Notice, now: datetime, today: date) -> Iterator[Problem]:
    if not notice.reference:
        yield Problem("", "reference", "Enter the police reference, so that others can ask about this incident")
    if notice.occurred is None:
        yield Problem(
            "", "day", "Enter the day on which it happened, or the month or year if that is all that is known"
        )
    else:
        yield from _not_ahead(notice.occurred, notice.ended, now, today)
    if not notice.circumstances:
        yield Problem("", "circumstances", "Enter what happened, in the words you would use to a colleague")
    if notice.keep_address and not notice.keep_from:
        yield Problem("", "keep_from", "Say from whom the victim’s address must be kept")
    if notice.keep_from and not notice.keep_address:
        yield Problem("", "keep_address", "You say from whom it must be kept: tick that the address must be kept")
    if notice.reply_by is not None and notice.reply_by < today:
        yield Problem("", "reply_by", "The day by which you want a reply must be today or later")
    if notice.reply_by is not None and notice.reply_by > add_working_days(today, _LONGEST_REPLY):
        yield Problem("", "reply_by", f"Ask for a reply within {_LONGEST_REPLY} working days")


def _not_ahead(occurred: When, ended: When | None, now: datetime, today: date) -> Iterator[Problem]:
    if occurred.start > today or (occurred.moment is not None and occurred.moment > now):
        yield Problem("", "day", "The incident must be in the past: check the day and the time")
    if ended is None:
        return
    if ended.sort_key() < occurred.sort_key():
        yield Problem("", "end_time", "It cannot end before it began: check both times")
    elif ended.moment is not None and ended.moment > now:
        yield Problem("", "end_time", "The end of the incident must be in the past")


def _of_people(notice: Notice, today: date) -> Iterator[Problem]:
    if not notice.adults and not notice.children:
        yield Problem("", "nobody", "Name at least one adult who was involved, and each child of the home")
        return
    if not any(a.part in (Part.VICTIM, Part.BOTH) for a in notice.adults) and notice.adults:
        yield Problem("adult-0", "part", "Say which adult was the victim, or that violence went both ways")
    if not notice.adults:
        yield Problem("adult-0", "given_name", "Name at least one adult who was involved")
    if not notice.children and not notice.no_children_confirmed:
        yield Problem(
            "", "no_children",
            "No child is named. Name each child who lives or was there, or confirm that you asked and there is none",
        )  # fmt: skip
    yield from _named_twice(notice)


def _named_twice(notice: Notice) -> Iterator[Problem]:
    seen: dict[tuple[str, When | None], str] = {}
    everybody = [(f"adult-{n}", a.person) for n, a in enumerate(notice.adults)]
    everybody += [(f"child-{n}", c.person) for n, c in enumerate(notice.children)]
    for place, person in everybody:
        key = (person.name.casefold(), person.born)
        if person.name and key in seen:
            yield Problem(place, "given_name", f"{person.name} is named twice: name each person once")
        seen.setdefault(key, place)


def _of_adult(place: str, adult: NamedAdult, today: date) -> Iterator[Problem]:
    if not adult.person.name:
        yield Problem(place, "given_name", "Enter a name, or “unknown man” or “unknown woman”: everybody there counts")
    if adult.part is None:
        yield Problem(place, "part", "Say what part this adult played")
    born = adult.person.born
    if born is not None and born.start > today:
        yield Problem(place, "born", "The birth date must be in the past")
    elif born is not None and born.earliest > months_before(today, ADULT_AT * 12):
        yield Problem(place, "born", "Somebody under 16 is a child: name them among the children")
    yield from _of_number(place, adult.person.nhs_number)


def _of_child(place: str, child: SeenChild, today: date) -> Iterator[Problem]:
    if not child.person.name and not child.unborn:
        yield Problem(place, "given_name", "Enter the child’s name, as far as it is known")
    yield from _of_childs_birth(place, child, today)
    yield from _of_number(place, child.person.nhs_number)
    if child.unborn:
        return
    if child.present is None and child.seen is None:
        yield Problem(place, "present", "Say whether the child was there")
    if child.seen is None:
        yield Problem(place, "seen", "Say whether the child was seen: “not seen” is an answer, a blank is not")
    yield from (_of_a_seen_child(place, child) if child.seen else _of_an_unseen_child(place, child))


def _of_childs_birth(place: str, child: SeenChild, today: date) -> Iterator[Problem]:
    born = child.person.born
    if born is None:
        return
    if child.unborn:
        if (born.start - today).days > 300 or born.latest < today:
            yield Problem(place, "born", "The expected date must lie ahead, and within 300 days")
    elif born.start > today:
        yield Problem(place, "born", "A child born in the future: check the date, or mark the child as not yet born")
    elif born.latest < months_before(today, CHILD_UNTIL * 12):
        yield Problem(place, "born", "Somebody of 18 or over is an adult: name them among the adults")


def _of_a_seen_child(place: str, child: SeenChild) -> Iterator[Problem]:
    if child.present is False:
        yield Problem(place, "present", "A child who was seen was there: check both answers")
    if not child.where:
        yield Problem(place, "where", "Say where the child was when seen: the room, and who was with them")
    if child.awake is None:
        yield Problem(place, "awake", "Say whether the child was awake")
    if child.spoken_to is None:
        yield Problem(place, "spoken_to", "Say whether anybody spoke to the child")
    if child.spoken_to:
        if not child.spoken_by:
            yield Problem(place, "spoken_by", "Say who spoke to the child")
        if child.alone is None:
            yield Problem(place, "alone", "Say whether the child was alone with them")
        if not child.language:
            yield Problem(place, "language", "Say in what language")
    elif child.words:
        yield Problem(place, "spoken_to", "You give the child’s words: say who spoke to the child")


def _of_an_unseen_child(place: str, child: SeenChild) -> Iterator[Problem]:
    if child.seen is False and not child.not_seen_reason:
        yield Problem(
            place, "not_seen_reason", "Say why the child was not seen, and what you did to find out about them"
        )
    if child.seen is False and (child.spoken_to or child.words):
        yield Problem(place, "seen", "A child who was spoken to was seen or heard: check both answers")


def _of_number(place: str, number: str) -> Iterator[Problem]:
    # Kept on paper systems as typed; here the officer can still look again (spec: matching never uses a failing one).
    problem = nhs_number_problem(number) if number else None
    if problem:
        yield Problem(place, "nhs_number", f"{problem}. Leave it out if you cannot check it")


def _of_words(notice: Notice) -> Iterator[Problem]:
    flags = stock_phrases(notice.circumstances)
    yield from (
        Problem("", "circumstances", refusal(f)) for f in flags if f.refused and not _is_quotation(f, notice)
    )  # fmt: skip
    open_flags = [f for f in flags if not f.refused and not f.quoted]
    if open_flags and not notice.words_kept:
        yield Problem(
            "", "words_kept", "Answer the questions about your wording, or tick that you mean it as it stands"
        )
    if any(f.quoted for f in flags) and not notice.words_of:
        yield Problem("", "words_of", "You quote somebody: say whose words they are")
    for n, child in enumerate(notice.children):
        for field in ("where", "not_seen_reason"):
            for flag in stock_phrases(getattr(child, field)):
                if flag.refused:
                    yield Problem(f"child-{n}", field, refusal(flag))


def _is_quotation(flag: Flag, notice: Notice) -> bool:
    return flag.quoted and bool(notice.words_of)
