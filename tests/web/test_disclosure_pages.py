"""Sending by the pages: no file for anybody linked to a child names a hidden place, whatever sort of file it is."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest

from tests.casework.leaving import REFUGE, REFUGE_POST, Fled, build_fled, sees, write
from tests.casework.town import NOW, TODAY
from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import plain, text_of
from wholepicture.access.operations import acting, system_authority
from wholepicture.casework.disclosure.models import DisclosedDocumentRow
from wholepicture.casework.disclosure.queries import DisclosureCard, disclosures_of, document_of
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


def professional(fled: Fled) -> dict[str, str]:
    """A whole form for a professional who may read a plan and a note of social care."""
    return form(fled, DocumentKind.CHRONOLOGY_WORD, fled.adam) | {
        "name": "Dr Brown", "role": "gp", "organisation": "A surgery", "gateway": "ca1989-s17",
        "channel": "secure_email",
    }  # fmt: skip


def boxes(said: str) -> tuple[list[str], dict[str, str]]:
    """The boxes of the page of entries, by the words beside each; and the fields that are carried on."""
    ids = re.findall(r'name="keep" id="keep-\d+" value="([0-9a-f-]{36})"', said)
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_0-9-]+)" value="([^"]*)"', said))
    return ids, {k: unescape(v) for k, v in hidden.items() if k not in ("csrfmiddlewaretoken", "seen")}


CHRONOLOGY = "what=chronology_word&to=professional"


def test_entries_are_left_out_one_by_one_and_the_document_does_not_say_so(fled: Fled) -> None:
    client, path = browser(fled.worker), f"/children/{fled.kasia}/share?{CHRONOLOGY}"
    said = client.post(path, professional(fled) | {"do": "choose"}).content.decode()
    ids, hidden = boxes(said)
    assert len(ids) >= 3 and said.count("checked") >= len(ids) and hidden["purpose"] == SENTENCE
    dropped = next(i for i in ids if "A plan for Monday" in said.split(f'value="{i}"')[2][:600])
    chosen = hidden | {"seen": ids, "keep": [i for i in ids if i != dropped], "do": "make"}
    again = client.post(path, chosen)
    assert again.status_code == 200 and "why these entries are left out" in again.content.decode()
    back = client.post(path, chosen | {"do": "back", "left_words": "Her solicitor asked."}).content.decode()
    assert "You left out 1 entry by hand" in back and f'name="keep" value="{dropped}"' not in back
    assert f'name="seen" value="{dropped}"' in back and "Her solicitor asked." in back and "Dr Brown" in back
    done = client.post(path, chosen | {"left_words": "Qzreason: her solicitor asked for it."})
    assert done.status_code == 302, text_of(client, path)
    with sees(fled.worker):
        card = disclosures_of(fled.kasia)[0]
        made = document_of(card.id)
    assert made is not None and card.by_hand == 1 and (UUID(dropped), LeftOut.SENDER) in card.items
    words = "\n".join(p.text for p in parts_of(made))
    assert "A plan for Monday" not in words and "Qzreason" not in words and "by the sender" not in words
    assert f"{card.left_out} entries are left out" in words, "those that may not go are counted, as before"
    beside = text_of(client, f"/disclosures/{card.id}/read")
    assert "A plan for Monday" in beside and "Qzreason" in beside and "Left out by the sender" in beside


def test_a_court_is_told_that_something_was_left_out_by_hand(fled: Fled) -> None:
    client, path = browser(fled.worker), f"/children/{fled.kasia}/share?what=chronology_csv&to=court"
    given = professional(fled) | {"name": "The Family Court", "gateway": "court-order", "do": "choose"}
    ids, hidden = boxes(client.post(path, given).content.decode())
    chosen = hidden | {"seen": ids, "keep": ids[1:], "left_words": "The judge asked for the rest alone.", "do": "make"}
    assert client.post(path, chosen).status_code == 302
    with sees(fled.worker):
        made = document_of(disclosures_of(fled.kasia)[0].id)
    assert made is not None and "left out by the sender" in made.data.decode("utf-8-sig")


def test_what_came_in_since_somebody_chose_is_looked_at_before_it_goes(fled: Fled) -> None:
    client, path = browser(fled.worker), f"/children/{fled.kasia}/share?{CHRONOLOGY}"
    ids, hidden = boxes(client.post(path, professional(fled) | {"do": "choose"}).content.decode())
    with acting(system_authority(act="test", now=NOW)):
        row = identities_of(fled.kasia)[0]
    write(row, "plan", "social_care", "Qznew plan.", AboutRole.SUBJECT)
    said = client.post(path, hidden | {"seen": ids, "keep": ids, "do": "make"}).content.decode()
    assert "1 more would go since you looked" in said and "Qznew plan" in said
    with sees(fled.worker):
        assert disclosures_of(fled.kasia) == []
    nothing = client.post(path, hidden | {"seen": boxes(said)[0], "keep": [], "do": "make", "left_words": SENTENCE})
    assert "Nothing of the chronology may go to them" in nothing.content.decode()


def test_made_again_what_was_left_out_by_hand_does_not_slip_back(fled: Fled) -> None:
    client, path = browser(fled.worker), f"/children/{fled.kasia}/share?{CHRONOLOGY}"
    ids, hidden = boxes(client.post(path, professional(fled) | {"do": "choose"}).content.decode())
    chosen = hidden | {"seen": ids, "keep": ids[1:], "left_words": SENTENCE, "do": "make"}
    assert client.post(path, chosen).status_code == 302
    with sees(fled.worker):
        first = disclosures_of(fled.kasia)[0]
    said = client.post(f"{path}&again={first.id}", professional(fled) | {"do": "make"}).content.decode()
    assert "The one that this replaces left entries out by hand" in said
    assert f'value="{ids[0]}" checked' not in said and f'value="{ids[1]}" checked' in said


@pytest.mark.parametrize(("to", "told"), [("professional", False), ("court", True)])
def test_a_chronology_does_not_tell_that_something_was_stopped_before(fled: Fled, to: str, told: bool) -> None:
    assert posts(fled, DocumentKind.LETTER, fled.adam).state == "stopped"
    law = {"gateway": "court-order"} if to == "court" else {}
    path = f"/children/{fled.kasia}/share?what=chronology_csv&to={to}"
    assert browser(fled.worker).post(path, professional(fled) | law).status_code == 302
    with sees(fled.worker):
        made = document_of(disclosures_of(fled.kasia)[0].id)
    assert made is not None and ("was stopped before it left" in made.data.decode("utf-8-sig")) is told


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_second_person_reads_every_word_of_the_file_before_they_let_it_go(fled: Fled, kind: DocumentKind) -> None:
    card = posts(fled, kind, fled.adam)
    manager = browser(fled.town.manager)
    opened = unescape(text_of(manager, f"/disclosures/{card.id}"))
    assert "Read it, then say whether it may go" in opened
    said = manager.get(f"/disclosures/{card.id}/read").content.decode()
    document = " ".join(plain(said.partition("The file itself")[2].partition("</section>")[0]).split())
    with acting(system_authority(act="test", now=NOW)):
        row = DisclosedDocumentRow.objects.get(disclosure=card.id)
    made = Made(row.name, row.content_type, bytes(row.data))
    read = [b for b in parts_of(made) if b.place in ("the body", "a footer", "a note above the table") or b.row]
    wanted = {w for b in read for w in re.findall(r"[A-Za-z]{4,}", b.text.split("\nhttp")[0].split("\nw")[0])}
    shown = set(re.findall(r"[A-Za-z]{4,}", unescape(document)))
    assert {w for w in wanted if w in SENTENCE} <= shown
    assert row.digest[:12] in document and hashlib.sha256(made.data).hexdigest() == row.digest
    seal = re.search(r'name="seal" value="([0-9a-f]{64})"', said)
    assert seal is not None
    given = {"may": "yes", "approve_reason": "Read every line of it with the worker today."}
    path = f"/disclosures/{card.id}/read"
    wrong = manager.post(path, given | {"seal": "0" * 64})
    assert wrong.status_code == 200 and "has changed since you read it" in unescape(plain(wrong.content.decode()))
    assert given["approve_reason"] in wrong.content.decode(), "what was typed stays"
    assert manager.post(path, given | {"seal": seal[1]}).status_code == 302
    assert "Approved, not sent" in text_of(manager, f"/disclosures/{card.id}")
    assert manager.post(f"/disclosures/{card.id}", given | {"do": "approve"}).status_code == 400, "by no other page"


def test_a_slip_is_put_right_on_the_page_and_both_rows_are_shown(fled: Fled) -> None:
    client = browser(fled.worker)
    letter = form(fled, DocumentKind.LETTER, fled.adam) | {
        "name": "Dr Browne", "role": "gp", "organisation": "A surgery", "gateway": "ca1989-s17",
        "channel": "secure_email",
    }  # fmt: skip
    assert client.post(f"/children/{fled.kasia}/share?what=letter&to=professional", letter).status_code == 302
    with sees(fled.worker):
        path = f"/disclosures/{disclosures_of(fled.kasia)[0].id}"
    assert "Put right a slip" not in text_of(client, path), "what has not left is made again"
    client.post(path, {"do": "send"})
    assert "Put right a slip in this row" in text_of(client, path)
    day = {f"day-{part}": str(getattr(TODAY, part)) for part in ("day", "month", "year")}
    slip = {"do": "correct", "name": "Dr Brown", "correct_gateway": "ca1989-s17", **day}
    short = client.post(path, slip | {"correct_reason": "Typo"}).content.decode()
    assert "Say in a sentence what was wrong" in short and 'value="Dr Brown"' in short
    late = slip | {"day-year": str(TODAY.year + 1), "correct_reason": "It was misspelt: she told me."}
    assert "on a day to come" in client.post(path, late).content.decode()
    same = slip | {"name": "Dr Browne", "correct_reason": "It was misspelt: she told me."}
    assert "Nothing here is other than it was" in unescape(client.post(path, same).content.decode())
    done = client.post(path, slip | {"correct_reason": "It was misspelt: she told me."})
    assert done.status_code == 302 and path not in done["Location"]
    right = text_of(client, done["Location"])
    assert "What was put right" in right and "Dr Browne" in right and "It was misspelt: she told me." in right
    assert "A later row puts this one right" in text_of(client, path)
    ledger = text_of(client, f"/children/{fled.kasia}/disclosures")
    assert "2 of 2" in ledger and "put right since" in ledger


def test_the_ledger_is_filtered_and_correct_when_nothing_is_there(fled: Fled) -> None:
    client = browser(fled.worker)
    assert "Nothing has been shared or refused here yet" in text_of(client, f"/children/{fled.kasia}/disclosures")
    posts(fled, DocumentKind.LETTER, fled.adam)
    path = f"/children/{fled.kasia}/disclosures"
    assert "1 of 1" in text_of(client, f"{path}?outcome=held&to=family")
    for query in ("outcome=refused", "outcome=sent", "to=court", "from=2999-01-01", f"until={date(2000, 1, 1)}"):
        assert "0 of 1" in text_of(client, f"{path}?{query}"), query
    assert "1 of 1" in text_of(client, f"{path}?outcome=nonsense&to=nobody&from=soon")
