"""A family whose page the tests read, built through operations, and how a test reads a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.test import Client

from tests.worlds import NOW, World, authority, build_world
from wholepicture.access.operations import acting
from wholepicture.foundation.when import When
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole, Receipt, ReceiptEvent
from wholepicture.signals.operations import refresh


@dataclass(frozen=True)
class Family:
    """A child with a mother, entries of several agencies, and a question that waits."""

    world: World
    entries: Mapping[str, UUID]


def on(text: str, precision: str | None = None) -> When:
    """A date as a source states it."""
    return When.parse(text, precision)


def received(agency: str, at: str) -> Receipt:
    """That an agency received an entry."""
    return Receipt(agency, ReceiptEvent.RECEIVED, When.parse(at))


def write(
    world: World,
    kind: str,
    occurred: str,
    *,
    agency: str = "social_care",
    role: str = "social worker",
    recorded: str = "",
    summary: str = "Something happened.",
    details: Mapping[str, object] | None = None,
    receipts: tuple[Receipt, ...] = (),
    supersedes: UUID | None = None,
    mother: AboutRole | None = None,
) -> UUID:
    """Write an entry about the child, and about the mother in a role where one is given."""
    about: tuple[tuple[UUID, AboutRole], ...] = ((world.child_identity, AboutRole.SUBJECT),)
    if mother is not None:
        about += ((world.mother_identity, mother),)
    return add_entry(
        authority=authority(),
        entry=NewEntry(
            kind,
            on(occurred),
            on(recorded or occurred),
            agency,
            role,
            about,
            summary,
            details or {},
            receipts,
            supersedes=supersedes,
        ),
    )


def build_family() -> Family:
    """Two unanswered incidents, a visit, words, a late notice: the least that a child's page must show."""
    world = build_world()
    made = {
        "first": write(
            world, "domestic_abuse_incident", "2026-01-05", agency="police", role="police officer",
            summary="Shouting heard by a neighbour.", details={"grade": "standard", "alcohol": True},
            receipts=(received("health_visiting", "2026-01-20"),), mother=AboutRole.VICTIM,
        ),
        "second": write(
            world, "domestic_abuse_incident", "2026-02-10", agency="police", role="police officer",
            summary="Mother pushed in the kitchen.", details={"grade": "medium", "children_present": True},
            receipts=(received("social_care", "2026-02-25"),), mother=AboutRole.VICTIM,
        ),
        "visit": write(
            world, "visit", "2026-02-20", summary="Seen at home with her mother.",
            details={"place": "home", "outcome": "completed", "child_seen": True, "child_seen_alone": False},
        ),
        "words": write(
            world, "childs_words", "2026-02-22", agency="school/oak", role="class teacher",
            summary="Spoke at the sand tray.",
            details={"words": "Mama cries in the night", "language": "pl", "alone": True,
                     "interpreter_used": False},
        ),
        "about": write(
            world, "welfare_concern", "2026-01", agency="school/oak", role="class teacher",
            summary="=cmd tired, and wearing the same clothes.", details={"theme": "tiredness"}, recorded="2026-02-01",
        ),
    }  # fmt: skip
    with acting(authority()):
        refresh(authority=authority(), people=[world.child], today=NOW.date())
    return Family(world, made)


def text_of(client: Client, path: str, status: int = 200) -> str:
    """A page's text without its markup, blanks run together."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return plain(response.content.decode())


def plain(page: str) -> str:
    """Markup and doubled blanks left out."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", body)
    for code, sign in (("&#39;", "'"), ("&amp;", "&"), ("&#34;", '"')):
        words = words.replace(code, sign)
    return re.sub(r"\s+", " ", words)


def without_token(page: bytes) -> bytes:
    """A page without the form token, which differs each time whatever the page says."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


TODAY = date(2026, 3, 2)
