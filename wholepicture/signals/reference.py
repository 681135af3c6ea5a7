"""The reference page of the rules, out of their own words, numbers and cases, for `wholepicture docs`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wholepicture.signals.registry import RULES
from wholepicture.signals.specs.book import CASES
from wholepicture.signals.specs.case import PEOPLE, TIES, Case
from wholepicture.signals.telling import AGENCY_OF
from wholepicture.signals.transitions import diagram
from wholepicture.signals.types import RuleSpec

ROLES: Final = {
    **{code: agency.replace("_", " ") for code, agency in AGENCY_OF.items()},
    "MG": "the manager",
    "PL": "the paediatric liaison nurse",
    "IG": "the information governance lead",
    "author": "the agency that wrote the entry",
    "referrer": "the agency that referred the child",
}

TIERS: Final = {
    "interrupt": "at once",
    "list": "in the list of the person who must answer",
    "digest": "in a digest",
}


def pages() -> dict[str, str]:
    """One page for all the rules."""
    parts = [_introduction(), *(_rule(rule.spec) for rule in RULES)]
    return {"docs/reference/signals.md": "\n".join(parts)}


def _introduction() -> str:
    family = f"{_block(PEOPLE)}\n\n{_block(TIES)}"
    return f"""# Signals

A signal is a question to named people about a child or unborn child. It is never a score, a decision about a
threshold or an automatic referral. It shows the entries behind it and the source of its rule; a person answers it
with reasons and a name, and new evidence opens it again. The rules read what every agency recorded; they never read
a name, an ethnicity or an address.

A date of uncertain precision meets a window only if every day that it may be does, and never proves a delay that its
precision cannot. A blank is never a "no". Each signal ends when an entry does what closes it, and is not live from six
months after its last new entry on. Every number is dated configuration: the rule that stood on a day is the one that
is applied to it.

## What may happen to a signal

```mermaid
{diagram()}
```

## The family in the examples

Where an example does not name its own people, it is about this family.

{family}
"""


def _rule(spec: RuleSpec) -> str:
    return "\n".join([*_words(spec), *_numbers(spec), *_examples(CASES[spec.id])])


def _words(spec: RuleSpec) -> Iterator[str]:
    told = ", ".join(ROLES[role] for role in spec.tell)
    yield f"## {spec.id}: {spec.title}\n"
    yield f"> {spec.question}\n"
    yield f"- **Concern:** `{spec.concern}`"
    yield f"- **Why:** {spec.why} ({spec.source})"
    yield f"- **Asked of:** {told}; it reaches them {TIERS[spec.tier]}"
    yield f"- **What may look like it:** {spec.false_alarms}"
    yield f"- **What closes it:** {spec.human_close}\n"


def _numbers(spec: RuleSpec) -> Iterator[str]:
    if not spec.thresholds:
        return
    yield "| Number | Value | In force from | Source |"
    yield "| --- | --- | --- | --- |"
    for row in spec.thresholds:
        yield f"| {row.name.replace('_', ' ')} | {row.value} {row.unit} | {row.effective.isoformat()} | {row.source} |"
    yield ""


def _examples(cases: tuple[Case, ...]) -> Iterator[str]:
    for heading, raised in (("Asked", True), ("Not asked", False)):
        yield f"### {heading}\n"
        for case in cases:
            if bool(case.raised) is raised:
                yield _example(case)


def _example(case: Case) -> str:
    tables = [t for t, usual in ((case.people, PEOPLE), (case.ties, TIES)) if t != usual]
    blocks = "\n\n".join(_block(t) for t in (*tables, case.entries))
    return f"**{case.title}.** {case.why}\n\n{blocks}\n\n{_outcome(case)}\n"


def _outcome(case: Case) -> str:
    if not case.raised:
        return f"On {case.today}: nothing is asked."
    asked = "; ".join(f"about {child}, on {', '.join(ids)}" for child, ids in case.evidence.items())
    first = " for the first time" if case.from_day else ""
    return f"On {case.today}, asked{first}: {asked}."


def _block(table: str) -> str:
    lines = [line.strip() for line in table.strip().splitlines()]
    return "```text\n" + "\n".join(f"  {line}" if line.startswith(">") else line for line in lines) + "\n```"
