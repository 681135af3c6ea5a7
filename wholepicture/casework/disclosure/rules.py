"""What may leave and to whom, decided: what a document leaves out, why it stops, and who may let it go. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wholepicture.access.policy import FieldClass, Level, class_of, level_of
from wholepicture.casework.disclosure.gateways import Gateway
from wholepicture.casework.disclosure.types import (
    Approver,
    Channel,
    Correction,
    DocumentKind,
    Draft,
    Event,
    Found,
    LeftOut,
    Offered,
    Recipient,
    RecipientKind,
    Stop,
    StopCode,
    Threshold,
    Why,
)

LEADS: Final = ("manager", "named_nurse", "ig_lead")
"""Who reviews a refusal."""
APPROVERS: Final = ("manager", "named_nurse")
"""Who may let go what is stopped for an alleged perpetrator or a shielded place: having read it, which a governance
lead never does."""

SHORTEST = 20  # characters of a reason: a sentence, not a tick


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a stop means, what to do about it, and who may let it go all the same."""

    words: str
    remedy: str
    approver: Approver


REMEDIES: Final[Mapping[StopCode, Remedy]] = {
    StopCode.LINKED: Remedy(
        "The recipient is linked to this child as an alleged perpetrator",
        "Choose somebody else, or ask a manager or a named nurse to read it.",
        Approver.LEAD),
    StopCode.HOUSEHOLD: Remedy(
        "The recipient lives with somebody who is linked to this child as an alleged perpetrator",
        "Choose another way or somebody else, or ask a manager or a named nurse to read it.",
        Approver.LEAD),
    StopCode.SHIELDED: Remedy(
        "It names a place that is kept from somebody",
        "Take the place out: a street, postcode, school, nursery, surgery or team there may lead to their door. "
        "If it must stay, ask for a release for this document: somebody of another team decides.",
        Approver.RELEASE),
    StopCode.SHIELDED_ADDRESS: Remedy(
        "It would be posted to an address that is kept from somebody",
        "Give it by hand or in Whole Picture, or ask for a release for this document.",
        Approver.RELEASE),
    StopCode.OLD_ADDRESS: Remedy(
        "It would be posted to an address where the recipient no longer lives",
        "Use the address where they live now, or ask a second person to approve it with a reason.",
        Approver.SECOND),
    StopCode.UNKNOWN_ADDRESS: Remedy(
        "It would be posted to an address that is not on record as the recipient’s",
        "Check it with them, record it, or ask a second person to approve it with a reason.",
        Approver.SECOND),
    StopCode.NO_ROLE: Remedy(
        "Nobody has said what the recipient’s role is, so nobody can say what they may read",
        "Make it again and choose their role.",
        Approver.NOBODY),
    StopCode.KEPT_OUT: Remedy(
        "This cannot be sent to that practitioner",
        "Choose a colleague of theirs, or ask the information governance lead.",
        Approver.NOBODY),
    StopCode.HAND_OF_PARENT: Remedy(
        "What one professional sends another never goes by the hand of a parent or carer",
        "Send it straight to them: in Whole Picture, by secure email, by post or by hand.",
        Approver.NOBODY),
    StopCode.STALE: Remedy(
        "The record has grown since this was made",
        "Read what is new and make it again, or ask a second person to approve it with a reason.",
        Approver.SECOND),
    StopCode.CORRECTED: Remedy(
        "It holds an entry that has been corrected",
        "Make it again, so that it says what now stands, or ask a second person to approve it with a reason.",
        Approver.SECOND),
    StopCode.UNREADABLE: Remedy(
        "The file cannot be opened and searched",
        "Make it again in another form.",
        Approver.NOBODY),
}  # fmt: skip


def stops(draft: Draft, found: Found) -> tuple[Stop, ...]:
    """Every reason why a draft may not leave now, each with its place, the gravest first."""
    to = f"to {draft.recipient.name}" if draft.recipient.name else "the recipient"
    asked: list[Stop] = []
    if found.linked:
        asked.append(Stop(StopCode.LINKED, to))
    if found.shares_home_with_linked and not found.linked:
        asked.append(Stop(StopCode.HOUSEHOLD, to))
    asked += [Stop(StopCode.SHIELDED, place, entry) for place, entry in found.guarded]
    asked += _of_the_way(draft, found)
    if not found.role_known:
        asked.append(Stop(StopCode.NO_ROLE, to))
    if found.kept_out:
        asked.append(Stop(StopCode.KEPT_OUT, to))
    if found.unreadable:
        asked.append(Stop(StopCode.UNREADABLE, "the file"))
    asked += [Stop(StopCode.STALE, "an entry written since", entry) for entry in found.newer]
    asked += [Stop(StopCode.CORRECTED, "an entry in it", entry) for entry in found.corrected]
    return tuple(dict.fromkeys(asked))


