"""The replay: each signal on its day, the rows of a review judged, and the two forms of printing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.signals.families import BUSY, family
from wholepicture.cli import main
from wholepicture.demo.bundles import FOLDER
from wholepicture.exchange.bundles.reader import read_bundle
from wholepicture.people.types import FamilyRecord
from wholepicture.signals.engine import findings
from wholepicture.signals.replay import Told, as_json, as_text, judge, knowledge_days, play, replay
from wholepicture.signals.types import Expectation, Signal
from wholepicture.signals.view import View

SHARED = Path(__file__).parents[3] / "shared" / "data" / "replay"
THREE = """
    id  | occurred   | agency      | kind                    | about         | details
    da1 | 2019-01-10 | police      | domestic_abuse_incident | mother:victim |
    da2 | 2019-03-10 | police      | domestic_abuse_incident | mother:victim |
    sd1 | 2019-03-20 | social_care | strategy_discussion     | child:subject | history_shared=yes
    da3 | 2019-04-10 | police      | domestic_abuse_incident | mother:victim |
"""


def every_day(record: FamilyRecord) -> Iterator[Signal]:
    """What a replay that looks at every day would print."""
    told, last = Told(), max(e.recorded.start for e in record.entries)
    for number in range((last - record.first_day).days + 1):
        day = record.first_day + timedelta(days=number)
        view = View(record.as_known(day), day)
        yield from told.news(view, findings(view), day)


def _printed(record: FamilyRecord, rule: str, person: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(s.raised.isoformat(), s.entries) for s in play(record) if (s.rule, s.person) == (rule, person)]


class TestPrinting:
    def test_when_it_first_stands_and_again_when_it_stands_anew(self) -> None:
        assert _printed(family(THREE), "S01", "child") == [
            ("2019-03-10", ("da1", "da2")),
            ("2019-04-10", ("da1", "da2", "da3")),
        ]

    def test_again_on_new_entries_while_it_stands(self) -> None:
        assert _printed(family(THREE), "S01", "sibling")[-1] == ("2019-04-10", ("da1", "da2", "da3"))

    def test_on_the_day_on_which_a_wait_runs_out(self) -> None:
        assert _printed(family(THREE), "S04", "sibling") == [("2019-01-12", ("da1",)), ("2019-03-12", ("da2",))]

    def test_a_second_record_of_one_event_prints_nothing(self) -> None:
        table = (
            THREE
            + "    da4 | 2019-04-12 | hospital_ae | domestic_abuse_incident | mother:victim | same_event_as=[da3]\n"
            + "    no1 | 2019-05-12 | gp          | note                    | mother:subject |"
        )
        assert _printed(family(table), "S01", "sibling")[-1] == ("2019-04-10", ("da1", "da2", "da3"))

    def test_what_a_correction_takes_away_ends_and_what_it_gives_back_stands_anew(self) -> None:
        table = """
            id  | occurred   | recorded   | agency   | kind        | about         | details              | supersedes
            in1 | 2019-01-10 | 2019-01-10 | hospital | injury      | child:subject | opinion=undetermined |
            in2 | 2019-01-10 | 2019-02-10 | hospital | injury      | child:subject | opinion=accidental   | in1
            in3 | 2019-01-10 | 2019-03-10 | hospital | injury      | child:subject | opinion=undetermined | in2
        """
        assert [day for day, _ in _printed(family(table), "S20", "child")] == ["2019-01-10", "2019-03-10"]

    def test_nothing_at_all_of_an_empty_record(self) -> None:
        empty = FamilyRecord({}, ())
        assert list(play(empty)) == []
        assert "No signal was raised." in as_text(replay(empty, (), "empty"))


class TestSmartReplayEqualsLookingEveryDay:
    def test_busy_family(self) -> None:
        record = family(BUSY)
        assert list(play(record)) == list(every_day(record))
        assert {s.rule for s in play(record)} >= {"S01", "S02", "S04", "S07", "S10", "S15", "S18", "S20", "S21", "S25"}

    @pytest.mark.slow
    @pytest.mark.parametrize("bundle", sorted(p.name for p in FOLDER.iterdir() if (p / "chronology.csv").exists()))
    def test_bundles(self, bundle: str) -> None:
        record = read_bundle(FOLDER / bundle).record
        assert list(play(record)) == list(every_day(record))

    def test_days_of_knowledge_hold_births_and_ties(self) -> None:
        record = family(THREE, ties="person | relation | other | known_from\nmother | mother | child | 2019-02-02")
        assert date(2019, 2, 2) in knowledge_days(record)


class TestJudging:
    SIGNALS = tuple(play(family(THREE)))

    def _judged(self, **row: Any) -> tuple[bool, str | None]:
        usual = Expectation("x", date(2019, 3, 10), "child", "cumulative_domestic_abuse")
        verdict = judge(replace(usual, **row), self.SIGNALS)
        return verdict.met, verdict.signal.raised.isoformat() if verdict.signal else None

    def test_met_on_the_day(self) -> None:
        assert self._judged() == (True, "2019-03-10")

    def test_unmet_the_day_before(self) -> None:
        assert self._judged(by=date(2019, 3, 9)) == (False, None)

    def test_about_that_person_and_concern(self) -> None:
        assert self._judged(person="mother") == (False, None)
        assert self._judged(concern="faltering_growth") == (False, None)

    def test_only_signals_raised_from_a_day_on(self) -> None:
        assert self._judged(from_=date(2019, 3, 11), by=date(2019, 4, 9)) == (False, None)
        assert self._judged(from_=date(2019, 3, 11), by=date(2019, 4, 10)) == (True, "2019-04-10")

    def test_at_least_one_of_the_entries(self) -> None:
        assert self._judged(entries=("da3", "zz"), by=date(2019, 5, 1)) == (True, "2019-04-10")
        assert self._judged(entries=("zz",), by=date(2019, 5, 1)) == (False, None)

    def test_must_not_is_broken_by_what_it_names(self) -> None:
        assert self._judged(must_not=True) == (False, "2019-03-10")
        assert self._judged(must_not=True, by=date(2019, 3, 9)) == (True, None)


EXPECTED = (
    Expectation("x1", date(2019, 12, 31), "child", "cumulative_domestic_abuse"),
    Expectation("x2", date(2019, 12, 31), "child", "faltering_growth"),
    Expectation("x3", date(2019, 12, 31), "child", "start_again"),
    Expectation("n1", date(2019, 12, 31), "child", "hunger_and_food", must_not=True),
    Expectation("n2", date(2019, 12, 31), "child", "information_late", must_not=True),
)


class TestForms:
    PLAYED = replay(family(THREE), EXPECTED, "three")

    def test_json(self) -> None:
        told = json.loads(as_json(self.PLAYED))
        assert list(told) == ["bundle", "from", "to", "signals", "expect"]
        assert (told["bundle"], told["from"], told["to"]) == ("three", "2019-01-10", "2019-04-10")
        assert told["signals"][0] == {
            "id": "S04",
            "concern": "information_late",
            "person": "child",
            "raised": "2019-01-12",
            "entries": ["da1"],
            "tell": ["MG", "police"],
            "question": self.PLAYED.signals[0].question,
        }
        assert told["expect"][0] == {
            "expect_id": "x1",
            "must_not": False,
            "met": True,
            "by": "2019-12-31",
            "raised": "2019-03-10",
            "signal": "S01",
        }
        assert [row["met"] for row in told["expect"]] == [True, False, False, True, False]
        assert told["expect"][3]["raised"] is None
        assert told["expect"][4]["signal"] == "S04"

    def test_text(self) -> None:
        text = as_text(self.PLAYED)
        assert "2019-03-10  S01  cumulative_domestic_abuse  child\n" in text
        assert "    entries: da1, da2\n" in text
        assert "x2  faltering_growth  child  by 2019-12-31: unmet\n" in text
        assert "x3  start_again  child  by 2019-12-31: no rule yet\n" in text
        assert "n2  information_late  child  must not stand by 2019-12-31: unmet  (S04 on 2019-01-12)\n" in text
        assert text.endswith("5 expected rows: 2 met, 2 unmet, 1 no rule yet\n")
        assert not self.PLAYED.all_met


class TestCommand:
    def test_the_quiet_family_raises_nothing_and_ends_well(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["replay", str(FOLDER / "quiet-control")]) == 0
        out = capsys.readouterr().out
        assert "No signal was raised." in out
        assert "22 expected rows: 22 met, 0 unmet, 0 no rule yet" in out

    def test_the_same_bundle_prints_the_same_bytes(self, capsys: pytest.CaptureFixture[str]) -> None:
        outs = []
        for _ in range(2):
            assert main(["replay", "--json", str(FOLDER / "haringey-2000")]) == 1
            outs.append(capsys.readouterr().out)
        assert outs[0] == outs[1]
        assert json.loads(outs[0])["bundle"] == "replay-haringey-2000"

    def test_a_bundle_that_is_not_sound_is_not_replayed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["replay", str(tmp_path)]) == 1
        assert "not replayed" in capsys.readouterr().err


# Rows of the reviews that the first twelve rules carry, met by the rule that the row names.
CARRIED = {
    "coventry-2012": {
        "x01": "S04",
        "x02": "S01",
        "x06": "S10",
        "x08": "S27",
        "x09": "S39",
        "x19": "S20",
        "x24": "S27",
        "x28": "S07",
        "x30": "S15",
        "x32": "S25",
        "x34": "S21",
    },
    "haringey-2000": {"x01": "S07", "x03": "S15"},
}


def _check_review(folder: Path) -> None:
    bundle = read_bundle(folder)
    played = replay(bundle.record, bundle.expectations, bundle.source_system)
    met = {v.expectation.id: v.signal.rule for v in played.verdicts if v.signal and not v.expectation.must_not}
    assert met == CARRIED[folder.name]
    assert all(v.met for v in played.verdicts if v.expectation.must_not)
    assert all(v.met or not v.carried for v in played.verdicts)


@pytest.mark.requirement("R41")
@pytest.mark.parametrize("name", CARRIED)
def test_the_record_would_have_spoken_up(name: str) -> None:
    _check_review(FOLDER / name)


@pytest.mark.shared
@pytest.mark.parametrize("name", CARRIED)
def test_the_reviews_as_they_were_given(name: str) -> None:
    _check_review(SHARED / name)


@pytest.mark.requirement("R74")
def test_weights_of_two_hospitals_are_read_together() -> None:
    """The fall from January 2011 to March 2012 is seen at the third weight, on all three."""
    record = read_bundle(FOLDER / "coventry-2012").record
    growth = [s for s in play(record) if s.rule == "S21"]
    assert [(s.raised.isoformat(), s.entries) for s in growth] == [
        ("2012-02-10", ("wt02",)),
        ("2012-03-03", ("wt01", "wt02", "wt03")),
    ]
