"""The engine: every rule over one family's record, and which questions stand on a day.

Findings depend on what is known, not on the day of asking: a finding whose wait still runs says since when it
will stand. So a replay looks again only when something became known or a wait ran out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wholepicture.foundation.working_days import months_after
from wholepicture.people.types import FamilyRecord
from wholepicture.signals.registry import RULES, SPECS
from wholepicture.signals.telling import tell
from wholepicture.signals.types import Finding, Signal
from wholepicture.signals.view import LIVE_MONTHS, View

Key = tuple[str, str]  # rule, child


def evaluate(record: FamilyRecord, today: date) -> tuple[Signal, ...]:
    """The questions that stand on a day about the children of a family, by child and rule.

    `raised` is the day since which the newest evidence stands. A signal that had no new entry for six months still
    stands, but is not live.
    """
    view = View(record.as_known(today), today)
    standing = [(key, stands(rows, today)) for key, rows in findings(view).items()]
    return tuple(signal_of(view, key, rows, today) for key, rows in sorted(standing) if rows)


def findings(view: View) -> dict[Key, list[Finding]]:
    """What every rule finds for every child, whether it stands yet, no longer, or not until a wait runs out."""
    found = _run(view, live=False)
    by_child: dict[str, list[Finding]] = defaultdict(list)
    for (_, child), rows in found.items():
        by_child[child] += rows
    return found | _run(view.with_live(by_child), live=True)


def _run(view: View, *, live: bool) -> dict[Key, list[Finding]]:
    found: dict[Key, list[Finding]] = {}
    for rule in RULES:
        if rule.reads_live is live:
            for child in view.children:
                if rows := list(rule.find(view, child)):
                    found[rule.spec.id, child.key] = rows
    return found


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
