"""Key events: the few that carry the story, and where their words go so that none covers another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import AboutRole, Entry
from wholepicture.web.drawings.scale import TimeScale, middle, text_width
from wholepicture.web.drawings.words import name_words, when_short

ROW = 17.0
TEXT = 13.0
TRIED = 60  # more events than there could be room to name


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """An event with its words; the lower the rank, the sooner it is given room for them."""

    day: date
    words: str
    rank: int
    entry: str
    title: str


@dataclass(frozen=True, slots=True)
class KeyMark:
    """A placed event: a stem at `x` up to its words, or only a mark where there was no room."""

    x: float
    text_x: float
    y: float
    anchor: str
    words: str
    rank: int
    href: str
    title: str

    @property
    def strong(self) -> bool:
        """Births and deaths stand out."""
        return self.rank == 0


def key_event(record: FamilyRecord, entry: Entry) -> KeyEvent | None:
    """The key event that an entry is, if it is one."""
    found = _SAY[entry.kind](record, entry) if entry.kind in _SAY else None
    if found is None:
        return None
    words, rank = found
    day = middle(entry.occurred.earliest, entry.occurred.latest)
    return KeyEvent(day, words, rank, entry.id, f"{when_short(entry.occurred)}: {words}")


def _subject(record: FamilyRecord, entry: Entry) -> str:
    children = [p for p in entry.in_role(AboutRole.SUBJECT) if p in record.people and record.people[p].is_child]
    key = next(iter(children), next(iter(entry.in_role(AboutRole.SUBJECT)), "somebody"))
    return name_words(record.people.get(key), key)


def _named(record: FamilyRecord, keys: Iterable[str]) -> str:
    names = (record.people[k].name if k in record.people else k.replace("_", " ") for k in keys)
    return " and ".join(names)


def _birth(record: FamilyRecord, entry: Entry) -> tuple[str, int]:
    return f"{_subject(record, entry)} born", 0


def _death(record: FamilyRecord, entry: Entry) -> tuple[str, int]:
    return f"{_subject(record, entry)} died", 0


def _case(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    said = {
        "opened": ("Case opened", 3),
        "closed": ("Case closed", 1),
        "stepped_up": ("Stepped up", 2),
        "stepped_down": ("Stepped down", 2),
        "transferred": ("Case transferred", 3),
    }
    return said.get(entry.text("stage"))


def _assessment(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    if entry.text("stage") != "completed":
        return None
    if entry.text("outcome") == "no_further_action":
        return "Assessed: no further action", 2
    return "Assessment completed", 3


def _household(record: FamilyRecord, entry: Entry) -> tuple[str, int]:
    parts = [f"{_named(record, keys)} {verb}" for verb, keys in _moves(entry) if keys]
    words = ", ".join(parts) or "household changed"
    return words[:1].upper() + words[1:], 2


def _moves(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("joined", entry.items("joined") or ()), ("left", entry.items("left") or ())


def _housing(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    said = {
        "moved_in": ("Moved home", 2),
        "moved_out": ("Moved out", 3),
        "eviction_notice": ("Eviction notice", 3),
        "evicted": ("Evicted", 2),
        "homeless": ("Homeless", 2),
    }
    return said.get(entry.text("type"))


def _enquiry(record: FamilyRecord, entry: Entry) -> tuple[str, int]:
    return ("Enquiry concluded" if entry.text("stage") == "concluded" else "Section 47 enquiry"), 1


def _plan(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    said = {"started": ("Plan started", 2), "ended": ("Plan ended", 2)}
    return said.get(entry.text("stage"))


def _legal(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    kind = entry.text("type")
    return None if kind in ("", "advice") else (kind.replace("_", " ").capitalize(), 2)


def _investigation(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    stages = {"opened": ("Police investigation", 3), "closed": ("Police closed", 2)}
    return stages.get(entry.text("stage"))


def _school(record: FamilyRecord, entry: Entry) -> tuple[str, int] | None:
    said = {
        "enrolled": ("Started school", 3),
        "excluded": ("Excluded", 2),
        "elective_home_education": ("Home educated", 1),
        "missing_from_education": ("Missing from education", 1),
    }
    return said.get(entry.text("type"))


_Say = Callable[[FamilyRecord, Entry], "tuple[str, int] | None"]
_SAY: dict[str, _Say] = {
    "birth": _birth,
    "death": _death,
    "strategy_discussion": lambda record, entry: ("Strategy discussion", 1),
    "conference": lambda record, entry: ("Conference", 1),
    "enquiry": _enquiry,
    "case": _case,
    "assessment": _assessment,
    "household_change": _household,
    "housing": _housing,
    "plan": _plan,
    "legal": _legal,
    "marac": lambda record, entry: ("MARAC", 2),
    "police_investigation": _investigation,
    "screening": lambda record, entry: ("Screening", 3),
    "school_move": _school,
}


@dataclass(frozen=True, slots=True)
class _Label:
    """Words being placed: from `left` to `right`, beside the stem at `x`."""

    event: KeyEvent
    x: float
    left: float
    right: float

    @property
    def after(self) -> bool:
        return self.left == self.x


def placed(events: Iterable[KeyEvent], scale: TimeScale, max_rows: int) -> tuple[tuple[KeyMark, ...], int]:
    """Every event marked, and as many named as `max_rows` have room for, the gravest first; and the rows used.

    No words lie over another's words, and no stem runs through words.
    """
    shown = sorted(_once(e for e in events if scale.shows(e.day, e.day)), key=lambda e: (e.rank, e.day, e.entry))
    named: list[_Label] = []
    for event in shown[:TRIED]:
        named = _with(event, named, scale, max_rows)
    labels = {label.event.entry: label for label in named}
    rows = _settle(named, max_rows) or {}
    marks = (_key_mark(e, scale.x(e.day), labels.get(e.entry), rows.get(e.entry, 0)) for e in shown)
    return tuple(sorted(marks, key=lambda m: m.x)), max((row + 1 for row in rows.values()), default=0)


def _once(events: Iterable[KeyEvent]) -> tuple[KeyEvent, ...]:
    """Two agencies that wrote down one event make one mark."""
    found: dict[tuple[date, str], KeyEvent] = {}
    for event in events:
        found.setdefault((event.day, event.words), event)
    return tuple(found.values())


def _with(event: KeyEvent, named: list[_Label], scale: TimeScale, max_rows: int) -> list[_Label]:
    """The labels with one more, if some way is found: its words to the right, to the left, or a neighbour's moved."""
    x, width = scale.x(event.day), text_width(event.words, TEXT, bold=event.rank == 0) + 10
    mine = [label for label in (_Label(event, x, x, x + width), _Label(event, x, x - width, x)) if _fits(label, scale)]
    tries = [[*named, label] for label in mine]
    # Only for what carries the story are neighbours' words moved: with hundreds of events it would take too long.
    near = [o for o in named if abs(o.x - x) < 160] if event.rank < 2 else []
    tries += [[*(_flipped(n) if n is o else n for n in named), label] for label in mine for o in near]
    for tried in tries:
        if all(_fits(label, scale) for label in tried) and _settle(tried, max_rows) is not None:
            return tried
    return named


