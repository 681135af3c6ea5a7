"""Leaving entries out by hand: every entry that would go is shown, ticked; what is unticked stays behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from wholepicture.casework.disclosure.queries import DisclosureCard
from wholepicture.casework.disclosure.types import LeftOut
from wholepicture.web.pages.disclosure.making import Offer

_OURS = frozenset({"csrfmiddlewaretoken", "do", "keep", "seen", "left_words"})


@dataclass(frozen=True, slots=True)
class Hand:
    """What the sender was shown and what they ticked. Nobody has chosen where nothing was shown."""

    seen: frozenset[UUID]
    keep: frozenset[UUID]

    @classmethod
    def of(cls, sent: QueryDict) -> Hand:
        """Read the boxes; what is no id is ignored."""
        return cls(frozenset(_ids(sent.getlist("seen"))), frozenset(_ids(sent.getlist("keep"))))

    @property
    def left(self) -> frozenset[UUID]:
        """What was unticked."""
        return self.seen - self.keep


def why_look(hand: Hand, offered: Sequence[Offer], earlier: DisclosureCard | None) -> str:
    """Why the sender must look at the entries before it is made, in a sentence; blank where they need not.

    What came in since they looked was neither ticked nor unticked; and what an earlier one left out by hand does not
    slip back because nobody thought of it.
    """
    going = {o.id for o in offered if o.reason is None}
    if hand.seen:
        new = len(going - hand.seen)
        are = "is" if new == 1 else "are"
        return f"{new} more would go since you looked, and {are} ticked: look again." if new else ""
    if _left_before(earlier) & going:
        return "The one that this replaces left entries out by hand. They are unticked here too: look at them again."
    return ""


def choices(hand: Hand, offered: Sequence[Offer], earlier: DisclosureCard | None) -> dict[str, Any]:
    """What the page of entries shows: those that would go, each ticked or not, and those that cannot."""
    left = hand.left if hand.seen else _left_before(earlier)
    return {
        "going": [(o, o.id not in left) for o in offered if o.reason is None],
        "not_going": [(o, o.reason.words) for o in offered if o.reason is not None],
    }


def carried(sent: QueryDict) -> list[tuple[str, str]]:
    """The fields of the form before, to be sent again with the boxes: nothing that was typed is lost."""
    return [(name, value) for name, values in sent.lists() if name not in _OURS for value in values]


def _left_before(earlier: DisclosureCard | None) -> frozenset[UUID]:
    return frozenset(e for e, reason in earlier.items if reason is LeftOut.SENDER) if earlier else frozenset()


def _ids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
