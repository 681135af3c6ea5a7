"""Who acts, for what purpose, and the proof that access allowed it.

`Authority` is a required argument of every operation, `Viewer` and a purpose of every query. Only the access
package constructs an Authority (a test proves it), so a write that nobody allowed is a type error.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class Purpose(enum.StrEnum):
    """Why somebody looks or acts; recorded with every read (Children Act 1989 ss17, 47; 2004 ss10, 11)."""

    PROTECT = "protect"  # making enquiries or protecting a child (s47)
    ASSESS = "assess"  # assessing or helping a child in need (s17)
    SCREEN = "screen"  # deciding what a contact or notice needs
    CARE = "care"  # giving health care or schooling to the child
    SUPERVISE = "supervise"  # supervising those who do
    RECORD = "record"  # writing down what was seen, heard or done
    AUDIT = "audit"  # examining how the record was used
    RETAIN = "retain"  # deciding how long a record is kept (UK GDPR Art 5(1)(e))
    RIGHTS = "rights"  # answering a person who asks what is held about them (UK GDPR Art 15)


@dataclass(frozen=True, slots=True)
class Actor:
    """A practitioner as the record names them: who, in which role, for which agency and team."""

    practitioner: str
    name: str
    role: str
    agency: str
    team: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in practitioner; `session` is the token whose hash the database resolves to them."""

    actor: Actor
    session: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Access's decision that this actor may do this act for this purpose at this moment (UTC)."""

    actor: Actor
    act: str
    purpose: Purpose
    decided: datetime
    ground: str
