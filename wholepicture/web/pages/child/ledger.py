"""The ledger in words: who opened the child's record or acted on it, when, as what, and why (principle 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from wholepicture.access.operations import reads_of
from wholepicture.agencies.queries import agency_names, practitioners
from wholepicture.web.navigation import role_title
from wholepicture.web.words import label, say_moment

_ACTS: Final = {
    "child.picture": "opened the picture",
    "child.chronology": "opened the chronology",
    "child.family": "opened the family map",
    "child.growth": "opened the growth chart",
    "child.work": "opened what is due",
    "child.ledger": "opened this ledger",
    "child.question": "opened a question",
    "child.export.docx": "took the chronology out as a Word file",
    "child.export.csv": "took the chronology out as CSV",
    "signal:answer": "answered a question",
    "file.form": "opened the form that adds a file",
    "file.open": "opened a file",
    "file:add": "added a file",
    "entry:add": "wrote an entry",
    "task:answer": "answered a task",
    "screening:decide": "decided a screening",
    "notice:send": "sent a notice",
    "child.exists.told": "looked for the child, and was told whom to ask",
    "stops.open": "opened the page that keeps somebody from the record",
    "stop:set": "kept somebody from the record, or let them see it again",
    "audit.ledger": "read this ledger, as an auditor",
    "retention:hold": "held it, so that it is not destroyed",
    "retention:lift": "lifted a hold",
    "retention:decide": "decided whether it is kept longer",
    "retention:destroy": "confirmed that it is destroyed",
    "retention:lend": "opened it to one practitioner, to review how long it is kept",
    "retention.person": "looked at when it falls due",
    "request:identified": "found it to be the record that somebody asks for",
    "request:assigned": "gave it to a reviewer, to answer a request for it",
    "request:second_reader": "named a second reader, to answer a request for it",
    "request:lend": "opened it to one practitioner, to answer a request for it",
    "request:decide": "decided an item of a request for it",
    "request:beside": "looked for other people’s names in it, to answer a request",
    "request:submitted": "sent a request for it to be signed off",
    "request:signed_off": "signed off what is given of it",
    "request:released": "gave what was asked for",
    "request:closed": "closed a request for it",
    "request.items": "opened the items of a request for it",
    "request.item": "opened an item, to answer a request",
    "request.docx": "took out what a request is answered with, as a Word file",
    "request.csv": "took out the list of what is given and withheld",
    "disclosure.ledger": "opened the ledger of disclosures",
    "disclosure.share": "opened the page that sends or takes out",
    "disclosure.request": "opened the page of a request for information",
    "disclosure.answer": "opened a request for information",
    "disclosure:prepare": "chose what of the chronology may go to somebody",
    "disclosure:make": "made something to be shared",
    "disclosure:send": "sent, or tried to send, something",
    "disclosure:approve": "judged something that had stopped",
    "disclosure.read": "read something before it is sent",
    "disclosure:correct": "put right a slip in the row of something that was sent",
    "disclosure:withdraw": "took back something that had not been sent",
    "disclosure:receipt": "wrote down that something arrived",
    "disclosure:take": "took or opened a file that was sent",
    "disclosure:request": "wrote down a request for information",
    "disclosure:refuse": "refused to share information",
    "disclosure:review": "reviewed a refusal to share",
    "address.view": "opened where the family lives",
    "address.open": "opened the form for an address",
    "shield.open": "opened the form that keeps an address from somebody",
    "shield.view": "opened a shield",
    "address:shield": "kept an address from somebody",
    "shield:household": "asked for whoever lives there to be shielded as well",
    "shield:review": "reviewed a shield",
    "shield:ask_to_end": "asked for a shield to end",
    "shield:end": "agreed that a shield ends",
    "release.open": "opened the form that asks for a shielded address",
    "release:ask": "asked for a shielded address to be released",
    "release:grant": "granted the release of a shielded address",
    "release:refuse": "refused the release of a shielded address",
    "glass:household": "asked for the household to be opened",
    "glass:try": "asked to break the glass",
    "glass:break": "broke the glass",
    "glass:review": "reviewed a break-glass",
}
_PURPOSES: Final = {
    "protect": "to protect the child",
    "assess": "to assess or help the child",
    "screen": "to screen a contact",
    "care": "to give health care or schooling",
    "supervise": "to supervise",
    "record": "to record",
    "audit": "to examine how the record is used",
    "retain": "to decide how long it is kept",
    "rights": "to answer somebody who asked for it",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the ledger."""

    at: str
    who: str
    role: str
    agency: str
    did: str
    why: str


def looks_at(person: UUID) -> list[Look]:
    """Who looked or acted, the latest first; call inside `reading`, which has just added the reader's own line."""
    rows = reads_of(person)
    names = {card.id: card.name for card in practitioners()}
    agencies = agency_names()
    return [
        Look(
            at=say_moment(row.clock),
            who=names.get(row.practitioner, "somebody who has left") if row.practitioner else "Whole Picture itself",
            role=role_title(row.role),
            agency=agencies.get(row.agency, row.agency),
            did=act_words(row.act),
            why=_PURPOSES.get(row.purpose, row.purpose),
        )
        for row in rows
    ]


def act_words(act: str) -> str:
    """What an act of the audit was, in words."""
    asked = act.removesuffix(".refused")
    words = _ACTS.get(asked) or label(asked.replace(":", " ").replace(".", " "))
    return f"was refused: {words}" if asked != act else words
