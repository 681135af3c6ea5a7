"""The top of every tab: who the child is, where they live, their voice, the questions, whom to speak to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from wholepicture.access.clock import now
from wholepicture.access.queries import involved_with
from wholepicture.agencies.queries import practitioners, teams
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.when import When
from wholepicture.people.joining.queries import namesakes
from wholepicture.people.lists import people_named
from wholepicture.people.types import FamilyRecord, Person, Relation
from wholepicture.record.types import agency_kind
from wholepicture.web.drawings.words import agency_words, name_words
from wholepicture.web.languages import language_words
from wholepicture.web.pages.child.ages import age_words
from wholepicture.web.pages.child.contacts import (
    Contact,
    Coverage,
    contacts_of,
    coverage,
    nothing_from,
    wrote_without_a_name,
)
from wholepicture.web.pages.child.like import like_named
from wholepicture.web.pages.child.opened import Opened
from wholepicture.web.pages.child.questions import QUIET, QuestionCard
from wholepicture.web.pages.child.voice import Sighting, Voice, Words, voice_of
from wholepicture.web.pages.child.where import Home, home_of
from wholepicture.web.pages.child.withheld import held_words
from wholepicture.web.pages.glass.told import banner as glass_banner
from wholepicture.web.words import days_ago, say_date

TABS = (
    ("", "Picture"),
    ("chronology", "Chronology"),
    ("family", "Family"),
    ("growth", "Growth"),
    ("work", "Work"),
    ("ledger", "Ledger"),
)
_INTERPRETER = {"needed": "an interpreter is needed", "not_needed": "no interpreter is needed"}
_WAS = {"professional": "a professional interpreter", "relative": "a relative", "child": "a child"}


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what the record says; `quiet` where it says nothing."""

    label: str
    text: str
    more: str = ""
    href: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Top:
    """Everything that stands above a tab."""

    name: str
    age: str
    banner: tuple[str, ...]
    glass: str
    who: tuple[Line, ...]
    home: Home
    voice: tuple[Line, ...]
    quote: str
    quote_by: str
    waiting: tuple[QuestionCard, ...]
    answered: tuple[QuestionCard, ...]
    quiet: tuple[QuestionCard, ...]
    contacts: tuple[Contact, ...]
    unnamed: tuple[Coverage, ...]
    held: tuple[Coverage, ...]
    nothing: tuple[str, ...]
    withheld: str
    tabs: tuple[Mapping[str, object], ...]
    siblings: tuple[tuple[str, str, str, bool], ...]
    switch: tuple[str, str]
    like: tuple[str, ...]


def top_of(opened: Opened, tab: str, viewer: Viewer) -> Top:
    """The top of a tab; call inside `reading`."""
    record, person, day = opened.record, opened.person, opened.day
    directory = teams()
    involved = involved_with(opened.child, at=now())
    voice = voice_of(record, opened.key, day)
    staff = {card.id: card for card in practitioners()} if any(i.practitioner for i in involved) else {}
    quote, quote_by = _quote(voice)
    return Top(
        name=name_words(person, person.key),
        age=age_words(person, day),
        banner=_banner(opened),
        glass=glass_banner(viewer.actor.practitioner, involved, [UUID(c.key) for c in record.children]),
        who=_who(record, person),
        home=home_of(record, opened.key, day),
        voice=_voice(voice, opened),
        quote=quote,
        quote_by=quote_by,
        waiting=tuple(q for q in opened.questions if q.waits),
        answered=tuple(q for q in opened.questions if not q.waits and q.status != QUIET),
        quiet=tuple(q for q in opened.questions if q.status == QUIET),
        contacts=tuple(contacts_of(involved, directory, staff)),
        unnamed=tuple(wrote_without_a_name(record, opened.key, day, involved, directory)),
        held=tuple(coverage(record, opened.key, day)),
        nothing=tuple(nothing_from(record, person, day, {agency_kind(w.code) for w in opened.withheld})),
        withheld=held_words(opened.withheld),
        tabs=tuple({"text": words, "href": opened.link(slug), "current": slug == tab} for slug, words in TABS),
        siblings=_siblings(opened, tab),
        switch=_switch(opened, tab),
        like=like_named(record, person, people_named(namesakes(opened.child))),
    )


def _banner(opened: Opened) -> tuple[str, ...]:
    """Why the page does not stand on today, where it does not."""
    stand = opened.standing
    if not stand.is_past:
        return ()
    day = say_date(stand.day)
    why = {
        "died": f"This child has died. The page stands on {day}, the last day that anybody wrote before the death",
        "silent": f"Nobody has written here for years. The page stands on {day}, the last day of the record",
        "chosen": f"The page stands on {day}, as you chose",
    }[stand.reason]
    return (f"{why}: it shows what was on record then, and the questions that would have stood.",)


