"""Scores, centiles, spaces and what was ever measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from wholepicture.foundation.when import When
from wholepicture.growth import references
from wholepicture.growth.rules import (
    centile,
    centile_lines,
    centile_words,
    corrected_age,
    measurements,
    sds,
    spaces_between,
    warm_up,
)
from wholepicture.growth.types import Measure, Measurement, ordinal
from wholepicture.people.types import FamilyRecord, Person, PersonType
from wholepicture.record.types import About, AboutRole, Entry

BORN = date(2020, 3, 1)
CHILD = Person("child", PersonType.CHILD, "male", When.on(BORN))
ABOUT = (About("child", AboutRole.SUBJECT),)


def _entry(
    id_: str,
    on: str,
    details: Mapping[str, object],
    kind: str = "measurement",
    agency: str = "health_visiting",
    about: tuple[About, ...] = ABOUT,
    supersedes: str | None = None,
) -> Entry:
    when = When.parse(on)
    return Entry(id_, kind, when, when, agency, "", about, "", details, supersedes=supersedes)


def _of(*entries: Entry, child: Person = CHILD) -> tuple[Measurement, ...]:
    twin = Person("twin", PersonType.CHILD, "male", When.on(BORN))
    return measurements(FamilyRecord({"child": child, "twin": twin}, entries), "child")


class TestScores:
    def test_known_boy(self) -> None:
        born = date(2007, 7, 15)
        assert sds(Measure.WEIGHT, 14.8, "male", born, date(2011, 1, 1)) == pytest.approx(-0.258, abs=0.001)
        assert sds(Measure.WEIGHT, 13.8, "male", born, date(2012, 2, 10)) == pytest.approx(-2.233, abs=0.001)
        assert sds(Measure.WEIGHT, 10.7, "male", born, date(2012, 3, 3)) == pytest.approx(-4.899, abs=0.001)

    @pytest.mark.parametrize("sex", ["indeterminate", "unknown", ""])
    def test_no_score_without_a_reference_for_the_sex(self, sex: str) -> None:
        assert sds(Measure.WEIGHT, 10.0, sex, BORN, date(2021, 3, 1)) is None

    def test_no_score_before_birth_or_past_twenty_or_for_nonsense(self) -> None:
        assert sds(Measure.WEIGHT, 3.0, "male", BORN, date(2020, 2, 28)) is None
        assert sds(Measure.WEIGHT, 70.0, "male", BORN, date(2041, 3, 1)) is None
        assert sds(Measure.WEIGHT, 0.0, "male", BORN, date(2021, 3, 1)) is None
        assert sds(Measure.WEIGHT, float("nan"), "male", BORN, date(2021, 3, 1)) is None

    def test_no_bmi_under_two_weeks(self) -> None:
        assert sds(Measure.BMI, 13.0, "female", BORN, date(2020, 3, 8)) is None
        assert sds(Measure.BMI, 13.0, "female", BORN, date(2020, 4, 8)) is not None

    def test_preterm_is_read_at_the_corrected_age_until_two(self) -> None:
        six_months, three_years = date(2020, 9, 1), date(2023, 3, 1)
        at_term = sds(Measure.WEIGHT, 6.0, "male", BORN, six_months)
        preterm = sds(Measure.WEIGHT, 6.0, "male", BORN, six_months, 30.0)
        assert at_term is not None and preterm is not None and preterm > at_term + 1
        assert sds(Measure.WEIGHT, 13.0, "male", BORN, three_years, 30.0) == sds(
            Measure.WEIGHT, 13.0, "male", BORN, three_years
        )

    def test_correction_counts_from_forty_weeks_and_only_below_thirty_seven(self) -> None:
        on = date(2021, 3, 1)
        assert corrected_age(BORN, on, 30.0) == pytest.approx((365 - 70) / 365.25)
        assert corrected_age(BORN, on, 37.0) == corrected_age(BORN, on, None) == pytest.approx(365 / 365.25)

    def test_prints_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        for measure in Measure:
            centile_lines(measure, "female", -1, 20)
            sds(measure, 0.001, "female", BORN, date(2020, 3, 2))
        assert capsys.readouterr() == ("", "")


class TestWords:
    def test_centiles_and_spaces(self) -> None:
        assert centile(0.0) == 50
        assert centile(-2.0) == pytest.approx(2.275, abs=0.001)
        assert spaces_between(0.0, -2.0) == 3.0
        assert spaces_between(-2.0, 0.0) == -3.0

    @pytest.mark.parametrize(
        ("score", "words"),
        [
            (0.0, "the 50th centile"),
            (-0.3, "the 38th centile"),
            (-2.2, "the 1st centile"),
            (-2.6, "the 0.4th centile"),
            (-4.9, "below the 0.4th centile"),
            (2.5, "the 99th centile"),
            (3.0, "above the 99.6th centile"),
            (None, ""),
        ],
    )
    def test_as_it_is_said(self, score: float | None, words: str) -> None:
        assert centile_words(score) == words

    def test_ordinals(self) -> None:
        assert [ordinal(n) for n in (1, 2, 3, 11, 12, 13, 22, 99.6)] == [
            "1st", "2nd", "3rd", "11th", "12th", "13th", "22nd", "99.6th",
        ]  # fmt: skip


class TestMeasurements:
    @pytest.mark.requirement("R74")
    def test_every_agencys_figures_in_order_with_birth_first(self) -> None:
        found = _of(
            _entry("s", "2024-09-01", {"height_cm": 104.0, "weight_kg": 16.9}, agency="school_nursing"),
            _entry("h", "2021-03-01", {"weight_kg": 9.8, "head_circumference_cm": 46.0}),
            _entry(
                "b", "2020-03-01", {"birth_weight_kg": 3.4, "gestation_weeks": 40}, kind="birth", agency="midwifery"
            ),
        )
        assert [(m.entry, m.measure) for m in found] == [
            ("b", Measure.WEIGHT), ("h", Measure.HEAD), ("h", Measure.WEIGHT),
            ("s", Measure.BMI), ("s", Measure.HEIGHT), ("s", Measure.WEIGHT),
        ]  # fmt: skip
        assert found[0].at_birth
        assert all(m.sds is not None and m.day_known for m in found)

    def test_bmi_needs_both_on_one_known_day(self) -> None:
        def bmis(*entries: Entry) -> list[float]:
            return [m.value for m in _of(*entries) if m.measure is Measure.BMI]

        weight = _entry("w", "2024-09-01", {"weight_kg": 16.0})
        assert bmis(weight, _entry("h", "2024-09-01", {"height_cm": 100.0}, agency="gp")) == [16.0]
        assert bmis(weight, _entry("h", "2024-09-02", {"height_cm": 100.0})) == []
        assert bmis(_entry("m", "2024-09", {"height_cm": 100.0, "weight_kg": 16.0})) == []

    def test_a_month_is_plotted_on_its_first_day_and_says_so(self) -> None:
        (found,) = _of(_entry("m", "2021-03", {"weight_kg": 9.8}))
        assert (found.on, found.day_known) == (date(2021, 3, 1), False)

    def test_a_weighing_in_the_month_of_birth_is_not_before_birth(self) -> None:
        child = Person("child", PersonType.CHILD, "male", When.parse("2020-03-20"))
        (found,) = _of(_entry("m", "2020-03", {"weight_kg": 3.4}), child=child)
        assert found.age == 0 and found.sds is not None

    def test_a_superseded_figure_is_left_out(self) -> None:
        wrong = _entry("w", "2021-03-01", {"weight_kg": 98.0})
        right = _entry("r", "2021-03-01", {"weight_kg": 9.8}, supersedes="w")
        assert [m.entry for m in _of(wrong, right)] == ["r"]

    def test_far_beyond_the_lines_is_probably_an_error(self) -> None:
        for mistyped in (98.0, 0.98, 158.0):
            (found,) = _of(_entry("w", "2021-03-01", {"weight_kg": mistyped}))
            assert found.probable_error
        (found,) = _of(_entry("w", "2021-03-01", {"weight_kg": 9.8}))
        assert not found.probable_error

    def test_a_slipped_decimal_point_shows_even_where_scores_flatten(self) -> None:
        (found,) = _of(_entry("w", "2030-03-01", {"weight_kg": 312.0}))
        assert found.sds is not None and found.sds < 6 and found.probable_error
        (found,) = _of(_entry("w", "2030-03-01", {"weight_kg": 93.0}))
        assert not found.probable_error

    def test_without_a_score_nothing_is_called_an_error(self) -> None:
        child = Person("child", PersonType.CHILD, "unknown", When.on(BORN))
        (found,) = _of(_entry("w", "2021-03-01", {"weight_kg": 98.0}), child=child)
        assert found.sds is None and not found.probable_error

    def test_one_figure_for_two_children_is_nobodys(self) -> None:
        both = (*ABOUT, About("twin", AboutRole.SUBJECT))
        assert _of(_entry("w", "2021-03-01", {"weight_kg": 9.8}, about=both)) == ()

    def test_gestation_of_the_birth_entry_is_used(self) -> None:
        birth = _entry("b", "2020-03-01", {"gestation_weeks": 30}, kind="birth")
        (found,) = _of(birth, _entry("w", "2020-09-01", {"weight_kg": 6.0}))
        assert found.corrected_age < found.age

    def test_without_a_birth_date_there_is_nothing_to_plot(self) -> None:
        assert _of(_entry("w", "2021-03-01", {"weight_kg": 9.8}), child=Person("child", PersonType.CHILD)) == ()


class TestLines:
    def test_nine_lines_in_order_broken_at_two_and_four(self) -> None:
        lines = centile_lines(Measure.WEIGHT, "male", 1.5, 4.5)
        assert [line.label for line in lines] == [
            "0.4th", "2nd", "9th", "25th", "50th", "75th", "91st", "98th", "99.6th",
        ]  # fmt: skip
        assert [[(p[0][0], p[-1][0]) for p in line.pieces] for line in lines] == [
            [(1.5, 2.0), (2.0, 4.0), (4.0, 4.5)]
        ] * 9
        at_three = [dict(line.pieces[1])[3.0] for line in lines]
        assert at_three == sorted(at_three)

    def test_a_figure_on_a_line_has_that_lines_score(self) -> None:
        born = date(2020, 3, 1)
        for line in centile_lines(Measure.HEIGHT, "female", 0, 6):
            age, value = line.pieces[-1][4]
            on = date.fromordinal(born.toordinal() + round(age * 365.25))
            assert sds(Measure.HEIGHT, value, "female", born, on) == pytest.approx(line.sds, abs=0.02)

    def test_warming_up_draws_the_lines_that_a_page_then_finds(self) -> None:
        references.lines.cache_clear()
        warm_up()
        before = references.lines.cache_info().misses
        centile_lines(Measure.WEIGHT, "female", 0, 5)
        assert references.lines.cache_info().misses == before == 2

    def test_none_for_an_unknown_sex(self) -> None:
        assert centile_lines(Measure.WEIGHT, "unknown", 0, 5) == ()
