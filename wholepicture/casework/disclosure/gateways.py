"""The ways in law by which information about a child may be shared, each from the day on which it came into force.

Dated configuration: a duty that is enacted and not commenced has no date here. Whoever runs the service states the
day (`WHOLEPICTURE_COMMENCED`) once it is appointed, and from that day on it is offered (PRACTICE §7, Gateways).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from wholepicture.casework.disclosure.types import RecipientKind

_PROFESSIONALS: Final = (RecipientKind.PRACTITIONER, RecipientKind.PROFESSIONAL)
_ANYBODY: Final = tuple(RecipientKind)


@dataclass(frozen=True, slots=True)
class Gateway:
    """A way in law: what it says in plain English, from when, for which recipients. `since` None is not in force."""

    code: str
    law: str
    words: str
    since: date | None
    recipients: tuple[RecipientKind, ...]
    below: bool = True  # whether it carries what lies below sections 17 and 47


GATEWAYS: Final = (
    Gateway("ca1989-s47", "Children Act 1989 s47",
            "We are making enquiries because a child may be suffering, or likely to suffer, significant harm; "
            "those asked must help.", date(1991, 10, 14), _PROFESSIONALS, below=False),
    Gateway("ca1989-s17", "Children Act 1989 s17",
            "We are safeguarding and promoting the welfare of a child in need.", date(1991, 10, 14), _PROFESSIONALS,
            below=False),
    Gateway("ca2004-s10", "Children Act 2004 s10",
            "We and our partners must cooperate to improve children’s wellbeing.", date(2005, 4, 1), _PROFESSIONALS),
    Gateway("ca2004-s11", "Children Act 2004 s11",
            "We must do our work with regard to safeguarding and promoting the welfare of children.",
            date(2005, 10, 1), _PROFESSIONALS),
    Gateway("ca2004-s16la", "Children Act 2004 s16LA",
            "We hold information relevant to a child’s welfare that may help a partner, and must disclose it unless "
            "that would harm the child more than silence.", None, _PROFESSIONALS),
    Gateway("marac", "Crime and Disorder Act 1998 s115; MARAC protocol",
            "A victim is at high risk of serious harm from domestic abuse, and the conference’s members share what "
            "protects them and the children.", date(1998, 8, 1), _PROFESSIONALS),
    Gateway("crime", "Data Protection Act 2018 Sch 2 para 2; Crime and Disorder Act 1998 s115",
            "It is needed to prevent or detect crime, or to catch or prosecute offenders.", date(2018, 5, 25),
            _PROFESSIONALS),
    Gateway("safeguarding", "Data Protection Act 2018 Sch 1 para 18",
            "It protects a child or an adult at risk, and asking for consent is not possible, not reasonable, or would "
            "undo the protection.", date(2018, 5, 25), _PROFESSIONALS),
    Gateway("consent", "Consent", "The person, or whoever has parental responsibility, agreed to this sharing and "
            "knew what, with whom and why.", date(1991, 10, 14), _ANYBODY),
    Gateway("working-with-family", "Children Act 1989 s17; Working Together to Safeguard Children",
            "We are working with the family and tell them what we do and why.", date(1991, 10, 14),
            (RecipientKind.FAMILY,)),
    Gateway("court-order", "Order or direction of a court",
            "A court ordered or directed that it be disclosed.", date(1991, 10, 14), _ANYBODY),
    Gateway("subject-access", "UK GDPR Article 15; Data Protection Act 2018 s45",
            "Somebody asked for what is held about them, or about a child of theirs.", date(2018, 5, 25),
            (RecipientKind.FAMILY,)),
)  # fmt: skip


def gateways_on(day: date, commenced: Mapping[str, date]) -> tuple[Gateway, ...]:
    """The ways that are in force on a day; `commenced` gives days that this table does not know yet."""
    known = (replace(g, since=commenced.get(g.code, g.since)) for g in GATEWAYS)
    return tuple(g for g in known if g.since is not None and g.since <= day)


def gateway(code: str) -> Gateway | None:
    """The way with this code, in force or not; None for none."""
    return next((g for g in GATEWAYS if g.code == code), None)


def read_commenced(text: str) -> dict[str, date]:
    """`ca2004-s16la=2027-04-01` (several parted by commas) as days by code; raises ValueError naming what is wrong."""
    found = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        code, _, day = item.partition("=")
        if gateway(code) is None:
            raise ValueError(f"“{code}” is no gateway; expected one of {', '.join(g.code for g in GATEWAYS)}")
        found[code] = date.fromisoformat(day)
    return found


def pages() -> dict[str, str]:
    """The reference page of the gateways, for `wholepicture docs`."""
    lines = [
        "# Ways in law to share information about a child",
        "",
        "Every share and refusal on the ledger names one of these. One is offered from the day on which it is in",
        "force; a duty not yet commenced is offered once `WHOLEPICTURE_COMMENCED` states its day",
        "(`WHOLEPICTURE_COMMENCED=ca2004-s16la=2027-04-01`). This is not legal advice.",
        "",
        "| code | law | in plain English | in force from | for | below section 17 and 47 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{g.code}` | {g.law} | {g.words} | {g.since.isoformat() if g.since else 'not commenced'} "
        f"| {'anybody' if g.recipients == _ANYBODY else ', '.join(k.value for k in g.recipients)} "
        f"| {'with the basis and reason recorded' if g.below else 'no'} |"
        for g in GATEWAYS
    ]
    return {"docs/reference/gateways.md": "\n".join(lines) + "\n"}
