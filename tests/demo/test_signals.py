"""What the rules make of the town: ordinary families stay quiet, the stories are noticed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from wholepicture.demo.town import build_families
from wholepicture.demo.types import DemoFamily
from wholepicture.growth.rules import measurements
from wholepicture.growth.types import Measure
from wholepicture.signals.engine import findings
from wholepicture.signals.registry import SPECS
from wholepicture.signals.types import Tier
from wholepicture.signals.view import View

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 25)
# What each story must raise of the rules that run, in every telling. A story of another pattern is not listed: its
# rules come later.
NOTICED = {
    "repeated_abuse": {"S01", "S02", "S04", "S07"},
    "three_settings": {"S15", "S18"},
    "undetermined_fracture": {"S18", "S20"},
    "faltering_growth": {"S21", "S25"},
    "hunger_at_school": {"S21", "S25"},
    "english_letters": {"S27", "S39"},
    "neglect_and_attendance": {"S27"},
    "disabled_child": {"S15", "S27"},
    "unborn_sibling": {"S04"},
    "on_a_plan": {"S07"},
}
WELL = ("helped_and_better", "notice_handled")


@pytest.fixture(scope="module")
def families() -> tuple[DemoFamily, ...]:
    return tuple(build_families(20_260_101, TODAY, 450))


@pytest.fixture(scope="module")
def raised(families: tuple[DemoFamily, ...]) -> dict[int, set[str]]:
    """The rules that asked anything at all about each family, whether it still stands or not."""
    found: dict[int, set[str]] = defaultdict(set)
    for family in families:
        view = View(family.record.as_known(TODAY), TODAY)
        for (rule, _), rows in findings(view).items():
            if any(f.since <= TODAY for f in rows):
                found[family.number].add(rule)
    return found


def test_ordinary_families_raise_next_to_nothing(families: tuple[DemoFamily, ...], raised: dict[int, set[str]]) -> None:
    ordinary = [f.number for f in families if f.ordinary]
    asked = [n for n in ordinary if raised[n]]
    assert len(asked) <= 0.02 * len(ordinary)
    assert not [n for n in ordinary for rule in raised[n] if SPECS[rule].tier is Tier.INTERRUPT]


@pytest.mark.parametrize("story", NOTICED)
def test_each_telling_of_a_story_is_noticed(
    story: str, families: tuple[DemoFamily, ...], raised: dict[int, set[str]]
) -> None:
    told = [f.number for f in families if f.story == story]
    assert told
    for number in told:
        assert raised[number] >= NOTICED[story], number


@pytest.mark.parametrize("story", WELL)
def test_work_well_done_raises_nothing(
    story: str, families: tuple[DemoFamily, ...], raised: dict[int, set[str]]
) -> None:
    told = [f.number for f in families if f.story == story]
    assert told
    assert not any(raised[n] for n in told)


def test_ordinary_children_grow_along_their_centiles(families: tuple[DemoFamily, ...]) -> None:
    """Every weight in the town is a likely one, and a child's own weights stay within one centile space or so."""
    for family in [f for f in families if f.ordinary][:120]:
        for child in family.record.children:
            weights = [m for m in measurements(family.record, child.key) if m.measure is Measure.WEIGHT]
            scores = [m.sds for m in weights if m.sds is not None and not m.probable_error]
            assert len(scores) == len(weights)
            assert not scores or max(scores) - min(scores) < 1.0, child.key
