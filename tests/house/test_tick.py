"""The clock beside the web server: what is due happens without anybody asking."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError

from tests.conftest import Store
from wholepicture.access.clock import today
from wholepicture.access.engine import as_engine
from wholepicture.casework import clock
from wholepicture.config.tick import look
from wholepicture.signals.models import TickRow


def test_a_look_judges_what_is_due(store: Store) -> None:
    look()
    look()
    with as_engine():
        assert list(TickRow.objects.values_list("on", flat=True)) == [today()]


def test_a_database_that_is_away_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(**_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(clock, "escalate_overdue", away)
    with caplog.at_level(logging.WARNING):
        look()
    assert "the database did not answer" in caplog.text
