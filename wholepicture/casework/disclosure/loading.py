"""Rows of the ledger as the values that rules judge; only inside `acting`."""

from __future__ import annotations

from uuid import UUID

from django.db import connections

from wholepicture.agencies.queries import practitioners, teams
from wholepicture.casework.disclosure.models import (
    DisclosedDocumentRow,
    DisclosureEventRow,
    DisclosureItemRow,
    DisclosureRow,
    DisclosureStopRow,
    DisclosureWordsRow,
    InformationRequestRow,
)
from wholepicture.casework.disclosure.types import (
    Channel,
    DocumentKind,
    Draft,
    Event,
    LeftOut,
    Made,
    Recipient,
    RecipientKind,
    Stop,
    StopCode,
    Threshold,
    Why,
)


def alone(disclosure: UUID) -> None:
    """Let nobody else move this row on until this is done: two people who press in one moment come one by one."""
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"disclosure {disclosure}"])


def file_digest(disclosure: UUID) -> str:
    """SHA-256 of the file as it was made; blank where there is none."""
    found = DisclosedDocumentRow.objects.filter(disclosure=disclosure).values_list("digest", flat=True).first()
    return found or ""


def draft_of(row: DisclosureRow) -> tuple[Draft, Made]:
    """The draft and its file as they were made."""
    words = DisclosureWordsRow.objects.get(disclosure=row)
    file = DisclosedDocumentRow.objects.get(disclosure=row)
    items = list(DisclosureItemRow.objects.filter(disclosure=row).order_by("id").values_list("entry", "left_out"))
    draft = Draft(
        child=row.child,
        recipient=_recipient(row, words),
        document=DocumentKind(row.document),
        channel=Channel(row.channel),
        why=Why(words.purpose, row.gateway, Threshold(row.threshold), words.basis,
                row.family_told, words.told_words, words.harm_words, words.conditions, row.request_id),
        address=words.address,
        text=words.text,
        kept=tuple(entry for entry, reason in items if not reason),
        left_out=tuple((entry, LeftOut(reason)) for entry, reason in items if reason),
        supersedes=row.supersedes_id,
    )  # fmt: skip
    return draft, Made(file.name, file.content_type, bytes(file.data))


def _recipient(row: DisclosureRow, words: DisclosureWordsRow) -> Recipient:
    found = next((p for p in practitioners() if p.id == row.recipient_practitioner), None)
    team = teams().get(found.team) if found else None
    return Recipient(
        kind=RecipientKind(row.recipient_kind), name=words.recipient_name, role=row.recipient_role,
        organisation=row.recipient_organisation, agency=team.agency if team else "", team=team.code if team else "",
        practitioner=row.recipient_practitioner, person=words.recipient_person,
    )  # fmt: skip


def request_of(request: UUID | None, child: UUID) -> InformationRequestRow | None:
    """The request about the child with this id; None for none."""
    if request is None:
        return None
    return InformationRequestRow.objects.filter(id=request, child=child).first()


def events_of(disclosure: UUID) -> list[Event]:
    """What happened to it, in order."""
    rows = DisclosureEventRow.objects.filter(disclosure=disclosure).order_by("id").values_list("event", flat=True)
    return [Event(e) for e in rows]


def stops_found(disclosure: UUID) -> list[Stop]:
    """What stopped it when it was last searched."""
    last = DisclosureEventRow.objects.filter(disclosure=disclosure, event=Event.STOPPED.value).order_by("-id").first()
    return [_stop(row) for row in DisclosureStopRow.objects.filter(event=last).order_by("id")] if last else []


def approved_stops(disclosure: UUID) -> list[Stop]:
    """What somebody has let go: what had been found when they approved, unless somebody later did not."""
    settled: list[Stop] = []
    for event in DisclosureEventRow.objects.filter(disclosure=disclosure).order_by("id"):
        if event.event == Event.APPROVED.value:
            earlier = DisclosureStopRow.objects.filter(disclosure=disclosure, event__lt=event.id)
            settled = [_stop(row) for row in earlier.order_by("id")]
        elif event.event == Event.NOT_APPROVED.value:
            settled = []
    return settled


def _stop(row: DisclosureStopRow) -> Stop:
    return Stop(StopCode(row.code), row.place, row.entry)
