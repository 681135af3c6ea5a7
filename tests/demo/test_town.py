"""The town as a whole: size, sameness, every kind, nothing impossible, nobody real."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from wholepicture.demo.identifiers import NO_AUTHORITY, TEST_RANGE, nhs_number
from wholepicture.demo.places import AREA
from wholepicture.demo.stories.shelf import stories
from wholepicture.demo.town import build_families, build_town
from wholepicture.demo.types import DemoFamily, Town
from wholepicture.exchange.bundles.reader import read_bundle_files
from wholepicture.exchange.bundles.restating import record_files
from wholepicture.foundation.identifiers import nhs_number_problem, upn_problem
from wholepicture.people.types import UNBORN_DAYS, Person, Relation, ordered
from wholepicture.record.kinds import KINDS, agency_problem
from wholepicture.record.types import Entry
from wholepicture.record.validation import check_details

TODAY = date(2026, 11, 25)
SEED = 7


@pytest.fixture(scope="module")
def town() -> Town:
    return build_town(SEED, TODAY)


def records(town: Town) -> Iterator[tuple[DemoFamily, Entry]]:
    for family in town.families:
        for entry in family.record.entries:
            yield family, entry


def people(town: Town) -> Iterator[Person]:
    for family in town.families:
        yield from family.record.people.values()


def digest(families: Iterator[DemoFamily] | tuple[DemoFamily, ...]) -> str:
    found = hashlib.sha256()
    for family in families:
        found.update(repr((family.record, family.links)).encode())
    return found.hexdigest()


def test_it_has_450_families_and_about_a_thousand_children(town: Town) -> None:
    assert len(town.families) == 450
    assert 930 <= town.children <= 1100
    entries = sum(1 for _ in town.entries())
    assert 20 <= entries / town.children <= 32


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_make_towns_of_the_same_size(seed: int) -> None:
    children = sum(len(f.record.children) for f in build_families(seed, TODAY, 450))
    assert 930 <= children <= 1100


def test_it_has_at_least_ten_agencies_and_each_writes_or_is_a_neighbour(town: Town) -> None:
    assert len({a.kind for a in town.agencies}) >= 10
    assert {e.agency for e in town.entries()} <= {a.code for a in town.agencies}
    assert {r.agency for e in town.entries() for r in e.receipts} <= {a.code for a in town.agencies}
    assert not [a.code for a in town.agencies if agency_problem(a.code)]


def test_the_same_seed_and_day_give_the_same_town_to_the_letter(town: Town) -> None:
    assert digest(build_families(SEED, TODAY, 450)) == digest(town.families)
    assert digest(build_families(SEED + 1, TODAY, 450)) != digest(town.families)


def test_most_families_are_ordinary_and_every_story_is_told(town: Town) -> None:
    told = Counter(f.story for f in town.families)
    assert 0.80 <= told["ordinary"] / 450 <= 0.90
    assert set(told) == {"ordinary"} | {s.code for s in stories()}
    assert len(stories()) >= 12


def test_a_small_town_is_mostly_stories_and_a_tiny_one_is_possible() -> None:
    assert len(list(build_families(SEED, TODAY, 20))) == 20
    assert len(list(build_families(SEED, TODAY, 1))) == 1


def test_every_kind_of_entry_occurs(town: Town) -> None:
    assert {e.kind for e in town.entries()} == set(KINDS)


def test_details_are_valid_for_their_kind(town: Town) -> None:
    wrong = [
        (entry.id, str(problem))
        for family, entry in records(town)
        for problem in check_details(entry.kind, entry.details, family.record.people, family.record.entry)
    ]
    assert wrong == []


def test_ids_and_people_are_unique_in_the_town(town: Town) -> None:
    ids = [e.id for e in town.entries()]
    keys = [p.key for p in people(town)]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)


def test_nothing_is_in_the_future_or_received_before_it_happened(town: Town) -> None:
    for entry in town.entries():
        assert entry.recorded.start <= TODAY, entry.id
        assert entry.recorded.sort_key() >= entry.occurred.sort_key(), entry.id
        for receipt in entry.receipts:
            assert receipt.at is not None
            assert receipt.at.sort_key() >= entry.occurred.sort_key(), entry.id
            assert receipt.at.start <= TODAY, entry.id


def test_nobody_is_written_about_long_before_birth_or_born_in_the_future(town: Town) -> None:
    for family, entry in records(town):
        for key in entry.people:
            person = family.record.people[key]
            assert person.born is not None
            assert entry.occurred.latest >= person.born.start - timedelta(days=UNBORN_DAYS), entry.id
    for person in people(town):
        assert person.born is not None
        assert (person.born.start > TODAY) == (person.type.value == "unborn"), person.key


def test_entries_and_links_name_people_of_the_family(town: Town) -> None:
    teams = {t.code: t.agency for t in town.teams}
    staff = {p.username: p.team for p in town.practitioners}
    for family in town.families:
        known = set(family.record.people)
        for entry in family.record.entries:
            assert entry.about and entry.people <= known, entry.id
        for tie in family.record.relationships:
            assert {tie.person, tie.other} <= known
        for link in family.links:
            assert link.person in known
            assert teams[link.team] == link.agency
            assert link.to is None or link.from_ <= link.to <= TODAY, link
            assert not link.practitioner or staff[link.practitioner] == link.team


def test_every_child_has_somebody_to_turn_to(town: Town) -> None:
    for family in town.families:
        held = {link.person for link in family.links if link.to is None}
        at_home = {c.key for c in family.record.children if not c.key.endswith("earlier_child")}
        assert at_home <= held


def test_identifiers_are_of_the_test_ranges_and_check(town: Town) -> None:
    numbers = [p.nhs_number for p in people(town) if p.nhs_number]
    assert len(set(numbers)) == len(numbers) > 1500
    for number in numbers:
        assert number.startswith(TEST_RANGE) and nhs_number_problem(number) is None
    upns = [p.upn for p in people(town) if p.upn]
    assert len(upns) > 400
    for upn in upns:
        assert upn[1:4] == NO_AUTHORITY and upn_problem(upn) is None


def test_nhs_numbers_differ_for_every_index_and_stay_in_the_range() -> None:
    some = range(0, 500_000, 7)
    assert len({nhs_number(i) for i in some}) == len(some)
    with pytest.raises(ValueError, match="test range"):
        nhs_number(500_000)


def test_no_text_holds_a_postcode_telephone_number_or_unfilled_blank(town: Town) -> None:
    real = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b0\d{9,10}\b|@\w+\.|[{}|]|\[\w")
    for entry in town.entries():
        text = entry.summary + " " + " ".join(str(v) for v in entry.details.values() if isinstance(v, str))
        assert not real.search(text), text
        assert entry.summary.strip()


def test_no_page_text_says_what_no_page_may_say_but_the_one_notice_that_is_there_to_be_caught(town: Town) -> None:
    for entry in town.entries():
        assert "no concerns" not in entry.summary.casefold()
        if "safe and well" in entry.summary:
            assert entry.flag("phrase_safe_and_well") is True


def test_names_come_from_many_backgrounds_and_keep_their_marks(town: Town) -> None:
    origins = Counter(f.names for f in town.families)
    assert len(origins) >= 12
    names = " ".join(p.name for p in people(town))
    assert re.search("[ąęłśżźćń]", names) and re.search("[ăîșț]", names) and re.search(r"\w-\w", names)


def test_nothing_that_happens_depends_on_a_name() -> None:
    """Named from another seed, every family has the same people, days, kinds and ties."""

    def bones(families: Iterator[DemoFamily]) -> str:
        return json.dumps(
            [
                (f.story, [(e.kind, e.occurred.stated, e.agency, sorted(e.people)) for e in f.record.entries])
                for f in families
            ]
        )

    one, other = (list(build_families(SEED, TODAY, 120, names_seed=n)) for n in (1, 2))
    assert bones(iter(one)) == bones(iter(other))
    assert [p.name for f in one for p in f.record.people.values()] != [
        p.name for f in other for p in f.record.people.values()
    ]


def test_agencies_also_hold_people_under_other_names(town: Town) -> None:
    aliases = [
        (i, f.record.people[i.person])
        for f in town.families
        for i in f.record.identities
        if (i.given_name, i.family_name)
        != (f.record.people[i.person].given_name, f.record.people[i.person].family_name)
    ]
    assert len(aliases) > 80
    assert any("guest" in i.person and i.family_name != p.family_name for i, p in aliases)


def test_dates_are_of_every_precision_that_agencies_write(town: Town) -> None:
    assert {e.occurred.precision.value for e in town.entries()} >= {"minute", "day", "month", "about"}


def test_entries_are_in_order_of_happening(town: Town) -> None:
    for family in town.families:
        assert family.record.entries == ordered(family.record.entries)


def test_every_story_survives_being_written_as_a_bundle_and_read_again(town: Town) -> None:
    first = {family.story: family.record for family in reversed(town.families)}
    assert len(first) == len(stories()) + 1
    for story, record in first.items():
        files = record_files(record)
        read = read_bundle_files(files, story, today=TODAY)
        assert record_files(read.record) == files
        # A bundle has no corrections: it states each entry as it now stands.
        standing = [e.id for e in record.entries if e.id not in record.superseded]
        assert [e.id for e in read.record.entries] == standing


def test_an_unborn_child_has_a_mother_today(town: Town) -> None:
    unborn = [(f, c.key) for f in town.families for c in f.record.children if c.type.value == "unborn"]
    assert len(unborn) >= 8
    for family, child in unborn:
        assert family.record.related(child, {Relation.MOTHER}, TODAY), child


def test_families_have_every_shape(town: Town) -> None:
    relations = Counter(t.relation.value for f in town.families for t in f.record.relationships)
    for relation in (
        "mother",
        "father",
        "step_parent",
        "grandparent",
        "sibling",
        "half_sibling",
        "partner",
        "ex_partner",
    ):
        assert relations[relation] > 0, relation
    assert any(p.type.value == "unborn" for p in people(town))
    assert {p.interpreter for p in people(town)} >= {"needed", "not_needed"}


def test_addresses_are_keys_and_every_child_at_home_has_one(town: Town) -> None:
    for family in town.families:
        housed = {p for e in family.record.entries if e.kind == "housing" and e.text("address_key") for p in e.people}
        born = {c.key for c in family.record.children if c.type.value == "child" and "guest" not in c.key}
        recent = {c.key for c in family.record.children if c.born and c.born.start > TODAY - timedelta(days=20)}
        assert born - recent <= housed, family.number
        for entry in family.record.entries:
            if entry.kind == "housing" and entry.text("address_key"):
                assert re.fullmatch(rf"({AREA.lower()}|brackenford)-[a-z]+-[a-z]+-\d+", entry.text("address_key"))


@pytest.mark.parametrize("today", [date(2026, 1, 2), date(2026, 8, 15), date(2027, 4, 10), date(2028, 2, 29)])
def test_it_can_be_built_on_any_day_of_the_year(today: date) -> None:
    town = build_town(SEED, today, 150)
    assert {e.kind for e in town.entries()} == set(KINDS)
    assert all(e.recorded.start <= today for e in town.entries())
