"""A release for one document: the place leaves in that document, once, before it runs out, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError

from tests.casework.leaving import REFUGE, Fled, build_fled, codes, father, lead, letter_draft, made, sees
from tests.casework.town import NOW, acts
from tests.conftest import Store
from tests.worlds import authority, practitioner
from wholepicture.access.operations import acting, involve
from wholepicture.access.policy import Stop
from wholepicture.access.roles import Permission
from wholepicture.access.stops import stop
from wholepicture.casework.disclosure.models import DisclosedDocumentRow
from wholepicture.casework.disclosure.operations import approve, send
from wholepicture.casework.disclosure.queries import disclosure_card, document_of
from wholepicture.casework.disclosure.refusing import refuse
from wholepicture.casework.disclosure.releasing import ask_release, decide_release
from wholepicture.casework.disclosure.types import Approver, Refusal
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.documents import (
    ask_for_document,
    document_release,
    document_releases_of,
    document_releases_to_decide,
    let_out,
    releases_of_document,
)
from wholepicture.people.addresses.handing import offer_shield, take_shield
from wholepicture.people.addresses.models import DocumentReleaseDecisionRow, DocumentReleaseUsedRow, DocumentShieldRow
from wholepicture.people.addresses.operations import shield
from wholepicture.people.addresses.queries import shields_of
from wholepicture.people.addresses.types import NewShield, ShieldReason

TEXT = f"She is to be fetched for the hearing from {REFUGE[0]} on Monday at nine."
WHY = "The court’s driver must fetch her, and her solicitor agreed to it."


@pytest.fixture
def fled(store: Store) -> Fled:
    return build_fled()


@pytest.fixture
def iggy(fled: Fled) -> Viewer:
    return practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy")


def stopped(fled: Fled, text: str = TEXT) -> UUID:
    disclosure, found = made(fled, letter_draft(fled, lead(fled), text))
    assert found == {"shielded_place"}
    return disclosure


def asks(fled: Fled, disclosure: UUID, why: str = WHY, hours: int = 4, who: Viewer | None = None) -> UUID:
    return ask_release(
        viewer=who or fled.worker, child=fled.kasia, disclosure=disclosure, why=why, hours=hours, now=NOW
    )


def decides(release: UUID, who: Viewer, *, granted: bool = True, why: str = "I rang the court.") -> None:
    decide_release(viewer=who, release=release, granted=granted, why=why, opens=parts_of, now=NOW)


def sends(fled: Fled, disclosure: UUID, at: datetime = NOW) -> set[str]:
    return codes(send(authority=fled.may(), child=fled.kasia, disclosure=disclosure, opens=parts_of, now=at))


def state(fled: Fled, disclosure: UUID) -> str:
    with sees(fled.worker):
        card = disclosure_card(disclosure)
    assert card is not None
    return card.state


@pytest.mark.requirement("R13")
def test_the_place_leaves_in_that_document_once_and_in_no_other(fled: Fled, iggy: Viewer) -> None:
    disclosure, twin = stopped(fled), stopped(fled)
    release = asks(fled, disclosure)
    assert sends(fled, disclosure) == {"shielded_place"}, "nothing leaves while it waits"
    decides(release, iggy)
    assert state(fled, disclosure) == "approved"
    assert sends(fled, twin) == {"shielded_place"}, "the same words in another document stay"
    assert sends(fled, disclosure) == set() and state(fled, disclosure) == "sent"
    with acting(authority()):
        [row] = releases_of_document(disclosure)
        assert row.used_at == NOW and row.granted
        document = document_digest(disclosure)
        assert let_out(document=disclosure, digest=document, at=NOW) == frozenset(), "it has served"
        with pytest.raises(IntegrityError):
            DocumentReleaseUsedRow.objects.create(release=release, at=NOW)


def document_digest(disclosure: UUID) -> str:
    return DisclosedDocumentRow.objects.get(disclosure=disclosure).digest


@pytest.mark.requirement("R13")
def test_a_release_runs_out_and_is_for_those_very_bytes(fled: Fled, iggy: Viewer) -> None:
    disclosure = stopped(fled)
    decides(asks(fled, disclosure, hours=2), iggy)
    late = NOW + timedelta(hours=2, minutes=1)
    with acting(authority()):
        digest = document_digest(disclosure)
        assert let_out(document=disclosure, digest=digest, at=NOW) != frozenset()
        assert let_out(document=disclosure, digest="0" * 64, at=NOW) == frozenset()
        assert let_out(document=disclosure, digest=digest, at=late) == frozenset()
    assert sends(fled, disclosure, late) == {"shielded_place"}
    assert state(fled, disclosure) == "stopped"
    decides(asks(fled, disclosure), iggy)
    assert sends(fled, disclosure) == set()


def test_no_approval_lets_a_kept_place_go(fled: Fled, iggy: Viewer) -> None:
    disclosure = stopped(fled)
    for who in (fled.town.manager, iggy):
        with pytest.raises(Refused, match="only a release for this document"):
            approve(authority=acts(who, Permission.SEE_DISCLOSURES), child=fled.kasia, disclosure=disclosure,
                    approve=True, seal="", reason=WHY, now=NOW)  # fmt: skip
    with sees(fled.worker):
        card = disclosure_card(disclosure)
    assert card is not None and card.approver is Approver.RELEASE


def test_what_else_stops_it_goes_on_to_stop_it(fled: Fled, iggy: Viewer) -> None:
    disclosure, found = made(fled, letter_draft(fled, father(fled), TEXT))
    assert found == {"shielded_place", "linked_perpetrator"}
    decides(asks(fled, disclosure), iggy)
    assert sends(fled, disclosure) == {"linked_perpetrator"} and state(fled, disclosure) == "stopped"


def test_a_shield_set_since_is_not_let_out(fled: Fled, iggy: Viewer) -> None:
    disclosure = stopped(fled)
    release = asks(fled, disclosure)
    new = NewShield(ShieldReason.WITNESS, "", "anybody", NOW.date() - timedelta(days=300))
    shield(authority=authority(), people=[fled.town.ewa], new=new, holder_team="witness-care", now=NOW)
    decides(release, iggy)
    assert sends(fled, disclosure) == {"shielded_place"}


def test_who_may_ask_and_decide(fled: Fled, iggy: Viewer) -> None:
    disclosure = stopped(fled)
    clean, _ = made(fled, letter_draft(fled, lead(fled)))
    boss = practitioner("bea", "manager", "social_care", "assessment", "Bea")
    attempts: list[tuple[str, Callable[[], object]]] = [
        ("in a sentence why", lambda: asks(fled, disclosure, why="urgent")),
        ("1 to 24 hours", lambda: asks(fled, disclosure, hours=25)),
        ("did not stop for a place", lambda: asks(fled, clean)),
        ("nothing here", lambda: asks(fled, UUID(int=4))),
        ("no record here", lambda: asks(fled, disclosure, who=fled.town.other_dsl)),
    ]
    for why, attempt in attempts:
        with pytest.raises(Refused, match=why):
            attempt()
    release = asks(fled, disclosure)
    attempts = [
        ("asked already", lambda: asks(fled, disclosure)),
        ("another team than the asker", lambda: decides(release, boss)),
        ("role does not allow", lambda: decides(release, fled.worker)),
        ("nothing here for you", lambda: decides(UUID(int=4), iggy)),
        ("Say why", lambda: decides(release, iggy, why=" ")),
    ]
    for why, attempt in attempts:
        with pytest.raises(Refused, match=why):
            attempt()
    with sees(iggy):
        assert [r.id for r in document_releases_to_decide()] == [release]
        assert shields_of([fled.town.ewa]) == [], "and the shield itself is not shown to whoever decides"
    decides(release, iggy, granted=False)
    assert state(fled, disclosure) == "stopped" and sends(fled, disclosure) == {"shielded_place"}
    with pytest.raises(Refused, match="decided already"):
        decides(release, iggy)
    with sees(fled.worker):
        assert [r.granted for r in document_releases_of(fled.kasia)] == [False]
    with sees(fled.town.dsl):
        assert document_release(release) is None
    with pytest.raises(IntegrityError), acting(authority()):
        me = UUID(fled.worker.actor.practitioner)
        DocumentReleaseDecisionRow.objects.create(release=asks(fled, disclosure), granted=True, asked_by=me, by=me,
                                                  by_name="", why="", at=NOW, until=NOW)  # fmt: skip


def test_a_document_that_names_no_kept_place_needs_no_release(fled: Fled) -> None:
    clean, _ = made(fled, letter_draft(fled, lead(fled)))
    with pytest.raises(Refused, match="send it as it is"):
        ask_for_document(viewer=fled.worker, person=fled.kasia, document=clean, digest="x", why=WHY, hours=1, now=NOW)


@pytest.mark.requirement("R13")
def test_a_letter_that_names_the_place_is_read_on_the_ledger_by_those_who_know_it(fled: Fled, iggy: Viewer) -> None:
    """Once anybody who reads letters of social care read it there, sent or not: the refuge with it."""
    colleague = practitioner("greta", "social_worker", "social_care", "court-team", "Greta")
    involve(authority=authority(), team="court-team", people=[fled.kasia], ground="court", since=NOW)
    disclosure, clean = stopped(fled), made(fled, letter_draft(fled, lead(fled)))[0]
    for who, reads in ((fled.worker, True), (colleague, False), (iggy, False)):
        with sees(who):
            card, file = disclosure_card(disclosure), document_of(disclosure)
            assert card is not None and (card.words is not None, file is not None) == (reads, reads)
            assert (REFUGE[0] in repr(card)) == reads
            assert [s.code.value for s in card.stops] == ["shielded_place"] * len(card.stops) and card.stops
            if who is colleague:
                other = disclosure_card(clean)
                assert other is not None and other.words is not None, "a letter that names no place is theirs to read"
    with acting(authority()):
        [kept] = shields_of([fled.town.ewa])
    offer = offer_shield(viewer=fled.worker, shield=kept.id, to_team="court-team", why=WHY, now=NOW)
    take_shield(viewer=colleague, hand=offer, words="", now=NOW)
    with sees(colleague):
        card = disclosure_card(disclosure)
        assert card is not None and card.words is not None, "it goes with the shield"


def test_whoever_is_kept_from_the_child_decides_nothing(fled: Fled, iggy: Viewer) -> None:
    release = asks(fled, stopped(fled))
    stop(authority=authority(), practitioner=UUID(iggy.actor.practitioner), person=fled.kasia, ground=Stop.FAMILY,
         now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="nothing here for you"):
        decides(release, iggy)
    with acting(authority()):
        assert DocumentShieldRow.objects.exists()


def test_a_document_released_to_a_team_that_holds_the_shield_is_still_noted(fled: Fled) -> None:
    """The team that keeps the place is not stopped; what it was sent is kept from the others on the ledger."""
    to = replace(lead(fled), team="assessment")
    disclosure, found = made(fled, letter_draft(fled, to, TEXT))
    assert found == set()
    with acting(authority()):
        assert DocumentShieldRow.objects.filter(document=disclosure).count() == 1


def test_the_reasons_of_a_refusal_that_name_the_place_are_kept_too(fled: Fled, iggy: Viewer) -> None:
    colleague = practitioner("greta", "social_worker", "social_care", "court-team", "Greta")
    involve(authority=authority(), team="court-team", people=[fled.kasia], ground="court", since=NOW)
    why = letter_draft(fled, father(fled))[0].why
    reviewer = UUID(iggy.actor.practitioner)
    refusal = Refusal(fled.kasia, father(fled), why, f"He would learn that she is at {REFUGE[0]}.", reviewer)
    disclosure = refuse(authority=fled.may(), refusal=refusal, now=NOW)
    for who, reads in ((fled.worker, True), (colleague, False), (iggy, True)):
        with sees(who):
            card = disclosure_card(disclosure)
        assert card is not None and (card.words is not None) == reads, who.actor.name
