"""A question on its own page: answered with reasons and a name, never by way of another child, never without words."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import Family, build_family, text_of
from tests.web.test_child_page import audited
from tests.worlds import NOW, authority
from wholepicture.access.operations import acting, involve
from wholepicture.signals.queries import SignalCard, signals_about

REASON = "Read both incidents with the health visitor; a joint visit is set for Friday."


@pytest.fixture
def family(store: Store) -> Iterator[Family]:
    """The family of `tests.web.pages`."""
    yield build_family()


def waiting(child: UUID) -> list[SignalCard]:
    """The child's questions that wait."""
    with acting(authority()):
        return [card for card in signals_about([child]) if card.waits]


def test_the_top_lists_each_question_with_its_evidence(family: Family) -> None:
    [card, *_] = waiting(family.world.child)
    page = browser(family.world.ann).get(f"/children/{family.world.child}/").content.decode()
    assert card.question.split("?")[0][:60] in page
    for entry in card.evidence:
        assert f"/chronology#entry-{entry}" in page


def test_an_answer_stands_with_its_reasons_name_and_role(store: Store, family: Family) -> None:
    child = family.world.child
    [card, *_] = waiting(child)
    address = f"/children/{child}/questions/{card.id}"
    ann = browser(family.world.ann)
    assert ann.get(address).status_code == 200
    response = ann.post(address, {"reason": REASON})
    assert response["Location"] == f"/children/{child}/?done=answered"
    assert card.id not in {c.id for c in waiting(child)}
    said = text_of(ann, response["Location"])
    assert "Your answer is recorded" in said
    assert f"by Ann, Social worker: {REASON}" in said
    assert audited(store, "child.question", child) == 2


@pytest.mark.parametrize("reason", ["", "ok", "   "])
def test_no_reason_is_no_answer_and_what_was_typed_is_kept(family: Family, reason: str) -> None:
    child = family.world.child
    [card, *_] = before = waiting(child)
    page = browser(family.world.ann).post(f"/children/{child}/questions/{card.id}", {"reason": reason})
    said = page.content.decode()
    assert "There is a problem" in said
    assert "Say what you looked at and what you decided" in said
    assert "Error: " in said
    assert len(waiting(child)) == len(before)


def test_a_question_is_answered_only_by_way_of_its_own_child(family: Family) -> None:
    world = family.world
    [card, *_] = waiting(world.child)
    involve(authority=authority(), team=world.ann.actor.team, people=[world.other_child], ground="test", since=NOW)
    ann = browser(world.ann)
    for child, signal in ((world.other_child, card.id), (world.child, uuid4())):
        assert ann.get(f"/children/{child}/questions/{signal}").status_code == 404
        assert ann.post(f"/children/{child}/questions/{signal}", {"reason": REASON}).status_code == 404
    assert card.id in {c.id for c in waiting(world.child)}


def test_a_reader_without_a_claim_answers_nothing(family: Family) -> None:
    [card, *_] = waiting(family.world.child)
    bob = browser(family.world.bob)
    assert bob.post(f"/children/{family.world.child}/questions/{card.id}", {"reason": REASON}).status_code == 404
    assert card.id in {c.id for c in waiting(family.world.child)}


def test_a_second_answer_is_refused_in_a_sentence(family: Family) -> None:
    child = family.world.child
    [card, *_] = waiting(child)
    ann = browser(family.world.ann)
    ann.post(f"/children/{child}/questions/{card.id}", {"reason": REASON})
    again = ann.post(f"/children/{child}/questions/{card.id}", {"reason": REASON})
    assert again.status_code == 400
    assert "Your answer is recorded" not in again.content.decode()
    assert "This could not be done" in again.content.decode()


def test_a_past_day_offers_no_answer(family: Family) -> None:
    page = browser(family.world.ann).get(f"/children/{family.world.child}/?on=2026-03-01").content.decode()
    assert "questions waiting" in page or "question waiting" in page
    assert "/questions/" not in page
