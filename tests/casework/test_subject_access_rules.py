"""What may be withheld and how, what is still missing, and the clock: every condition both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholepicture.casework.subject_access.clock import clock_of, may_extend
from wholepicture.casework.subject_access.codes import BY_CODE, REASON_CODES, codes_on, pages
from wholepicture.casework.subject_access.rules import (
    answer_of,
    check_decision,
    left_of,
    needs_harm_check,
    places_of,
    release_of,
    sentences,
    tidy,
    undecided,
    what_is_missing,
)
from wholepicture.casework.subject_access.suggestions import Beside, suggestions
from wholepicture.casework.subject_access.types import (
    ADDRESS,
    DISCLOSURE,
    PROTECTS,
    Asker,
    Cut,
    Decision,
    Held,
    Item,
    Outcome,
    Part,
    Pause,
    Request,
    Step,
)
from wholepicture.foundation.refusals import Refused

DAY = date(2026, 11, 25)
ITEM = Item(UUID(int=1), "note", DAY, "25 November 2026", "Note, Social care", (
    Part("summary", "What was written", "Seen at home. Ewa was there."), Part("d-x", "Place", "9 Hidden Row, B1 1AA"),
))  # fmt: skip
EWA = Cut("summary", 14, 17, "third_party")


def step(event: str, on: date = DAY, words: str = "") -> Step:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Step(event, at, on, None, "Iggy", words, practitioner=UUID(int=5))


def decided(outcome: Outcome, *cuts: Cut, code: str = "", item: Item = ITEM) -> dict[UUID, Decision]:
    when = datetime(2026, 11, 25, tzinfo=UTC)
    return {item.id: Decision(item.id, item.digest, outcome, cuts, code, "", "Rosa", when)}


def test_sentences_are_where_they_start_and_end() -> None:
    text = "One. Two?  Three!\n\nFour 1.5 m\nfive"
    assert [text[a:b] for a, b in sentences(text)] == ["One.", "Two?", "Three!", "Four 1.5 m", "five"]
    assert sentences("  ") == [] == sentences("")


def test_words_are_found_wherever_they_stand_whatever_their_case() -> None:
    assert places_of("Ewa, EWA and ewa", "ewa") == [(0, 3), (5, 8), (13, 16)]
    assert places_of("Ewa", "") == [] == places_of("Ewa", "Adam")
    assert places_of("Straße, Ewa", "Ewa") == [(8, 11)], "a letter that folds into two moves nothing"


def test_cuts_that_overlap_are_one() -> None:
    cuts = [Cut("a", 5, 9, "crime"), Cut("a", 0, 6, "third_party"), Cut("b", 0, 2, "crime"), Cut("a", 9, 10, "crime")]
    assert tidy(cuts) == (Cut("a", 0, 9, "third_party"), Cut("a", 9, 10, "crime"), Cut("b", 0, 2, "crime"))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6))
def test_nothing_that_is_cut_is_left_and_nothing_else_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    cuts = tidy(Cut("p", a, min(a + n, len(text)), "crime") for a, n in spans if a < len(text))
    kept = "".join(c for n, c in enumerate(text) if not any(cut.start <= n < cut.end for cut in cuts))
    left = left_of(text, cuts)
    if "withheld" not in text:
        assert left.count("[withheld: R]") == len(cuts)
        assert left.replace("[withheld: R]", "") == kept


@pytest.mark.parametrize(
    ("outcome", "cuts", "code", "note", "says"),
    [
        (Outcome.GIVE, (), "", "", ""),
        (Outcome.PART, (EWA,), "", "", ""),
        (Outcome.PART, (), "", "", "Choose what to withhold"),
        (Outcome.WITHHOLD, (), "", "", "Choose the reason"),
        (Outcome.WITHHOLD, (), "childs_confidence", "", ""),
        (Outcome.WITHHOLD, (), "because", "", "from the list"),
        (Outcome.WITHHOLD, (), "crime", " ", "what you weighed"),
        (Outcome.WITHHOLD, (), "crime", "Asked DS Reed: the arrest is tomorrow.", ""),
        (Outcome.PART, (replace(EWA, code="because"),), "", "", "from the list"),
        (Outcome.PART, (replace(EWA, part="other"),), "", "", "not in this item"),
        (Outcome.PART, (replace(EWA, end=99),), "", "", "not in this item"),
        (Outcome.PART, (replace(EWA, end=14),), "", "", "not in this item"),
    ],
)
def test_nothing_is_withheld_without_a_reason_that_the_law_knows(
    outcome: Outcome, cuts: tuple[Cut, ...], code: str, note: str, says: str
) -> None:
    if not says:
        check_decision(ITEM, outcome, cuts, code, note, DAY)
        return
    with pytest.raises(Refused, match=says):
        check_decision(ITEM, outcome, cuts, code, note, DAY)


def test_a_release_is_made_of_what_is_given_and_of_counts() -> None:
    other = replace(ITEM, id=UUID(int=2), what="Letter, GP")
    both = {**decided(Outcome.PART, EWA), **decided(Outcome.WITHHOLD, code="crime", item=other)}
    release = release_of("Title", ("note",), (ITEM, other), both)
    assert [(i.number, i.parts[0][1]) for i in release.items] == [(1, "Seen at home. [withheld: T] was there.")]
    assert "Letter" not in repr(release) and "Ewa" not in repr(release)
    assert [(w.mark, w.items, w.places) for w in release.withheld] == [("T", 0, 1), ("R", 1, 0)]
    assert release.digest != release_of("", (), (ITEM,), decided(Outcome.GIVE)).digest
    for other_words in (replace(release, title="Other"), replace(release, notes=()), replace(release, withheld=())):
        assert other_words.digest != release.digest, "every word of it is signed"
    with pytest.raises(Refused, match="not decided"):
        release_of("", (), (ITEM, other), decided(Outcome.GIVE))


def test_a_decision_falls_when_the_item_changes() -> None:
    changed = replace(ITEM, what="Note, GP")
    assert undecided((ITEM,), decided(Outcome.GIVE)) == []
    assert undecided((changed,), decided(Outcome.GIVE)) == [changed]


def request(*steps: Step, asker: Asker = Asker.PARENT) -> Request:
    return Request(UUID(int=9), asker, "Adam", "Kasia", "Nowak", None, "", DAY, steps)


def test_what_is_missing_is_said() -> None:
    ready = request(step("checked"), step("assigned"), step("second_reader"), step("harm_checked"))
    assert what_is_missing(ready, left=0, harm_needed=True, paused=False) == []
    said = what_is_missing(request(), left=1, harm_needed=True, paused=True)
    assert len(said) == 5 and "Decide the last item." in said
    assert what_is_missing(ready, left=3, harm_needed=False, paused=False) == ["Decide the 3 items that are left."]
    assert request().person is None and request().about == "Kasia Nowak"


def test_the_harm_check_is_for_whoever_else_asks_where_a_perpetrator_is_linked() -> None:
    wanted = {Asker.SELF: False, Asker.PARENT: True, Asker.SOLICITOR: True, Asker.OTHER: True}
    assert {a: needs_harm_check(a, True) for a in Asker} == wanted
    assert not any(needs_harm_check(a, False) for a in Asker)


@pytest.mark.parametrize(
    ("received", "steps", "due"),
    [
        (date(2026, 3, 2), (), date(2026, 4, 2)),
        (date(2026, 1, 31), (), date(2026, 3, 2)),  # no 31 February; the 28th is a Saturday
        (date(2026, 11, 25), (), date(2026, 12, 29)),  # Christmas, the weekend and the day in lieu
        (date(2026, 3, 2), (step("extended"),), date(2026, 6, 2)),
        (date(2026, 3, 2), (step("paused", date(2026, 3, 5), "clarification: which years?"),), None),
        (date(2026, 3, 2), (step("paused", date(2026, 3, 5), "clarification: which?"),
                            step("resumed", date(2026, 3, 15))), date(2026, 4, 13)),
        (date(2026, 3, 2), (step("paused", date(2026, 3, 5), "identity: passport"),
                            step("resumed", date(2026, 3, 20))), date(2026, 4, 20)),
        (date(2026, 3, 2), (step("resumed", date(2026, 3, 20)),), date(2026, 4, 2)),
        # Before Article 12A only identity stopped the clock.
        (date(2025, 3, 3), (step("paused", date(2025, 3, 5), "clarification: which?"),), date(2025, 4, 3)),
        (date(2025, 3, 3), (step("paused", date(2025, 3, 5), "clarification: which?"),
                            step("resumed", date(2025, 3, 15))), date(2025, 4, 3)),
        (date(2017, 3, 6), (), date(2017, 4, 6)),
    ],
)  # fmt: skip
def test_the_clock(received: date, steps: tuple[Step, ...], due: date | None) -> None:
    clock = clock_of(received, steps)
    assert clock.due == due
    assert (clock.paused is None) == (due is not None)
    assert may_extend(date(2026, 3, 2), date(2026, 4, 2)) and not may_extend(date(2026, 3, 2), date(2026, 4, 3))


def test_the_reasons_each_have_a_law_and_a_mark_of_their_own() -> None:
    assert len({c.mark for c in REASON_CODES}) == len(REASON_CODES) == len(BY_CODE)
    assert all(c.law and c.says and c.weigh for c in REASON_CODES)
    assert codes_on(date(2018, 5, 24)) == () and len(codes_on(DAY)) == len(REASON_CODES)
    assert "Schedule 3, Part 5" in pages()["docs/reference/reasons-for-withholding.md"]


def found(item: Item, asker: Asker = Asker.PARENT) -> list[tuple[str, str]]:
    beside = Beside(own=frozenset({"kasia", "nowak"}), names=(("Ewa", "the mother"), ("Nowak", "the mother"),
                    ("Al", "a lodger")), addresses=("9-hidden-row-b1-1aa", "b1"), perpetrator_linked=True)  # fmt: skip
    texts = {p.name: p.text for p in item.parts}
    return [
        (s.code, texts[s.cut.part][s.cut.start : s.cut.end] if s.cut else "") for s in suggestions(item, asker, beside)
    ]


def test_names_and_places_are_offered_and_the_persons_own_name_is_not() -> None:
    said = replace(ITEM, parts=(Part("summary", "", "Ewa Nowak and Ewald left 9 Hidden Row. Al took legal advice."),))
    assert found(said) == [
        ("third_party", "Ewa"),
        ("shielded_place", "9 Hidden Row"),
        ("legal_privilege", "legal advice"),
    ]
    assert ("shielded_place", "B1 1AA") in found(ITEM)
    assert found(replace(ITEM, parts=(Part("written", "", "Ewa, social worker"),))) == []
    assert found(replace(ITEM, kind="looks", parts=(Part("look-0", "", "Ewa"),))) == []


def test_words_that_lead_to_a_place_that_is_kept_safe_are_offered() -> None:
    beside = Beside(own=frozenset(), guarded=(("Oak School", "school"),))
    [one] = suggestions(replace(ITEM, parts=(Part("summary", "", "Seen at oak school."),)), Asker.SELF, beside)
    assert (one.code, one.cut) == ("shielded_place", Cut("summary", 8, 18, "shielded_place"))
    assert "ask the team that keeps it" in one.why


def test_who_asks_decides_what_is_offered() -> None:
    words = replace(ITEM, kind="childs_words", parts=(Part("d-words", "", "Do not tell"), Part("d-language", "", "en")))
    assert found(words) == [("childs_confidence", "Do not tell")]
    assert found(words, Asker.SELF) == []
    screening = replace(ITEM, kind="screening", parts=(Part("childs", "", "Do not tell"),))
    assert found(screening) == [("childs_confidence", "Do not tell")]
    incident = replace(ITEM, kind="police_investigation", parts=())
    assert [c for c, _ in found(incident)] == ["child_abuse", "serious_harm_social", "crime"]
    assert [c for c, _ in found(incident, Asker.SELF)] == ["crime"]
    assert Pause.IDENTITY.value == "identity"


@pytest.mark.parametrize("code", [c.code for c in REASON_CODES])
def test_a_reason_that_would_tell_what_is_withheld_is_not_told(code: str) -> None:
    release = release_of("", (), (ITEM,), decided(Outcome.WITHHOLD, code=code))
    tells = code in ("third_party", "legal_privilege", "not_theirs")
    assert [w.mark for w in release.withheld] == [BY_CODE[code].mark if tells else "R"]
    assert (BY_CODE[code].title in repr(release)) is tells


ANSWERED = Held((ITEM,))


def test_the_document_says_who_asked_and_when_and_is_another_where_anything_in_it_is() -> None:
    asked = request()
    made = answer_of(asked, ANSWERED, decided(Outcome.GIVE))
    assert "Asked for by Adam" in made.notes[0] and made.title == "What is held about Kasia Nowak"
    for other in (replace(asked, asker_name="Eve"), replace(asked, family_name="Novak")):
        assert answer_of(other, ANSWERED, decided(Outcome.GIVE)).digest != made.digest
    assert answer_of(asked, replace(ANSWERED, kept=2), decided(Outcome.GIVE)).digest != made.digest


@pytest.mark.parametrize(
    ("kind", "asker", "codes"),
    [
        (ADDRESS, Asker.PARENT, {"shielded_place"}),
        (ADDRESS, Asker.SELF, set()),
        (PROTECTS, Asker.SELF, {"crime"}),
        (DISCLOSURE, Asker.PARENT, set()),
    ],
)
def test_an_address_and_a_share_that_protects_somebody_are_looked_at_twice(
    kind: str, asker: Asker, codes: set[str]
) -> None:
    item = replace(ITEM, kind=kind, parts=(Part("address", "Address", "1 Road, QX1 1AA"),))
    found = suggestions(item, asker, Beside(frozenset()))
    assert {s.code for s in found if s.cut is None} == codes
    assert (kind == ADDRESS) is not any(s.cut for s in found), "all of an address is one"
