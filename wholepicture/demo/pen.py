"""The pen: writes entries down as practitioners do, with every clock, and numbers them when the family is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from wholepicture.demo.household import EXPECTED, Household
from wholepicture.demo.terms import office_day, school_day
from wholepicture.foundation.when import ENGLAND, When
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent

# Agencies that are open day and night; the others write on working days, schools in term.
ALWAYS_OPEN = frozenset({"police", "hospital_ae", "hospital", "ambulance", "fire", "public", "midwifery"})
# Clinics keep office hours, even in a hospital.
_BY_DAY = frozenset({"appointment", "pregnancy", "letter", "test_result"})
_IN_TERM = frozenset({"school", "early_years", "school_nursing"})
_NOBODY_MET = frozenset({"no_access", "refused", "cancelled_by_parent", "cancelled_by_service", "antenatal_missed"})
_WITH_INTERPRETER = frozenset({"visit", "pregnancy", "childs_words", "assessment"})
_AGENCY_FIELDS = frozenset({"to", "with", "owner", "reported_to", "present", "consulted", "checked_with"})
_PEOPLE_FIELDS = frozenset({"household_adults_assessed", "joined", "left", "adult"})


@dataclass
class Row:
    """An entry before names and numbers: people by short keys, `{child_1}` in the text."""

    occurred: datetime
    recorded: datetime
    kind: str
    agency: str
    author: str
    about: tuple[About, ...]
    summary: str
    details: dict[str, object]
    shared: tuple[tuple[str, datetime], ...]
    tag: str = ""
    answers: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    supersedes: str = ""
    day_only: bool = False
    precision: str = ""


@dataclass
class Pen:
    """Writes one family's rows; `household` says which school and surgery are meant, `rng` how soon it is filed."""

    household: Household
    rng: Random
    rows: list[Row] = field(default_factory=list)

    def open_day(self, day: date, agency: str, kind: str = "") -> date:
        """The day, or the last one before it on which such an agency does such a thing."""
        sort = agency.partition("/")[0]
        if sort in ALWAYS_OPEN and kind not in _BY_DAY:
            return day
        return school_day(day) if sort in _IN_TERM else office_day(day)

    def write(
        self,
        kind: str,
        day: date,
        agency: str,
        author: str,
        about: str,
        summary: str,
        details: Mapping[str, object] | None = None,
        *,
        clock: str = "",
        lag_days: int = 0,
        shared: str = "",
        tag: str = "",
        snap: bool = True,
    ) -> Row:
        """Write one entry. `about` is `child_1; mother:victim` (subject where no role is given); `shared` is
        `school+1; gp` (received so many days after recording). It is filed within hours, or `lag_days` later.
        """
        if snap:
            day = self.open_day(day, agency, kind)
            if details is not None and details.get("place") == "school":
                day = school_day(day)
        people = _about(about, self.household, day)
        agency = self.household.resolve(agency, people[0].person, day)
        occurred = _moment(day, clock or f"{self.rng.randint(9, 16):02d}:{self.rng.randrange(0, 60, 5):02d}")
        recorded = self._recorded(occurred, lag_days, agency)
        values = self._details(kind, details or {}, people[0].person, day)
        row = Row(
            occurred,
            recorded,
            kind,
            agency,
            author,
            people,
            summary,
            values,
            self._shared(shared, people[0].person, recorded),
            tag,
        )
        self.rows.append(row)
        return row

    def _recorded(self, occurred: datetime, lag_days: int, agency: str) -> datetime:
        if lag_days:
            day = occurred.date() + timedelta(days=lag_days)
            return datetime.combine(day, time(self.rng.randint(9, 16), self.rng.randrange(60)), ENGLAND)
        late = occurred + timedelta(minutes=self.rng.randint(10, 170))
        # What happens late at night is written before the night is out, on the day it happened where it can be.
        if late.date() != occurred.date() and occurred.hour < 23:
            late = occurred.replace(hour=23, minute=55)
        return late

    def _details(self, kind: str, details: Mapping[str, object], child: str, day: date) -> dict[str, object]:
        values = {k: self._value(k, v, child, day) for k, v in details.items() if v is not None}
        if self.household.another_language:
            met = _NOBODY_MET.isdisjoint({str(details.get("outcome")), str(details.get("stage"))})
            if kind in _WITH_INTERPRETER and met and "interpreter_used" not in details:
                values["interpreter_used"] = True
            if kind == "appointment" and "letter_language" not in details:
                values["letter_language"] = "{language}"
            if kind == "letter" and details.get("to") == "parent" and "language" not in details:
                values["language"] = "{language}"
        return values

    def _value(self, name: str, value: object, child: str, day: date) -> object:
        if isinstance(value, Mapping):
            return {k: self._value("known" if k == "known" else name, v, child, day) for k, v in value.items()}
        if isinstance(value, str) and value.startswith("@"):
            return (day + timedelta(days=int(value[1:]))).isoformat()
        if name in _AGENCY_FIELDS and isinstance(value, str):
            return self.household.resolve(value, child, day)
        if name in _AGENCY_FIELDS and isinstance(value, list):
            return [self.household.resolve(v, child, day) for v in value]
        return value

    def _shared(self, text: str, child: str, recorded: datetime) -> tuple[tuple[str, datetime], ...]:
        received = []
        for part in filter(None, (p.strip() for p in text.split(";"))):
            agency, _, days = part.partition("+")
            at = recorded + timedelta(days=int(days or 0), minutes=self.rng.randint(5, 90))
            received.append((self.household.resolve(agency, child, at.date()), at))
        return tuple(received)

    def entries(self, names: Mapping[str, str], language: str) -> tuple[Entry, ...]:
        """The rows known by the end of `today`, in order, numbered `f017-e001` on, with names in the text."""
        end = datetime.combine(self.household.today, time(23, 59), ENGLAND)
        rows = sorted((r for r in self.rows if r.recorded <= end), key=lambda r: (_occurred(r).sort_key(), r.recorded))
        ids = {id(r): f"f{self.household.number:03d}-e{n:03d}" for n, r in enumerate(rows, start=1)}
        tags = {r.tag: ids[id(r)] for r in rows if r.tag}
        finish = _Finish(f"f{self.household.number:03d}_", names, language, tags, end)
        return tuple(finish.entry(ids[id(r)], r) for r in rows)


