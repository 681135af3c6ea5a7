"""`wholepicture match adopt` and `standing`: who may weigh otherwise, and by what it is weighed."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Store
from tests.people.linkage.files import match
from tests.worlds import authority
from wholepicture.access.operations import acting
from wholepicture.people.linkage.standard import settings
from wholepicture.people.matching.models import MatchModelRow

WHO, WHY = "Dee Marsh, data steward", "Learnt from the pairs that were chosen in 2026."


@pytest.fixture(autouse=True)
def here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wholepicture.cli.installation.installation", nullcontext)


def saved(path: Path, model: dict[str, Any]) -> Path:
    path.write_text(json.dumps(model), encoding="utf-8")
    return path


def test_a_model_is_adopted_with_who_decided_and_why_and_is_then_the_one_that_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = settings() | {"probability_two_random_records_match": 0.0002}
    assert match("standing", out=tmp_path / "before.json") == 0
    assert match("adopt", model=saved(tmp_path / "new.json", other), by=WHO, reason=WHY) == 0
    assert capsys.readouterr().out.startswith("Version ")
    assert match("standing", out=tmp_path / "after.json") == 0
    before, after = (json.loads((tmp_path / name).read_text()) for name in ("before.json", "after.json"))
    assert (before, after) == (settings(), other)
    with acting(authority()):
        [row] = MatchModelRow.objects.all()
    assert (row.by_name, row.reason, len(row.digest)) == (WHO, WHY, 64)


def test_a_model_that_compares_otherwise_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = settings()
    other["comparisons"].pop()
    assert match("adopt", model=saved(tmp_path / "new.json", other), by=WHO, reason=WHY) == 2
    assert "than the model that is shipped" in capsys.readouterr().err
    with acting(authority()):
        assert not MatchModelRow.objects.exists()