def _of_the_way(draft: Draft, found: Found) -> list[Stop]:
    if draft.channel is Channel.HAND_OF_PARENT and draft.recipient.kind is not RecipientKind.FAMILY:
        return [Stop(StopCode.HAND_OF_PARENT, "how it goes")]
    if draft.channel is not Channel.POST:
        return []
    if found.address_shielded:
        return [Stop(StopCode.SHIELDED_ADDRESS, "the address")]
    if found.address_old:
        return [Stop(StopCode.OLD_ADDRESS, "the address")]
    return [] if found.address_known else [Stop(StopCode.UNKNOWN_ADDRESS, "the address")]


def approver_of(found: Iterable[Stop]) -> Approver | None:
    """Who may let all of these go: whoever the gravest asks for; None where nothing stops."""
    return max((REMEDIES[stop.code].approver for stop in found), default=None)


def seal_of(digest: str, found: Iterable[Stop]) -> str:
    """SHA-256 of a file's digest and of everything that stops it: what a second person reads, and approves no more."""
    said = [digest, *sorted([s.code.value, s.place, str(s.entry or "")] for s in found)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def why_may_not_approve(role: str, *, own: bool, shares: bool, needed: Approver | None) -> str:
    """Why somebody may not let it go, in a sentence; blank where they may. `own`: they made it, or it is for them.

    `shares`: their role shares information.
    """
    if needed is None:
        return "Nothing here waits for a second person."
    if needed is Approver.RELEASE:
        return "It names a place that is kept: only a release for this document lets it go."
    if needed is Approver.NOBODY:
        return "Nobody can approve this: it must be put right first."
    if own:
        return "Somebody else must approve what you made, or what is for you."
    if needed is Approver.LEAD and role not in APPROVERS:
        return "A manager or a named nurse must approve this."
    return "" if shares else "Your role does not share information, and reads none of this."


def unsettled(found: Sequence[Stop], approved: Iterable[Stop]) -> tuple[Stop, ...]:
    """The stops that nobody has let go. One is let go where the same was approved in the same place.

    An approval is none of a kept place: a release takes that stop away while it lasts, and nothing settles it.
    """
    settled = set(approved)
    return tuple(s for s in found if s not in settled or REMEDIES[s.code].approver >= Approver.RELEASE)


def left_out(offered: Offered, recipient: Recipient, *, guarded: bool, own: frozenset[UUID]) -> LeftOut | None:
    """Why an entry does not go to this recipient; None where it goes.

    `guarded` says that its text names a shielded place; `own` are the recipient and the children in their care.
    """
    if guarded:
        return LeftOut.SHIELDED
    if recipient.kind is RecipientKind.COURT:
        return None
    if recipient.kind is RecipientKind.FAMILY:
        return _left_out_for_family(offered, own)
    read = recipient.agency and recipient.agency in (offered.agency, *offered.shared_with)
    level = level_of(recipient.role, class_of(offered.kind, offered.agency))
    return None if read or level is Level.CONTENT else LeftOut.ROLE


_ACCUSED: Final = "alleged_perpetrator"


def _left_out_for_family(offered: Offered, own: frozenset[UUID]) -> LeftOut | None:
    if offered.kind == "public_concern" or any(role == "informant" and who not in own for who, role in offered.about):
        return LeftOut.INFORMANT
    if class_of(offered.kind, offered.agency) is FieldClass.CHILDS_VOICE:
        return LeftOut.CONFIDENCE
    if class_of(offered.kind, offered.agency) is FieldClass.POLICE:
        return LeftOut.ENQUIRY
    return LeftOut.THIRD_PARTY if any(who not in own for who, _ in offered.about) else None


def faults(draft: Draft, in_force: Sequence[Gateway]) -> dict[str, str]:
    """What is missing or wrong in a draft before it is even made, by field (PRACTICE §7, Disclosure log)."""
    found = why_faults(draft.why, draft.recipient.kind, in_force)
    if draft.channel is Channel.HAND_OF_PARENT and draft.recipient.kind is not RecipientKind.FAMILY:
        found["channel"] = f"{REMEDIES[StopCode.HAND_OF_PARENT].words}. {REMEDIES[StopCode.HAND_OF_PARENT].remedy}"
    elif draft.channel is Channel.IN_APP and draft.recipient.kind is not RecipientKind.PRACTITIONER:
        found["channel"] = "Only somebody in the directory opens it in Whole Picture. Choose another way."
    elif (draft.channel is Channel.TOLD) is not (draft.document is DocumentKind.SPOKEN):
        found["channel"] = "Choose “Told by telephone or face to face” for what you tell them, and only for that."
    if draft.channel is Channel.POST and not draft.address.strip():
        found["address"] = "Enter the address that it is posted to"
    if not draft.recipient.name.strip():
        found["name"] = "Enter who it is for"
    if draft.document.written_here and len(draft.text.strip()) < SHORTEST:
        found["text"] = "Write what you tell them"
    if draft.by_hand and len(draft.left_words.strip()) < SHORTEST:
        found["left_words"] = "Say in a sentence why these entries are left out"
    if not draft.document.written_here and not draft.kept:
        found["document"] = "Nothing of the chronology may go to them: write a letter, or choose other entries"
    return found


def why_faults(why: Why, to: RecipientKind, in_force: Sequence[Gateway]) -> dict[str, str]:
    """What is missing or wrong in the grounds of a share, by field."""
    found = gateway_faults(why.gateway, why.threshold, to, in_force)
    if len(why.purpose.strip()) < SHORTEST:
        found["purpose"] = "Say in a sentence what it is for"
    if why.threshold is Threshold.BELOW and len(why.basis.strip()) < SHORTEST:
        found["basis"] = "Say in a sentence why it may be shared below the threshold"
    if not why.family_told and len(why.told_words.strip()) < SHORTEST:
        found["told_words"] = "Say in a sentence why the family is not told"
    if len(why.harm_words.strip()) < SHORTEST:
        found["harm_words"] = "Say in a sentence whom this could harm, and what you checked"
    return found


def gateway_faults(code: str, threshold: Threshold, to: RecipientKind, in_force: Sequence[Gateway]) -> dict[str, str]:
    """What is wrong with the law that is named: not in force, not for this recipient, or not below the threshold."""
    chosen = next((g for g in in_force if g.code == code), None)
    if chosen is None:
        return {"gateway": "Choose the law that allows it"}
    if to not in chosen.recipients:
        return {"gateway": f"{chosen.law} does not reach this recipient: choose another"}
    if threshold is Threshold.BELOW and not chosen.below:
        return {"gateway": f"{chosen.law} is for what is at or above its threshold: choose another"}
    return {}


def tells_of_hand(to: RecipientKind, gateway: str) -> bool:
    """Whether a document says that its sender left entries out: a court is told, for it must not be misled.

    Nobody else is: that there is something more to find is itself a lead.
    """
    return to is RecipientKind.COURT or gateway == "court-order"


def told_of(out: Iterable[LeftOut], to: RecipientKind, gateway: str) -> list[LeftOut]:
    """Of the reasons for which entries are left out, those that the document counts."""
    return [reason for reason in out if reason is not LeftOut.SENDER or tells_of_hand(to, gateway)]


def correction_faults(
    correction: Correction, to: RecipientKind, threshold: Threshold, in_force: Sequence[Gateway], today: date
) -> dict[str, str]:
    """What is wrong with a correction of something that has left, by field; `in_force` is as of the day it was shared.

    A name is put right only where somebody typed it: a practitioner or a member of the family is who they are.
    """
    found = {}
    if len(correction.reason.strip()) < SHORTEST:
        found["reason"] = "Say in a sentence what was wrong, and how you know"
    if correction.day is not None and correction.day > today:
        found["day"] = "It cannot have been shared on a day to come"
    if correction.name.strip() and to not in TYPED:
        found["name"] = "Whom it went to is chosen from the record or the directory: only a typed name is put right"
    if correction.gateway:
        found |= gateway_faults(correction.gateway, threshold, to, in_force)
    return found


TYPED: Final = (RecipientKind.PROFESSIONAL, RecipientKind.COURT)
"""Recipients whose name somebody typed."""


def state_of(events: Iterable[Event]) -> str:
    """What the events lead to: `ready`, `stopped`, `approved`, `withdrawn`, `sent`, `received`, `opened`, or `refused`
    and its review. A row that corrects one that has left stands for what has left."""
    state = "refused"
    for event in events:
        if event is not Event.HELD_BACK:
            state = _LEADS_TO.get(event, event.value)
    return state


_LEADS_TO: Final = {Event.MADE: "ready", Event.NOT_APPROVED: "stopped", Event.CORRECTED: "sent"}


LIVE: Final = frozenset({"ready", "stopped", "approved"})
"""States of what has not left yet and still may."""
GONE: Final = frozenset({"sent", "received", "opened"})
