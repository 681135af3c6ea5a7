"""To whom a person's information has been given, and the addresses held of them, are items of a request (Art 15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.casework.asking import Asked, ask, shield_places
from tests.casework.leaving import (
    OLD,
    REFUGE,
    SENTENCE,
    Fled,
    build_fled,
    father,
    letter_draft,
    made,
)
from tests.casework.town import NOW, TODAY, acts
from tests.conftest import Store
from tests.worlds import authority, practitioner
from wholepicture.access.operations import acting, involve, viewing
from wholepicture.access.roles import Permission
from wholepicture.casework.disclosure.correcting import correct
from wholepicture.casework.disclosure.operations import make, send
from wholepicture.casework.disclosure.refusing import record_request
from wholepicture.casework.disclosure.types import (
    Asking,
    Channel,
    Correction,
    DocumentKind,
    Draft,
    Made,
    Recipient,
    RecipientKind,
)
from wholepicture.casework.subject_access.gathering import held_about, items_about
from wholepicture.casework.subject_access.queries import decisions_of
from wholepicture.casework.subject_access.rules import answer_of
from wholepicture.casework.subject_access.types import ADDRESS, DISCLOSURE, Held, Item, Outcome
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Purpose, Viewer
from wholepicture.foundation.when import When
from wholepicture.people.addresses.operations import add_address
from wholepicture.people.addresses.types import NewAddress
from wholepicture.people.queries import identities_of


@pytest.fixture
def fled(store: Store) -> Fled:
    return build_fled()


@pytest.fixture
def reviewer(fled: Fled) -> Viewer:
    """A manager who holds nothing of the family but, for a while, Kasia and Ewa."""
    who = practitioner("rosa", "manager", "local_authority", "rosas-team", "Rosa")
    involve(authority=authority(), team="rosas-team", people=[fled.kasia], ground="request", since=NOW)
    return who


def held(reviewer: Viewer, person: UUID, day: date = TODAY) -> Held:
    with viewing(reviewer, permission=Permission.REVIEW_REQUEST, purpose=Purpose.RIGHTS, now=NOW, act="request.items",
                 person=person):  # fmt: skip
        return held_about(person, day)


def shares(held: Held) -> list[Item]:
    return [i for i in held.items if i.kind.startswith(DISCLOSURE)]


def said(item: Item) -> dict[str, str]:
    return {p.name: p.text for p in item.parts}


def sent(fled: Fled, to: Recipient, **changes: Any) -> UUID:
    disclosure, stopped = made(fled, letter_draft(fled, to, **changes))
    assert not stopped
    assert not send(authority=fled.may(), child=fled.kasia, disclosure=disclosure, opens=parts_of, now=NOW)
    return disclosure


DOCTOR = Recipient(RecipientKind.PROFESSIONAL, "Dr Browne", "gp", "")


def test_whom_it_went_to_what_was_said_and_why_is_an_item(fled: Fled, reviewer: Viewer) -> None:
    disclosure = sent(fled, DOCTOR, channel=Channel.SECURE_EMAIL)
    [item] = shares(held(reviewer, fled.kasia))
    words = said(item)
    assert (item.id, item.what) == (disclosure, "Shared with somebody")
    assert words["to"].startswith("Dr Browne, ") and words["text"] == SENTENCE == words["purpose"]
    assert "sent, Amira." in words["steps"] and "Children Act 1989 s17" in words["law"]
    assert shares(held(reviewer, fled.kasia, TODAY - timedelta(days=1))) == [], "as held on the day of the request"
    with acting(authority()):
        assert [i.digest for i in items_about(fled.kasia, TODAY)] == [
            i.digest for i in held(reviewer, fled.kasia).items
        ]


@pytest.mark.parametrize(("asker", "named"), [(DOCTOR, "Dr Browne, General practitioner"), (None, "family")])
def test_whoever_asked_for_information_is_an_item(
    fled: Fled, reviewer: Viewer, asker: Recipient | None, named: str
) -> None:
    asking = Asking(fled.kasia, asker or father(fled), "Everything about the visits of last year.", SENTENCE)
    record_request(authority=fled.may(), asking=asking, now=NOW)
    [item] = shares(held(reviewer, fled.kasia))
    assert item.what == "Somebody asked for information" and "Adam" not in repr(item)
    assert said(item)["asked"] == asking.asked and named in said(item)["from"]


def test_of_the_family_nobody_but_the_person_is_named_and_what_was_not_sent_says_so(
    fled: Fled, reviewer: Viewer
) -> None:
    made(fled, letter_draft(fled, father(fled)))
    [item] = shares(held(reviewer, fled.kasia))
    assert item.what == "Made to be shared, and not sent" and "Adam" not in said(item)["to"]
    assert said(item)["to"] == "A member of the family, father"


def test_a_corrected_row_and_the_one_that_corrects_it_are_both_given(fled: Fled, reviewer: Viewer) -> None:
    first = sent(fled, DOCTOR, channel=Channel.SECURE_EMAIL)
    slip = Correction("The doctor spells the name without an e.", name="Dr Brown")
    correct(authority=fled.may(), child=fled.kasia, disclosure=first, correction=slip, now=NOW)
    found = {said(i)["to"].partition(",")[0]: said(i) for i in shares(held(reviewer, fled.kasia))}
    assert found["Dr Browne"]["corrected"] and "corrects" not in found["Dr Browne"]
    assert found["Dr Brown"]["corrects"] and "corrected" not in found["Dr Brown"]


def test_what_went_of_a_mother_in_her_childs_chronology_is_an_item_of_hers_that_names_no_child(fled: Fled) -> None:
    with acting(authority()):
        hers = next(i for i in items_about(fled.town.ewa, TODAY) if any("He hit her" in p.text for p in i.parts))
    draft, file = letter_draft(fled, replace(DOCTOR, organisation="Qzsurgery"), channel=Channel.SECURE_EMAIL)
    draft = replace(draft, document=DocumentKind.CHRONOLOGY_WORD, kept=(hers.id,), text="")
    disclosure, stopped = made(fled, (draft, file))
    assert not stopped
    send(authority=fled.may(), child=fled.kasia, disclosure=disclosure, opens=parts_of, now=NOW)
    who = practitioner("sol", "manager", "local_authority", "sols-team", "Sol")
    involve(authority=authority(), team="sols-team", people=[fled.town.ewa], ground="request", since=NOW)
    [item] = shares(held(who, fled.town.ewa))
    assert said(item)["what"] == "1 entry about this person, in what was sent about another person"
    assert not any(word in repr(item) for word in ("Kasia", "Qzsurgery", "Browne", str(disclosure)))
    with acting(authority()):
        [same] = [i for i in items_about(fled.town.ewa, TODAY) if i.kind == DISCLOSURE]
    assert same == item
    assert shares(held(who, fled.town.ewa, TODAY - timedelta(days=1))) == []


def test_the_persons_own_addresses_are_items_and_a_kept_one_is_only_counted(fled: Fled) -> None:
    who = practitioner("sol", "manager", "local_authority", "sols-team", "Sol")
    involve(authority=authority(), team="sols-team", people=[fled.town.ewa], ground="request", since=NOW)
    theirs = held(who, fled.town.ewa)
    homes = [said(i)["address"] for i in theirs.items if i.kind == ADDRESS]
    assert homes == [", ".join((*OLD, "QX1 1AA"))] and theirs.kept >= 1
    assert REFUGE[0] not in repr(theirs)
    holder = held(fled.town.manager, fled.town.ewa)
    found = [said(i)["address"] for i in holder.items if i.kind == ADDRESS]
    assert any(REFUGE[0] in home for home in found), "the team that holds the shield reads it"
    assert holder.kept == 0


def test_a_statement_that_was_corrected_says_so(fled: Fled) -> None:
    with acting(authority()):
        row = identities_of(fled.kasia)[0]
    first = NewAddress(("1 Slip Road",), "QX1 2AA", from_=When.on(date(2024, 1, 1)), phone="01632 960001")
    wrong = add_address(authority=authority(), person=fled.kasia, identity=row, address=first, now=NOW)
    right = replace(first, lines=("11 Slip Road",), corrects=wrong)
    add_address(authority=authority(), person=fled.kasia, identity=row, address=right, now=NOW + timedelta(minutes=1))
    with acting(authority()):
        found = {said(i)["address"]: said(i) for i in items_about(fled.kasia, TODAY) if i.kind == ADDRESS}
    assert "corrected" in found["1 Slip Road, QX1 2AA"] and "corrected" not in found["11 Slip Road, QX1 2AA"]
    assert found["11 Slip Road, QX1 2AA"]["from"] == "1 January 2024"


@pytest.fixture
def asked(store: Store) -> Asked:
    asked = ask()
    team = asked.town.social_worker.actor.team
    involve(authority=authority(), team=team, people=[asked.town.kasia], ground="allocated", since=NOW)
    return asked


def letter(asked: Asked, to: Recipient) -> tuple[Draft, Made]:
    """A letter about Kasia to somebody."""
    return letter_draft(Fled(asked.town, asked.town.social_worker, asked.town.ewa, asked.town.ewa), to)


def test_a_school_to_which_something_went_is_kept_with_the_place_and_counted(asked: Asked) -> None:
    town = asked.town
    actor = town.dsl.actor
    to = Recipient(RecipientKind.PRACTITIONER, actor.name, actor.role, "Qzschool", actor.agency, actor.team,
                   UUID(actor.practitioner))  # fmt: skip
    draft, file = letter(asked, to)
    may = acts(town.social_worker, Permission.SHARE, town.kasia)
    disclosure, stopped = make(authority=may, draft=draft, made=file, opens=parts_of, now=NOW)
    assert not stopped
    assert not send(authority=may, child=town.kasia, disclosure=disclosure, opens=parts_of, now=NOW)
    before = asked.held()
    [item] = shares(before)
    assert "Qzschool" in said(item)["to"]
    shield_places(asked)
    after = asked.held()
    assert shares(after) == [] and "Qzschool" not in repr(after) and after.kept > before.kept
    assert after == asked.held(asked.second)


def test_a_share_is_decided_like_any_other_item(asked: Asked) -> None:
    draft, file = letter(asked, DOCTOR)
    may = acts(asked.town.social_worker, Permission.SHARE, asked.town.kasia)
    make(authority=may, draft=draft, made=file, opens=parts_of, now=NOW)
    [item] = shares(asked.held())
    asked.decide(item, Outcome.WITHHOLD, "legal_privilege")
    asked.decide_rest()
    known, theirs = asked.known(), asked.held()
    with acting(authority()):
        release = answer_of(known, theirs, decisions_of(asked.request))
    assert SENTENCE not in repr(release) and [w.mark for w in release.withheld] == ["L"]
