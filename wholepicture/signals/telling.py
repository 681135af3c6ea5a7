"""Whom a signal tells: the rule's roles as agency codes, for a child of this age (PRACTICE 3 and 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from wholepicture.foundation.working_days import months_after
from wholepicture.people.types import Person
from wholepicture.record.types import Entry, agency_kind
from wholepicture.signals.view import View

AGENCY_OF: Final = {
    "SW": "social_care",
    "HV": "health_visiting",
    "SN": "school_nursing",
    "MW": "midwifery",
    "DSL": "school",
    "GP": "gp",
    "PO": "police",
}
SCHOOL_AGE_MONTHS = 60  # school nursing and school from five; health visiting to five (DA 5.5, PR 6.6)


def tell(roles: Iterable[str], view: View, child: Person, evidence: Iterable[Entry], on: date) -> tuple[str, ...]:
    """Agency codes, or the role's own code where no agency stands for it; nobody twice."""
    entries = tuple(evidence)
    return tuple(dict.fromkeys(code for role in roles for code in _codes(role, view, child, entries, on)))


def _codes(role: str, view: View, child: Person, evidence: tuple[Entry, ...], on: date) -> Iterator[str]:
    if role == "author":
        yield from (e.agency for e in evidence)
    elif role == "referrer":
        yield from _referrers(view, child, evidence)
    elif _for_this_age(role, view, child, on):
        yield AGENCY_OF.get(role, role)


def _referrers(view: View, child: Person, evidence: tuple[Entry, ...]) -> Iterator[str]:
    """Agencies that referred the child to a service of the evidence; the role where the record names none."""
    services = {agency_kind(e.agency) for e in evidence}
    found = [
        e.agency for e in view.of_kind("referral") if child.key in e.people and agency_kind(e.text("to")) in services
    ]
    yield from found or ["referrer"]


def _for_this_age(role: str, view: View, child: Person, on: date) -> bool:
    if role not in ("HV", "SN", "DSL") or child.born is None:
        return True
    if role == "HV":
        return on < months_after(child.born.latest, SCHOOL_AGE_MONTHS)
    at_school = any(child.key in e.people and agency_kind(e.agency) == "school" for e in view.entries)
    return at_school or on >= months_after(child.born.earliest, SCHOOL_AGE_MONTHS)
