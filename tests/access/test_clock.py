"""The clock that pages are given, and moving a demo's on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from tests.conftest import Store
from wholepicture.access.clock import move_demo_clock, now, today
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND


def test_the_clock_is_the_real_one_until_it_is_moved(store: Store) -> None:
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=5)
    assert move_demo_clock(days=3) == 3
    assert move_demo_clock(days=2) == 5
    ahead = now() - datetime.now(UTC)
    assert timedelta(days=4, hours=23) < ahead <= timedelta(days=5)
    assert today() == now().astimezone(ENGLAND).date()


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_it_never_goes_back_nor_out_of_reach(store: Store, days: int) -> None:
    with pytest.raises(Refused, match="1 to 3650 days"):
        move_demo_clock(days=days)


def test_real_records_have_the_real_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    move_demo_clock(days=30)
    monkeypatch.setattr(settings, "DEMO", False)
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=5)
    with pytest.raises(Refused, match="only in demo mode"):
        move_demo_clock(days=1)
