"""A child's record opened by a reader, on the day that the page stands on; call inside `reading`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from wholepicture.access.clock import now
from wholepicture.access.persons import standing_for
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.queries import family_of
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.signals.queries import signals_about, withheld_questions
from wholepicture.web.pages.child.questions import QuestionCard, from_store, on_past_day, withheld_words
from wholepicture.web.pages.child.standing import Standing, standing
from wholepicture.web.pages.child.withheld import HeldRow, withheld_from


@dataclass(frozen=True)
class Opened:
    """The record as it was known on the page's day. `whole` is the family as a whole, opened by way of one child."""

    child: UUID
    person: Person
    whole: bool
    asked_on: str
    standing: Standing
    record: FamilyRecord
    questions: tuple[QuestionCard, ...]
    withheld: tuple[HeldRow, ...] = ()
    unread: str = ""  # that questions wait which are not for this reader

    @property
    def key(self) -> str:
        """The child's key in the record."""
        return self.person.key

    @property
    def day(self) -> date:
        """The day that the page stands on."""
        return self.standing.day

    @property
    def focus(self) -> str | None:
        """Whom the drawings are of: the child, or None for the family as a whole."""
        return None if self.whole else self.key

    @property
    def kept(self) -> dict[str, str]:
        """What every link of the page carries on: the family as a whole, the past day."""
        found = {"whole": "family"} if self.whole else {}
        return found | ({"on": self.asked_on} if self.asked_on else {})

    def link(self, tab: str = "", **more: str) -> str:
        """The address of a tab, carrying on what is kept; a blank value drops a parameter."""
        query = {name: value for name, value in (self.kept | more).items() if value}
        return f"/children/{self.child}/{tab}" + (f"?{urlencode(query)}" if query else "")


def open_child(viewer: Viewer, child: UUID, query: Mapping[str, str]) -> Opened:
    """Read the child's family and the questions that stand, on today or the past day that the page stands on."""
    today = now().astimezone(ENGLAND).date()
    whole, asked = query.get("whole") == "family", query.get("on", "")
    child = standing_for([child])[child]
    held = family_of([child])
    person = held.people.get(str(child))
    if person is None or not person.is_child:
        raise Refused("absent", "There is no child’s record here that your team is involved with.")
    stand = standing(held, person, today, asked)
    record = _as_known(held, person, stand) if stand.is_past else held
    children = [c.key for c in record.children] if whole else [person.key]
    cards = (
        on_past_day(held, children, stand.day)
        if stand.is_past
        else from_store(record, signals_about([UUID(c) for c in children]), today)
    )
    on = asked if stand.reason == "chosen" else ""
    kept_back = withheld_from(held, None if whole else person.key, stand.day)
    unread = "" if stand.is_past else withheld_words(withheld_questions([UUID(c) for c in children]))
    return Opened(child, person, whole, on, stand, record, tuple(cards), kept_back, unread)


def _as_known(held: FamilyRecord, person: Person, stand: Standing) -> FamilyRecord:
    """The record as it was known then; the child stays on their own page even where nobody knew of them yet."""
    known = held.as_known(stand.day)
    if person.key in known.people:
        return known
    return replace(known, people={**known.people, person.key: person})
