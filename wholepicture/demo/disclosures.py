"""What left the demonstration's record: a letter sent, one to an alleged perpetrator that stopped, and a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from wholepicture.agencies.queries import practitioners
from wholepicture.casework.disclosure.operations import make, send
from wholepicture.casework.disclosure.queries import recipients
from wholepicture.casework.disclosure.refusing import record_request, refuse
from wholepicture.casework.disclosure.types import (
    Asking,
    Channel,
    DocumentKind,
    Draft,
    Made,
    Recipient,
    RecipientKind,
    Refusal,
    Threshold,
    Why,
)
from wholepicture.exchange.outgoing.letter import write_letter
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Authority
from wholepicture.foundation.letters import Letter

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TO_NURSE: Final = (
    "We have begun an assessment. The children were in the home each time, and a baby is expected. Please see them "
    "before Friday, alone where you can, and tell me what they say and how they are.\nA joint visit is on Thursday."
)
_TO_PARTNER: Final = (
    "We have begun an assessment of the children. I should like to hear from you. Please ring the number on the card "
    "that the officer gave you, and we will meet at our offices."
)
_WHY: Final = Why(
    "So that whoever sees the children this week knows what to look for.", "ca1989-s17", Threshold.ABOVE, "", True, "",
    "Asked the mother when it is safe for her to be rung. Nothing in it says where she goes.",
)  # fmt: skip


def share_some(*, authority: Authority, child: UUID, partner: tuple[UUID, str] | None, now: datetime) -> None:
    """Each by the operation and the role that it takes, as any share or refusal is."""
    nurse = next(r for r in recipients() if r.role == "health_visitor")
    _letter(authority, Draft(child, nurse, DocumentKind.LETTER, Channel.IN_APP, _WHY, text=_TO_NURSE), now)
    if partner is not None:
        him = Recipient(RecipientKind.FAMILY, partner[1], "partner", person=partner[0])
        why = replace(_WHY, purpose="To hear him, as an adult of the home.", gateway="working-with-family")
        _letter(authority, Draft(child, him, DocumentKind.LETTER, Channel.BY_HAND, why, text=_TO_PARTNER), now)
    _refuse(authority, child, now)


def _letter(authority: Authority, draft: Draft, now: datetime) -> None:
    actor = authority.actor
    written = Letter(
        ("Children’s social care", "Aldermere"), f"{now:%-d %B %Y}", (draft.recipient.name,), "About your visit",
        tuple(draft.text.split("\n")), (actor.name,), "Confidential: about a child.",
    )  # fmt: skip
    made = Made(f"letter-{str(draft.child)[-6:]}.docx", WORD, write_letter(written))
    disclosure, stopped = make(authority=authority, draft=draft, made=made, opens=parts_of, now=now)
    if not stopped:
        send(authority=authority, child=draft.child, disclosure=disclosure, opens=parts_of, now=now)


def _refuse(authority: Authority, child: UUID, now: datetime) -> None:
    asker = Recipient(
        RecipientKind.PROFESSIONAL, "Neil Catterall", "practitioner", "Brook Lettings (registered landlord)"
    )
    asking = Asking(child, asker, "Why social care visits, and who lives in the home.", "To decide about the tenancy.")
    request = record_request(authority=authority, asking=asking, now=now)
    reviewer = next(p for p in practitioners(roles=("named_nurse",)))
    why = replace(
        _WHY, purpose="To decide whether the tenancy goes on.", gateway="ca2004-s11", threshold=Threshold.BELOW,
        basis="Public task, and safeguarding: neither is met, since it would help no child.", request=request,
        harm_words="The family could lose the home on what we said. Asked our solicitor.",
    )  # fmt: skip
    reason = "It is not needed to protect a child, and could cost the children their home."
    refuse(authority=authority, refusal=Refusal(child, asker, why, reason, reviewer.id), now=now)
