"""The ledger over the real store: what stops, who lets it go, what is sent to whom, and what nobody may undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.casework.leaving import (
    DADS,
    OLD,
    REFUGE,
    REFUGE_POST,
    SENTENCE,
    Fled,
    build_fled,
    codes,
    father,
    lead,
    letter_draft,
    made,
    sees,
    write,
)
from tests.casework.town import NOW, TODAY, acts
from tests.conftest import Store
from tests.worlds import authority, practitioner
from wholepicture.access.operations import acting
from wholepicture.access.policy import Stop
from wholepicture.access.roles import Permission
from wholepicture.access.stops import stop
from wholepicture.casework.disclosure.models import DisclosureStopRow
from wholepicture.casework.disclosure.operations import approve, hand_over, prepare, receive, send, withdraw
from wholepicture.casework.disclosure.queries import (
    DisclosureCard,
    disclosure_card,
    document_of,
    overdue_reviews,
    request_card,
    sealed,
    sent_to,
    waiting_for,
)
from wholepicture.casework.disclosure.refusing import record_request, refuse, review_refusal
from wholepicture.casework.disclosure.types import (
    Approver,
    Asking,
    Channel,
    Draft,
    LeftOut,
    Made,
    Offered,
    Recipient,
    RecipientKind,
    Refusal,
    Threshold,
    Why,
)
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import identities_of
from wholepicture.record.types import AboutRole
from wholepicture.signals.queries import signals_about

REASON = "I read it through with the worker and rang the school."


@pytest.fixture
def fled(store: Store) -> Fled:
    return build_fled()


def sends(fled: Fled, disclosure: UUID) -> set[str]:
    return codes(send(authority=fled.may(), child=fled.kasia, disclosure=disclosure, opens=parts_of, now=NOW))


def card_of(disclosure: UUID, who: Viewer) -> DisclosureCard | None:
    with sees(who):
        return disclosure_card(disclosure)


def state(fled: Fled, disclosure: UUID) -> str:
    card = card_of(disclosure, fled.worker)
    assert card is not None
    return card.state


def asked(fled: Fled) -> list[str]:
    """The live questions about Kasia that a stop or refusal raises."""
    with sees(fled.worker):
        return [s.rule for s in signals_about([fled.kasia]) if s.rule == "S56" and s.waits]


def lets_go(fled: Fled, disclosure: UUID, who: Viewer, *, yes: bool = True) -> None:
    may = acts(who, Permission.SEE_DISCLOSURES)
    approve(
        authority=may, child=fled.kasia, disclosure=disclosure, approve=yes, seal=seal(disclosure, who), reason=REASON,
        now=NOW,
    )  # fmt: skip


def seal(disclosure: UUID, who: Viewer) -> str:
    """What somebody has read, who is shown the file; blank for whoever is not."""
    with sees(who):
        card = disclosure_card(disclosure)
        read = sealed(card) if card else None
    return read[2] if read else ""


@pytest.mark.requirement("R24")
def test_a_letter_to_a_school_lead_is_sent_opened_and_on_the_ledger(fled: Fled) -> None:
    disclosure, stopped = made(fled, letter_draft(fled, lead(fled)))
    assert stopped == set() and state(fled, disclosure) == "ready"
    own = acts(fled.town.dsl, Permission.SEE_DISCLOSURES)
    with sees(fled.town.dsl):
        assert document_of(disclosure) is None, "nothing is theirs before it is sent"
    with pytest.raises(Refused, match="nothing leaves before that"):
        hand_over(authority=own, child=fled.kasia, disclosure=disclosure, now=NOW)
    assert sends(fled, disclosure) == set()
    with sees(fled.town.dsl):
        [card] = sent_to(fled.town.dsl)
        file = document_of(disclosure)
    assert card.words is not None and card.words.purpose == SENTENCE
    assert file is not None and SENTENCE in "".join(p.text for p in parts_of(file))
    for _ in range(2):
        hand_over(authority=own, child=fled.kasia, disclosure=disclosure, now=NOW)
    opened = card_of(disclosure, fled.worker)
    assert opened is not None and [s.event.value for s in opened.steps] == ["made", "sent", "opened"]
    with pytest.raises(Refused, match="sent or withdrawn already"):
        sends(fled, disclosure)
    with pytest.raises(Refused, match="nothing here for you"):
        hand_over(
            authority=acts(fled.town.gp, Permission.SEE_DISCLOSURES), child=fled.kasia, disclosure=disclosure, now=NOW
        )


def test_a_letter_to_an_alleged_perpetrator_waits_for_a_lead_and_never_for_a_colleague(fled: Fled) -> None:
    disclosure, stopped = made(fled, letter_draft(fled, father(fled)))
    assert stopped == {"linked_perpetrator"} and asked(fled) == ["S56"]
    assert sends(fled, disclosure) == {"linked_perpetrator"}
    colleague = practitioner("greg", "social_worker", "social_care", "assessment", "Greg")
    for who, why in ((fled.worker, "Somebody else must approve"), (colleague, "A manager or a named nurse")):
        with pytest.raises(Refused, match=why):
            lets_go(fled, disclosure, who)
    with sees(fled.town.manager):
        [waiting] = waiting_for(fled.town.manager)
    assert waiting.approver is Approver.LEAD
    lets_go(fled, disclosure, fled.town.manager, yes=False)
    assert sends(fled, disclosure) == {"linked_perpetrator"}
    lets_go(fled, disclosure, fled.town.manager)
    assert state(fled, disclosure) == "approved" and asked(fled) == []
    assert sends(fled, disclosure) == set()
    with pytest.raises(Refused, match="Nothing here waits"):
        lets_go(fled, disclosure, fled.town.manager)
    receive(authority=fled.may(), child=fled.kasia, disclosure=disclosure, words="Handed to him here.", now=NOW)
    assert state(fled, disclosure) == "received"
    card = card_of(disclosure, fled.worker)
    assert card is not None and {"Precious", "Amira"} <= {s.by_name for s in card.steps}


def test_an_auditor_reads_none_of_it_and_so_lets_nothing_go(fled: Fled) -> None:
    iggy = practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy")
    disclosure, _ = made(fled, letter_draft(fled, father(fled), "Qzsecret: we meet on Monday at ten."))
    card = card_of(disclosure, iggy)
    assert card is not None and card.words is None and card.stops and card.items == ()
    with sees(iggy):
        assert document_of(disclosure) is None
    with pytest.raises(Refused, match="A manager or a named nurse"):
        lets_go(fled, disclosure, iggy)
    assert sends(fled, disclosure) == {"linked_perpetrator"}
    with sees(iggy):
        assert "Qzsecret" not in repr(disclosure_card(disclosure))


def test_somebody_who_lives_with_an_alleged_perpetrator_is_stopped_too(fled: Fled) -> None:
    friend = Recipient(RecipientKind.FAMILY, "Zofia Lis", "adult", person=fled.friend)
    assert made(fled, letter_draft(fled, friend))[1] == {"household_of_perpetrator"}


LEADS_THERE = [
    f"She is at {REFUGE[0]} now.", f"Post to {REFUGE_POST.replace(' ', '')}.", "Somewhere in LARCH CL., on the left.",
    "She moved to Millbrook.", "Seen at Oak.",
]  # fmt: skip


@pytest.mark.parametrize("text", LEADS_THERE[:4])
def test_a_place_that_leads_to_a_hidden_home_stops_a_letter_to_anybody_else(fled: Fled, text: str) -> None:
    disclosure, stopped = made(fled, letter_draft(fled, lead(fled), f"{text} Please plan for Monday."))
    assert stopped == {"shielded_place"}
    card = card_of(disclosure, fled.worker)
    assert card is not None and any(s.place.startswith("the body") for s in card.stops)
    assert not any("larch" in repr(s).lower() or "qx4" in repr(s).lower() for s in card.stops)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"why": "conditions"}, "the conditions"),
        ({"name": "14_Larch_Close.docx"}, "the file’s name"),
    ],
)
def test_a_place_is_found_wherever_it_stands(fled: Fled, changes: dict[str, str], code: str) -> None:
    draft, file = letter_draft(fled, lead(fled))
    if "why" in changes:
        draft = replace(draft, why=replace(draft.why, conditions="Not to be sent to Larch Close."))
    disclosure, stopped = made(fled, (draft, replace(file, name=changes.get("name", file.name))))
    card = card_of(disclosure, fled.worker)
    assert stopped == {"shielded_place"} and card is not None
    assert {s.place.partition(":")[0] for s in card.stops} == {code}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (DADS, set()),
        (OLD, {"unknown_address"}),
        (REFUGE, {"shielded_address", "shielded_place"}),
        (("1 Nowhere Lane",), {"unknown_address"}),
    ],
)
def test_where_a_letter_to_family_is_posted(fled: Fled, address: tuple[str, ...], code: set[str]) -> None:
    posted = "\n".join((*address, "QX1 9ZZ")) if address == DADS else "\n".join(address)
    draft, _ = letter_draft(fled, father(fled), channel=Channel.POST, address=posted)
    drawn = draft, letter_draft(fled, father(fled), f"{SENTENCE} {' '.join(address)}")[1]
    assert made(fled, drawn)[1] - {"linked_perpetrator"} == code


def test_an_address_that_somebody_has_left_stops_a_letter(fled: Fled) -> None:
    mother = Recipient(RecipientKind.FAMILY, "Ewa Nowak", "mother", person=fled.town.ewa)
    posted = "\n".join((*OLD, "QX1 1AA"))
    assert "old_address" in made(fled, letter_draft(fled, mother, channel=Channel.POST, address=posted))[1]


def test_a_professional_or_a_court_may_be_posted_to_their_own_place(fled: Fled) -> None:
    court = Recipient(RecipientKind.COURT, "The Family Court")
    draft, file = letter_draft(fled, court, channel=Channel.POST, address="1 Law Street")
    drawn = replace(draft, why=replace(draft.why, gateway="court-order")), file
    assert made(fled, drawn)[1] == set()


def test_a_practitioner_who_is_kept_from_the_child_is_sent_nothing(fled: Fled) -> None:
    to = lead(fled)
    assert to.practitioner is not None
    stop(authority=authority(), practitioner=to.practitioner, person=fled.kasia, ground=Stop.FAMILY, now=NOW)
    disclosure, stopped = made(fled, letter_draft(fled, to))
    assert stopped == {"kept_out"}
    with pytest.raises(Refused, match="put right first"):
        lets_go(fled, disclosure, fled.town.manager)


def test_a_recipient_without_a_role_and_a_file_that_cannot_be_opened_stop(fled: Fled) -> None:
    draft, file = letter_draft(fled, replace(lead(fled), role=""))
    assert made(fled, (draft, replace(file, data=file.data[:200])))[1] == {"no_role", "unreadable"}


def test_what_grew_old_while_it_waited_is_not_sent(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, lead(fled)))
    with acting(authority()):
        row = identities_of(fled.kasia)[0]
    write(row, "note", "social_care", "Something new.", AboutRole.SUBJECT)
    assert sends(fled, disclosure) == {"stale"}
    colleague = practitioner("greg", "social_worker", "social_care", "assessment", "Greg")
    lets_go(fled, disclosure, colleague)
    assert sends(fled, disclosure) == set()


def test_made_again_it_replaces_the_one_that_stopped_and_both_stay(fled: Fled) -> None:
    first, stopped = made(fled, letter_draft(fled, lead(fled), "She is in Millbrook, so plan for Monday."))
    assert stopped and asked(fled) == ["S56"]
    second, again = made(fled, letter_draft(fled, lead(fled), supersedes=first))
    assert again == set() and state(fled, first) == "withdrawn" and asked(fled) == []
    with pytest.raises(Refused, match="corrected already"):
        made(fled, letter_draft(fled, lead(fled), supersedes=first))
    card = card_of(first, fled.worker)
    assert card is not None and card.superseded_by == second and card.words is not None


def test_taken_back_it_never_leaves(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, father(fled)))
    with pytest.raises(Refused, match="Say in a sentence"):
        withdraw(authority=fled.may(), child=fled.kasia, disclosure=disclosure, reason="no", now=NOW)
    withdraw(authority=fled.may(), child=fled.kasia, disclosure=disclosure, reason=REASON, now=NOW)
    assert asked(fled) == []
    with pytest.raises(Refused, match="sent or withdrawn"):
        sends(fled, disclosure)
    with pytest.raises(Refused, match="has not been sent"):
        receive(authority=fled.may(), child=fled.kasia, disclosure=disclosure, words="It came.", now=NOW)


def test_another_team_neither_sends_nor_takes_back(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, lead(fled)))
    other = acts(fled.town.gp, Permission.SHARE, fled.kasia)
    with pytest.raises(Refused, match="Another team made this"):
        send(authority=other, child=fled.kasia, disclosure=disclosure, opens=parts_of, now=NOW)
    for child, which in ((fled.kasia, uuid4()), (fled.town.jan, disclosure)):
        with pytest.raises(Refused, match="nothing here"):
            send(authority=fled.may(), child=child, disclosure=which, opens=parts_of, now=NOW)


@pytest.mark.requirement("R24")
def test_it_is_refused_by_a_parents_hand_before_it_is_made(fled: Fled) -> None:
    with pytest.raises(Refused, match="never goes by the hand of a parent"):
        made(fled, letter_draft(fled, lead(fled), channel=Channel.HAND_OF_PARENT))


def offered(fled: Fled, kind: str, agency: str, text: str = "Something.") -> Offered:
    return Offered(uuid4(), kind, agency, ((fled.kasia, "subject"),), text)


def test_each_recipient_is_left_out_of_what_is_not_theirs(fled: Fled) -> None:
    plan, place = offered(fled, "plan", "social_care"), offered(fled, "plan", "social_care", "Met in Millbrook.")
    illness, said = offered(fled, "parental_health", "mental_health"), offered(fled, "childs_words", "school/oak")
    every = [plan, place, illness, said]

    def out(to: Recipient) -> dict[UUID, LeftOut]:
        return prepare(authority=fled.may(), child=fled.kasia, recipient=to, offered=every)

    assert out(lead(fled)) == {place.id: LeftOut.SHIELDED, illness.id: LeftOut.ROLE}
    assert out(father(fled)) == {place.id: LeftOut.SHIELDED, said.id: LeftOut.CONFIDENCE}
    worker = fled.worker.actor
    own = Recipient(RecipientKind.PRACTITIONER, "Greg", "social_worker", "", worker.agency, worker.team)
    assert out(own) == {}, "the team that keeps the place knows it"


REFUSAL = Why(SENTENCE, "ca2004-s11", Threshold.BELOW, "Public task, and safeguarding: not met.", True, "", SENTENCE)


def test_whoever_was_sent_one_file_reads_no_other(fled: Fled) -> None:
    """What each row asks of its own disclosure must not be answered by another, which they may read."""
    theirs, _ = made(fled, letter_draft(fled, lead(fled)))
    sends(fled, theirs)
    other, stopped = made(fled, letter_draft(fled, father(fled)))
    assert stopped
    with sees(fled.town.dsl):
        assert document_of(theirs) is not None
        assert document_of(other) is None
        assert list(DisclosureStopRow.objects.filter(disclosure=other)) == []
    with sees(fled.worker):
        assert document_of(other) is not None
        assert DisclosureStopRow.objects.filter(disclosure=other).exists()


def refused(fled: Fled, reviewer: Viewer, review_by: date | None = None) -> UUID:
    asker = Recipient(RecipientKind.PROFESSIONAL, "Mr Grey", "practitioner", "A housing trust")
    request = record_request(
        authority=fled.may(), asking=Asking(fled.kasia, asker, "The family’s whole history.", SENTENCE), now=NOW
    )
    given = Refusal(
        fled.kasia,
        asker,
        replace(REFUSAL, request=request),
        "Not needed to let a house to them.",
        UUID(reviewer.actor.practitioner),
        review_by,
    )
    return refuse(authority=fled.may(), refusal=given, now=NOW)


def test_a_refusal_waits_for_its_reviewer_and_shows_when_it_is_overdue(fled: Fled) -> None:
    manager = fled.town.manager
    disclosure = refused(fled, manager)
    assert asked(fled) == ["S56"] and state(fled, disclosure) == "refused"
    with sees(manager):
        [waiting] = waiting_for(manager)
        assert overdue_reviews(TODAY) == []
        [late] = overdue_reviews(TODAY + timedelta(days=10))
    assert waiting.id == late.id == disclosure and late.review_waits(TODAY + timedelta(days=10))
    request = late.request
    assert request is not None
    with sees(fled.worker):
        answered = request_card(fled.kasia, request)
    assert answered is not None and not answered.open
    may = acts(manager, Permission.SEE_DISCLOSURES)
    with pytest.raises(Refused, match="no refusal here"):
        review_refusal(
            authority=fled.may(), child=fled.kasia, disclosure=disclosure, upheld=True, words=REASON, now=NOW
        )
    with pytest.raises(Refused, match="in a sentence"):
        review_refusal(authority=may, child=fled.kasia, disclosure=disclosure, upheld=True, words="ok", now=NOW)
    review_refusal(authority=may, child=fled.kasia, disclosure=disclosure, upheld=False, words=REASON, now=NOW)
    assert state(fled, disclosure) == "overturned" and asked(fled) == []
    with pytest.raises(Refused, match="has been reviewed"):
        review_refusal(authority=may, child=fled.kasia, disclosure=disclosure, upheld=True, words=REASON, now=NOW)


def test_a_refusal_is_reviewed_by_somebody_else_who_leads_and_soon(fled: Fled) -> None:
    for reviewer in (fled.worker, fled.town.gp):
        with pytest.raises(Refused, match="Choose a manager"):
            refused(fled, reviewer)
    with pytest.raises(Refused, match="at the latest"):
        refused(fled, fled.town.manager, review_by=TODAY + timedelta(days=30))


def test_a_request_is_answered_by_what_is_sent(fled: Fled) -> None:
    to = lead(fled)
    request = record_request(
        authority=fled.may(), asking=Asking(fled.kasia, to, "What is the plan for Monday?", SENTENCE), now=NOW
    )
    draft, file = letter_draft(fled, to)
    disclosure, stopped = made(fled, (replace(draft, why=replace(draft.why, request=request)), file))
    with sees(fled.worker):
        waiting = request_card(fled.kasia, request)
    assert waiting is not None and waiting.open and not stopped
    assert sends(fled, disclosure) == set()
    with sees(fled.worker):
        answered = request_card(fled.kasia, request)
    assert answered is not None and not answered.open


def chronology(fled: Fled, to: Recipient, *kept: UUID) -> tuple[Draft, Made]:
    draft, file = letter_draft(fled, to)
    return replace(draft, kept=kept), file


def test_whoever_may_not_read_an_entry_learns_only_that_a_share_was_made(fled: Fled) -> None:
    with acting(authority()):
        row = identities_of(fled.kasia)[0]
    illness = write(row, "parental_health", "mental_health", "Qzillness", AboutRole.SUBJECT)
    to = Recipient(RecipientKind.PROFESSIONAL, "Dr Brown", "gp", "A surgery elsewhere")
    draft, file = chronology(fled, to, illness)
    disclosure, _ = made(fled, (replace(draft, channel=Channel.SECURE_EMAIL), file))
    seen = {
        who: card_of(disclosure, viewer)
        for who, viewer in (("gp", fled.town.gp), ("nurse", fled.town.health_visitor), ("worker", fled.worker))
    }
    assert all(card and card.words for card in seen.values())
    police = practitioner("pol", "police_officer", "police", "assessment", "Pol")
    shown = card_of(disclosure, police)
    assert shown is not None and shown.words is None and shown.items == () and shown.kept == 1
    with sees(police):
        assert document_of(disclosure) is None
    assert card_of(disclosure, fled.town.dsl) is None, "Oak has no part in Kasia"


@pytest.mark.parametrize("role", ["engine", "web"])
def test_no_row_of_the_ledger_is_changed_or_removed(fled: Fled, store: Store, role: str) -> None:
    disclosure, _ = made(fled, letter_draft(fled, father(fled)))
    tables = ("", "_words", "_item", "_event", "_said", "_stop")
    with psycopg.connect(getattr(store.urls, role), autocommit=True) as connection:
        for table in tables:
            for change in (f"DELETE FROM casework_disclosure{table}", f"UPDATE casework_disclosure{table} SET id = id"):
                with pytest.raises(psycopg.Error):
                    connection.execute(change)
    assert state(fled, disclosure) == "stopped"
