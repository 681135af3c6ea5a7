"""Reads of the ledger. Row-level security decides what a reader gets of each row; call inside `access.viewing`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connections
from django.db.models import Q, QuerySet

from wholepicture.access.engine import engine_is_acting
from wholepicture.agencies.queries import practitioners, teams
from wholepicture.casework.disclosure.facts import commenced
from wholepicture.casework.disclosure.gateways import Gateway, gateway, gateways_on
from wholepicture.casework.disclosure.models import (
    DisclosedDocumentRow,
    DisclosureEventRow,
    DisclosureItemRow,
    DisclosureRow,
    DisclosureSaidRow,
    DisclosureStopRow,
    DisclosureWordsRow,
    InformationRequestRow,
)
from wholepicture.casework.disclosure.rules import APPROVERS, GONE, LEADS, LIVE, approver_of, seal_of, state_of
from wholepicture.casework.disclosure.types import (
    Approver,
    Event,
    LeftOut,
    Made,
    Outcome,
    Recipient,
    RecipientKind,
    Stop,
    StopCode,
)
from wholepicture.foundation.authority import Viewer


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a share or refusal, and what was said of it where the reader may read that."""

    event: Event
    at: datetime
    by: UUID | None
    by_name: str
    by_role: str
    words: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of it, for readers who may read all that went."""

    recipient_name: str
    address: str
    purpose: str
    basis: str
    told_words: str
    harm_words: str
    conditions: str
    reason: str
    text: str
    recipient_person: UUID | None


@dataclass(frozen=True, slots=True)
class DisclosureCard:
    """A row of the ledger as pages show it; `words` is None for whoever may know only that it was made."""

    id: UUID
    child: UUID
    outcome: Outcome
    document: str
    recipient_kind: RecipientKind
    recipient_practitioner: UUID | None
    recipient_role: str
    recipient_organisation: str
    channel: str
    gateway: Gateway | None
    threshold: str
    request: UUID | None
    requested: bool
    family_told: bool
    kept: int
    left_out: int
    by: UUID | None
    by_name: str
    by_role: str
    by_team: str
    by_agency: str
    at: datetime
    reviewer: UUID | None
    reviewer_name: str
    review_by: date | None
    supersedes: UUID | None
    superseded_by: UUID | None
    steps: tuple[Step, ...]
    words: Words | None
    items: tuple[tuple[UUID, LeftOut | None], ...] = field(default=())
    by_hand: int = 0

    @property
    def state(self) -> str:
        """Ready, stopped, approved, withdrawn, sent, received, opened, refused, upheld or overturned."""
        return state_of(s.event for s in self.steps)

    @property
    def live(self) -> bool:
        """Whether it has not left and still may."""
        return self.state in LIVE

    @property
    def gone(self) -> bool:
        """Whether it has left."""
        return self.state in GONE

    @property
    def left_altogether(self) -> int:
        """How many entries do not go, those that were left out by hand too where the reader may know of them."""
        return self.left_out + self.by_hand

    @property
    def corrects(self) -> bool:
        """Whether it puts right the row of something that had left, and is not another sending."""
        return any(s.event is Event.CORRECTED for s in self.steps)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """What stopped it when it was last searched."""
        return next((s.stops for s in reversed(self.steps) if s.event is Event.STOPPED), ())

    @property
    def approver(self) -> Approver | None:
        """Who may let it go, where it is stopped."""
        return approver_of(self.stops) if self.state == "stopped" else None

    def review_waits(self, day: date) -> bool:
        """Whether it is a refusal whose review is overdue on that day."""
        return self.state == "refused" and self.review_by is not None and self.review_by < day


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request for information from outside; `answers` are the rows that answer it."""

    id: UUID
    child: UUID
    asker: Recipient
    asked: str
    purpose: str
    at: datetime
    due_on: date
    by_name: str
    answers: tuple[DisclosureCard, ...]

    @property
    def open(self) -> bool:
        """Whether nobody has answered it by a share that left or a refusal."""
        return not any(a.state not in (*LIVE, "withdrawn") for a in self.answers)


def disclosures_of(child: UUID) -> list[DisclosureCard]:
    """The ledger of a child, the latest first."""
    return _cards(DisclosureRow.objects.filter(child=child))


