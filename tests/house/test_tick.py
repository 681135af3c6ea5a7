"""The clock beside the web server: what is due happens without anybody asking."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from tests.conftest import Store
from tests.worlds import build_world, practitioner
from wholepicture.access.audit.checkpoints import read_all
from wholepicture.access.audit.queries import lines_in_database
from wholepicture.access.audit.sink import FILE, keep
from wholepicture.access.audit.sink import look as written_look
from wholepicture.access.audit.verdict import verify
from wholepicture.access.clock import today
from wholepicture.access.engine import as_engine
from wholepicture.casework import clock
from wholepicture.config.tick import look
from wholepicture.config.witness import checkpoint, checkpoints
from wholepicture.signals.models import TickRow


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the test's own for the data, the second sink and the checkpoints."""
    monkeypatch.setenv("WHOLEPICTURE_DATA", str(tmp_path))
    monkeypatch.setenv("WHOLEPICTURE_SECOND_SINK", str(tmp_path / "sink"))
    monkeypatch.setenv("WHOLEPICTURE_CHECKPOINTS", str(tmp_path / "checkpoints"))
    return tmp_path


def test_each_hour_the_end_of_the_chain_is_signed_for_its_witnesses(store: Store, folders: Path) -> None:
    build_world()
    begun = datetime.now(UTC)
    look()
    [first] = read_all(folders / "checkpoints")
    assert first.is_genuine()
    look()
    assert len(read_all(folders / "checkpoints")) == 1, "once an hour"
    practitioner("zed", "gp", "gp/market", "gp/market:all")
    made = checkpoint(checkpoints(), begun + timedelta(hours=1, minutes=1))
    assert len(made) == 1
    assert checkpoint(checkpoints(), begun + timedelta(hours=3)) == [], "nothing was added since"
    kept = read_all(folders / "checkpoints")
    verdict = verify(lines_in_database(store.urls.engine), kept)
    assert not verdict.findings and len(kept) == 2


def test_what_the_second_sink_holds_is_carried_once(store: Store, folders: Path) -> None:
    seen = written_look(
        chain="North", clock=datetime.now(UTC), practitioner="", agency="", role="gp", act="child.page",
        purpose="care", person=None, entry=None,
    )  # fmt: skip
    keep(folders / "sink", seen)
    size = look()
    assert size == (folders / "sink" / FILE).stat().st_size
    assert look(size) == size
    with store.as_superuser() as connection:
        [(carried, how_often)] = connection.execute(
            "SELECT count(*) FILTER (WHERE ground LIKE 'second sink%'), count(*) FILTER (WHERE act = 'audit:carry') "
            "FROM access_audit"
        ).fetchall()
    assert (carried, how_often) == (1, 1)


def test_a_sink_that_somebody_altered_is_said_and_does_not_stop_the_clock(
    store: Store, folders: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folders / "sink").mkdir()
    (folders / "sink" / FILE).write_text("{}\n")
    assert look() == 0
    assert "could not be carried or witnessed" in caplog.text


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
