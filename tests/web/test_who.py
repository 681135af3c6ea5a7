"""Who somebody is, as pages: what each agency said, two records side by side, joined, and told apart again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import plain
from tests.worlds import NOW, World, authority, build_world, person, practitioner
from wholepicture.access.operations import involve
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.when import When
from wholepicture.people.operations import NewIdentity, add_identity, add_person, relate
from wholepicture.people.types import Relation, Relationship

SURE = "The ward and the mother's maiden name agree."


@dataclass(frozen=True)
class Town:
    """A manager sees Kasia, and Katarzyna who was born on the same day; Tom is another team's."""

    world: World
    manager: Viewer
    other: UUID
    other_identity: UUID


@pytest.fixture
def town(store: Store) -> Town:
    world = build_world()
    manager = practitioner("mia", "manager", "social_care", "managers", "Mia Manager")
    other, identity = person("Katarzyna", "Lis", "child", "2021-05-04")
    people = [world.child, world.mother, other]
    involve(authority=authority(), team="managers", people=people, ground="supervises", since=NOW)
    return Town(world, manager, other, identity)


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return plain(response.content.decode())


def joining(town: Town, **changed: str) -> dict[str, str]:
    return {"retyped": "4 5 2021", "ground": SURE} | changed


@pytest.mark.requirement("R17")
def test_two_records_are_compared_joined_and_told_apart(town: Town) -> None:
    client = browser(town.manager)
    compare = f"/people/{town.world.child}/who/{town.other}"
    page = shown(client, compare)
    assert "born on one day and have different first names: they may be twins" in page
    assert "Kasia Nowak" in page and "Katarzyna Lis" in page
    assert "Type their date of birth from the second record" in page
    answer = client.post(compare, joining(town))
    assert answer.headers["Location"] == f"/people/{town.world.child}/who?done=joined"
    both = shown(client, f"/people/{town.other}/who")
    assert "Kasia Nowak" in both and "Katarzyna Lis" in both
    assert f"by Mia Manager: {SURE}" in both
    child = shown(client, f"/children/{town.other}/")
    assert "Kasia Nowak" in child
    answer = client.post(
        f"/people/{town.world.child}/who/apart", {"identities": str(town.other_identity), "ground": SURE}
    )
    assert answer.headers["Location"] == f"/people/{town.world.child}/who?done=parted"
    assert "Katarzyna" not in shown(client, f"/people/{town.world.child}/who").partition("Another record")[0]
    assert "Katarzyna Lis" in shown(client, f"/people/{town.other}/who")


def test_what_was_typed_is_kept_where_it_does_not_agree(town: Town) -> None:
    client = browser(town.manager)
    compare = f"/people/{town.world.child}/who/{town.other}"
    page = plain(client.post(compare, joining(town, retyped="5 4 2021")).content.decode())
    assert "Type their date of birth again, from the record: this does not agree with it." in page
    page = plain(client.post(compare, joining(town, ground="Yes")).content.decode())
    assert "Say in a sentence what makes you sure" in page
    assert "Katarzyna Lis" in shown(client, f"/people/{town.other}/who")


def test_all_of_somebody_cannot_be_somebody_else(town: Town) -> None:
    add_identity(
        authority=authority(), identity=NewIdentity("x", agency="school/oak", given_name="Kay"),
        person=town.world.child, now=NOW, ground="a test",
    )  # fmt: skip
    client = browser(town.manager)
    page = shown(client, f"/people/{town.world.child}/who")
    assert "Two people have been taken for one" in page
    answer = client.post(f"/people/{town.world.child}/who/apart", {"ground": SURE})
    assert "Choose which of these are somebody else" in plain(answer.content.decode())
    found = [str(town.world.child_identity)]
    stale = client.post(f"/people/{town.world.child}/who/apart", {"identities": [*found, town.other], "ground": SURE})
    assert "the record has just changed" in plain(stale.content.decode())


@pytest.mark.requirement("R13")
def test_a_record_that_the_decider_has_no_claim_to_is_not_compared(town: Town) -> None:
    client = browser(town.manager)
    assert client.get(f"/people/{town.world.child}/who/{town.world.other_child}").status_code == 404
    find = f"/people/{town.world.child}/who/find"
    tom = {"given_name": "Tom", "family_name": "Hill", "born-day": "9", "born-month": "1", "born-year": "2017"}
    assert "That record is held, and not by your team." in plain(client.post(find, tom).content.decode())
    nobody = tom | {"given_name": "Zed"}
    assert "No other child of that number" in plain(client.post(find, nobody).content.decode())
    own = {"given_name": "Kasia", "family_name": "Nowak", "born-day": "4", "born-month": "5", "born-year": "2021"}
    assert "That is this record" in plain(client.post(find, own).content.decode())
    like = {"given_name": "Katarzyna", "family_name": "Lis", "born-day": "4", "born-month": "5", "born-year": "2021"}
    assert client.post(find, like).headers["Location"] == f"/people/{town.world.child}/who/{town.other}"


def test_a_worker_reads_who_somebody_is_and_is_told_who_decides(town: Town) -> None:
    client = browser(town.world.ann)
    page = shown(client, f"/people/{town.world.child}/who")
    assert "Tell the front door" in page
    assert client.post(f"/people/{town.world.child}/who/apart", {"ground": SURE}).status_code == 403
    assert "Katarzyna" not in page


def test_a_twin_and_a_namesake_are_named_beside_the_child(town: Town) -> None:
    twin, identity = person("Kalina", "Nowak", "child", "2021-05-04")
    relate(
        authority=authority(), identity=town.world.mother_identity, other=identity,
        relationship=Relationship("", Relation.MOTHER, "", lives_with=True),
    )  # fmt: skip
    same, _ = add_namesake()
    unseen, _ = add_namesake("hidden")
    involve(authority=authority(), team="managers", people=[twin, same], ground="supervises", since=NOW)
    page = shown(browser(town.manager), f"/children/{town.world.child}/")
    assert (
        "Not Kalina Nowak (born 4 May 2021), born on the same day; not Kasia Nowak (born 1 February 2015), of the"
        in page
    )
    assert page.count("of the same name") == 1


def add_namesake(key: str = "second") -> tuple[UUID, UUID]:

    identity = NewIdentity(key, type="child", given_name="Kasia", family_name="Nowak", born=When.parse("2015-02-01"))
    return add_person(authority=authority(), identity=identity, now=NOW, ground="a test")
