"""The growth chart: what it says, what it draws, and what it never says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.web.drawings_family import PEOPLE, TODAY, entry, family, when
from wholepicture.growth.types import Measure
from wholepicture.people.types import FamilyRecord, Person, PersonType
from wholepicture.record.types import Entry
from wholepicture.web.drawings.growth_chart import GrowthView, draw_growth
from wholepicture.web.drawings.growth_words import spaces_words

BOY = Person("maya", PersonType.CHILD, "male", when("2007-07-15"))


def _weights(*figures: tuple[str, float]) -> tuple[Entry, ...]:
    return tuple(
        entry(f"w{n}", on, "gp", "measurement", details={"weight_kg": kg}) for n, (on, kg) in enumerate(figures)
    )


def _of(entries: Sequence[Entry], today: date, child: Person = BOY, **more: str) -> GrowthView:
    return draw_growth(FamilyRecord({"maya": child}, tuple(entries)), "maya", today, **more)


class TestNarrative:
    @pytest.mark.requirement("R74")
    def test_a_fall_is_said_in_centiles_and_spaces_and_asks_for_a_recheck(self) -> None:
        view = _of(_weights(("2011-01", 14.8), ("2012-02-10", 13.8)), date(2012, 2, 20))
        assert view.narrative[0] == (
            "About the 40th centile in January 2011 to the 1st centile in February 2012: "
            "fell nearly three centile spaces in 13 months."
        )
        assert "Ask for a measured re-check" in view.narrative[1]
        assert "reference changes at 4 years" in view.narrative[2]

    def test_nothing_is_asked_for_a_child_who_has_died(self) -> None:
        died = replace(BOY, died=when("2012-03-03"))
        view = _of(_weights(("2011-01", 14.8), ("2012-02-10", 13.8)), date(2012, 4, 1), died)
        assert not any("Ask" in said or "ago" in said for said in view.narrative)

    def test_a_steady_line_is_not_called_a_fall(self) -> None:
        view = _of(_weights(("2011-01-01", 14.8), ("2011-07-01", 15.8)), date(2011, 8, 1))
        assert "kept close to its line" in view.narrative[0]

    def test_a_rise_is_said(self) -> None:
        view = _of(_weights(("2011-01-01", 13.0), ("2011-07-01", 18.8)), date(2011, 8, 1))
        assert "has risen" in view.narrative[0]

    def test_one_odd_figure_sets_no_baseline(self) -> None:
        odd = _weights(("2010-01-01", 13.0), ("2010-06-01", 19.5), ("2010-09-01", 14.0), ("2011-01-01", 14.4))
        assert "fell" not in _of(odd, date(2011, 2, 1)).narrative[0]

    def test_a_probable_error_carries_no_trend_and_is_drawn_hollow(self) -> None:
        view = _of(_weights(("2011-01-01", 14.8), ("2011-07-01", 158.0)), date(2011, 8, 1))
        assert any("perhaps written down wrongly" in said for said in view.narrative)
        assert [d.hollow for d in view.plots[0].dots] == [False, True]
        assert view.plots[0].trend == ""
        assert "may be written down wrongly" in view.rows[0].note

    def test_nothing_held_asks_who_has_measured(self) -> None:
        view = _of((), TODAY)
        assert view.narrative == ("No weight is held from any agency. Ask who has measured maya, and when.",)
        assert view.plots == ()

    def test_a_long_silence_is_said(self) -> None:
        view = _of(_weights(("2011-01-01", 14.8)), date(2013, 1, 1))
        assert view.narrative[0].endswith("One figure shows no trend.")
        assert view.narrative[-1] == "Last measured 2 years ago, on 1 January 2011."

    def test_no_sex_no_lines_and_it_says_so(self) -> None:
        view = _of(_weights(("2011-01-01", 14.8)), date(2011, 2, 1), replace(BOY, sex="unknown"))
        assert any("only for a girl or a boy" in said for said in view.narrative)
        assert view.plots[0].curves == ()
        assert view.rows[0].centile == "none for this age or sex"

    def test_no_birth_date_says_what_to_ask(self) -> None:
        view = _of(_weights(("2011-01-01", 14.8)), date(2011, 2, 1), replace(BOY, born=None))
        assert "date of birth is not held" in view.narrative[0]

    @pytest.mark.parametrize(
        ("spaces", "words"),
        [
            (1.0, "one centile space"),
            (1.1, "just over one centile space"),
            (1.5, "about one and a half centile spaces"),
            (2.9, "nearly three centile spaces"),
            (3.0, "three centile spaces"),
            (11.0, "11 centile spaces"),
        ],
    )
    def test_spaces_no_finer_than_scales_allow(self, spaces: float, words: str) -> None:
        assert spaces_words(spaces) == words


class TestChart:
    def test_nine_lines_named_apart_and_inside(self) -> None:
        for plot in draw_growth(family(), "maya", TODAY).plots:
            labels = [c.label for c in plot.curves if c.label is not None]
            assert [w.text for w in labels] == ["0.4th", "2nd", "9th", "25th", "50th", "75th", "91st", "98th", "99.6th"]
            ys = [w.y for w in labels]
            assert all(a - b >= 11.9 for a, b in zip(ys, ys[1:], strict=False))
            assert [c.dashed for c in plot.curves] == [True, False, True, False, True, False, True, False, True]

    def test_every_agencys_points_on_both_sheets(self) -> None:
        for plot in draw_growth(family(), "maya", TODAY).plots:
            assert [d.href for d in plot.dots] == [f"#measured-weight-{e}" for e in ("b1", "w1", "w2", "w3")]
            assert all(plot.left <= d.x <= plot.right and plot.top <= d.y <= plot.bottom for d in plot.dots)
        assert {"Midwifery", "Health visiting", "School nursing", "GP"} == {
            r.agency for r in draw_growth(family(), "maya", TODAY).rows
        }

    def test_gaps_are_shaded_with_words(self) -> None:
        wide = draw_growth(family(), "maya", TODAY).plots[0]
        assert [s.title for s in wide.shades] == ["no weight held for 4 years 2 months", "no weight held for 18 months"]
        assert all(s.words for s in wide.shades)

    def test_the_reference_joins_are_marked(self) -> None:
        wide = draw_growth(family(), "maya", TODAY).plots[0]
        assert [j.text for j in wide.joins] == ["lying, then standing", "WHO, then UK90"]

    def test_labels_cover_no_point_and_no_other_label(self) -> None:
        wide = draw_growth(family(), "maya", TODAY).plots[0]
        heads = [d.label[0] for d in wide.dots if d.label]
        assert len(heads) >= 3
        assert len({(w.x, w.y) for w in heads}) == len(heads)

    def test_the_last_two_years_leave_out_what_came_before(self) -> None:
        view = draw_growth(family(), "maya", TODAY, window="last-2-years")
        assert [d.href for d in view.plots[0].dots] == ["#measured-weight-w2", "#measured-weight-w3"]
        assert len(view.rows) == 4

    def test_measure_is_chosen_and_nonsense_is_not(self) -> None:
        assert draw_growth(family(), "maya", TODAY, "height").measure == "height"
        assert draw_growth(family(), "maya", TODAY, "shoe").measure == "weight"
        (bmi,) = draw_growth(family(), "maya", TODAY, Measure.BMI).rows
        assert bmi.note == "worked out from weight and height of that day"
        assert draw_growth(family(), "maya", TODAY, keep="tab=growth").measures[1].href == (
            "?tab=growth&measure=height&window=whole-life#growth-maya"
        )

    def test_a_preterm_child_is_plotted_at_the_corrected_age_and_both_are_told(self) -> None:
        child = replace(PEOPLE[0], born=when("2023-01-01"), gestation_weeks=30.0)
        view = _of(_weights(("2023-03-01", 3.1), ("2023-09-01", 6.9), ("2024-01-10", 8.6)), date(2024, 2, 1), child)
        assert view.corrected
        assert view.rows[-1].corrected == "2 weeks before the due date"
        assert [t.text for t in view.plots[0].x_ticks][0] == "due date"
        assert [d.x for d in view.plots[0].dots] == sorted({d.x for d in view.plots[0].dots})

    def test_a_month_says_that_its_day_is_not_known(self) -> None:
        view = _of(_weights(("2011-01", 14.8)), date(2011, 2, 1))
        assert view.rows[0].when == "Jan 2011"
        assert "day not known" in view.rows[0].note
        assert "the day is not known" in view.plots[0].dots[0].title
