"""The engine: every rule over one family's record, and which questions stand on a day.

Findings depend on what is known, not on the day of asking: a finding whose wait still runs says since when it
will stand. So a replay looks again only when something became known or a wait ran out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wholepicture.foundation.working_days import months_after
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.record.types import Entry
from wholepicture.signals.registry import RULES, SPECS
from wholepicture.signals.rules.base import Rule
from wholepicture.signals.telling import tell
from wholepicture.signals.types import Finding, Signal
from wholepicture.signals.view import LIVE_MONTHS, Asked, View

Key = tuple[str, str]  # rule, child


def evaluate(record: FamilyRecord, today: date) -> tuple[Signal, ...]:
    """The questions that stand on a day about the children of a family, by child and rule.

    `raised` is the day since which the newest evidence stands. A signal that had no new entry for six months still
    stands, but is not live.
    """
    view = View(record.as_known(today), today)
    standing = [(key, stands(rows, today)) for key, rows in findings(view).items()]
    return tuple(signal_of(view, key, rows, today) for key, rows in sorted(standing) if rows)


def findings(view: View, memory: Memory | None = None) -> dict[Key, list[Finding]]:
    """What every rule finds for every child, whether it stands yet, no longer, or not until a wait runs out."""
    memory = memory or Memory()
    memory.turn_to(view)
    found = _run(view, memory, live=False)
    by_child: dict[str, list[Finding]] = defaultdict(list)
    for (_, child), rows in found.items():
        by_child[child] += rows
    return found | _run(view.with_live(by_child), memory, live=True)


def _run(view: View, memory: Memory, *, live: bool) -> dict[Key, list[Finding]]:
    found: dict[Key, list[Finding]] = {}
    for rule in RULES:
        if rule.reads_live is live:
            for child in view.children:
                if rows := memory.find(rule, view, child):
                    found[rule.spec.id, child.key] = rows
    return found


class Memory:
    """What rules found on an earlier day of the same record and what they had asked of it.

    A rule is asked again only when something that it asked about has changed, so that a long record replays in
    seconds. Rules that read other signals are asked every time.
    """

    def __init__(self) -> None:
        self._view: View | None = None
        self._news: list[Entry] = []
        self._kept: dict[Key, tuple[list[Finding], Asked]] = {}

    def turn_to(self, view: View) -> None:
        """Go on to a later day: forget what no longer holds."""
        if self._view is not None and view.same_family(self._view) and not _renumbered(self._view.today, view.today):
            self._news = view.news_since(self._view)
        else:
            self._kept.clear()
        self._view = view

    def find(self, rule: Rule, view: View, child: Person) -> list[Finding]:
        """The rule's findings for a child, worked out again where they may have changed."""
        key = (rule.spec.id, child.key)
        rows, asked = self._kept.get(key, ([], None))
        if asked is None or rule.reads_live or any(asked.about(e) for e in self._news):
            view.asked = Asked()
            rows = list(rule.find(view, child))
            self._kept[key] = (rows, view.asked)
        return rows


def _renumbered(earlier: date, today: date) -> bool:
    """Whether a threshold came into force in between."""
    return any(earlier < t.effective <= today for spec in SPECS.values() for t in spec.thresholds)


def stands(rows: Iterable[Finding], day: date) -> list[Finding]:
    """The findings that are open on a day."""
    return [f for f in rows if f.stands_on(day)]


def signal_of(view: View, key: Key, rows: Sequence[Finding], today: date, raised: date | None = None) -> Signal:
    """One question about one child out of its open findings: on those with news in the last six months, if any."""
    rule, child = key
    spec = SPECS[rule]
    newest = max(f.since for f in rows)
    recent = [f for f in rows if today <= months_after(f.since, LIVE_MONTHS)]
    shown = recent or [f for f in rows if f.since == newest]
    evidence = in_record_order(view, shown)
    people = tell(spec.tell, view, view.record.people[child], [view.record.entry[i] for i in evidence], today)
    return Signal(
        rule=rule,
        concern=spec.concern,
        tier=spec.tier,
        person=child,
        raised=raised or newest,
        entries=evidence,
        tell=people,
        question=spec.question,
        live=bool(recent),
        marks=frozenset(m for f in rows for m in f.marks),
    )


def in_record_order(view: View, rows: Iterable[Finding]) -> tuple[str, ...]:
    """Ids of the entries behind findings, in order of happening."""
    wanted = {i for f in rows for i in f.entries}
    return tuple(e.id for e in view.entries if e.id in wanted)


def pending(found: Mapping[Key, Sequence[Finding]], day: date) -> list[date]:
    """Days after `day` on which a wait runs out."""
    return [f.since for rows in found.values() for f in rows if f.since > day]
