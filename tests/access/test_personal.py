"""A record lent to one practitioner: nobody else of the team reads it, it ends, and it is never lent for long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.conftest import Store
from tests.worlds import NOW, authority, build_world, practitioner
from wholepicture.access.operations import viewing
from wholepicture.access.personal import LONGEST, lend, take_back
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Purpose, Viewer
from wholepicture.foundation.refusals import Refused


def sees(viewer: Viewer, person: UUID) -> bool:
    """Whether the database lets the viewer open a person's record."""
    try:
        with viewing(viewer, permission=Permission.VIEW_CHILD, purpose=Purpose.SUPERVISE, now=NOW, act="child.picture",
                     person=person):  # fmt: skip
            return True
    except Refused:
        return False


def test_it_is_lent_to_one_and_taken_back(store: Store) -> None:
    world = build_world()
    one, other = (practitioner(n, "manager", "social_care", "social_care:south") for n in ("mia", "max"))
    who = UUID(one.actor.practitioner)
    with pytest.raises(Refused, match="half a year"):
        lend(authority=authority(), team=one.actor.team, practitioner=who, person=world.child, ground="to test",
             since=NOW, until=NOW + LONGEST + timedelta(days=1))  # fmt: skip
    assert not sees(one, world.child)
    now = datetime.now(UTC)
    lend(authority=authority(), team=one.actor.team, practitioner=who, person=world.child, ground="to test", since=now,
         until=now + timedelta(days=1))  # fmt: skip
    assert (sees(one, world.child), sees(other, world.child), sees(one, world.other_child)) == (True, False, False)
    back = partial(take_back, authority=authority(), practitioner=who, person=world.child, reason="done")
    assert (back(ground="another ground"), back(ground="to test")) == (0, 1)
    assert not sees(one, world.child)
