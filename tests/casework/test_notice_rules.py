"""What a notice must say: a table of faults, each with its place and a remedy; and what its words become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from wholepicture.casework.notice.entries import incident_details
from wholepicture.casework.notice.rules import cautions, problems, stock_phrase_stands
from wholepicture.casework.notice.types import NamedAdult, NamedPerson, Notice, Part, SeenChild
from wholepicture.casework.notice.words import age_words, seen_words
from wholepicture.foundation.when import When
from wholepicture.people.types import Relation

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
EWA = NamedAdult(NamedPerson("Ewa", "Nowak", When.parse("1994-05-04")), Part.VICTIM, Relation.MOTHER)
KASIA = SeenChild(
    NamedPerson("Kasia", "Nowak", When.parse("2021-05-04")), present=True, seen=True, where="on the stairs", awake=True,
    spoken_to=False,
)  # fmt: skip
SPOKEN = replace(KASIA, spoken_to=True, spoken_by="PC Bowen", alone=True, language="pl")
UNSEEN = SeenChild(KASIA.person, present=True, seen=False, not_seen_reason="asleep, said her mother; not looked for")
NOTICE = Notice("MP/1", When.parse("2026-03-01T23:10"), "3 Weir Street", "He held her by the throat.", (EWA,), (KASIA,))


def child(**changes: Any) -> Callable[[Notice], Notice]:
    """The notice with its child changed."""
    return lambda n: replace(n, children=(replace(KASIA, **changes),))


def adult(**changes: Any) -> Callable[[Notice], Notice]:
    """The notice with its adult changed."""
    return lambda n: replace(n, adults=(replace(EWA, **changes),))


def told(**changes: Any) -> Callable[[Notice], Notice]:
    """The notice itself changed."""
    return lambda n: replace(n, **changes)


def person(born: str = "", number: str = "", name: str = "Kasia") -> NamedPerson:
    """Somebody of that birth date or number."""
    return NamedPerson(name, "Nowak", When.parse(born) if born else None, nhs_number=number)


@pytest.mark.parametrize(
    ("change", "part", "field"),
    [
        (told(reference=""), "", "reference"),
        (told(occurred=None), "", "day"),
        (told(occurred=When.parse("2026-03-03")), "", "day"),
        (told(occurred=When.parse("2026-03-02T10:01")), "", "day"),
        (told(occurred=When.parse("2027")), "", "day"),
        (told(ended=When.parse("2026-03-01T22:00")), "", "end_time"),
        (told(ended=When.parse("2026-03-02T23:00")), "", "end_time"),
        (told(circumstances=""), "", "circumstances"),
        (told(keep_address=True), "", "keep_from"),
        (told(keep_from="her former partner"), "", "keep_address"),
        (told(reply_by=date(2026, 3, 1)), "", "reply_by"),
        (told(reply_by=date(2026, 6, 1)), "", "reply_by"),
        (told(adults=(), children=()), "", "nobody"),
        (told(adults=()), "adult-0", "given_name"),
        (told(children=()), "", "no_children"),
        (told(children=(KASIA, KASIA)), "child-1", "given_name"),
        (adult(part=None), "adult-0", "part"),
        (adult(part=Part.PRESENT), "adult-0", "part"),
        (adult(part=Part.ALLEGED_PERPETRATOR), "adult-0", "part"),
        (adult(person=NamedPerson("", "")), "adult-0", "given_name"),
        (adult(person=person("2030-01-01")), "adult-0", "born"),
        (adult(person=person("2015-01-01")), "adult-0", "born"),
        (adult(person=person(number="9434765918")), "adult-0", "nhs_number"),
        (child(person=NamedPerson("", "")), "child-0", "given_name"),
        (child(person=person("2026-03-03")), "child-0", "born"),
        (child(person=person("2008-03-01")), "child-0", "born"),
        (child(person=person("2030"), unborn=True), "child-0", "born"),
        (child(person=person("2026-02-01"), unborn=True), "child-0", "born"),
        (child(person=person(number="123")), "child-0", "nhs_number"),
        (child(present=None, seen=None), "child-0", "present"),
        (child(seen=None), "child-0", "seen"),
        (child(present=False), "child-0", "present"),
        (child(where=""), "child-0", "where"),
        (child(awake=None), "child-0", "awake"),
        (child(spoken_to=None), "child-0", "spoken_to"),
        (child(words="Mama płacze."), "child-0", "spoken_to"),
        (child(spoken_to=True, alone=True, language="pl"), "child-0", "spoken_by"),
        (child(spoken_to=True, spoken_by="PC", language="pl"), "child-0", "alone"),
        (child(spoken_to=True, spoken_by="PC", alone=True), "child-0", "language"),
        (child(seen=False), "child-0", "not_seen_reason"),
        (child(seen=False, not_seen_reason="out", words="Hi"), "child-0", "seen"),
        (child(where="bed, safe and well"), "child-0", "where"),
        (told(circumstances="Children safe and well."), "", "circumstances"),
        (told(circumstances="Log says “safe and well”."), "", "words_of"),
        (told(circumstances="Children fine."), "", "words_kept"),
    ],
)  # fmt: skip
@pytest.mark.requirement("R35")
@pytest.mark.requirement("R36")
def test_a_fault_is_named_with_its_place(change: Callable[[Notice], Notice], part: str, field: str) -> None:
    assert (part, field) in {(p.part, p.field) for p in problems(change(NOTICE), NOW, TODAY)}


@pytest.mark.parametrize(
    "change",
    [
        told(),
        told(children=(SPOKEN,)),
        told(children=(UNSEEN,)),
        told(children=(), no_children_confirmed=True),
        told(occurred=When.parse("2026-03")),
        told(occurred=When.parse("2026-03-01", "about")),
        told(ended=When.parse("2026-03-02T00:30")),
        told(circumstances="Log says “safe and well”.", words_of="the sergeant"),
        told(circumstances="Children fine.", words_kept=True),
        child(unborn=True, person=NamedPerson("", "", When.parse("2026-06-01")), seen=None, present=None),
        adult(part=Part.BOTH),
        adult(person=person("1994", name="Ewa")),
        child(person=person("2008-03-03")),
    ],
)
def test_a_whole_notice_may_be_sent(change: Callable[[Notice], Notice]) -> None:
    assert problems(change(NOTICE), NOW, TODAY) == []


def test_a_kept_phrase_about_children_is_marked_on_the_entry() -> None:
    kept = replace(NOTICE, circumstances="Children fine.", words_kept=True)
    assert stock_phrase_stands(kept)
    assert incident_details(kept)["phrase_safe_and_well"] is True
    assert "phrase_safe_and_well" not in incident_details(NOTICE)
    assert len(cautions(kept)) == 1


@pytest.mark.requirement("R36")
def test_one_child_unseen_makes_the_children_not_seen() -> None:
    details = incident_details(replace(NOTICE, children=(SPOKEN, UNSEEN)))
    assert (details["children_seen"], details["children_spoken_to"]) == (False, False)
    assert "children_seen" not in incident_details(replace(NOTICE, children=()))


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (KASIA, "Kasia Nowak was seen (on the stairs), awake, and was not spoken to."),
        (SPOKEN, "Kasia Nowak was seen (on the stairs), awake, and was spoken to by PC Bowen, alone, in Polish."),
        (replace(SPOKEN, alone=False, interpreter="child", awake=False),
         "Kasia Nowak was seen (on the stairs), asleep, and was spoken to by PC Bowen, not alone, in Polish, with a "
         "child interpreting."),
        (UNSEEN, "Kasia Nowak was there and was not seen: asleep, said her mother; not looked for."),
        (replace(UNSEEN, present=None, not_seen_reason=""), "Kasia Nowak was not seen."),
        (replace(KASIA, spoken_to=None), "Kasia Nowak was seen (on the stairs), awake; nobody wrote down whether they "
         "were spoken to."),
        (replace(KASIA, seen=None), "Kasia Nowak: nobody wrote down whether this child was seen."),
        (replace(KASIA, unborn=True), "Kasia Nowak: not yet born."),
    ],
)  # fmt: skip
def test_what_was_seen_claims_no_more_than_was_seen(seen: SeenChild, words: str) -> None:
    assert seen_words(seen) == words


@pytest.mark.parametrize(
    ("born", "unborn", "words"),
    [("2021-05-04", False, "4"), ("2024-03-02", False, "2"), ("2024-03-03", False, "23 months"),
     ("2026-02-02", False, "1 month"), ("2026-02-20", False, "1 week"), ("2019", False, "about 7"),
     ("", False, "age not known"), ("2026-07-01", True, "not yet born")],
)  # fmt: skip
def test_ages_in_words(born: str, unborn: bool, words: str) -> None:
    assert age_words(When.parse(born) if born else None, unborn, TODAY) == words


def test_a_lesser_phrase_about_one_child_is_no_fault() -> None:
    notice = child(where="on the sofa, in appropriate nightclothes")(NOTICE)
    assert problems(notice, NOW, TODAY) == []
