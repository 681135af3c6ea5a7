"""Moving a demonstration's clock on lets time do what it does; outside one it is refused."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.casework.town import CaseworkTown, build_town, look, sent
from tests.conftest import Store
from wholepicture.access.clock import today
from wholepicture.casework.clock import move_clock_on, passed_words
from wholepicture.foundation.refusals import Refused
from wholepicture.signals.queries import signals_about


@pytest.fixture
def town(store: Store) -> CaseworkTown:
    """See `CaseworkTown`."""
    return build_town()


@pytest.mark.requirement("R22")
def test_days_that_pass_escalate_and_raise_what_waited(town: CaseworkTown) -> None:
    sent(town)
    before = today()
    passed = move_clock_on(7)
    assert (today() - before).days == 7
    assert (passed.tasks_escalated, passed.notices_escalated) == (1, 1)
    assert passed.children_judged > 0
    assert "told to a team above: 1." in passed_words(passed)
    with look(town.screener):
        assert "S04" in {s.rule for s in signals_about([town.kasia])}


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_it_moves_forward_and_not_too_far(store: Store, days: int) -> None:
    with pytest.raises(Refused, match="1 to 3650"):
        move_clock_on(days)


def test_a_real_clock_is_not_moved(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    with pytest.raises(Refused, match="demo mode"):
        move_clock_on(1)
