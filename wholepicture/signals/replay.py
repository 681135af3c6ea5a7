"""A record played day by day as it became known, and whether it would have spoken up (spec: Replaying a bundle)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholepicture.people.types import FamilyRecord
from wholepicture.signals.engine import Key, Memory, findings, pending, signal_of, stands
from wholepicture.signals.registry import CARRIED, RULES
from wholepicture.signals.types import Expectation, Finding, Signal
from wholepicture.signals.view import View

NO_RULE: Final = "no rule yet"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a row of expect.csv is met, and the signal that met it or broke it."""

    expectation: Expectation
    met: bool
    signal: Signal | None

    @property
    def carried(self) -> bool:
        """Whether any rule that runs asks about this concern."""
        return self.expectation.concern in CARRIED


@dataclass(frozen=True, slots=True)
class Replay:
    """All that a replay of one bundle prints; no first or last day where it holds no entry."""

    name: str
    first: date | None
    last: date | None
    signals: tuple[Signal, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def all_met(self) -> bool:
        """Whether every row is met and no `must_not` row is broken."""
        return all(v.met for v in self.verdicts)


def replay(record: FamilyRecord, expectations: Iterable[Expectation], name: str) -> Replay:
    """Play a record to its last recorded day and judge what a review expected of it."""
    signals = tuple(play(record))
    first = min((e.recorded.start for e in record.entries), default=None)
    last = max((e.recorded.start for e in record.entries), default=None)
    return Replay(name, first, last, signals, tuple(judge(e, signals) for e in expectations))


def play(record: FamilyRecord) -> Iterator[Signal]:
    """Each signal on the day on which it first stands, and again when it stands anew or on new entries."""
    told = Told()
    last = max((e.recorded.start for e in record.entries), default=date.min)
    known = [day for day in knowledge_days(record) if day <= last]
    if not known:
        return
    view, memory = None, Memory()
    for day, following in zip(known, [*known[1:], last], strict=True):
        view = View(record.as_known(day), day, view)
        found = findings(view, memory)
        yield from told.news(view, found, day)
        # Until something else becomes known, only waits that run out can change what stands.
        for waited in sorted({d for d in pending(found, day) if d < following}):
            yield from told.news(view, found, waited)


class Told:
    """What has been printed of each signal while it stood."""

    def __init__(self) -> None:
        self._seen: dict[Key, frozenset[str]] = {}

    def news(self, view: View, found: Mapping[Key, Sequence[Finding]], day: date) -> Iterator[Signal]:
        """Signals that stand on this day and did not before, or that stand on entries not seen before."""
        standing = {key: rows for key, all_rows in found.items() if (rows := stands(all_rows, day))}
        for key in set(self._seen) - set(standing):
            del self._seen[key]  # it has ended: whatever comes next stands anew
        for key in sorted(standing):
            seen, rows = self._seen.get(key), standing[key]
            fresh = rows if seen is None else [f for f in rows if not seen.issuperset(f.marks)]
            self._seen[key] = (seen or frozenset()).union(*(f.marks for f in rows))
            if fresh:
                yield signal_of(view, key, fresh, day, raised=day)


def knowledge_days(record: FamilyRecord) -> list[date]:
    """Every day on which the shared record came to hold something more, or a rule's numbers changed."""
    first = record.first_day
    days = {e.recorded.start for e in record.entries}
    days |= {day for e in record.entries for day in e.known_later}
    ties = [r.known_from or r.from_ for r in record.relationships]
    births = [p.born_known or p.born for p in record.people.values()]
    days |= {when.start for when in (*ties, *births) if when is not None and when.start > first}
    days |= {t.effective for rule in RULES for t in rule.spec.thresholds if t.effective > first}
    return sorted(days)


def judge(expectation: Expectation, signals: Iterable[Signal]) -> Verdict:
    """Whether a signal of that concern about that person stood by the day; for `must_not`, that none did."""
    signal = next((s for s in signals if _matches(expectation, s)), None)
    return Verdict(expectation, (signal is None) is expectation.must_not, signal)


def _matches(expectation: Expectation, signal: Signal) -> bool:
    return (
        signal.concern == expectation.concern
        and signal.person == expectation.person
        and signal.raised <= expectation.by
        and (expectation.from_ is None or signal.raised >= expectation.from_)
        and (not expectation.entries or not set(expectation.entries).isdisjoint(signal.entries))
    )


def as_json(played: Replay) -> str:
    """The replay as one JSON object, the same bytes for the same bundle."""
    return json.dumps(
        {
            "bundle": played.name,
            "from": played.first.isoformat() if played.first else None,
            "to": played.last.isoformat() if played.last else None,
            "signals": [_signal_row(s) for s in played.signals],
            "expect": [_verdict_row(v) for v in played.verdicts],
        },
        ensure_ascii=False,
        indent=1,
    )


def _signal_row(signal: Signal) -> dict[str, object]:
    return {
        "id": signal.rule,
        "concern": signal.concern,
        "person": signal.person,
        "raised": signal.raised.isoformat(),
        "entries": list(signal.entries),
        "tell": list(signal.tell),
        "question": signal.question,
    }


def _verdict_row(verdict: Verdict) -> dict[str, object]:
    signal = verdict.signal
    return {
        "expect_id": verdict.expectation.id,
        "must_not": verdict.expectation.must_not,
        "met": verdict.met,
        "by": verdict.expectation.by.isoformat(),
        "raised": signal.raised.isoformat() if signal else None,
        "signal": signal.rule if signal else None,
    }


def as_text(played: Replay) -> str:
    """The replay for people: each signal on its day, then what was expected, then the counts."""
    span = f"{played.first.isoformat()} to {played.last.isoformat()}" if played.first and played.last else "no entries"
    lines = [f"{played.name}: {span}", ""]
    for signal in played.signals:
        lines += [
            f"{signal.raised.isoformat()}  {signal.rule}  {signal.concern}  {signal.person}",
            f"    {signal.question}",
            f"    entries: {', '.join(signal.entries)}",
            f"    tell: {', '.join(signal.tell)}",
        ]
    if not played.signals:
        lines.append("No signal was raised.")
    return "\n".join([*lines, "", *_expected_lines(played.verdicts)]) + "\n"


def _expected_lines(verdicts: Sequence[Verdict]) -> list[str]:
    states = [_state(v) for v in verdicts]
    lines = [_expected_line(v, state) for v, state in zip(verdicts, states, strict=True)]
    counts = ", ".join(f"{states.count(s)} {s}" for s in ("met", "unmet", NO_RULE))
    return [*lines, f"{len(verdicts)} expected rows: {counts}"]


def _state(verdict: Verdict) -> str:
    if verdict.met:
        return "met"
    return "unmet" if verdict.carried else NO_RULE


def _expected_line(verdict: Verdict, state: str) -> str:
    row, signal = verdict.expectation, verdict.signal
    asked = "must not stand by" if row.must_not else "by"
    seen = f"  ({signal.rule} on {signal.raised.isoformat()})" if signal else ""
    return f"{row.id}  {row.concern}  {row.person}  {asked} {row.by.isoformat()}: {state}{seen}"
