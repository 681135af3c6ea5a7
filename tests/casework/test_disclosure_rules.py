"""Truth tables of what may leave and to whom: every stop, every approver, every reason to leave something out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from wholepicture.access.policy import FieldClass, Level, class_of, level_of
from wholepicture.access.roles import ROLES
from wholepicture.casework.disclosure.gateways import GATEWAYS, gateway, gateways_on, read_commenced
from wholepicture.casework.disclosure.rules import (
    APPROVERS,
    GONE,
    LIVE,
    REMEDIES,
    approver_of,
    faults,
    left_out,
    state_of,
    stops,
    unsettled,
    why_faults,
    why_may_not_approve,
)
from wholepicture.casework.disclosure.types import (
    Approver,
    Channel,
    DocumentKind,
    Draft,
    Event,
    Found,
    LeftOut,
    Offered,
    Recipient,
    RecipientKind,
    Stop,
    StopCode,
    Threshold,
    Why,
)

CHILD, FATHER, MOTHER, ENTRY = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
SENTENCE = "So that the school can plan for Monday with the mother."
WHY = Why(SENTENCE, "ca1989-s17", Threshold.ABOVE, family_told=True, harm_words=SENTENCE)
LEAD = Recipient(RecipientKind.PRACTITIONER, "Ruth Ellwood", "dsl", "Oak", "school/oak", "oak", uuid4())
OTHER = Recipient(RecipientKind.PROFESSIONAL, "Dr Brown", "gp", "A surgery elsewhere")
DAD = Recipient(RecipientKind.FAMILY, "Adam Lis", "father", person=FATHER)
COURT = Recipient(RecipientKind.COURT, "The Family Court")
LETTER = Draft(CHILD, LEAD, DocumentKind.LETTER, Channel.IN_APP, WHY, text=SENTENCE)
TODAY = date(2026, 11, 25)
IN_FORCE = gateways_on(TODAY, {})


@pytest.mark.requirement("R24")
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("recipient", [LEAD, DAD, COURT], ids=["lead", "father", "court"])
def test_each_fact_stops_by_itself_and_none_hides_another(recipient: Recipient, channel: Channel) -> None:
    for facts in product([False, True], repeat=6):
        check_stops(recipient, channel, facts)


def check_stops(recipient: Recipient, channel: Channel, facts: tuple[bool, ...]) -> None:
    linked, home, guarded, role, kept_out, stale = facts
    found = Found(
        linked=linked, shares_home_with_linked=home, guarded=(("the body: street", ENTRY),) if guarded else (),
        role_known=not role, kept_out=kept_out, newer=(ENTRY,) if stale else (), corrected=(ENTRY,) if stale else (),
    )  # fmt: skip
    codes = {s.code for s in stops(replace(LETTER, recipient=recipient, channel=channel), found)}
    by_parent = channel is Channel.HAND_OF_PARENT and recipient.kind is not RecipientKind.FAMILY
    assert codes == {
        *([StopCode.LINKED] if linked else []),
        *([StopCode.HOUSEHOLD] if home and not linked else []),
        *([StopCode.SHIELDED] if guarded else []),
        *([StopCode.NO_ROLE] if role else []),
        *([StopCode.KEPT_OUT] if kept_out else []),
        *([StopCode.STALE, StopCode.CORRECTED] if stale else []),
        *([StopCode.HAND_OF_PARENT] if by_parent else []),
    }


@pytest.mark.parametrize(
    ("known", "old", "shielded", "code"),
    [
        (True, False, False, None),
        (False, False, False, StopCode.UNKNOWN_ADDRESS),
        (False, True, False, StopCode.OLD_ADDRESS),
        (True, True, False, StopCode.OLD_ADDRESS),
        (True, False, True, StopCode.SHIELDED_ADDRESS),
        (False, True, True, StopCode.SHIELDED_ADDRESS),
    ],
)
def test_an_address_matters_to_what_is_posted_and_to_nothing_else(
    known: bool, old: bool, shielded: bool, code: StopCode | None
) -> None:
    found = Found(address_known=known, address_old=old, address_shielded=shielded)
    for channel in Channel:
        asked = [s.code for s in stops(replace(LETTER, recipient=DAD, channel=channel), found)]
        assert asked == ([code] if code and channel is Channel.POST else [])


def test_a_file_that_cannot_be_opened_does_not_leave() -> None:
    nameless = replace(LETTER, recipient=replace(LEAD, name=""))
    [stop] = stops(nameless, Found(unreadable=True))
    assert stop.code is StopCode.UNREADABLE
    assert stops(nameless, Found(kept_out=True))[0].place == "the recipient"


def test_every_stop_says_what_to_do_and_who_may_let_it_go() -> None:
    assert set(REMEDIES) == set(StopCode)
    assert all(len(r.words) > 20 and len(r.remedy) > 20 for r in REMEDIES.values())
    by = {approver: {c for c, r in REMEDIES.items() if r.approver is approver} for approver in Approver}
    assert by[Approver.LEAD] == {StopCode.LINKED, StopCode.HOUSEHOLD}
    assert by[Approver.RELEASE] == {StopCode.SHIELDED, StopCode.SHIELDED_ADDRESS}
    for codes in product(StopCode, repeat=2):
        asked = [Stop(code, "here") for code in codes]
        assert approver_of(asked) == max(REMEDIES[c].approver for c in codes)
    assert approver_of([]) is None


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("needed", [None, *Approver])
@pytest.mark.parametrize(("own", "shares"), list(product([False, True], repeat=2)))
def test_who_may_let_go_what_is_stopped(role: str, needed: Approver | None, own: bool, shares: bool) -> None:
    why_not = why_may_not_approve(role, own=own, shares=shares, needed=needed)
    lead = role in APPROVERS
    may = not own and shares and (needed is Approver.SECOND or (needed is Approver.LEAD and lead))
    assert (why_not == "") is may


def test_an_approval_counts_for_the_same_stop_in_the_same_place_alone() -> None:
    body, footer = Stop(StopCode.STALE, "the body"), Stop(StopCode.STALE, "a footer")
    role, place = Stop(StopCode.NO_ROLE, "to them"), Stop(StopCode.SHIELDED, "the body: street")
    assert unsettled([body, footer], [body]) == (footer,)
    assert unsettled([body], [body]) == ()
    assert unsettled([role], [role]) == (role,), "nobody can approve that"
    assert unsettled([place], [place]) == (place,), "and a kept place is let out by a release alone"


def entry(kind: str, agency: str, *about: tuple[UUID, str], shared: tuple[str, ...] = ()) -> Offered:
    return Offered(ENTRY, kind, agency, about or ((CHILD, "subject"),), "text", shared)


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_a_professional_is_sent_what_their_role_reads_and_what_their_agency_has_already(role: str) -> None:
    to = replace(LEAD, role=role)
    for kind, agency in (("note", "mental_health"), ("attendance", "school/elm"), ("plan", "social_care"),
                         ("police_investigation", "police"), ("childs_words", "school/elm")):  # fmt: skip
        reads = level_of(role, class_of(kind, agency)) is Level.CONTENT
        offered = entry(kind, agency)
        assert left_out(offered, to, guarded=False, own=frozenset()) == (None if reads else LeftOut.ROLE)
        assert left_out(offered, to, guarded=True, own=frozenset()) is LeftOut.SHIELDED
        assert left_out(replace(offered, agency="school/oak"), to, guarded=False, own=frozenset()) is None
        assert left_out(replace(offered, shared_with=("school/oak",)), to, guarded=False, own=frozenset()) is None


def test_somebody_of_no_agency_has_nothing_already() -> None:
    assert left_out(entry("note", ""), replace(OTHER, role="teacher"), guarded=False, own=frozenset()) is LeftOut.ROLE


OWN = frozenset({CHILD, FATHER})


@pytest.mark.parametrize(
    ("offered", "reason"),
    [
        (entry("attendance", "school/oak"), None),
        (entry("visit", "social_care", (CHILD, "subject"), (FATHER, "present")), None),
        (entry("note", "social_care", (FATHER, "informant")), None),
        (entry("visit", "social_care", (CHILD, "subject"), (MOTHER, "present")), LeftOut.THIRD_PARTY),
        (entry("note", "social_care", (CHILD, "subject"), (MOTHER, "informant")), LeftOut.INFORMANT),
        (entry("public_concern", "social_care"), LeftOut.INFORMANT),
        (entry("childs_words", "school/oak"), LeftOut.CONFIDENCE),
        (entry("police_investigation", "police"), LeftOut.ENQUIRY),
        (entry("note", "police"), LeftOut.ENQUIRY),
    ],
)
def test_family_are_told_what_is_their_own(offered: Offered, reason: LeftOut | None) -> None:
    assert left_out(offered, DAD, guarded=False, own=OWN) == reason
    assert left_out(offered, DAD, guarded=True, own=OWN) is LeftOut.SHIELDED


def test_a_court_is_sent_everything_but_a_shielded_place() -> None:
    for kind in ("childs_words", "police_investigation", "public_concern", "note"):
        assert left_out(entry(kind, "police", (MOTHER, "informant")), COURT, guarded=False, own=frozenset()) is None
    assert left_out(entry("note", "police"), COURT, guarded=True, own=frozenset()) is LeftOut.SHIELDED
    assert FieldClass.POLICE is class_of("note", "police")


@pytest.mark.requirement("R24")
def test_what_one_professional_sends_another_never_goes_by_a_parents_hand() -> None:
    for recipient in (LEAD, OTHER, COURT):
        said = faults(replace(LETTER, recipient=recipient, channel=Channel.HAND_OF_PARENT), IN_FORCE)
        assert "by the hand of a parent" in said["channel"] and "Send it straight to them" in said["channel"]
    to_father = replace(
        LETTER, recipient=DAD, channel=Channel.HAND_OF_PARENT, why=replace(WHY, gateway="working-with-family")
    )
    assert faults(to_father, IN_FORCE) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"recipient": OTHER}, "channel"),
        ({"recipient": OTHER, "channel": Channel.SECURE_EMAIL}, None),
        ({"channel": Channel.TOLD}, "channel"),
        ({"document": DocumentKind.SPOKEN}, "channel"),
        ({"document": DocumentKind.SPOKEN, "channel": Channel.TOLD}, None),
        ({"channel": Channel.POST}, "address"),
        ({"channel": Channel.POST, "address": "1 High Street"}, None),
        ({"recipient": replace(LEAD, name=" ")}, "name"),
        ({"text": "short"}, "text"),
        ({"document": DocumentKind.CHRONOLOGY_WORD, "text": ""}, "document"),
        ({"document": DocumentKind.CHRONOLOGY_WORD, "text": "", "kept": (ENTRY,)}, None),
    ],
)
def test_what_a_draft_must_say(changes: dict[str, Any], field: str | None) -> None:
    assert list(faults(replace(LETTER, **changes), IN_FORCE)) == ([field] if field else [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"gateway": ""}, "gateway"),
        ({"gateway": "ca2004-s16la"}, "gateway"),
        ({"gateway": "subject-access"}, "gateway"),
        ({"gateway": "ca2004-s11"}, None),
        ({"purpose": "because"}, "purpose"),
        ({"family_told": False}, "told_words"),
        ({"family_told": False, "told_words": SENTENCE}, None),
        ({"harm_words": ""}, "harm_words"),
        ({"threshold": Threshold.BELOW, "basis": SENTENCE}, "gateway"),
        ({"threshold": Threshold.BELOW, "gateway": "ca2004-s11"}, "basis"),
        ({"threshold": Threshold.BELOW, "gateway": "ca2004-s11", "basis": SENTENCE}, None),
    ],
)
def test_the_grounds_that_a_share_must_state(changes: dict[str, Any], field: str | None) -> None:
    why = replace(WHY, **changes)
    assert list(why_faults(why, RecipientKind.PRACTITIONER, IN_FORCE)) == ([field] if field else [])


def test_a_duty_is_offered_from_the_day_on_which_it_is_in_force() -> None:
    day = date(2027, 4, 1)
    told = read_commenced("ca2004-s16la=2027-04-01")
    assert "ca2004-s16la" not in {g.code for g in gateways_on(day, {})}
    assert "ca2004-s16la" not in {g.code for g in gateways_on(date(2027, 3, 31), told)}
    assert "ca2004-s16la" in {g.code for g in gateways_on(day, told)}
    assert {g.code for g in gateways_on(date(1992, 1, 1), {})} >= {"ca1989-s17", "ca1989-s47", "court-order"}
    assert "ca2004-s11" not in {g.code for g in gateways_on(date(1992, 1, 1), {})}
    assert gateway("marac") in GATEWAYS and gateway("none") is None
    assert read_commenced("") == {}
    for wrong in ("s99=2027-01-01", "ca2004-s16la=soon"):
        with pytest.raises(ValueError, match="s99|soon"):
            read_commenced(wrong)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "refused"),
        ([Event.REVIEWED_UPHELD], "upheld"),
        ([Event.REVIEWED_OVERTURNED], "overturned"),
        ([Event.MADE], "ready"),
        ([Event.MADE, Event.STOPPED], "stopped"),
        ([Event.MADE, Event.STOPPED, Event.NOT_APPROVED], "stopped"),
        ([Event.MADE, Event.STOPPED, Event.APPROVED], "approved"),
        ([Event.MADE, Event.STOPPED, Event.APPROVED, Event.STOPPED], "stopped"),
        ([Event.MADE, Event.SENT], "sent"),
        ([Event.MADE, Event.SENT, Event.OPENED], "opened"),
        ([Event.MADE, Event.SENT, Event.RECEIVED], "received"),
        ([Event.MADE, Event.WITHDRAWN], "withdrawn"),
    ],
)
def test_a_state_is_what_the_events_lead_to(events: list[Event], state: str) -> None:
    assert state_of(events) == state
    assert not LIVE & GONE
