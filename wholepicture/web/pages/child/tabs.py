"""What each tab shows beneath the top of the child's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wholepicture.foundation.when import BadDate, When
from wholepicture.people.loading import NOT_SHOWN
from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import Entry, ReceiptEvent
from wholepicture.web.drawings.family_map import FamilyView, draw_family
from wholepicture.web.drawings.words import Group, agency_key, agency_words, group_of, kind_words, name_words
from wholepicture.web.pages.child.chronology import ChronologyFilter, agencies_of, chosen, concerns
from wholepicture.web.pages.child.entries import by_year, rows_of
from wholepicture.web.pages.child.opened import Opened
from wholepicture.web.pages.child.questions import QuestionCard
from wholepicture.web.pages.child.withheld import matching
from wholepicture.web.words import count, say_date

Option = dict[str, object]


def evidence_numbers(questions: Iterable[QuestionCard]) -> dict[str, list[int]]:
    """For each entry behind a waiting question, the numbers of those questions as the page counts them."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, question in enumerate((q for q in questions if q.waits), start=1):
        for item in question.evidence:
            found[item.id].append(number)
    return dict(found)


def chronology_tab(opened: Opened, wanted: ChronologyFilter) -> dict[str, Any]:
    """The chronology and its controls."""
    record, day = opened.record, opened.day
    numbers = evidence_numbers(opened.questions)
    entries = chosen(record, opened.focus, wanted, frozenset(numbers))
    relevant = [e for e in record.entries if concerns(record, e, opened.focus)]
    rows = rows_of(record, entries, wanted, day, numbers)
    return {
        "wanted": wanted,
        "years": by_year(entries, rows, matching(opened.withheld, wanted)),
        "total": len(relevant),
        "shown": len(rows),
        "knew": _knew_words(wanted, [r.held for r in rows], day),
        "options": _options(record, relevant, wanted),
        "known_at": (wanted.known_at or day).isoformat(),
        "query": wanted.query,
    }


def _knew_words(wanted: ChronologyFilter, held: list[str], day: date) -> str:
    if not wanted.known_to:
        return ""
    agency, on = agency_words(wanted.known_to), say_date(wanted.known_at or day)
    perhaps = held.count("perhaps")
    maybe = f", and perhaps {perhaps} more that it received at a time nobody wrote down" if perhaps else ""
    return f"On {on} {agency} held {held.count('held')} of these {count(len(held), 'entry', 'entries')}{maybe}"


def _options(record: FamilyRecord, relevant: list[Entry], wanted: ChronologyFilter) -> dict[str, list[Option]]:
    groups = {g for g in (group_of(e) for e in relevant)}
    authors = sorted({e.agency for e in relevant}, key=agency_key)
    people = {p for e in relevant for p in e.people if p in record.people}
    named = sorted(people, key=lambda p: (not record.people[p].is_child, name_words(record.people[p], p)))
    return {
        "agency": _choices("Every agency", [(a, agency_words(a)) for a in authors], wanted.agencies),
        "group": _choices("Every kind", [(g.value, g.words) for g in Group if g in groups], wanted.groups),
        "person": _choices("Everybody", [(p, name_words(record.people[p], p)) for p in named], wanted.people),
        "known_to": _choices(
            "No agency chosen",
            [(a, agency_words(a)) for a in sorted(agencies_of(relevant), key=agency_key)],
            frozenset([wanted.known_to]),
        ),
    }


def _choices(every: str, values: list[tuple[str, str]], chosen_values: Iterable[str]) -> list[Option]:
    wanted = set(chosen_values)
    options: list[Option] = [{"value": "", "text": every}]
    return options + [{"value": v, "text": t, "selected": v in wanted} for v, t in values]


def family_tab(opened: Opened, home_on: str, moment: str) -> FamilyView:
    """The family map on a day. Its own day is `home_on`, since `on` is the day that the whole page stands on."""
    number = int(moment) if moment.isdecimal() and len(moment) < 5 else None
    view = draw_family(opened.record, opened.day, on=_day(home_on), moment=number, kept=tuple(opened.kept.items()))
    steps = tuple(replace(s, href=f"{opened.link('family', home_on=s.value)}#family") for s in view.steps)
    here = view.at - 1
    return replace(
        view,
        steps=steps,
        earlier=steps[here - 1].href if view.earlier else "",
        later=steps[here + 1].href if view.later else "",
    )


def named_in(record: FamilyRecord) -> list[tuple[str, str]]:
    """Everybody in the record who is shown to the reader, children first: id and name."""
    shown = [p for p in record.people.values() if p.family_name != NOT_SHOWN]
    people = sorted(shown, key=lambda p: (not p.is_child, name_words(p, p.key)))
    return [(p.key, name_words(p, p.key)) for p in people]


def _day(text: str) -> date | None:
    try:
        return When.parse(text).latest if text else None
    except BadDate:
        return None


@dataclass(frozen=True, slots=True)
class Share:
    """An entry that went to another agency: every clock of it there."""

    entry: str
    what: str
    sender: str
    to: str
    sent: str
    received: str
    opened: str
    answered: str
    days: int | None


def shares_of(record: FamilyRecord, child: str | None) -> list[Share]:
    """Who shared what with whom, the latest first; a blank clock means that nobody stamped it (R7)."""
    found = []
    for entry in (e for e in record.entries if concerns(record, e, child)):
        for agency in dict.fromkeys(r.agency for r in entry.receipts):
            found.append(_share(entry, agency))
    return list(reversed(found))


def _share(entry: Entry, agency: str) -> Share:
    stamps = {r.event: r for r in entry.receipts if r.agency == agency}

    def said(event: ReceiptEvent) -> str:
        if event not in stamps:
            return ""
        at = stamps[event].at
        return at.in_words() if at else "yes; nobody wrote when"

    received = stamps.get(ReceiptEvent.RECEIVED)
    at = received.at if received else None
    return Share(
        entry=entry.id,
        what=f"{kind_words(entry.kind)}, {entry.occurred.in_words()}",
        sender=agency_words(entry.agency),
        to=agency_words(agency),
        sent=said(ReceiptEvent.SENT),
        received=said(ReceiptEvent.RECEIVED),
        opened=said(ReceiptEvent.OPENED),
        answered=said(ReceiptEvent.ANSWERED),
        days=(at.start - entry.occurred.latest).days if at else None,
    )
