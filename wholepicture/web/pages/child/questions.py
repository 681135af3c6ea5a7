"""The live questions about a child: what is asked, why, on which entries, of whom, and what was answered before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.people.types import FamilyRecord
from wholepicture.signals.engine import evaluate
from wholepicture.signals.queries import SignalCard, SignalStep
from wholepicture.signals.registry import SPECS
from wholepicture.web.drawings.picture import Question
from wholepicture.web.drawings.words import agency_words, kind_words, name_words

_ROLES: Final = {
    "SW": "the social worker",
    "HV": "the health visitor",
    "SN": "the school nurse",
    "MW": "the midwife",
    "DSL": "the school’s safeguarding lead",
    "GP": "the GP",
    "PO": "police",
    "PL": "the paediatric liaison nurse",
    "MG": "the manager",
    "IG": "the information governance lead",
    "referrer": "whoever referred",
    "recipient": "whoever was asked",
}
QUIET: Final = "quiet"  # still unanswered, but no new entry for six months
_TIERS: Final = {"interrupt": "Answer now", "list": "Waiting", "digest": "For review"}
_TIER_ORDER: Final = {"interrupt": 0, "list": 1, "digest": 2}


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry behind a question; `shown` False means that the reader may not see it and is told whom to ask."""

    id: str
    words: str
    summary: str
    shown: bool


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One question as the page shows it; `id` is blank where it was worked out for a past day: nobody can answer it."""

    id: str
    rule: str
    title: str
    question: str
    why: str
    source: str
    tier: str
    tier_words: str
    person: str
    whose: str
    raised: date
    days: int
    asked: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    status: str
    steps: tuple[SignalStep, ...]
    waits: bool


def from_store(record: FamilyRecord, cards: Iterable[SignalCard], today: date) -> list[QuestionCard]:
    """Questions as they stand in the store: those that wait first, the most pressing first."""
    found = [_stored(record, card, today) for card in cards if card.status != "ended"]
    return sorted(found, key=lambda q: (not q.waits, _TIER_ORDER.get(q.tier, 9), q.raised, q.rule))


def on_past_day(record: FamilyRecord, children: Sequence[str], day: date) -> list[QuestionCard]:
    """The questions that would have stood on a past day, worked out from what was known by then."""
    wanted = set(children)
    found = [
        _card(
            record, day, id_="", rule=s.rule, tier=str(s.tier), person=s.person, raised=s.raised, question=s.question,
            tell=s.tell, evidence=s.entries, status="raised" if s.live else QUIET, steps=(), waits=s.live,
        )
        for s in evaluate(record, day)
        if s.person in wanted
    ]  # fmt: skip
    return sorted(found, key=lambda q: (not q.waits, _TIER_ORDER.get(q.tier, 9), q.raised, q.rule))


def for_picture(cards: Iterable[QuestionCard]) -> list[Question]:
    """The waiting questions as the drawing takes them."""
    return [
        Question(c.rule, c.person, c.raised, c.question, tuple(e.id for e in c.evidence if e.shown))
        for c in cards
        if c.waits
    ]


def _stored(record: FamilyRecord, card: SignalCard, today: date) -> QuestionCard:
    return _card(
        record, today, id_=str(card.id), rule=card.rule, tier=card.tier, person=str(card.person),
        raised=card.raised_on, question=card.question, tell=card.tell, evidence=[str(e) for e in card.evidence],
        status=card.status, steps=card.steps, waits=card.waits,
    )  # fmt: skip


def _card(
    record: FamilyRecord,
    day: date,
    *,
    id_: str,
    rule: str,
    tier: str,
    person: str,
    raised: date,
    question: str,
    tell: Sequence[str],
    evidence: Sequence[str],
    status: str,
    steps: tuple[SignalStep, ...],
    waits: bool,
) -> QuestionCard:
    spec = SPECS.get(rule)
    return QuestionCard(
        id=id_,
        rule=rule,
        title=spec.title if spec else rule,
        question=question,
        why=spec.why if spec else "",
        source=spec.source if spec else "",
        tier=tier,
        tier_words=_TIERS.get(tier, tier),
        person=person,
        whose=name_words(record.people.get(person), person),
        raised=raised,
        days=max(0, (day - raised).days),
        asked=tuple(dict.fromkeys(asked_words(code) for code in tell)),
        evidence=_evidence(record, evidence),
        status=status,
        steps=steps,
        waits=waits,
    )


def asked_words(code: str) -> str:
    """Whom a code of `tell` means: an agency, or a role where no agency stands for it."""
    return _ROLES.get(code) or agency_words(code)


def withheld_words(asked: Sequence[Sequence[str]]) -> str:
    """That questions wait which are not for this reader, and whom to ask; blank for none (principle 9)."""
    if not asked:
        return ""
    what = "question waits" if len(asked) == 1 else "questions wait"
    rests = "It rests" if len(asked) == 1 else "They rest"
    whom = dict.fromkeys(asked_words(code) for codes in asked for code in codes)
    ask = f" Ask {' or '.join(whom)}." if whom else ""
    return f"{len(asked)} {what} that you may not read. {rests} on entries that are not shown to you.{ask}"


def _evidence(record: FamilyRecord, ids: Iterable[str]) -> tuple[Evidence, ...]:
    shown = [record.entry[i] for i in ids if i in record.entry]
    hidden = [i for i in ids if i not in record.entry]
    found = [
        Evidence(e.id, f"{e.occurred.in_words()}: {kind_words(e.kind)}, {agency_words(e.agency)}", e.summary, True)
        for e in sorted(shown, key=lambda e: e.occurred.sort_key())
    ]
    if hidden:
        many = "an entry that is" if len(hidden) == 1 else f"{len(hidden)} entries that are"
        found.append(Evidence(hidden[0], f"It rests on {many} held and not shown to you", "", False))
    return tuple(found)


def signal_of(cards: Iterable[SignalCard], wanted: UUID) -> SignalCard | None:
    """The child's own signal of that id; another child's is none of this page's."""
    return next((card for card in cards if card.id == wanted), None)