def _who(record: FamilyRecord, person: Person) -> tuple[Line, ...]:
    unborn = person.type.value == "unborn"
    born = Line("Expected" if unborn else "Born", say_date(person.born)) if person.born else _unsaid("Born")
    language = _language(person.language, person.interpreter)
    also = [Line("Also known as", ", ".join(person.also_known_as))] if person.also_known_as else []
    found = [*also, born, Line("Language at home", *language) if language else _unsaid("Language at home")]
    mothers = record.related(person.key, (Relation.MOTHER,))
    for parent in (record.people[m] for m in mothers if m in record.people):
        said = _language(parent.language, parent.interpreter)
        if said:
            found.append(Line("Mother speaks", *said))
    if person.nhs_number:
        found.append(Line("NHS number", _grouped(person.nhs_number)))
    return tuple(found)


def _unsaid(label: str) -> Line:
    return Line(label, "Not recorded", quiet=True)


def _language(tag: str, interpreter: str) -> tuple[str, str] | None:
    if not tag and not interpreter:
        return None
    need = _INTERPRETER.get(interpreter, "whether an interpreter is needed is not recorded")
    return language_words(tag) if tag else "Not recorded", need


def _grouped(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _voice(voice: Voice, opened: Opened) -> tuple[Line, ...]:
    return (_seen("Last seen", voice.seen, opened), _alone(voice, opened), _spoken(voice, opened))


def _seen(label: str, seen: Sighting | None, opened: Opened) -> Line:
    if seen is None:
        return Line(label, *_never(opened, "No entry here says that any professional saw the child"), quiet=True)
    by = f"{seen.role or 'somebody'}, {agency_words(seen.agency)}, {seen.how}"
    return Line(label, _ago(seen.when, opened.day), f"{seen.when.in_words()}: {by}", _entry_link(opened, seen.entry))


def _never(opened: Opened, more: str) -> tuple[str, str]:
    """That it never was, as far as the reader may read: what is held and not shown may say otherwise."""
    if not opened.withheld:
        return "Never recorded", more
    return "Not in what you may read", held_words(opened.withheld)


def _alone(voice: Voice, opened: Opened) -> Line:
    if voice.seen_alone is not None:
        return _seen("Last seen alone", voice.seen_alone, opened)
    times = f"Seen {voice.times_seen} times, never recorded as alone" if voice.times_seen > 1 else ""
    return Line("Last seen alone", *_never(opened, times), quiet=True)


def _spoken(voice: Voice, opened: Opened) -> Line:
    spoken = voice.spoken_in or voice.heard
    if spoken is None:
        return Line("In what language", *_never(opened, "No conversation with the child is on record"), quiet=True)
    said = f"In {language_words(spoken.language)}" if spoken.language else "Language not recorded"
    return Line("In what language", said, _interpreted(spoken), _entry_link(opened, spoken.entry))


def _interpreted(words: Words) -> str:
    if words.interpreter_was:
        return f"interpreted by {_WAS.get(words.interpreter_was, words.interpreter_was)}"
    if words.interpreter_used is None:
        return "nothing is recorded about an interpreter"
    return "a professional interpreter was used" if words.interpreter_used else "no professional interpreter was used"


def _quote(voice: Voice) -> tuple[str, str]:
    heard = voice.heard
    if heard is None:
        return "", ""
    alone = {True: ", alone", False: ", not alone", None: ", whether alone is not recorded"}[heard.alone]
    who = f"{heard.role or 'somebody'}, {agency_words(heard.agency)}"
    return heard.words, f"Heard by {who}, {heard.when.in_words()}{alone}; {_interpreted(heard)}"


def _ago(when: When, day: date) -> str:
    days = Voice.days(when, day)
    if when.exact_day:
        return days_ago(days).capitalize()
    # The fewest days that it may be; where that is none, the record does not say how long ago it was.
    return f"At least {days_ago(days)}" if days > 1 else "Day not recorded"


def _entry_link(opened: Opened, entry: str) -> str:
    return f"{opened.link('chronology')}#entry-{entry}"


def _siblings(opened: Opened, tab: str) -> tuple[tuple[str, str, str, bool], ...]:
    """The family's children, each a link to the same tab of their own page; a child not shown to the reader is none."""
    soon = opened.day + timedelta(days=300)
    on = {"on": opened.asked_on} if opened.asked_on else {}
    query = "".join(f"?{name}={value}" for name, value in on.items())
    return tuple(
        (name_words(c, c.key), age_words(c, opened.day), f"/children/{c.key}/{tab}{query}", c.key == opened.key)
        for c in opened.record.children
        if c.born is None or c.born.start <= soon
    )


def _switch(opened: Opened, tab: str) -> tuple[str, str]:
    """The link between one child's page and the family as a whole."""
    if opened.whole:
        return f"Only {name_words(opened.person, opened.key)}", opened.link(tab, whole="")
    return "The family as a whole", opened.link(tab, whole="family")