@dataclass
class _Finish:
    """Turns rows into entries: whole-town keys, names, ids of what is answered."""

    prefix: str
    names: Mapping[str, str]
    language: str
    tags: Mapping[str, str]
    end: datetime

    def entry(self, entry_id: str, row: Row) -> Entry:
        """One finished entry."""
        details = {k: self._detail(k, v) for k, v in row.details.items()}
        for name, wanted in (("answers", row.answers), ("same_event_as", row.same_as)):
            found = [self.tags[t] for t in wanted if t in self.tags]
            if found:
                details[name] = found
        return Entry(
            id=entry_id,
            kind=row.kind,
            occurred=_occurred(row),
            recorded=When.at(row.recorded),
            agency=row.agency,
            author_role=row.author,
            about=tuple(About(self.prefix + a.person, a.role) for a in row.about),
            summary=row.summary.format_map(self.names) if "{" in row.summary else row.summary,
            details=details,
            receipts=tuple(Receipt(a, ReceiptEvent.RECEIVED, When.at(at)) for a, at in row.shared if at <= self.end),
            source=f"demo:{entry_id}",
            supersedes=self.tags.get(row.supersedes) if row.supersedes else None,
        )

    def _detail(self, name: str, value: object) -> object:
        if name in _PEOPLE_FIELDS:
            return [self.prefix + v for v in value] if isinstance(value, list) else f"{self.prefix}{value}"
        if value == "{language}":
            return self.language
        if isinstance(value, str) and "{" in value:
            return value.format_map(self.names)
        return value


def _occurred(row: Row) -> When:
    if row.precision:
        text = row.occurred.date().isoformat()
        return When.parse(text[:7] if row.precision == "month" else text, row.precision)
    return When.on(row.occurred.date()) if row.day_only else When.at(row.occurred)


def _moment(day: date, clock: str) -> datetime:
    hour, _, minute = clock.partition(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=ENGLAND)


def _about(text: str, home: Household, day: date) -> tuple[About, ...]:
    """`children` are the children at home that day, born or well on the way; a part without a role is a subject."""
    found: list[About] = []
    for part in text.split(";"):
        key, _, role = part.strip().partition(":")
        keys: Iterable[str] = (key,)
        if key == "children":
            keys = [c.key for c in home.children if day >= c.born - EXPECTED]
        found += [About(k, AboutRole(role or "subject")) for k in keys]
    return tuple(found) or (About(home.carer, AboutRole.SUBJECT),)