def _fits(label: _Label, scale: TimeScale) -> bool:
    return label.left >= scale.left - 4 and label.right <= scale.right + 6


def _flipped(label: _Label) -> _Label:
    width = label.right - label.left
    left = label.x - width if label.after else label.x
    return _Label(label.event, label.x, left, left + width)


def _settle(labels: list[_Label], max_rows: int) -> dict[str, int] | None:
    """A row for each label, those to the right lower, so that stems pass beside words; None where none will do."""
    after = sorted((la for la in labels if la.after), key=lambda la: -la.x)
    before = sorted((la for la in labels if not la.after), key=lambda la: la.x)
    done: list[tuple[_Label, int]] = []
    for label in (*after, *before):
        left, right = label.left, label.right
        row = max((r + 1 for o, r in done if left < o.x < right), default=0)
        beside = {r for o, r in done if left < o.right and o.left < right}
        while row in beside:
            row += 1
        if row >= max_rows:
            return None
        done.append((label, row))
    if any(below < row and o.left + 3 < la.x < o.right - 3 for la, row in done for o, below in done):
        return None
    return {label.event.entry: row for label, row in done}


def _key_mark(event: KeyEvent, x: float, label: _Label | None, row: int) -> KeyMark:
    return KeyMark(
        x=x,
        text_x=round(x + 5 if label is None or label.after else x - 5, 1),
        y=-(row * ROW + 10) if label is not None else 0,
        anchor="start" if label is None or label.after else "end",
        words=event.words if label is not None else "",
        rank=event.rank,
        href=f"#entry-{event.entry}",
        title=event.title,
    )
