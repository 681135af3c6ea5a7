"""Sending by the pages: no file for anybody linked to a child names a hidden place, whatever sort of file it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.casework.leaving import REFUGE, REFUGE_POST, Fled, build_fled, sees, write
from tests.casework.town import NOW
from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import text_of
from wholepicture.access.operations import acting, system_authority
from wholepicture.casework.disclosure.models import DisclosedDocumentRow
from wholepicture.casework.disclosure.queries import DisclosureCard, disclosures_of
from wholepicture.casework.disclosure.types import DocumentKind, LeftOut, Made
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.people.addresses.queries import guarded_words
from wholepicture.people.addresses.rules import found_in
from wholepicture.people.queries import identities_of
from wholepicture.record.types import AboutRole

SENTENCE = "So that they can plan for Monday with the family."
PLACES = (
    f"Moved to {REFUGE[0]}.",
    f"Seen in {REFUGE[1]}, {REFUGE_POST}.",
    f"Letters to {REFUGE_POST.replace(' ', '')}.",
)


@pytest.fixture
def fled(store: Store) -> Fled:
    made = build_fled()
    with acting(system_authority(act="test", now=NOW)):
        row = identities_of(made.kasia)[0]
    for text in PLACES:
        write(row, "note", "social_care", text, AboutRole.SUBJECT)
    write(row, "plan", "social_care", "A plan for Monday.", AboutRole.SUBJECT)
    return made


def form(fled: Fled, kind: DocumentKind, person: UUID, text: str = SENTENCE) -> dict[str, str]:
    """A whole form for a member of the family."""
    return {
        "person": str(person), "text": text, "channel": "by_hand", "purpose": SENTENCE,
        "gateway": "working-with-family", "threshold": "above", "told": "yes", "harm_words": SENTENCE,
    }  # fmt: skip


def posts(fled: Fled, kind: DocumentKind, person: UUID, text: str = SENTENCE) -> DisclosureCard:
    """Make it by the page; the row of the ledger that came of it."""
    path = f"/children/{fled.kasia}/share?what={kind.value}&to=family"
    response = browser(fled.worker).post(path, form(fled, kind, person, text))
    assert response.status_code == 302, response.content.decode()[:3000]
    with sees(fled.worker):
        return disclosures_of(fled.kasia)[0]


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize("who", ["adam", "friend"])
def test_no_file_for_anybody_linked_names_a_hidden_place(fled: Fled, kind: DocumentKind, who: str) -> None:
    if who == "friend" and not kind.written_here:
        path = f"/children/{fled.kasia}/share?what={kind.value}&to=family"
        said = browser(fled.worker).post(path, form(fled, kind, fled.friend)).content.decode()
        assert "Nothing of the chronology may go to them" in said, "she is nobody’s parent or carer"
        return
    card = posts(fled, kind, getattr(fled, who))
    assert {s.code.value for s in card.stops} == {"linked_perpetrator" if who == "adam" else "household_of_perpetrator"}
    with acting(system_authority(act="test", now=NOW)):
        row = DisclosedDocumentRow.objects.get(disclosure=card.id)
        words = guarded_words([fled.kasia, fled.town.ewa])
    parts = parts_of(Made(row.name, row.content_type, bytes(row.data)))
    assert words and [p.place for p in parts if found_in(p.text, words)] == []
    if not kind.written_here:
        assert [reason for _, reason in card.items].count(LeftOut.SHIELDED) == len(PLACES)
        assert any("left out" in p.text for p in parts) and not any("kept from somebody" in p.text for p in parts)
    response = browser(fled.worker).get(f"/disclosures/{card.id}/file")
    assert response.status_code == 404, "nothing leaves before it is let go and sent"


@pytest.mark.parametrize("kind", [DocumentKind.LETTER, DocumentKind.SPOKEN])
@pytest.mark.parametrize("text", PLACES)
def test_a_place_that_somebody_types_stops_it_and_the_page_does_not_repeat_it(
    fled: Fled, kind: DocumentKind, text: str
) -> None:
    card = posts(fled, kind, fled.town.ewa, f"{SENTENCE} {text}")
    assert {s.code.value for s in card.stops} == {"shielded_place"}
    said = text_of(browser(fled.town.manager), f"/disclosures/{card.id}")
    assert "It names a place that is kept from somebody" in said and "The body" in said, said
    assert not any(REFUGE_POST in s.place for s in card.stops)


def test_a_form_that_is_not_whole_keeps_what_was_typed_and_says_what_to_do(fled: Fled) -> None:
    path = f"/children/{fled.kasia}/share?what=letter&to=professional"
    given = form(fled, DocumentKind.LETTER, fled.adam) | {
        "name": "Dr Brown", "role": "gp", "organisation": "A surgery", "gateway": "ca1989-s17", "threshold": "below",
        "channel": "hand_of_parent", "told": "no",
    }  # fmt: skip
    response = browser(fled.worker).post(path, given)
    said = response.content.decode()
    assert response.status_code == 200 and "Dr Brown" in said and SENTENCE in said
    for words in ("never goes by the hand of a parent", "for what is at or above its threshold", "lawful", "not told"):
        assert words in said, words


def test_the_ledger_is_filtered_and_correct_when_nothing_is_there(fled: Fled) -> None:
    client = browser(fled.worker)
    assert "Nothing has been shared or refused here yet" in text_of(client, f"/children/{fled.kasia}/disclosures")
    posts(fled, DocumentKind.LETTER, fled.adam)
    path = f"/children/{fled.kasia}/disclosures"
    assert "1 of 1" in text_of(client, f"{path}?outcome=held&to=family")
    for query in ("outcome=refused", "outcome=sent", "to=court", "from=2999-01-01", f"until={date(2000, 1, 1)}"):
        assert "0 of 1" in text_of(client, f"{path}?{query}"), query
    assert "1 of 1" in text_of(client, f"{path}?outcome=nonsense&to=nobody&from=soon")
