"""The family map: who there was on a day, who lived together, and who was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.web.drawings_family import PEOPLE, TIES, TODAY, family, when
from wholepicture.people.types import FamilyRecord, Person, PersonType, Relation, Relationship
from wholepicture.web.drawings.family_layout import Figure, Map
from wholepicture.web.drawings.family_map import FamilyView, draw_family


def _view(on: date | None = None) -> FamilyView:
    return draw_family(family(), TODAY, on)


def _figures(drawn: Map) -> dict[str, Figure]:
    return {f.key: f for f in drawn.figures}


def _inside(drawn: Map) -> set[str]:
    assert drawn.home is not None
    left, right = drawn.home.x, drawn.home.x + drawn.home.width
    return {f.key for f in drawn.figures if left < f.x < right}


class TestOnADay:
    def test_the_boundary_holds_who_lives_there_and_nobody_else(self) -> None:
        for drawn in _view(date(2019, 1, 1)).maps:
            assert _inside(drawn) == {"sara", "lee", "maya"}
        for drawn in _view(TODAY).maps:
            assert _inside(drawn) == {"sara", "dan", "maya", "tom", "baby"}

    def test_who_had_not_come_yet_is_not_drawn(self) -> None:
        assert set(_figures(_view(date(2019, 1, 1)).maps[0])) == {"sara", "lee", "maya"}

    def test_a_man_whom_no_agency_knew_is_outlined_and_says_until_when(self) -> None:
        dan = _figures(_view(date(2020, 12, 1)).maps[0])["dan"]
        assert "unknown" in dan.state.split() and "home" in dan.state.split()
        assert "no agency knew until Feb 2021" in dan.title
        assert "unknown" not in _figures(_view(TODAY).maps[0])["dan"].state

    def test_shapes_say_sex_and_unborn(self) -> None:
        shapes = {k: f.shape for k, f in _figures(_view(TODAY).maps[0]).items()}
        assert shapes == {
            "sara": "circle", "lee": "square", "dan": "square", "maya": "circle", "tom": "square", "baby": "triangle",
        }  # fmt: skip

    def test_children_stand_in_birth_order(self) -> None:
        found = _figures(_view(TODAY).maps[0])
        assert found["maya"].x < found["tom"].x < found["baby"].x

    def test_a_child_who_died_is_crossed_with_the_date(self) -> None:
        people = {p.key: replace(p, died=when("2023-12-05")) if p.key == "tom" else p for p in PEOPLE}
        tom = _figures(draw_family(FamilyRecord(people, (), TIES), TODAY).maps[0])["tom"]
        assert "died" in tom.state.split()
        assert "died 5 Dec 2023" in tom.title

    def test_a_couple_who_parted_are_cut_and_dated(self) -> None:
        lines = _view(TODAY).maps[0].lines
        apart = [line for line in lines if line.style == "apart"]
        assert [w.text for line in apart for w in line.label] == ["2017 to Jun 2020"]
        assert all(line.cut for line in apart)

    def test_people_of_a_row_keep_apart(self) -> None:
        for drawn in _view(TODAY).maps:
            rows: dict[float, list[float]] = {}
            for f in drawn.figures:
                rows.setdefault(f.y, []).append(f.x)
            for xs in rows.values():
                assert all(b - a >= 68 for a, b in zip(sorted(xs), sorted(xs)[1:], strict=False))
                assert min(xs) > 23 and max(xs) < drawn.width - 23

    def test_nobody_and_strangers_still_draw(self) -> None:
        lodger = Person("kit", PersonType.ADULT)
        tie = Relationship("kit", Relation.LODGER, "maya", lives_with=True)
        people = {"maya": PEOPLE[0], "kit": lodger}
        drawn = draw_family(FamilyRecord(people, (), (tie,)), TODAY).maps[0]
        assert _figures(drawn)["kit"].shape == "diamond"
        empty = draw_family(FamilyRecord({}, ()), TODAY)
        assert empty.home == "Nobody is recorded as living with the children."
        assert empty.maps[0].figures == ()


class TestSlider:
    def test_steps_are_the_days_when_the_family_changed_no_finer_than_known(self) -> None:
        words = [s.words for s in _view().steps]
        assert "After June 2020: Lee Moss no longer lives in the home" in words
        assert "October 2020: Dan Poole lives in the home" in words
        assert "4 May 2018: Maya Hart born" in words
        assert words[-1] == "1 June 2024: As last known"

    def test_a_moment_is_a_step_and_steps_lead_on(self) -> None:
        view = draw_family(family(), TODAY, moment=2, kept=(("tab", "family"),))
        assert view.at == 2
        assert view.earlier == view.steps[0].href and view.later == view.steps[2].href
        assert view.later.startswith("?tab=family&on=") and view.later.endswith("#family")
        assert draw_family(family(), TODAY, moment=99).at == len(view.steps)

    def test_a_day_between_steps_shows_the_change_before_it(self) -> None:
        view = _view(date(2019, 7, 1))
        assert view.on_words == "1 July 2019"
        assert view.said == "Maya Hart born"
        assert view.home == "In the home: Lee Moss, Sara Hart and Maya Hart."


class TestList:
    def test_every_tie_with_its_dates_source_and_since_when_known(self) -> None:
        rows = _view().rows
        assert len(rows) == len(TIES)
        dan = next(r for r in rows if r.who == "Dan Poole" and r.relation == "partner")
        assert (dan.from_, dan.to, dan.lives_with, dan.known) == ("Oct 2020", "", "yes", "15 Feb 2021")
        assert next(r for r in rows if r.relation == "mother").source == "birth register"

    def test_what_holds_comes_before_what_has_ended(self) -> None:
        holds = [r.holds for r in _view().rows]
        assert holds == sorted(holds, reverse=True)
