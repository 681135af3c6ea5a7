"""A notice sent: on every child's record, matched, its clock running, the school told at once; or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tests.casework.town import HOME, NOW, TODAY, CaseworkTown, acts, build_town, look, notice, sent
from tests.conftest import Store
from tests.worlds import authority as system
from tests.worlds import person
from wholepicture.access.operations import acting
from wholepicture.access.roles import Permission
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.queries import notice_item, tasks_for_team, waiting_screenings
from wholepicture.casework.screening.operations import choose_candidate
from wholepicture.casework.timescales import due_on
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.people.addresses.models import ShieldFromRow
from wholepicture.people.addresses.queries import addresses_of
from wholepicture.people.matching.queries import match_together
from wholepicture.people.matching.types import Described
from wholepicture.people.operations import relate
from wholepicture.people.queries import family_of, identities_of
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.types import AboutRole, ReceiptEvent
from wholepicture.signals.queries import signals_about


@pytest.fixture
def town(store: Store) -> CaseworkTown:
    """See `CaseworkTown`."""
    return build_town()


@pytest.mark.requirement("R2")
@pytest.mark.requirement("R34")
def test_the_incident_stands_on_every_child_with_its_facts(town: CaseworkTown) -> None:
    entry = sent(town)
    with look(town.screener):
        record = family_of([town.ewa], hops=1)
    incident = record.entry[str(entry)]
    assert incident.in_role(AboutRole.AFFECTED) == (str(town.kasia), str(town.jan))
    assert incident.in_role(AboutRole.VICTIM) == (str(town.ewa),)
    assert incident.flag("strangulation") is True
    assert incident.flag("weapon") is False
    assert "alcohol" not in incident.details
    assert (incident.text("grade"), incident.text("child_grade")) == ("high", "medium")
    assert incident.flag("children_seen") is False


@pytest.mark.requirement("R7")
@pytest.mark.requirement("R1")
def test_receipt_at_the_front_door_is_stamped_and_the_clock_runs(town: CaseworkTown) -> None:
    entry = sent(town)
    with look(town.screener):
        [item] = waiting_screenings(TODAY)
        receipts = item.incident.receipts
    received = [r for r in receipts if r.event is ReceiptEvent.RECEIVED and r.agency == "social_care"]
    assert [r.at and r.at.moment for r in received] == [NOW]
    assert item.card.entry == entry
    assert item.card.received_at == NOW
    assert item.card.due_on == due_on("screening", TODAY)


@pytest.mark.requirement("R17")
def test_people_with_agreeing_name_birth_and_address_are_linked(town: CaseworkTown) -> None:
    entry = sent(town)
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    assert {str(town.kasia), str(town.jan), str(town.ewa)} <= item.incident.people
    assert item.candidates == ()


@pytest.mark.requirement("R17")
def test_an_uncertain_match_is_a_choice_that_can_be_undone(town: CaseworkTown) -> None:
    changed = replace(notice(), adults=notice().adults[1:], children=(notice().children[0],))
    child = replace(changed.children[0].person, address="", family_name="Novak")
    changed = replace(
        changed,
        adults=(replace(changed.adults[0], part=notice().adults[0].part),),
        children=(replace(changed.children[0], person=child),),
    )
    entry = send_notice(authority=acts(town.police, Permission.SEND_NOTICE), notice=changed, now=NOW)
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    [candidate] = item.candidates
    assert candidate.given_name == "Kasia"
    decides = acts(town.screener, Permission.DECIDE_SCREENING)
    choose_candidate(
        authority=decides, candidate=candidate.id, same=True, reason="Same school, mother confirmed.", now=NOW
    )
    assert str(town.kasia) in _people(town, entry)
    choose_candidate(
        authority=decides, candidate=candidate.id, same=False, reason="Mother says another child.", now=NOW
    )
    assert str(town.kasia) not in _people(town, entry)


def _people(town: CaseworkTown, entry: UUID) -> frozenset[str]:
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    return item.incident.people


@pytest.mark.requirement("R33")
def test_the_school_is_told_at_once_before_its_next_day(town: CaseworkTown) -> None:
    sent(town)
    with look(town.dsl):
        [task] = tasks_for_team("oak")
    assert task.person == town.jan
    assert task.due_on == due_on("school_lead", TODAY)
    assert "ask nothing about the incident" in task.asked


def test_an_uninvolved_school_sees_nothing(town: CaseworkTown) -> None:
    entry = sent(town)
    with look(town.other_dsl):
        assert tasks_for_team("elm") == []
        assert notice_item(entry, TODAY) is None
        assert str(entry) not in family_of([town.ewa]).entry


def test_sent_twice_with_one_token_it_is_one_notice(town: CaseworkTown) -> None:
    assert sent(town) == sent(town)
    with look(town.screener):
        assert len(waiting_screenings(TODAY)) == 1


def test_a_failure_half_way_leaves_nothing(town: CaseworkTown, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    def breaks(**_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("wholepicture.casework.notice.operations.refresh", breaks)
    with store.as_superuser() as connection:
        before = [_count(connection, t) for t in TABLES]
        with pytest.raises(RuntimeError, match="power"):
            sent(town)
        assert [_count(connection, t) for t in TABLES] == before


TABLES = ("record_entry", "people_identity", "people_relationship", "casework_notice", "casework_screening",
          "casework_task", "access_involvement")  # fmt: skip


def _count(connection: psycopg.Connection[tuple[object, ...]], table: str) -> object:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return row and row[0]


def test_a_faulty_notice_is_refused(town: CaseworkTown) -> None:
    with pytest.raises(Refused, match="safe and well"):
        sent(town, circumstances="Children safe and well.")


@pytest.mark.requirement("R41")
def test_a_second_incident_in_12_months_asks_what_it_adds_up_to(town: CaseworkTown) -> None:
    sent(town)
    sent(town, "t2", reference="MP/1050", occurred=When.parse(f"{TODAY.isoformat()}T01:00"))
    with look(town.screener):
        raised = {(s.rule, s.person) for s in signals_about([town.kasia, town.jan])}
        items = waiting_screenings(TODAY)
    assert {("S01", town.kasia), ("S01", town.jan)} <= raised
    assert {i.facts.count_12_months for i in items} == {2}


def test_a_childs_words_are_an_entry_of_their_own(town: CaseworkTown) -> None:
    [kasia, jan] = notice().children
    spoken = replace(kasia, spoken_to=True, spoken_by="PC Bowen", alone=True, language="pl", words="Tata krzyczał.")
    sent(town, children=(spoken, jan))
    with look(town.screener):
        said = [e for e in family_of([town.kasia]).entries if e.kind == "childs_words"]
    assert [(e.text("words"), e.flag("alone")) for e in said] == [("Tata krzyczał.", True)]


def test_a_new_family_is_entered_with_its_ties(town: CaseworkTown) -> None:
    adult = replace(notice().adults[0], person=replace(notice().adults[0].person, given_name="Olena", family_name="Ko"))
    child = replace(
        notice().children[0], person=replace(notice().children[0].person, given_name="Taras", family_name="Ko")
    )
    entry = sent(town, adults=(adult,), children=(child,))
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    [taras] = item.children
    mothers = item.record.related(taras.person, [adult.relation]) if adult.relation else ()
    assert [item.record.people[m].name for m in mothers] == ["Olena Ko"]
    assert HOME not in str(item.candidates)
    assert isinstance(UUID(taras.person), UUID)


@pytest.mark.requirement("R17")
def test_a_child_of_the_home_whom_nobody_named_is_not_lost(town: CaseworkTown) -> None:
    entry = sent(town, children=notice().children[:1])
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    assert {c.name for c in item.children} == {"Kasia Nowak", "Jan Nowak"}
    assert set(item.seen) == {str(town.kasia)}
    with look(town.dsl):
        [task] = tasks_for_team("oak")
    assert "the notice does not name them" in task.why


def test_another_home_two_steps_away_is_not_shown_to_those_asked(town: CaseworkTown) -> None:
    other, other_identity = person("Ola", "Lis", "child", "2019-01-01")
    adam, adam_identity = person("Adam", "Lis", "adult", "1990-02-03")
    with acting(system()):
        kasia_identity = identities_of(town.kasia)
    for child in (other_identity, *kasia_identity):
        tie = Relationship("", Relation.FATHER, "")
        relate(authority=system(), identity=adam_identity, other=child, relationship=tie)
    sent(town)
    with look(town.dsl):
        seen = set(family_of([town.jan], hops=4).people)
    assert str(town.kasia) in seen
    assert str(other) not in seen
    assert str(adam) in seen


@pytest.mark.requirement("R17")
def test_once_a_mother_is_chosen_her_child_follows(town: CaseworkTown) -> None:
    [ewa, _], [kasia, _] = notice().adults, notice().children
    mother = replace(ewa, person=replace(ewa.person, family_name="Novak", address=""))
    child = replace(kasia, person=replace(kasia.person, address=""))
    entry = sent(town, adults=(mother,), children=(child,))
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    [choice] = [c for c in item.candidates if c.given_name == "Ewa"]
    decides = acts(town.screener, Permission.DECIDE_SCREENING)
    choose_candidate(authority=decides, candidate=choice.id, same=True, reason="The surgery says so.", now=NOW)
    with look(town.screener):
        item = notice_item(entry, TODAY)
    assert item is not None
    assert {str(town.ewa), str(town.kasia)} <= item.incident.people
    assert all(c.chosen for c in item.candidates)


@pytest.mark.requirement("R13")
def test_a_kept_address_stays_kept_when_somebody_says_who_she_is(town: CaseworkTown) -> None:
    """A shield is set on whoever the notice names; once they are known, on them, and against whom it was set."""
    given, fled = notice(), "9 Quiet Row, Aldermere, QX1 1AB"
    [ewa, adam], [kasia, _] = given.adults, given.children
    known, known_row = person("Adam", "Lis", "adult", "1990-02-03")
    with acting(system()):
        [kasia_row] = identities_of(town.kasia)
    relate(authority=system(), identity=known_row, other=kasia_row, relationship=Relationship("", Relation.FATHER, ""))
    she = replace(ewa, person=replace(ewa.person, nhs_number="", address=fled))
    he = replace(adam, person=replace(adam.person, born=When.parse("1990-02-03")))
    sent(town, adults=(she, he), children=(replace(kasia, person=replace(kasia.person, nhs_number="", address=fled)),),
         keep_address=True, keep_from="Adam")  # fmt: skip
    with look(town.screener):
        [item] = [notice_item(i.card.entry, TODAY) for i in waiting_screenings(TODAY)]
    assert item is not None
    decides = acts(town.screener, Permission.DECIDE_SCREENING)
    [choice] = [c for c in item.candidates if c.given_name == "Ewa"]
    choose_candidate(authority=decides, candidate=choice.id, same=True, reason="The surgery says so.", now=NOW)
    with look(town.gp):
        read = addresses_of([town.ewa, town.kasia])
    assert read == {town.ewa: [], town.kasia: []}, "all her whereabouts are kept, and the surgery reads none"
    with acting(system()):
        assert set(ShieldFromRow.objects.filter(person=known).values_list("shield__person", flat=True)) >= {
            town.ewa,
            town.kasia,
        }
        assert match_together([Described("Ewa", "Nowak", address=fled)])[0].link is None
        assert "Home: same" not in repr(match_together([Described("Ewa", "Nowak", address=fled)]))
