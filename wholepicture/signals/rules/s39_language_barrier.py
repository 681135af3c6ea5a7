"""S39: a family spoken or written to in a language that is not theirs (PR recommendation 16.14; R95, R96)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholepicture.people.types import Person
from wholepicture.record.types import AboutRole, Entry
from wholepicture.signals.events import event_of
from wholepicture.signals.rules.base import Rule
from wholepicture.signals.types import Finding, RuleSpec, Tier
from wholepicture.signals.view import OWN, View, finding

SPEC = RuleSpec(
    id="S39",
    concern="language_barrier",
    tier=Tier.LIST,
    title="Spoken or written to in a language that is not theirs",
    question=(
        "This was said or written without a professional interpreter or translation to a family that may need one. "
        "What may they or the child not have understood or not have been able to say, and when will it be redone?"
    ),
    why="Nobody spoke to the child through an interpreter; a sister and a father interpreted; letters were in English.",
    source="PR recommendation 16.14; LG; R95, R96",
    tell=("author", "MG"),
    false_alarms="The person is fluent and was asked.",
    human_close="It is done again with an interpreter, or written in their language.",
)

SPOKEN = ("domestic_abuse_incident", "assessment", "visit", "childs_words", "pregnancy")
HEARD = (*OWN, AboutRole.PRESENT, AboutRole.INFORMANT, AboutRole.CARER, AboutRole.ALLEGED_PERPETRATOR)


def find(view: View, child: Person) -> Iterable[Finding]:
    """Contact without an interpreter, a relative or child interpreting, or an English letter, where one is needed."""
    for entry in view.of_kind(*SPOKEN, "letter", "appointment"):
        if child.key not in view.own(entry):
            continue
        since = _interpreted_by_kin(entry) or _spoken_without(view, entry) or _english_letter(view, child.key, entry)
        if since is not None:
            event = event_of([entry])
            yield finding(SPEC.id, child, [event], [event], since, view.closed(child.key, [event], _redone))


def needs_language(person: Person) -> bool:
    """An interpreter is needed, or another language than English is spoken at home and nobody said it is not needed.

    An unknown language is not a need, and fluency that was asked about ends it.
    """
    if person.interpreter:
        return person.interpreter == "needed"
    return bool(person.language) and not english(person.language)


def english(tag: str) -> bool:
    """Whether a language tag (BCP 47) is a kind of English."""
    return tag.casefold().partition("-")[0] in ("en", "eng", "english")


def _interpreted_by_kin(entry: Entry) -> date | None:
    if entry.text("interpreter_was") in ("relative", "child"):
        return entry.known_since("interpreter_was")
    return None


def _spoken_without(view: View, entry: Entry) -> date | None:
    if entry.kind not in SPOKEN or entry.flag("interpreter_used") is not False:
        return None
    people = (view.record.people[p] for p in entry.in_role(*HEARD) if p in view.record.people)
    return entry.known_since("interpreter_used") if any(needs_language(p) for p in people) else None


def _english_letter(view: View, child: str, entry: Entry) -> date | None:
    field = "letter_language" if entry.kind == "appointment" else "language"
    to_agency = entry.kind == "letter" and entry.text("to") != "parent"
    if entry.kind in SPOKEN or to_agency or not english(entry.text(field)):
        return None
    readers = [view.record.people[p] for p in view.carers(child, entry.occurred.start) if p in view.record.people]
    told = [p for p in readers if p.language or p.interpreter]
    # The carers read letters; where nothing is known of them, the child's language at home is what is known.
    family = told or [view.record.people[child]]
    return entry.known_since(field) if any(needs_language(p) for p in family) else None


def _redone(entry: Entry) -> date | None:
    if entry.flag("interpreter_used") and entry.text("interpreter_was") not in ("relative", "child"):
        return entry.known_since("interpreter_used", "interpreter_was")
    language = entry.text("letter_language") or (entry.text("language") if entry.kind == "letter" else "")
    return entry.known_since("letter_language", "language") if language and not english(language) else None


RULE = Rule(SPEC, find)