def disclosure_card(disclosure: UUID) -> DisclosureCard | None:
    """One row; None where the reader may not see it or there is none."""
    return next(iter(_cards(DisclosureRow.objects.filter(id=disclosure))), None)


def waiting_for(viewer: Viewer) -> list[DisclosureCard]:
    """What waits for the viewer: stopped for a second person, or a refusal that they are to review."""
    who = UUID(viewer.actor.practitioner)
    live = DisclosureRow.objects.exclude(events__event__in=["sent", "withdrawn", "upheld", "overturned"])
    found = _cards(live.filter(Q(outcome=Outcome.SHARED.value) | Q(reviewer=who)))
    return [c for c in found if _waits_for(c, who, viewer.actor.role)]


def sent_to(viewer: Viewer) -> list[DisclosureCard]:
    """What was sent to the viewer in Whole Picture, the latest first."""
    who = UUID(viewer.actor.practitioner)
    rows = DisclosureRow.objects.filter(recipient_practitioner=who, channel="in_app", events__event="sent")
    return _cards(rows.distinct())


def overdue_reviews(day: date) -> list[DisclosureCard]:
    """Refusals that the reader may see, whose review is overdue."""
    rows = DisclosureRow.objects.filter(outcome=Outcome.REFUSED.value, review_by__lt=day, events__isnull=True)
    return sorted(_cards(rows), key=lambda c: (c.review_by or day, c.id))


def document_of(disclosure: UUID) -> Made | None:
    """The file; None where the reader may not read it. A row that corrects another has the file of that one."""
    row = _file(disclosure)
    return Made(row.name, row.content_type, bytes(row.data)) if row else None


def sealed(card: DisclosureCard) -> tuple[Made, str, str] | None:
    """The file, its SHA-256, and the seal of it with what stops it (`rules.seal_of`); None where the reader may not
    read it."""
    row = _file(card.id)
    if row is None:
        return None
    return Made(row.name, row.content_type, bytes(row.data)), row.digest, seal_of(row.digest, card.stops)


def _file(disclosure: UUID) -> DisclosedDocumentRow | None:
    one: UUID | None = disclosure
    while one is not None:
        found = DisclosedDocumentRow.objects.filter(disclosure=one).first()
        corrects = DisclosureEventRow.objects.filter(disclosure=one, event=Event.CORRECTED.value)
        if found is not None or not corrects.exists():
            return found
        one = DisclosureRow.objects.filter(id=one).values_list("supersedes", flat=True).first()
    return None


def requests_of(child: UUID) -> list[RequestCard]:
    """Requests for information about a child, the latest first."""
    rows = list(InformationRequestRow.objects.filter(child=child).order_by("-at", "-id"))
    answers: defaultdict[UUID | None, list[DisclosureCard]] = defaultdict(list)
    for card in disclosures_of(child) if rows else ():
        answers[card.request].append(card)
    return [_request(row, tuple(answers[row.id])) for row in rows]


def request_card(child: UUID, request: UUID) -> RequestCard | None:
    """One request; None where the reader may not see it or there is none."""
    return next((r for r in requests_of(child) if r.id == request), None)


def open_gateways(day: date) -> tuple[Gateway, ...]:
    """The ways in law that are in force on a day."""
    return gateways_on(day, commenced())


def recipients() -> list[Recipient]:
    """Everybody in the directory as a recipient, by name."""
    directory = teams()
    return [
        Recipient(
            RecipientKind.PRACTITIONER, p.name, p.role, directory[p.team].name, directory[p.team].agency, p.team, p.id
        )
        for p in practitioners()
        if p.team in directory
    ]


def reviewers(viewer: Viewer) -> list[tuple[UUID, str, str]]:
    """Who may review a refusal of the viewer's: id, name and role."""
    own = UUID(viewer.actor.practitioner)
    return [(p.id, p.name, p.role) for p in practitioners(roles=LEADS) if p.id != own]


def _waits_for(card: DisclosureCard, who: UUID, role: str) -> bool:
    if card.state == "refused":
        return card.reviewer == who
    needed = card.approver
    if needed is None or card.by == who:
        return False
    if card.recipient_practitioner == who:
        return False
    return role in APPROVERS if needed is Approver.LEAD else needed is Approver.SECOND and role != "ig_lead"


