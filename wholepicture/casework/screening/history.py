"""What came before a notice, read from the family's record: earlier incidents, decisions, and what was seen (R41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from wholepicture.casework.task.types import AskedChild, IncidentFacts
from wholepicture.foundation.working_days import months_before
from wholepicture.people.types import PARENTAL, FamilyRecord
from wholepicture.record.types import AboutRole, Entry

INCIDENT: Final = "domestic_abuse_incident"
_PARTIES: Final = (AboutRole.VICTIM, AboutRole.ALLEGED_PERPETRATOR, AboutRole.SUBJECT)
VIOLENCE: Final = {
    "strangulation": "strangulation",
    "weapon": "a weapon",
    "threat_to_kill": "a threat to kill",
    "injury": "somebody injured",
    "controlling": "controlling behaviour",
    "alcohol": "alcohol",
    "drugs": "drugs",
}
_DECISIONS: Final = frozenset("screening assessment strategy_discussion enquiry conference plan case".split())


def incidents_with(record: FamilyRecord, notice: Entry) -> tuple[Entry, ...]:
    """Every incident that involves the same adults as a party or the same children, the notice itself among them.

    A second record of one event is not a second event.
    """
    adults = set(notice.in_role(*_PARTIES))
    children = {p for p in notice.people if p in record.people and record.people[p].is_child}
    found: list[Entry] = []
    for entry in record.entries:
        if entry.kind != INCIDENT or entry.id in record.superseded:
            continue
        if adults & set(entry.in_role(*_PARTIES)) or children & entry.people:
            kept = {e.id for e in found}
            if not kept & set(entry.same_event_as) and not any(entry.id in e.same_event_as for e in found):
                found.append(entry)
    return tuple(found)


def counts(incidents: Iterable[Entry], today: date) -> tuple[int, int]:
    """How many in the 12 months to today, and ever; a vague date counts where it may lie in the 12 months."""
    rows = list(incidents)
    return sum(e.occurred.possibly_within(months_before(today, 12), today) for e in rows), len(rows)


def violence_in(entry: Entry) -> tuple[str, ...]:
    """The violence facts that the entry states to be so, gravest first."""
    return tuple(words for name, words in VIOLENCE.items() if entry.flag(name))


def both_ways(entry: Entry) -> bool:
    """Whether the entry says of anybody that they were both victim and alleged perpetrator (R2)."""
    return bool(set(entry.in_role(AboutRole.VICTIM)) & set(entry.in_role(AboutRole.ALLEGED_PERPETRATOR)))


def facts_of(record: FamilyRecord, notice: Entry, today: date, language: str = "") -> IncidentFacts:
    """What every reader must know of the incident and of those before it."""
    victims = notice.in_role(AboutRole.VICTIM)
    victim = victims[0] if victims else ""
    months, ever = counts(incidents_with(record, notice), today)
    return IncidentFacts(
        on=notice.occurred,
        victim=victim,
        victim_name=record.people[victim].name if victim in record.people else "",
        victim_given=record.people[victim].given_name if victim in record.people else "",
        violence=violence_in(notice),
        both_ways=both_ways(notice),
        pregnant=notice.flag("pregnant_victim") is True,
        count_12_months=months,
        count_ever=ever,
        grade=notice.text("grade"),
        child_grade=notice.text("child_grade"),
        language=language,
    )


def children_of(record: FamilyRecord, notice: Entry, today: date) -> list[AskedChild]:
    """The children named, and those whom the record knows to live in the same home though nobody named them (R9)."""
    named = [p for p in notice.people if p in record.people]
    homes = {member for p in named for member in record.household(p, today)}
    found = []
    for child in record.children:
        if child.died is not None or (child.key not in named and child.key not in homes):
            continue
        if child.born is not None and months_before(today, 18 * 12) >= child.born.latest:
            continue
        unborn = record.unborn_on(child, today)
        found.append(AskedChild(child.key, child.name, child.born, unborn, given=child.given_name))
    return found


def family_shown(record: FamilyRecord, notice: Entry, today: date) -> frozenset[str]:
    """Whose record those who must act are shown: everybody named, their homes, and the children's parents.

    Somebody two relationships away in another home (a former partner's other child) is not theirs to read.
    """
    named = {p for p in notice.people if p in record.people}
    homes = {member for p in named for member in record.household(p, today)}
    children = {c.person for c in children_of(record, notice, today)}
    parents = {p for c in children for p in record.related(c, PARENTAL)}
    return frozenset(named | homes | children | parents)


def decisions_in(record: FamilyRecord, people: Iterable[str]) -> tuple[Entry, ...]:
    """Earlier screenings, assessments and what followed about any of these people, the latest first (R15)."""
    wanted = set(people)
    found = [e for e in record.entries if e.kind in _DECISIONS and e.people & wanted and e.id not in record.superseded]
    return tuple(reversed(found))
