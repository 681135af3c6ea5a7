"""Reads of requests: row-level security shows them to the information governance lead and to those who handle them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from wholepicture.casework.models import SubjectDecisionRow, SubjectEventRow, SubjectRequestRow
from wholepicture.casework.subject_access.suggestions import Beside
from wholepicture.casework.subject_access.types import Asker, Cut, Decision, Outcome, Request, Step
from wholepicture.casework.transitions import REQUEST, state_after
from wholepicture.foundation.when import ENGLAND
from wholepicture.people.addresses.queries import guarded_words
from wholepicture.people.loading import NOT_SHOWN
from wholepicture.people.queries import address_keys_of, family_of
from wholepicture.people.types import FamilyRecord
from wholepicture.record.types import AboutRole

_CALLED = {"mother": "the mother", "father": "the father", "sibling": "a sibling", "half_sibling": "a half-sibling"}


def requests_shown() -> list[Request]:
    """Every request that the viewer may see, the latest received first; inside `viewing`."""
    return _requests(SubjectRequestRow.objects.order_by("-received_on", "-logged_at"))


def request_shown(request: UUID) -> Request | None:
    """One request; None where the viewer may not see it or there is none. Inside `viewing` or `acting`."""
    return next(iter(_requests(SubjectRequestRow.objects.filter(id=request))), None)


def state_of(request: Request) -> str:
    """Waiting, reviewing, signing, ready, released or closed (casework.transitions)."""
    return state_after(REQUEST, [s.event for s in request.steps])


def decisions_of(request: UUID) -> dict[UUID, Decision]:
    """The latest decision about each item, by the item; inside `viewing` or `acting`."""
    rows = SubjectDecisionRow.objects.filter(request_id=request).order_by("id")
    return {row.item: _decision(row) for row in rows}


def deciders(request: UUID) -> set[UUID]:
    """Everybody who decided an item of a request; only inside `acting`."""
    return set(SubjectDecisionRow.objects.filter(request_id=request).values_list("by", flat=True))


def beside(person: UUID) -> Beside:
    """Who else stands in a person's record; only inside `acting`, for whoever reviews may not see those people."""
    record = family_of([person])
    own = record.people[str(person)]
    aliases = [i for i in record.identities if i.person == own.key]
    mine = {own.given_name, own.family_name, *(n for i in aliases for n in (i.given_name, i.family_name))}
    others = [p for p in record.people.values() if p.key != own.key and p.family_name != NOT_SHOWN]
    called = _relations(record, own.key)
    names = {
        name: called.get(p.key, "somebody else in the record")
        for p in others
        for name in (p.name, p.given_name, p.family_name)
        if name and name not in mine
    }
    linked = any(set(e.in_role(AboutRole.ALLEGED_PERPETRATOR)) - {own.key} for e in record.about(own.key))
    return Beside(
        own=frozenset(n.casefold() for n in mine if n),
        names=tuple(sorted(names.items())),
        addresses=tuple(address_keys_of([UUID(key) for key in record.people])),
        guarded=tuple(
            (w.text, w.sort.value.replace("_", " ")) for w in guarded_words([UUID(k) for k in record.people])
        ),
        perpetrator_linked=linked,
    )


def _relations(record: FamilyRecord, person: str) -> dict[str, str]:
    ties = [(t.person, t.relation.value) for t in record.relationships if t.other == person]
    return {key: _CALLED.get(relation, f"a {relation.replace('_', ' ')}") for key, relation in ties}


def _requests(rows: Iterable[SubjectRequestRow]) -> list[Request]:
    found = list(rows)
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for event in SubjectEventRow.objects.filter(request__in=found).order_by("id"):
        steps[event.request_id].append(_step(event))
    return [
        Request(
            id=row.id,
            asker=Asker(row.asker),
            asker_name=row.asker_name,
            given_name=row.given_name,
            family_name=row.family_name,
            born=row.born,
            scope=row.scope,
            received_on=row.received_on,
            steps=tuple(steps[row.id]),
        )
        for row in found
    ]


def _step(row: SubjectEventRow) -> Step:
    return Step(
        event=row.event,
        at=row.at,
        on=row.at.astimezone(ENGLAND).date(),
        by=row.by,
        by_name=row.by_name,
        words=row.words,
        person=row.person,
        practitioner=row.practitioner,
        practitioner_name=row.practitioner_name,
    )


def _decision(row: SubjectDecisionRow) -> Decision:
    cuts: list[Mapping[str, object]] = json.loads(row.cuts)
    return Decision(
        item=row.item,
        digest=row.digest,
        outcome=Outcome(row.outcome),
        cuts=tuple(Cut(str(c["part"]), int(str(c["start"])), int(str(c["end"])), str(c["code"])) for c in cuts),
        code=row.code,
        note=row.note,
        by_name=row.by_name,
        at=row.at,
    )
