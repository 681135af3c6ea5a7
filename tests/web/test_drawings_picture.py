"""The Picture: every agency, child, home and question on one axis, zoomed, filtered, and as one agency knew it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.drawings_family import PEOPLE, TODAY, entry, family, when
from wholepicture.people.types import FamilyRecord
from wholepicture.web.drawings.key_events import KeyEvent, placed
from wholepicture.web.drawings.marks import CLUSTER, MARK, Point, stacked
from wholepicture.web.drawings.picture import PictureView, Question, draw_picture
from wholepicture.web.drawings.picture_facts import held_by
from wholepicture.web.drawings.picture_filter import PictureFilter, Zoom
from wholepicture.web.drawings.picture_sheet import Lane, Sheet
from wholepicture.web.drawings.scale import TimeScale, text_width, time_ticks
from wholepicture.web.drawings.words import Group, agency_words, group_of

SCALE = TimeScale(date(2020, 1, 1), date(2024, 1, 1), 100, 900)


def _draw(child: str | None = "maya", **query: list[str]) -> PictureView:
    return draw_picture(family(), child, TODAY, (), PictureFilter.from_query(query))


def _lanes(sheet: Sheet, style: str) -> dict[str, Lane]:
    return {" ".join(w.text for w in lane.label): lane for lane in sheet.lanes if lane.style == style}


def _marked(view: PictureView) -> set[str]:
    """The entries marked on the agency lanes of the wide sheet."""
    return {e for lane in view.sheets[0].lanes if lane.style == "agency" for m in lane.marks for e in m.entries}


class TestLanes:
    def test_only_agencies_present_in_the_settled_order(self) -> None:
        assert list(_lanes(_draw().sheets[0], "agency")) == [
            "Police", "Social care", "Health visiting", "School nursing", "Midwifery", "GP", "Hospital",
            "School: St Marys",
        ]  # fmt: skip

    def test_the_child_comes_first_then_the_siblings_and_the_unborn(self) -> None:
        lives = _lanes(_draw("tom").sheets[0], "life")
        assert list(lives) == ["Tom Hart", "Maya Hart", "Baby"]
        assert [b.style for b in lives["Baby"].bars] == ["carried"]
        assert [b.style for b in lives["Maya Hart"].bars] == ["carried", "living"]

    def test_both_sheets_mark_every_entry(self) -> None:
        for sheet in _draw(None).sheets:
            marked = {e for lane in sheet.lanes if lane.style == "agency" for m in lane.marks for e in m.entries}
            assert marked == {e.id for e in family().entries}

    def test_a_date_known_only_about_is_a_span(self) -> None:
        police = _lanes(_draw().sheets[0], "agency")["Police"]
        spans = {m.entries[0]: m.span for m in police.marks}
        assert spans["da1"] is not None and spans["da1"][1] > MARK
        assert spans["da2"] is None

    def test_a_superseded_entry_is_not_marked(self) -> None:
        record = family(entry("w9", "2024-03-11", "gp", "measurement", supersedes="w3"))
        assert "w3" not in _marked(draw_picture(record, None, TODAY))

    def test_what_is_only_about_another_child_is_left_out_of_a_childs_picture(self) -> None:
        assert "t1" not in _marked(_draw("maya"))
        assert "t1" in _marked(_draw("tom"))
        assert "t1" in _marked(_draw(None))

    def test_weights_are_drawn_as_centiles(self) -> None:
        (band,) = [b for b in _draw("maya").sheets[0].growth if len(b.dots) == 4]
        assert band.dots[-1].y > band.dots[-2].y
        assert "15.1 kg" in band.dots[-1].title

    def test_nothing_at_all_still_draws(self) -> None:
        view = draw_picture(FamilyRecord({p.key: p for p in PEOPLE}, ()), "maya", TODAY)
        assert view.summary.startswith("0 entries from 0 agencies")
        assert view.rows == ()


class TestHome:
    def test_a_man_whom_no_agency_knew_is_an_open_bar_until_one_did(self) -> None:
        dan = _lanes(_draw().sheets[0], "home")["Dan Poole"]
        assert [b.style for b in dan.bars][-2:] == ["sure unknown", "sure known"]
        assert "no agency knew until Feb 2021" in dan.bars[0].title

    def test_the_list_says_the_same(self) -> None:
        assert (
            "Dan Poole (father of Tom Hart): from Oct 2020 on: no end is recorded; no agency knew until Feb 2021"
            in (_draw().home)
        )

    def test_a_father_who_left_ends(self) -> None:
        view = _draw()
        lee = _lanes(view.sheets[0], "home")["Lee Moss"]
        sara = _lanes(view.sheets[0], "home")["Sara Hart"]
        assert lee.bars[-1].x + lee.bars[-1].width < sara.bars[-1].x + sara.bars[-1].width
        assert lee.bars[-1].style == "unsure known"


class TestZoomAndFilter:
    def test_year_shows_twelve_months_and_steps_back(self) -> None:
        view = _draw(zoom=["year"])
        assert {r.key for r in view.rows} == {"i1", "s1", "w3"}
        assert view.steps.earlier and not view.steps.later
        assert "zoom=6-months" in view.steps.closer and "zoom=2-years" in view.steps.wider

    def test_an_end_moves_the_frame_and_later_comes_back(self) -> None:
        view = _draw(zoom=["6-months"], end=["2021-03-31"])
        assert {r.key for r in view.rows} == {"da2", "v1", "c1", "b2"}
        assert view.steps.later

    def test_filters_keep_only_what_is_asked_for_and_the_counts_of_all(self) -> None:
        view = _draw(None, group=["abuse"], agency=["police"], person=["dan"])
        assert [r.key for r in view.rows] == ["da2"]
        assert {c.value: c.count for c in view.agencies}["school/st-marys"] == 2
        assert view.filtered

    def test_nonsense_in_the_address_is_ignored(self) -> None:
        chosen = PictureFilter.from_query({"zoom": ["week"], "end": ["soon"], "group": ["?"], "known_at": ["32"]})
        assert chosen == PictureFilter()

    def test_links_carry_every_choice_and_the_pages_own_parameters(self) -> None:
        chosen = PictureFilter.from_query(
            {"tab": ["picture"], "group": ["injury"], "known_to": ["gp"], "known_at": ["2024-01-01"]}, keep=("tab",)
        )
        assert chosen.link(zoom=Zoom.YEAR) == (
            "?tab=picture&zoom=year&group=injury&known_to=gp&known_at=2024-01-01#picture"
        )


class TestWhoKnewWhat:
    @pytest.mark.parametrize(
        ("agency", "day", "held"),
        [
            ("police", date(2020, 12, 3), "held"),
            ("police", date(2020, 12, 2), "not"),
            ("social_care", date(2020, 12, 19), "not"),
            ("social_care", date(2020, 12, 20), "held"),
            ("health_visiting", date(2020, 12, 20), "perhaps"),
            ("gp", date(2024, 1, 1), "not"),
        ],
    )
    def test_held_from_its_own_recording_or_from_receipt(self, agency: str, day: date, held: str) -> None:
        assert held_by(family().entry["da2"], agency, day) == held

    @pytest.mark.requirement("R7")
    def test_marks_say_what_one_agency_had_at_a_moment(self) -> None:
        view = _draw(known_to=["social_care"], known_at=["2021-01-31"])
        marks = {m.entries[0]: m.held for lane in view.sheets[0].lanes if lane.style == "agency" for m in lane.marks}
        assert (marks["da1"], marks["da2"], marks["v1"], marks["c1"]) == ("not", "held", "held", "not")
        assert view.known_words == "Strong marks: what Social care held on 31 January 2021"
        assert {r.key: r.held for r in view.rows}["da2"] == "yes"


class TestQuestions:
    def test_a_question_is_a_flag_and_a_row_with_its_evidence(self) -> None:
        asked = Question("S01", "maya", date(2020, 12, 20), "What is it like to live here?", ("da1", "da2", "gone"))
        view = draw_picture(family(), "maya", TODAY, [asked])
        (flags,) = _lanes(view.sheets[0], "flags").values()
        assert flags.marks[0].href == "#entry-question-1"
        assert view.questions[0].ids == "da1 da2"
        assert view.questions[0].evidence[1] == ("da2", "Domestic abuse incident, 3 December 2020")


class TestMarks:
    def test_marks_of_one_row_never_overlap_and_none_is_lost(self) -> None:
        days = [date(2021, 3, 1 + n % 28) for n in range(60)]
        points = [Point(f"p{n}", day, day, Group.OTHER, f"p{n}") for n, day in enumerate(days)]
        found = stacked(points, SCALE, 4)
        assert found.rows == 4
        assert {e for m in found.marks for e in m.entries} == {p.entry for p in points}
        for a, b in zip(found.marks, found.marks[1:], strict=False):
            room = (CLUSTER if a.count > 1 else MARK) / 2 + MARK / 2
            assert a.y != b.y or b.x - a.x >= room - 0.2

    def test_a_count_shows_its_gravest_group_and_names_all(self) -> None:
        day = date(2021, 3, 1)
        groups = [Group.OTHER, Group.HEALTH, Group.INJURY]
        found = stacked([Point(g, day, day, g, f"a {g}") for g in groups], SCALE, 1)
        (mark,) = found.marks
        assert (mark.count, mark.group) == (3, Group.INJURY)
        assert all(f"a {g}" in mark.title for g in groups)

    def test_a_great_count_says_how_many_more_are_in_the_list(self) -> None:
        day = date(2021, 3, 1)
        (mark,) = stacked([Point(f"p{n}", day, day, Group.OTHER, f"p{n}") for n in range(40)], SCALE, 1).marks
        assert mark.title.startswith("40 entries: ") and mark.title.endswith("and 34 more, in the list")
        assert len(mark.entries) == 40


class TestKeyEvents:
    def test_no_words_cover_words_and_no_stem_runs_through_words(self) -> None:
        events = [
            KeyEvent(date(2020 + n // 12, 1 + n % 12, 5), f"Event number {n}", n % 4, f"e{n}", "") for n in range(40)
        ]
        marks, rows = placed(events, SCALE, 6)
        assert len(marks) == 40 and rows <= 6
        named = [m for m in marks if m.words]
        assert len(named) > 8
        for a in named:
            width = text_width(a.words, 13, bold=a.strong)
            left, right = (a.text_x, a.text_x + width) if a.anchor == "start" else (a.text_x - width, a.text_x)
            for b in named:
                if b is not a and b.y < a.y:
                    assert not left < b.x < right, f"the stem of {b.words} runs through {a.words}"

    def test_births_are_named_before_anything_else(self) -> None:
        day = date(2021, 6, 1)
        events = [KeyEvent(day, f"Screening {n}", 3, f"s{n}", "") for n in range(9)]
        marks, _ = placed([*events, KeyEvent(day, "Maya born", 0, "b", "")], SCALE, 1)
        assert [m.words for m in marks if m.words] == ["Maya born", "Screening 0"]  # one to each side of the stem

    def test_one_event_that_two_agencies_wrote_down_is_one_mark(self) -> None:
        day = date(2021, 6, 1)
        marks, _ = placed([KeyEvent(day, "MARAC", 2, k, "") for k in ("a", "b")], SCALE, 3)
        assert len(marks) == 1


class TestWords:
    @pytest.mark.parametrize(
        ("kind", "details", "group"),
        [
            ("appointment", {"outcome": "was_not_brought"}, Group.MISSED),
            ("appointment", {"outcome": "attended"}, Group.HEALTH),
            ("visit", {"outcome": "no_access"}, Group.MISSED),
            ("visit", {"child_seen": True}, Group.SEEN),
            ("visit", {"child_seen": False}, Group.OTHER),
            ("attendance", {"percent": 64}, Group.MISSED),
            ("attendance", {"percent": 97}, Group.OTHER),
            ("pregnancy", {"stage": "antenatal_missed"}, Group.MISSED),
            ("pregnancy", {"stage": "disclosed_abuse"}, Group.CONCERN),
            ("school_move", {"type": "missing_from_education"}, Group.MISSED),
            ("marac", {}, Group.ABUSE),
            ("note", {}, Group.OTHER),
        ],
    )
    def test_each_entry_has_one_group(self, kind: str, details: dict[str, object], group: Group) -> None:
        assert group_of(entry("x", "2024-01-01", "gp", kind, details=details)) is group

    def test_a_named_agency_keeps_its_name(self) -> None:
        assert agency_words("school/st-marys") == "School: St Marys"
        assert agency_words("fire_watch") == "Fire watch"


class TestAxis:
    @pytest.mark.parametrize(("days", "first"), [(3000, "2021"), (700, "Apr"), (180, "Feb")])
    def test_ticks_suit_the_span(self, days: int, first: str) -> None:
        start = date(2020, 1, 2)
        ticks = time_ticks(TimeScale(start, date.fromordinal(start.toordinal() + days), 0, 900))
        assert ticks[0].words == first
        assert len(ticks) < 14

    def test_a_bare_month_stays_within_the_axis(self) -> None:
        scale = TimeScale(date(2020, 1, 1), date(2020, 12, 31), 0, 300)
        assert scale.x(when("2019").latest) == 0
        assert scale.x(date(2030, 1, 1)) == 300
