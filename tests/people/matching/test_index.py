"""The index in the store: candidates and weights as of `match run`, kept with what it is made of, shown to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from tests.conftest import Store
from tests.people.addresses.test_addresses_store import NEW, OLD, Fled, build, keep
from tests.worlds import NOW, authority, build_world, practitioner
from wholepicture.access.operations import acting, use_session
from wholepicture.demo.population.cases import World, world
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.addresses.keeping import agree_to_end, ask_to_end
from wholepicture.people.addresses.operations import add_address
from wholepicture.people.addresses.types import NewAddress
from wholepicture.people.joining.operations import join
from wholepicture.people.linkage.index import build as build_in_memory
from wholepicture.people.linkage.model import read_model
from wholepicture.people.linkage.preparing import ready
from wholepicture.people.linkage.standard import settings
from wholepicture.people.linkage.types import FIELDS, Given
from wholepicture.people.matching.index import MOST_LOOKED_AT, look_up, rows_of_identities
from wholepicture.people.matching.keeping import make_ready_all, row_of
from wholepicture.people.matching.queries import match_together
from wholepicture.people.matching.standing import adopt_model, standing, standing_settings
from wholepicture.people.matching.types import Described
from wholepicture.people.operations import NewIdentity, add_identity, add_person, relate, store_identities
from wholepicture.people.types import Relation, Relationship

POSTCODE, ADDRESS = FIELDS.index("postcode"), FIELDS.index("address")
REASON = "Learnt from last year's labelled pairs."


@pytest.fixture(scope="module")
def made() -> World:
    return world(1_200, 700, seed=4)


def plain(row: dict[str, str]) -> dict[str, str]:
    """A row as the application is told it: without a middle name, which it does not ask for."""
    return row | {"middle_name": ""}


def stored(made: World) -> dict[UUID, str]:
    """Everybody of the synthetic index, as an import stores them: the identity, and its id in the files."""
    people = [
        NewIdentity(
            key=row["id"], given_name=row["given_name"], family_name=row["family_name"], sex=row["sex"],
            born=When.parse(row["born"]) if row["born"] else None, nhs_number=row["nhs_number"], upn=row["upn"],
            address=", ".join(filter(None, (row["address"], row["postcode"]))),
        )
        for row in made.index
    ]  # fmt: skip
    with acting(authority()):
        kept = store_identities(identities=people, known={}, decided=NOW, ground="synthetic")
    return {identity: people[n].key for n, (identity, _) in kept.items()}


def test_candidates_and_weights_are_those_of_match_run(store: Store, made: World) -> None:
    """What the store finds, and what it weighs, is what the blocking rules of the model find in files."""
    keys = stored(made)
    model = read_model(settings())
    index = build_in_memory(model, [Given(row["id"], plain(row), 1) for row in made.index])
    compared = 0
    for one in made.asked:
        query = model.row(ready(plain(one.row))[0])
        places = index.find(query)
        wanted = {index.ids[at]: model.score(query, index.row(at), {}).weight for at in places.places}
        with acting(authority()):
            answer = look_up(query)
            weigher, _ = standing(None)
        found = {keys[r.identity]: weigher.weigh(query, r.row, {}).weight for r in answer.rows}
        assert found == wanted, one.row
        assert not answer.cut
        compared += len(found)
    assert compared > 700


def test_what_was_said_is_made_ready_alike_on_both_sides(store: Store, made: World) -> None:
    keys = stored(made)
    rows = {row["id"]: row for row in made.index}
    with acting(authority()):
        held = {keys[r.identity]: r.row for r in rows_of_identities(keys)}
    for key, row in held.items():
        assert row == tuple(ready(plain(rows[key]))[0][name] for name in FIELDS)


def homes(*identities: UUID) -> list[tuple[str | None, str | None]]:
    with acting(authority()):
        return [(r.row[ADDRESS], r.row[POSTCODE]) for r in rows_of_identities(identities)]


HOME_WAS, HOME_IS = ("12 larch close aldermere", "QX42LD"), ("7 weir street aldermere", "QX91AA")


@pytest.mark.requirement("R13")
def test_a_shield_takes_the_home_out_of_the_index_and_its_end_puts_it_back(store: Store) -> None:
    fled = build(store, shielded=False)
    mother = fled.world.mother_identity
    assert sorted(homes(mother)) == sorted([HOME_WAS, HOME_IS])
    [first, _] = keep(fled)
    assert homes(mother) == [HOME_WAS]
    further = NewIdentity(key="ewa-2", given_name="Ewa", family_name="Nowak", address=NEW)
    again = add_identity(authority=authority(), identity=further, person=fled.world.mother, now=NOW, ground="test")
    assert homes(again) == [(None, None)]
    ask_to_end(viewer=fled.world.ann, shield=first, why="The order is spent.", now=NOW)
    agree_to_end(viewer=fled.second, shield=first, why="I saw the letter.", now=NOW)
    assert sorted(homes(mother)) == sorted([HOME_WAS, HOME_IS])
    assert homes(again) == [HOME_IS]
    assert homes(fled.world.child_identity) == [HOME_WAS]


@pytest.mark.requirement("R13")
def test_the_database_itself_takes_the_home_away_whoever_shields_or_joins(store: Store) -> None:
    """Not by this code's help: a shield, a correction and a joining written as plain rows do it too."""
    fled = build(store, shielded=False)
    stranger = NewIdentity(key="e", given_name="Ewa", family_name="N", address=NEW)
    other, other_identity = add_person(authority=authority(), identity=stranger, now=NOW, ground="test")
    with acting(authority()), connections["engine"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_shield (id, person, reason, words, from_whom, holder_team, covers_from, set_by_name, "
            "set_at, set_on, review_by) VALUES (%s, %s, 'fleeing', '', 'x', 'x', '2026-01-01', '', now(), "
            "current_date, current_date)", [uuid4(), fled.world.mother],
        )  # fmt: skip
        cursor.execute("SELECT count(*) FROM people_ready WHERE identity = %s AND address IS NOT NULL",
                       [fled.world.mother_identity])  # fmt: skip
        assert cursor.fetchone() == (0,)
    assert homes(other_identity) == [HOME_IS]
    join(authority=authority(), person=fled.world.mother, other=other, ground="The same woman.", now=NOW)
    assert homes(other_identity) == [(None, None)]


def test_a_home_without_a_key_that_stands_cannot_be_indexed(store: Store) -> None:
    fled = build(store)
    with pytest.raises(DatabaseError, match="row-level security"), acting(authority()):
        _add_home(fled.world.other_child, store)


def _add_home(person: UUID, store: Store) -> None:
    with connections["engine"].cursor() as cursor:
        cursor.execute("SELECT identity FROM people_decided WHERE person = %s", [person])
        cursor.execute("INSERT INTO people_ready (identity, address) VALUES (%s, 'x')", cursor.fetchone())


def test_every_home_is_indexed_and_a_correction_takes_the_place_of_the_first(store: Store) -> None:
    fled = build(store, shielded=False)
    first = _lived(fled, NewAddress(("3 Moor Veiw",), "QX1 2AB"))
    assert ("3 moor veiw", "QX12AB") in homes(fled.father_identity)
    _lived(fled, NewAddress(("3 Moor View",), "QX1 2AB", corrects=first))
    assert sorted(homes(fled.father_identity)) == [HOME_WAS, ("3 moor view", "QX12AB")]


def _lived(fled: Fled, address: NewAddress) -> UUID:
    return add_address(
        authority=authority(), person=fled.father, identity=fled.father_identity, address=address, now=NOW
    )


def test_no_page_can_read_the_index_or_ask_it(store: Store) -> None:
    ann = build_world().ann
    for statement in (
        "SELECT 1 FROM people_ready",
        "SELECT settings FROM people_match_model",
        "SELECT * FROM people_look_up('a', 'b', NULL, NULL, NULL, NULL, NULL, 5)",
        "SELECT people_homes('{}')",
        "SELECT people_unready('{}')",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(using="default"):
            use_session(ann.session)
            with connections["default"].cursor() as cursor:
                cursor.execute(statement)


def test_the_engine_changes_no_row_of_the_index(store: Store) -> None:
    build_world()
    for statement in ("DELETE FROM people_ready", "UPDATE people_ready SET given_name = 'x'"):
        with pytest.raises(DatabaseError, match="permission denied"), acting(authority()):
            with connections["engine"].cursor() as cursor:
                cursor.execute(statement)


def test_the_whole_index_can_be_made_again(store: Store) -> None:
    fled = build(store, shielded=False)
    before = _everything(store)
    with store.as_superuser() as connection:
        connection.execute("TRUNCATE people_ready")
    with acting(authority()):
        make_ready_all(connections["engine"])
    assert _everything(store) == before != []
    assert fled.shields == []


def _everything(store: Store) -> list[tuple[object, ...]]:
    with store.as_superuser() as connection:
        return connection.execute("SELECT * FROM people_ready ORDER BY 1, 2, 8").fetchall()


def test_a_key_that_too_many_share_is_cut_and_whoever_chooses_is_told(store: Store) -> None:
    crowd = [NewIdentity(key=str(n), given_name="Ali", family_name="Khan", born=When.parse("2015-02-02"))
             for n in range(MOST_LOOKED_AT + 5)]  # fmt: skip
    with acting(authority()):
        store_identities(identities=crowd, known={}, decided=NOW, ground="test")
        answer = look_up(row(given_name="Ali", family_name="Khan", born="2015-02-02"))
        assert (len(answer.rows), answer.cut) == (MOST_LOOKED_AT, True)
        [said] = match_together([Described("Ali", "Khan", When.parse("2015-02-02"))])
        [few] = match_together([Described("Nobody", "Here", When.parse("1980-02-02"))])
    assert said.cut and said.link is None
    assert not few.cut


def row(**said: Any) -> Any:
    blank: dict[str, Any] = dict.fromkeys(("given_name", "family_name", "born", "sex", "nhs_number", "upn"), "")
    return row_of(**(blank | {"home": ("", "")} | said))


@pytest.mark.requirement("R4")
def test_a_baby_named_beside_its_mother_is_found_among_those_who_were_expected(store: Store) -> None:
    mother = NewIdentity(key="m", given_name="Ewa", family_name="Nowak", born=When.parse("1995-05-05"))
    ewa, ewa_row = add_person(authority=authority(), identity=mother, now=NOW, ground="test")
    unborn = NewIdentity(key="u", type="unborn", family_name="Lis", born=When.parse("2026-03-20"))
    expected, expected_row = add_person(authority=authority(), identity=unborn, now=NOW, ground="test")
    older = NewIdentity(key="o", type="child", given_name="Jan", family_name="Lis", born=When.parse("2019-01-01"))
    jan, jan_row = add_person(authority=authority(), identity=older, now=NOW, ground="test")
    for child in (expected_row, jan_row):
        relate(authority=authority(), identity=ewa_row, other=child,
               relationship=Relationship("", Relation.MOTHER, ""))  # fmt: skip
    said = [Described("Ewa", "Kowalska", When.parse("1995-05-05"), "female"),
            Described("Baby", "Kowalska", When.on(date(2026, 3, 8)))]  # fmt: skip
    with acting(authority()):
        first, baby = match_together(said)
        [alone] = match_together(said[1:])
    assert [c.person for c in first.candidates] == [ewa]
    assert [(c.person, c.compared[-1].field) for c in baby.candidates] == [(expected, "Expected")]
    assert alone.candidates == ()
    assert jan not in {c.person for c in baby.candidates}


def test_an_expected_date_is_nobodys_birth_date(store: Store) -> None:
    unborn = NewIdentity(key="u", type="unborn", given_name="", family_name="Lis", born=When.parse("2026-03-20"))
    _, identity = add_person(authority=authority(), identity=unborn, now=NOW, ground="test")
    with acting(authority()):
        [indexed] = rows_of_identities([identity])
    assert indexed.row[FIELDS.index("born")] is None


@pytest.fixture
def steward(store: Store) -> Iterator[Any]:
    yield replace(authority("model:adopt"), actor=practitioner("dee", "ig_lead", "social_care", "data").actor)


def weights(change: float) -> dict[str, Any]:
    other = settings()
    for one in other["comparisons"]:
        for level in one["comparison_levels"]:
            if not level.get("is_null_level"):
                level["m_probability"] *= change
    return other


def test_a_model_that_is_adopted_weighs_from_then_on_and_every_one_is_kept(steward: Any) -> None:
    build_world()
    said = [Described("Kasia", "Nowak", When.parse("2021-05-04"))]
    with acting(authority()):
        [before] = match_together(said)
    assert before.model.startswith("shipped ")
    first = adopt_model(authority=steward, settings=weights(0.9), reason=REASON, now=NOW)
    second = adopt_model(authority=steward, settings=weights(0.8), reason=REASON, now=NOW)
    with acting(authority()):
        [after] = match_together(said)
        assert standing_settings() == weights(0.8)
        assert standing(first)[0].settings == weights(0.9)
    assert after.model.startswith(f"{second} ")
    assert [c.person for c in after.candidates] == [c.person for c in before.candidates]


def test_until_one_is_adopted_the_model_is_the_one_that_is_shipped(store: Store) -> None:
    with acting(authority()):
        assert standing_settings() == settings()


@pytest.mark.parametrize("what", ["a level", "a rule", "a comparison", "a label", "a share", "a reason"])
def test_a_model_may_change_weights_and_nothing_else(steward: Any, what: str) -> None:
    other, reason = settings(), REASON
    levels = other["comparisons"][0]["comparison_levels"]
    if what == "a level":
        del levels[2]
    elif what == "a rule":
        other["blocking_rules_to_generate_predictions"].pop()
    elif what == "a comparison":
        other["comparisons"].pop()
    elif what == "a label":
        levels[1]["label_for_charts"] = "surely the same"
    elif what == "a share":
        del levels[1]["m_probability"]
    else:
        reason = "better"
    with pytest.raises(Refused):
        adopt_model(authority=steward, settings=other, reason=reason, now=NOW)


def test_old_homes_are_compared_too(store: Store) -> None:
    """A guess at where they were before answers, as long as no shield keeps it."""
    build(store)
    with acting(authority()):
        [there] = match_together([Described("Ewa", "Nowak", address=OLD)])
        [kept] = match_together([Described("Ewa", "Nowak", address=NEW)])
    assert "Home: same" in there.candidates[0].why
    assert "Home: same" not in repr(kept)
