"""The demonstration's users, and the wall between demonstration and real data."""

from __future__ import annotations

import pytest

from wholepicture.access.roles import ROLES
from wholepicture.demo.mode import Holds, check_load, check_mode
from wholepicture.demo.places import AGENCIES, TEAMS
from wholepicture.demo.users import DEMO_PASSWORD, OFFERED, PRACTITIONERS, of_team
from wholepicture.foundation.refusals import Refused


def test_every_role_has_a_user() -> None:
    assert {p.role for p in PRACTITIONERS} == set(ROLES)
    assert [p.role for p in OFFERED] == list(dict.fromkeys(p.role for p in PRACTITIONERS))


def test_usernames_differ_and_each_user_belongs_to_a_team_of_a_known_agency() -> None:
    assert len({p.username for p in PRACTITIONERS}) == len(PRACTITIONERS)
    teams = {t.code: t.agency for t in TEAMS}
    agencies = {a.code for a in AGENCIES}
    assert len(agencies) == len(AGENCIES) and len(teams) == len(TEAMS)
    for person in PRACTITIONERS:
        assert teams[person.team] == person.agency in agencies


def test_every_team_that_holds_families_has_staff() -> None:
    for team in TEAMS:
        assert any(p.team == team.code for p in PRACTITIONERS), team.code


def test_staff_are_found_by_team_and_role() -> None:
    assert of_team("hv-north", "health_visitor") == ("healthvisitor", "healthvisitor3")
    assert of_team("hv-north", "midwife") == ()


def test_the_password_says_what_it_is_for() -> None:
    assert DEMO_PASSWORD == "demo-only-Aldermere"


@pytest.mark.parametrize(
    ("demo", "holds", "code"),
    [
        (True, Holds.NOTHING, ""),
        (True, Holds.DEMO, ""),
        (True, Holds.REAL, "demo_over_real"),
        (False, Holds.NOTHING, ""),
        (False, Holds.DEMO, "real_over_demo"),
        (False, Holds.REAL, ""),
    ],
)
def test_demonstration_and_real_data_refuse_one_another(demo: bool, holds: Holds, code: str) -> None:
    if not code:
        check_mode(demo=demo, holds=holds)
        return
    with pytest.raises(Refused) as refused:
        check_mode(demo=demo, holds=holds)
    assert refused.value.code == code
    assert "database" in refused.value.sentence


@pytest.mark.parametrize(
    ("demo", "holds", "code"),
    [
        (True, Holds.NOTHING, ""),
        (True, Holds.REAL, "demo_over_real"),
        (False, Holds.NOTHING, "demo_off"),
        (False, Holds.REAL, "demo_off"),
    ],
)
def test_the_town_is_loaded_only_where_it_belongs(demo: bool, holds: Holds, code: str) -> None:
    if not code:
        check_load(demo=demo, holds=holds)
        return
    with pytest.raises(Refused) as refused:
        check_load(demo=demo, holds=holds)
    assert refused.value.code == code
