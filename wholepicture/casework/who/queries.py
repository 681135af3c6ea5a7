"""Who else on the record somebody may be, as the matcher says: for the engine, since it reads everybody."""

from __future__ import annotations

from uuid import UUID

from wholepicture.people.matching.queries import match_again
from wholepicture.people.queries import identities_of


def may_also_be(person: UUID) -> dict[UUID, str]:
    """Others whom this person may be, with what agrees, likeliest first; only inside `acting`.

    A page names none of them whom its reader has no claim to.
    """
    found: dict[UUID, str] = {}
    for verdict in match_again(identities_of(person), without=[person]):
        if verdict.link is not None:
            found.setdefault(verdict.link, verdict.why)
        for candidate in verdict.candidates:
            found.setdefault(candidate.person, candidate.why)
    return found
