"""Entering real staff: all of a file or nobody, every fault with its place."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import Store
from wholepicture.agencies.operations import begin_session_of, sign_in, whose_password
from wholepicture.agencies.queries import usernames, viewer_of_session
from wholepicture.cli import add_staff, installation
from wholepicture.foundation.refusals import Refused

HEADER = "username,name,role,team,team_name,agency,agency_name,phone\n"
ANN = "ann,Ann Ash,social_worker,north,Assessment north,social_care,Council,01632 960001\n"
BOB = "bob,Bob Birch,dsl,oak,Oak staff,school/oak,Oak Primary,\n"


@pytest.fixture(autouse=True)
def real(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own store, in real mode."""

    @contextmanager
    def here() -> Iterator[None]:
        yield

    monkeypatch.setattr(installation, "installation", here)
    monkeypatch.setattr(settings, "DEMO", False)


def _run(tmp_path: Path, text: str) -> int:
    path = tmp_path / "staff.csv"
    path.write_text(text, encoding="utf-8")
    return add_staff.run(argparse.Namespace(file=path))


def test_everybody_is_entered_and_can_sign_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, HEADER + ANN + BOB) == 0
    passwords = dict(line.split(",") for line in capsys.readouterr().out.splitlines())
    assert passwords.keys() == {"ann", "bob"}
    ann = whose_password(username="ann", password=passwords["ann"])
    assert ann is not None
    assert sign_in(username="ann", password=passwords["ann"], now=datetime.now(UTC)) is None, "a password is not enough"
    token = begin_session_of(practitioner=ann, second_factor="passkey", now=datetime.now(UTC))
    viewer = viewer_of_session(token)
    assert viewer is not None
    assert (viewer.actor.role, viewer.actor.agency, viewer.actor.team) == ("social_worker", "social_care", "north")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ANN.replace("social_worker", "boss"), "staff.csv:2: role: “boss” is no role"),
        (ANN.replace("social_care", "council"), "staff.csv:2: agency: “council” is no agency code"),
        (ANN.replace("Ann Ash", ""), "staff.csv:2: name: is blank"),
        (ANN + ANN, "staff.csv:3: username: “ann” is taken"),
    ],
)
def test_a_fault_is_named_with_its_place_and_nobody_is_entered(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        _run(tmp_path, HEADER + text)
    assert usernames() == set()


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the columns must be"):
        _run(tmp_path, "username,name\nann,Ann\n")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match="cannot be read"):
        add_staff.run(argparse.Namespace(file=path))


def test_the_demonstration_has_its_own_staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    with pytest.raises(Refused, match="has its own staff"):
        _run(tmp_path, HEADER + ANN)
