"""The child's page over the real store: who may open it, what its top says, and the mark that each look leaves."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import Family, build_family, text_of, without_token

TABS = ("", "chronology", "family", "growth", "work", "ledger")
ACTS = {"": "child.picture", **{tab: f"child.{tab}" for tab in TABS[1:]}}


@pytest.fixture
def family(store: Store) -> Iterator[Family]:
    """The family of `tests.web.pages`."""
    yield build_family()


def audited(store: Store, act: str, person: UUID) -> int:
    """How many audit rows tell of that act about that person."""
    with store.as_superuser() as connection:
        row = connection.execute(
            "SELECT count(*) FROM access_audit WHERE act = %s AND person = %s", [act, person]
        ).fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.mark.parametrize("tab", TABS)
def test_involved_reader_opens_every_tab_and_leaves_a_mark(store: Store, family: Family, tab: str) -> None:
    child = family.world.child
    response = browser(family.world.ann).get(f"/children/{child}/{tab}")
    assert response.status_code == 200
    assert "Kasia Nowak" in response.content.decode()
    assert audited(store, ACTS[tab], child) == 1


@pytest.mark.parametrize("tab", TABS)
def test_family_as_a_whole_opens_on_every_tab(family: Family, tab: str) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/{tab}?whole=family")
    assert "The family of Kasia Nowak" in said


@pytest.mark.parametrize("tab", TABS)
def test_hidden_and_absent_children_answer_with_the_same_bytes(store: Store, family: Family, tab: str) -> None:
    bob = browser(family.world.bob)
    hidden = bob.get(f"/children/{family.world.child}/{tab}")
    absent = bob.get(f"/children/{uuid4()}/{tab}")
    assert hidden.status_code == absent.status_code == 404
    assert without_token(hidden.content) == without_token(absent.content)
    assert "Nowak" not in hidden.content.decode()
    assert audited(store, f"{ACTS[tab]}.refused", family.world.child) == 1


def test_an_adult_has_no_childs_page(family: Family) -> None:
    ann = browser(family.world.ann)
    adult = ann.get(f"/children/{family.world.mother}/")
    absent = ann.get(f"/children/{uuid4()}/")
    assert adult.status_code == 404
    assert without_token(adult.content) == without_token(absent.content)


@pytest.mark.parametrize("tab", TABS)
def test_signed_out_reader_signs_in_first_and_comes_back(family: Family, tab: str) -> None:
    address = f"/children/{family.world.child}/{tab}"
    response = browser().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?next=%2Fchildren%2F")


@pytest.mark.requirement("R94")
def test_top_gives_the_childs_own_words_and_how_they_were_heard(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/")
    assert "“Mama cries in the night”" in said
    assert "Heard by class teacher, School: Oak, 22 February 2026, alone" in said
    assert "no professional interpreter was used" in said
    assert "In Polish" in said


@pytest.mark.requirement("R83")
def test_top_says_when_the_child_was_last_seen_and_by_whom(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/?on=2026-03-02")
    assert "Last seen 8 days ago 22 February 2026: class teacher, School: Oak, to talk with the child" in said
    earlier = text_of(browser(family.world.ann), f"/children/{family.world.child}/?on=2026-02-21")
    assert "Last seen Yesterday 20 February 2026: social worker, Social care, at home" in earlier
    assert "Last seen alone Never recorded" in earlier


def test_never_recorded_is_said_plainly(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/?on=2026-02-11")
    assert "Last seen Never recorded" in said
    assert "No words of this child’s own are on record." in said
    assert "no concerns" not in said.lower()


def test_top_names_who_is_involved_and_who_wrote_without_a_name(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/?on=2026-03-02")
    assert "social_care north" in said
    assert "Wrote in the last twelve months, no one named here" in said
    assert "School: Oak: last 22 February 2026" in said


def test_top_says_what_is_held_and_how_old_it_is(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/?on=2026-03-02")
    assert "Police 10 February 2026 20 days ago" in said
    assert "Health visiting Nothing is held" in said


def test_top_says_with_whom_the_child_lives_and_never_an_address(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/")
    assert "With Ewa Nowak mother" in said
    assert "No agency has recorded an address" in said


def test_a_past_day_is_said_to_be_past_and_shows_only_what_was_known(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/chronology?on=2026-01-31")
    assert "as known on 31 January 2026" in said
    assert "Shouting heard by a neighbour." in said
    assert "Mother pushed in the kitchen." not in said
    assert "=cmd tired" not in said  # written down on 1 February about January


def test_ledger_names_who_looked_and_who_shared(family: Family) -> None:
    ann = browser(family.world.ann)
    ann.get(f"/children/{family.world.child}/growth")
    said = text_of(ann, f"/children/{family.world.child}/ledger")
    assert "Ann Social worker, Social Care Opened the growth chart To assess or help the child" in said
    assert "Domestic abuse incident, 10 February 2026 Police Social care 25 February 2026 15 days" in said
    assert "no answer on record" in said


@pytest.mark.requirement("R8")
def test_family_tab_links_children_and_adults(family: Family) -> None:
    said = text_of(browser(family.world.ann), f"/children/{family.world.child}/family")
    assert "Ewa Nowak , mother of Kasia Nowak" in said
