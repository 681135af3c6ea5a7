"""What may be done with a row of the ledger later: let go by whoever has read it, put right, and kept by a shield."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from tests.casework.leaving import REFUGE, SENTENCE, Fled, build_fled, father, lead, letter_draft, made, sees, write
from tests.casework.town import NOW, TODAY, acts
from tests.conftest import Store
from tests.worlds import authority, practitioner
from wholepicture.access.operations import acting, involve
from wholepicture.access.roles import Permission
from wholepicture.casework.disclosure.correcting import correct
from wholepicture.casework.disclosure.operations import approve, receive, send
from wholepicture.casework.disclosure.queries import (
    DisclosureCard,
    disclosure_card,
    disclosures_of,
    document_of,
    requests_of,
    sealed,
    sent_to,
    waiting_for,
)
from wholepicture.casework.disclosure.refusing import record_request
from wholepicture.casework.disclosure.told import kept_from_reader
from wholepicture.casework.disclosure.types import (
    Asking,
    Channel,
    Correction,
    DocumentKind,
    LeftOut,
    Recipient,
    RecipientKind,
)
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.operations import shield
from wholepicture.people.addresses.types import NewShield, ShieldReason
from wholepicture.people.queries import identities_of
from wholepicture.record.queries import entries_about
from wholepicture.record.types import AboutRole

REASON = "I read it through with the worker and rang the school."
DOCTOR = Recipient(RecipientKind.PROFESSIONAL, "Dr Browne", "gp", "")


@pytest.fixture
def fled(store: Store) -> Fled:
    return build_fled()


def card(disclosure: UUID, who: Viewer) -> DisclosureCard:
    with sees(who):
        found = disclosure_card(disclosure)
    assert found is not None
    return found


def seal(disclosure: UUID, who: Viewer) -> str:
    with sees(who):
        found = disclosure_card(disclosure)
        read = sealed(found) if found else None
    return read[2] if read else ""


def lets_go(fled: Fled, disclosure: UUID, who: Viewer, seal: str) -> None:
    approve(
        authority=acts(who, Permission.SHARE), child=fled.kasia, disclosure=disclosure, approve=True, seal=seal,
        reason=REASON, now=NOW,
    )  # fmt: skip


def sends(fled: Fled, disclosure: UUID) -> set[str]:
    stopped = send(authority=fled.may(), child=fled.kasia, disclosure=disclosure, opens=parts_of, now=NOW)
    return {s.code.value for s in stopped}


def sent(fled: Fled, to: Recipient = DOCTOR, by: Channel = Channel.SECURE_EMAIL) -> UUID:
    disclosure, stopped = made(fled, letter_draft(fled, to, channel=by))
    assert not stopped and not sends(fled, disclosure)
    return disclosure


def test_nobody_lets_go_what_they_were_not_shown(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, father(fled)))
    for other in ("", "0" * 64):
        with pytest.raises(Refused, match="Read it again"):
            lets_go(fled, disclosure, fled.town.manager, other)
    lets_go(fled, disclosure, fled.town.manager, seal(disclosure, fled.town.manager))
    assert sends(fled, disclosure) == set()


def test_what_stops_it_afresh_after_it_was_read_is_not_let_go_with_the_rest(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, father(fled)))
    read = seal(disclosure, fled.town.manager)
    with acting(authority()):
        row = identities_of(fled.kasia)[0]
    write(row, "note", "social_care", "Something new.", AboutRole.SUBJECT)
    assert sends(fled, disclosure) == {"linked_perpetrator", "stale"}
    with pytest.raises(Refused, match="has changed since you read it"):
        lets_go(fled, disclosure, fled.town.manager, read)
    assert card(disclosure, fled.worker).state == "stopped"


def test_whoever_it_is_for_does_not_let_it_go(fled: Fled) -> None:
    actor = fled.town.manager.actor
    to = Recipient(RecipientKind.PRACTITIONER, actor.name, actor.role, "", actor.agency, actor.team,
                   UUID(actor.practitioner))  # fmt: skip
    disclosure, _ = made(fled, letter_draft(fled, to))
    with acting(authority()):
        row = identities_of(fled.kasia)[0]
    write(row, "note", "social_care", "Something new.", AboutRole.SUBJECT)
    assert sends(fled, disclosure) == {"stale"}
    with sees(fled.town.manager):
        assert waiting_for(fled.town.manager) == []
    with pytest.raises(Refused, match="or what is for you"):
        lets_go(fled, disclosure, fled.town.manager, seal(disclosure, fled.town.manager))


def test_the_words_and_file_of_what_names_a_hidden_place_are_kept_with_the_place(fled: Fled) -> None:
    disclosure, stopped = made(
        fled, letter_draft(fled, lead(fled), f"She is at {REFUGE[0]} now, and plans for Monday.")
    )
    assert stopped == {"shielded_place"}
    other = practitioner("hettie", "health_visitor", "health_visiting", "visitors", "Hettie")
    boss = practitioner("norma", "manager", "other/elsewhere", "elsewhere", "Norma")
    for who in (other, boss):
        involve(authority=authority(), team=who.actor.team, people=[fled.kasia], ground="held", since=NOW)
        with sees(who):
            found = disclosure_card(disclosure)
            assert found is not None and found.words is None and document_of(disclosure) is None
            assert waiting_for(who) == [], "who may not read it does not judge it"
        assert "Larch" not in repr(found)
        with pytest.raises(Refused):
            lets_go(fled, disclosure, who, seal(disclosure, who))
    for who in (fled.worker, fled.town.manager):
        assert card(disclosure, who).words is not None, "the holding team, and who manages it, know the place"


def test_an_unguarded_letter_is_read_as_before(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, lead(fled)))
    other = practitioner("hettie", "health_visitor", "health_visiting", "visitors", "Hettie")
    involve(authority=authority(), team="visitors", people=[fled.kasia], ground="held", since=NOW)
    assert card(disclosure, other).words is not None


def test_a_place_to_which_something_went_is_kept_from_the_first_day_of_the_shield(fled: Fled) -> None:
    actor = fled.town.dsl.actor
    to = replace(lead(fled), organisation="Qzschool")
    disclosure, _ = made(fled, letter_draft(fled, to))
    assert not sends(fled, disclosure)
    asker = Recipient(RecipientKind.PROFESSIONAL, "Ms Reed", "dsl", "Qzelm school")
    record_request(
        authority=fled.may(), asking=Asking(fled.kasia, asker, "Where is she now, please?", SENTENCE), now=NOW
    )
    other = practitioner("hettie", "health_visitor", "health_visiting", "visitors", "Hettie")
    iggy = practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy")
    involve(authority=authority(), team="visitors", people=[fled.kasia], ground="held", since=NOW)
    assert "Qzschool" in repr(card(disclosure, other))
    new = NewShield(ShieldReason.FLEEING, "", "Adam", TODAY - timedelta(days=30))
    shield(authority=authority(), people=[fled.kasia], new=new, holder_team="assessment", now=NOW)
    with sees(other):
        assert disclosures_of(fled.kasia) == [] and requests_of(fled.kasia) == [] and kept_from_reader(fled.kasia) == 2
        said = [s.entry.summary for s in entries_about(identities_of(fled.kasia))]
    assert not any("Qzelm" in words or "Qzschool" in words for words in said), "nor does an entry name it"
    for who in (fled.worker, fled.town.dsl, iggy):
        assert card(disclosure, who).recipient_organisation == "Qzschool", who.actor.name
        with sees(who):
            assert kept_from_reader(fled.kasia) == 0
    assert actor.practitioner


def test_what_the_sender_left_out_by_hand_is_counted_for_all_but_the_recipient(fled: Fled, store: Store) -> None:
    with acting(authority()):
        jan = identities_of(fled.kasia)[0]
    kept, left = (write(jan, "plan", "social_care", words, AboutRole.SUBJECT) for words in ("A plan.", "Qzleft."))
    draft, file = letter_draft(fled, lead(fled), document=DocumentKind.CHRONOLOGY_WORD)
    draft = replace(draft, text="", kept=(kept,), left_out=((left, LeftOut.SENDER),))
    with pytest.raises(Refused, match="why these entries are left out"):
        made(fled, (draft, file))
    disclosure, stopped = made(fled, (replace(draft, left_words="Qzreason: her solicitor asked for it."), file))
    assert not stopped and not sends(fled, disclosure)
    iggy = practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy")
    mine, theirs, audited = (card(disclosure, who) for who in (fled.worker, fled.town.dsl, iggy))
    assert (mine.by_hand, mine.left_out, audited.by_hand) == (1, 0, 1)
    assert (left, LeftOut.SENDER) in mine.items and any("Qzreason" in s.words for s in mine.steps)
    assert "Qzreason" not in repr(audited), "that some were is the auditor's to know, and not why"
    assert theirs.words is not None and theirs.by_hand == theirs.left_altogether == 0
    assert "held_back" not in {s.event.value for s in theirs.steps} and "Qzreason" not in repr(theirs)
    assert left not in {entry for entry, _ in theirs.items}
    with sees(fled.town.dsl), connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_disclosure_item WHERE left_out = 'sender'")
        assert cursor.fetchone() == (0,)


def test_a_slip_is_put_right_by_a_row_beside_the_one_that_stays(fled: Fled) -> None:
    first = sent(fled)
    receive(authority=fled.may(), child=fled.kasia, disclosure=first, words="She rang to say so.", now=NOW)
    slip = Correction("It went a day earlier, and she has no e.", TODAY - timedelta(days=1), "Dr Brown", "ca2004-s11")
    right = correct(authority=fled.may(), child=fled.kasia, disclosure=first, correction=slip, now=NOW)
    was, is_now = card(first, fled.worker), card(right, fled.worker)
    assert was.words is not None and is_now.words is not None
    assert (was.words.recipient_name, is_now.words.recipient_name) == ("Dr Browne", "Dr Brown")
    assert was.gateway and is_now.gateway and (was.gateway.code, is_now.gateway.code) == ("ca1989-s17", "ca2004-s11")
    assert (was.at - is_now.at).days == 1 and is_now.state == "sent" and is_now.corrects
    assert (was.superseded_by, is_now.supersedes) == (right, first) and was.state == "received"
    assert [s.words for s in is_now.steps] == [slip.reason]
    with sees(fled.worker):
        assert document_of(right) == document_of(first) is not None
        assert len(disclosures_of(fled.kasia)) == 2
    with pytest.raises(Refused, match="corrected already"):
        correct(authority=fled.may(), child=fled.kasia, disclosure=first, correction=slip, now=NOW)
    with pytest.raises(Refused, match="corrected already"):
        receive(authority=fled.may(), child=fled.kasia, disclosure=first, words="Again.", now=NOW)
    again = correct(
        authority=fled.may(), child=fled.kasia, disclosure=right, now=NOW,
        correction=Correction("It was section 10, as the form says.", gateway="ca2004-s10"),
    )  # fmt: skip
    with sees(fled.worker):
        assert document_of(again) == document_of(first)


def test_a_correction_sends_nothing_and_a_recipient_sees_what_they_were_sent(fled: Fled) -> None:
    first = sent(fled, lead(fled), Channel.IN_APP)
    correct(
        authority=fled.may(), child=fled.kasia, disclosure=first, now=NOW,
        correction=Correction("It was section 10, as the form says.", gateway="ca2004-s10"),
    )  # fmt: skip
    with sees(fled.town.dsl):
        assert [c.id for c in sent_to(fled.town.dsl)] == [first]
        assert document_of(first) is not None


@pytest.mark.parametrize(
    ("slip", "says"),
    [
        (Correction("no"), "Say in a sentence"),
        (Correction(REASON), "Nothing here is other"),
        (Correction(REASON, TODAY + timedelta(days=1)), "day to come"),
        (Correction(REASON, gateway="subject-access"), "does not reach"),
        (Correction(REASON, gateway="nothing"), "Choose the law"),
        (Correction(REASON, TODAY.replace(year=1990)), ""),
        (Correction(REASON, TODAY.replace(year=2000), gateway="ca2004-s11"), "Choose the law"),
    ],
)
def test_a_correction_that_is_wrong_itself_says_so(fled: Fled, slip: Correction, says: str) -> None:
    first = sent(fled)
    if not says:
        correct(authority=fled.may(), child=fled.kasia, disclosure=first, correction=slip, now=NOW)
        return
    with pytest.raises(Refused, match=says):
        correct(authority=fled.may(), child=fled.kasia, disclosure=first, correction=slip, now=NOW)


def test_what_has_not_left_or_is_another_teams_is_not_put_right_so(fled: Fled) -> None:
    slip = Correction(REASON, gateway="ca2004-s10")
    ready, _ = made(fled, letter_draft(fled, DOCTOR, channel=Channel.SECURE_EMAIL))
    with pytest.raises(Refused, match="by making it again"):
        correct(authority=fled.may(), child=fled.kasia, disclosure=ready, correction=slip, now=NOW)
    gone = sent(fled)
    with pytest.raises(Refused, match="Another team"):
        correct(authority=acts(fled.town.gp, Permission.SHARE, fled.kasia), child=fled.kasia, disclosure=gone,
                correction=slip, now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="only a typed name"):
        correct(authority=fled.may(), child=fled.kasia, disclosure=sent(fled, lead(fled), Channel.IN_APP),
                correction=replace(slip, name="Somebody Else"), now=NOW)  # fmt: skip


def test_two_who_press_send_in_one_moment_send_once(fled: Fled) -> None:
    disclosure, _ = made(fled, letter_draft(fled, lead(fled)))
    may = fled.may()

    def press(_: int) -> str:
        try:
            send(authority=may, child=fled.kasia, disclosure=disclosure, opens=parts_of, now=NOW)
            return "sent"
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == ["sent", "state", "state", "state"]


def test_nobody_changes_a_row_that_was_put_right(fled: Fled, store: Store) -> None:
    first = sent(fled)
    slip = Correction(REASON, gateway="ca2004-s10")
    correct(authority=fled.may(), child=fled.kasia, disclosure=first, correction=slip, now=NOW)
    with store.as_superuser() as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("UPDATE casework_disclosure SET gateway = 'consent'")