def _request(row: InformationRequestRow, answers: tuple[DisclosureCard, ...]) -> RequestCard:
    asker = Recipient(
        RecipientKind(row.asker_kind), row.asker_name, row.asker_role, row.asker_organisation, person=row.asker_person
    )
    return RequestCard(row.id, row.child, asker, row.asked, row.purpose, row.at, row.due_on, row.by_name, answers)


def _cards(rows: QuerySet[DisclosureRow]) -> list[DisclosureCard]:
    found = sorted(rows, key=lambda r: (r.at, r.id), reverse=True)
    ids = [r.id for r in found]
    steps = _steps(ids)
    words = {w.disclosure_id: w for w in DisclosureWordsRow.objects.filter(disclosure__in=ids)}
    items: defaultdict[UUID, list[tuple[UUID, LeftOut | None]]] = defaultdict(list)
    for row in DisclosureItemRow.objects.filter(disclosure__in=ids).order_by("id"):
        items[row.disclosure_id].append((row.entry, LeftOut(row.left_out) if row.left_out else None))
    later = dict(DisclosureRow.objects.filter(supersedes__in=ids).values_list("supersedes", "id"))
    hand = _by_hand(ids)
    return [_card(r, steps[r.id], words.get(r.id), tuple(items[r.id]), later.get(r.id), hand) for r in found]


def _by_hand(ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many entries were left out by hand, for whoever may know that any were."""
    if engine_is_acting() or not ids:
        rows = DisclosureItemRow.objects.filter(disclosure__in=ids, left_out=LeftOut.SENDER.value)
        return Counter(rows.values_list("disclosure", flat=True))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM casework_left_by_hand(%s)", [list(ids)])
        return dict(cursor.fetchall())


def _card(
    row: DisclosureRow,
    steps: Sequence[Step],
    words: DisclosureWordsRow | None,
    items: tuple[tuple[UUID, LeftOut | None], ...],
    later: UUID | None,
    hand: Mapping[UUID, int],
) -> DisclosureCard:
    return DisclosureCard(
        id=row.id, child=row.child, outcome=Outcome(row.outcome), document=row.document,
        recipient_kind=RecipientKind(row.recipient_kind), recipient_practitioner=row.recipient_practitioner,
        recipient_role=row.recipient_role, recipient_organisation=row.recipient_organisation, channel=row.channel,
        gateway=gateway(row.gateway), threshold=row.threshold, request=row.request_id, requested=row.requested,
        family_told=row.family_told, kept=row.kept, left_out=row.left_out, by=row.by, by_name=row.by_name,
        by_role=row.by_role, by_team=row.by_team, by_agency=row.by_agency, at=row.at, reviewer=row.reviewer,
        reviewer_name=row.reviewer_name, review_by=row.review_by, supersedes=row.supersedes_id, superseded_by=later,
        steps=tuple(steps), items=items, by_hand=hand.get(row.id, 0),
        words=None if words is None else Words(
            words.recipient_name, words.address, words.purpose, words.basis, words.told_words, words.harm_words,
            words.conditions, words.reason, words.text, words.recipient_person),
    )  # fmt: skip


def _steps(ids: Sequence[UUID]) -> defaultdict[UUID, list[Step]]:
    rows = list(DisclosureEventRow.objects.filter(disclosure__in=list(ids)).order_by("id"))
    said = dict(DisclosureSaidRow.objects.filter(event__in=[r.id for r in rows]).values_list("event", "words"))
    stops: defaultdict[int, list[Stop]] = defaultdict(list)
    for stop in DisclosureStopRow.objects.filter(disclosure__in=list(ids)).order_by("id"):
        stops[stop.event_id].append(Stop(StopCode(stop.code), stop.place, stop.entry))
    found: defaultdict[UUID, list[Step]] = defaultdict(list)
    for r in rows:
        step = Step(Event(r.event), r.at, r.by, r.by_name, r.by_role, said.get(r.id, ""), tuple(stops[r.id]))
        found[r.disclosure_id].append(step)
    return found
